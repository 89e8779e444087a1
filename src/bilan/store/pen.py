"""What writes to a record: entries first, then what follows from them, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.entries import Body, Entry
from bilan.core.incidents.plain import KINDS, body_from_plain
from bilan.core.tolls.shared import tied
from bilan.store.asking import Letter
from bilan.store.chain import Link
from bilan.store.incident_rows import rows_of
from bilan.store.ledger import Draft, Head, append, chained
from bilan.store.models import Capture, StoredObject
from bilan.store.people import JOINED, LEFT
from bilan.store.readings import folded_part
from bilan.store.register_rows import rows_of_entry
from bilan.store.shelves import KeptShelf
from bilan.store.signing import Author
from bilan.store.tables import CAPTURES, PEOPLE, READINGS, Pending

OBJECTS = "objects"  # what the store adds to the body of a capture: the names of its objects


def core_body(link: Link, says: Mapping[str, Any]) -> Body | None:
    """What an entry says about incidents; None where it is about something else."""
    if link.kind == "read":
        return folded_part(says)
    if link.kind not in KINDS:
        return None
    return body_from_plain(link.kind, {k: v for k, v in says.items() if k != OBJECTS})


class Follower:
    """Keeps the derived rows in step with the ledger, entry by entry.

    `blank` replays beside the tables: what is then pending is every row that should stand.
    """

    def __init__(self, *, seq: int, blank: bool = False) -> None:
        self.seq = seq
        self.blank = blank
        self.shelf = KeptShelf(blank=blank)
        self.casebook = Casebook(self.shelf)
        self.pending = Pending()
        self.touched: set[str] = set()
        self.erased: set[str] = set()

    def follow(self, links: Iterable[Link]) -> None:
        """Take entries in, in order."""
        for link in links:
            says = json.loads(link.body)
            body = core_body(link, says)
            if body is not None:
                entry = Entry(link.seq, link.at, link.by, body, signed=bool(link.signature))
                self.touched |= self.casebook.apply(entry)
            self._rows(link, says)
            self.seq = link.seq

    def _rows(self, link: Link, says: Mapping[str, Any]) -> None:
        if link.kind == "captured":
            kept = says[OBJECTS]
            self.pending.put(CAPTURES, (link.seq,), (says["report"], kept["bytes"], kept["words"]))
        elif link.kind == "read":
            self.pending.put(READINGS, (link.seq,), (says["report"], says["reader"]))
        elif link.kind == "erased":
            self.erased.add(says["report"])
        elif link.kind == JOINED:
            row = (says["duty"], says["key"], link.seq, None)
            self.pending.put(PEOPLE, (says["name"],), row)
        elif link.kind == LEFT:
            self.pending.put(PEOPLE, (says["name"],), (*_joined(says), link.seq))
        elif not self.blank:  # a replay checks registers entry by entry: `register_rows`
            for table, key, row in rows_of_entry(link, says):
                self.pending.put(table, key, row)

    def collect(self) -> Pending:
        """Every row that changed since the last time."""
        for code in sorted(tied(self.casebook, self.touched)):
            self.pending.clear_incident(code)
            for table, key, row in rows_of(self.casebook, code):
                self.pending.put(table, key, row)
        self.touched.clear()
        self.shelf.save(self.pending)  # last: what is asked above is still answered from here
        return self.pending

    def forget_pending(self) -> None:
        """Drop the rows that wait: another process wrote them."""
        self.collect()
        self.pending = Pending()
        self.erased.clear()


def _joined(says: Mapping[str, Any]) -> tuple[Any, ...]:
    """Who leaves is named with what they were, so that the row follows from the entry alone."""
    return cast("tuple[Any, ...]", (says["duty"], says["key"], says["since"]))


class Pen:
    """Held within `Record.writing`: the only way to an entry."""

    def __init__(self, follower: Follower, end: Head) -> None:
        self._follower = follower
        self._end = end
        self._written: list[Link] = []

    @property
    def end(self) -> Head:
        """Where the ledger ends, this transaction's entries included."""
        return self._end

    @property
    def casebook(self) -> Casebook:
        """The state of the record, this transaction's entries included."""
        return self._follower.casebook

    def write(self, drafts: Sequence[Draft], *, author: Author, at: datetime) -> list[Link]:
        """Entries in their place; they and what follows from them are written by `finish`."""
        links = chained(drafts, after=self._end, author=author, at=at)
        if links:
            self._end = Head(links[-1].seq, links[-1].hash)
        self._written += links
        self._follower.follow(links)
        return links

    def finish(self) -> None:
        """Write the entries and what follows; `Record.writing` does it before it commits."""
        pending = self._follower.collect()
        letter = Letter()
        append(self._written, letter)
        pending.write(letter)
        letter.add("UPDATE record_info SET derived_seq = %s WHERE id = 1", (self._follower.seq,))
        letter.send()
        mark_erased(self._follower.erased)
        self._follower.erased.clear()


def mark_erased(reports: Iterable[str]) -> None:
    """Mark the objects of these reports: whoever writes next destroys them."""
    for report in reports:
        for capture in Capture.objects.filter(report=report):
            names = (capture.bytes, capture.words)
            StoredObject.objects.filter(pk__in=names).update(erased=True)
