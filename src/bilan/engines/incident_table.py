"""Incidents as columns: counts by anything over a million of them, and views of the map.

Made from the rows of a scan or of a full export (`table_of`). A count of one cell of a cross table
is one pass over numbers; nothing is added that is not additive: an incident with two suspected
parties counts once for each of them, and whoever shows such a table says so (`overlapping`).

Needs the extra `[scale]` (numpy).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from bilan.core.errors import UsageError

UNKNOWN = "unknown"
EPOCH = date(1970, 1, 1).toordinal()
_NO_DAY = -(1 << 30)

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Names:
    """Different names and for each row the number of its name."""

    names: tuple[str, ...]
    of: Array


@dataclass(frozen=True, slots=True)
class IncidentTable:
    """One row per incident. `day` counts from 1970, a large negative number where none is known.

    `low` and `high` are the killed, -1 where nothing is known or no ceiling is set. `parties` are
    the suspected ones as pairs: `party_row` is the incident, `party.of` the party.
    """

    codes: tuple[str, ...]
    day: Array
    lat: Array
    lon: Array
    country: Names
    place: Names
    cause: Names
    grade: Names
    low: Array
    high: Array
    party: Names
    party_row: Array
    month: Names = field(init=False)
    sums: tuple[Array, Array, Array] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "month", _months(self.day))
        object.__setattr__(self, "sums", _summed(self.low, self.high))

    def __len__(self) -> int:
        return len(self.day)


@dataclass(frozen=True, slots=True)
class Cell:
    """The incidents that share some values: how many, and the sums of what is known of the killed.

    `unknown` is the number of those of which nothing is known; they add nothing and are not zero.
    """

    values: tuple[str, ...]
    incidents: int
    low: int
    high: int
    open_above: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of the map, in degrees; the days, counted from 1970, both included."""

    south: float = -90.0
    west: float = -180.0
    north: float = 90.0
    east: float = 180.0
    first: int = _NO_DAY
    last: int = 1 << 30


@dataclass(slots=True)
class _Naming:
    """Numbers names in the order in which they come."""

    numbers: dict[str, int] = field(default_factory=dict)
    of: list[int] = field(default_factory=list)

    def add(self, name: str | None) -> None:
        self.of.append(self.numbers.setdefault(name or UNKNOWN, len(self.numbers)))

    def names(self) -> Names:
        return Names(tuple(self.numbers), np.array(self.of, np.int64))


def table_of(rows: Iterable[Mapping[str, Any]]) -> IncidentTable:
    """The table of incidents as a scan or a full export has them."""
    codes: list[str] = []
    numbers: list[tuple[float, ...]] = []
    parties: list[int] = []
    naming = {name: _Naming() for name in ("country", "place", "cause", "grade", "party")}
    for row in rows:
        place = row["place"] or {}
        for name, value in (
            ("country", place.get("country") or str(row["code"])[:2]),
            ("place", place.get("name")),
            ("cause", row["cause"]),
            ("grade", row["grade"]),
        ):
            naming[name].add(value)
        for party in row["parties"]:
            if party["role"] == "suspected":
                naming["party"].add(party["party"])
                parties.append(len(codes))
        codes.append(str(row["code"]))
        numbers.append(_numbers(row, place))
    columns = np.array(numbers, np.float64).reshape(len(codes), 5).T
    return IncidentTable(
        codes=tuple(codes),
        day=columns[0].astype(np.int64),
        lat=columns[1],
        lon=columns[2],
        low=columns[3].astype(np.int64),
        high=columns[4].astype(np.int64),
        party_row=np.array(parties, np.int64),
        **{name: made.names() for name, made in naming.items()},
    )


def _numbers(row: Mapping[str, Any], place: Mapping[str, Any]) -> tuple[float, ...]:
    start, killed = row["date_start"], row["killed"]
    day = date.fromisoformat(start).toordinal() - EPOCH if start else _NO_DAY
    point = tuple(float("nan") if place.get(k) is None else place[k] for k in ("lat", "lon"))
    if killed is None:
        return (day, *point, -1, -1)
    low, high = killed["min"], killed["max"]
    return (day, *point, -1 if low is None else low, -1 if high is None else high)


# -- counts --------------------------------------------------------------------------------------


def _months(day: Array) -> Names:
    """Months as 2017-09, numbered in their order; what has no day comes last."""
    known = day > _NO_DAY
    if not known.any():
        return Names((UNKNOWN,), np.zeros(len(day), np.int64))
    days = np.where(known, day, 0).astype("datetime64[D]")
    month = days.astype("datetime64[M]").astype(np.int64)
    least, most = int(month[known].min()), int(month[known].max())
    named = np.arange(least, most + 1).astype("datetime64[M]").astype(str)
    return Names((*map(str, named), UNKNOWN), np.where(known, month, most + 1) - least)


# Two numbers are summed in one: a float holds 53 bits exactly. So many incidents, and so many
# people in one cell, are beyond any record.
_INCIDENTS, _PEOPLE = float(1 << 26), float(1 << 27)


def _summed(low: Array, high: Array) -> tuple[Array, Array, Array]:
    """What is summed over the incidents of a cell: one and unknown, least and open above, most."""
    known = (low >= 0) | (high >= 0)
    least = np.maximum(low, 0).astype(np.float64)
    most = np.where(high >= 0, high, least)
    return 1.0 + _INCIDENTS * ~known, least + _PEOPLE * (known & (high < 0)), most


BY: Mapping[str, Callable[[IncidentTable], Names]] = {
    "party": lambda table: table.party,
    "country": lambda table: table.country,
    "place": lambda table: table.place,
    "cause": lambda table: table.cause,
    "grade": lambda table: table.grade,
    "month": lambda table: table.month,
}


def count_by(table: IncidentTable, by: Sequence[str], *, within: Box | None = None) -> list[Cell]:
    """A cross table: a cell for every combination of values that some incident has.

    UsageError for a name that is none of `BY`.
    """
    unknown = [name for name in by if name not in BY]
    if unknown or not by:
        wrong = unknown[0] if unknown else ""
        raise UsageError(f"Nothing is counted by {wrong!r}.", hint=f"Name some of {', '.join(BY)}.")
    rows: Array | slice = table.party_row if "party" in by else slice(None)
    names = [BY[name](table) for name in by]
    key: Array | None = None
    for name, one in zip(by, names, strict=True):
        of = one.of if name == "party" else one.of[rows]
        key = of if key is None else key * max(1, len(one.names)) + of
    sums = [one[rows] for one in table.sums]
    if within is not None:
        kept = np.flatnonzero(inside(table, within)[rows])
        key, sums = np.asarray(key)[kept], [one[kept] for one in sums]
    return _cells(np.asarray(key), sums, names)


def overlapping(by: Sequence[str]) -> bool:
    """Whether one incident may be in several cells, so that the cells do not add up."""
    return "party" in by


def _cells(key: Array, sums: list[Array], names: list[Names]) -> list[Cell]:
    size = int(np.prod([max(1, len(one.names)) for one in names]))
    found = np.arange(size)
    if size > _DENSE:
        found, key = np.unique(key, return_inverse=True)
    ones, least, most = (np.bincount(key, one, minlength=len(found)) for one in sums)
    told = np.flatnonzero(ones)
    unknown, incidents = np.divmod(ones[told], _INCIDENTS)
    open_above, low = np.divmod(least[told], _PEOPLE)
    columns = (found[told], incidents, low, most[told], open_above, unknown)
    return [
        Cell(_values(int(which), names), *(int(number) for number in numbers))
        for which, *numbers in zip(*(column.tolist() for column in columns), strict=True)
    ]


_DENSE = 1 << 21  # cells up to which all are counted, there or not; beyond, keys are sorted first


def _values(key: int, names: list[Names]) -> tuple[str, ...]:
    values = []
    for one in reversed(names):
        key, number = divmod(key, max(1, len(one.names)))
        values.append(one.names[number])
    return tuple(reversed(values))


# -- the map -------------------------------------------------------------------------------------


def inside(table: IncidentTable, box: Box) -> Array:
    """Which incidents lie in a box, on its days; those without a point lie in the whole world."""
    world = (box.south, box.west, box.north, box.east) == (-90.0, -180.0, 90.0, 180.0)
    kept: Array = (table.day >= box.first) & (table.day <= box.last)
    if not world:
        kept &= (table.lat >= box.south) & (table.lat <= box.north)
        kept &= (table.lon >= box.west) & (table.lon <= box.east)
    return kept


@dataclass(frozen=True, slots=True)
class View:
    """What a map shows: the incidents one by one, or counts in cells where they are too many.

    `rows` are incidents; else `lat`, `lon`, `count` of the cells.
    """

    total: int
    rows: Array
    lat: Array
    lon: Array
    count: Array


MOST_POINTS = 2_000  # that a page draws at once without trouble
CELLS_ACROSS = 64  # cells of a view from its left to its right edge


def view(table: IncidentTable, box: Box) -> View:
    """A view of the map; those without a point are in `total` of the whole world alone."""
    rows = np.flatnonzero(inside(table, box))
    total = len(rows)
    rows = rows[~np.isnan(table.lat[rows])]
    none = np.empty(0)
    if len(rows) <= MOST_POINTS:
        return View(total, rows, none, none, none)
    size = max((box.east - box.west) / CELLS_ACROSS, 1e-6)
    high = int((box.north - box.south) / size) + 1
    across = np.minimum(((table.lon[rows] - box.west) / size).astype(np.int64), CELLS_ACROSS - 1)
    up = ((table.lat[rows] - box.south) / size).astype(np.int64)
    cell = up * CELLS_ACROSS + across
    count = np.bincount(cell, minlength=(high + 1) * CELLS_ACROSS)
    told = np.flatnonzero(count)
    middle = box.south + (told // CELLS_ACROSS + 0.5) * size
    aside = box.west + (told % CELLS_ACROSS + 0.5) * size
    return View(total, rows[:0], middle, aside, count[told])
