"""A press report from a capital tells of its country where it names no town (synthetic)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from bilan.core.claims.read import read
from bilan.core.values import (
    Place,
    PlaceMention,
    PlacePrecision,
    PlaceUse,
    Point,
    Publisher,
    PublisherKind,
    Report,
    Span,
)

_COUNTRY = Place("Peru", "Peru", None, "PE", Point(-10, -76), PlacePrecision.COUNTRY, 700.0)
_CAPITAL = Place("Lima", "Lima", "Lima", "PE", Point(-12.04, -77.03), uncertainty_km=10.0)
_TOWN = Place("Huanta", "Huanta", "Ayacucho", "PE", Point(-12.93, -74.25), uncertainty_km=1.0)
_WIDE = Place("South America", "South America", None, None, None, PlacePrecision.REGION)


class Andes:
    """A gazetteer of a capital at the head of a text, of a town and of what holds them."""

    version = "andes-1"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        found = []
        for place in (_CAPITAL, _TOWN, _COUNTRY, _WIDE):
            at = text.find(place.name)
            if at >= 0:
                line = place is _CAPITAL and at == 0
                use = PlaceUse.DATELINE if line else PlaceUse.NAMED
                about = _COUNTRY if place is _CAPITAL else None
                span = Span(at, at + len(place.name))
                found.append(PlaceMention(span, place, span, use, about))
        return sorted(found, key=lambda m: m.span)


def place_in(text: str, kind: PublisherKind = PublisherKind.AGENCY) -> Place:
    report = Report("r1", text, "en", date(1990, 5, 3), Publisher("Wire", kind))
    place = read(report, Andes(), scope="any").accounts[0].place
    assert place is not None
    return place


_UNPLACED = "Lima, May 3 - Gunmen killed two peasants in a hamlet this morning."


def test_a_report_that_names_no_town_happened_somewhere_in_the_country() -> None:
    place = place_in(_UNPLACED)
    assert (place.name, place.precision) == ("Peru", PlacePrecision.COUNTRY)


def test_a_town_named_with_the_dead_goes_before_the_country() -> None:
    text = "Lima, May 3 - Gunmen killed two peasants in Huanta this morning."
    assert place_in(text).name == "Huanta"


def test_a_capital_named_as_the_place_stays_the_place() -> None:
    assert place_in("Gunmen killed two peasants in Lima this morning.").name == "Lima"


def test_an_office_in_the_capital_says_nothing_about_the_country() -> None:
    assert place_in(_UNPLACED, PublisherKind.OFFICIAL).name == "Lima"


@pytest.mark.parametrize("after", ["", " Nobody knows why. Few talk. The bishop came to Huanta."])
def test_a_town_far_from_the_dead_is_not_where_they_died(after: str) -> None:
    assert place_in(_UNPLACED + after).name == "Peru"


def test_a_continent_is_the_place_of_nothing_that_a_country_is_known_of() -> None:
    text = "Gunmen killed two peasants, the worst in South America. Peru mourns."
    assert place_in(text).name == "Peru"
