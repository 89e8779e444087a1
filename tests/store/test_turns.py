"""One queue for who writes: nobody passes, nobody waits for ever, the dead leave it."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from bilan.core.errors import RecordBusy
from bilan.store.turns import turn


@pytest.fixture
def door(tmp_path: Path) -> Path:
    path = tmp_path / "door"
    path.touch()
    return path


def test_two_are_never_in_at_once(door: Path) -> None:
    within, most = 0, 0

    def work() -> None:
        nonlocal within, most
        for _ in range(20):
            with turn(door, seconds=30, what="a note"):
                within += 1
                most = max(most, within)
                time.sleep(0.0005)
                within -= 1

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_who_waited_too_long_is_told_and_keeps_nobody_out(door: Path) -> None:
    with turn(door, seconds=1, what="a note"):
        began = time.monotonic()
        with (
            pytest.raises(RecordBusy, match="Not written: a note"),
            turn(door, seconds=0.05, what="a note"),
        ):
            raise AssertionError("two are in at once")
        assert time.monotonic() - began < 1
    with turn(door, seconds=5, what="a note"):
        pass


def test_who_dies_leaves_the_queue(door: Path) -> None:
    ready, tell = os.pipe()
    child = os.fork()
    if child == 0:
        with turn(door, seconds=1, what="a note"):
            os.write(tell, b"!")
            signal.pause()
    os.read(ready, 1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with turn(door, seconds=5, what="a note"):
        pass
