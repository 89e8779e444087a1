"""Coordinates that cannot be those of the place named are said, with the slip that fits."""

from __future__ import annotations

import pytest

from bilan.core.places.sanity import doubts_about
from bilan.core.values import Place, PlacePrecision, Point

HAJIN = Place(
    "Hajin",
    "Hajin",
    "Deir ez-Zor",
    "SY",
    Point(34.69, 40.83),
    PlacePrecision.SETTLEMENT,
    3.0,
)


def words(text: str, named: Place | None = HAJIN) -> list[str]:
    return [doubt.words for doubt in doubts_about(text, named)]


@pytest.mark.parametrize(
    "text",
    [
        "The strike was at 34.69 N, 40.83 E.",
        "The strike was at 34.7234, 40.8012.",
        "The strike was at 37S FU 67664 39764.",
        "No coordinates are given.",
    ],
)
def test_coordinates_near_the_place_named_are_in_no_doubt(text: str) -> None:
    assert words(text) == []


def test_coordinates_far_away_are_said_with_the_distance() -> None:
    (found,) = words("The strike was at 36.20 N, 37.15 E.")
    assert found == "the coordinates lie about 373 km from Hajin, the place named"


def test_latitude_and_longitude_exchanged_are_suspected() -> None:
    (found,) = words("The strike was at 40.83 N, 34.69 E.")
    assert found.endswith("with latitude and longitude exchanged, less than 1 km")


def test_digits_exchanged_are_suspected_in_degrees_and_in_grids() -> None:
    (degrees,) = words("The strike was at 43.69 N, 40.83 E.")
    assert "with the digits 43 exchanged (34.69 N, 40.83 E), less than 1 km" in degrees
    (grid,) = words("The strike was at 37S FU 76764 93764.")
    assert "with the digits 93 exchanged" in grid


def test_a_grid_that_lost_a_digit_is_said_whatever_the_place() -> None:
    (found,) = words("The strike was at 37S FU 67664 3976.", None)
    assert found == "a grid reference of 9 digits, where an even number is wanted"


def test_a_doubt_stands_where_the_coordinates_stand() -> None:
    text = "The strike was at 36.20 N, 37.15 E."
    (doubt,) = doubts_about(text, HAJIN)
    assert doubt.span.of(text) == "36.20 N, 37.15 E"
