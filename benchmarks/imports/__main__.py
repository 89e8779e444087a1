"""Times `bilan import` of a generated register beside a plain `executemany` of the same rows.

python -m benchmarks.imports [--rows 50000] [--seed 1]

Also: the same file again as an update, an update of a tenth of its rows, the longest that a small
write of another process waited meanwhile, and the most memory that the import held.
"""

from __future__ import annotations

import argparse
import csv
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from django.db import connections

from benchmarks.imports.rows import write_rows
from bilan.acts.init_record import init_record
from bilan.store.ledger import Draft
from bilan.store.record import open_record
from bilan.store.signing import MACHINE, Author

BILAN = (sys.executable, "-c", "from bilan.cli.main import run; run()")
SMALL = 0.05  # seconds between two small writes
LEAST = 200  # rows a second on SQLite; issue: five times that for an update run
LONGEST = 0.2  # seconds that a small write may take meanwhile


def timed(*arguments: str) -> float:
    """Seconds that one bilan command takes; a command that breaks stops the measure."""
    begun = time.perf_counter()
    done = subprocess.run([*BILAN, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if done.returncode not in (0, 1):  # 1: done, with faults of the input
        sys.exit(done.stderr.decode())
    return time.perf_counter() - begun


def plain(path: Path, folder: Path) -> float:
    """Seconds for the same cells into one table of SQLite, without a word about them."""
    database = sqlite3.connect(folder / "plain.sqlite")
    begun = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as file, database:
        reader = csv.reader(file)
        head = next(reader)
        columns = ", ".join(f'"{name}"' for name in head)
        database.execute(f"CREATE TABLE plain ({columns})")
        marks = ",".join("?" * len(head))
        database.executemany(f"INSERT INTO plain VALUES ({marks})", reader)  # noqa: S608 - marks
    database.close()
    return time.perf_counter() - begun


class SmallWrites(threading.Thread):
    """Somebody else's small writes: how long each takes, from asking to being safe on the disk."""

    def __init__(self, record: Path) -> None:
        super().__init__(daemon=True)
        self.folder, self.waits, self.ended = record, [0.0], False

    def run(self) -> None:
        """Write one short entry, over and over, as every act does: it waits its turn."""
        record = open_record(self.folder)
        entry = Draft("measured", {"by": "benchmarks.imports"})
        while not self.ended:
            begun = time.perf_counter()
            with record.writing("a measure") as pen:
                pen.write([entry], author=Author(MACHINE), at=datetime.now(UTC))
            self.waits.append(time.perf_counter() - begun)
            time.sleep(SMALL)
        connections.close_all()


def watched(record: Path, work: Callable[[], float]) -> tuple[float, list[float]]:
    """Seconds of the work, and the waits of small writes meanwhile, in order of length."""
    others = SmallWrites(record)
    others.start()
    seconds = work()
    others.ended = True
    others.join()
    return seconds, sorted(others.waits)


def most_memory() -> float:
    """MB that the largest of the commands so far held."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def changed(path: Path, other: Path) -> None:
    """The same register with another number in every tenth row."""
    with (
        path.open(encoding="utf-8", newline="") as file,
        other.open("w", encoding="utf-8", newline="") as out,
    ):
        reader, writer = csv.reader(file), csv.writer(out)
        head = next(reader)
        writer.writerow(head)
        at = head.index("men_max")
        for number, row in enumerate(reader):
            if number % 10 == 0:
                row[at] = "0"
            writer.writerow(row)


def main() -> None:
    """Generate, take in, take in again, verify; print rows a second of each."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--rows", type=int, default=50_000)
    ask.add_argument("--seed", type=int, default=1)
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        register, record = folder / "incidents.csv", folder / "record"
        size = write_rows(register, asked.rows, seed=asked.seed)
        newer = folder / "newer"
        newer.mkdir()
        changed(register, newer / "incidents.csv")
        init_record(record, at=datetime.now(UTC))
        order = ("--record", str(record), "import", "--mapping", "airwars-register")
        first, waits = watched(record, lambda: timed(*order, str(register)))
        steps = {
            "executemany, nothing else": plain(register, folder),
            "dry run": timed(*order, "--dry-run", str(register)),
            "import": first,
            "the same file, --update": timed(*order, "--update", str(register)),
            "a tenth changed, --update": timed(*order, "--update", str(newer / "incidents.csv")),
        }
        memory = most_memory()
        steps["verify"] = timed("--record", str(record), "verify")
        steps["rebuild"] = timed("--record", str(record), "rebuild")
    print(f"{asked.rows:,} rows, {size / 1e6:.0f} MB")
    for step, seconds in steps.items():
        print(f"{step:26s} {seconds:8.1f} s {asked.rows / seconds:10,.0f} rows/s")
    at = (len(waits) - 1) * 99 // 100
    print(f"small writes meanwhile: {len(waits):,}, 99 % under {waits[at] * 1e3:.0f} ms", end="")
    print(f", the longest waited {waits[-1] * 1e3:.0f} ms; memory of an import {memory:.0f} MB")
    held = asked.rows / first >= LEAST
    again = asked.rows / steps["the same file, --update"] >= 5 * LEAST
    kept = held and again and waits[-1] <= LONGEST
    print("bounds (200 and 1,000 rows/s, 200 ms):", "hold" if kept else "DO NOT HOLD")
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
