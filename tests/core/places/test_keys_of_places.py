"""Spellings of one name meet in one key or one skeleton."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.core.places.flat import flat
from bilan.core.places.keys import key_of, skeleton_of, without_article


@pytest.mark.parametrize(
    "spellings",
    [
        ["Deir ez-Zor", "DEIR EZ ZOR", "Déir ez‑Zor"],
        ["Dar'a", "Dar‘ā", "Darʿa", "DARA"],
        ["الأنبار", "الانبار", "الأنبـار"],
        ["الرقة", "الرقه"],
        ["خان یونس", "خان‌یونس", "خان يونس"],
        ["İdlib", "idlib"],
    ],
)
def test_case_accents_and_signs_make_no_difference(spellings: list[str]) -> None:
    assert len({key_of(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    "spellings",
    [
        ["Deir ez-Zor", "Dayr az Zawr", "Дейр-эз-Зор", "دير الزور", "Deyrizor"],
        ["Al Mayadin", "Эль-Маядин", "الميادين", "Meyadine"],
        ["Khan Yunis", "Khan Younès", "خان یونس"],
        ["Abu Kamal", "أبو كمال", "Абу-Камаль"],
    ],
)
def test_transliterations_meet_in_their_consonants(spellings: list[str]) -> None:
    assert len({skeleton_of(key_of(name)) for name in spellings}) == 1


def test_an_article_comes_off_only_where_something_remains() -> None:
    assert without_article("al bab") == "bab"
    assert without_article("bab") is None
    assert without_article("al") is None


def test_a_name_of_one_consonant_has_no_skeleton() -> None:
    assert skeleton_of("bo") is None


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(name: str) -> None:
    assert key_of(key_of(name)) == key_of(name)


@given(st.text(max_size=200))
def test_a_flat_text_keeps_every_offset(text: str) -> None:
    assert len(flat(text)) == len(text)
    assert flat(flat(text)) == flat(text)
