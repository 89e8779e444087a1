"""Rows on their way into derived tables: collected first, written together.

The same rows are written after each act, made again by `rebuild`, and compared by `verify`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models import F

from bilan.store.asking import Letter, marks, some
from bilan.store.models import (
    Capture,
    IncidentParty,
    IncidentReport,
    IncidentRow,
    Person,
    ReadingMade,
    RegisterCode,
    RegisterEdition,
    RegisterRefused,
    RegisterRow,
    ShelfIndex,
    ShelfValue,
)

BATCH = 500  # rows fetched at a time
Key = tuple[Any, ...]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A derived table: the columns that name a row, and those that it holds."""

    model: type[models.Model]
    key: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def name(self) -> str:
        """As the database calls it."""
        return self.model._meta.db_table

    def rows(self) -> Iterator[tuple[Key, Row]]:
        """Every row that stands in the table."""
        cut = len(self.key)
        names = (*self.key, *self.columns)
        found = self.model._default_manager.order_by().values_list(*map(F, names))
        for row in found.iterator(chunk_size=BATCH):
            yield tuple(row[:cut]), tuple(row[cut:])


def columns_of(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of a table, in the order of its model."""
    return tuple(field.attname for field in model._meta.concrete_fields)


PEOPLE = Table(Person, ("name",), ("duty", "key", "since_seq", "left_seq"))
CAPTURES = Table(Capture, ("seq",), ("report", "bytes", "words"))
READINGS = Table(ReadingMade, ("seq",), ("report", "reader"))
VALUES = Table(ShelfValue, ("shelf", "key"), ("value",))
INDEXES = Table(ShelfIndex, ("shelf", "key", "value"), ())
INCIDENTS = Table(IncidentRow, ("code",), columns_of(IncidentRow)[1:])
PARTIES = Table(IncidentParty, ("code", "party", "role"), ())
REPORTS = Table(IncidentReport, ("code", "report", "told"), ())
OF_INCIDENTS = (INCIDENTS, PARTIES, REPORTS)
OF_THE_CASEBOOK = (PEOPLE, CAPTURES, READINGS, VALUES, INDEXES, *OF_INCIDENTS)
_ROW = ("register", "part", "fold")
REGISTER_ROWS = Table(
    RegisterRow, _ROW, tuple(c for c in columns_of(RegisterRow)[1:] if c not in _ROW)
)
CODES = Table(RegisterCode, ("register", "part", "fold", "row", "seq", "use"), ("code", "as_of"))
REFUSED = Table(RegisterRefused, ("register", "part", "line", "digest"), ("seq", "pos", "faults"))
EDITIONS = Table(RegisterEdition, ("seq",), columns_of(RegisterEdition)[1:])
OF_REGISTERS = (REGISTER_ROWS, CODES, REFUSED, EDITIONS)
TABLES = (*OF_THE_CASEBOOK, *OF_REGISTERS)


@dataclass
class Pending:
    """Rows to write: a row under its key, None = the row is to go."""

    rows: dict[str, dict[Key, Row | None]] = field(
        default_factory=lambda: {table.name: {} for table in TABLES}
    )
    cleared: set[str] = field(default_factory=set)

    def put(self, table: Table, key: Key, row: Row) -> None:
        """Write this row, over one of the same key."""
        self.rows[table.name][key] = row

    def drop(self, table: Table, key: Key) -> None:
        """Remove the row of this key, if there is one."""
        self.rows[table.name][key] = None

    def clear_incident(self, code: str) -> None:
        """Remove the rows of an incident, before those that hold now are put."""
        if code not in self.cleared:
            self.cleared.add(code)
            return
        for table in OF_INCIDENTS:
            rows = self.rows[table.name]
            for key in [key for key in rows if key[0] == code]:
                del rows[key]

    def write(self, letter: Letter) -> None:
        """Everything as statements, in plain SQL: several times as fast as by models."""
        for table in OF_INCIDENTS:
            for codes in some(sorted(self.cleared)):
                gone = f"DELETE FROM {table.name} WHERE code IN {marks(codes)}"  # noqa: S608 - ours
                letter.add(gone, codes)
        self.cleared.clear()
        for table in TABLES:
            pending = self.rows[table.name]
            _remove(letter, table, [key for key, row in pending.items() if row is None])
            _upsert(letter, table, [(k, row) for k, row in pending.items() if row is not None])
            pending.clear()


def _remove(letter: Letter, table: Table, keys: Sequence[Key]) -> None:
    quote = connection.ops.quote_name
    where = " AND ".join(f"{quote(name)} = %s" for name in table.key)
    for key in keys:
        letter.add(f"DELETE FROM {table.name} WHERE {where}", key)  # noqa: S608 - our own names


def _upsert(letter: Letter, table: Table, rows: Sequence[tuple[Key, Row]]) -> None:
    """Rows over those of the same key; the names are those of our own models."""
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, (*table.key, *table.columns)))
    own = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in table.columns)
    over = f"ON CONFLICT ({', '.join(map(quote, table.key))})"
    values = [tuple(map(_adapted, (*key, *row))) for key, row in rows]
    letter.add_rows(
        f"INSERT INTO {table.name} ({names})",
        f"{over} DO {f'UPDATE SET {own}' if own else 'NOTHING'}",
        values,
    )


def _adapted(value: Any) -> Any:
    """A value as the database takes it."""
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def empty() -> None:
    """Remove every row of every derived table; within the write lock."""
    for table in TABLES:
        table.model._default_manager.all().delete()
