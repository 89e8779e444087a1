"""Best pairs first, and no chain glues two events together."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from bilan.core.incidents.grouping import Groups
from bilan.core.incidents.pair import Clue, Match

JOIN, UNMET = 0.3, -6.0


def fits(score: float) -> Match:
    return Match((Clue("made", score, "made for the test"),))


AGAINST = Match(against="another place")
SURELY = Match(against="two neighbourhoods", surely=True)


def together(items: int, pairs: dict[tuple[int, int], Match]) -> set[frozenset[int]]:
    known: list[dict[int, Match]] = [{} for _ in range(items)]
    for (a, b), found in pairs.items():
        known[a][b] = known[b][a] = found
    groups = Groups(known, unmet=UNMET, barred=lambda _a, _b: False)
    groups.gather(JOIN)
    return {frozenset(members) for members in groups.members.values()}


def test_a_chain_of_likenesses_does_not_make_one_event_of_two() -> None:
    chain = {(0, 1): fits(2.0), (1, 2): fits(1.9)}
    assert together(3, chain) == {frozenset({0, 1}), frozenset({2})}


def test_two_strikes_stay_two_though_a_vague_report_fits_both() -> None:
    pairs = {(0, 1): SURELY, (0, 2): fits(5.0), (1, 2): fits(4.0)}
    assert together(3, pairs) == {frozenset({0, 2}), frozenset({1})}


def test_neighbourhoods_stay_apart_however_many_vague_reports_stand_between() -> None:
    pairs = {(0, 1): SURELY} | {(a, b): fits(3.0) for a in (0, 1) for b in (2, 3)}
    pairs[2, 3] = fits(3.5)
    found = together(4, pairs)
    assert not any({0, 1} <= group for group in found)


def test_one_misread_place_does_not_part_what_three_reports_tell_alike() -> None:
    pairs = {(a, b): fits(5.0) for a in range(4) for b in range(a + 1, 4)}
    pairs[0, 3] = AGAINST
    assert together(4, pairs) == {frozenset({0, 1, 2, 3})}


def test_a_place_misread_in_each_of_two_groups_does_not_part_what_two_reports_tell_alike() -> None:
    pairs = {(a, b): fits(5.0) for a in range(4) for b in range(a + 1, 4)}
    pairs |= {(0, 2): AGAINST, (1, 3): AGAINST, (0, 1): fits(9.5), (2, 3): fits(9.5)}
    assert together(4, pairs) == {frozenset({0, 1, 2, 3})}
    pairs |= {(0, 3): AGAINST, (1, 2): AGAINST}
    assert together(4, pairs) == {frozenset({0, 1}), frozenset({2, 3})}


def test_what_nobody_compared_speaks_against() -> None:
    pairs = {(0, 1): fits(4.0), (2, 3): fits(4.0), (1, 2): fits(1.0)}
    assert together(4, pairs) == {frozenset({0, 1}), frozenset({2, 3})}


@given(
    st.lists(st.floats(-3, 6).map(lambda x: round(x, 3)), min_size=15, max_size=15, unique=True),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_items_decides_nothing(
    scores: list[float], shuffled: random.Random
) -> None:
    pairs = [(a, b) for a in range(6) for b in range(a + 1, 6)]
    known = {pair: fits(score) for pair, score in zip(pairs, scores, strict=True)}
    names = list(range(6))
    shuffled.shuffle(names)
    renamed = {tuple(sorted((names[a], names[b]))): m for (a, b), m in known.items()}
    again = together(6, {(a, b): m for (a, b), m in renamed.items()})
    assert again == {frozenset(names[i] for i in group) for group in together(6, known)}


def test_what_a_report_tells_second_draws_nobody_away_from_what_it_tells_first() -> None:
    first, second, other = 0, 1, 2
    known: list[dict[int, Match]] = [{1: SURELY, 2: fits(4.0)}, {0: SURELY, 2: fits(4.5)}, {}]
    known[other] = {first: fits(4.0), second: fits(4.5)}
    groups = Groups(known, unmet=UNMET, barred=lambda _a, _b: False)
    groups.gather(JOIN, leads={first, other})
    groups.gather(JOIN)
    assert groups.of[first] == groups.of[other] != groups.of[second]


def test_what_is_kept_apart_for_now_may_come_together_after() -> None:
    groups = Groups([{1: fits(4.0)}, {0: fits(4.0)}], unmet=UNMET, barred=lambda _a, _b: False)
    groups.gather(JOIN, unless=lambda _a, _b: True)
    assert len(groups.members) == 2
    groups.gather(JOIN)
    assert len(groups.members) == 1
