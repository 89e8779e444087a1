"""Files become reports; what cannot be used is named and the rest is read."""

from __future__ import annotations

import io
import json
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from bilan.capture.captured import Captured
from bilan.capture.files import captured_in
from bilan.core.reports.decoding import LARGEST_REPORT
from bilan.core.reports.report import Stated, content_id

BODY = "Cinq civils ont été tués jeudi dans une frappe sur le marché, selon des militants."
HEAD = "---\nid: r1\npublished: 2017-09-18\n---\n"


def captured(
    *paths: Path | str, stdin: bytes = b"", stated: Stated | None = None
) -> list[Captured]:
    return list(captured_in(map(str, paths), stdin=io.BytesIO(stdin), stated=stated))


def codes(items: list[Captured]) -> list[str]:
    return [fault.code for item in items for fault in item.faults]


def test_a_text_with_a_head_becomes_a_report(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(HEAD + BODY, encoding="utf-8")
    (item,) = captured(file)
    assert item.report is not None
    assert (item.report.id, item.report.lang, item.report.text) == ("r1", "fr", BODY)
    assert item.report.published == date(2017, 9, 18)
    assert item.content == file.read_bytes()
    assert not item.faults


def test_standard_input_is_a_report_named_by_its_content() -> None:
    (item,) = captured("-", stdin=BODY.encode())
    assert item.report is not None
    assert item.report.id == content_id(BODY.encode())


def test_a_folder_gives_its_reports_in_order_and_passes_over_what_is_none(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", ".hidden.txt", "README.md", "z/c.txt", "d.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(BODY, encoding="utf-8")
    items = captured(tmp_path)
    assert [Path(item.where).name for item in items] == ["a.md", "b.txt", "d.pdf", "c.txt"]
    assert codes(items) == ["unknown_kind"]


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(BODY, encoding="utf-8")
    empty = tmp_path / "empty.txt"
    empty.touch()
    items = captured(tmp_path / "absent.txt", empty, good)
    assert codes(items) == ["unreadable", "empty"]
    assert items[-1].report is not None
    assert items[0].faults[0].where == str(tmp_path / "absent.txt")


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    assert codes(captured(tmp_path)) == ["empty"]


def test_a_head_without_a_body_is_no_report(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(HEAD, encoding="utf-8")
    assert codes(captured(file)) == ["empty"]


def test_a_huge_file_is_refused_in_bounded_memory(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as out:
        out.truncate(50_000_000)
    tracemalloc.start()
    items = captured(file)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert codes(items) == ["too_large"]
    assert peak < 3 * LARGEST_REPORT


def test_json_lines_give_a_report_each_and_name_the_bad_ones(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    lines = [
        json.dumps({"id": "a", "text": BODY, "published": "2017-09-18"}),
        "",
        "{not json",
        json.dumps(["a", "list"]),
        json.dumps({"id": "no text"}),
        json.dumps({"text": BODY + " Encore."}),
        "[" * 100_000,
        json.dumps({"id": "half", "text": BODY + "\ud83d"}),
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    items = captured(file)
    assert [item.report.id for item in items if item.report] == [
        "a",
        content_id(lines[5].encode()),
        "half",
    ]
    assert codes(items) == ["not_json", "not_json", "empty", "not_json"]
    assert [item.where.rpartition(":")[2] for item in items if item.faults] == ["3", "4", "5", "7"]


def test_a_line_beyond_the_limit_is_refused_and_the_next_is_read() -> None:
    line = json.dumps({"id": "a", "text": BODY}).encode()
    stream = io.BytesIO(b"x" * (LARGEST_REPORT + 10) + b"\n" + line)
    items = list(captured_in(["-"], stdin=stream, as_lines=True))
    assert codes(items) == ["too_large"]
    assert items[1].report is not None


def test_what_is_stated_reaches_every_report(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(BODY, encoding="utf-8")
    (item,) = captured(file, stated=Stated(published=date(2017, 9, 18), publisher="Canal"))
    assert item.report is not None
    assert item.report.published == date(2017, 9, 18)
    assert item.report.publisher.name == "Canal"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_the_head_is_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes((HEAD + BODY).replace("\n", "\r\n").encode(encoding))
    (item,) = captured(file)
    assert item.report is not None
    assert item.report.text == BODY
    assert item.report.id == "r1"
