"""Numbers keep their bounds in every language, and nothing else becomes a count of people."""

from __future__ import annotations

import pytest

from bilan.core.claims.language import load_language
from bilan.core.claims.number_kinds import NumberKind
from bilan.core.claims.numbers import Numeral, numerals
from bilan.core.claims.tokens import words_of


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
]


@pytest.mark.parametrize(("lang", "text", "expected"), WORDINGS)
def test_a_wording_means_its_bounds(
    lang: str, text: str, expected: tuple[int | None, int | None]
) -> None:
    assert bounds(lang, text) == [expected]
