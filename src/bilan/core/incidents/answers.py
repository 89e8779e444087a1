"""Which tellings are a party's own answer, and which incident each of them answers.

Only a party's own document is an answer by itself (contract, rule 8). A strike release ties by
party, day and named place, or by a distinctive object where it names only the provincial seat
(rule 9); an entry of a findings report by day and place. What ties to nothing, or to two incidents
alike, is put to a person and never forced.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from bilan.core.claims.account import TOLL_LABELS, Label, Role
from bilan.core.incidents.reach import (
    FINE_KM,
    PROVINCE_KM,
    days_apart,
    is_seat,
    may_be_blurred,
    radius_of,
)
from bilan.core.incidents.summary import Summary
from bilan.core.incidents.telling import Telling
from bilan.core.values import Place, PublisherKind, Stance, distance_km

NAMED_KM = 5.0  # km; the recorders' distance at which two village-level places are one (field 5.1)
NEAR_KM = 20.0  # km beyond both radii up to which "near X" may mean the next town; then it is asked
LEAD_KM = 2.0  # km by which the nearest incident must lead the next, else a person is asked
RELEASE_DAYS = 1  # reports of a party straddle midnight and UTC (contract, rule 9)
FINDING_DAYS = 1  # an allegation may be filed under the day after


def is_answer(telling: Telling) -> bool:
    """Whether this is a party's own document about its own conduct, with nobody else's claim."""
    account = telling.account
    official = telling.publisher.kind is PublisherKind.OFFICIAL
    speakers = {s.party for s in account.statements if s.own_words}
    if not official or not speakers or account.role is not Role.MAIN:
        return False
    own = telling.publisher.party
    return (own is None or own in speakers) and set(account.alleged_perpetrators) <= speakers


def only_denies(telling: Telling) -> bool:
    """Whether a report gives nothing but a party's denial: no informant, nobody harmed.

    Who relays it alleges no harm: it is no origin, and its zero is that party's, not its own.
    """
    account = telling.account
    told = (account.killed, account.injured, account.missing, account.fighters_killed)
    harmed = any(count is not None and count.max != 0 for count in told)
    harmed = harmed or any(f.label in _HARM and f.value.max != 0 for f in telling.figures)
    silent = not telling.voices and account.shared_toll is None
    return silent and not harmed and any(s.stance in _DENIALS for s in account.statements)


_DENIALS = frozenset({Stance.DENIES, Stance.FINDS_NOT_CREDIBLE})
_HARM = frozenset({*TOLL_LABELS, Label.KILLED_OR_INJURED, Label.KILLED_MIXED})


def is_strike_release(telling: Telling) -> bool:
    """Whether the answer only says that a strike took place: no finding, no harm."""
    stances = {s.stance for s in telling.account.statements}
    return stances <= {Stance.ACKNOWLEDGES_STRIKE, Stance.DISPUTES_TARGET}


@dataclass(frozen=True, slots=True)
class Tie:
    """The incidents that an answer may belong to, best first; `tied` when the first one is sure."""

    clusters: tuple[int, ...]
    tied: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Near:
    cluster: int
    days: int
    km: float
    named: bool
    things: tuple[str, ...]


def tie(answer: Telling, clusters: dict[int, Summary]) -> Tie:
    """The incident that a party's own document answers, if the rules allow to say."""
    found = [near for key, summary in clusters.items() if (near := _near(answer, key, summary))]
    named = sorted((n for n in found if n.named), key=lambda n: (n.days, n.km, n.cluster))
    if named:
        return _nearest(named)
    if is_strike_release(answer) and is_seat(answer.account.place):
        told = [n for n in found if n.things]
        if len({n.cluster for n in told}) == 1:
            thing = ", ".join(told[0].things)
            why = f"names only the provincial seat, and tells of the same thing: {thing}"
            return Tie((told[0].cluster,), True, (why, _day_words(told[0].days)))
        found = told or found
    ordered = sorted(found, key=lambda n: (n.days, n.km, n.cluster))
    why = "no incident at the place named; others are near in time and province"
    return Tie(tuple(n.cluster for n in ordered[:3]), False, (why,) if ordered else ())


def _nearest(named: list[_Near]) -> Tie:
    best = named[0]
    rivals = [b for a, b in pairwise(named[:2]) if b.days == a.days and b.km - a.km < LEAD_KM]
    keys = tuple(n.cluster for n in named[:3])
    if rivals:
        return Tie(keys, False, ("two incidents fit the place and the day alike",))
    why = f"the place named, {best.km:.1f} km away"
    return Tie(keys, True, (why, _day_words(best.days)))


def _day_words(days: int) -> str:
    return "the same day" if days == 0 else "one day apart, as releases straddle midnight"


def _near(answer: Telling, key: int, summary: Summary) -> _Near | None:
    mine, theirs = answer.account.place, summary.place
    when = answer.account.when
    if mine is None or theirs is None or when is None or summary.when is None:
        return None
    if mine.point is None or theirs.point is None:
        return None
    slack = RELEASE_DAYS if is_strike_release(answer) else FINDING_DAYS
    days, km = days_apart(when, summary.when), distance_km(mine.point, theirs.point)
    if days > slack or not _may_be_meant(mine, theirs, km):
        return None
    things = tuple(sorted(summary.objects.intersection(answer.traits.objects)))
    return _Near(key, days, km, _is_named(mine, theirs, km), things)


def _may_be_meant(mine: Place, theirs: Place, km: float) -> bool:
    """Whether an incident lies where the document may mean: close by, or anywhere in the province
    where one of the two is named by its province or its seat alone."""
    close = km <= radius_of(mine) + radius_of(theirs) + NEAR_KM
    return close or (km <= PROVINCE_KM and may_be_blurred(mine, theirs, km))


def _is_named(mine: Place, theirs: Place, km: float) -> bool:
    if mine.gazetteer_id and mine.gazetteer_id == theirs.gazetteer_id:
        return True
    return km <= NAMED_KM and max(radius_of(mine), radius_of(theirs)) <= FINE_KM
