"""How many people no list has: log-linear models over the overlap of lists (extra `[estimate]`).

An estimate of named people on de-duplicated lists, never of event tolls, and never a count.
Source of the method: capture-recapture with log-linear models (Fienberg 1972), model chosen by AIC,
fitted by statsmodels.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from bilan.core.errors import UsageError
from bilan.core.victims.overlap import Overlap

FEWEST_LISTS = 3  # two lists can only be taken for independent, which lists of the dead are not
MOST_LISTS = 6  # beyond, the table is too thin and the models too many
MOST_PAIRS = 6  # pairs of lists whose dependence one model may hold
Z_95 = 1.959964  # standard normal deviate of a 95 % interval

WARNING = (
    "Recorded is not total. This estimates named people who are on none of these lists, and only if"
    " the lists have nobody twice, nobody wrong, and reach everybody at least a little."
)

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Estimate:
    """People on no list: `missed` with a 95 % interval; `total` is `people` and those together.

    `depend` are the pairs of lists that the chosen model takes to depend on each other; `others`
    the totals that models nearly as good (AIC within 2) give, lowest and highest.
    """

    people: int
    missed: float
    low: float
    high: float
    depend: tuple[tuple[str, str], ...]
    aic: float
    others: tuple[float, float]

    @property
    def total(self) -> float:
        """People on some list, and those on none."""
        return self.people + self.missed


def estimate(overlap: Overlap) -> Estimate:
    """The estimate from the table; UsageError says why there is none."""
    lists = len(overlap.lists)
    if not FEWEST_LISTS <= lists <= MOST_LISTS:
        raise UsageError(
            f"{lists} lists: an estimate needs {FEWEST_LISTS} to {MOST_LISTS}.",
            hint="With fewer nothing tells how the lists depend on each other.",
        )
    if not any(n for pattern, n in overlap.patterns.items() if sum(pattern) > 1):
        raise UsageError(
            "nobody stands on two lists, so nothing can be estimated.",
            hint="Match the lists first: `bilan victims match`.",
        )
    fitted = [f for f in (_fit(overlap, pairs) for pairs in _models(lists)) if f is not None]
    if not fitted:
        raise UsageError("no model fits this table.", hint="It is too thin: add a list or people.")
    best = min(fitted, key=lambda f: (f.aic, f.pairs))
    near = [overlap.people + f.missed for f in fitted if f.aic - best.aic <= 2]
    spread = math.exp(Z_95 * best.error)
    return Estimate(
        overlap.people,
        best.missed,
        best.missed / spread,
        best.missed * spread,
        tuple((overlap.lists[a], overlap.lists[b]) for a, b in best.pairs),
        best.aic,
        (min(near), max(near)),
    )


@dataclass(frozen=True, slots=True)
class _Fitted:
    pairs: tuple[Pair, ...]
    missed: float
    error: float  # standard error of the logarithm of `missed`
    aic: float


def _models(lists: int) -> Iterator[tuple[Pair, ...]]:
    """Independence, and every set of pairs that leaves a degree of freedom."""
    pairs = list(combinations(range(lists), 2))
    most = min(MOST_PAIRS, len(pairs), 2**lists - 1 - 1 - lists - 1)
    for size in range(most + 1):
        yield from combinations(pairs, size)


def _fit(overlap: Overlap, pairs: tuple[Pair, ...]) -> _Fitted | None:
    """One model; None where it cannot be fitted or says nothing about the empty cell."""
    import numpy as np  # noqa: PLC0415  (loaded only where an estimate is asked for)

    library = _library()
    lists = len(overlap.lists)
    cells = [c for c in product((1, 0), repeat=lists) if any(c)]
    counts = np.array([overlap.patterns.get(c, 0) for c in cells], dtype=float)
    rows = [_row(c, pairs) for c in cells]
    try:
        found = library.GLM(counts, np.array(rows), family=library.families.Poisson()).fit()
    except (ValueError, FloatingPointError, np.linalg.LinAlgError):
        return None
    error = float(found.bse[0])
    if not found.converged or not math.isfinite(error) or error > MOST_ERROR:
        return None
    return _Fitted(pairs, math.exp(float(found.params[0])), error, float(found.aic))


MOST_ERROR = 3.0  # of the logarithm: an interval that spans a factor of 100,000 is no estimate


def _row(cell: Sequence[int], pairs: Sequence[Pair]) -> list[float]:
    """1 for all, 1 for each list that has them, 1 for each dependent pair that both have them."""
    return [1.0, *map(float, cell), *(float(cell[a] and cell[b]) for a, b in pairs)]


def _library() -> Any:
    try:
        import statsmodels.api as library  # noqa: PLC0415  (an extra; most people never need it)
    except ModuleNotFoundError as error:
        raise UsageError(
            "no statistics library is installed.", hint="pip install 'bilan[estimate]'"
        ) from error
    return library
