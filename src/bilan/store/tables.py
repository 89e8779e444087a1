"""Rows on their way into derived tables: collected first, written together.

The same rows are written after each act, made again by `rebuild`, and compared by `verify`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import F

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

BATCH = 500  # rows of one statement; SQLite takes 32,766 values in one
Thing = TypeVar("Thing")
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

    def write(self) -> None:
        """Write everything; within the write lock."""
        for table in OF_INCIDENTS:
            for codes in _chunks(sorted(self.cleared)):
                table.model._default_manager.filter(code__in=codes).delete()
        self.cleared.clear()
        for table in TABLES:
            pending = self.rows[table.name]
            _remove(table, [key for key, row in pending.items() if row is None])
            _upsert(table, [(key, row) for key, row in pending.items() if row is not None])
            pending.clear()


def _chunks(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    for start in range(0, len(things), BATCH):
        yield things[start : start + BATCH]


def _remove(table: Table, keys: Sequence[Key]) -> None:
    for key in keys:
        table.model._default_manager.filter(**dict(zip(table.key, key, strict=True))).delete()


def _upsert(table: Table, rows: Sequence[tuple[Key, Row]]) -> None:
    """Rows over those of the same key, in plain SQL: several times as fast as by models.

    SQLite takes rows one by one into a prepared statement; a server takes many in one, since each
    statement is a journey.
    """
    values = [tuple(map(_adapted, (*key, *row))) for key, row in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite" and values:
            cursor.executemany(_statement(table, 1), values)
            return
        for some in _chunks(values):
            cursor.execute(_statement(table, len(some)), list(chain.from_iterable(some)))


def _statement(table: Table, rows: int) -> str:
    """What writes so many rows; the names in it are those of our own models."""
    quote = connection.ops.quote_name
    names = (*table.key, *table.columns)
    marks = f"({', '.join(['%s'] * len(names))})"
    own = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in table.columns)
    return (
        f"INSERT INTO {quote(table.name)} ({', '.join(map(quote, names))})"  # noqa: S608 - see above
        f" VALUES {', '.join([marks] * rows)}"
        f" ON CONFLICT ({', '.join(map(quote, table.key))})"
        f" DO {f'UPDATE SET {own}' if own else 'NOTHING'}"
    )


def _adapted(value: Any) -> Any:
    """A value as the database takes it."""
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def empty() -> None:
    """Remove every row of every derived table; within the write lock."""
    for table in TABLES:
        table.model._default_manager.all().delete()
