"""One index of the shelf on its table: what is asked for is loaded, what changed is written."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Sequence

from bilan.store.asking import Part, rows
from bilan.store.models import ShelfIndex
from bilan.store.tables import INDEXES, Pending

_PART_OF_INDEX = "SELECT shelf, key, value, 0 AS seq FROM shelf_index WHERE shelf = %s AND key IN"
_ENTRIES = "SELECT value FROM shelf_index WHERE shelf = %s AND key = %s"
_FIRST = (
    "SELECT * FROM (SELECT key, value FROM shelf_index WHERE shelf = %s AND key = %s"
    " ORDER BY value LIMIT %s) AS part{}"
)
ASKED = 100  # questions put as one; SQLite takes 500


class KeptIndex:
    """One index of the shelf, an entry for each row."""

    def __init__(self, name: str, *, blank: bool) -> None:
        self._name, self._blank = name, blank
        self._held: dict[str, set[str]] = {}
        self._partly: dict[str, set[str]] = {}  # of keys with many values, the first ones
        self._changed: dict[str, dict[str, bool]] = {}  # key -> value -> is it in?

    def get(self, key: str) -> Collection[str]:
        """See `Index`."""
        if key not in self._held:
            self._held[key] = set() if self._blank else self._load(key)
        return self._held[key]

    def _load(self, key: str) -> set[str]:
        found = {value for (value,) in rows(_ENTRIES, (self._name, key))}
        return self._with_changes(key, found)

    def _with_changes(self, key: str, found: set[str]) -> set[str]:
        for value, within in self._changed.get(key, {}).items():
            (found.add if within else found.discard)(value)
        return found

    def few(self, key: str, most: int) -> Collection[str] | None:
        """See `Index`."""
        found = self._up_to(key, most)
        return found if len(found) <= most else None

    def first(self, key: str, most: int) -> Collection[str]:
        """See `Index`."""
        found = self._up_to(key, most)
        return found if len(found) <= most else heapq.nsmallest(most, found)

    def _up_to(self, key: str, most: int) -> Collection[str]:
        """The values under a key; where they are more than `most`, more than `most` of them."""
        if key not in self._held and len(self._partly.get(key, ())) <= most:
            self._partly.pop(key, None)
            self.look_up([key], most=most)
        return self._held[key] if key in self._held else self._partly[key]

    def asks(self, keys: Iterable[str]) -> Part | None:
        """See `KeptValues.asks`: every entry under these keys."""
        unknown = [] if self._blank else [k for k in dict.fromkeys(keys) if k not in self._held]

        def take(found: Sequence[tuple[str, str]]) -> None:
            sets: dict[str, set[str]] = {key: set() for key in unknown}
            for key, value in found:
                sets[key].add(value)
            self._held.update((key, self._with_changes(key, told)) for key, told in sets.items())

        return Part(_PART_OF_INDEX, self._name, unknown, take) if unknown else None

    def look_up(self, keys: Iterable[str], *, most: int) -> None:
        """Load of many keys the entries, of each a few more than `most`, by one question."""
        unknown = [k for k in dict.fromkeys(keys) if k not in self._held and k not in self._partly]
        if self._blank:
            self._held.update((key, set()) for key in unknown)
            return
        for begin in range(0, len(unknown), ASKED):
            self._fetch(unknown[begin : begin + ASKED], most)

    def _fetch(self, keys: Sequence[str], most: int) -> None:
        limits = [most + 1 + len(self._changed.get(key, ())) for key in keys]
        found: dict[str, set[str]] = {key: set() for key in keys}
        asked = " UNION ALL ".join(_FIRST.format(n) for n in range(len(keys)))
        named = [v for key, n in zip(keys, limits, strict=True) for v in (self._name, key, n)]
        for key, value in rows(asked, named):
            found[key].add(value)
        for key, limit in zip(keys, limits, strict=True):
            kept = self._held if len(found[key]) < limit else self._partly
            kept[key] = self._with_changes(key, found[key])

    def load_all(self) -> None:
        """Load every entry at once."""
        held: dict[str, set[str]] = {}
        rows = ShelfIndex.objects.filter(shelf=self._name).values_list("key", "value")
        for key, value in rows.iterator():
            held.setdefault(key, set()).add(value)
        self._held = {**held, **self._held}
        self._blank = True

    def add(self, key: str, values: Iterable[str]) -> None:
        """See `Index`."""
        self._change(key, values, within=True)

    def discard(self, key: str, values: Iterable[str]) -> None:
        """See `Index`."""
        self._change(key, values, within=False)

    def _change(self, key: str, values: Iterable[str], *, within: bool) -> None:
        held = self._held.get(key)
        self._partly.pop(key, None)
        changed = self._changed.setdefault(key, {})
        for value in values:
            changed[value] = within
            if held is not None:
                (held.add if within else held.discard)(value)
            elif self._blank:
                held = self._held[key] = {value} if within else set()

    def save(self, pending: Pending) -> None:
        """Hand over what changed since the last time."""
        for key, values in self._changed.items():
            for value, within in values.items():
                place = (self._name, key, value)
                if within:
                    pending.put(INDEXES, place, ())
                else:
                    pending.drop(INDEXES, place)
        self._changed.clear()
