"""Tellings as columns: what linking compares, in numbers, without a word of any report.

One row per telling, in canonical order (`core.incidents.summary.canonical`). Names, informants and
place phrases are numbers by which they are told apart; -1 stands for what is not told. A row takes
some 220 bytes: days, counts and names as numbers of four bytes, choices as one (`narrow`), so that
a million tellings fit into a corner of a laptop.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

from bilan.core.claims.account import Role
from bilan.core.incidents.clues import FORM_RUNS
from bilan.core.incidents.lanes import alleges_harm, lane
from bilan.core.incidents.reach import is_seat, radius_of, reach_of
from bilan.core.incidents.summary import canonical
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.traits import BUCKETS
from bilan.core.values import EARTH_RADIUS_KM, Cause, Count, DatePrecision, PlacePrecision

WORDS = 48  # words of a text that are compared; those whose buckets scatter lowest, in every text
VOICES = 2  # informants of a telling that are compared
NO_WORD = np.uint16(0xFFFF)  # no bucket
OPEN = 1 << 30  # more people than ever were told of: an open upper bound
COUNTS = ("killed", "injured", "shared", "killed_children", "killed_women", "killed_men")
CAUSES = tuple(Cause)
PRECISIONS = tuple(PlacePrecision)
GRAINS = (DatePrecision.DAY, DatePrecision.WEEK, DatePrecision.MONTH)
_SCATTER = 7919  # a prime: neighbouring buckets are as good as any

# What the numbers mean; numpy's operators do not keep the kind of number apart.
Ints = npt.NDArray[Any]
Floats = npt.NDArray[Any]
Flags = npt.NDArray[Any]
Words = npt.NDArray[np.uint16]


def number_of(name: str) -> int:
    """The number by which a name is told apart, the same in every process: 62 bits."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) >> 2


@dataclass(frozen=True, slots=True)
class Columns:
    """Tellings in canonical order, the vaguer ones last.

    `number`: the telling's place among those that came in. `vague`: 0 for those that know place and
    day. Days are ordinals; `first`..`last` told, `grain` by `GRAINS`. `low` and `high` are counts
    by `COUNTS`, one row each. `brief`: of few words (`clues.FORM_RUNS`). `report` tells the
    tellings of one report; `copy` is the cluster of near-copies of the report. Both are -1 where
    the telling is alone.
    """

    number: Ints
    report: Ints
    lane: Ints
    vague: Ints
    lat: Floats
    lon: Floats
    radius: Floats
    precision: Ints
    entry: Ints
    mark: Ints
    country: Ints
    province: Ints
    seat: Flags
    first: Ints
    last: Ints
    grain: Ints
    published: Ints
    cause: Ints
    low: Ints
    high: Ints
    publisher: Ints
    lang: Ints
    voices: Ints
    vague_voice: Flags
    harm: Flags
    background: Flags
    brief: Flags
    copy: Ints
    words: Words
    langs: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.number)


def slices(length: int, step: int) -> list[slice]:
    """The rows of a table, `step` at a time."""
    return [slice(begin, begin + step) for begin in range(0, length, step)]


def days_apart(of: Columns, one: Ints, other: Ints) -> Ints:
    """Days between what two tellings tell, row by row; 0 or less where their days overlap.

    Of tellings that tell no day it says nothing.
    """
    return np.maximum(of.first[other] - of.last[one], of.first[one] - of.last[other])


def narrow(name: str, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The values of a column in the fewest bytes that hold every one of them.

    Places as four-byte floats, which are right to half a metre.
    """
    if name in _FLOATS:
        return values.astype(np.float32)
    if name in _FLAGS:
        return values.astype(bool)
    return values.astype(np.int8 if name in _CHOICES else np.int32)


@dataclass(slots=True)
class _Row:
    """One telling, as the columns take it."""

    order: tuple[int, str, str, int]
    values: tuple[float, ...]
    counts: tuple[int, ...]
    voices: tuple[int, ...]
    words: Sequence[int]
    lang: str


@dataclass(slots=True)
class ColumnsOf:
    """Gathers tellings one by one; `columns` gives them all, in order."""

    rows: list[_Row] = field(default_factory=list)

    def add(self, telling: Telling) -> None:
        """Take one telling in."""
        self.rows.append(_row(telling))

    def columns(self, copies: Mapping[str, int] | None = None) -> Columns:
        """All of them; `copies` gives the cluster of near-copies of reports that have one."""
        order = sorted(range(len(self.rows)), key=lambda n: self.rows[n].order)
        return _columns([self.rows[n] for n in order], order, copies or {})


def columns_of(tellings: Iterable[Telling], copies: Mapping[str, int] | None = None) -> Columns:
    """The columns of some tellings."""
    gathered = ColumnsOf()
    for telling in tellings:
        gathered.add(telling)
    return gathered.columns(copies)


# The values of a row, in order; what stands here becomes one column each.
VALUES = (
    "lane", "vague", "lat", "lon", "radius", "precision", "entry", "mark", "country", "province",
    "seat", "first", "last", "grain", "published", "cause", "publisher", "vague_voice", "harm",
    "background", "brief",
)  # fmt: skip
_FLOATS = {"lat", "lon", "radius"}
_FLAGS = {"seat", "vague_voice", "harm", "background", "brief"}
_CHOICES = {"lane", "vague", "precision", "grain", "cause", "lang"}
_NAMES = {"entry", "mark", "country", "province", "publisher"}


def _row(telling: Telling) -> _Row:
    account, order = telling.account, canonical(telling)
    harm = alleges_harm(telling)
    named = [v for v in telling.voices if not v.vague]
    values = (
        lane(telling),
        order[0],
        *_place(telling),
        *_time(telling),
        -1 if account.cause is Cause.UNKNOWN else CAUSES.index(account.cause),
        _id(telling.publisher.name),
        any(v.vague for v in telling.voices),
        harm,
        account.role is Role.BACKGROUND,
        0 < len(telling.traits.sketch) <= FORM_RUNS,
    )
    shared = account.shared_toll.total if account.shared_toll else None
    found = (shared if name == "shared" else getattr(account, name) for name in COUNTS)
    return _Row(
        order=order,
        values=values,
        counts=tuple(bound for count in found for bound in _bounds(count)),
        voices=tuple(number_of(v.identity) for v in named[:VOICES]),
        words=sample_of(telling.traits.words),
        lang=telling.lang,
    )


def sample_of(words: Iterable[int]) -> list[int]:
    """The buckets by which texts are compared: the same choice in every text."""
    return sorted(set(words), key=lambda word: word * _SCATTER % BUCKETS)[:WORDS]


def _place(telling: Telling) -> tuple[float, ...]:
    place = telling.account.place
    point = place.point if place else None
    return (
        point.lat if point else float("nan"),
        point.lon if point else float("nan"),
        radius_of(place),
        PRECISIONS.index(place.precision) if place else -1,
        _id(place.gazetteer_id if place else None),
        _id(telling.place_mark),
        _id(place.country if place else None),
        _id(place.admin1 if place else None),
        is_seat(place),
    )


def _time(telling: Telling) -> tuple[int, ...]:
    reach, when = reach_of(telling), telling.account.when
    published = telling.published.toordinal() if telling.published else -1
    if not reach.told or when is None:
        return (-1, -1, -1, published)
    return (when.start.toordinal(), when.end.toordinal(), GRAINS.index(when.precision), published)


def _id(name: str | None) -> int:
    return -1 if name is None else number_of(name) >> 10  # exact as a float


def _bounds(count: Count | None) -> tuple[int, int]:
    if count is None:
        return (-1, -1)
    return (count.min or 0, OPEN if count.max is None else count.max)


def _columns(rows: list[_Row], order: list[int], copies: Mapping[str, int]) -> Columns:
    table = np.array([r.values for r in rows], np.float64).reshape(len(rows), len(VALUES))
    counts = np.array([r.counts for r in rows], np.int64).reshape(len(rows), len(COUNTS), 2)
    counts = np.minimum(counts, OPEN)
    named = {name: _column(name, table[:, n]) for n, name in enumerate(VALUES)}
    langs = tuple(sorted({r.lang for r in rows}))
    told = Counter(r.order[2] for r in rows)
    reports = {name: n for n, name in enumerate(sorted(told)) if told[name] > 1}
    voices = np.full((len(rows), VOICES), -1, np.int64)
    words = np.full((len(rows), WORDS), NO_WORD, np.uint16)
    for n, row in enumerate(rows):
        voices[n, : len(row.voices)] = row.voices
        words[n, : len(row.words)] = row.words
    return Columns(
        **named,
        number=np.array(order, np.int32),
        report=np.array([reports.get(r.order[2], -1) for r in rows], np.int32),
        low=narrow("low", counts[:, :, 0].T),
        high=narrow("high", counts[:, :, 1].T),
        lang=narrow("lang", np.array([langs.index(r.lang) for r in rows])),
        voices=_numbered(voices),
        copy=np.array([copies.get(r.order[2], -1) for r in rows], np.int32),
        words=words,
        langs=langs,
    )


def _column(name: str, values: Floats) -> npt.NDArray[Any]:
    return _numbered(values) if name in _NAMES else narrow(name, values)


def _numbered(names: npt.NDArray[Any]) -> npt.NDArray[np.int32]:
    """Names by their place among all that are told; -1 stays what is not told."""
    told, number = np.unique(names, return_inverse=True)
    untold = int(len(told) > 0 and told[0] == -1)
    return (number.reshape(names.shape) - untold).astype(np.int32)


def with_copies(columns: Columns, reports: Sequence[str], copies: Mapping[str, int]) -> Columns:
    """The columns with the cluster of near-copies of the report of each row, where it has one."""
    return replace(columns, copy=np.array([copies.get(r, -1) for r in reports], np.int32))


def km_between(of: Columns, a: Ints, b: Ints) -> Floats:
    """Great-circle distances between the places of tellings, pair by pair."""
    lat, other = np.radians(of.lat[a]), np.radians(of.lat[b])
    half = np.sin((other - lat) / 2) ** 2
    half += np.cos(lat) * np.cos(other) * np.sin(np.radians(of.lon[b] - of.lon[a]) / 2) ** 2
    found: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return found
