"""Who is counted: numbers with their nouns, nouns by themselves, ages, and what counts nobody."""

from __future__ import annotations

import pytest

from bilan.core.claims.numbers.numbers import numerals
from bilan.core.claims.people.mention import Kind, Mention, Shape
from bilan.core.claims.people.people import mentions_in
from bilan.core.claims.text.language import load_language
from bilan.core.claims.text.tokens import words_of
from bilan.core.values import Count, Group


def mentions(text: str, lang: str = "en") -> list[Mention]:
    language = load_language(lang)
    words = words_of(text)
    hits = language.lexicon.find(words)
    return mentions_in(words, hits, numerals(words, hits, language), language)


def people(text: str, lang: str = "en") -> list[tuple[int | None, int | None, str]]:
    return [
        (m.count.min, m.count.max, str(m.group))
        for m in mentions(text, lang)
        if m.kind is Kind.PEOPLE
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "at least 12 civilians", (12, None, "all")),
        ("en", "three young children", (3, 3, "children")),
        ("en", "six of them children", (6, 6, "children")),
        ("fr", "une vingtaine de villageois", (16, 24, "all")),
        ("fr", "douze femmes", (12, 12, "women")),
        ("ar", "أربعة عشر مدنياً", (14, 14, "all")),
        ("ar", "سبع نساء", (7, 7, "women")),
        ("ru", "не менее 12 мирных жителей", (12, None, "all")),
        ("ru", "двое детей", (2, 2, "children")),
        ("es", "cuatro campesinos", (4, 4, "all")),
        ("uk", "троє дітей", (3, 3, "children")),
        ("tr", "sekiz sivil", (8, 8, "all")),
        ("fa", "هشت کودک", (8, 8, "children")),
        ("pt", "três civis", (3, 3, "all")),
    ],
)
def test_a_number_takes_its_noun_in_every_language(
    lang: str, text: str, expected: tuple[int | None, int | None, str]
) -> None:
    assert people(text, lang)[0] == expected


@pytest.mark.parametrize(("lang", "text"), [("ar", "قتل طفلان في القصف"), ("ar", "إصابة مدنيان")])
def test_a_dual_counts_two(lang: str, text: str) -> None:
    assert people(text, lang)[0][:2] == (2, 2)


def test_a_bare_plural_counts_two_or_more_and_a_singular_one() -> None:
    found = mentions("Villagers and a child were hit.")
    assert [(m.count, m.shape) for m in found] == [
        (Count(2, None), Shape.PLURAL),
        (Count.exactly(1), Shape.ONE),
    ]


def test_daughters_of_unknown_age_are_not_children() -> None:
    daughters = mentions("his wife and three daughters")[1]
    assert daughters.group is Group.WOMEN
    assert daughters.group_count == Count(0, 3)


@pytest.mark.parametrize(
    "text", ["a 9-year-old shepherd", "a shepherd aged 9", "two brothers (9 and 12)"]
)
def test_a_stated_age_under_18_makes_children(text: str) -> None:
    assert people(text)[0][2] == "children"


def test_a_grown_up_is_no_child_by_age() -> None:
    assert people("a 34-year-old farmer")[0][2] == "all"


@pytest.mark.parametrize(
    "text",
    [
        "12 houses were destroyed",
        "Karim Haddad, 34, spoke",
        "the ceasefire of 16 km",
        "call 463-3505",
        "a mother of four",
        "he told Channel 7 on Monday",
    ],
)
def test_what_counts_no_people_is_not_taken_for_a_toll(text: str) -> None:
    numbers = [m for m in mentions(text) if m.kind in {Kind.ELLIPTIC, Kind.PEOPLE}]
    assert not [m for m in numbers if m.shape is Shape.NUMBER]


def test_an_adjective_is_not_a_victim() -> None:
    assert mentions("The army denied the civilian death claim.") == []


def test_a_person_called_by_name_counts_one() -> None:
    found = [m for m in mentions("On Friday Karim Haddad was shot dead.") if m.kind is Kind.NAME]
    assert [m.count for m in found] == [Count.exactly(1)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "двое её сыновей, пяти и девяти лет"),
        ("uk", "двоє їхніх синів, 4 і 10 років"),
        ("fa", "سه فرزندشان که ۲، ۷ و ۱۲ ساله بودند"),
        ("tr", "iki oğlu (4 ve 9 yaşında)"),
    ],
)
def test_ages_in_a_row_make_children_and_count_nobody(lang: str, text: str) -> None:
    assert [group for _, _, group in people(text, lang)] == ["children"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "погибла шестилетняя дочь"),
        ("uk", "загинула шестирічна донька"),
        ("fa", "دختری نه‌ساله کشته شد"),
    ],
)
def test_an_age_written_in_one_word_makes_a_child(lang: str, text: str) -> None:
    assert people(text, lang) == [(1, 1, "children")]


def test_the_age_of_the_next_one_makes_nobody_else_a_child() -> None:
    counted = people("погибли супруги, их шестилетняя дочь", "ru")
    assert counted == [(2, 2, "all"), (1, 1, "children")]


def test_a_noun_for_a_woman_counts_a_woman_in_slavic_languages() -> None:
    assert people("три торговки", "ru") == [(3, 3, "women")]
    assert people("загинула касирка", "uk") == [(1, 1, "women")]
