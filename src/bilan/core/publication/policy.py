"""What the public may see (`policy.toml`): data, versioned, never a constant in code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bilan.core.errors import DataError
from bilan.core.values import PublisherKind

KM_PER_DEGREE = 111.2  # km of one degree of latitude on a sphere of 6371 km


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of the policy: see the head of `policy.toml` for what each field means."""

    version: str
    grid_degrees: float
    delay_days: int
    named: frozenset[PublisherKind]

    def coarse(self, degrees: float) -> float:
        """A coordinate moved to the middle of its cell of the grid."""
        return round(round(degrees / self.grid_degrees) * self.grid_degrees, 6)

    @property
    def coarse_km(self) -> float:
        """How far the grid may move a point: half the diagonal of a cell."""
        return self.grid_degrees * KM_PER_DEGREE * 2**0.5 / 2


@cache
def public_policy() -> Policy:
    """The policy that ships with Bilan."""
    source = (files("bilan.core.publication") / "policy.toml").read_text(encoding="utf-8")
    try:
        table = tomllib.loads(source)
        return Policy(
            version=str(table["version"]),
            grid_degrees=float(table["coordinates"]["grid_degrees"]),
            delay_days=int(table["coordinates"]["delay_days"]),
            named=frozenset(PublisherKind(kind) for kind in table["publishers"]["named"]),
        )
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
        raise DataError(f"policy.toml: {error!r}") from error
