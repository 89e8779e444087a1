"""Where phrases lead that do not name the place itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.core.places.finder import Places
from bilan.core.places.moving import away
from bilan.core.values import PlaceMention, PlacePrecision, PlaceUse, Point, distance_km

MAYADIN = Point(35.02, 40.452)
DEIR_EZ_ZOR = Point(35.336, 40.141)
ALEPPO = Point(36.201, 37.161)


def _first(places: Places, text: str, lang: str) -> PlaceMention:
    return places.places_in(text, lang=lang)[0]


@pytest.mark.parametrize(
    ("lang", "phrase", "text"),
    [
        ("en", "40 km south-east of Deir ez-Zor", "It fell 40 km south-east of Deir ez-Zor."),
        ("en", "25 miles southeast of Deir ez-Zor", "It fell 25 miles southeast of Deir ez-Zor."),
        ("fr", "à 40 km au sud-est de Deir ez-Zor", "Un tir à 40 km au sud-est de Deir ez-Zor."),
        (
            "ru",
            "в 40 километрах к юго-востоку от Дейр-эз-Зора",
            "Это было в 40 километрах к юго-востоку от Дейр-эз-Зора.",
        ),
        ("ar", "على بعد ٤٠ كم جنوب شرق دير الزور", "سقطت على بعد ٤٠ كم جنوب شرق دير الزور"),
        (
            "es",
            "a 40 kilómetros al sureste de Deir ez-Zor",
            "Cayó a 40 kilómetros al sureste de Deir ez-Zor.",
        ),
    ],
)  # fmt: skip
def test_a_distance_and_a_direction_lead_to_a_point(
    places: Places, lang: str, phrase: str, text: str
) -> None:
    mention = _first(places, text, lang)
    assert mention.span.of(text) == phrase
    point = mention.place.point
    assert point is not None
    assert distance_km(point, away(DEIR_EZ_ZOR, 135, 40)) < 1
    assert mention.place.uncertainty_km is not None
    assert 8 <= mention.place.uncertainty_km <= 12


@pytest.mark.parametrize(
    ("lang", "text", "km"),
    [
        ("en", "A shell fell near Mayadin.", 10),
        ("fr", "Un obus est tombé aux abords d'Alep.", 11),
        ("ar", "سقطت قذيفة بالقرب من الميادين", 10),
        ("ru", "Снаряд упал недалеко от Ракки.", 10),
        ("en", "A shell fell 12 kilometres from Mayadin.", 13.2),
    ],
)
def test_nearness_widens_the_uncertainty(places: Places, lang: str, text: str, km: float) -> None:
    assert _first(places, text, lang).place.uncertainty_km == pytest.approx(km)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A shell fell in the countryside of Aleppo."),
        ("ar", "سقطت قذيفة في ريف حلب الشمالي"),
        ("es", "Un obús cayó en zona rural de San Vicente del Caguán."),
    ],
)
def test_a_countryside_is_a_district_around_its_town(places: Places, lang: str, text: str) -> None:
    place = _first(places, text, lang).place
    assert place.precision is PlacePrecision.DISTRICT
    assert place.uncertainty_km == 25


def test_a_town_with_its_distance_from_another_is_one_place(places: Places) -> None:
    text = "Planes hit Mayadin, 40 km south-east of Deir ez-Zor, in Syria."
    named = [m for m in places.places_in(text, lang="en") if m.use is PlaceUse.NAMED]
    (mention,) = named
    assert mention.place.canonical_name == "Al Mayadin"
    assert "it lies where the name beside it says" in mention.place.reasons


@pytest.mark.parametrize(
    ("lang", "text"),
    [("ar", "غارة على منزل وسط مدينة الميادين"), ("en", "A strike on a house in central Mayadin")],
)
def test_the_middle_of_a_town_is_no_less_sure_than_the_town(
    places: Places, lang: str, text: str
) -> None:
    assert _first(places, text, lang).place.uncertainty_km == pytest.approx(1.2, abs=0.5)


def test_an_unlisted_village_is_placed_by_its_neighbour(places: Places) -> None:
    text = "В селении Эль-Букан близ Хаджина в Сирии были удары."
    mention = _first(places, text, "ru")
    assert mention.place.canonical_name == "Эль-Букан"
    assert mention.place.point == Point(34.69, 40.83)
    assert mention.place.gazetteer_id is None
    assert mention.place.uncertainty_km == 25


def test_an_unlisted_village_of_a_region_is_as_unsure_as_the_region(places: Places) -> None:
    text = "سقطت قذائف على قرية كفرزلق في ريف إدلب"
    mention = _first(places, text, "ar")
    assert mention.place.canonical_name == "كفرزلق"
    assert (mention.place.country, mention.place.admin1) == ("SY", "Idlib")
    assert mention.place.uncertainty_km is not None
    assert mention.place.uncertainty_km >= 25


def test_a_quarter_is_placed_in_its_town_and_not_in_a_namesake(places: Places) -> None:
    text = "Rockets struck the Bala neighbourhood of Raqqa in Syria."
    mention = _first(places, text, "en")
    assert mention.place.country == "SY"
    assert mention.place.precision is PlacePrecision.NEIGHBOURHOOD
    assert mention.place.point == Point(35.953, 39.008)


def test_a_name_spelt_another_way_is_heard_by_its_consonants(places: Places) -> None:
    text = "غارات على بلدة معرة مصرين في ريف إدلب في سوريا"
    mention = _first(places, text, "ar")
    assert mention.place.canonical_name == "Maarratmisrin"
    assert any("consonants" in reason for reason in mention.place.reasons)


def test_an_unlisted_name_without_neighbours_has_no_point(places: Places) -> None:
    text = "Syrian medics said that the village of Tell Zaafaran burned."
    (mention,) = places.places_in(text, lang="en")
    assert mention.place.point is None
    assert mention.place.canonical_name == "Tell Zaafaran"
    assert mention.place.country == "SY"


def test_the_north_of_a_country_lies_north_of_its_middle(places: Places) -> None:
    text = "There were raids in northern Syria."
    place = _first(places, text, "en").place
    assert place.point is not None
    assert place.point.lat > 35.5
    assert place.precision is PlacePrecision.COUNTRY


@given(st.floats(-80, 80), st.floats(-180, 180), st.floats(0, 360), st.floats(0, 500))
def test_going_so_far_away_is_so_far_away(
    lat: float, lon: float, bearing: float, km: float
) -> None:
    start = Point(lat, lon)
    assert distance_km(start, away(start, bearing, km)) == pytest.approx(km, abs=0.01)
