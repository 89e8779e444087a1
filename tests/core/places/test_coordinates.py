"""Coordinates in a text are exact places."""

from __future__ import annotations

import pytest

from bilan.core.places.coordinates import coordinates_in
from bilan.core.places.finder import Places
from bilan.core.places.mgrs import point_of_grid
from bilan.core.values import PlacePrecision, Point, distance_km


@pytest.mark.parametrize(
    ("text", "phrase", "point"),
    [
        ("at 35.02 N, 40.45 E.", "35.02 N, 40.45 E", Point(35.02, 40.45)),
        ("at 35°01'12\"N 40°27'07\"E.", "35°01'12\"N 40°27'07\"E", Point(35.02, 40.451944)),
        ("at N35.02 E40.45.", "N35.02 E40.45", Point(35.02, 40.45)),
        ("at 12.5 S 44.25 W.", "12.5 S 44.25 W", Point(-12.5, -44.25)),
        ("(35.01982, 40.45154)", "35.01982, 40.45154", Point(35.01982, 40.45154)),
        ("pin: -12.0464; -77.0428", "-12.0464; -77.0428", Point(-12.0464, -77.0428)),
    ],
)
def test_degrees_are_read_as_written(text: str, phrase: str, point: Point) -> None:
    (mention,) = coordinates_in(text)
    assert mention.span.of(text) == phrase
    assert mention.place.point == point
    assert mention.place.precision is PlacePrecision.EXACT


def test_the_military_grid_is_read() -> None:
    # The tower of Paris and a square of Honolulu, as published examples of the grid have them.
    (mention,) = coordinates_in("The grid was 31U DQ 48251 11932 exactly.")
    assert mention.place.point is not None
    assert distance_km(mention.place.point, Point(48.8582, 2.2945)) < 0.05
    found = point_of_grid(4, "Q", "FJ", "1234567890")
    assert found is not None
    assert distance_km(found[0], Point(21.4098, -157.9161)) < 0.05


def test_a_square_that_is_not_there_is_no_place() -> None:
    assert point_of_grid(31, "U", "JA", "1234") is None
    assert point_of_grid(61, "U", "DQ", "1234") is None


@pytest.mark.parametrize(
    "text",
    [
        "It cost 1.234, then 5.678.",
        "99.12345, 200.45678",
        "On 12.03.2020, 14.05.2020",
        "95 N, 20 E",
    ],
)
def test_prices_dates_and_other_planets_are_no_coordinates(text: str) -> None:
    assert coordinates_in(text) == []


def test_the_doubt_is_half_the_last_digit() -> None:
    (coarse,) = coordinates_in("35.0 N, 40.4 E")
    (fine,) = coordinates_in("35.0196 N, 40.4512 E")
    assert coarse.place.uncertainty_km == pytest.approx(5.56)
    assert fine.place.uncertainty_km == pytest.approx(0.01)


def test_coordinates_stand_among_the_places_of_a_text(places: Places) -> None:
    text = "A shell fell in Raqqa (35.9529 N, 39.0079 E) in Syria."
    found = places.places_in(text, lang="en")
    assert [str(m.place.precision) for m in found] == ["settlement", "exact", "country"]
