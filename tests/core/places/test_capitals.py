"""A capital knows its country, so that a dispatch written there can be about it (synthetic)."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from bilan.core.places.finder import Places
from bilan.core.values import Place, PlacePrecision, PlaceUse


def _first(places: Places, text: str) -> tuple[PlaceUse, Place | None]:
    mention = places.places_in(text, lang="en")[0]
    return mention.use, mention.dispatched


def test_a_dispatch_from_a_capital_is_about_its_country(places: Places) -> None:
    use, about = _first(places, "DAMASCUS, Sept 17 (SANA) - Two farmers were killed by a mine.")
    assert use is PlaceUse.DATELINE
    assert about is not None
    assert (about.name, about.country, about.precision) == ("Syria", "SY", PlacePrecision.COUNTRY)
    assert about.point is not None


def test_a_dispatch_from_another_town_is_about_no_country(places: Places) -> None:
    assert (
        _first(places, "ALEPPO, Syria, Sept 17 - Two Syrian farmers were killed by a mine.")[1]
        is None
    )


def test_a_place_said_by_its_distance_from_a_capital_is_not_the_capital(places: Places) -> None:
    assert _first(places, "Two farmers died 40 km south of Damascus, Syria.")[1] is None


def test_every_capital_of_the_file_has_one_code_and_two_names() -> None:
    text = (files("bilan.core.places") / "capitals.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)["capital"]
    assert len(table) > 150
    for code, names in table.items():
        assert len(code) == 2 and code.isupper()
        assert len(names) == 2 and all(names)


@pytest.mark.parametrize("text", ["THE MEDIA AND THE CITY", "He left the city for the media."])
def test_an_article_and_an_ordinary_word_are_no_place(places: Places, text: str) -> None:
    assert places.places_in(text, lang="en") == []
