"""Questions in plain SQL, for what is asked hundreds of times a second.

A model costs ten times what the database needs for a row that is found by its key. The statements
are written out where they are used, with names of our own tables only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question: what it asks of which shelf, and who takes in the keys and values
    that it finds, in the ledger's order."""

    statement: str
    shelf: str
    keys: Sequence[str]
    take: Callable[[Sequence[tuple[str, str]]], None]


def ask_at_once(*parts: Part | None) -> None:
    """Put all parts as one question."""
    wanted = [part for part in parts if part is not None]
    if not wanted:
        return
    if sum(len(part.keys) for part in wanted) > SOME:
        for one in wanted:
            _ask_in_pieces(one)
        return
    asked = " UNION ALL ".join(f"{part.statement} {marks(part.keys)}" for part in wanted)
    found: dict[str, list[tuple[str, str]]] = {part.shelf: [] for part in wanted}
    values = [value for part in wanted for value in (part.shelf, *part.keys)]
    for shelf, key, value, _ in rows(f"{asked} ORDER BY seq", values):
        found[shelf].append((key, value))
    for part in wanted:
        part.take(found[part.shelf])


def _ask_in_pieces(part: Part) -> None:
    """A part with more keys than one statement takes."""
    found: list[tuple[str, str]] = []
    for keys in some(part.keys):
        asked = f"{part.statement} {marks(keys)} ORDER BY seq"
        found += [(key, value) for _, key, value, _ in rows(asked, (part.shelf, *keys))]
    part.take(found)
