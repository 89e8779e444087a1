"""Our own sets are read as well as its floors say: the gate that every change passes."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest

from benchmarks.accuracy import floors, own_set
from benchmarks.accuracy.running import write_rows
from benchmarks.accuracy.scored import by_our_scorer
from bilan.capture.files import captured_in
from bilan.cli.asking import Scope
from bilan.cli.reader import Reader
from bilan.core.claims.shape import reading_to_json
from bilan.engines.gazetteer import gazetteer_path

PINNED = [name for name in own_set.FOLDERS if name in floors.pinned()]


def test_the_first_set_has_floors() -> None:
    assert "own" in PINNED


@pytest.mark.parametrize("name", PINNED)
def test_the_floors_are_those_of_the_set_as_it_stands(name: str) -> None:
    """`make accuracy SETS=own-third PIN=1`, and so for each, after a report was added or mended."""
    digest = floors.digest_of(sorted(own_set.FOLDERS[name].glob("*.toml")))
    assert floors.pinned()[name]["digest"] == digest


@pytest.mark.skipif(not gazetteer_path().exists(), reason="needs a gazetteer: make gazetteer")
@pytest.mark.parametrize("name", PINNED)
def test_no_figure_of_our_own_sets_fell_under_its_floor(name: str, tmp_path: Path) -> None:
    folder = own_set.FOLDERS[name]
    write_rows(tmp_path / "reports.jsonl", own_set.reports(folder))
    items = captured_in([str(tmp_path / "reports.jsonl")], stdin=BytesIO())
    readings = [
        json.loads(json.dumps(reading_to_json(reading, item.report.text)))
        for item, reading in Reader(scope=Scope.CONFLICT).read_all(items, jobs=1)
        if item.report is not None and reading is not None
    ]
    digest = floors.digest_of(sorted(folder.glob("*.toml")))
    assert floors.fallen(name, by_our_scorer(readings, name).values(), digest) == []
