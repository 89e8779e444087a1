"""How many distinct people lists name for one incident, at least: a floor for its toll.

Whoever may be one person counts once until somebody says that they are two. Names stay in the
lists; what comes out is a number.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from bilan.core.victims.answers import Answers
from bilan.core.victims.entry import Entry
from bilan.core.victims.matching import Proposal
from bilan.core.victims.overlap import groups_of

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Floor:
    """The distinct people whom lists name for an incident.

    `entries` of the lists stand under it. `untold` are pairs among them that nobody told apart:
    each counts as one person. `elsewhere` are pairs that are or may be one person under two
    incidents: nothing may be summed before somebody answers them.
    """

    people: int
    entries: int
    lists: tuple[str, ...]
    untold: tuple[Pair, ...] = ()
    elsewhere: tuple[Pair, ...] = ()


def floor_of(
    entries: Collection[Entry],
    answers: Answers,
    proposed: Iterable[Proposal],
    *,
    within: Callable[[str], bool],
) -> Floor:
    """The floor of the incident under whose name, as `within` knows it, entries stand."""
    known = {entry.id: entry for entry in entries}
    here = {e.id for e in entries if e.incident is not None and within(e.incident)}
    open_pairs = tuple(_told_by_nobody(proposed, answers))
    groups = groups_of(known.values(), (*answers.same, *open_pairs))
    return Floor(
        people=sum(1 for group in groups if any(e.id in here for e in group)),
        entries=len(here),
        lists=tuple(sorted({known[i].list for i in here})),
        untold=tuple(pair for pair in open_pairs if here.issuperset(pair)),
        elsewhere=tuple(
            pair for pair in (*answers.same, *open_pairs) if _parted(pair, here, known)
        ),
    )


def _told_by_nobody(proposed: Iterable[Proposal], answers: Answers) -> Iterable[Pair]:
    """Pairs that may be one person, without those that somebody answered, and nobody otherwise."""
    told = {*answers.same, *answers.different}
    for one in proposed:
        first, second = sorted((one.one, one.other))
        if (first, second) not in told:
            yield first, second


def _parted(pair: Pair, here: Collection[str], known: dict[str, Entry]) -> bool:
    """Whether one of two stands under this incident and the other under another one."""
    inside = [i for i in pair if i in here]
    outside = [i for i in pair if i not in here and known[i].incident is not None]
    return len(inside) == 1 and len(outside) == 1
