"""`bilan victims` over three invented lists: proposals, answers, overlap; never a name."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bilan.cli.exits import Exit
from bilan.cli.main import app
from tests.cli.test_questions import bilan, code_of, record, said

__all__ = ["record"]  # the fixture: three reports, two incidents, Boris

LISTS = Path(__file__).parents[2] / "examples" / "lists"
THREE = [str(LISTS / f"{name}.csv") for name in ("clinic", "town", "monitor")]
ANSWERED = str(LISTS / "answered.csv")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["victims", *words])


def test_nothing_printed_or_written_holds_a_name(tmp_path: Path) -> None:
    out = tmp_path / "pairs.csv"
    said = run("match", *THREE, "--out", str(out)).output + out.read_text("utf-8")
    said += run("overlap", *THREE, "--pairs", ANSWERED).output
    said += run("match", *THREE, "--json").output
    for path in map(Path, THREE):
        for row in csv.DictReader(path.read_text("utf-8").splitlines()):
            for cell in (row["name"], row.get("name_local") or ""):
                assert not [part for part in cell.split() if len(part) > 3 and part in said]


def test_a_table_that_may_hold_answers_is_not_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "pairs.csv"
    out.write_text("answers", encoding="utf-8")
    refused = run("match", *THREE, "--out", str(out))
    assert refused.exit_code == Exit.USAGE
    assert out.read_text("utf-8") == "answers"


def test_a_list_with_a_name_that_a_spreadsheet_would_run_is_escaped_and_found_again(
    tmp_path: Path,
) -> None:
    odd = tmp_path / "=clinic.csv"
    odd.write_text(Path(THREE[0]).read_text("utf-8"), encoding="utf-8")
    out = tmp_path / "pairs.csv"
    assert run("match", str(odd), THREE[1], "--out", str(out)).exit_code == 0
    rows = list(csv.DictReader(out.read_text("utf-8").splitlines()))
    assert rows and all(row["one"].startswith("'=clinic:") for row in rows)
    both = ("overlap", str(odd), THREE[1], "--pairs", str(out), "--json")
    alone = json.loads(run(*both).stdout)
    rows[0] |= {"answer": "same", "by": "Amal", "because": "one age"}
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    found = json.loads(run(*both).stdout)
    assert found["people"] == alone["people"] - 1


def test_people_on_several_lists_are_counted_once() -> None:
    found = json.loads(run("overlap", *THREE, "--pairs", ANSWERED, "--json").stdout)
    assert found["people"] == 17 - 7  # eight pairs; three of them are one person on three lists
    assert found["open"] == 1


def test_an_answer_without_a_name_joins_nobody(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("one,other,answer,by,because\nclinic:1,town:a,same,,\n", encoding="utf-8")
    done = run("overlap", *THREE, "--pairs", str(pairs), "--json")
    assert json.loads(done.stdout)["people"] == 17
    assert "needs a name" in done.stderr


def test_people_who_disagree_are_shown_and_join_nobody(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(
        "one,other,answer,by,because\n"
        "clinic:1,town:a,same,Amal,one age\ntown:a,clinic:1,different,Boris,cousins\n",
        encoding="utf-8",
    )
    done = run("overlap", *THREE, "--pairs", str(pairs))
    assert "contradiction: clinic:1 and town:a" in done.stdout


def test_the_estimate_says_what_it_is_not() -> None:
    done = run("estimate", *THREE, "--pairs", ANSWERED)
    assert done.exit_code == 0, done.output
    assert "Recorded is not total" in done.stdout


@pytest.mark.parametrize("words", [["match", "nowhere.csv"], ["match", str(LISTS / "README.md")]])
def test_a_list_that_cannot_be_read_says_what_to_do(words: list[str]) -> None:
    done = run(*words)
    assert done.exit_code == Exit.USAGE
    assert "Traceback" not in done.output


def test_the_names_of_a_list_raise_a_toll_and_the_page_says_so(
    record: Path, tmp_path: Path
) -> None:
    code = code_of("three")
    people = ("Khaled Samir", "Salwa Nadir", "Yusuf Bakri", "Huda Amin")
    rows = [f"{n},{name},{code}" for n, name in enumerate(people)]
    town, pairs = tmp_path / "town.csv", tmp_path / "pairs.csv"
    town.write_text("\n".join(["id,name,incident", *rows]), encoding="utf-8")
    pairs.write_text("one,other,answer,by,because\n", encoding="utf-8")
    reason = ("--by", "Boris", "--because", "the town's list")
    done = bilan("victims", "accept", code, town, "--pairs", pairs, *reason)
    assert done.exit_code == Exit.DONE, done.stderr
    assert "4 distinct people" in done.stdout
    shown = " ".join(bilan("show", code).stdout.split())
    assert "Killed 4" in shown
    assert "a list names 4 people" in shown
    assert not [part for name in people for part in name.split() if part in shown]
    assert [step["moved"][0]["after"]["min"] for step in said("why", code)["steps"]] == [3, 4]


def test_a_list_that_names_nobody_of_the_incident_is_refused(record: Path) -> None:
    reason = ("--by", "Boris", "--because", "x")
    refused = bilan("victims", "accept", code_of("three"), *THREE, "--pairs", ANSWERED, *reason)
    assert refused.exit_code == Exit.USAGE
    assert "column `incident`" in refused.stderr
