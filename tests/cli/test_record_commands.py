"""A record from the command line: begin, add, decide, check, rebuild, read anew, erase."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bilan.cli import reader
from bilan.cli.exits import Exit
from bilan.cli.main import app
from bilan.core.values import Place, PlaceMention, Point, Span

TOWNS = {"Marsa": Point(35.0, 40.0), "Harbour": Point(36.0, 38.0)}
FIRST = "Five civilians were killed in an airstrike on Marsa on 16 September 2017, SOHR said."
SECOND = "Seven civilians were killed in an airstrike on Marsa on 16 September 2017, a doctor said."
OTHER = "Three civilians were killed in an airstrike on Harbour on 2 October 2017, SOHR said."


class TwoTowns:
    """A gazetteer that knows two towns."""

    version = "two towns"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        found = []
        for name, point in TOWNS.items():
            start = text.find(name)
            if start >= 0:
                place = Place(name, name, None, "SY", point, uncertainty_km=2.0)
                found.append(PlaceMention(Span(start, start + len(name)), place))
        return found


def bilan(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def said(*words: object) -> Any:
    result = bilan(*words, "--json")
    assert result.exit_code in (Exit.DONE, Exit.FAULTS), result.output
    return json.loads(result.stdout)


@pytest.fixture
def reports(own_folders: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three reports in a folder, a gazetteer of two towns, and a place for a record."""
    monkeypatch.setattr(reader, "_places", TwoTowns)
    monkeypatch.setenv("BILAN_RECORD", str(own_folders / "record"))
    folder = own_folders / "reports"
    folder.mkdir()
    for name, text in (("a", FIRST), ("b", SECOND), ("c", OTHER)):
        head = f"---\nid: {name}\npublished: 2017-10-05\nlang: en\n---\n"
        (folder / f"{name}.txt").write_text(head + text, encoding="utf-8")
    return folder


@pytest.fixture
def kept(reports: Path) -> Path:
    """A record of the three reports, and Boris in it."""
    assert bilan("init", reports.parent / "record").exit_code == Exit.DONE
    assert bilan("people", "add", "Boris").exit_code == Exit.DONE
    assert bilan("add", reports).exit_code == Exit.DONE
    return reports


def incidents() -> dict[str, list[str]]:
    from bilan.store.folder import find_folder
    from bilan.store.record import open_record

    book = open_record(find_folder()).casebook()
    return {code: sorted({t.report for t in book.incident(code).news}) for code in book.codes()}


BECAUSE = ("--by", "Boris", "--because", "the same hour")


def test_a_record_is_begun_filled_and_holds(reports: Path) -> None:
    assert "bilan people add" in bilan("init", reports.parent / "record").stdout
    assert "3 new" in bilan("add", reports).stdout
    assert "3 already there" in bilan("add", reports).stdout
    result = bilan("verify")
    assert result.exit_code == Exit.DONE and "the record holds" in result.stdout
    assert sorted(incidents().values()) == [["a", "b"], ["c"]]


def test_without_a_record_it_says_what_to_do(reports: Path) -> None:
    result = bilan("add", reports)
    assert result.exit_code == Exit.USAGE and "bilan init" in result.output
    assert bilan("init", reports.parent / "record").exit_code == Exit.DONE
    again = bilan("init", reports.parent / "record")
    assert again.exit_code == Exit.USAGE and "is a record already" in again.output


def test_each_report_is_one_line_of_json(reports: Path) -> None:
    bilan("init", reports.parent / "record")
    (reports / "d.txt").write_bytes(b"")
    result = bilan("add", reports, "--json")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["outcome"] for line in lines].count("new") == 3
    (refused,) = [line for line in lines if line["outcome"] == "refused"]
    assert refused["where"].endswith("d.txt") and refused["faults"]
    assert result.exit_code == Exit.FAULTS


def test_people_are_added_listed_and_leave(kept: Path) -> None:
    bilan("people", "add", "Chloe", "--duty", "reads")
    bilan("people", "add", "Daniel", "--no-key")
    bilan("people", "left", "Daniel", *BECAUSE)
    people = {one["name"]: one for one in said("people")}
    assert people["Boris"]["signs_here"] and not people["Boris"]["left"]
    assert people["Chloe"]["duty"] == "reads"
    assert people["Daniel"]["left"] and people["Daniel"]["key"] is None
    assert "Daniel has left" in " ".join(bilan("people").stdout.split())


def test_decisions_are_taken_and_withdrawn(kept: Path) -> None:
    (two,) = (code for code, told in incidents().items() if told == ["c"])
    done = said("decide", "same", "a", two, *BECAUSE)
    assert done["signed"] and len(incidents()) == 1
    assert "withdrawn" not in bilan("verify").stdout
    result = bilan("decide", "withdraw", done["seq"], *BECAUSE)
    assert "signed by Boris" in result.stdout and len(incidents()) == 2
    again = bilan("decide", "withdraw", done["seq"], *BECAUSE)
    assert again.exit_code == Exit.USAGE and "withdrawn already" in again.output


def test_every_verb_of_decide_works(kept: Path) -> None:
    marsa, harbour = (
        next(code for code, told in incidents().items() if name in told) for name in ("a", "c")
    )
    for words in (
        ("different", "a", "b"),
        ("accept", harbour),
        ("reject", "b", "--field", "killed"),
        ("reject", harbour),
        ("set", marsa, "killed", "4..6"),
        ("set", marsa, "when", "2017-09-16..2017-09-17"),
        ("set", marsa, "place", "35.02,40.45 Upper Marsa"),
        ("set", marsa, "cause", "drone"),
        ("set", marsa, "injured", "unknown"),
        ("grade", marsa, "Weak"),
    ):
        result = bilan("decide", *words, *BECAUSE)
        assert result.exit_code == Exit.DONE, (words, result.output)
    alone = bilan("decide", "grade", marsa, "Confirmed", *BECAUSE)
    assert "wants a second person" in alone.stdout
    assert bilan("verify").exit_code == Exit.DONE


@pytest.mark.parametrize(
    "words",
    [
        ("same", "a", "nobody", *BECAUSE),
        ("same", "a", "c", "--by", "Emil", "--because", "x"),
        ("same", "a", "c", "--by", "Boris", "--because", " "),
        ("same", "a", "c", "--by", "Boris"),
        ("set", "a", "killed", "some", *BECAUSE),
        ("set", "a", "killed", "7..5", *BECAUSE),
        ("set", "a", "when", "someday", *BECAUSE),
        ("set", "a", "place", "here", *BECAUSE),
        ("set", "a", "place", "99,400 Nowhere", *BECAUSE),
        ("set", "a", "cause", "weather", *BECAUSE),
        ("split-toll", "toll:a#0", "X", *BECAUSE),
        ("split-toll", "toll:a#0", "X=5", *BECAUSE),
        ("accept", "link:a#0", *BECAUSE),
        ("withdraw", "1", *BECAUSE),
        ("grade", "SY-x", "Weak", *BECAUSE),
    ],
)
def test_what_cannot_be_decided_is_refused_without_a_traceback(
    kept: Path, words: tuple[str, ...]
) -> None:
    result = bilan("decide", *words)
    assert result.exit_code == Exit.USAGE, result.output
    assert "Traceback" not in result.output


def test_a_changed_object_is_named_and_ends_with_its_code(kept: Path) -> None:
    path = next(p for p in (kept.parent / "record" / "objects").rglob("*") if p.is_file())
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    result = bilan("verify")
    assert result.exit_code == Exit.NOT_INTACT
    assert "WRONG" in result.stdout and "was changed on the disk" in result.stdout
    told = bilan("verify", "--json")
    assert json.loads(told.stdout)["holds"] is False


def test_a_record_begun_says_as_json_where_it_is(reports: Path) -> None:
    made = said("init", reports.parent / "record")
    assert made["folder"] == str(reports.parent / "record")
    assert len(made["record"]) == 32


def test_rebuilding_gives_the_same_digest(kept: Path) -> None:
    before = said("verify")["digest"]
    assert said("rebuild")["digest"] == before
    assert before in bilan("rebuild").stdout


def test_reading_anew_shows_first_and_writes_when_told(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "0 reports read differently" in bilan("reread").stdout
    moved = {"Marsa": Point(35.001, 40.0), "Harbour": TOWNS["Harbour"]}
    monkeypatch.setitem(TOWNS, "Marsa", moved["Marsa"])
    shown = bilan("reread")
    assert "lat 35.0 -> 35.001" in shown.stdout and "Nothing was written" in shown.stdout
    assert said("reread", "a")["written"] == []
    assert "2 new readings written" in bilan("reread", "--yes").stdout
    assert "0 reports read differently" in bilan("reread").stdout
    assert bilan("reread", "zzz").exit_code == Exit.USAGE


def test_erasing_asks_for_the_word_in_full(kept: Path) -> None:
    asked = bilan("erase", "a", *BECAUSE)
    assert asked.exit_code == Exit.USAGE and "--confirm a" in asked.output
    done = bilan("erase", "a", *BECAUSE, "--confirm", "a")
    assert "erased: a" in done.stdout
    result = said("verify")
    assert (result["holds"], result["erased"]) == (True, 2)
    assert bilan("add", kept).exit_code == Exit.FAULTS
