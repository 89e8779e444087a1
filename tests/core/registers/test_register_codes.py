"""A code of another register is never resolved in silence."""

from __future__ import annotations

from datetime import date

from bilan.core.registers.codes import Meaning, Use, certain, fold, uses_of

DAY = date(2026, 3, 1)


def meaning(key: str, use: Use) -> Meaning:
    return Meaning("north", "incidents", key, key, use, DAY)


def test_a_code_that_two_entries_carry_means_none_of_them() -> None:
    assert certain([meaning("N1", Use.FORMER), meaning("N2", Use.CODE)]) is None
    assert certain([meaning("N1", Use.FORMER), meaning("N2", Use.FORMER)]) is None


def test_a_code_that_one_entry_carries_twice_means_that_entry() -> None:
    one = certain([meaning("N1", Use.FORMER), meaning("N1", Use.PART)])
    assert one is not None
    assert one.key == "N1"
    assert certain([]) is None


def test_case_blanks_and_look_alike_letters_make_no_other_code() -> None:
    assert fold("СS 12") == fold("cs  12") == fold("CS 12 ")  # the first letter is Cyrillic
    assert fold("CS12") != fold("CS 12")


def test_each_code_of_a_cell_of_several_is_known() -> None:
    assert uses_of("N1 Q7", ("S3",)) == (
        ("N1 Q7", Use.CODE),
        ("N1", Use.PART),
        ("Q7", Use.PART),
        ("S3", Use.FORMER),
    )
    assert uses_of("N1", ()) == (("N1", Use.CODE),)
    assert uses_of(None, ()) == ()
