"""`bilan tally` and `bilan map` from the outside: a scan's incidents counted and drawn."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from bilan.cli.exits import Exit
from bilan.cli.main import app
from bilan.engines.map_payload import shown_in
from tests.engines.test_incident_table import SOME


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def lines(folder: Path) -> str:
    path = folder / "incidents.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in SOME), "utf-8")
    return str(path)


def test_a_cross_table_comes_out_as_csv_and_says_that_parties_overlap(tmp_path: Path) -> None:
    said = run("tally", lines(tmp_path), "--by", "party,month", "--from", "2017-09-17")
    assert said.exit_code == Exit.DONE
    assert said.stdout.splitlines() == [
        "party,month,incidents,killed_min,killed_max,open_above,unknown",
        "Party A,2017-09,1,3,3,1,0",
    ]
    assert "in the cell of each" in said.stderr


def test_a_full_export_is_counted_as_well(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_text(json.dumps({"incidents": SOME}), "utf-8")
    assert run("tally", str(path)).stdout.splitlines()[1] == "Fair,4,16,28,1,1"


def test_nothing_is_counted_by_what_it_is_not_or_in_what_has_none(tmp_path: Path) -> None:
    assert run("tally", lines(tmp_path), "--by", "blame").exit_code == Exit.USAGE
    (tmp_path / "other.json").write_text("[]", "utf-8")
    assert run("tally", str(tmp_path / "other.json")).exit_code == Exit.USAGE


def test_a_map_holds_every_incident(tmp_path: Path) -> None:
    out = tmp_path / "map.bin"
    assert run("map", lines(tmp_path), str(out)).exit_code == Exit.DONE
    assert {one.code for one in shown_in(out.read_bytes())} == {row["code"] for row in SOME}
