"""A text with marks in it, written by people: `{killed 3|three men}` says what the words tell.

`{label@accounts note|words}`: `accounts` are the numbers of the accounts concerned ("0,1", "-" for
none), `note` a count ("3", "12..", "..5", "2..4") or whatever the label wants.
Marks may stand inside one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPENS = re.compile(r"\{(?P<label>[a-z_]+)(?:@(?P<accounts>[\d,]+|-))?(?: (?P<note>[^|{}]*))?\|")
_SIGNS = re.compile(rf"{_OPENS.pattern}|(?P<closes>\}})")


@dataclass(frozen=True, slots=True)
class Mark:
    """What the characters [start, end) of the plain text say. `accounts` None = not written."""

    start: int
    end: int
    label: str
    note: str = ""
    accounts: tuple[int, ...] | None = None


def unmarked(source: str) -> tuple[str, tuple[Mark, ...]]:
    """The plain text and its marks in the order in which they open.

    Raises ValueError where a mark is never closed, or nothing was open.
    """
    source = source.strip("\n")
    plain: list[str] = []
    marks: list[Mark] = []
    opened: list[tuple[int, re.Match[str], int]] = []
    length = reached = 0
    for sign in _SIGNS.finditer(source):
        plain.append(source[reached : sign.start()])
        length += sign.start() - reached
        reached = sign.end()
        if sign["closes"] is None:
            opened.append((len(marks), sign, length))
            marks.append(Mark(length, length, sign["label"]))
        elif opened:
            place, sign, start = opened.pop()
            marks[place] = _mark(sign, start, length)
        else:
            raise ValueError(f"nothing to close at {source[:reached][-40:]!r}")
    if opened:
        raise ValueError(f"never closed: {opened[-1][1].group()!r}")
    plain.append(source[reached:])
    return "".join(plain), tuple(marks)


def _mark(sign: re.Match[str], start: int, end: int) -> Mark:
    written = sign["accounts"]
    accounts = None if written is None else tuple(_numbers(written))
    return Mark(start, end, sign["label"], (sign["note"] or "").strip(), accounts)


def _numbers(written: str) -> Iterator[int]:
    return (int(part) for part in written.split(",") if part != "-")


def bounds(note: str) -> dict[str, int | None] | None:
    """A count as written in a mark: "3", "12..", "..5" or "2..4"; None where nothing is written."""
    if not note:
        return None
    low, dots, high = note.partition("..")
    if not dots:
        return {"min": int(low), "max": int(low)}
    return {"min": int(low) if low else None, "max": int(high) if high else None}
