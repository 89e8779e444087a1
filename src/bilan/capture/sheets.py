"""From a file of rows (CSV in any dialect, zipped or not) to its cells, row by row.

Nothing but one row is held in memory, whatever the size of the file. A row that cannot be taken
apart is a fault with its line and reason; the rows after it are read. Cells are handed on exactly
as they stand: no blanks cut, no accents composed.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from bilan.capture.dialects import Dialect, dialect_of
from bilan.capture.packed import opened
from bilan.core.errors import UsageError
from bilan.core.values import Fault

LONGEST_ROW = 4_000_000  # characters; a line beyond is no row, and would fill the memory
MOST_LINES = (
    2_000  # lines that one quoted cell may run over before its quote counts as never closed
)
KEPT = 100_000  # bytes kept of a row that could not be taken apart
_CUT = "\0\0"  # marks a line that is too long: a zero is in no row
_PIECE = 1 << 20  # bytes read at a time where a file is only hashed

csv.field_size_limit(LONGEST_ROW)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line where it begins, and its cells; None where it could not be taken apart.

    `raw` are then its bytes. `guessed`: a cell is in an encoding that was guessed.
    """

    line: int
    cells: tuple[str, ...] | None
    faults: tuple[Fault, ...] = ()
    guessed: bool = False
    raw: bytes = b""


@dataclass
class Sheet:
    """A file of rows that was looked at: how it is written, its columns, what was odd about it."""

    path: Path
    sha256: str
    size: int  # bytes as it lies on the disk
    dialect: Dialect
    columns: tuple[str, ...]
    first_line: int  # where the rows begin
    notes: list[Fault] = field(default_factory=list)

    def rows(self, *, moved: Callable[[int], object] = lambda _: None) -> Iterator[Row]:
        """Every row below the column names; `moved` is told how many bytes of the file are read."""
        with opened(self.path) as packed:
            text = _text(packed.stream, self.dialect)
            lines = _Lines(text)
            for _ in range(self.first_line - 1):
                lines.next()
            for row in _records(lines, self.dialect, self.path.name, len(self.columns)):
                moved(packed.read_so_far())
                yield self._seen(row)
        self.notes += packed.faults

    def _seen(self, row: Row) -> Row:
        if row.cells is None:
            return row
        bare = [cell.strip().casefold() for cell in row.cells]
        tags = [cell for cell in bare if cell]
        if bare == [c.strip().casefold() for c in self.columns] or (
            tags and all(cell.startswith("#") for cell in tags)
        ):
            said = "the names or tags of the columns again: no row"
            return Row(row.line, row.cells, (self._fault("header_again", said, row.line),))
        if any(map(_is_raw, row.cells)):
            return self._decoded(row)
        if self.dialect.errors == "replace" and any("\ufffd" in cell for cell in row.cells):
            said = f"a cell is not {self.dialect.encoding}"
            return Row(row.line, row.cells, (self._fault("undecodable", said, row.line),))
        return row

    def _decoded(self, row: Row) -> Row:
        """The row with the cells that are not UTF-8 read in the encoding told or guessed."""
        cells = []
        for cell in row.cells or ():
            try:
                cells.append(self.dialect.decoded(cell) if _is_raw(cell) else cell)
            except UnicodeDecodeError:
                said = "a cell is neither UTF-8 nor in an encoding that can be told"
                raw = self.dialect.delimiter.join(row.cells or ()).encode(
                    "utf-8", "surrogateescape"
                )
                return Row(row.line, None, (self._fault("undecodable", said, row.line),), raw=raw)
        return Row(row.line, tuple(cells), guessed=True)

    def _fault(self, code: str, said: str, line: int) -> Fault:
        return Fault(code, said, f"{self.path.name}, row {line}")


def open_sheet(
    path: Path,
    fits: Callable[[Sequence[str]], bool],
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Sheet:
    """A file whose column names satisfy `fits`; UsageError where no line of its head does.

    Encoding and delimiter are told from the file unless they are stated.
    """
    if not path.is_file():
        raise UsageError(f"There is no file {path}.", hint="Name a CSV, or a zipped one.")
    dialect, notes = dialect_of(path, fits, encoding=encoding, delimiter=delimiter)
    with path.open("rb") as file:
        digest = _sha256(file)
    return Sheet(
        path,
        digest,
        path.stat().st_size,
        dialect,
        dialect.columns,
        dialect.first_line,
        notes,
    )


def _sha256(file: BinaryIO) -> str:
    whole = hashlib.sha256()
    while piece := file.read(_PIECE):
        whole.update(piece)
    return whole.hexdigest()


def _is_raw(cell: str) -> bool:
    return not cell.isascii() and any("\udc80" <= c <= "\udcff" for c in cell)


def _text(stream: BinaryIO, dialect: Dialect) -> io.TextIOWrapper:
    return io.TextIOWrapper(stream, encoding=dialect.encoding, errors=dialect.errors, newline="")


class _Lines:
    """The lines of a text, numbered from 1, some of which may be put back."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._back: deque[str] = deque()
        self.number = 0  # of the line given last

    def next(self) -> str | None:
        """The next line with its end; None at the end. One that is too long is cut and marked."""
        if self._back:
            self.number += 1
            return self._back.popleft()
        line = self._text.readline(LONGEST_ROW)
        if not line:
            return None
        self.number += 1
        if len(line) == LONGEST_ROW and not line.endswith("\n"):
            while (rest := self._text.readline(LONGEST_ROW)) and not rest.endswith("\n"):
                pass
            return line + _CUT
        return line

    def put_back(self, lines: Sequence[str]) -> None:
        """Give these lines once more."""
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)


def _records(lines: _Lines, dialect: Dialect, name: str, width: int) -> Iterator[Row]:
    """The rows of a text. What a broken quote swallowed is put back and read as rows again."""
    while True:
        taken: list[str] = []
        start = lines.number + 1
        cells, wrong = _record(lines, taken, dialect)
        if not taken:
            return
        if not wrong and cells is not None and len(taken) > 1 and len(cells) != width:
            wrong = "a quote is never closed, or not doubled within quotes"
        if not wrong:
            if cells:
                yield Row(start, tuple(cells))
            continue
        lines.put_back(taken[1:])
        fault = Fault("row_unreadable", wrong, f"{name}, row {start}")
        raw = taken[0].removesuffix(_CUT).encode("utf-8", "surrogateescape")
        yield Row(start, None, (fault,), raw=raw[:KEPT])


def _record(lines: _Lines, taken: list[str], dialect: Dialect) -> tuple[list[str] | None, str]:
    """The next record and the lines that it took; else why it is none."""

    def feed() -> Iterator[str]:
        while len(taken) < MOST_LINES:
            line = lines.next()
            if line is None:
                return
            taken.append(line)
            yield line

    reader = csv.reader(feed(), delimiter=dialect.delimiter, strict=True)
    try:
        cells = next(reader, None)
    except csv.Error as error:
        return None, _reason(str(error), taken)
    if cells and any("\0" in cell for cell in cells):
        return None, _reason("NUL", taken)
    return cells, ""


def _reason(said: str, taken: Sequence[str]) -> str:
    if taken and taken[0].endswith(_CUT):
        return f"a line of more than {LONGEST_ROW // 1_000_000} million characters"
    if "NUL" in said:
        return "zero bytes in it: no text"
    if "expected after" in said:
        return "a quote within quotes that is not doubled"
    if "end of data" in said or "limit" in said:
        return "a quote that is never closed"
    return said
