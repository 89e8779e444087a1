"""Archives of reports: what is broken is a fault with its place, and the rest goes in."""

from __future__ import annotations

import gzip
import json
from datetime import date
from itertools import islice
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from bilan.capture.bulk import Item, captured_item, items_in
from bilan.core.reports.decoding import LARGEST_REPORT

PAGE = (
    "<html><head><title>A page of our own</title></head><body><article><h1>A page of our own</h1>"
    "<p>Three people were killed when shells fell on the market of the town, residents said.</p>"
    "<p>The market was full on that morning, and the wounded were taken to two clinics.</p>"
    "</article></body></html>"
)


def ids(items: list[Item]) -> list[str | None]:
    found = [captured_item(item).report for item in items]
    return [report.id if report else None for report in found]


def write_lines(path: Path, *reports: object) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in reports), "utf-8")
    return path


def report(number: int) -> dict[str, object]:
    return {"id": f"r{number}", "lang": "en", "text": f"Report {number} tells of a quiet day."}


def test_lines_come_plain_and_gzipped_from_a_folder_in_order(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.jsonl", report(1), report(2))
    packed = write_lines(tmp_path / "b.jsonl", report(3)).read_bytes()
    (tmp_path / "b.jsonl").unlink()
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(packed))
    assert ids(list(items_in([str(tmp_path)]))) == ["r1", "r2", "r3"]


def test_a_line_that_is_none_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    long = json.dumps({"id": "long", "text": "x" * (LARGEST_REPORT + 10)})
    path.write_text(f"{json.dumps(report(1))}\nno JSON\n{long}\n{json.dumps(report(2))}\n", "utf-8")
    items = list(items_in([str(path)]))
    assert ids(items) == ["r1", None, None, "r2"]
    assert items[2].fault is not None
    assert items[2].fault[0] == "too_large"


def test_a_gzip_cut_off_gives_what_came_before_and_a_fault(tmp_path: Path) -> None:
    lines = "".join(json.dumps(report(n)) + "\n" for n in range(4000)).encode()
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(lines)[:-4000])
    items = list(items_in([str(path)]))
    assert len(items) > 100
    assert items[-1].fault is not None
    assert items[-1].fault[0] == "truncated"


def test_rows_of_a_table_are_reports(tmp_path: Path) -> None:
    table = pyarrow.table({**{k: [r[k] for r in map(report, (1, 2))] for k in report(1)}})
    parquet.write_table(
        table.append_column("published", [[date(2017, 9, 16), None]]), tmp_path / "a.parquet"
    )
    found = [captured_item(item).report for item in items_in([str(tmp_path / "a.parquet")])]
    assert [(r.id, r.published) for r in found if r] == [("r1", date(2017, 9, 16)), ("r2", None)]


def test_one_long_text_told_in_every_row_does_not_fill_the_memory(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.parquet"
    text = "a quiet day " * 250_000
    ids = [f"r{number}" for number in range(300)]
    column = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 300), [text])
    parquet.write_table(pyarrow.table({"id": ids, "text": column}), bomb)
    assert bomb.stat().st_size < len(text)
    assert [item.fault for item in islice(items_in([str(bomb)]), 20)] == [None] * 20
    assert pyarrow.default_memory_pool().max_memory() < 200_000_000


def test_a_table_cut_off_is_one_fault_and_the_next_archive_goes_in(tmp_path: Path) -> None:
    whole = tmp_path / "a.parquet"
    parquet.write_table(pyarrow.table({"id": ["r1"], "text": ["A quiet day."]}), whole)
    whole.write_bytes(whole.read_bytes()[:-20])
    write_lines(tmp_path / "b.jsonl", report(2))
    items = list(items_in([str(tmp_path)]))
    assert [item.fault and item.fault[0] for item in items] == ["truncated", None]


def archive(*, gzipped: bool) -> tuple[bytes, list[int]]:
    """Three pages and where each record begins."""
    out, begins = b"", []
    for number in range(3):
        begins.append(len(out))
        page = PAGE.replace("Three", str(number + 3))
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}"
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2017-09-18T10:00:00Z\r\n"
            f"WARC-Target-URI: https://example.org/{number}\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{number}>\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http.encode())}\r\n\r\n"
        )
        record = f"{head}{http}\r\n\r\n".encode()
        out += gzip.compress(record) if gzipped else record
    return out, begins


@pytest.mark.parametrize("ending", [".warc", ".warc.gz"])
def test_pages_of_a_web_archive_are_reports_with_their_address_and_day(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(archive(gzipped=ending.endswith("gz"))[0])
    found = [captured_item(item).report for item in items_in([str(path)])]
    assert [r and r.url for r in found] == [f"https://example.org/{n}" for n in range(3)]
    assert {r and r.published for r in found} == {date(2017, 9, 18)}


@pytest.mark.parametrize("ending", [".warc", ".warc.gz"])
def test_a_broken_record_costs_only_itself(tmp_path: Path, ending: str) -> None:
    content, begins = archive(gzipped=ending.endswith("gz"))
    broken = bytearray(content)
    middle = (begins[1] + begins[2]) // 2
    if ending.endswith("gz"):
        broken[middle : middle + 40] = b"\x00" * 40
    else:
        broken[begins[1] : begins[1] + 8] = b"BROKEN/0"
    path = tmp_path / f"a{ending}"
    path.write_bytes(bytes(broken))
    items = list(items_in([str(path)]))
    assert [i.url for i in items if i.url] == ["https://example.org/0", "https://example.org/2"]
    assert [i.fault[0] for i in items if i.fault] == ["broken_record"]


def test_what_is_no_archive_and_what_is_not_there_are_faults(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK")
    items = list(items_in([str(tmp_path / "a.docx"), str(tmp_path / "none.jsonl")]))
    assert [item.fault and item.fault[0] for item in items] == ["unknown_kind", "unreadable"]
