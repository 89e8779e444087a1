"""A name is heard alike in every script, and different names are not. All names are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.core.victims.names import coarse, heard_in, likeness, name_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed", "محمد"),
        ("Muhammad", "Мухаммед"),
        ("Abdul Rahman", "عبد الرحمن"),
        ("Abdelrahman", "عبدالرحمن"),
        ("Abderrahmane", "Abd al-Rahman"),
        ("Fatimah", "فاطمة"),
        ("Khadija", "خديجة"),
        ("Yusuf", "يوسف"),
        ("Aysha", "عائشة"),
        ("Oleksandr", "Олександр"),
        ("Rachel", "Ra'chel"),
    ],
)
def test_one_name_is_heard_alike_in_two_scripts(one: str, other: str) -> None:
    assert [coarse(p) for p in name_of(one).parts] == [coarse(p) for p in name_of(other).parts]


@pytest.mark.parametrize(
    ("one", "other"), [("Othman", "Osman"), ("Dhaher", "Zaher"), ("Kaseb", "Qasib")]
)
def test_spellings_of_one_sound_are_likely(one: str, other: str) -> None:
    assert likeness(name_of(one).parts[0], name_of(other).parts[0]) >= 0.75


def test_different_names_are_not_alike() -> None:
    assert likeness(name_of("Khaled").parts[0], name_of("Salim").parts[0]) < 0.75


def test_a_kunya_is_no_part_of_the_name() -> None:
    name = name_of("أبو سليم خالد المصري")
    assert name.kunya == heard_in("سليم")
    assert name.parts == name_of("Khaled al-Masri").parts


def test_articles_and_sons_are_not_heard() -> None:
    assert name_of("Samir bin Nadir al-Hakim").parts == name_of("سمير نادر الحكيم").parts


@given(st.text(max_size=40))
def test_whatever_is_written_is_heard_or_not_and_nothing_breaks(written: str) -> None:
    name = name_of(written)
    assert all(name.parts)


@given(
    st.text(alphabet="BTGCHXDZRSKLMNF", max_size=8), st.text(alphabet="BTGCHXDZRSKLMNF", max_size=8)
)
def test_likeness_does_not_depend_on_who_is_named_first(one: str, other: str) -> None:
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0.0 <= likeness(one, other) <= 1.0
