"""`bilan read --link`: which accounts of a batch tell of one incident, linked in memory.

The same casebook links as in a record, one report after the other, and is then forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from bilan.cli.reader import Read
from bilan.core.claims.account import Reading
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.entries import Body, Entry, captured, reading_made
from bilan.core.incidents.telling import telling_id
from bilan.core.values import Report


class _Batch:
    """A casebook that lives as long as one command."""

    def __init__(self) -> None:
        self._book = Casebook()
        self._numbers = count(1)

    def take(self, report: Report, reading: Reading) -> None:
        """Take one reading in and link it with what came before."""
        self._apply(captured(report))
        self._apply(reading_made(report, reading))
        linked = self._book.link([report.id])
        if linked is not None:
            self._apply(linked)

    def _apply(self, body: Body) -> None:
        self._book.apply(Entry(next(self._numbers), "", "bilan", body))

    def with_codes(self, reading: Reading) -> Reading:
        """The reading, each account with the code of its incident, if it has one."""
        accounts = tuple(
            replace(account, incident=self._code(telling_id(reading.id, index)))
            for index, account in enumerate(reading.accounts)
        )
        return replace(reading, accounts=accounts)

    def _code(self, telling: str) -> str | None:
        placed = self._book.shelf.placed.get(telling)
        return self._book.resolve(placed.code) if placed is not None and placed.code else None


def linked(readings: Iterable[Read]) -> Iterator[Read]:
    """The readings in their order, once all are known, with the codes of their incidents."""
    batch = _Batch()
    kept = list(readings)
    for item, reading in kept:
        if item.report is not None and reading is not None:
            batch.take(item.report, reading)
    for item, reading in kept:
        yield item, reading and batch.with_codes(reading)
