"""Files as they are sent: plain, gzipped or zipped; unpacked as a stream, bombs stopped."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from bilan.core.errors import UsageError
from bilan.core.values import Fault

# Rows of text pack to a tenth or a thirtieth; a bomb to a thousandth. Small files may be odd.
MOST_TIMES = 200
FREE = 64_000_000  # bytes that may come out of any archive
_BROKEN = (zipfile.BadZipFile, zlib.error, gzip.BadGzipFile, EOFError, NotImplementedError)


@dataclass
class Packed:
    """The bytes of a file as a stream, and how far its packed form was read."""

    stream: BinaryIO
    read_so_far: Callable[[], int]
    faults: list[Fault] = field(default_factory=list)


class _Guarded(io.RawIOBase):
    """Reads an archive's content; ends early, with a fault, where it is broken or a bomb."""

    def __init__(self, inner: BinaryIO, size: int, name: str, faults: list[Fault]) -> None:
        self._inner, self._size, self._name, self._faults = inner, size, name, faults
        self._out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            piece = self._inner.read(len(buffer))
        except _BROKEN as error:
            self._end("archive_broken", f"the archive breaks off ({type(error).__name__})")
            return 0
        self._out += len(piece)
        if self._out > max(FREE, MOST_TIMES * self._size):
            said = f"the archive unpacks to more than {MOST_TIMES} times its size: reading stopped"
            self._end("archive_bomb", said)
            return 0
        buffer[: len(piece)] = piece
        return len(piece)

    def _end(self, code: str, said: str) -> None:
        if not self._faults:
            self._faults.append(Fault(code, f"{said}; the rows before it were read", self._name))


@contextmanager
def opened(path: Path) -> Iterator[Packed]:
    """The content of a file: unpacked where it is a .zip of one file or a .gz."""
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(0)
        if head == b"PK\x03\x04":
            with _unzipped(file, path) as packed:
                yield packed
        elif head[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=file) as inner:
                yield _guarded(cast("BinaryIO", inner), file, path)
        else:
            yield Packed(file, file.tell)


@contextmanager
def _unzipped(file: BinaryIO, path: Path) -> Iterator[Packed]:
    try:
        archive = zipfile.ZipFile(file)
    except _BROKEN as error:
        raise UsageError(f"{path.name} is a broken archive.", hint="Fetch it again.") from error
    with archive:
        names = [n for n in archive.namelist() if not n.endswith("/")]
        sheets = [n for n in names if n.lower().endswith((".csv", ".tsv", ".txt"))]
        if any(n.startswith(("xl/", "word/", "content.xml")) for n in names):
            raise UsageError(
                f"{path.name} is an office document.", hint="Save the sheet as CSV in UTF-8."
            )
        if len(sheets) != 1:
            raise UsageError(
                f"{path.name} holds {len(sheets)} CSV files, not one.", hint="Unpack it first."
            )
        with archive.open(sheets[0]) as inner:
            yield _guarded(cast("BinaryIO", inner), file, path)


def _guarded(inner: BinaryIO, file: BinaryIO, path: Path) -> Packed:
    faults: list[Fault] = []
    guard = _Guarded(inner, path.stat().st_size, path.name, faults)
    return Packed(io.BufferedReader(guard), file.tell, faults)
