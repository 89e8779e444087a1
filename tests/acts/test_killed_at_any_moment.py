"""A process that is killed leaves a record that holds, and that goes on where it stood."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable

import pytest
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
PARTS = 5  # records over which they are spread: a small one is checked faster
ACTS = 5  # that a process lives to end, at most
LONGEST = 0.05  # seconds of the next act that it lives to see; about what one takes


def killed(record: Record, first: int, chance: random.Random) -> None:
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
    for _ in range(chance.randint(1, ACTS)):
        assert os.read(told, 1) == b"!", "it ended before it was killed"
    time.sleep(chance.random() * LONGEST)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(told)
    assert os.WIFSIGNALED(status), "it ended before it was killed"


def warm(folder: Folder) -> None:
    """Do once what is slow the first time: every process starts from this one."""
    folder.tell("warm", text_of(1))
    rebuild(folder.record)


def survives(folder: Folder, kills: int, chance: random.Random) -> None:
    """Kill over and over: after each, the record holds and no entry is lost; it goes on."""
    warm(folder)
    safe = [link.hash for link in links()]
    started = len(safe)
    for kill in range(kills):
        killed(folder.record, 100 * kill, chance)
        folder.record = open_record(folder.record.folder)
        assert verify(folder.record).faults == [], f"kill {kill}"
        written = [link.hash for link in links()]
        assert written[: len(safe)] == safe, f"kill {kill}: an entry is lost"
        safe = written
    assert len(safe) > started
    known = item("warm", text_of(1))
    assert {one.outcome for one in folder.add(known, item("last", text_of(3)))} == {
        Outcome.ALREADY_THERE,
        Outcome.NEW,
    }
    assert verify(folder.record).holds


@pytest.mark.parametrize("part", range(PARTS))
def test_fifty_kills_lose_nothing(
    sqlite_record: Record, cast: Callable[[Record], Record], clock: Clock, part: int
) -> None:
    chance = random.Random(20170916 + part)
    survives(Folder(cast(sqlite_record), clock), KILLS // PARTS, chance)


def test_a_kill_on_postgresql_loses_nothing(
    postgres_record: Record, cast: Callable[[Record], Record], clock: Clock
) -> None:
    survives(Folder(cast(postgres_record), clock), 5, random.Random(20170930))
