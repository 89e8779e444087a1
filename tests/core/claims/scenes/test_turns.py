"""Round-ups: every incident keeps its own place and its own dead (synthetic sentences)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from bilan.core.claims.account import Account, Role
from bilan.core.claims.read import read
from bilan.core.values import (
    Place,
    PlaceMention,
    Point,
    Publisher,
    PublisherKind,
    Report,
    Span,
)

_NAMES = {
    "Sarmin": ("Sarmin", "سرمين", "Сармин", "Сармін"),
    "Azaz": ("Azaz", "اعزاز", "Азаз"),
    "Daraa": ("Daraa", "درعا", "Дараа", "Дераа"),
}
_POINTS = {"Sarmin": Point(35.90, 36.73), "Azaz": Point(36.59, 37.05), "Daraa": Point(32.63, 36.11)}


class ThreeTowns:
    """A gazetteer of three towns far from each other."""

    version = "three-1"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        found = []
        for town, names in _NAMES.items():
            place = Place(town, town, "Syria", "SY", _POINTS[town], uncertainty_km=1.0)
            for name in names:
                at = text.find(name)
                while at >= 0:
                    found.append(PlaceMention(Span(at, at + len(name)), place))
                    at = text.find(name, at + 1)
        return sorted(found, key=lambda p: p.span.start)


def told(text: str, lang: str) -> list[Account]:
    publisher = Publisher("Orontes Wire", PublisherKind.AGENCY)
    accounts = read(Report("r", text, lang, date(2019, 5, 14), publisher), ThreeTowns()).accounts
    return [a for a in accounts if a.role is Role.MAIN]


def dead(text: str, lang: str) -> list[tuple[str | None, int | None]]:
    return [
        (a.place.canonical_name if a.place else None, a.killed.min if a.killed else None)
        for a in told(text, lang)
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "Shelling killed three civilians in Sarmin, while in Azaz a mine killed two farmers.",
        ),
        (
            "fr",
            "Un raid a tué trois civils à Sarmin, tandis qu'à Azaz une mine a tué deux paysans.",
        ),
        (
            "es",
            "Un bombardeo mató a tres civiles en Sarmin, mientras que en Azaz murieron dos más.",
        ),
        ("ar", "قُتل ثلاثة مدنيين بقصف على سرمين، فيما قُتل مدنيان بانفجار لغم في اعزاز."),
        (
            "ru",
            "В Сармин при обстреле погибли трое мирных жителей, а в Азаз погибли двое крестьян.",
        ),
        ("pt", "Um bombardeio matou três civis em Sarmin, enquanto em Azaz uma mina matou dois."),
    ],
)
def test_one_sentence_on_two_towns_is_two_incidents(lang: str, text: str) -> None:
    assert dead(text, lang) == [("Sarmin", 3), ("Azaz", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "Shelling killed three civilians in Sarmin while helicopters circled over Azaz.",
        "Shelling killed three civilians in Sarmin while the wounded were taken to Azaz.",
    ],
)
def test_what_went_on_meanwhile_elsewhere_divides_no_toll(text: str) -> None:
    assert dead(text, "en") == [("Sarmin", 3)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Sarmin: shells killed three civilians.\nAzaz: a mine killed a farmer.\n"),
        ("ar", "سرمين: مقتل ثلاثة مدنيين بقصف مدفعي.\nاعزاز: مقتل فلاح بانفجار لغم.\n"),
        ("ru", "Сармин: при обстреле погибли трое жителей.\nАзаз: на мине погиб крестьянин.\n"),
    ],
)
def test_lines_headed_by_towns_are_entries(lang: str, text: str) -> None:
    assert dead(text, lang) == [("Sarmin", 3), ("Azaz", 1)]


def test_one_line_headed_by_a_town_is_a_dateline() -> None:
    assert dead("Azaz: Shells killed three civilians in Sarmin on Monday.\n", "en") == [
        ("Sarmin", 3)
    ]


def test_a_single_death_in_another_town_is_an_incident_of_its_own() -> None:
    text = "Shelling killed three civilians in Sarmin. In Azaz, a nurse was killed by a missile."
    assert dead(text, "en") == [("Sarmin", 3), ("Azaz", 1)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "Four civilians were killed in two provinces yesterday.\n\n"
            "Sarmin: shells killed three civilians.\nAzaz: a mine killed a farmer.\n",
        ),
        (
            "ru",
            "За сутки погибли четыре мирных жителя.\n\n"
            "Сармин: при обстреле погибли трое жителей.\nАзаз: на мине погиб крестьянин.\n",
        ),
    ],
)
def test_a_day_s_total_is_not_counted_beside_its_entries(lang: str, text: str) -> None:
    assert dead(text, lang) == [("Sarmin", 3), ("Azaz", 1)]


def test_the_month_of_may_makes_no_death_a_possibility() -> None:
    text = "The number of people killed by the missile in Sarmin on 5 May has risen to 13."
    assert dead(text, "en") == [("Sarmin", 13)]


def test_soldiers_in_a_total_are_not_counted_as_civilians() -> None:
    text = "A raid killed five people in Sarmin. Four soldiers and a civilian died, a doctor said."
    (account,) = told(text, "en")
    assert account.killed is not None
    assert account.fighters_killed is not None
    assert (account.killed.min, account.fighters_killed.min) == (1, 4)


def test_another_hour_of_the_day_in_another_town_is_another_incident() -> None:
    text = (
        "Вранці у Сармін влучила ракета: двоє загинули. Опівдні дрон атакував Азаз, загинула "
        "касирка."
    )
    assert dead(text, "uk") == [("Sarmin", 2), ("Azaz", 1)]


def test_the_dead_of_one_family_elsewhere_are_no_parts_of_an_equal_toll() -> None:
    text = (
        "Three civilians were killed in Sarmin. In Azaz a shell killed a mother and her two "
        "children."
    )
    assert dead(text, "en") == [("Sarmin", 3), ("Azaz", 3)]


def test_a_first_count_of_fighters_is_not_replaced_by_a_count_of_civilians() -> None:
    text = "За попередніми даними, ліквідовано 30 окупантів у Сармін. Загинули троє мирних жителів."
    (account,) = told(text, "uk")
    assert account.fighters_killed is not None
    assert account.fighters_killed.min == 30


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "A raid killed two civilians in Sarmin. On Sunday, in Azaz, a shell killed a baker.",
        ),
        ("fr", "Un raid a tué deux civils à Sarmin. Dimanche, à Azaz, un obus a tué un boulanger."),
        (
            "pt",
            "Um raide matou dois civis em Sarmin. No domingo, em Azaz, um obus matou um padeiro.",
        ),
    ],
)
def test_a_sentence_headed_by_its_day_and_its_town_tells_of_its_own(lang: str, text: str) -> None:
    assert dead(text, lang) == [("Sarmin", 2), ("Azaz", 1)]


def test_an_entry_headed_by_no_more_than_its_town_tells_of_its_own() -> None:
    text = (
        "1. Sarmin, Syria. A raid killed two civilians on Sunday.\n\n"
        "2. Azaz, Syria. A girl was killed by a sniper on Saturday."
    )
    assert dead(text, "en") == [("Sarmin", 2), ("Azaz", 1)]
