"""Learns and checks the weights of the clues that link reports, from labelled development sets.

python -m benchmarks.weights [--sets gva,airwars-reports] [--write FILE]

Reads the sets under BILAN_EVAL, pairs the reports that meet, and prints each clue's stated weight
beside the one that the pairs would give it, then how both do on incidents that were not learnt
from. Only numbers are written: no word of a report.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import numpy as np

from benchmarks.accuracy.running import rows
from benchmarks.weights.learning import Table, checked, learnt, table_of
from benchmarks.weights.pairs import LINES, Labelled, labelled_pairs
from benchmarks.weights.writing import as_toml
from bilan.capture.files import captured_in
from bilan.cli.asking import Scope
from bilan.cli.reader import Reader
from bilan.core.incidents.entries import captured, reading_made, tellings_in
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.weights import Weights, default_weights


def main() -> None:
    """Pair, learn, check, print; write where asked."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sets", default="gva,airwars-reports")
    ask.add_argument("--write", type=Path, help="a TOML file for the learnt weights")
    asked = ask.parse_args()
    weights = default_weights()
    folders = [Path(os.environ["BILAN_EVAL"], name) for name in asked.sets.split(",")]
    sets = [_pairs(folder, weights) for folder in folders]
    table, stated = table_of(sets), stated_weights(weights)
    found = dict(
        zip(
            table.clues, learnt(table, stated, np.ones(len(table.same), bool)).tolist(), strict=True
        )
    )
    for line in _lines(table, stated, found):
        print(line)
    unseen = checked(table, stated)
    print(f"surprise on incidents not learnt from: stated {unseen.stated:.4f} nats a pair,"
          f" learnt {unseen.learnt:.4f}")  # fmt: skip
    if asked.write:
        origin = [f"{f.name} {_digest(f)}: {_say(p)}" for f, p in zip(folders, sets, strict=True)]
        origin.append(f"surprise unseen: stated {unseen.stated:.4f}, learnt {unseen.learnt:.4f}")
        asked.write.write_text(as_toml(found, weights, origin), encoding="utf-8")


def stated_weights(weights: Weights) -> Mapping[str, float]:
    """Every clue's weight by name; those of a line by the number of the point: "after#2"."""
    heights = {
        f"{line}#{number}": height
        for line in LINES.values()
        for number, (_, height) in enumerate(getattr(weights, line))
    }
    return {**weights.table, **heights}


def _pairs(folder: Path, weights: Weights) -> list[Labelled]:
    told = {row["id"]: row for row in rows(folder / "gold.jsonl")}
    incidents = {id_: frozenset(_incidents(row)) for id_, row in told.items()}
    pairs = list(labelled_pairs(_read(folder), incidents, weights))
    print(f"{folder.name}: {_say(pairs)}", file=sys.stderr, flush=True)
    return pairs


def _incidents(row: Mapping[str, object]) -> Iterator[str]:
    several = row.get("incidents")
    yield from map(str, several) if isinstance(several, list) else (str(row["incident"]),)


def _read(folder: Path) -> Iterator[Telling]:
    """The tellings of a set's reports, read without a look at its answers."""
    items = captured_in([str(folder / "reports.jsonl")], stdin=sys.stdin.buffer)
    for item, reading in Reader(scope=Scope.ANY).read_all(items, jobs=1):
        if item.report is not None and reading is not None:
            yield from tellings_in(captured(item.report), reading_made(item.report, reading))


def _say(pairs: list[Labelled]) -> str:
    same = sum(pair.same for pair in pairs)
    barred = sum(pair.contradicted for pair in pairs)
    wrong = sum(pair.contradicted and pair.same for pair in pairs)
    return (
        f"{len(pairs)} pairs of reports, {same} of one incident;"
        f" {barred} contradicted, {wrong} of them of one incident"
    )


def _digest(folder: Path) -> str:
    return sha256((folder / "reports.jsonl").read_bytes()).hexdigest()[:12]


def _lines(table: Table, stated: Mapping[str, float], found: Mapping[str, float]) -> Iterator[str]:
    yield f"{'clue':24s} {'stated':>7s} {'learnt':>7s} {'pairs':>8s} {'of one':>7s}"
    for number, name in enumerate(table.clues):
        seen = table.values[:, number]
        yield (
            f"{name:24s} {stated[name]:+7.2f} {found[name]:+7.2f}"
            f" {seen.sum():8.0f} {(seen * table.same).sum():7.0f}"
        )


if __name__ == "__main__":
    main()
