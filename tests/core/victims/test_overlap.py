"""Only what people said joins entries, and nobody is counted twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.core.errors import UnknownName
from bilan.core.victims.entry import Entry
from bilan.core.victims.names import name_of
from bilan.core.victims.overlap import overlap_of


def entry(of_list: str, number: int, incident: str | None = None) -> Entry:
    return Entry(f"{of_list}:{number}", of_list, (name_of("Khaled"),), incident=incident)


def test_nobody_is_joined_without_a_person_saying_so() -> None:
    found = overlap_of([entry("red", 1), entry("blue", 1)], [])
    assert found.patterns == {(1, 0): 1, (0, 1): 1}


def test_one_person_on_three_lists_is_one_person() -> None:
    entries = [entry("red", 1), entry("blue", 1), entry("green", 1), entry("green", 2)]
    found = overlap_of(entries, [("red:1", "blue:1"), ("green:1", "blue:1")])
    assert found.people == 2
    assert found.patterns == {(1, 1, 1): 1, (0, 1, 0): 1}


def test_somebody_twice_on_one_list_is_one_person() -> None:
    assert overlap_of([entry("red", 1), entry("red", 2)], [("red:1", "red:2")]).people == 1


def test_one_person_under_two_incidents_is_named_before_anything_is_summed() -> None:
    entries = [entry("red", 1, "SY-1"), entry("blue", 1, "SY-2")]
    assert overlap_of(entries, [("red:1", "blue:1")]).alerts == (("blue:1", "red:1"),)


def test_a_decision_about_somebody_who_is_on_no_list_is_refused() -> None:
    with pytest.raises(UnknownName):
        overlap_of([entry("red", 1)], [("red:1", "blue:7")])


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20))
def test_people_are_entries_less_what_was_joined(pairs: list[tuple[int, int]]) -> None:
    entries = [entry("red" if n < 5 else "blue", n) for n in range(10)]
    by_number = {n: e.id for n, e in enumerate(entries)}
    found = overlap_of(entries, [(by_number[a], by_number[b]) for a, b in pairs])
    assert 1 <= found.people <= 10
    assert found.people >= 10 - len({frozenset(p) for p in pairs if p[0] != p[1]})
