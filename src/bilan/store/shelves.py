"""The casebook's shelf on tables: what is asked for is loaded, what changed is written.

`blank` shelves stand for an empty record: they never ask the database, so that a whole ledger can
be replayed beside the tables that stand there.
"""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    Sequence,
)
from typing import Any, Generic, TypeVar, cast

from bilan.core.incidents.decisions import Standing
from bilan.core.incidents.entries import Placed, ReadingMade, ReportCaptured, tellings_in
from bilan.core.incidents.lexis import Lexis
from bilan.core.incidents.plain import from_plain, to_plain
from bilan.core.incidents.shelf import CodeGiven, Shelf
from bilan.core.incidents.telling import Telling, report_of, telling_id
from bilan.store.asking import Part, ask_at_once, row
from bilan.store.chain import canonical
from bilan.store.kept_index import KeptIndex
from bilan.store.models import Entry, ShelfValue
from bilan.store.models import ReadingMade as ReadingRow
from bilan.store.readings import folded_part
from bilan.store.tables import VALUES, Pending

_VALUE = "SELECT value FROM shelf_value WHERE shelf = %s AND key = %s"
_PART_OF_VALUES = "SELECT shelf, key, value, 0 AS seq FROM shelf_value WHERE shelf = %s AND key IN"
_PART_OF_READINGS = """SELECT %s AS shelf, made.report AS key, entry.body AS value, made.seq AS seq
    FROM reading AS made JOIN ledger AS entry ON entry.seq = made.seq WHERE made.report IN"""
_READINGS = """SELECT made.report, entry.body FROM reading AS made
    JOIN ledger AS entry ON entry.seq = made.seq WHERE made.report"""

K = TypeVar("K", str, int)
V = TypeVar("V")


class Lazy(MutableMapping[K, V], Generic[K, V]):
    """A mapping that loads a value when it is asked for, and remembers what changed."""

    def __init__(self, *, blank: bool) -> None:
        self._blank = blank
        self._held: dict[K, V | None] = {}  # None: known to be absent
        self._changed: dict[K, None] = {}

    @abstractmethod
    def _load(self, key: K) -> V | None:
        """The value as it is stored; None where there is none."""

    @abstractmethod
    def _stored_keys(self) -> Iterator[K]:
        """Every key that is stored, one or more times."""

    def fill(self, values: Mapping[K, V]) -> None:
        """Take in everything that is stored; the database is not asked again."""
        self._held = {**values, **self._held}
        self._blank = True

    def _unknown(self, keys: Iterable[K]) -> list[K]:
        """The keys of which the tables have to be asked."""
        return [] if self._blank else [key for key in dict.fromkeys(keys) if key not in self._held]

    def __getitem__(self, key: K) -> V:
        if key not in self._held:
            self._held[key] = None if self._blank else self._load(key)
        value = self._held[key]
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key: K, value: V) -> None:
        self._held[key] = value
        self._changed[key] = None

    def __delitem__(self, key: K) -> None:
        self[key]
        self._held[key] = None
        self._changed[key] = None

    def __iter__(self) -> Iterator[K]:
        """Each key once, in no order; whoever stops early has not asked for all of them."""
        told = set(self._held)
        yield from [key for key, value in self._held.items() if value is not None]
        for key in () if self._blank else self._stored_keys():
            if key not in told:
                told.add(key)
                yield key

    def __len__(self) -> int:
        return sum(1 for _ in self)


class KeptValues(Lazy[K, V]):
    """One mapping of the shelf, its values as canonical JSON in one table."""

    def __init__(self, name: str, kind: Any, key: Callable[[str], K], *, blank: bool) -> None:
        super().__init__(blank=blank)
        self._name, self._kind = name, kind
        self._key: Callable[[str], K] = key

    def _load(self, key: K) -> V | None:
        found = row(_VALUE, (self._name, str(key)))
        return self._value(found[0] if found else None)

    def asks(self, keys: Iterable[K]) -> Part | None:
        """The question for these keys, as a part of a larger one; None where nothing is to ask."""
        unknown = self._unknown(keys)

        def take(found: Sequence[tuple[str, str]]) -> None:
            told = dict(found)
            self._held.update((key, self._value(told.get(str(key)))) for key in unknown)

        return Part(_PART_OF_VALUES, self._name, list(map(str, unknown)), take) if unknown else None

    def _value(self, stored: str | None) -> V | None:
        return None if stored is None else cast("V", from_plain(self._kind, json.loads(stored)))

    def _stored_keys(self) -> Iterator[K]:
        rows = ShelfValue.objects.filter(shelf=self._name).values_list("key", flat=True)
        return (self._key(key) for key in rows.iterator())

    def load_all(self) -> None:
        """Load every value at once."""
        rows = ShelfValue.objects.filter(shelf=self._name).values_list("key", "value")
        self.fill({self._key(k): from_plain(self._kind, json.loads(v)) for k, v in rows.iterator()})

    def save(self, pending: Pending) -> None:
        """Hand over what changed since the last time."""
        for key in self._changed:
            value = self._held[key]
            place = (self._name, str(key))
            if value is None:
                pending.drop(VALUES, place)
            else:
                pending.put(VALUES, place, (canonical(to_plain(value)),))
        self._changed.clear()


class ReadingsInLedger(Lazy[str, ReadingMade]):
    """The last reading of each report, read from the ledger's own entries: stored once."""

    def _load(self, key: str) -> ReadingMade | None:
        found = row(f"{_READINGS} = %s ORDER BY made.seq DESC LIMIT 1", (key,))
        return None if found is None else folded_part(json.loads(found[1]))

    def asks(self, keys: Iterable[str]) -> Part | None:
        """See `KeptValues.asks`."""
        unknown = self._unknown(keys)

        def take(found: Sequence[tuple[str, str]]) -> None:
            last = {report: folded_part(json.loads(body)) for report, body in found}
            self._held.update((key, last.get(key)) for key in unknown)

        return Part(_PART_OF_READINGS, "readings", unknown, take) if unknown else None

    def _stored_keys(self) -> Iterator[str]:
        reports = ReadingRow.objects.order_by().values_list("report", flat=True)
        return reports.iterator()

    def load_all(self) -> None:
        """Load the last reading of every report at once."""
        last = {row.seq: row.report for row in ReadingRow.objects.order_by("seq").iterator()}
        wanted = {report: seq for seq, report in last.items()}
        bodies = Entry.objects.filter(kind="read").values_list("seq", "body").iterator()
        self.fill(
            {
                last[seq]: folded_part(json.loads(body))
                for seq, body in bodies
                if wanted.get(last.get(seq, "")) == seq
            }
        )


class TellingsOfReadings(Lazy[str, Telling]):
    """Every telling follows from its report's facts and last reading: nothing is stored."""

    def __init__(
        self, reports: Mapping[str, ReportCaptured], readings: ReadingsInLedger, *, blank: bool
    ) -> None:
        super().__init__(blank=blank)
        self._reports, self._readings = reports, readings

    def _load(self, key: str) -> Telling | None:
        report, _, index = key.rpartition("#")
        made, facts = self._readings.get(report), self._reports.get(report)
        if made is None or facts is None or int(index) >= len(made.told):
            return None
        return tellings_in(facts, made)[int(index)]

    def _stored_keys(self) -> Iterator[str]:
        for report, made in self._readings.items():
            yield from (telling_id(report, index) for index in range(len(made.told)))


class KeptShelf(Shelf):
    """The casebook's shelf, backed by the derived tables."""

    def __init__(self, *, blank: bool = False) -> None:
        self._values = (
            KeptValues[str, ReportCaptured]("reports", ReportCaptured, str, blank=blank),
            KeptValues[str, str]("erased", str, str, blank=blank),
            KeptValues[str, Placed]("placed", Placed, str, blank=blank),
            KeptValues[str, CodeGiven]("codes", CodeGiven, str, blank=blank),
            KeptValues[int, Standing]("decisions", Standing, int, blank=blank),
            KeptValues[str, Lexis]("lexis", Lexis, str, blank=blank),
        )
        reports, erased, placed, codes, decisions, lexis = self._values
        names = ("members", "posts", "asks", "about")
        self._indexes = tuple(KeptIndex(name, blank=blank) for name in names)
        members, posts, asks, about = self._indexes
        self._reports, self._posts, self._asks = reports, posts, asks
        self._placed, self._codes, self._decisions = placed, codes, decisions
        self._members, self._about = members, about
        self._looked_up: set[str] = set()  # codes
        self._all_here = blank  # nothing is left to ask for
        self._readings = readings = ReadingsInLedger(blank=blank)
        self._tellings = TellingsOfReadings(reports, readings, blank=blank)
        super().__init__(
            reports=reports,
            readings=readings,
            erased=erased,
            tellings=self._tellings,
            placed=placed,
            codes=codes,
            decisions=decisions,
            lexis=lexis,
            members=members,
            posts=posts,
            asks=asks,
            about=about,
        )

    def look_up(
        self,
        *,
        posts: Collection[str] = (),
        asks: Collection[str] = (),
        tellings: Collection[str] = (),
        most: int = 0,
    ) -> None:
        """See `Shelf`."""
        self._posts.look_up(posts, most=most)
        self._asks.look_up(asks, most=most)
        reports = {report_of(telling) for telling in tellings}
        ask_at_once(self._reports.asks(reports), self._readings.asks(reports))

    def look_up_incidents(self, codes: Collection[str]) -> None:
        """See `Shelf`: three questions, however many tellings and decisions there are."""
        codes = [code for code in codes if code not in self._looked_up]
        if self._all_here or not codes:
            return
        self._looked_up.update(codes)
        about = [f"{what}:{code}" for code in codes for what in ("incident", "into")]
        ask_at_once(self._codes.asks(codes), self._members.asks(codes), self._about.asks(about))
        tellings = sorted(t for code in codes for t in self._members.get(code))
        reports = {report_of(telling) for telling in tellings}
        about_each = [f"{what}:{t}" for t in tellings for what in ("telling", "opened")]
        ask_at_once(
            self._reports.asks(reports),
            self._readings.asks(reports),
            self._placed.asks(tellings),
            self._about.asks(about_each),
        )
        named = {
            int(s) for key in about if key.startswith("incident:") for s in self._about.get(key)
        }
        named |= {int(s) for t in tellings for s in self._about.get(f"telling:{t}")}
        ask_at_once(self._decisions.asks(named))

    def load_all(self) -> None:
        """Load everything at once, on a fresh shelf: for questions about all incidents."""
        for values in self._values:
            values.load_all()
        self._readings.load_all()
        for index in self._indexes:
            index.load_all()
        self._all_here = True

    def save(self, pending: Pending) -> None:
        """Hand over what changed since the last time."""
        for values in self._values:
            values.save(pending)
        for index in self._indexes:
            index.save(pending)
