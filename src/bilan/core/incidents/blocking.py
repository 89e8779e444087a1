"""Which tellings are worth comparing: those that meet under a key.

A telling is found under the keys that it posts and looks under the keys that it asks; two meet
where one asks what the other posts. Keys follow each telling's own uncertainty: a town and a day
meet in a cell of a quarter of a degree, "near the provincial seat" in a cell of two degrees, a
telling without a day in a month, one without a place only by its numbers or by copied words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bilan.core.incidents.lexis import common_buckets
from bilan.core.incidents.reach import Reach, reach_of
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.traits import BUCKETS
from bilan.core.reports.sketches import COPY_RUNS
from bilan.core.values import Point

CELL = 0.25  # degrees; a town with its surroundings meets four of them at most
AREA = 2.0  # degrees; a province
MOST_DAYS = 7  # days of one telling that become keys; a longer time is asked for by its months
KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Keys:
    """Under what a telling is found (`posts`), and under what it looks for others (`asks`).

    Under `both` it does both: such keys are posted only.
    """

    posts: frozenset[str]
    asks: frozenset[str]
    both: frozenset[str]


def keys_of(telling: Telling, *, wide: bool = False) -> Keys:
    """The keys of one telling; their number is bounded whatever its uncertainty.

    `wide`: it also looks all over its province, as a release does that names only the seat.
    """
    reach = reach_of(telling)
    numbers = _numbers(telling)
    copied = {f"w{h:x}" for h in telling.traits.sketch[:COPY_RUNS]}
    rarer = _rarer(telling)
    both = {*copied, *(f"r{word:x}" for word in rarer), *_phrase(telling, reach)}
    both.update(_words_there(rarer, reach))
    asks = set(_asks(reach, numbers, wide=wide))
    return Keys(frozenset({*_posts(reach, numbers), *both}), frozenset(asks), frozenset(both))


def _rarer(telling: Telling) -> list[int]:
    """A few of the rarer words, the repeated ones first, the same in every report that has them."""
    times = Counter(telling.traits.words)
    common = common_buckets(telling.lang)
    rarer = sorted((w for w in times if w not in common), key=_scattered)
    repeated = [word for word in rarer if times[word] > 1]
    return list(dict.fromkeys((*repeated[:WORDS], *rarer[:WORDS])))


def _scattered(word: int) -> int:
    return word * SCATTER % BUCKETS


def _words_there(rarer: list[int], reach: Reach) -> Iterator[str]:
    """Rarer words with the place: one of them is enough where no day can be compared."""
    if reach.point is not None and reach.fine_place:
        cell = _cell(reach.point, CELL)
        yield from (f"R{word:x}{cell}" for word in rarer[:WORDS_THERE])


# Of two reports of one event 9 in 10 meet by two of them (measured on news of shootings).
WORDS = 24
WORDS_THERE = 16
SCATTER = 7919  # a prime: neighbouring buckets are as good as any


def _numbers(telling: Telling) -> list[str]:
    account = telling.account
    shared = account.shared_toll.total if account.shared_toll else None
    counts = (account.killed, shared, account.injured)
    found = {n for c in counts if c for n in (c.min, c.max) if n is not None and n > 1}
    return [str(n) for n in sorted(found)]


def _posts(reach: Reach, numbers: list[str]) -> Iterator[str]:
    days = list(_days(reach, slack=0))
    if reach.point is not None:
        cell, area = _cell(reach.point, CELL), _cell(reach.point, AREA)
        yield from (f"d{day}{cell}" for day in days if reach.fine_place)
        yield from (f"D{day}{area}" for day in days)
        yield from (f"m{month}{cell}" for month in _months(reach) if reach.fine_place)
        yield from (f"n{n}{cell}" for n in numbers if reach.fine_place)
    yield from (f"N{day}x{n}" for day in days for n in numbers)


def _asks(reach: Reach, numbers: list[str], *, wide: bool) -> Iterator[str]:
    days = list(_days(reach, slack=1))
    if reach.point is not None and reach.fine_place:
        cells = list(_cells(reach.point, CELL, reach.radius_km + FINE_SLACK_KM))
        yield from (f"d{day}{cell}" for day in days for cell in cells)
        if not reach.fine_day and reach.days is not None:
            yield from (f"m{month}{cell}" for month in _months(reach) for cell in cells)
        yield from (f"n{n}{cell}" for n in numbers for cell in cells if not reach.fine_day)
    if reach.point is not None and (wide or not reach.fine_place) and reach.radius_km <= AREA_KM:
        areas = list(_cells(reach.point, AREA, AREA_KM if wide else reach.radius_km))
        yield from (f"D{day}{area}" for day in days for area in areas)
    if not reach.fine_place:
        yield from (f"N{day}x{n}" for day in days for n in numbers)


FINE_SLACK_KM = 5.0  # the other telling's own radius: a town's
AREA_KM = 120.0  # km; a wider area than a province is asked for by its numbers


def _phrase(telling: Telling, reach: Reach) -> Iterator[str]:
    if telling.place_mark is not None:
        yield from (f"p{day}{telling.place_mark}" for day in _days(reach, slack=0))


def _days(reach: Reach, *, slack: int) -> Iterator[date]:
    if reach.days is None:
        return
    first = reach.days[0] - timedelta(days=slack)
    last = reach.days[1] + timedelta(days=slack)
    if not reach.told:
        # Unsaid dates mostly mean the days just before publication.
        first = max(first, last - timedelta(days=MOST_DAYS - 1))
    length = min((last - first).days + 1, MOST_DAYS)
    yield from (first + timedelta(days=i) for i in range(length))


def _months(reach: Reach) -> list[str]:
    if reach.days is None:
        return []
    first, last = reach.days
    return sorted({f"{d:%Y%m}" for d in (first, first + (last - first) / 2, last)})


def _cell(point: Point, size: float) -> str:
    return f"/{math.floor(point.lat / size)}:{math.floor(point.lon / size)}"


def _cells(point: Point, size: float, radius_km: float) -> Iterator[str]:
    """Every cell that the circle touches; longitudes shrink towards the poles."""
    up = radius_km / KM_PER_DEGREE
    aside = up / max(0.2, math.cos(math.radians(point.lat)))
    lats = range(math.floor((point.lat - up) / size), math.floor((point.lat + up) / size) + 1)
    lons = range(math.floor((point.lon - aside) / size), math.floor((point.lon + aside) / size) + 1)
    yield from (f"/{lat}:{lon}" for lat in lats for lon in lons)
