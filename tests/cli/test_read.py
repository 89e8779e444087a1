"""`bilan read` from the outside: what it prints, and the number with which it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bilan.cli import reader
from bilan.cli.exits import Exit
from bilan.cli.main import app
from bilan.core.values import PlaceMention, Span

FRENCH = (
    "Cinq civils ont été tués jeudi dans une frappe de l'armée syrienne sur un marché, selon des"
    " militants."
)


class NoPlaces:
    """A gazetteer that knows no place."""

    version = "none"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        return []


@pytest.fixture(autouse=True)
def without_gazetteer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_places", NoPlaces)


def bilan(*words: object, stdin: bytes | str = "") -> Result:
    return CliRunner().invoke(app, [str(w) for w in words], input=stdin)


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "a.txt"
    file.write_text(f"---\nid: a\npublished: 2017-09-18\n---\n{FRENCH}", encoding="utf-8")
    return file


def test_a_report_is_shown_with_the_words_that_say_its_toll(article: Path) -> None:
    result = bilan("read", article)
    assert result.exit_code == Exit.DONE
    assert "Killed    5 civilians" in result.stdout


def test_json_gives_one_object_whose_quotes_stand_in_the_text(article: Path) -> None:
    result = bilan("read", article, "--json")
    reading = json.loads(result.stdout)
    assert reading["id"] == "a"
    assert reading["published"] == "2017-09-18"
    assert reading["reader"]
    assert reading["spans"]
    for span in reading["spans"]:
        assert FRENCH[span["start"] : span["end"]] == span["quote"]


def test_standard_input_is_read_when_nothing_is_named() -> None:
    result = bilan("read", "--json", "--published", "2017-09-18", stdin=FRENCH)
    assert json.loads(result.stdout)["lang"] == "fr"


def test_json_lines_go_in_and_come_out_in_order(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": f"r{i}", "text": FRENCH, "published": "2017-09-18"}) for i in range(5)
    ]
    result = bilan("read", "--jsonl", "-", stdin="\n".join(lines))
    assert [shape["id"] for shape in objects(result)] == ["r0", "r1", "r2", "r3", "r4"]
    assert result.exit_code == Exit.DONE


def test_several_processes_give_what_one_gives(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    lines = [json.dumps({"id": f"r{i}", "text": f"{FRENCH} {i}."}) for i in range(150)]
    file.write_text("\n".join(lines), encoding="utf-8")
    one = bilan("read", "--jsonl", file)
    assert len(objects(one)) == 150
    assert bilan("read", "--jsonl", "--jobs", 2, file).stdout == one.stdout


def test_a_bad_file_among_good_ones_is_named_and_the_exit_code_says_so(
    article: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    result = bilan("read", "--jsonl", empty, article, tmp_path / "absent.txt")
    assert [shape["id"] for shape in objects(result)] == ["a"]
    assert result.exit_code == Exit.FAULTS
    assert f"{empty}: there is nothing in it" in result.stderr
    assert "absent.txt: no such file" in result.stderr


def test_a_language_without_a_reader_is_a_fault_never_a_guess(tmp_path: Path) -> None:
    file = tmp_path / "de.txt"
    file.write_text("Nach Angaben von Aktivisten wurden am Donnerstag fünf Zivilisten getötet.")
    result = bilan("read", file, "--json", "--published", "2017-09-18")
    reading = json.loads(result.stdout)
    assert reading["accounts"] == []
    assert [fault["message"] for fault in reading["faults"]] == ["no reader for de"]
    assert result.exit_code == Exit.FAULTS


def test_a_stated_language_that_the_words_contradict_is_shown(article: Path) -> None:
    result = bilan("read", article, "--lang", "en")
    assert "its words look like 'fr'" in " ".join(result.stdout.split())
    assert result.exit_code == Exit.FAULTS


def test_malformed_front_matter_is_named_with_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("---\nid: a\nlang: [fr\n---\ntext", encoding="utf-8")
    result = bilan("read", file)
    assert result.exit_code == Exit.FAULTS
    assert f"{file}:4: malformed front matter" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["read", "x.txt", "--published", "yesterday"],
        ["read", "x.txt", "--scope", "all"],
        ["raed"],
        ["read", "x.txt", "--jobs", "0"],
    ],
)
def test_asking_wrongly_does_nothing_and_says_so(words: list[str]) -> None:
    result = bilan(*words)
    assert result.exit_code == Exit.USAGE
    assert "Error" in result.stderr


def test_reading_twice_gives_the_same_bytes(article: Path) -> None:
    assert bilan("read", article, "--json").stdout == bilan("read", article, "--json").stdout


def program(*words: str) -> list[str]:
    return [sys.executable, "-c", "from bilan.cli.main import run; run()", *words]


def test_whoever_stops_reading_a_pipe_gets_no_traceback(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    line = json.dumps({"lang": "de", "text": "Es wurden fünf Zivilisten getötet. " * 50})
    file.write_text(f"{line}\n" * 500, encoding="utf-8")
    code = (
        "from bilan.cli import reader\n"
        "reader._places = type('None', (), {'version': 'none'})\n"
        "from bilan.cli.main import run\nrun()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, "read", "--jsonl", str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as reading:
        assert reading.stdout is not None
        assert reading.stderr is not None
        reading.stdout.readline()
        reading.stdout.close()
        complaint = reading.stderr.read()
    assert reading.returncode == Exit.NOBODY_READS
    assert b"Traceback" not in complaint
    assert b"Exception ignored" not in complaint


def test_an_interrupted_command_ends_quietly() -> None:
    code = (
        "import signal\n"  # a test run in the background would hand down that SIGINT is ignored
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from bilan.cli import reader\n"
        "reader._places = type('None', (), {'version': 'none'})\n"
        "from bilan.cli.main import run\nrun()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, "read", "--jsonl", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as reading:
        assert reading.stdin is not None
        assert reading.stdout is not None
        line = json.dumps({"lang": "de", "text": "Es wurden fünf Zivilisten getötet."})
        reading.stdin.write(line.encode() + b"\n")
        reading.stdin.flush()
        assert reading.stdout.readline()  # it works; now it waits for more
        reading.send_signal(signal.SIGINT)
        _, complaint = reading.communicate(timeout=60)
    assert reading.returncode == Exit.INTERRUPTED
    assert b"interrupted" in complaint
    assert b"Traceback" not in complaint


def test_a_defect_of_ours_is_owned_up_to_and_never_blamed_on_the_input(article: Path) -> None:
    code = (
        "from bilan.cli import reader\n"
        "reader._places = lambda: 1 / 0\n"
        "from bilan.cli.main import run\nrun()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "read", str(article)],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == Exit.DEFECT
    assert "a defect of Bilan, not of your input: ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr


def test_accounts_of_one_incident_get_one_code_and_others_their_own(tmp_path: Path) -> None:
    told = {
        "a": f"{FRENCH}",
        "b": "Cinq civils ont été tués jeudi dans une frappe syrienne, selon des militants.",
        "c": "Trente civils ont été tués le 2 mai 2016 par l'armée syrienne.",
    }
    lines = [json.dumps({"id": k, "text": v, "published": "2017-09-18"}) for k, v in told.items()]
    result = bilan("read", "--jsonl", "--link", "-", stdin="\n".join(lines))
    codes = {
        shape["id"]: {account.get("incident") for account in shape["accounts"]}
        for shape in objects(result)
    }
    assert codes["c"]
    assert not codes["c"] & (codes["a"] | codes["b"])


def test_a_disk_that_refuses_is_named_and_no_defect(article: Path) -> None:
    done = subprocess.run(
        program("read", str(article)),
        env={**os.environ, "BILAN_GAZETTEER": "/proc/nowhere/gazetteer.sqlite"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == Exit.NOT_WRITTEN
    assert "/proc/nowhere" in done.stderr
    assert "Traceback" not in done.stderr
