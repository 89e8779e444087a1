"""Weights are learnt from what people labelled, the same from the same pairs."""

from __future__ import annotations

import tomllib

import numpy as np
import pytest

from benchmarks.weights.__main__ import stated_weights
from benchmarks.weights.learning import checked, learnt, table_of
from benchmarks.weights.pairs import FOLDS, Labelled, labelled_pairs
from benchmarks.weights.writing import as_toml
from bilan.core.incidents.weights import default_weights
from tests.core.incidents.made import ASHARAH, MAYADIN, account, report, tellings

STATED = {"place.same": 1.0, "time.same": 1.0, "toll.part": 1.0}


def pairs(number: int) -> list[Labelled]:
    """Pairs in which the same day tells the truth, the same place tells nothing."""
    return [
        Labelled(
            {"place.same": 1.0, **({"time.same": 1.0} if n % 2 else {})},
            same=bool(n % 2) if n % 10 else not n % 2,
            folds=(n % FOLDS, n % FOLDS),
        )
        for n in range(number)
    ]


def test_a_clue_that_tells_the_truth_gains_weight_and_one_that_does_not_loses_it() -> None:
    table = table_of([pairs(1000)])
    found = dict(zip(table.clues, learnt(table, STATED, np.ones(1000, bool)), strict=True))
    assert found["time.same"] > STATED["time.same"] + 1
    assert found["place.same"] < 0


def test_learning_lowers_the_surprise_on_incidents_that_it_never_saw() -> None:
    found = checked(table_of([pairs(1000)]), STATED)
    assert found.learnt < found.stated


def test_the_same_pairs_always_give_the_same_weights() -> None:
    table = table_of([pairs(200)])
    every = np.ones(200, bool)
    first, second = (learnt(table, STATED, every) for _ in range(2))
    assert first.tolist() == second.tolist()


def test_a_large_set_does_not_outvote_a_small_one() -> None:
    small, large = pairs(100), [p for p in pairs(4000) if not p.same]
    table = table_of([small, large])
    assert table.shares[:100].sum() == pytest.approx(table.shares[100:].sum())


def test_a_clue_that_no_pair_shows_keeps_its_stated_weight() -> None:
    seen = [Labelled({**p.parts, "toll.part": 0.0}, p.same, p.folds) for p in pairs(100)]
    table = table_of([seen])
    found = dict(zip(table.clues, learnt(table, STATED, np.ones(100, bool)), strict=True))
    assert found["toll.part"] == pytest.approx(STATED["toll.part"])


def test_a_labelled_pair_weighs_what_the_linker_would_say() -> None:
    weights = default_weights()
    made = [
        report("a", account(MAYADIN, killed=8), text="Shells hit the old market at noon."),
        report("b", account(MAYADIN, killed=8), text="The old market was hit by shells at noon."),
    ]
    one = {"a": frozenset({"x"}), "b": frozenset({"x"})}
    (found,) = labelled_pairs(tellings(*made), one, weights)
    stated = stated_weights(weights)
    assert found.same
    assert {"place.same", "time.same", "killed.same_some"} <= set(found.parts)
    assert all(name in stated for name in found.parts)


def test_a_pair_that_something_contradicts_teaches_nothing() -> None:
    made = [report("a", account(MAYADIN), account(ASHARAH)), report("b", account(MAYADIN))]
    one = {"a": frozenset({"x"}), "b": frozenset({"y"})}
    found = list(labelled_pairs(tellings(*made), one, default_weights()))
    assert table_of([[*found, Labelled({}, same=True, folds=(0, 0))]]).same.sum() == 0


def test_what_is_written_is_numbers_with_their_origin() -> None:
    found = stated_weights(default_weights())
    written = as_toml(found, default_weights(), ["a set: 3 pairs"])
    assert "# a set: 3 pairs" in written
    read = tomllib.loads(written)
    assert read["place"]["same"] == default_weights()["place.same"]
    assert len(read["likeness"]["points"]) == len(default_weights().likeness)
