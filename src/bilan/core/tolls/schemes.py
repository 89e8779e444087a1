"""Counting schemes: what each publishes of what a report says (`schemes.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from bilan.core.errors import DataError, UnknownName
from bilan.core.values import Count


class Publishes(StrEnum):
    """What a scheme makes of several counts."""

    RANGE = "range"
    LOWEST = "lowest"
    BEST_LOW = "best_low"  # the range, and its lower end as best estimate


@dataclass(frozen=True, slots=True)
class Bounds:
    """One count as a scheme publishes it. `open_above`: its source set no ceiling."""

    low: int | None
    high: int | None
    open_above: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    """One counting scheme: see the head of `schemes.toml` for what each field means."""

    name: str
    version: str
    title: str
    source: str
    more_than_named: bool
    ceiling_same: bool
    floor: int | None
    needs: int
    publishes: Publishes
    low_words: Mapping[int, tuple[int, int]]

    def bounds(self, count: Count, form: str | None) -> Bounds:
        """What the scheme publishes of one count; `form` is how the number was worded."""
        if count.max is not None:
            return Bounds(count.min, count.max)
        low = count.min or 0
        if form in VAGUE and low in self.low_words:
            return Bounds(*self.low_words[low], open_above=True)
        if form in MORE_THAN and self.more_than_named:
            low -= 1
        return Bounds(low, low if self.ceiling_same else None, open_above=True)


VAGUE = frozenset({"vague", "plural"})
MORE_THAN = frozenset({"more_than"})
DEFAULT = "airwars"


@cache
def schemes() -> Mapping[str, Scheme]:
    """All schemes by name, the default one first."""
    source = (files("bilan.core.tolls") / "schemes.toml").read_text(encoding="utf-8")
    try:
        return {name: _scheme(name, table) for name, table in tomllib.loads(source).items()}
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
        raise DataError(f"schemes.toml: {error!r}") from error


def scheme_named(name: str) -> Scheme:
    """The scheme of that name; UnknownName lists those there are."""
    if name not in schemes():
        raise UnknownName(
            f"no counting scheme {name!r}.", hint=f"There are: {', '.join(schemes())}"
        )
    return schemes()[name]


def _scheme(name: str, table: Mapping[str, object]) -> Scheme:
    words = table["low_words"]
    if not isinstance(words, Mapping):
        raise TypeError(f"[{name}.low_words] has to be a table")
    return Scheme(
        name=name,
        version=str(table["version"]),
        title=str(table["title"]),
        source=str(table["source"]),
        more_than_named=_one_of(table, "more_than", "named", "above"),
        ceiling_same=_one_of(table, "ceiling", "same", "none"),
        floor=0 if _one_of(table, "floor", "zero", "none") else None,
        needs=int(str(table["needs"])),
        publishes=Publishes(str(table["publishes"])),
        low_words={int(low): (pair[0], pair[1]) for low, pair in words.items()},
    )


def _one_of(table: Mapping[str, object], key: str, yes: str, no: str) -> bool:
    """Whether a setting has its first value; a ValueError for a third one, which is a slip."""
    if table[key] not in (yes, no):
        raise ValueError(f"{key} is {yes!r} or {no!r}, not {table[key]!r}")
    return table[key] == yes
