"""Incidents that were opened twice become one; what tells of two stays two."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from bilan.core.incidents.lexis import Lexis
from bilan.core.incidents.summary import Summary
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.traits import BUCKETS
from bilan.core.values import Place, PlacePrecision, Point
from bilan.engines.column_clues import Scores, column_weights
from bilan.engines.column_meetings import Meetings
from bilan.engines.column_mergers import mergers
from bilan.engines.incident_columns import Incidents
from bilan.engines.telling_columns import columns_of
from tests.engines.made import SEAT, VILLAGE, telling


def told(number: int, *, days: int = 0, killed: int = 5, words: int = 0) -> Telling:
    """A telling whose words are those of its neighbours by number, moved by `words`."""
    first = words + number
    return telling(number, VILLAGE, words=range(first, first + 30), days=days, killed=killed)


def put_together(*incidents: list[Telling]) -> list[tuple[int, int]]:
    """Which of some incidents go into which, by their place in the list."""
    tellings = [one for incident in incidents for one in incident]
    columns = columns_of(tellings)
    of = np.repeat(np.arange(len(incidents)), [len(i) for i in incidents])[columns.number]
    into, meet = Incidents(columns), Meetings(columns)
    into.open(len(incidents))
    every = np.arange(len(columns))
    into.join(every, of)
    into.settle(np.arange(len(incidents)), every, of)
    meet.post(every, of)
    weights, lexis = column_weights(), Lexis(5_000, (2,) * BUCKETS)
    scores = Scores(columns, into, weights, lexis)
    found = mergers(into, scores, meet, bar=weights["decide.again"])
    return list(zip(found.gone.tolist(), found.heir.tolist(), strict=True))


LARGE = [told(n) for n in range(4)]


def test_what_was_opened_twice_becomes_one() -> None:
    assert put_together(LARGE, [told(n) for n in range(4, 7)]) == [(1, 0)]


def test_two_that_tell_other_numbers_of_dead_stay_two() -> None:
    assert put_together(LARGE, [told(n, killed=11) for n in range(4, 7)]) == []


def test_two_of_days_that_midnight_does_not_explain_stay_two() -> None:
    assert put_together(LARGE, [told(n, days=2) for n in range(4, 7)]) == []


def test_two_with_no_rare_word_in_common_stay_two() -> None:
    assert put_together(LARGE, [told(n, words=500) for n in range(4, 7)]) == []


def test_the_texts_of_an_incident_stand_for_all_its_languages_and_repeat_no_copy() -> None:
    tellings = [told(n) for n in range(30)]
    columns = columns_of(tellings, {f"r{n:02}": 1 for n in range(10)})
    into = Incidents(columns)
    into.open(1)
    every, of = np.arange(30), np.zeros(30, np.int64)
    into.join(every, of)
    into.hear(every, of)
    kept = into.texts[0][into.texts[0] >= 0]
    assert (columns.copy[kept] == 1).sum() <= 1
    assert len(kept) >= 10
    assert kept.max() >= 27


# Of two told as often the core takes the first by name, columns the southernmost: here they agree.
_FAR = replace(SEAT, canonical_name="Ain", point=Point(33.5, 36.3), admin1="Damascus")
_AREA = replace(
    VILLAGE, uncertainty_km=30.0, precision=PlacePrecision.DISTRICT, gazetteer_id="area"
)
_AREA_ELSEWHERE = replace(_AREA, canonical_name="Zor", point=Point(35.5, 36.5))
_WIDER = replace(_AREA, uncertainty_km=90.0, precision=PlacePrecision.REGION, gazetteer_id="wider")


@given(st.lists(st.sampled_from([VILLAGE, SEAT, _FAR, _AREA, _WIDER]), min_size=1, max_size=9))
@example([_FAR, _AREA, _AREA])
@example([VILLAGE, *[_AREA_ELSEWHERE] * 50])
@example([_FAR, _FAR, VILLAGE, _AREA, _AREA, _AREA])
def test_columns_and_the_core_place_an_incident_alike(places: list[Place]) -> None:
    tellings = [telling(n, place, words=range(9)) for n, place in enumerate(places)]
    into = Incidents(columns := columns_of(tellings))
    into.open(1)
    every, of = np.arange(len(places)), np.zeros(len(places), np.int64)
    into.join(every, of)
    into.settle(np.zeros(1, np.int64), every, of)
    chosen = places[columns.number[into.place[0]]]
    by_core = Summary(tellings).place
    assert by_core is not None
    assert chosen.point == by_core.point
    assert chosen.uncertainty_km == by_core.uncertainty_km
