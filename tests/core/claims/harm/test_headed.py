"""Lists of people under a word of harm, each in its line."""

from __future__ import annotations

import pytest

from bilan.core.claims.harm.told import Told
from tests.core.claims.harm.test_roles import roles, tellings


def counted(text: str, lang: str = "en") -> list[Told]:
    return [item for item in tellings(text, lang) if item.counts]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Killed:\n- a nurse, 34, and two children\n- two men\nEight firemen came."),
        ("ru", "Погибли:\n— учительница 34 лет и двое её детей;\n— двое мужчин.\nПрибыли 8 машин."),
        ("uk", "Загинули:\n▪️ вчителька та двоє її дітей;\n▪️ двоє чоловіків.\nПрацюють 8 машин."),
        ("tr", "Can verenler:\n- bir öğretmen ve iki çocuk\n- iki erkek\nSekiz araç geldi."),
        ("fa", "پیکرهایی که بیرون آورده شد:\n۱) یک معلم و دو کودک\n۲) دو مرد\n۸ موتر آمد."),
    ],
)
def test_the_dead_of_a_list_under_their_heading_are_one_toll(lang: str, text: str) -> None:
    members = counted(text, lang)
    assert {str(item.fate) for item in members} == {"killed"}
    assert sum(item.low for item in members) == 5
    assert len({item.chain for item in members}) == 1


def test_a_heading_that_counts_its_list_makes_parts_of_the_entries() -> None:
    text = "Four people were killed:\n- two men\n- two women"
    assert roles(text) == [("killed", 4, 4), ("killed_men", 2, 2), ("killed_women", 2, 2)]
    assert [item.part for item in counted(text)] == [False, True, True]


def test_an_entry_that_says_itself_what_happened_is_not_told_by_the_heading() -> None:
    text = "Killed:\n- two men\n- three women injured"
    assert [(str(item.fate), item.low) for item in counted(text)] == [("killed", 2), ("injured", 3)]


def test_a_toll_over_kinds_of_harm_kills_nobody_in_its_entries() -> None:
    text = "Death toll of the raid:\n- two men\n- three women"
    assert counted(text) == []


def test_a_list_ends_with_its_last_entry() -> None:
    text = "Killed:\n- two men\nFive families left."
    assert [item.low for item in counted(text)] == [2]
