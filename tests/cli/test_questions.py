"""`bilan incidents, show, count, export` on a small record of Amal's."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bilan.cli import reader
from bilan.cli.exits import Exit
from bilan.cli.main import app
from bilan.core.values import Place, PlaceMention, Point, Span

TOWNS = {"Mayadin": Point(35.0198, 40.4515), "Homs": Point(34.7268, 36.7234)}


class Towns:
    """A gazetteer of two towns."""

    version = "two towns"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        return [
            PlaceMention(
                Span(found.start(), found.end()),
                Place(name, name, "Region", "SY", point, uncertainty_km=2.0, gazetteer_id=name),
            )
            for name, point in TOWNS.items()
            for found in re.finditer(name, text)
        ]


REPORTS = {
    "one": (
        "2017-09-17",
        "Two towns watch",
        "Five civilians were killed in an airstrike on Mayadin on 16 September 2017. The record of"
        " our team holds two testimonies. Since 2014, 900 civilians have been killed in Syria.",
    ),
    "two": (
        "2017-09-18",
        "River monitor",
        "At least seven civilians were killed on 16 September 2017 in an airstrike on Mayadin, our"
        " own researchers found. They blame the US-led coalition.",
    ),
    "three": (
        "2018-03-02",
        "River monitor",
        "Three civilians were killed in shelling of Homs on 1 March 2018, our researchers found.",
    ),
}


def bilan(*words: object, stdin: str = "") -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=stdin)


def said(*words: object) -> Any:
    result = bilan(*words, "--json")
    assert result.exit_code == Exit.DONE, result.stderr
    return json.loads(result.stdout)


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(reader, "_places", Towns)
    monkeypatch.setenv("BILAN_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("BILAN_GAZETTEER", str(tmp_path / "none"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    folder = tmp_path / "record"
    monkeypatch.setenv("BILAN_RECORD", str(folder))
    lines = [
        json.dumps(
            {
                "id": name,
                "text": text,
                "published": day,
                "publisher": {"name": publisher, "kind": "monitor"},
            }
        )
        for name, (day, publisher, text) in REPORTS.items()
    ]
    assert bilan("init", folder).exit_code == Exit.DONE
    assert bilan("people", "add", "Boris").exit_code == Exit.DONE
    added = bilan("add", "--jsonl", "-", stdin="\n".join(lines))
    assert added.exit_code == Exit.DONE, added.stderr
    return folder


def code_of(report: str) -> str:
    codes: list[str] = [i["code"] for i in said("incidents")]
    return next(code for code in codes if report in {t["report"] for t in told(code)})


def told(code: str) -> list[dict[str, Any]]:
    tellings: list[dict[str, Any]] = said("show", code)["tellings"]
    return tellings


def test_every_incident_is_listed_once_with_its_range(record: Path) -> None:
    listed = said("incidents")
    assert len(listed) == 2
    assert [i["place"] for i in listed] == ["Mayadin", "Homs"]
    assert "2 incidents;" in bilan("incidents").stdout


@pytest.mark.parametrize(
    ("words", "places"),
    [
        (["--place", "homs"], ["Homs"]),
        (["--from", "2018-01-01"], ["Homs"]),
        (["--to", "2018-01-01"], ["Mayadin"]),
        (["--party", "US-led Coalition"], ["Mayadin"]),
        (["--party", "the coalition", "--place", "Homs"], []),
        (["--grade", "Confirmed"], []),
    ],
)
def test_a_list_holds_what_was_asked_for_and_nothing_else(
    record: Path, words: list[str], places: list[str]
) -> None:
    assert [i["place"] for i in said("incidents", *words)] == places


def test_an_unknown_party_is_an_error_and_not_an_empty_list(record: Path) -> None:
    result = bilan("incidents", "--party", "Atlantis")
    assert result.exit_code == Exit.USAGE
    assert "No party is called Atlantis" in result.stderr


def test_a_page_answers_why_not_another_number_in_the_words_of_the_reports(record: Path) -> None:
    shown = " ".join(bilan("show", code_of("one")).stdout.split())
    assert "“Five civilians”" in shown
    assert "“At least seven civilians”" in shown
    assert "Two towns watch" in shown


def test_a_report_is_shown_as_it_was_read(record: Path) -> None:
    shown = bilan("show", "three").stdout
    assert "Killed    3 civilians" in shown
    assert said("show", "three")["id"] == "three"


def test_what_is_not_in_the_record_is_an_error_with_a_hint(record: Path) -> None:
    result = bilan("show", "nothing")
    assert result.exit_code == Exit.USAGE
    assert "bilan incidents" in result.stderr


def test_a_total_is_made_by_the_list_beside_it(record: Path) -> None:
    total = said("count")
    parts = [i["killed"] for i in total["incidents"]]
    assert total["total"]["killed"]["min"] == sum(p["min"] for p in parts)
    assert total["total"]["killed"]["known"] == len(parts) == 2
    by_grade = [sums["killed"]["min"] or 0 for sums in total["by_grade"].values()]
    assert sum(by_grade) == total["total"]["killed"]["min"]


def test_the_list_and_the_count_never_disagree(record: Path) -> None:
    assert said("incidents") == said("count")["incidents"]


def test_a_campaign_total_stands_beside_the_sum_and_is_never_in_it(record: Path) -> None:
    total = said("count")
    assert [b["count"] for b in total["beside"]] == [{"min": 900, "max": 900}]
    assert total["total"]["killed"]["max"] < 900


def test_what_is_unknown_is_not_zero_in_a_total(record: Path) -> None:
    injured = said("count")["total"]["injured"]
    assert (injured["min"], injured["max"], injured["unknown"]) == (None, None, 2)


def test_a_count_as_of_a_day_knows_only_what_was_published_by_then(record: Path) -> None:
    early = said("count", "--as-of", "2017-09-17")
    assert [i["killed"]["max"] for i in early["incidents"]] == [5]
    assert said("count", "--as-of", "2017-09-16")["incidents"] == []


def test_another_scheme_is_named_in_the_answer_and_an_unknown_one_refused(record: Path) -> None:
    assert said("count", "--scheme", "literal")["scheme"].startswith("literal")
    assert bilan("count", "--scheme", "guess").exit_code == Exit.USAGE


def test_a_decision_moves_the_count_and_withdrawing_it_moves_it_back(record: Path) -> None:
    before = said("count")["total"]
    reason = ("--by", "Boris", "--because", "the morgue's list")
    done = said("decide", "set", code_of("three"), "killed", "4", *reason)
    assert said("count")["total"]["killed"]["min"] == before["killed"]["min"] + 1
    assert bilan("decide", "withdraw", done["seq"], *reason).exit_code == Exit.DONE
    assert said("count")["total"] == before


def test_an_export_says_for_whom_it_is_and_what_was_left_out(record: Path, tmp_path: Path) -> None:
    for name in ("a.json", "a.csv", "a.geojson"):
        result = bilan("export", tmp_path / name)
        assert result.exit_code == Exit.DONE, result.stderr
        assert "for the public" in result.stderr
        assert "left out: coordinates finer than" in result.stderr
    shape = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert shape["audience"] == "public"
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text("utf-8").splitlines()))
    assert [row["code"] for row in rows] == [i["code"] for i in shape["incidents"]]
    features = json.loads((tmp_path / "a.geojson").read_text("utf-8"))["features"]
    assert len(features) == 2


def test_a_team_export_has_the_coordinates_as_they_are(record: Path, tmp_path: Path) -> None:
    bilan("export", tmp_path / "t.json", "--audience", "team", "--format", "check")
    places = [i["place"] for i in json.loads((tmp_path / "t.json").read_text())["incidents"]]
    assert {p["lat"] for p in places} == {35.0198, 34.7268}


@pytest.mark.parametrize("name", ["a.xlsx", "a", "absent/a.json"])
def test_an_export_that_cannot_be_made_says_why_and_writes_nothing(
    record: Path, tmp_path: Path, name: str
) -> None:
    result = bilan("export", tmp_path / name)
    assert result.exit_code == Exit.USAGE
    assert not (tmp_path / name).exists()


def test_a_failed_export_leaves_the_old_file_whole(record: Path, tmp_path: Path) -> None:
    kept = tmp_path / "a.json"
    kept.write_text("before")
    assert bilan("export", kept, "--scheme", "guess").exit_code == Exit.USAGE
    assert kept.read_text() == "before"
