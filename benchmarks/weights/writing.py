"""Learnt weights as a TOML file: the numbers, and from how many pairs of which sets they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from benchmarks.weights.pairs import LINES
from bilan.core.incidents.weights import Weights


def as_toml(found: Mapping[str, float], weights: Weights, origin: Iterable[str]) -> str:
    """The weights in the shape of `clues.toml`, with where they come from in comments."""
    return "\n".join([*_head(weights, origin), *_clues(found), *_on_lines(found, weights), ""])


def _head(weights: Weights, origin: Iterable[str]) -> Iterator[str]:
    yield "# Weights that `python -m benchmarks.weights --write` learnt, held near the stated ones."
    yield f"# Beside the table {weights.linker}; nothing reads this file: a person states weights."
    yield from (f"# {line}" for line in origin)


def _clues(found: Mapping[str, float]) -> Iterator[str]:
    group = ""
    for name, weight in sorted(found.items()):
        table, dot, clue = name.partition(".")
        if not dot:
            continue
        if table != group:
            group = table
            yield f"\n[{group}]"
        yield f"{clue} = {round(weight, 2)}"


def _on_lines(found: Mapping[str, float], weights: Weights) -> Iterator[str]:
    for line in sorted(LINES.values()):
        points = [
            [place, round(found.get(f"{line}#{number}", height), 2)]
            for number, (place, height) in enumerate(getattr(weights, line))
        ]
        yield f"\n[{line}]\npoints = {points}"
