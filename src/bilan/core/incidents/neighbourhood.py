"""The tellings whose places may change when one telling comes in, changes, or is decided about."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from bilan.core.incidents.answers import is_answer
from bilan.core.incidents.blocking import Keys, keys_of
from bilan.core.incidents.reach import days_apart, is_seat, may_be_blurred, radius_of
from bilan.core.incidents.shelf import Shelf
from bilan.core.incidents.telling import Telling
from bilan.core.values import DatePrecision, When, distance_km

# Tellings re-linked together when one comes in. Where towns are struck every day, chains of days
# have no end; beyond this many, the rest stays where it is. Move it with the shuffle measure.
MOST = 400
# Tellings of an incident outside that are looked at to know what it tells.
SAMPLE = 60


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Tellings to link anew, and incidents that reach beyond them, each with a sample."""

    tellings: tuple[Telling, ...]
    outside: dict[str, tuple[Telling, ...]]
    complete: bool


def search_keys(telling: Telling) -> Keys:
    """The keys under which a telling is found and looks for others."""
    return keys_of(telling, wide=is_answer(telling) or is_seat(telling.account.place))


def neighbourhood(seeds: Iterable[str], shelf: Shelf, *, most: int = MOST) -> Neighbourhood:
    """Everything that the seeds may touch, nearest first, up to `most` tellings."""
    found: dict[str, Telling] = {}
    ring = sorted(s for s in set(seeds) if s in shelf.tellings)
    complete = True
    while ring and complete:
        room = most - len(found)
        complete = len(ring) <= room
        for telling in ring[:room]:
            found[telling] = shelf.tellings[telling]
        reached = {n for t in ring[:room] for n in _next(found[t], shelf, most)}
        ring = sorted(reached - set(found))
    return Neighbourhood(tuple(found.values()), _outside(found, shelf), complete)


def _next(telling: Telling, shelf: Shelf, most: int) -> Iterator[str]:
    keys = search_keys(telling)
    met = {o for k in (*keys.asks, *keys.both) for o in _met(shelf.posts.get(k), k, most)}
    met |= {o for k in keys.posts - keys.both for o in _some(shelf.asks.get(k), most)}
    yield from (o for o in met if o != telling.id and feasible(telling, shelf.tellings[o]))
    placed = shelf.placed.get(telling.id)
    if placed is not None and placed.code is not None:
        yield from _some(shelf.members.get(placed.code), most)
    for seq in shelf.about.get(f"telling:{telling.id}"):
        yield from (t for t in shelf.decisions[int(seq)].tellings if t in shelf.tellings)


def _met(values: Collection[str], key: str, most: int) -> list[str]:
    """The tellings under a key; a word that stands in too many reports tells nothing."""
    return [] if key[0] in "rw" and len(values) > most else _some(values, most)


def _some(values: Iterable[str], most: int) -> list[str]:
    return heapq.nsmallest(most, values)


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
    return days_apart(ours, theirs) <= (3 if _copies(a, b) else 1)


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
