"""10,000 writes by 8 writers with 4 readers at once, on each database.

python -m benchmarks.load [--writes 10000] [--writers 8] [--readers 4] [--incidents 400]
                          [--database sqlite|postgresql|both]

Ends with 1 where a lock refused anybody, an update was lost, or `verify` finds anything.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.load.people import Seen, killed_in, now, read, write
from benchmarks.load.seeds import items, read_all
from benchmarks.postgres import PostgresServer, server_programs
from bilan.acts.add_person import add_person
from bilan.acts.add_reports import add_reports
from bilan.acts.init_record import init_record
from bilan.store.models import IncidentRow
from bilan.store.record import Record, open_record
from bilan.store.verify.whole import verify

SLOW = 1.0  # seconds; no answer takes longer on an idle machine


def main() -> None:
    """Measure each database; print what was seen."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--writes", type=int, default=10_000)
    ask.add_argument("--writers", type=int, default=8)
    ask.add_argument("--readers", type=int, default=4)
    ask.add_argument("--incidents", type=int, default=400)
    ask.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    asked = ask.parse_args()
    good = True
    for database in ("sqlite", "postgresql"):
        if asked.database in (database, "both"):
            good = measured(database, asked) and good
    sys.exit(0 if good else 1)


def measured(database: str, asked: argparse.Namespace) -> bool:
    """Whether a record on this database kept every promise under load."""
    os.environ.pop("DATABASE_URL", None)
    server = None
    if database == "postgresql":
        programs = server_programs()
        if programs is None:
            print("postgresql: no server on this machine")
            return True
        server = PostgresServer(programs, durable=True)
        os.environ["DATABASE_URL"] = server.new_database()
    try:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["BILAN_KEYS"] = str(Path(folder) / "keys")
            return worked(database, Path(folder) / "record", asked)
    finally:
        if server is not None:
            server.stop()


def worked(database: str, folder: Path, asked: argparse.Namespace) -> bool:
    """Seed a record, let everybody at it, count what is there in the end."""
    record = init_record(folder, at=now())
    names = [f"Writer {number}" for number in range(asked.writers)]
    for name in names:
        add_person(record, name, at=now())
    list(add_reports(record, items(range(asked.incidents)), read_all, clock=now))
    codes = list(IncidentRow.objects.values_list("code", flat=True))
    before = tolls(record, codes)
    began = time.perf_counter()
    everybody = at_once(folder, names, codes, asked)
    seconds = time.perf_counter() - began
    record = open_record(folder)
    raised = tolls(record, codes) - before
    lost = sum(one.raised for one in everybody) - raised
    verdict = verify(record)
    say(database, everybody, seconds)
    print(f"  updates lost {lost}; verify: {verdict.faults or 'holds'}")
    return not lost and verdict.holds and not any(one.refused for one in everybody)


def tolls(record: Record, codes: list[str]) -> int:
    """All tolls together: how often they were raised, but for where they began."""
    with record.reading():
        book = record.casebook(whole=True)
        return sum(killed_in(book, code) for code in codes)


def at_once(
    folder: Path, names: list[str], codes: list[str], asked: argparse.Namespace
) -> list[Seen]:
    """Everybody in a process of their own, started together."""
    spawn = get_context("spawn")
    each = asked.writes // len(names)
    with spawn.Manager() as manager, ProcessPoolExecutor(len(names) + asked.readers, spawn) as pool:
        over = manager.Event()
        readers = [pool.submit(read, folder, codes, over.is_set, n) for n in range(asked.readers)]
        writers: list[Future[Seen]] = [
            pool.submit(write, folder, name, codes, each, asked.incidents + each * n, 100 + n)
            for n, name in enumerate(names)
        ]
        try:
            done = [writer.result() for writer in writers]
        finally:
            over.set()
        return [*done, *(reader.result() for reader in readers)]


def say(database: str, everybody: list[Seen], seconds: float) -> None:
    """What everybody lived through, in a few lines."""
    writes = sorted(s for one in everybody for s in one.writes)
    reads = sorted(s for one in everybody for s in one.reads)
    conflicts = sum(one.conflicts for one in everybody)
    refused = [words for one in everybody for words in one.refused]
    done = len(writes) - conflicts
    print(f"{database}: {done} writes in {seconds:.0f} s, {done / seconds:.0f} a second;", end=" ")
    print(f"{conflicts} conflicts told and decided anew; refused by a lock: {len(refused)}")
    cpu = sum(one.cpu for one in everybody if one.writes)
    print(f"  processor: {cpu / len(writes) * 1000:.1f} ms a write, with looking and starting")
    for words in sorted(set(refused))[:5]:
        print(f"  {words}")
    for what, took in (("writes", writes), ("reads", reads)):
        half, most = took[len(took) // 2], took[int(len(took) * 0.99)]
        slow = sum(s > SLOW for s in took)
        print(
            f"  {what}: half under {half * 1000:.0f} ms, 99 of 100 under {most * 1000:.0f} ms,",
            end="",
        )
        print(f" slowest {took[-1] * 1000:.0f} ms; {slow} of {len(took)} over {SLOW:.0f} s")


if __name__ == "__main__":
    main()
