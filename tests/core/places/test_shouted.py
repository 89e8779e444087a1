"""Names of places in texts all in capitals, in sentences of our own (synthetic)."""

from __future__ import annotations

import pytest

from bilan.core.places.finder import Places


def _names(places: Places, text: str) -> list[str | None]:
    return [m.place.canonical_name for m in places.places_in(text, lang="en")]


@pytest.mark.parametrize(
    "text",
    [
        "THE MEDIA WERE KEPT AWAY IN THE CASE OF THE SHELLING OF THE SYRIAN CAMP.",
        "SYRIAN OFFICERS SAID THAT HAYS MEN WERE SEEN IN THE OPERATION AGAINST REBELS.",
        "A SYRIAN SPOKESMAN SAID IN A COMMUNIQUE THAT THE REBELS WILL BALA THE ROAD.",
    ],
)
def test_ordinary_words_in_capitals_are_no_places(places: Places, text: str) -> None:
    assert _names(places, text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SHELLS FELL IN SARMIN AND ON THE MARKET OF ALEPPO, SYRIA, AT NOON.", "Sarmin"),
        ("A SYRIAN MILITIA SHELLED THE TOWN OF HAJIN AT NOON.", "Hajin"),
    ],
)
def test_towns_are_found_in_capitals(places: Places, text: str, name: str) -> None:
    assert name in _names(places, text)


@pytest.mark.parametrize(
    "text",
    [
        "SYRIAN POLICE SAID THAT A CAR EXPLODED. THE CAR BOMB HURT NOBODY.",
        "A GRENADE FELL NEAR A SYRIAN PATROL.",
    ],
)
def test_a_word_in_capitals_is_no_abbreviated_country(places: Places, text: str) -> None:
    assert _names(places, text) == []
