"""A process that is killed leaves a record that holds, and that goes on where it stood."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable

from django.db import connections

from bilan.acts.add_reports import Outcome
from bilan.acts.rebuild import rebuild
from bilan.store.ledger import links
from bilan.store.record import Record, open_record
from bilan.store.verify.whole import verify
from tests.acts.conftest import Folder, item
from tests.acts.killed import text_of, work
from tests.conftest import Clock

KILLS = 50
SLOWEST = 0.25  # seconds of a round, however busy the machine is
ROUNDS = 2.5  # of work that a process lives to see at most, as this machine does them now


def killed(record: Record, first: int, after: float) -> None:
    """Let a process of its own write for a while, then kill it as a power cut would."""
    connections.close_all()  # a connection is never taken across a fork
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work(record.folder, first, lambda: os.write(tell, b"!"))
        finally:
            os._exit(1)
    os.close(tell)
    assert os.read(told, 1) == b"!"
    os.close(told)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL, "it ended before it was killed"


def round_of_work(folder: Folder) -> float:
    """Seconds that one round takes here; what is slow the first time is warm afterwards."""
    took = 0.0
    for name in ("warm", "measured"):
        began = time.monotonic()
        folder.add(*(item(f"{name}{part}", text_of(part)) for part in range(6)))
        rebuild(folder.record)
        took = time.monotonic() - began
    return min(took, SLOWEST)


def test_fifty_kills_lose_nothing(
    sqlite_record: Record, cast: Callable[[Record], Record], clock: Clock
) -> None:
    folder = Folder(cast(sqlite_record), clock)
    longest = ROUNDS * round_of_work(folder)
    chance = random.Random(20170916)
    safe: list[str] = []
    for kill in range(KILLS):
        killed(folder.record, 100 * kill, chance.random() * longest)
        record = open_record(folder.record.folder)
        verdict = verify(record)
        assert verdict.faults == [], f"kill {kill}"
        written = [link.hash for link in links()]
        assert written[: len(safe)] == safe, f"kill {kill}: an entry is lost"
        safe = written
    assert len(safe) > KILLS
    folder.record = open_record(folder.record.folder)
    added = folder.add(item("d0-0", text_of(0)), item("last", text_of(3)))
    assert {one.outcome for one in added} == {Outcome.ALREADY_THERE, Outcome.NEW}
    assert verify(folder.record).holds


def test_a_kill_on_postgresql_loses_nothing(
    postgres_record: Record, cast: Callable[[Record], Record], clock: Clock
) -> None:
    folder = Folder(cast(postgres_record), clock)
    longest = ROUNDS * round_of_work(folder)
    chance = random.Random(20170917)
    for kill in range(5):
        killed(folder.record, 100 * kill, chance.random() * longest)
        folder.record = open_record(folder.record.folder)
        assert verify(folder.record).faults == [], f"kill {kill}"
    assert folder.tell("last", text_of(3)).outcome is Outcome.NEW
    assert verify(folder.record).holds
