"""Numbers keep their bounds in every language, and nothing else becomes a count of people."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan.core.claims.numbers.kinds import NumberKind
from bilan.core.claims.numbers.numbers import Form, Numeral, numerals
from bilan.core.claims.text.language import known_languages, load_language
from bilan.core.claims.text.tokens import words_of


def numbers_of(lang: str, text: str) -> list[Numeral]:
    language = load_language(lang)
    words = words_of(text)
    return numerals(words, language.lexicon.find(words), language)


def bounds(lang: str, text: str) -> list[tuple[int | None, int | None]]:
    return [
        (n.count.min, n.count.max) for n in numbers_of(lang, text) if n.kind is NumberKind.COUNT
    ]


# The wordings of the conventions, each with its bounds.
WORDINGS = [
    ("en", "twelve villagers", (12, 12)),
    ("en", "at least 12 people", (12, None)),
    ("en", "12 people or more", (12, None)),
    ("en", "no fewer than nine", (9, None)),
    ("en", "more than 140 were hurt", (141, None)),
    ("en", "over 140 were hurt", (141, None)),
    ("en", "up to 2,000 people", (None, 2000)),
    ("en", "as many as 30 people", (None, 30)),
    ("en", "between 12 and 15 people", (12, 15)),
    ("en", "12-15 people", (12, 15)),
    ("en", "twelve, perhaps fifteen people", (12, 15)),
    ("en", "about 50 people", (45, 55)),
    ("en", "some ten people", (9, 11)),
    ("en", "nearly 600 people", (540, 600)),
    ("en", "dozens of people", (24, None)),
    ("en", "a dozen people", (12, 12)),
    ("en", "half a dozen people", (6, 6)),
    ("en", "hundreds of people", (200, None)),
    ("en", "tens of thousands fled", (20000, None)),
    ("en", "several people", (3, None)),
    ("en", "1.2 million people", (1200000, 1200000)),
    ("en", "at least 12 and up to 15 people", (12, 15)),
    ("fr", "douze civils au moins", (12, None)),
    ("fr", "au moins une vingtaine de civils", (20, None)),
    ("fr", "plus d’une trentaine de civils", (31, None)),
    ("fr", "une dizaine de civils", (8, 12)),
    ("fr", "une quinzaine de civils", (12, 18)),
    ("fr", "une trentaine de civils", (24, 36)),
    ("fr", "une douzaine de civils", (10, 14)),
    ("fr", "une bonne douzaine, peut-être quinze personnes", (12, 15)),
    ("fr", "des dizaines de civils", (20, None)),
    ("fr", "des dizaines de milliers de civils", (20000, None)),
    ("fr", "jusqu’à trente personnes", (None, 30)),
    ("fr", "soixante-dix-sept personnes", (77, 77)),
    ("fr", "quatre-vingt-onze personnes", (91, 91)),
    ("fr", "quatre-vingts personnes", (80, 80)),
    ("fr", "de 12 à 15 personnes", (12, 15)),
    ("fr", "près de 600 personnes", (540, 600)),
    ("ar", "اثنا عشر مدنياً", (12, 12)),
    ("ar", "قتيلان", (2, 2)),
    ("ar", "طفلتان", (2, 2)),
    ("ar", "ما لا يقل عن خمسة وعشرين شخصاً", (25, None)),
    ("ar", "ثمانية أشخاص على الأقل", (8, None)),
    ("ar", "أكثر من مئتي جريح", (201, None)),
    ("ar", "قد يصل إلى سبعين", (None, 70)),
    ("ar", "ما بين عشرة وعشرين شخصاً", (10, 20)),
    ("ar", "عشرات المدنيين", (20, None)),
    ("ar", "عشرات الآلاف", (20000, None)),
    ("ar", "عدة أشخاص", (3, None)),
    ("ar", "٢٣٬٧٠٨ أشخاص", (23708, 23708)),
    ("ar", "مئة وخمسة وستون شخصاً", (165, 165)),
    ("ar", "خمسة عشر ألفاً وثلاثمئة شخص", (15300, 15300)),
    ("ru", "не менее двадцати трёх человек", (23, None)),
    ("ru", "более полусотни", (51, None)),
    ("ru", "от 40 до 43 мирных жителей", (40, 43)),
    ("ru", "десятки человек", (20, None)),
    ("ru", "около десяти человек", (9, 11)),
    ("ru", "два десятка человек", (20, 20)),
    ("ru", "двое детей", (2, 2)),
    ("ru", "двоих детей", (2, 2)),
    ("ru", "до 30 человек", (None, 30)),
    ("ru", "почти 100 человек", (90, 100)),
    ("es", "al menos doce civiles", (12, None)),
    ("es", "doce civiles o más", (12, None)),
    ("es", "más de un centenar de heridos", (101, None)),
    ("es", "unos diez civiles", (9, 11)),
    ("es", "cerca de los seiscientos", (540, 600)),
    ("es", "entre doce y quince personas", (12, 15)),
    ("es", "docenas de personas", (24, None)),
    ("es", "decenas de personas", (20, None)),
    ("es", "decenas de miles de personas", (20000, None)),
    ("es", "hasta 30 personas", (None, 30)),
    ("uk", "щонайменше двадцять осіб", (20, None)),
    ("uk", "тридцять чи більше", (30, None)),
    ("uk", "понад трьох десятків", (31, None)),
    ("uk", "п'ятеро дітей", (5, 5)),
    ("uk", "десятки людей", (20, None)),
    ("uk", "до 200 осіб", (None, 200)),
    ("fa", "دست‌کم ۱۶ نفر", (16, None)),
    ("fa", "بیش از بیست نفر", (21, None)),
    ("fa", "بیست‌ویک نفر", (21, 21)),
    ("fa", "ده‌ها نفر", (20, None)),
    ("fa", "بین ۱۲ و ۱۵ نفر", (12, 15)),
    ("fa", "۱۵ هزار نفر", (15000, 15000)),
    ("tr", "en az on iki kişi", (12, None)),
    ("tr", "45'ten fazla kişi", (46, None)),
    ("tr", "on kadar yaralı", (9, 11)),
    ("tr", "onlarca kişi", (20, None)),
    ("tr", "23 bin 708 kişi", (23708, 23708)),
    ("tr", "100'e yakın kişi", (90, 100)),
    ("tr", "yedisi çocuk", (7, 7)),
    ("pt", "pelo menos doze civis", (12, None)),
    ("pt", "dezenas de pessoas", (20, None)),
]


@pytest.mark.parametrize(("lang", "text", "expected"), WORDINGS)
def test_a_wording_means_its_bounds(
    lang: str, text: str, expected: tuple[int | None, int | None]
) -> None:
    assert bounds(lang, text) == [expected]


# What is no count of people, and what it is instead.
OTHERS = [
    ("en", "a 14-year-old boy", NumberKind.AGE),
    ("en", "a boy aged 14", NumberKind.AGE),
    ("en", "15 km south of the town", NumberKind.MEASURE),
    ("en", "for three days", NumberKind.DURATION),
    ("en", "20 percent of the town", NumberKind.PERCENT),
    ("en", "20% of the town", NumberKind.PERCENT),
    ("en", "$200 each", NumberKind.MONEY),
    ("en", "the 36th Brigade", NumberKind.ORDINAL),
    ("en", "at 12:30", NumberKind.TIME),
    ("en", "a T-72 tank", NumberKind.CODE),
    ("en", "the M4 road", NumberKind.CODE),
    ("en", "in 2016", NumberKind.YEAR),
    ("en", "1. The first item", NumberKind.LIST),
    ("fr", "un garçon âgé de 14 ans", NumberKind.AGE),
    ("fr", "un garçon de sept ans", NumberKind.AGE),
    ("fr", "à 15 km au sud", NumberKind.MEASURE),
    ("fr", "à 14h30", NumberKind.TIME),
    ("ar", "عمره 14 عاماً", NumberKind.AGE),
    ("ar", "على بعد 15 كم", NumberKind.MEASURE),
    ("ar", "20 في المئة", NumberKind.PERCENT),
    ("ru", "14-летний мальчик", NumberKind.AGE),
    ("ru", "в 15 км к югу", NumberKind.MEASURE),
    ("ru", "36-я бригада", NumberKind.ORDINAL),
    ("es", "un niño de nueve años", NumberKind.AGE),
    ("tr", "15 yaşında", NumberKind.AGE),
    ("fa", "۱۴ ساله", NumberKind.AGE),
    ("uk", "14-річний хлопець", NumberKind.AGE),
]


@pytest.mark.parametrize(("lang", "text", "kind"), OTHERS)
def test_a_number_of_other_things_is_no_count_of_people(
    lang: str, text: str, kind: NumberKind
) -> None:
    kinds = [n.kind for n in numbers_of(lang, text) if not n.weak]
    assert kind in kinds
    assert NumberKind.COUNT not in kinds


def test_a_rise_from_one_figure_to_another_is_no_range() -> None:
    assert bounds("en", "The toll rose from 12 to 15.") == [(12, 12), (15, 15)]
    assert bounds("ru", "Число погибших выросло до 15.") == [(15, 15)]


def test_a_qualifier_belongs_to_the_number_that_follows_it() -> None:
    assert bounds("en", "12 dead, at least 30 wounded") == [(12, 12), (30, None)]
    assert bounds("ar", "45 قتيلاً وأكثر من سبعين جريحاً") == [(45, 45), (71, None)]


def test_an_article_that_may_be_a_number_is_marked_weak() -> None:
    found = numbers_of("fr", "une femme et deux enfants")
    assert [(n.count.min, n.weak) for n in found] == [(1, True), (2, False)]


def test_the_numbers_of_a_dual_lie_on_its_noun() -> None:
    (dual,) = numbers_of("ar", "سقط قتيلان")
    assert dual.form is Form.DUAL
    assert dual.core == (1, 2)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(known_languages()), st.text(max_size=200))
def test_numbers_lie_in_the_text_and_apart(lang: str, text: str) -> None:
    words = words_of(text)
    found = numbers_of(lang, text)
    assert all(0 <= n.first <= n.core[0] < n.core[1] <= n.last <= len(words) for n in found)
    assert all(a.core[1] <= b.core[0] for a, b in pairwise(found))
    assert found == numbers_of(lang, text)


@pytest.mark.parametrize("text", ["Image 1 of 33", "Photo 2/12", "WXYZ TV 5"])
def test_the_pictures_of_a_page_and_its_channel_count_no_people(text: str) -> None:
    found = numbers_of("en", f"{text} Officers escort the suspect.")
    assert found
    assert NumberKind.COUNT not in {n.kind for n in found}


def test_a_part_of_a_count_is_not_taken_for_a_page() -> None:
    kinds = [n.kind for n in numbers_of("en", "3 of 33 passengers were hurt.")]
    assert kinds == [NumberKind.COUNT, NumberKind.COUNT]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(known_languages()), st.data())
def test_any_order_of_number_words_is_read_without_fault(lang: str, data: st.DataObject) -> None:
    known = sorted({phrase for phrase, _, _ in _vocabulary(lang)})
    text = " ".join(
        data.draw(st.lists(st.sampled_from([*known, "12", "3", ",", "-"]), max_size=12))
    )
    found = numbers_of(lang, text)
    assert all(a.core[1] <= b.core[0] for a, b in pairwise(found))


def _vocabulary(lang: str) -> list[tuple[str, str, str]]:
    """The phrases around numbers of a language, and its number words."""
    tables = tomllib.loads(
        (files("bilan.core.claims") / "languages" / f"{lang}.toml").read_text(encoding="utf-8")
    )
    categories = ("vague", "qualifier", "qualifier_after", "number", "unit", "ordinal")
    phrases = [
        (phrase, category, key)
        for category in categories
        for key, known in tables["lexicon"].get(category, {}).items()
        for phrase in known
    ]
    words = {**tables["numbers"]["words"], **tables["numbers"]["scales"]}
    return phrases + [(form, "word", value) for value, forms in words.items() for form in forms]
