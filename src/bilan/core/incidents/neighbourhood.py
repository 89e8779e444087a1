"""The tellings whose places may change when one telling comes in, changes, or is decided about."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date

from bilan.core.incidents.clues import COPIED_DAYS
from bilan.core.incidents.lanes import lane
from bilan.core.incidents.meeting import LEAST_WORDS, WORDY
from bilan.core.incidents.reach import days_apart, may_be_blurred, radius_of
from bilan.core.incidents.search import search_keys
from bilan.core.incidents.shelf import Days, Index, Shelf
from bilan.core.incidents.telling import Telling
from bilan.core.values import DatePrecision, When, distance_km

# Tellings re-linked together when one comes in. Where towns are struck every day, chains of days
# have no end; beyond this many, the rest stays where it is. Move it with the shuffle measure.
MOST = 400
Likely = Callable[[Telling, Telling], bool]
# Tellings of an incident outside that are looked at to know what it tells.
SAMPLE = 60


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Tellings to link anew, and incidents that reach beyond them, each with a sample."""

    tellings: tuple[Telling, ...]
    outside: dict[str, tuple[Telling, ...]]
    complete: bool


def neighbourhood(
    seeds: Iterable[str], shelf: Shelf, *, likely: Likely, joins: Likely, most: int = MOST
) -> Neighbourhood:
    """Everything that the seeds may touch, nearest first, up to `most` tellings.

    `likely` says of a seed and a telling that it meets whether the two may come together, or be
    put to a person. Further out two must join and be feasible: a wider look would lead from doubt
    to doubt through a whole war, and cost its square.
    """

    def close(one: Telling, other: Telling) -> bool:
        return feasible(one, other) and joins(one, other)

    reason = likely
    found: dict[str, Telling] = {}
    ring = sorted(s for s in set(seeds) if s in shelf.tellings)
    complete = True
    while ring and complete:
        room = most - len(found)
        complete = len(ring) <= room
        for telling in ring[:room]:
            found[telling] = shelf.tellings[telling]
        reached = {n for t in ring[:room] for n in _next(found[t], shelf, reason, most)}
        ring = sorted(reached - set(found))
        reason = close
    return Neighbourhood(tuple(found.values()), _outside(found, shelf), complete)


def _next(telling: Telling, shelf: Shelf, likely: Likely, most: int) -> Iterator[str]:
    met = _meeting(telling, shelf, most)
    shelf.look_up(tellings=met)
    for other in met:
        there = shelf.tellings[other]
        if lane(telling) == lane(there) == 0:
            if likely(telling, there):
                yield other
        elif feasible(telling, there):
            yield other
    placed = shelf.placed.get(telling.id)
    if placed is not None and placed.code is not None:
        yield from shelf.members.first(placed.code, most)
    for seq in shelf.about.get(f"telling:{telling.id}"):
        yield from (t for t in shelf.decisions[int(seq)].tellings if t in shelf.tellings)


def _meeting(telling: Telling, shelf: Shelf, most: int) -> Set[str]:
    """The tellings that this one meets by place and day, or by several of its rarer words."""
    keys = search_keys(telling)
    shelf.look_up(posts=keys.asks | keys.both, asks=keys.posts - keys.both, most=most)
    by_words = (o for k in keys.both if k[0] == "r" for o in _met(shelf.posts, k, most))
    found = {o for o, words in Counter(by_words).items() if words >= LEAST_WORDS}
    others = (k for k in (*keys.asks, *keys.both) if k[0] != "r")
    near = {o for k in others for o in _met(shelf.posts, k, most)}
    near |= {o for k in keys.posts - keys.both for o in shelf.asks.first(k, most)}
    found.update(_in_time(telling, near, shelf))
    found.discard(telling.id)
    return found


def _in_time(telling: Telling, met: Set[str], shelf: Shelf) -> Iterator[str]:
    """Those that the days told do not rule out, by numbers alone: most are ruled out by that."""
    mine = _days(telling)
    first, last = mine[0] - COPIED_DAYS, mine[1] + COPIED_DAYS
    known = shelf.days
    shelf.look_up(tellings=met - known.keys())
    for other in met:
        theirs = known.get(other) or known.setdefault(other, _days(shelf.tellings[other]))
        if theirs[0] <= last and theirs[1] >= first:
            yield other


def _days(telling: Telling) -> Days:
    """The first and the last day told, as ordinals; all days where none was told."""
    when = _told(telling)
    if when is None:
        return date.min.toordinal(), date.max.toordinal()
    return when.start.toordinal(), when.end.toordinal()


def _met(posts: Index, key: str, most: int) -> Collection[str]:
    """The tellings under a key; a word that stands in too many reports tells nothing."""
    return posts.few(key, most) or () if key[0] in WORDY else posts.first(key, most)


def _outside(found: dict[str, Telling], shelf: Shelf) -> dict[str, tuple[Telling, ...]]:
    codes = {p.code for t in found if (p := shelf.placed.get(t)) is not None and p.code}
    outside: dict[str, tuple[Telling, ...]] = {}
    for code in sorted(codes):
        others = (t for t in shelf.members.get(code) if t not in found)
        sample = heapq.nsmallest(SAMPLE, others)
        if sample:
            outside[code] = tuple(shelf.tellings[t] for t in sample)
    return outside


def feasible(a: Telling, b: Telling) -> bool:
    """Whether nothing forbids that two tellings tell one event: a cheap look at time and place."""
    if a.report == b.report:
        return False
    return _days_allow(a, b) and _places_allow(a, b)


def _days_allow(a: Telling, b: Telling) -> bool:
    ours, theirs = _told(a), _told(b)
    if ours is None or theirs is None:
        return True
    apart = days_apart(ours, theirs)
    return apart <= 1 or (apart <= COPIED_DAYS and _copies(a, b))


def _copies(a: Telling, b: Telling) -> bool:
    return bool(set(a.traits.sketch[:8]) & set(b.traits.sketch[:8]))


def _told(telling: Telling) -> When | None:
    when = telling.account.when
    return when if when and when.precision is not DatePrecision.UNKNOWN else None


def _places_allow(a: Telling, b: Telling) -> bool:
    here, there = a.account.place, b.account.place
    if here is None or there is None or here.point is None or there.point is None:
        return True
    km = distance_km(here.point, there.point)
    return km <= radius_of(here) + radius_of(there) or may_be_blurred(here, there, km)
