"""200 random kills (SIGKILL) over add, import, decide, erase, rebuild and backup.

python -m benchmarks.kills [--kills 200] [--seed 1] [--each 25]

After each, `verify` must be clean, no entry that was there may be lost, the backup must hold, and
the next process goes on. A new record after every `--each` kills keeps checking it fast. Ends
with 1 where anything is wrong.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from django.db import connections

from benchmarks.kills.work import WHO, WORK, add, backup_of, now
from bilan.acts.add_person import add_person
from bilan.acts.backup_record import check_backup
from bilan.acts.init_record import init_record
from bilan.acts.restore_record import restore_record
from bilan.store.backups.place import is_place, open_place
from bilan.store.ledger import links
from bilan.store.record import Record, open_record
from bilan.store.verify.whole import verify

ACTS = 3  # that a process lives to end, at most


def main() -> None:
    """Kill, look, go on."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--kills", type=int, default=200)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--each", type=int, default=25)
    asked = ask.parse_args()
    chance = Random(asked.seed)  # noqa: S311 - no secret
    wrong: list[str] = []
    during: Counter[str] = Counter()
    began = time.perf_counter()
    for first in range(0, asked.kills, asked.each):
        kills = min(asked.each, asked.kills - first)
        wrong += one_record(kills, first, chance, during)
    print(f"{asked.kills} kills in {time.perf_counter() - began:.0f} s:", dict(during))
    print("\n".join(wrong) if wrong else "verify clean and work continued after each")
    sys.exit(1 if wrong else 0)


def one_record(kills: int, first: int, chance: Random, during: Counter[str]) -> list[str]:
    """What was wrong after any of these kills of work on one record."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["BILAN_KEYS"] = str(Path(place) / "keys")
        record = init_record(Path(place) / "record", at=now())
        add_person(record, WHO, at=now())
        add(record, 1)
        safe = [link.hash for link in links()]
        wrong: list[str] = []
        for kill in range(kills):
            name = chance.choice(sorted(WORK))
            during[name] += 1
            killed(record, name, 100 * (kill + 1), chance)
            record = open_record(record.folder)
            found, safe = after(record, safe)
            wrong += [f"kill {first + kill}, during {name}: {words}" for words in found]
        wrong += restored(record)
        connections.close_all()
        return wrong


def killed(record: Record, name: str, number: int, chance: Random) -> None:
    """Let a process do this work over and over, and kill it within an act."""
    connections.close_all()  # a connection is never taken across a fork
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work(record.folder, name, number, tell)
        finally:
            os._exit(1)
    os.close(tell)
    began = time.perf_counter()
    took = 0.05
    for _ in range(chance.randint(1, ACTS)):
        if os.read(told, 1) != b"!":
            break
        took, began = time.perf_counter() - began, time.perf_counter()
    time.sleep(chance.random() * min(took, 1.0))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(told)
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"{name} ended by itself before it was killed")


def work(folder: Path, name: str, number: int, tell: int) -> None:
    """Until killed; one sign after opening, one after each act."""
    record = open_record(folder)
    os.write(tell, b"!")
    for each in range(number, number + 100):
        WORK[name](record, each)
        os.write(tell, b"!")


def after(record: Record, safe: list[str]) -> tuple[list[str], list[str]]:
    """What is wrong after a kill, and the entries that are there."""
    found = [f"{fault.where}: {fault.message}" for fault in verify(record).faults]
    there = [link.hash for link in links()]
    if there[: len(safe)] != safe:
        found.append("an entry is lost")
    place = backup_of(record)
    if is_place(place) and open_place(place, None).moments():
        found += [str(fault) for fault in check_backup(place)[1]]
    return found, there


def restored(record: Record) -> list[str]:
    """What is wrong with the backup that these kills left, when it is restored."""
    place = backup_of(record)
    if not is_place(place) or not open_place(place, None).moments():
        return []
    made = restore_record(place, record.folder.parent / "again")
    again = open_record(made.record.folder)
    named = {name.split()[-1] for name in made.forgotten}
    faults = [f for f in verify(again).faults if f.where.split()[-1] not in named]
    return [f"restored: {fault.where}: {fault.message}" for fault in faults]


if __name__ == "__main__":
    main()
