"""Which reports concern harm to people in an armed conflict."""

from __future__ import annotations

import pytest

from bilan.core.claims.parties.parties import Setting, nations
from bilan.core.claims.relevance.relevance import Scope, at_war, conflicts, relevance
from bilan.core.claims.speech import testimony
from bilan.core.claims.text.language import load_language
from bilan.core.claims.text.tokens import words_of


def relevant(
    code: str, text: str, *countries: str, year: int = 2020, scope: Scope = Scope.CONFLICT
) -> bool:
    language = load_language(code)
    words = words_of(text)
    setting = Setting(tuple(countries), year)
    told = testimony.testimony_of(words, language.lexicon.find(words), language, setting)
    return relevance(told, setting, scope=scope).relevant


@pytest.mark.parametrize(
    ("code", "text", "country"),
    [
        ("en", "An air strike on the market killed six civilians.", "YE"),
        ("en", "A farmer was killed when he stepped on a landmine.", "YE"),
        ("fr", "Un bombardement a tué six civils dans le village.", "SY"),
        ("ar", "قتل ستة مدنيين في قصف مدفعي على البلدة.", "SY"),
        ("ru", "При артобстреле погибли шесть мирных жителей.", "UA"),
        ("es", "Seis civiles murieron en un ataque aéreo.", "SY"),
        ("fa", "در حمله هوایی شش غیرنظامی کشته شدند.", "AF"),
        ("tr", "Hava saldırısında altı sivil öldü.", "SY"),
    ],
)
def test_harm_in_an_armed_conflict_is_read(code: str, text: str, country: str) -> None:
    assert relevant(code, text, country)


@pytest.mark.parametrize(
    ("code", "text", "country"),
    [
        ("en", "A bus overturned in a road accident, killing six people.", "SY"),
        ("en", "The earthquake killed six hundred people; the magnitude was 7.", "TR"),
        ("en", "The striker scored twice as the match was killed off; two players injured.", "IQ"),
        ("en", "The exercise simulated a missile strike with forty dead in the scenario.", "UA"),
        ("fr", "Un autocar s'est renversé : six morts dans l'accident.", "ML"),
        ("ar", "قتل ستة أشخاص في حادث سير وتصادم حافلتين.", "SY"),
        ("ru", "При землетрясении погибли шестьсот человек, магнитуда 7.", "TR"),
        ("es", "Un terremoto de magnitud 7 dejó seis muertos.", "CO"),
        ("tr", "Depremde altı kişi öldü, artçı sarsıntılar sürüyor.", "TR"),
    ],
)
def test_accidents_disasters_sport_and_exercises_are_not(
    code: str, text: str, country: str
) -> None:
    assert not relevant(code, text, country)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Three brothers died in a strike on their flat; their mother has burns."),
        (
            "en",
            "A hospital received nine bodies and four wounded people after strikes.",
        ),
        ("ru", "Удар по городу: трое погибших, девять раненых."),
        ("ru", "На мине подорвался пастух, его сын ранен."),
        ("uk", "Унаслідок удару загинули троє, дев'ятеро дістали поранення."),
        ("uk", "На міні підірвався тракторист, його напарник поранений."),
    ],
)
def test_a_strike_is_harm_in_war_where_a_war_is_fought(code: str, text: str) -> None:
    assert relevant(code, text, "UA", year=2023)
    assert not relevant(code, text, "CH", year=2023)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "A fireworks store blew up, killing three. It sounded like an air raid, he said."),
        ("en", "A drone attack was ruled out after the gas explosion that killed three people."),
        ("en", "Volunteers playing the wounded lay on the floor: the missile had killed nine."),
        ("ru", "Взрыв бытового газа убил троих. Версию об ударе беспилотника отвергли."),
        ("ru", "По легенде, при ракетном ударе погибли девять человек; спасатели провели учения."),
        ("uk", "За легендою навчань, унаслідок ракетного удару загинули дев'ятеро людей."),
        ("uk", "Вибух газу вбив трьох; було схоже на авіаудар, версію про ракету відкинули."),
    ],
)
def test_what_war_was_only_likened_to_ruled_out_or_played_is_none(code: str, text: str) -> None:
    assert not relevant(code, text, "UA", year=2023)


def test_a_raid_that_felt_like_an_earthquake_is_a_raid() -> None:
    text = "The air raid killed nine people. It felt like an earthquake, a magnitude seven."
    assert relevant("en", text, "UA", year=2023)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "An air strike on the market killed six civilians."),
        ("fr", "Un raid aérien a tué six civils dans le village."),
        ("ru", "При артобстреле погибли шесть мирных жителей."),
    ],
)
def test_weapons_of_war_are_read_though_no_war_is_known_in_the_land(code: str, text: str) -> None:
    """The list of wars is behind, or a namesake in a land of peace was taken for the place."""
    assert relevant(code, text, "US")
    assert not relevant("en", "A water bomber crashed in an accident: two airmen died.", "US")


def test_terror_outside_an_armed_conflict_is_not_read() -> None:
    text = "A van attack claimed by ISIS killed thirteen people in the old town."
    assert not relevant("en", text, "ES")


def test_with_any_scope_every_violent_event_is_read() -> None:
    text = "Two people were shot dead outside a bar, police said."
    assert not relevant("en", text, "US")
    assert relevant("en", text, "US", scope=Scope.ANY)


def test_a_conflict_has_its_years() -> None:
    assert at_war("SY", 2015)
    assert not at_war("SY", 2005)
    assert at_war("LK", 2008)
    assert not at_war("LK", 2020)
    assert not at_war("CH", None)


def test_every_stretch_of_a_conflict_ends_after_it_begins() -> None:
    for country, stretches in conflicts().items():
        assert len(country) == 2
        assert all(end is None or start <= end for start, end in stretches), country


def test_most_countries_in_conflict_have_names() -> None:
    unnamed = set(conflicts()) - set(nations())
    assert len(unnamed) <= 15, unnamed


@pytest.mark.parametrize(
    ("code", "text", "country"),
    [
        ("en", "A sniper shot dead a grocer as he opened his shop.", "YE"),
        ("en", "A car bomb went off outside a bakery; six people are dead.", "SY"),
        ("en", "Eleven villagers died when soldiers torched their huts.", "MM"),
        ("fr", "Un tireur embusqué a tué un épicier dans sa boutique.", "YE"),
        ("es", "Un francotirador mató a un tendero en su tienda.", "YE"),
        ("pt", "Homens armados mataram um agricultor na sua aldeia.", "MZ"),
        ("ar", "قتل بقال برصاص قناص أمام متجره.", "YE"),
    ],
)
def test_one_word_of_war_is_enough_in_a_land_at_war(code: str, text: str, country: str) -> None:
    assert relevant(code, text, country, year=2024)
    assert not relevant(code, text, "CH", year=2024)


@pytest.mark.parametrize(
    ("code", "text", "country"),
    [
        (
            "en",
            "A bus overturned: six dead. In the army drill, artillery hit a column of tanks.",
            "TR",
        ),
        ("tr", "Otobüs devrildi, altı kişi öldü. Tatbikatta topçu birlikleri hedefi vurdu.", "TR"),
        ("fa", "واژگونی اتوبوس شش کشته داشت. در رزمایش، توپخانه ارتش هدف‌ها را زد.", "IR"),
        ("ru", "Автобус опрокинулся, шестеро погибли. На учениях артиллерия поразила цели.", "RU"),
    ],
)
def test_the_war_of_a_drill_makes_no_war_of_an_accident(code: str, text: str, country: str) -> None:
    assert not relevant(code, text, country, year=2023)


def test_a_strike_beside_a_drill_is_read_all_the_same() -> None:
    text = (
        "An air strike killed six civilians in the village, and mortar shells wounded two. In a "
        "drill the army hit its targets; a bus overturned on the way home."
    )
    assert relevant("en", text, "SY")
