"""Where a casebook keeps its state: plain mappings and indexes, in memory or behind a database.

The casebook reads and writes nothing else, so a store may back each of them by a table; every
value turns to plain JSON and back by `plain.to_plain` and `plain.from_plain`.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, MutableMapping
from dataclasses import dataclass, field
from typing import Protocol

from bilan.core.incidents.decisions import Standing
from bilan.core.incidents.entries import Placed, ReadingMade, ReportCaptured
from bilan.core.incidents.lexis import Lexis
from bilan.core.incidents.telling import Telling

Days = tuple[int, int]  # the first and the last day of a time, as ordinals
WORDS = "words"  # the key under which the shelf keeps its one `Lexis`


@dataclass(frozen=True, slots=True)
class CodeGiven:
    """An incident's code: the telling that opened it, when, and the code that it became."""

    code: str
    opened_by: str
    seq: int
    into: str | None = None


class Index(Protocol):
    """Many values under many keys. The order of what `get` gives means nothing."""

    def add(self, key: str, values: Iterable[str]) -> None:
        """Put values under a key; those that are there already stay."""
        ...

    def discard(self, key: str, values: Iterable[str]) -> None:
        """Take values from a key; those that are not there do not matter."""
        ...

    def get(self, key: str) -> Collection[str]:
        """The values under a key; none for an unknown key."""
        ...

    def few(self, key: str, most: int) -> Collection[str] | None:
        """The values under a key, or None where they are more than `most`."""
        ...

    def first(self, key: str, most: int) -> Collection[str]:
        """The values under a key; where they are more, the first `most` in order of value."""
        ...


class MemoryIndex:
    """An index in memory."""

    def __init__(self) -> None:
        self._values: dict[str, dict[str, None]] = {}

    def add(self, key: str, values: Iterable[str]) -> None:
        """See `Index`."""
        self._values.setdefault(key, {}).update(dict.fromkeys(values))

    def discard(self, key: str, values: Iterable[str]) -> None:
        """See `Index`."""
        held = self._values.get(key)
        if held is None:
            return
        for value in values:
            held.pop(value, None)
        if not held:
            del self._values[key]

    def get(self, key: str) -> Collection[str]:
        """See `Index`."""
        return self._values.get(key, {}).keys()

    def few(self, key: str, most: int) -> Collection[str] | None:
        """See `Index`."""
        values = self.get(key)
        return values if len(values) <= most else None

    def first(self, key: str, most: int) -> Collection[str]:
        """See `Index`."""
        values = self.get(key)
        return values if len(values) <= most else heapq.nsmallest(most, values)


@dataclass(slots=True)
class Shelf:
    """The state of a casebook.

    By report id: `reports` (facts), `readings` (the last one), `erased` (why). By telling id:
    `tellings`, `placed`. By code: `codes`. By number of the ledger entry: `decisions`.
    Indexes: `members` code -> tellings; `posts`, `asks` key of `blocking` -> tellings; `about`
    "telling:ID", "incident:CODE" or "proposal:ID" -> numbers of decisions. `lexis` holds one value
    under `WORDS`: how common the words of all reports are. `days` is no state: it remembers the
    days that tellings told, for whoever asks for them often.
    """

    reports: MutableMapping[str, ReportCaptured] = field(default_factory=dict)
    readings: MutableMapping[str, ReadingMade] = field(default_factory=dict)
    erased: MutableMapping[str, str] = field(default_factory=dict)
    tellings: MutableMapping[str, Telling] = field(default_factory=dict)
    placed: MutableMapping[str, Placed] = field(default_factory=dict)
    codes: MutableMapping[str, CodeGiven] = field(default_factory=dict)
    decisions: MutableMapping[int, Standing] = field(default_factory=dict)
    lexis: MutableMapping[str, Lexis] = field(default_factory=dict)
    members: Index = field(default_factory=MemoryIndex)
    posts: Index = field(default_factory=MemoryIndex)
    asks: Index = field(default_factory=MemoryIndex)
    about: Index = field(default_factory=MemoryIndex)
    days: dict[str, Days] = field(default_factory=dict, init=False, compare=False)

    def look_up(
        self,
        *,
        posts: Collection[str] = (),
        asks: Collection[str] = (),
        tellings: Collection[str] = (),
        most: int = 0,
    ) -> None:
        """Told what will be asked next: a shelf on a database fetches it with one question.

        Of `posts` and `asks` up to `most` values each will be asked for.
        """

    def look_up_incidents(self, codes: Collection[str]) -> None:
        """Told that these incidents, their tellings and the decisions about them will be asked."""
