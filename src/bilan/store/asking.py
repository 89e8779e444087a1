"""Questions in plain SQL, for what is asked hundreds of times a second.

A model costs ten times what the database needs for a row that is found by its key. The statements
are written out where they are used, with names of our own tables only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, TypeVar

from django.db import connection, connections

from bilan.core.errors import IntegrityError

Thing = TypeVar("Thing")
SOME = 500  # values of one statement; SQLite takes 32,766
JOURNEY = 8_000  # values that a server is sent at once, about a megabyte


def rows(statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Every row that answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def row(statement: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
    """The first row that answers, if any does."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: tuple[Any, ...] | None = cursor.fetchone()
        return found


def one(statement: str, values: Sequence[Any] = (), *, using: str = "default") -> tuple[Any, ...]:
    """The row that answers; IntegrityError where none does."""
    with connections[using].cursor() as cursor:
        cursor.execute(statement, values)
        found: tuple[Any, ...] | None = cursor.fetchone()
    if found is None:
        raise IntegrityError(
            "The record's database was never finished.", hint="Run `bilan verify`."
        )
    return found


def marks(values: Sequence[Any]) -> str:
    """Room for so many values in a statement: `(%s, %s)`."""
    return f"({', '.join(['%s'] * len(values))})"


def some(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    """All things, as many at a time as one statement takes."""
    for start in range(0, len(things), SOME):
        yield things[start : start + SOME]


class Letter:
    """Statements that change something, in order: a server gets them in one journey.

    SQLite is no journey away and takes them one by one, rows of one kind into one prepared
    statement.
    """

    def __init__(self) -> None:
        self._statements: list[str] = []
        self._values: list[Any] = []
        self._apart = connection.vendor == "sqlite"

    def add(self, statement: str, values: Sequence[Any] = ()) -> None:
        """One statement."""
        if self._apart:
            rows_changed(statement, values)
            return
        self._statements.append(statement)
        self._values += values
        if len(self._values) > JOURNEY:
            self.send()

    def add_rows(self, head: str, tail: str, many: Sequence[Sequence[Any]]) -> None:
        """A statement for many rows of one length: `head` VALUES `tail`."""
        if self._apart and many:
            with connection.cursor() as cursor:
                cursor.executemany(f"{head} VALUES {marks(many[0])} {tail}", many)
            return
        for part in some(many):
            places = ", ".join([marks(part[0])] * len(part))
            self.add(f"{head} VALUES {places} {tail}", list(chain.from_iterable(part)))

    def send(self) -> None:
        """Let the server do it all; within the transaction of whoever wrote it."""
        if self._statements:
            rows_changed("; ".join(self._statements), self._values)
        self._statements, self._values = [], []


def rows_changed(statement: str, values: Sequence[Any] = ()) -> None:
    """Do what a statement says."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
