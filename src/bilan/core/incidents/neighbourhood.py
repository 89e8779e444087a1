"""The tellings whose places may change when one telling comes in, changes, or is decided about."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date

from bilan.core.incidents.blocking import Keys
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


class Surroundings:
    """The neighbourhoods of a record while no report comes in.

    Reports that came in together have much of their neighbourhoods in common: whom a telling meets
    is asked once. Only where each telling is placed may change meanwhile.
    """

    def __init__(self, shelf: Shelf, *, likely: Likely, joins: Likely, most: int = MOST) -> None:
        """`likely` says of two tellings whether they may come together, or be put to a person."""
        self._shelf, self._most = shelf, most
        self._likely, self._joins = likely, joins
        self._first: dict[str, tuple[str, ...]] = {}
        self._further: dict[str, tuple[str, ...]] = {}
        self._worded: dict[str, tuple[str, ...]] = {}

    def of(self, seeds: Iterable[str]) -> Neighbourhood:
        """Everything that the seeds may touch, nearest first, up to `most` tellings.

        From a seed it goes to whom it is likely to tell the same as. Further out two must join and
        be feasible: a wider look would lead from doubt to doubt through a whole war, and cost its
        square.
        """
        shelf, reached_by = self._shelf, self._from_a_seed
        found: dict[str, Telling] = {}
        ring = sorted(s for s in set(seeds) if s in shelf.tellings)
        complete = True
        while ring and complete:
            room = self._most - len(found)
            complete = len(ring) <= room
            for telling in ring[:room]:
                found[telling] = shelf.tellings[telling]
            if complete:  # else what lies further out finds no room
                reached = {n for t in ring for n in self._next(found[t], reached_by)}
                ring = sorted(reached - set(found))
                reached_by = self._from_afar
        return Neighbourhood(tuple(found.values()), _outside(found, shelf), complete)

    def _next(
        self, telling: Telling, reached_by: Callable[[Telling], Collection[str]]
    ) -> Iterator[str]:
        yield from reached_by(telling)
        placed = self._shelf.placed.get(telling.id)
        if placed is not None and placed.code is not None:
            yield from self._shelf.members.first(placed.code, self._most)
        for seq in self._shelf.about.get(f"telling:{telling.id}"):
            told = self._shelf.decisions[int(seq)].tellings
            yield from (t for t in told if t in self._shelf.tellings)

    def _from_a_seed(self, telling: Telling) -> Collection[str]:
        known = self._first.get(telling.id)
        if known is None:
            known = self._first[telling.id] = tuple(self._met(telling, self._likely))
        return known

    def _from_afar(self, telling: Telling) -> Collection[str]:
        known = self._further.get(telling.id)
        if known is None:
            known = self._further[telling.id] = tuple(self._met(telling, self._close))
        return known

    def _close(self, one: Telling, other: Telling) -> bool:
        return feasible(one, other) and self._joins(one, other)

    def _met(self, telling: Telling, reason: Likely) -> Iterator[str]:
        met = self._meeting(telling)
        self._shelf.look_up(tellings=met)
        news = lane(telling) == 0
        for other in met:
            there = self._shelf.tellings[other]
            if news and lane(there) == 0:
                if reason(telling, there):
                    yield other
            elif feasible(telling, there):
                yield other

    def _meeting(self, telling: Telling) -> Set[str]:
        """The tellings that this one meets by place and day, or by several of its rarer words."""
        shelf, most = self._shelf, self._most
        keys = search_keys(telling)
        shelf.look_up(posts=keys.asks | keys.both, asks=keys.posts - keys.both, most=most)
        others = (k for k in (*keys.asks, *keys.both) if k[0] != "r")
        near = {o for k in others for o in _met(shelf.posts, k, most)}
        near |= {o for k in keys.posts - keys.both for o in shelf.asks.first(k, most)}
        found = {*self._by_words(telling, keys), *_in_time(telling, near, shelf)}
        found.discard(telling.id)
        return found

    def _by_words(self, telling: Telling, keys: Keys) -> Collection[str]:
        """Those that several rarer words of its report find, the same for each telling of it."""
        found = self._worded.get(telling.report)
        if found is None:
            posts, most = self._shelf.posts, self._most
            words = (o for k in keys.both if k[0] == "r" for o in _met(posts, k, most))
            found = tuple(o for o, number in Counter(words).items() if number >= LEAST_WORDS)
            self._worded[telling.report] = found
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
