"""An estimate finds those whom no list has, with an interval, or says why it cannot."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from bilan.core.errors import UsageError
from bilan.core.victims.overlap import Overlap
from bilan.engines.estimating import estimate


def lists_of(people: int, reach: tuple[float, ...], *, seed: int) -> Overlap:
    """A table from people whom independent lists reach with these chances."""
    chance = random.Random(seed)
    found = Counter(tuple(int(chance.random() < r) for r in reach) for _ in range(people))
    del found[(0,) * len(reach)]
    return Overlap(tuple(f"list{n}" for n in range(len(reach))), dict(found))


def test_people_whom_no_list_has_are_found_within_the_interval() -> None:
    within = 0
    for seed in range(10):
        found = estimate(lists_of(1000, (0.5, 0.4, 0.6), seed=seed))
        within += found.people + found.low <= 1000 <= found.people + found.high
    assert within >= 7  # a 95 % interval after choosing a model covers a little less


def test_two_lists_give_no_estimate() -> None:
    with pytest.raises(UsageError, match="2 lists"):
        estimate(lists_of(100, (0.5, 0.5), seed=1))


def test_lists_that_share_nobody_give_no_estimate() -> None:
    apart = Overlap(("a", "b", "c"), {(1, 0, 0): 5, (0, 1, 0): 5, (0, 0, 1): 5})
    with pytest.raises(UsageError, match="nobody stands on two lists"):
        estimate(apart)
