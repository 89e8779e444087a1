"""Which of the places of one name is meant."""

from __future__ import annotations

from bilan.core.places.around import is_initial
from bilan.core.places.evidence import fought_in_by, peoples
from bilan.core.places.finder import Places
from bilan.core.places.flat import flat
from bilan.core.values import Span


def _country(places: Places, text: str, name: str) -> str | None:
    found = {
        m.inner.of(text): m.place.country for m in places.places_in(text, lang="en") if m.inner
    }
    return found[name]


def test_the_country_of_the_text_decides(places: Places) -> None:
    assert _country(places, "In Yemen, a mine went off in Hays.", "Hays") == "YE"


def test_the_larger_place_is_meant_when_nothing_else_is_said(places: Places) -> None:
    assert _country(places, "A bomb was found in Paris.", "Paris") == "FR"


def test_the_region_named_beside_it_decides_against_the_larger(places: Places) -> None:
    assert _country(places, "A bomb was found in Paris, Texas.", "Paris") == "US"


def test_the_other_places_of_the_text_decide(places: Places) -> None:
    text = "Cars burned in Paris. The sheriff in Texas was called, and Texas sent rangers."
    mention = next(
        m for m in places.places_in(text, lang="en") if m.inner and m.inner.of(text) == "Paris"
    )
    assert mention.place.country in ("US", "FR")
    assert mention.place.reasons


def test_every_choice_says_why(places: Places) -> None:
    text = "In Yemen, a mine went off in Hays."
    mentions = places.places_in(text, lang="en")
    reasons = {m.place.canonical_name: m.place.reasons for m in mentions}
    assert reasons["Hays"] == (
        "one of 2 places of that name, not the largest",
        "the text speaks of YE",
    )


def test_a_region_is_meant_only_where_the_word_stands(places: Places) -> None:
    found = places.places_in("Fighting in Raqqa province reached Raqqa.", lang="en")
    assert [str(m.place.precision) for m in found] == ["region", "settlement"]


def test_given_toponyms_are_resolved_with_peoples_and_abbreviations(places: Places) -> None:
    text = "Iraqi police searched Mosul, not Nowhereville."
    spans = [Span(0, 5), Span(22, 27), Span(33, 45)]
    first, second, third = places.resolve(spans, text, lang="en")
    assert first is not None
    assert first.country == "IQ"
    assert second is not None
    assert second.canonical_name == "Mosul"
    assert third is None


def test_given_toponyms_of_an_unread_language_have_no_places(places: Places) -> None:
    assert places.resolve([Span(0, 5)], "Mosul", lang="xx") == [None]


def test_a_missile_of_a_country_does_not_say_where_it_fell() -> None:
    plain = flat("Российская ракета упала. В Сирии погибли двое.")
    assert peoples("ru").named_in(plain).only_armed == {"RU"}
    assert peoples("ru").named_in(flat("Ракета России упала. Россия молчит.")).only_armed == set()


def test_a_mosque_is_not_in_another_land_where_the_same_army_fights(places: Places) -> None:
    text = "An American air strike hit Hays Mosque in Helmand, Afghanistan."
    assert "YE" not in {m.place.country for m in places.places_in(text, lang="en")}


def test_a_missile_falls_where_there_is_war_rather_than_on_a_larger_namesake(
    places: Places,
) -> None:
    assert _country(places, "A missile fell on a house in Hays.", "Hays") == "YE"
    assert _country(places, "A bus overturned in Hays.", "Hays") == "US"
    assert _country(places, "A missile fell on a house in Paris.", "Paris") == "FR"


def test_the_army_that_is_named_by_its_weapons_fights_abroad() -> None:
    assert {"SY", "IQ"} <= fought_in_by({"TR"})
    assert peoples("tr").named_in(flat("Türk SİHA'sı bir aracı vurdu.")).war
    assert not peoples("en").named_in(flat("The team won its match in Odessa.")).war


def test_the_head_of_a_dated_entry_is_its_place() -> None:
    assert is_initial("> tue 4 jun, hays: shells", 13)
    assert not is_initial("he was in paris, texas: a town", 17)
