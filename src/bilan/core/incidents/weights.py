"""The table of clues: `clues.toml`, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from bilan.core.errors import DataError
from bilan.core.values import Cause

LINES = ("likeness", "distinct", "published", "after", "followed", "news")


@dataclass(frozen=True, slots=True)
class Weights:
    """One version of the table: its name, the clues' weights as "place.same", cause families.

    `likeness`, `published` and `after` are points of lines: from the likeness of words, from days
    between two publications, from days between an event and a report without a date, from days
    between two days told (`followed`, and `news` where both are fresh), to a weight.
    `recurring` are the causes that come back to one place day after day.
    """

    linker: str
    table: Mapping[str, float]
    families: tuple[frozenset[Cause], ...]
    likeness: tuple[tuple[float, float], ...]
    distinct: tuple[tuple[float, float], ...]
    published: tuple[tuple[float, float], ...]
    after: tuple[tuple[float, float], ...]
    followed: tuple[tuple[float, float], ...]
    news: tuple[tuple[float, float], ...]
    recurring: frozenset[Cause]

    def __getitem__(self, name: str) -> float:
        return self.table[name]


@cache
def default_weights() -> Weights:
    """The weights that ship with Bilan."""
    return read_weights((files("bilan.core.incidents") / "clues.toml").read_text(encoding="utf-8"))


def read_weights(toml: str) -> Weights:
    """A table of clues; a DataError says what is wrong with it."""
    try:
        data = tomllib.loads(toml)
        families = tuple(frozenset(Cause(c) for c in f) for f in data.pop("families").values())
        lines = {
            name: tuple((float(x), float(y)) for x, y in data.pop(name)["points"]) for name in LINES
        }
        recurring = frozenset(Cause(c) for c in data.pop("recurring")["causes"])
        linker = str(data.pop("linker"))
        table = {f"{g}.{k}": float(v) for g, clues in data.items() for k, v in clues.items()}
    except (tomllib.TOMLDecodeError, KeyError, ValueError, AttributeError) as error:
        raise DataError(f"clues.toml: {error}") from error
    return Weights(linker, table, families, recurring=recurring, **lines)


def interpolated(value: float, points: Sequence[tuple[float, float]]) -> float:
    """The height over `value` of the line through points of ascending places; level outside."""
    if value <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in pairwise(points):
        if value <= right:
            return low + (high - low) * (value - left) / (right - left)
    return points[-1][1]
