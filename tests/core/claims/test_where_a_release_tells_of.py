"""The place of a release: its own town, in the region that it names, not where it was written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bilan.core.claims.read import read
from bilan.core.values import (
    Place,
    PlaceMention,
    PlacePrecision,
    Point,
    Publisher,
    PublisherKind,
    Report,
    Span,
)

_HOMONYM = Place(
    "Andar district", "Andar", "Elsewhere", "PK", Point(25.0, 68.0), PlacePrecision.DISTRICT, 20.0
)
_PLACES = {
    "KABUL": Place("KABUL", "Kabul", "Kabul", "AF", Point(34.5, 69.2), uncertainty_km=5.0),
    "Andar district": _HOMONYM,
    "Ghazni province": Place(
        "Ghazni province",
        "Ghazni",
        "Ghazni",
        "AF",
        Point(33.5, 68.4),
        PlacePrecision.REGION,
        80.0,
    ),
}


class Atlas:
    """A gazetteer that knows a district of the same name in another country."""

    version = "atlas-2"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        spots = ((text.find(name), name, place) for name, place in _PLACES.items())
        found = [PlaceMention(Span(at, at + len(n)), place) for at, n, place in spots if at >= 0]
        return sorted(found, key=lambda m: m.span)


def place_in(text: str) -> Place:
    publisher = Publisher("Joint Command", PublisherKind.OFFICIAL)
    report = Report("r1", text, "en", date(2011, 3, 8), publisher)
    place = read(report, Atlas(), scope="any").accounts[0].place
    assert place is not None
    return place


def test_the_region_named_behind_a_district_decides_which_district_it_is() -> None:
    place = place_in("An air strike in Andar district, Ghazni province, killed two insurgents.")
    assert (place.name, place.admin1, place.country) == ("Andar district", "Ghazni", "AF")
    assert place.uncertainty_km == 80.0


def test_the_town_of_a_dateline_without_a_dash_is_not_where_it_happened() -> None:
    text = (
        "KABUL, Afghanistan (March 8, 2011) Troops killed two insurgents in Andar district today."
    )
    assert place_in(text).name == "Andar district"
