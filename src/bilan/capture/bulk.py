"""From archives of reports to their raw items: JSON lines, Parquet, WARC; plain or gzipped.

An item is cheap to cut out and dear to read, so it is cut here, one at a time, and captured
elsewhere, in any process (`captured_item`). What is broken is an item with its fault, and the rest
of the archive goes in.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, cast

from bilan.capture.captured import Captured, refused
from bilan.capture.contents import captured
from bilan.capture.jsonl import captured_line
from bilan.core.errors import UsageError
from bilan.core.reports.decoding import LARGEST_REPORT
from bilan.core.reports.report import Stated, day

LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
TABLES = (".parquet",)
ARCHIVES = (".warc", ".warc.gz")
_ROWS = 16  # rows of a table held at a time: one text stored once may stand in all of them
_MEMBER = b"\x1f\x8b\x08"  # where a gzip member begins; each record of a WARC is one
_RECORD = b"WARC/1."
_PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Item:
    """What was cut out of an archive. `fault` is (code, message) where nothing could be."""

    where: str
    content: bytes = b""
    page: bool = False
    url: str | None = None
    fetched: date | None = None
    fault: tuple[str, str] | None = None


def items_in(paths: Iterable[str]) -> Iterator[Item]:
    """Every item of some archives and of the folders of them, in the order of their names."""
    for path in paths:
        for file in _files(Path(path)):
            try:
                yield from _cut(file)
            except OSError as error:
                yield _broken(str(file), "unreadable", (error.strerror or str(error)).lower())


def captured_item(item: Item) -> Captured:
    """The report of an item, or the fault that there is none."""
    if item.fault is not None:
        return refused(item.where, *item.fault)
    if not item.page:
        return captured_line(item.content, where=item.where, stated=Stated())
    found = captured(item.content, where=item.where, page=True)
    if found.report is None:
        return found
    report = found.report
    report = replace(report, url=report.url or item.url, published=report.published or item.fetched)
    return replace(found, report=report)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    known = LINES + TABLES + ARCHIVES
    return sorted(p for p in path.rglob("*") if p.is_file() and p.name.lower().endswith(known))


def _cut(file: Path) -> Iterator[Item]:
    name = file.name.lower()
    if name.endswith(TABLES):
        yield from _rows(file)
    elif name.endswith(ARCHIVES):
        yield from _records(file)
    elif name.endswith(LINES):
        yield from _lines(file)
    else:
        known = ", ".join(LINES + TABLES + ARCHIVES)
        yield _broken(str(file), "unknown_kind", f"no archive of reports: {known} are")


def _broken(where: str, code: str, message: str) -> Item:
    return Item(where, fault=(code, message))


def _lines(file: Path) -> Iterator[Item]:
    number = 0
    with _opened(file) as stream:
        try:
            while line := stream.readline(LARGEST_REPORT + 1):
                number += 1
                whole = line
                while len(whole) > LARGEST_REPORT and line and not line.endswith(b"\n"):
                    line = stream.readline(LARGEST_REPORT + 1)
                if len(whole) > LARGEST_REPORT:
                    yield _broken(f"{file}:{number}", "too_large", "this line is too long")
                elif whole.strip():
                    yield Item(f"{file}:{number}", whole.rstrip(b"\r\n"))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            yield _broken(f"{file}:{number + 1}", "truncated", f"cut off here: {error}")


def _opened(file: Path) -> BinaryIO:
    if file.name.lower().endswith(".gz"):
        return cast("BinaryIO", gzip.open(file, "rb"))
    return file.open("rb")


def _rows(file: Path) -> Iterator[Item]:
    try:
        from pyarrow import ArrowException, parquet  # noqa: PLC0415 - the extra `[scale]`
    except ImportError as error:
        raise _needs("pyarrow", file) from error
    number = 0
    try:
        with parquet.ParquetFile(file) as table:
            for batch in table.iter_batches(batch_size=_ROWS):
                for at in range(batch.num_rows):
                    (row,) = batch.slice(at, 1).to_pylist()
                    number += 1
                    line = json.dumps(row, ensure_ascii=False, default=_plain)
                    yield Item(f"{file}:{number}", line.encode("utf-8", "replace"))
    except ArrowException as error:
        said = str(error).splitlines()[0]
        yield _broken(f"{file}:{number + 1}", "truncated", f"no whole Parquet file: {said}")


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _needs(package: str, file: Path) -> UsageError:
    hint = 'Install Bilan with it: pip install "bilan[scale]"'
    return UsageError(f"{file} needs {package}, which is not installed.", hint=hint)


def _records(file: Path) -> Iterator[Item]:
    """Each response of a WARC; after a broken record the next one that can be found."""
    begin: int | None = 0
    while begin is not None:
        begin = yield from _records_from(file, begin)


def _records_from(file: Path, begin: int) -> Generator[Item, None, int | None]:
    try:
        from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - the extra `[scale]`
        from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415 - the extra `[scale]`
    except ImportError as error:
        raise _needs("warcio", file) from error
    at = begin
    with file.open("rb") as stream:
        stream.seek(begin)
        records = ArchiveIterator(stream)
        try:
            for record in records:
                at = records.offset
                yield from _response(record, f"{file}@{at}")
        except (ArchiveLoadFailed, zlib.error, EOFError, ValueError, UnicodeError) as error:
            at = max(at, records.offset or 0)
            yield _broken(f"{file}@{at}", "broken_record", f"broken record: {_said(error)}")
            return _next_record(file, at + 1)
    return None


def _said(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]


def _response(record: Any, where: str) -> Iterator[Item]:
    head = record.http_headers
    if record.rec_type != "response" or head is None:
        return
    kind = (head.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    if kind not in _PAGES or not (head.get_statuscode() or "").startswith("2"):
        return
    content = record.content_stream().read(LARGEST_REPORT + 1)
    if len(content) > LARGEST_REPORT:
        yield _broken(where, "too_large", f"longer than {LARGEST_REPORT // 1_000_000} MB")
        return
    headers = record.rec_headers
    fetched = headers.get_header("WARC-Date")
    url = headers.get_header("WARC-Target-URI")
    yield Item(where, content, page=True, url=url, fetched=_day(fetched))


def _day(text: str | None) -> date | None:
    try:
        return day(text) if text else None
    except ValueError:
        return None


def _next_record(file: Path, begin: int) -> int | None:
    """Where the next record begins; None where there is no more."""
    mark = _MEMBER if file.name.lower().endswith(".gz") else _RECORD
    with file.open("rb") as stream:
        stream.seek(begin)
        before, at = b"", begin
        while block := stream.read(1 << 20):
            found = (before + block).find(mark)
            if found >= 0:
                return at - len(before) + found
            before, at = block[-len(mark) :], at + len(block)
    return None
