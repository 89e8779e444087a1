"""`bilan scan`: the same files whatever the number of processes, and after any stop."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from benchmarks.record.reports import write_reports
from bilan.cli.exits import Exit
from bilan.cli.main import app
from bilan.engines.gazetteer import gazetteer_path

needs_gazetteer = pytest.mark.skipif(
    not gazetteer_path().exists(), reason="needs a gazetteer: make gazetteer"
)
pytestmark = needs_gazetteer
FILES = ("readings", "incidents", "tolls", "origins", "faults")


def scan(*words: str) -> Result:
    return CliRunner().invoke(app, ["scan", *words])


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports") / "reports.jsonl"
    write_reports(path, 60, seed=2)
    with path.open("a", encoding="utf-8") as file:
        file.write("this line is broken\n")
    return path


@pytest.fixture(scope="module")
def alone(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scan by one process."""
    out = tmp_path_factory.mktemp("alone")
    assert scan(str(reports), "--out", str(out), "--jobs", "1").exit_code == Exit.FAULTS
    return out


def said(folder: Path) -> dict[str, str]:
    return {name: (folder / f"{name}.jsonl").read_text("utf-8") for name in FILES}


def lines(folder: Path, name: str) -> list[Any]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]


def test_reports_become_incidents_with_tolls_and_a_broken_line_costs_itself(alone: Path) -> None:
    incidents, tolls = lines(alone, "incidents"), lines(alone, "tolls")
    assert len(lines(alone, "readings")) == 60
    assert 3 <= len(incidents) <= 9
    assert all(toll["min"] > 0 for toll in tolls if toll["measure"] == "killed")
    assert {toll["code"] for toll in tolls} == {i["code"] for i in incidents}
    (fault,) = lines(alone, "faults")
    assert fault["where"].endswith(":61")


def test_two_processes_give_the_same_files_as_one(
    reports: Path, alone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bilan.cli.scan.PART", 13)
    scan(str(reports), "--out", str(tmp_path), "--jobs", "2")
    assert said(tmp_path) == said(alone)


def test_a_scan_that_was_stopped_goes_on_and_ends_alike(
    reports: Path, alone: Path, tmp_path: Path
) -> None:
    shutil.copytree(alone, tmp_path / "stopped")
    for name in ("incidents.jsonl", "plan.json.gz", "rows/000000.jsonl.gz", "groups/dealt"):
        (tmp_path / "stopped" / name).unlink()
    part = tmp_path / "stopped" / "parts" / "000000.jsonl.gz"
    before = part.stat().st_mtime_ns
    scan(str(reports), "--out", str(tmp_path / "stopped"), "--jobs", "1")
    assert said(tmp_path / "stopped") == said(alone)
    assert part.stat().st_mtime_ns == before


def test_a_folder_of_another_scan_is_refused(reports: Path, alone: Path) -> None:
    refused = scan(str(reports), "--out", str(alone), "--scope", "any")
    assert refused.exit_code == Exit.USAGE


def test_parquet_comes_out_when_it_is_asked(reports: Path, alone: Path, tmp_path: Path) -> None:
    from pyarrow import parquet

    shutil.copytree(alone, tmp_path / "again")
    scan(str(reports), "--out", str(tmp_path / "again"), "--format", "parquet")
    table = parquet.read_table(tmp_path / "again" / "tolls.parquet").to_pylist()
    assert [row["min"] for row in table] == [toll["min"] for toll in lines(alone, "tolls")]


def test_what_is_not_there_is_said_before_anything_is_done(tmp_path: Path) -> None:
    assert (
        scan(str(tmp_path / "none.jsonl"), "--out", str(tmp_path / "out")).exit_code == Exit.USAGE
    )
    assert not (tmp_path / "out").exists()


NO_SPARK = (
    "no Spark on this machine (pyspark and Java 17): its test is skipped; `make spark` runs it"
)


@pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or shutil.which("java") is None, reason=NO_SPARK
)
def test_spark_gives_the_same_incidents_as_one_process(reports: Path, alone: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.scan", "--spark", str(reports)],
        capture_output=True, text=True, check=True, env={**os.environ},
    )  # fmt: skip
    assert json.loads(run.stdout.splitlines()[-1]) == lines(alone, "incidents")
