"""What a cumulative claim counts beyond the incidents in the record."""

from __future__ import annotations

from dataclasses import dataclass

from bilan.core.values import Count


@dataclass(frozen=True, slots=True)
class Residual:
    """People of a cumulative claim whom no incident in the record holds. Never added to any.

    `high` None: the claim sets no ceiling.
    """

    low: int
    high: int | None


def residual(claim: Count, low: int, high: int | None) -> Residual:
    """The part of a claim beyond a sum of `low` to `high` over the same place, period and scope.

    Source: field practice 6.4, rule 12: at least C.min less the sum of maxima, at most C.max less
    the sum of minima, neither below zero. `high` None: some incident has no ceiling.
    """
    least = 0 if high is None else max(0, (claim.min or 0) - high)
    most = None if claim.max is None else max(0, claim.max - low)
    return Residual(least, most)
