"""Where an incident is, when those who tell of it do not name one place."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bilan.core.incidents.summary import Summary
from bilan.core.values import Place, PlacePrecision, Point
from tests.core.incidents.made import ASHARAH, MAYADIN, account, at, report, tellings

DISTRICT = at("Mayadin District", 35.0, 40.45, "district", 30)
FAR = replace(at("Harem", 36.21, 36.52), admin1="Idlib")
OTHER_FAR = replace(at("Salqin", 36.14, 36.45), admin1="Idlib")
SYRIA = Place(
    "Syria", "Syria", None, "SY", Point(35.0, 38.0), PlacePrecision.COUNTRY, 240.0, "g:Syria"
)


def shown(*places: Place) -> Place | None:
    """Where an incident is that these reports place."""
    return Summary(tellings(*(report(f"r{n:02}", account(p)) for n, p in enumerate(places)))).place


def test_the_finest_place_that_most_tell_is_where_it_was() -> None:
    assert shown(DISTRICT, DISTRICT, MAYADIN, ASHARAH, MAYADIN) == MAYADIN


def test_a_wrong_town_of_one_report_is_not_where_the_others_tell_that_it_was() -> None:
    assert shown(FAR, DISTRICT, DISTRICT) == DISTRICT


def test_behind_a_wrong_town_the_right_one_is_found() -> None:
    assert shown(FAR, FAR, MAYADIN, DISTRICT, DISTRICT, DISTRICT) == MAYADIN


def test_a_town_that_one_of_fifty_names_in_a_district_is_a_misreading() -> None:
    assert shown(ASHARAH, *[DISTRICT] * 49) == ASHARAH
    assert shown(ASHARAH, *[DISTRICT] * 50) == DISTRICT


def test_one_vague_report_does_not_move_an_incident_out_of_its_town() -> None:
    assert shown(FAR, DISTRICT) == FAR


def test_a_town_lies_in_its_country_however_far_from_the_middle() -> None:
    assert shown(FAR, SYRIA, SYRIA, SYRIA) == FAR


@given(st.lists(st.sampled_from([MAYADIN, ASHARAH, DISTRICT, FAR, OTHER_FAR, SYRIA]), min_size=1))
def test_an_incident_is_where_somebody_tells_that_it_was(places: list[Place]) -> None:
    place = shown(*places)
    assert place in places
    assert place == shown(*reversed(places))
