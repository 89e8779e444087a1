"""How far a long job is, on stderr: a moving line for people, one last line for logs."""

from __future__ import annotations

import sys
import time
from types import TracebackType

_EVERY = 0.2  # seconds between two updates; more often only flickers


class Bar:
    """How much of a file is done, in bytes, with a count of its rows; on stderr."""

    WIDTH = 30  # characters of the bar

    def __init__(self, verb: str, total: int, *, shown: bool = True) -> None:
        """`verb` is what is done to each row; `total` the size of the file in bytes."""
        self._verb, self._total = verb, max(total, 1)
        self._moving = shown and sys.stderr.isatty()
        self._rows, self._last, self._began = 0, 0.0, time.monotonic()

    def rows(self, more: int) -> None:
        """So many rows are done."""
        self._rows += more

    def moved(self, done: int) -> None:
        """So many bytes of the file are read."""
        now = time.monotonic()
        if self._moving and now - self._last >= _EVERY:
            self._last = now
            share = min(done / self._total, 1.0)
            bar = "█" * round(share * self.WIDTH)
            sys.stderr.write(
                f"\r{bar:<{self.WIDTH}} {share:4.0%}  {self._verb} {self._rows:,} rows"
                f", {self._rows / max(now - self._began, 0.001):,.0f} a second "
            )
            sys.stderr.flush()

    def end(self) -> None:
        """Leave the line."""
        if self._moving:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


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
