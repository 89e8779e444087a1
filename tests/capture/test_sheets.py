"""Files of rows in any dialect: what is broken is named with its line, the rest comes through."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from bilan.capture import packed
from bilan.capture.sheets import Row, Sheet, open_sheet
from bilan.core.errors import UsageError

HEAD = "code,place,killed"


def fits(cells: Sequence[str]) -> bool:
    return {"code", "killed"} <= {cell.strip().casefold() for cell in cells}


def sheet_of(folder: Path, content: str | bytes, name: str = "rows.csv", **how: str) -> Sheet:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_sheet(path, fits, **how)


def rows(folder: Path, content: str | bytes, **how: str) -> list[Row]:
    return list(sheet_of(folder, content, **how).rows())


def cells(found: list[Row]) -> list[tuple[str, ...] | None]:
    return [row.cells for row in found]


def wrong(found: list[Row]) -> list[tuple[int, str]]:
    return [(row.line, fault.code) for row in found for fault in row.faults]


def test_cells_come_through_as_they_stand(tmp_path: Path) -> None:
    found = rows(tmp_path, f'{HEAD}\r\nA1," a ""b"",\r\nc ",\r\n\r\nA2,é,=1\n')
    assert cells(found) == [("A1", ' a "b",\r\nc ', ""), ("A2", "é", "=1")]
    assert [row.line for row in found] == [2, 5]


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_what_divides_the_cells_is_told_and_said(tmp_path: Path, mark: str) -> None:
    sheet = sheet_of(tmp_path, f"{HEAD}\nA1,Marsa,4\n".replace(",", mark))
    assert cells(list(sheet.rows())) == [("A1", "Marsa", "4")]
    assert [note.code for note in sheet.notes] == ["delimiter"]


def test_lines_before_the_names_of_the_columns_are_passed_over_and_said(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, f"Terms: ask us\nMarch\n{HEAD}\nA1,Marsa,4\n")
    assert [row.line for row in sheet.rows()] == [4]
    assert [note.code for note in sheet.notes] == ["preamble"]


def test_the_names_of_the_columns_again_are_no_row(tmp_path: Path) -> None:
    found = rows(tmp_path, f"{HEAD}\n#code,#loc,#killed\nA1,Marsa,4\n{HEAD.upper()}\n")
    assert wrong(found) == [(2, "header_again"), (4, "header_again")]


def test_a_quote_within_quotes_costs_its_row_only(tmp_path: Path) -> None:
    found = rows(tmp_path, f'{HEAD}\nA1,"the "old" town",4\nA2,Marsa,5\n')
    assert wrong(found) == [(2, "row_unreadable")]
    assert found[1].cells == ("A2", "Marsa", "5")
    assert found[0].raw == b'A1,"the "old" town",4\n'


def test_a_quote_that_is_never_closed_swallows_nothing(tmp_path: Path) -> None:
    many = "".join(f"A{n},Marsa,4\n" for n in range(3, 5000))
    found = rows(tmp_path, f'{HEAD}\nA1,"Marsa,4\n{many}')
    assert wrong(found) == [(2, "row_unreadable")]
    assert len(found) == 1 + 4997


def test_two_broken_quotes_do_not_close_each_other(tmp_path: Path) -> None:
    found = rows(tmp_path, f'{HEAD}\nA1,"Marsa,4\nA2,Marsa,5\nA3,"Marsa,6\nA4,Marsa,7\n')
    assert wrong(found) == [(2, "row_unreadable"), (4, "row_unreadable")]
    assert [row.cells[0] for row in found if row.cells] == ["A2", "A4"]


def test_a_zero_byte_costs_its_row_only(tmp_path: Path) -> None:
    found = rows(tmp_path, f"{HEAD}\nA1,Mar\0sa,4\nA2,Marsa,5\n")
    assert wrong(found) == [(2, "row_unreadable")]
    assert cells(found)[1:] == [("A2", "Marsa", "5")]


def test_a_file_in_windows_arabic_is_read_and_the_guess_is_said(tmp_path: Path) -> None:
    names = ["الميادين", "محكان", "الرقة", "دير الزور"]
    text = "\n".join([HEAD, *(f"A{n},{name},4" for n, name in enumerate(names))])
    sheet = sheet_of(tmp_path, text.encode("cp1256"))
    found = list(sheet.rows())
    assert [row.cells[1] for row in found if row.cells] == names
    assert all(row.guessed for row in found)
    assert [note.code for note in sheet.notes] == ["guessed_encoding"]


def test_one_column_in_another_encoding_is_read_beside_the_rest(tmp_path: Path) -> None:
    names = ["الميادين", "محكان", "الرقة", "دير الزور"]
    lines = [HEAD.encode()]
    for number, name in enumerate(names):
        lines.append(f"Ж{number},".encode() + name.encode("cp1256") + b",4")
    lines.append("Ж9,الطبقة,4".encode())
    found = rows(tmp_path, b"\n".join(lines))
    assert [row.cells[:2] for row in found if row.cells] == [
        *((f"Ж{number}", name) for number, name in enumerate(names)),
        ("Ж9", "الطبقة"),
    ]
    assert [row.guessed for row in found] == [True, True, True, True, False]


def test_a_stated_encoding_is_believed(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, f"{HEAD}\nA1,Ünye,4\n".encode("cp1254"), encoding="cp1254")
    assert cells(list(sheet.rows())) == [("A1", "Ünye", "4")]
    assert sheet.notes == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_says_it(tmp_path: Path, encoding: str) -> None:
    assert cells(rows(tmp_path, f"{HEAD}\nA1,محكان,4\n".encode(encoding))) == [("A1", "محكان", "4")]


def test_a_zipped_and_a_gzipped_file_are_read(tmp_path: Path) -> None:
    text = f"{HEAD}\nA1,Marsa,4\n".encode()
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("events.csv", text)
    for content in (box.getvalue(), gzip.compress(text)):
        assert cells(rows(tmp_path, content)) == [("A1", "Marsa", "4")]


def test_a_bomb_is_stopped_and_the_rows_before_it_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "FREE", 100_000)
    row = "A1,Marsa,4\n"
    sheet = sheet_of(tmp_path, gzip.compress((f"{HEAD}\n" + row * 2_000_000).encode()))
    found = sum(1 for _ in sheet.rows())
    assert 1_000 < found < 2_000_000
    assert [note.code for note in sheet.notes] == ["archive_bomb"]


def test_an_archive_that_breaks_off_gives_the_rows_before(tmp_path: Path) -> None:
    text = f"{HEAD}\n" + "".join(f"A{n},Marsa {n * 7919},4\n" for n in range(50_000))
    sheet = sheet_of(tmp_path, gzip.compress(text.encode())[:-30_000])
    assert sum(1 for _ in sheet.rows()) > 1_000
    assert [note.code for note in sheet.notes] == ["archive_broken"]


def test_a_line_without_end_is_a_fault_and_not_a_full_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bilan.capture.sheets.LONGEST_ROW", 10_000)
    sheet = sheet_of(tmp_path, f"{HEAD}\nA1,{'x' * 3_000_000},4\nA2,Marsa,5\n")
    tracemalloc.start()
    found = list(sheet.rows())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert wrong(found) == [(2, "row_unreadable")]
    assert cells(found)[1:] == [("A2", "Marsa", "5")]
    assert most < 1_500_000


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a,b\n1,2\n", "no line of its head"),
        ("code,killed,code\n", "two columns of one name"),
        (b"%PDF-1.7", "PDF"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_the_reason(
    tmp_path: Path, content: str | bytes, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        sheet_of(tmp_path, content)


def test_an_office_document_is_refused_with_the_reason(tmp_path: Path) -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(UsageError, match="office document"):
        sheet_of(tmp_path, box.getvalue(), name="rows.xlsx")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file"):
        open_sheet(tmp_path / "none.csv", fits)
