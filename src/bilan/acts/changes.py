"""What changed while a person was thinking: nobody decides about what they did not see.

A page says up to which entry it shows the record. A decision carries that number back; where what
it is about was changed by a later entry, it is refused, and each change is named in a line, so
that the person can look again and decide anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bilan.core.errors import Conflict, Refused
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.entries import Decided, Withdrawn
from bilan.core.incidents.telling import report_of
from bilan.store.chain import Link
from bilan.store.ledger import news

_WITH_VALUE = ("set", "grade")
_BOUNDS = ("min", "max")
KINDS = ("read", "linked", "decided", "withdrawn", "erased")
SHOWN = 8  # changes that are named one by one; who missed more has to look again anyway


@dataclass(frozen=True, slots=True)
class _Change:
    """A later entry: the tellings, reports and codes that it is about, and what it says."""

    link: Link
    names: frozenset[str]
    decision: int | None  # the one that it withdraws
    words: str


class ChangesSince:
    """The entries after the one that a person saw, read as far as they go."""

    def __init__(self, seen: int | None) -> None:
        self.seen = seen
        self._read_to = seen or 0
        self._changes: list[_Change] = []

    def look(self) -> None:
        """Read on to where the ledger ends now."""
        if self.seen is None:
            return
        for link in news(self._read_to, KINDS):
            self._changes.append(_change(link, json.loads(link.body)))
            self._read_to = link.seq

    def refuse(
        self,
        book: Casebook,
        body: Decided | Withdrawn,
        around: Iterable[str],
        *,
        what: str,
        end: int,
    ) -> None:
        """Conflict if one of them is about what is decided, `what`; within the write lock.

        `end`: the number of the record's last entry.
        """
        if self.seen is None:
            return
        if self.seen > end:
            raise Refused(
                f"Nobody can have seen entry {self.seen}: the record ends with {end}.",
                hint="`bilan show CODE` says up to which entry it shows the record.",
            )
        self.look()
        about = _about(book, body, around)
        found = [c for c in self._changes if about & c.names or _undoes(book, c, about)]
        if found:
            raise _conflict(found, what=what, seen=self.seen, end=end)


def _change(link: Link, says: Mapping[str, Any]) -> _Change:
    if link.kind in ("read", "erased"):
        words = "was read anew" if link.kind == "read" else "lost its words"
        return _Change(link, frozenset({says["report"]}), None, f"report {says['report']} {words}")
    if link.kind == "linked":
        placed = says.get("placed", ())
        names = {p["telling"] for p in placed} | {p["code"] for p in placed if p.get("code")}
        names |= {code for pair in says.get("retired", ()) for code in pair}
        reports = sorted({report_of(p["telling"]) for p in placed})
        return _Change(link, frozenset(names), None, f"{', '.join(reports)} tied to it or apart")
    if link.kind == "withdrawn":
        number = says["decision"]
        return _Change(link, frozenset(), number, f"decision {number} withdrawn")
    names = {*says.get("tellings", ()), *says.get("incidents", ())}
    what = " ".join(str(says[key]) for key in ("verb", "field") if says.get(key))
    to = f" to {_words(says.get('value'))}" if says["verb"] in _WITH_VALUE else ""
    return _Change(link, frozenset(names), None, f"{what}{to} ({says['because']})")


def _words(value: Any) -> str:
    """What somebody set, for people: a count, a day, a place, a cause or a grade."""
    if not isinstance(value, dict):
        return "unknown" if value is None else str(value)
    if "name" in value:
        return str(value["name"])
    first, last = (value.get(key) for key in (("start", "end") if "start" in value else _BOUNDS))
    if first is None:
        return f"up to {last}"
    if last is None:
        return f"{first} or more"
    return str(first) if first == last else f"{first} to {last}"


def _about(book: Casebook, body: Decided | Withdrawn, around: Iterable[str]) -> frozenset[str]:
    """Everything whose change changes what is decided about: codes, their tellings and reports."""
    tellings = set(around)
    codes = {p.code for t in tellings if (p := book.shelf.placed.get(t)) and p.code}
    if isinstance(body, Decided):
        codes |= {book.resolve(code) for code in body.incidents if code in book.shelf.codes}
    tellings.update(*(book.shelf.members.get(code) for code in codes))
    former = {old for code in codes for old in book.former(code)}
    return frozenset(tellings | codes | former | {report_of(t) for t in tellings})


def _undoes(book: Casebook, change: _Change, about: frozenset[str]) -> bool:
    standing = book.shelf.decisions.get(change.decision) if change.decision else None
    if standing is None:
        return False
    return bool(about & {*standing.tellings, *standing.decided.incidents})


def _conflict(found: list[_Change], *, what: str, seen: int, end: int) -> Conflict:
    lines = [
        f"entry {c.link.seq}, {c.link.at[:16]}Z, {c.link.by}: {c.words}." for c in found[-SHOWN:]
    ]
    if len(found) > SHOWN:
        lines.insert(0, f"{len(found) - SHOWN} earlier changes.")
    return Conflict(
        f"Not written: {what}. It changed after entry {seen}, which you saw.",
        changes=tuple(lines),
        hint=f"Look again with `bilan show`; if it still holds, decide with --seen {end}.",
    )
