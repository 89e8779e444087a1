"""How far a long job is, on stderr: a moving line for people, one last line for logs."""

from __future__ import annotations

import sys
import time
from types import TracebackType

_EVERY = 0.2  # seconds between two updates; more often only flickers


class Progress:
    """Counts steps; says nothing unless `shown`, and moves only where a person watches."""

    def __init__(self, verb: str, *, shown: bool = True) -> None:
        """`verb` is what is done to each item, as in "read 12"."""
        self._verb = verb
        self._shown = shown
        self._moving = shown and sys.stderr.isatty()
        self._done = 0
        self._began = self._last = time.monotonic()

    def __enter__(self) -> Progress:
        return self

    def step(self) -> None:
        """One more item is done."""
        self._done += 1
        now = time.monotonic()
        if self._moving and now - self._last >= _EVERY:
            self._last = now
            sys.stderr.write(f"\r{self._verb} {self._done:,}")
            sys.stderr.flush()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._shown:
            return
        seconds = time.monotonic() - self._began
        start = "\r" if self._moving else ""
        unfinished = "" if kind is None else ", then stopped"
        sys.stderr.write(f"{start}{self._verb} {self._done:,} in {seconds:.1f} s{unfinished}\n")
