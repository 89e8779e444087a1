"""Figures of one set: from our own scorer, or from the scorer that lies beside an external set."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.accuracy import own_scoring, own_set
from benchmarks.accuracy.own_scoring import Figure
from benchmarks.accuracy.plans import Plan

# Figures that grow as a reader gets worse, or that say nothing of right and wrong.
_LESS_IS_BETTER = ("width", "rmse", "error", "false_merges", "auc")


@dataclass(frozen=True, slots=True)
class Scored:
    """One set's figures by name, the targets among them, and per language where it is told."""

    name: str
    figures: Mapping[str, Figure]
    targets: Mapping[str, float] = field(default_factory=dict)
    languages: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)

    def values(self) -> dict[str, float]:
        """The figures of which more is better: these have floors."""
        return {
            name: figure.value
            for name, figure in self.figures.items()
            if not any(word in name for word in _LESS_IS_BETTER)
        }


class Unscored(Exception):
    """The scorer beside the sets failed."""


def by_their_scorer(plan: Plan, folder: Path, answers: Path, ranges: Path | None = None) -> Scored:
    """What the evaluation folder's `score.py`, a process of its own, says of some answers."""
    command = [sys.executable, str(folder.parent / "score.py"), plan.name, str(answers), "--json"]
    command += ["--ranges", str(ranges)] if ranges else []
    command += ["--languages"] if plan.languages else []
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unscored(
            f"{plan.name}: the scorer ended with {done.returncode}: {done.stderr[-800:]}"
        )
    said = json.loads(done.stdout)
    return Scored(
        plan.name,
        {name: f for name, raw in said["metrics"].items() if (f := _figure(raw)) is not None},
        said["targets"],
        {lang: _f1(fields) for lang, fields in said.get("languages", {}).items()},
    )


def _figure(raw: Mapping[str, Any]) -> Figure | None:
    if raw["value"] is None:
        return None
    low, high = (raw["value"] if raw[end] is None else raw[end] for end in ("low", "high"))
    return Figure(raw["value"], low, high, raw["n"])


def _f1(fields: Mapping[str, Mapping[str, Any]]) -> dict[str, float | None]:
    return {name: scores["f1"] for name, scores in fields.items()}


def by_our_scorer(readings: Iterable[Mapping[str, Any]], name: str = "own") -> Scored:
    """The figures of one of our own sets, all languages together and each alone."""
    answers = own_set.answers(own_set.FOLDERS[name])
    tallies, languages = own_scoring.score(answers, readings)
    figures = {told: own_scoring.figure(t) for told, t in tallies.items()}
    per_language: dict[str, dict[str, float | None]] = {}
    for lang in sorted(set(languages.values())):
        for field_, by_report in tallies.items():
            kept = {id_: tally for id_, tally in by_report.items() if languages[id_] == lang}
            alone = own_scoring.figure(kept, resamples=0) if kept else None
            per_language.setdefault(lang, {})[field_] = alone.value if alone else None
    return Scored(name, {n: f for n, f in figures.items() if f}, {}, per_language)
