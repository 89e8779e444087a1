"""Whose turn it is to write: one queue before SQLite's own lock.

SQLite lets who waits ask again and again, ever less often, so with many writers some wait for
seconds while others pass. The kernel's file lock wakes whoever waits as soon as the lock is free,
in the order in which they came, and a process that dies leaves the queue by dying.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bilan.core.errors import RecordBusy


@contextmanager
def turn(path: Path, *, seconds: float, what: str) -> Iterator[None]:
    """Hold the lock of a file within the block; RecordBusy after so many seconds of waiting."""
    handle = os.open(path, os.O_RDONLY)
    if not _at_once(handle):
        _wait(handle, seconds, what)
    try:
        yield
    finally:
        os.close(handle)


def _at_once(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait(handle: int, seconds: float, what: str) -> None:
    """Wait in the kernel's queue, which knows no limit of time: a thread stands there for us."""
    held, given_up, both = threading.Event(), threading.Event(), threading.Lock()

    def stand() -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with both:
            held.set()
            if given_up.is_set():
                os.close(handle)

    threading.Thread(target=stand, daemon=True, name="turn to write").start()
    try:
        if held.wait(seconds):
            return
    except BaseException:
        _leave(handle, held, given_up, both)
        raise
    _leave(handle, held, given_up, both)
    raise RecordBusy(
        f"Not written: {what}. Others are writing to the record.",
        hint="Nothing is lost; run the same command again.",
    )


def _leave(
    handle: int, held: threading.Event, given_up: threading.Event, both: threading.Lock
) -> None:
    """Give the place up; whoever notices last closes the file."""
    with both:
        given_up.set()
        if held.is_set():
            os.close(handle)
