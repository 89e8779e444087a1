"""How a file of rows is written: its encoding, what divides its cells, where its columns stand."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bilan.capture.packed import opened
from bilan.core.errors import UsageError
from bilan.core.reports.decoding import decode
from bilan.core.values import Fault

DELIMITERS = (",", ";", "\t", "|")
NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
HEAD_LINES = 40  # lines in which the names of the columns have to stand
LONGEST_LINE = 1_000_000  # characters of a line of the head
_SAMPLE = 1 << 16  # bytes of cells that are not UTF-8, from which their encoding is told
_PIECE = 1 << 20  # bytes
_CELLS = re.compile(rb"[,;\t|\r\n]+")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """`encoding` is the file's; `page` that of the cells that are not in it ("" = none known)."""

    encoding: str
    delimiter: str = ","
    page: str = ""
    columns: tuple[str, ...] = ()
    first_line: int = 2

    @property
    def errors(self) -> str:
        """Bytes that are not UTF-8 are carried along, to be read cell by cell."""
        return "surrogateescape" if self.encoding.startswith("utf-8") else "replace"

    def decoded(self, cell: str) -> str:
        """A cell whose bytes are not UTF-8; UnicodeDecodeError where no encoding is known."""
        raw = cell.encode("utf-8", "surrogateescape")
        return raw.decode(self.page or "utf-8")


def dialect_of(
    path: Path,
    fits: Callable[[Sequence[str]], bool],
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> tuple[Dialect, list[Fault]]:
    """How a file is written, and what had to be guessed."""
    dialect, notes = _encoding_of(path, encoding)
    head = _head(path, dialect)
    best: tuple[str, ...] = ()
    for one in (delimiter,) if delimiter else DELIMITERS:
        for number, cells in _head_rows(head, one):
            if fits(cells):
                told = replace(dialect, delimiter=one, columns=tuple(cells), first_line=number + 1)
                return told, notes + _odd(path, told, number)
            best = max(best, tuple(cells), key=len)
    seen = ", ".join(c.strip() for c in best if c.strip())[:300]
    raise UsageError(
        f"{path.name}: no line of its head has the columns of this mapping.",
        hint=f"It seems to have: {seen or 'no columns'}. `bilan import --mappings` lists shapes.",
    )


def _odd(path: Path, dialect: Dialect, number: int) -> list[Fault]:
    """What a person should know about how the file was read; names given twice are refused."""
    twice = {c.strip() for c in dialect.columns if c.strip()}
    named = [c.strip() for c in dialect.columns if c.strip()]
    if len(twice) < len(named):
        again = sorted(c for c in twice if named.count(c) > 1)
        raise UsageError(
            f"{path.name} has two columns of one name: {', '.join(again)}.", hint="Rename one."
        )
    notes = []
    if number > 1:
        said = f"{number - 1} lines before the names of the columns were passed over"
        notes.append(Fault("preamble", said, path.name))
    if dialect.delimiter != ",":
        said = f"cells are divided by {NAMES.get(dialect.delimiter, dialect.delimiter)}"
        notes.append(Fault("delimiter", said, path.name))
    return notes


def _head(path: Path, dialect: Dialect) -> list[str]:
    with opened(path) as packed:
        text = io.TextIOWrapper(
            packed.stream, encoding=dialect.encoding, errors=dialect.errors, newline=""
        )
        return [line for _ in range(HEAD_LINES) if (line := text.readline(LONGEST_LINE))]


def _head_rows(head: Sequence[str], delimiter: str) -> list[tuple[int, list[str]]]:
    rows = []
    for number, line in enumerate(head, start=1):
        try:
            cells = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            continue
        rows.append((number, cells))
    return rows


def _encoding_of(path: Path, stated: str | None) -> tuple[Dialect, list[Fault]]:
    if stated is not None:
        try:
            return Dialect(codecs.lookup(stated).name), []
        except LookupError as error:
            raise UsageError(
                f"No encoding is called {stated}.", hint="utf-8, cp1256, utf-16 ..."
            ) from error
    head, sample, good = _scan(path)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return Dialect(name), []
    if not sample:
        _refuse_binary(head, path)
        return Dialect("utf-8"), []
    guess = decode(sample, where=path.name)
    if guess.text is None or guess.encoding.startswith("utf-8"):
        if not good and guess.text is None:
            raise UsageError(f"{path.name}: {guess.faults[0].message}.", hint="Say --encoding.")
        return Dialect("utf-8"), []
    which = "the cells that are not UTF-8 were" if good else "it was"
    said = f"{which} read as {guess.encoding}, a guess: say --encoding to be sure"
    return Dialect("utf-8", page=guess.encoding), [Fault("guessed_encoding", said, path.name)]


def _refuse_binary(head: bytes, path: Path) -> None:
    told = decode(head[:4096] or b" ", where=path.name)
    if told.text is None and told.faults:
        raise UsageError(f"{path.name}: {told.faults[0].message}.", hint="Name a CSV.")


def _scan(path: Path) -> tuple[bytes, bytes, int]:
    """The first bytes, cells that are not UTF-8, and how many lines beyond ASCII are.

    One pass over the file, without which a bad byte in its last row would be a surprise.
    """
    head, sample, good = b"", b"", 0
    with opened(path) as packed:
        rest = b""
        while piece := packed.stream.read(_PIECE):
            head = head or piece[:_SAMPLE]
            block = rest + piece
            cut = block.rfind(b"\n") + 1 or len(block)
            block, rest = block[:cut], block[cut:]
            bad, fine = _not_utf8(block)
            good += fine
            sample = (sample + bad)[:_SAMPLE]
        bad, fine = _not_utf8(rest)
    return head, (sample + bad)[:_SAMPLE], good + fine


def _not_utf8(block: bytes) -> tuple[bytes, int]:
    if block.isascii():
        return b"", 0
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        bad, good = [], 0
        for line in block.splitlines(keepends=True):
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
                good += 1
            except UnicodeDecodeError:
                bad += [cell for cell in _CELLS.split(line) if _is_bad(cell)]
        return b"\n".join(bad), good
    return b"", 1


def _is_bad(cell: bytes) -> bool:
    """Whether the bytes of a cell are not UTF-8: the cell beside it may well be."""
    try:
        cell.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False
