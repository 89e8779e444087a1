"""Weights from labelled pairs: a logistic regression that is held near the stated weights.

The sum of a pair's weights is the logarithm of the odds that its two reports tell one incident.
Every set counts the same, however many pairs it has. Newton's steps from the stated weights, no
chance: the same pairs give the same weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.weights.pairs import FOLDS, Labelled

HELD = 20.0  # pairs; how many pairs a stated weight stands for: a clue seen rarely stays near it
STEPS = 12  # of Newton; the loss moves by less than a millionth after eight
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """Pairs as a table: a row each, a column for each clue."""

    clues: tuple[str, ...]
    values: Numbers
    same: Numbers
    shares: Numbers  # what each pair counts; all together as many as there are pairs
    folds: NDArray[np.int64]


def table_of(sets: Sequence[Sequence[Labelled]]) -> Table:
    """The pairs that nothing contradicts, every set with the same share of the whole."""
    told = [[pair for pair in pairs if not pair.contradicted] for pairs in sets]
    clues = tuple(sorted({name for pairs in told for pair in pairs for name in pair.parts}))
    column = {name: number for number, name in enumerate(clues)}
    rows = [pair for pairs in told for pair in pairs]
    values = np.zeros((len(rows), len(clues)))
    for number, pair in enumerate(rows):
        for name, value in pair.parts.items():
            values[number, column[name]] = value
    shares = [len(rows) / len(told) / len(pairs) for pairs in told for _ in pairs]
    return Table(
        clues,
        values,
        np.array([float(pair.same) for pair in rows]),
        np.array(shares),
        np.array([pair.folds for pair in rows], dtype=np.int64).reshape(-1, 2),
    )


def learnt(table: Table, stated: Mapping[str, float], rows: NDArray[np.bool_]) -> Numbers:
    """The weights of the table's clues that fit some of its rows, in the order of its columns."""
    values, same, shares = table.values[rows], table.same[rows], table.shares[rows]
    anchor = np.array([stated[name] for name in table.clues])
    weights = anchor.copy()
    for _ in range(STEPS):
        odds = _likelihood(values, weights)
        slope = values.T @ (shares * (odds - same)) + HELD / 4 * (weights - anchor)
        bend = (values * (shares * odds * (1 - odds))[:, None]).T @ values
        bend += HELD / 4 * np.eye(len(weights))
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def loss(table: Table, weights: Numbers, rows: NDArray[np.bool_]) -> float:
    """The mean surprise, in nats, that the weights leave about whether rows tell one incident."""
    odds = np.clip(_likelihood(table.values[rows], weights), 1e-9, 1 - 1e-9)
    same, shares = table.same[rows], table.shares[rows]
    surprise = -(same * np.log(odds) + (1 - same) * np.log(1 - odds))
    return float((shares * surprise).sum() / shares.sum())


def _likelihood(values: Numbers, weights: Numbers) -> Numbers:
    scores = np.clip(values @ weights, -30, 30)
    return np.asarray(1 / (1 + np.exp(-scores)))


@dataclass(frozen=True, slots=True)
class Checked:
    """The mean surprise on incidents that were not learnt from: of stated and of learnt weights."""

    stated: float
    learnt: float


def checked(table: Table, stated: Mapping[str, float]) -> Checked:
    """Both tables of weights on each fold of incidents, learnt from pairs without any of them.

    A pair is tested in the fold of its first report, so that every pair is tested once.
    """
    anchor = np.array([stated[name] for name in table.clues])
    found = []
    for fold in range(FOLDS):
        inside = (table.folds == fold).any(axis=1)
        tested = table.folds[:, 0] == fold
        if tested.any() and (~inside).any():
            weights = learnt(table, stated, ~inside)
            found.append((loss(table, anchor, tested), loss(table, weights, tested)))
    return Checked(*(float(np.mean(column)) for column in zip(*found, strict=True)))
