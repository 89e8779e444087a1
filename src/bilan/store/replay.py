"""The derived tables anew: from the whole ledger, and what differs from what stands there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bilan.core.values import Fault
from bilan.store.chain import Link, canonical
from bilan.store.ledger import links
from bilan.store.pen import Follower
from bilan.store.tables import OF_THE_CASEBOOK, TABLES, Key, Pending, Row, Table
from bilan.store.verify.verdict import Progress

STEP = 500  # entries between two words of progress
NAMED = 20  # differences of one table that are named one by one


def replayed(total: int, progress: Progress) -> Follower:
    """Every entry taken in, beside the tables that stand there; what is pending is every row."""
    follower = Follower(seq=0, blank=True)
    follower.follow(_counted(total, progress))
    return follower


def _counted(total: int, progress: Progress) -> Iterator[Link]:
    done = 0
    for done, link in enumerate(links(), start=1):
        if done % STEP == 0:
            progress("replay", done, max(total, done))
        yield link
    progress("replay", done, done)


def digest() -> str:
    """One hash of all rows of all derived tables, whatever their order and database."""
    whole = hashlib.sha256()
    for table in TABLES:
        hashes = sorted(_row_hash(table, key, row) for key, row in table.rows())
        whole.update(b"".join(hashes))
    return whole.hexdigest()


def _row_hash(table: Table, key: Key, row: Row) -> bytes:
    plain = [value.isoformat() if isinstance(value, date) else value for value in (*key, *row)]
    return hashlib.sha256(canonical([table.name, *plain]).encode()).digest()


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that does not follow from the ledger."""

    table: str
    key: Key
    how: str

    def fault(self) -> Fault:
        """As a check reports it."""
        where = f"{self.table} {' '.join(map(str, self.key))}"
        return Fault("derived", self.how, where)


def differences(pending: Pending) -> Iterator[Difference]:
    """How the casebook's tables that stand there differ from the rows that should."""
    for table in OF_THE_CASEBOOK:
        due = {key: row for key, row in pending.rows[table.name].items() if row is not None}
        found = _differences(table, due)
        for count, difference in enumerate(found, start=1):
            if count > NAMED:
                more = sum(1 for _ in found) + 1
                yield Difference(table.name, (), f"and {more} more rows do not follow")
                break
            yield difference


def _differences(table: Table, due: dict[Key, Row]) -> Iterator[Difference]:
    for key, row in table.rows():
        wanted = due.pop(key, None)
        if wanted is None:
            yield Difference(table.name, key, "stands there and follows from no entry")
        elif wanted != row:
            names = [n for n, a, b in zip(table.columns, row, wanted, strict=True) if a != b]
            how = f"does not follow from the ledger ({', '.join(names)})"
            yield Difference(table.name, key, how)
    for key in due:
        yield Difference(table.name, key, "follows from the ledger and is missing")
