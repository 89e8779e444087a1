"""Entries of lists are proposed as one person with reasons, and never joined. All invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bilan.core.values import Fault
from bilan.core.victims.entry import Entry, entries_of
from bilan.core.victims.matching import proposals


def entry(of_list: str, number: str, name: str, **cells: str) -> Entry:
    row: Mapping[str, str] = {"id": number, "name": name, **cells}
    (made,) = entries_of([("row 2", row)], of_list=of_list)
    assert isinstance(made, Entry), made
    return made


def test_one_person_on_two_lists_in_two_scripts_is_proposed() -> None:
    one = entry("red", "1", "Khaled Samir al-Masri", age="31", died_on="2017-09-16", sex="m")
    other = entry("blue", "9", "خالد سمير المصري", age="32", died_on="2017-09-17", sex="ذكر")
    (found,) = proposals([one, other])
    assert (found.one, found.other) == ("blue:9", "red:1")
    assert "3 of 3 parts of the name heard alike" in [r.words for r in found.reasons]


def test_a_list_without_the_fathers_name_still_matches() -> None:
    one = entry("red", "1", "Khaled Samir Nadir al-Masri", died_on="2017-09-16", age="31")
    other = entry("blue", "9", "Khalid Masri", died_on="2017-09-16", age="31")
    assert proposals([one, other])


def test_a_woman_and_a_man_are_never_one_person() -> None:
    one = entry("red", "1", "Nur Samir", sex="female", died_on="2017-09-16")
    other = entry("blue", "9", "Nur Samir", sex="male", died_on="2017-09-16")
    assert proposals([one, other]) == []


def test_father_and_son_of_one_name_are_told_apart_by_age() -> None:
    one = entry("red", "1", "Khaled Samir Masri", age="58", died_on="2017-09-16")
    other = entry("blue", "9", "Khaled Samir Masri", age="19", died_on="2017-09-16")
    assert proposals([one, other]) == []


def test_brothers_share_a_fathers_name_and_are_two() -> None:
    one = entry("red", "1", "Khaled Samir Masri", died_on="2017-09-16", incident="SY-1")
    other = entry("red", "2", "Salim Samir Masri", died_on="2017-09-16", incident="SY-1")
    assert proposals([one, other]) == []


def test_one_person_under_two_incidents_is_an_alert() -> None:
    one = entry("red", "1", "Khaled Samir Masri", incident="SY-1", died_on="2017-09-16")
    other = entry("blue", "9", "Khaled Samir Masri", incident="SY-2", died_on="2017-09-18")
    (found,) = proposals([one, other])
    assert found.alert


def test_no_reason_holds_a_name() -> None:
    one = entry("red", "1", "Khaled Samir Masri", died_on="2017-09-16", place="Mahkan")
    other = entry("blue", "9", "Khaled Samir Masri", died_on="2017-09-16", place="محكان")
    (found,) = proposals([one, other])
    said = " ".join(r.words for r in found.reasons)
    assert not any(word in said for word in ("Khaled", "Samir", "Masri", "Mahkan"))


@given(st.permutations(range(6)))
def test_the_order_of_the_lists_changes_nothing(order: list[int]) -> None:
    names = ["Khaled Samir", "خالد سمير", "Salim Nadir", "سليم نادر", "Huda Omar", "Khalid Samer"]
    made = [entry("red", str(n), name, died_on="2017-09-16") for n, name in enumerate(names)]
    assert proposals([made[n] for n in order]) == proposals(made)


def test_rows_that_cannot_be_used_are_faults_with_their_place() -> None:
    rows = [
        ("a.csv:2", {"id": "1", "name": "Khaled Samir"}),
        ("a.csv:3", {"id": "1", "name": "Salim Nadir"}),
        ("a.csv:4", {"id": "3", "name": "?"}),
        ("a.csv:5", {"id": "4", "name": "Huda", "died_on": "31/02/2017"}),
        ("a.csv:6", {"id": "5", "name": "Huda", "age": "400"}),
        ("a.csv:7", {"id": "", "name": "Huda"}),
    ]
    made = list(entries_of(rows, of_list="red"))
    assert [m.code for m in made if isinstance(m, Fault)] == [
        "duplicate_id", "no_name", "not_read", "not_read", "no_id",
    ]  # fmt: skip
    assert isinstance(made[0], Entry)
    assert made[0].died_on is None or made[0].died_on <= date.max
