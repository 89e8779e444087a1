"""How right a clustering is: pairs of accounts put together, against the pairs that belong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class PairQuality:
    """Pairwise precision and recall."""

    precision: float
    recall: float


def pair_quality(found: Numbers, true: Numbers) -> PairQuality:
    """`found` and `true` number the cluster of each account; -1 in `found` stands alone."""
    alone = found < 0
    found = np.where(alone, found.max(initial=0) + 1 + np.cumsum(alone), found)
    both = np.unique(np.stack([found, true]), axis=1, return_counts=True)[1]
    together, ours, theirs = _pairs(both), _pairs(_sizes(found)), _pairs(_sizes(true))
    return PairQuality(together / max(1.0, ours), together / max(1.0, theirs))


def _sizes(clusters: Numbers) -> Numbers:
    return np.unique(clusters, return_counts=True)[1]


def _pairs(sizes: Numbers) -> float:
    sizes = sizes.astype(np.float64)
    return float((sizes * (sizes - 1) / 2).sum())
