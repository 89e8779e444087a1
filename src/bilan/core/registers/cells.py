"""From the words of one cell to a value, or the reason why there is none. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

_WHOLE = re.compile(r"\d{1,9}(\.0+)?")
_DEGREES = re.compile(r"[+-]?\d{1,9}(\.\d+)?")
_ISO = "%Y-%m-%d"
_SHAPES = re.compile(r"\D*\d+\D+\d+\D+\d+\D*")  # three groups of digits: it was meant as a day


class Unreadable(ValueError):
    """A cell says something that is no value of its kind; the words say why."""


class NotOnEarth(Unreadable):
    """Degrees that no place has."""


def number_of(cell: str) -> int:
    """A number of people. "5.0" is 5, as spreadsheets and data frames write it."""
    text = cell.strip()
    if text.startswith("-"):
        raise Unreadable(f"{_shown(cell)} is negative: no number of people is")
    if not _WHOLE.fullmatch(text):
        raise Unreadable(f"{_shown(cell)} is no whole number")
    return int(text.partition(".")[0])


def degrees_of(cell: str, *, most: int) -> float:
    """Decimal degrees between -most and most."""
    text = cell.strip()
    if not _DEGREES.fullmatch(text):
        raise Unreadable(f"{_shown(cell)} is not in decimal degrees")
    value = float(text)
    if abs(value) > most:
        raise NotOnEarth(f"{_shown(cell)} is beyond {most} degrees")
    return value


def day_of(cell: str, formats: Sequence[str]) -> date:
    """A day written in one of the formats (`strptime`); 31/02 is none."""
    text = cell.strip()
    for form in formats:
        try:
            if form == _ISO and len(text) == len("2017-09-16"):
                return date.fromisoformat(text)
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    if _SHAPES.fullmatch(text):
        raise Unreadable(f"{_shown(cell)} is no day of the calendar, as {' or '.join(formats)}")
    raise Unreadable(f"{_shown(cell)} is no day written as {' or '.join(formats)}")


def parts_of(cell: str, separators: str) -> tuple[str, ...]:
    """The parts of a cell that holds several, each once, in order; blanks around them go."""
    parts = re.split(f"[{re.escape(separators)}]", cell) if separators else [cell]
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _shown(cell: str) -> str:
    """The words of a cell for a message, never long."""
    tidy = " ".join(cell.split())
    return f'"{tidy[:40]}…"' if len(tidy) > 40 else f'"{tidy}"'
