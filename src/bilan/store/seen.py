"""The keys that a file has given so far: on the disk, so that a long file fills no memory."""

from __future__ import annotations

import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bilan.core.registers.asserted import Defect
from bilan.core.registers.codes import Use

_SOME = 500  # keys asked for at once
_SHARED = """SELECT COUNT(DISTINCT one.row) FROM codes AS one WHERE one.use = ? AND EXISTS
    (SELECT 1 FROM codes AS other
     WHERE other.fold = one.fold AND other.use = ? AND other.row <> one.row)"""
_IN_USE = """SELECT COUNT(DISTINCT one.row) FROM codes AS one WHERE one.use = ? AND EXISTS
    (SELECT 1 FROM codes AS other
     WHERE other.fold = one.fold AND other.use <> ? AND other.row <> one.row)"""


class Seen:
    """For each folded key: how it was spelt first, at which line, and how often it came."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=OFF")
        self._database.execute("PRAGMA synchronous=OFF")
        self._database.execute(
            "CREATE TABLE seen (fold TEXT PRIMARY KEY, key TEXT, line INTEGER, times INTEGER)"
            " WITHOUT ROWID"
        )
        self._database.execute("CREATE TABLE codes (fold TEXT, row TEXT, use TEXT)")

    def known(self, folds: Sequence[str]) -> dict[str, tuple[str, int, int]]:
        """Those of the keys that came before: spelling, line, how often."""
        found: dict[str, tuple[str, int, int]] = {}
        for some in _some(folds):
            marks = ",".join("?" * len(some))
            asked = f"SELECT fold, key, line, times FROM seen WHERE fold IN ({marks})"  # noqa: S608 - marks only
            for fold, key, line, times in self._database.execute(asked, some):
                found[fold] = (key, line, times)
        return found

    def note(self, rows: Iterable[tuple[str, str, int, int]]) -> None:
        """Keys that came now: fold, spelling, line, how often altogether."""
        self._database.execute("BEGIN")
        self._database.executemany(
            "INSERT INTO seen VALUES (?, ?, ?, ?)"
            " ON CONFLICT (fold) DO UPDATE SET times = excluded.times",
            rows,
        )
        self._database.execute("COMMIT")

    def note_codes(self, codes: Iterable[tuple[str, str, str]]) -> None:
        """Codes that came now: folded, of which row, how it carries them."""
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO codes VALUES (?, ?, ?)", codes)
        self._database.execute("COMMIT")

    def shared(self) -> Counter[str]:
        """How many rows have each of the defects that only the whole file shows."""
        self._database.execute("CREATE INDEX by_fold ON codes (fold, use)")
        asked = {
            Defect.DUPLICATE_CODE: (_SHARED, (Use.CODE, Use.CODE)),
            Defect.ALIAS_AMBIGUOUS: (_SHARED, (Use.FORMER, Use.FORMER)),
            Defect.ALIAS_IN_USE: (_IN_USE, (Use.FORMER, Use.FORMER)),
        }
        found = {
            str(defect): int(self._database.execute(question, uses).fetchone()[0])
            for defect, (question, uses) in asked.items()
        }
        return Counter({defect: rows for defect, rows in found.items() if rows})

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def _some(folds: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(folds), _SOME):
        yield list(folds[start : start + _SOME])


@contextmanager
def seen_keys() -> Iterator[Seen]:
    """An empty list of keys, gone with the block."""
    with tempfile.TemporaryDirectory(prefix="bilan-import-") as folder:
        seen = Seen(Path(folder) / "seen.sqlite")
        try:
            yield seen
        finally:
            seen.close()
