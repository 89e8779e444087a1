"""The command that measures: floors hold, the gold stays out, an interrupted run goes on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.accuracy import __main__ as command
from benchmarks.accuracy import floors, running
from benchmarks.accuracy.components import timex
from benchmarks.accuracy.own_scoring import Figure
from benchmarks.accuracy.plans import PLANS, Plan
from benchmarks.accuracy.publishing import publish
from benchmarks.accuracy.scored import Scored


def _rows(count: int) -> list[dict[str, Any]]:
    return [{"id": f"r{i}", "text": f"report {i}"} for i in range(count)]


@pytest.fixture
def a_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two reports and their gold; answers are kept beside it."""
    folder = tmp_path / "small"
    folder.mkdir()
    running.write_rows(folder / "reports.jsonl", _rows(2))
    (folder / "gold.jsonl").write_text("secret")
    monkeypatch.setattr(running, "KEPT", tmp_path / "kept")
    return folder


def _answering(asked: list[list[str]], *, dies_after: int = 99) -> Any:
    def answer(batch: list[Any], apart: Path, options: Any, *, jobs: int) -> str:
        assert not (apart / "gold.jsonl").exists()
        if len(asked) >= dies_after:
            raise running.Unanswered("the lights went out")
        asked.append([row["id"] for row in batch])
        return "".join(json.dumps({"id": row["id"]}) + "\n" for row in batch)

    return answer


def test_no_plan_hands_gold_to_the_answering_process() -> None:
    assert not [plan.name for plan in PLANS if any("gold" in name for name in plan.inputs)]
    # The register's facts about incidents answer airwars-reports: they are gold by another name.
    assert "incidents.jsonl" not in {name for plan in PLANS for name in plan.inputs}


def test_the_answering_process_sees_the_reports_and_no_gold(
    a_set: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(running, "read_batch", _answering(asked))
    out = running.answered(Plan("small", ""), a_set, jobs=1, fresh=False, build="b")
    assert asked == [["r0", "r1"]]
    assert [row["id"] for row in running.rows(out)] == ["r0", "r1"]


def test_the_same_build_does_not_answer_twice_and_another_does(
    a_set: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(running, "read_batch", _answering(asked))
    for build in ("b", "b", "c"):
        running.answered(Plan("small", ""), a_set, jobs=1, fresh=False, build=build)
    assert len(asked) == 2


def test_an_interrupted_run_goes_on_where_it_stopped(
    a_set: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(running, "_BATCH", 1)
    monkeypatch.setattr(running, "read_batch", _answering(asked, dies_after=1))
    with pytest.raises(running.Unanswered):
        running.answered(Plan("small", ""), a_set, jobs=1, fresh=False, build="b")
    monkeypatch.setattr(running, "read_batch", _answering(asked))
    out = running.answered(Plan("small", ""), a_set, jobs=1, fresh=False, build="b")
    assert asked == [["r0"], ["r1"]]
    assert [row["id"] for row in running.rows(out)] == ["r0", "r1"]


def test_the_answering_process_is_not_told_where_the_gold_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BILAN_EVAL", "/somewhere")
    assert "/somewhere" not in running._environment().values()


def test_a_floor_rises_and_is_never_lowered_by_a_run(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    floors.pin("s", {"killed, all": 0.857, "date": 0.5}, "abc", path=path)
    floors.pin("s", {"killed, all": 0.41, "date": 0.6}, "abc", path=path)
    assert floors.pinned(path)["s"] == {"digest": "abc", "date": 0.6, "killed, all": 0.85}


def test_a_figure_under_its_floor_is_named(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    floors.pin("s", {"killed": 0.85, "date": 0.5}, "abc", path=path)
    fell = floors.fallen("s", {"killed": 0.84}, "abc", path=path)
    assert fell == [
        "s date: 0.000 is under its floor 0.5",
        "s killed: 0.840 is under its floor 0.85",
    ]
    assert floors.fallen("s", {}, "another corpus", path=path) == []


def test_an_expression_is_read_in_its_text_and_alone_where_the_text_hides_it(
    tmp_path: Path,
) -> None:
    text = "It rained on 3 March 1990 in Lyon."
    given = [{"start": 13, "end": 25, "text": "3 March 1990"}, {"start": 0, "end": 2, "text": "It"}]
    report = {"id": "x", "lang": "en", "published": "1990-04-01", "text": text}
    running.write_rows(tmp_path / "reports.jsonl", [report | {"expressions": given}])
    assert list(timex(tmp_path)) == [{"id": "x", "values": ["1990-03-03", None]}]


def test_without_the_external_sets_our_own_is_measured_and_the_rest_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        command, "_own", lambda *_: (Scored("own", {"killed": Figure(1.0, 1.0, 1.0, 3)}), "none")
    )
    assert command.main(["--data", str(tmp_path / "nowhere")]) == 0
    said = capsys.readouterr().out
    assert "killed" in said
    assert all(plan.name in said for plan in PLANS)


def test_the_page_names_the_day_the_commit_and_what_was_absent(tmp_path: Path) -> None:
    page = tmp_path / "accuracy.md"
    scored = Scored("gold", {"killed": Figure(0.85, 0.8, 0.9, 55)}, {"killed": 0.85})
    publish([scored], {"gva": "the set is not here"}, page=page)
    text = page.read_text(encoding="utf-8")
    assert "| killed | 0.850 | 0.800 to 0.900 | 55 | 0.85 |" in text
    assert "commit " in text
    assert text.splitlines()[-1] == "Not measured: gva (the set is not here)."


def test_no_page_is_published_of_a_few_sets_as_if_the_rest_were_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        command.main(["--sets", "own", "--publish"])
    assert "without naming sets" in capsys.readouterr().err
