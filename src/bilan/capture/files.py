"""From files, folders and standard input to reports: `.txt`, `.md`, `.html`, `.jsonl`.

A file that cannot be used is a `Captured` with its fault, never an exception, so that the rest of
a batch is read. Nothing larger than one report is ever held in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from bilan.capture.captured import Captured, refused
from bilan.capture.contents import captured
from bilan.capture.jsonl import lines_of
from bilan.core.reports.decoding import LARGEST_REPORT
from bilan.core.reports.report import Stated

TEXT = (".txt", ".md", ".text", ".markdown")
PAGES = (".html", ".htm", ".xhtml")
LINES = (".jsonl", ".ndjson")
STDIN = "-"

_Reader = Callable[[BinaryIO, str, Stated], Iterator[Captured]]


def captured_in(
    paths: Iterable[str],
    *,
    stdin: BinaryIO,
    stated: Stated | None = None,
    as_lines: bool = False,
) -> Iterator[Captured]:
    """Every report of the files, folders and `-` (standard input) that are named, in order.

    A folder gives its files in the order of their names; what is no report there (hidden files,
    a README) is passed over. `as_lines` takes standard input, and files whose name does not say
    what they are, as JSON lines instead of a text.
    """
    stated = stated or Stated()
    otherwise = lines_of if as_lines else _from_stream
    for path in paths:
        if path == STDIN:
            yield from otherwise(stdin, "standard input", stated)
        elif Path(path).is_dir():
            yield from _from_folder(Path(path), stated)
        else:
            yield from _from_file(Path(path), stated, otherwise)


def _from_folder(folder: Path, stated: Stated) -> Iterator[Captured]:
    found = False
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if hidden or not path.is_file() or path.stem.upper() == "README":
            continue
        found = True
        if path.suffix.lower() in TEXT + PAGES + LINES:
            yield from _from_file(path, stated, _from_stream)
        else:
            yield refused(str(path), "unknown_kind", f"no reader for {path.suffix or 'such'} files")
    if not found:
        yield refused(str(folder), "empty", "there is no report in this folder")


def _from_file(path: Path, stated: Stated, otherwise: _Reader) -> Iterator[Captured]:
    ending = path.suffix.lower()
    known = lines_of if ending in LINES else _from_stream if ending in TEXT + PAGES else otherwise
    try:
        with path.open("rb") as file:
            yield from known(file, str(path), stated)
    except OSError as error:
        yield refused(str(path), "unreadable", (error.strerror or str(error)).lower())


def _from_stream(file: BinaryIO, where: str, stated: Stated) -> Iterator[Captured]:
    content = file.read(LARGEST_REPORT + 1)
    yield captured(content, where=where, stated=stated, page=where.lower().endswith(PAGES))
