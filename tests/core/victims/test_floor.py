"""Named dead make a floor: nobody twice, nobody of another incident, nothing summed in doubt."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bilan.core.victims.answers import Answers
from bilan.core.victims.entry import Entry
from bilan.core.victims.floor import Floor, floor_of
from bilan.core.victims.matching import Proposal
from bilan.core.victims.names import name_of

HERE = "SY-1"


def entry(of_list: str, number: int, incident: str | None = HERE) -> Entry:
    return Entry(f"{of_list}:{number}", of_list, (name_of("Khaled"),), incident=incident)


def may_be(one: str, other: str) -> Proposal:
    return Proposal(one, other, 5.0, ())


def floor(
    entries: list[Entry],
    *proposed: Proposal,
    same: tuple[tuple[str, str], ...] = (),
    different: tuple[tuple[str, str], ...] = (),
) -> Floor:
    answers = Answers(same, 0, (), (), different)
    return floor_of(entries, answers, proposed, within=lambda cell: cell == HERE)


def test_each_distinct_person_under_the_incident_counts_once() -> None:
    found = floor([entry("red", 1), entry("red", 2), entry("blue", 1)], same=(("blue:1", "red:1"),))
    assert (found.people, found.entries, found.lists) == (2, 3, ("blue", "red"))


def test_who_may_be_one_person_counts_once_until_somebody_tells_them_apart() -> None:
    both = [entry("red", 1), entry("blue", 1)]
    asked = may_be("red:1", "blue:1")
    assert floor(both, asked).people == 1
    assert floor(both, asked).untold == (("blue:1", "red:1"),)
    assert floor(both, asked, different=(("blue:1", "red:1"),)).people == 2


def test_nobody_is_counted_who_stands_under_no_incident_or_another_one() -> None:
    found = floor([entry("red", 1), entry("red", 2, None), entry("red", 3, "SY-2")])
    assert (found.people, found.elsewhere) == (1, ())


def test_one_person_under_two_incidents_is_said_before_anything_is_summed() -> None:
    both = [entry("red", 1), entry("blue", 1, "SY-2")]
    pair = (("blue:1", "red:1"),)
    assert floor(both, same=pair).elsewhere == pair
    assert floor(both, may_be("red:1", "blue:1")).elsewhere == pair
    assert floor(both, may_be("red:1", "blue:1"), different=pair).elsewhere == ()


pairs = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8)


@given(pairs, pairs)
def test_no_answer_and_no_doubt_makes_more_people_than_entries(
    same: list[tuple[int, int]], doubt: list[tuple[int, int]]
) -> None:
    entries = [entry("red", n) for n in range(6)]

    def named(pair: tuple[int, int]) -> tuple[str, str]:
        one, other = sorted(f"red:{n}" for n in pair)
        return one, other

    told = tuple(named(p) for p in same if p[0] != p[1])
    asked = [may_be(*named(p)) for p in doubt if p[0] != p[1]]
    with_doubt, without = floor(entries, *asked, same=told), floor(entries, same=told)
    assert 1 <= with_doubt.people <= without.people <= len(entries)
