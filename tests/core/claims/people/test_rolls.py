"""Lists of the dead by name, and names alone, count people where no number does. Invented names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from bilan.core.claims.read import read
from bilan.core.values import (
    Count,
    Place,
    PlaceMention,
    Point,
    Publisher,
    PublisherKind,
    Report,
    Span,
)

_TOWN = Place("سرمين", "Sarmin", "Idlib", "SY", Point(35.90, 36.73), uncertainty_km=1.0)


class OneTown:
    """A gazetteer of one town."""

    version = "town-1"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        at = text.find(_TOWN.name)
        return [PlaceMention(Span(at, at + len(_TOWN.name)), _TOWN)] if at >= 0 else []


def killed(text: str, lang: str) -> Count | None:
    publisher = Publisher("Test Desk", PublisherKind.LOCAL_MEDIA)
    report = Report("t", text, lang, date(2021, 3, 14), publisher)
    accounts = read(report, OneTown()).accounts
    return accounts[0].killed if accounts else None


@pytest.mark.parametrize(
    ("lang", "text", "count"),
    [
        ("ar", "قصف جوي على القرية. أسماء الشهداء: 1- سامر حداد 2- مازن قباني 3- ليلى حداد", 3),
        ("ar", "غارة جوية على المخيم.\nالشهداء:\nسامر حداد\nمازن قباني\n\nالجرحى:\nليلى حداد", 2),
        ("ar", "مقتل سامر حداد بغارة جوية على سيارته", 1),
        (
            "ar",
            "غارة جوية على القرية أدت إلى مقتل 5 مدنيين. الشهداء: 1- سامر حداد 2- مازن قباني",
            5,
        ),
        ("en", "A drone strike hit a car.\nThe dead:\n- Omar Test\n- Ali Test\n- Sara Test\n", 3),
    ],
)
def test_a_list_of_names_counts_the_dead_where_no_number_does(
    lang: str, text: str, count: int
) -> None:
    assert killed(text, lang) == Count.exactly(count)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("غارة جوية على سرمين خلفت قتلى وجرحى مدنيين", Count(2, None)),
        ("غارة جوية أدت لسقوط شهيد وعدد من الجرحى", Count.exactly(1)),
        ("غارة جوية قتلت ثلاثة مدنيين وأصيب سبعة آخرون", Count.exactly(3)),
        ("أودى انفجار لغم قرب سرمين بحياة راع وابنه", Count.exactly(2)),
    ],
)
def test_arabic_nouns_of_harm_and_joined_clauses_count_their_own_people(
    text: str, count: Count
) -> None:
    assert killed(text, "ar") == count
