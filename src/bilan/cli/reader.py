"""From captured reports to readings, here or in several processes, in the order they came."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import islice

from bilan.capture.captured import Captured
from bilan.cli.asking import Scope, Spans
from bilan.cli.place_finder import opened_places
from bilan.core.claims.account import Reading
from bilan.core.claims.read import read
from bilan.core.values import PlaceFinder

Read = tuple[Captured, Reading | None]

_AHEAD = 64  # reports in flight per process; a batch larger than memory stays on disk


@cache
def _places() -> PlaceFinder:
    return opened_places()


@dataclass(frozen=True, slots=True)
class Reader:
    """How reports are to be read."""

    scope: Scope = Scope.CONFLICT
    spans: Spans = Spans.CLAIMS

    def read_all(self, items: Iterable[Captured], *, jobs: int = 1) -> Iterator[Read]:
        """Each item with its reading; None where there is no report to read."""
        if jobs == 1:
            yield from map(self.read_one, items)
            return
        _places()  # built here once if there is none, not in every process
        with ProcessPoolExecutor(jobs) as pool:
            yield from self._side_by_side(pool, iter(items), jobs * _AHEAD)

    def read_one(self, item: Captured) -> Read:
        """One item with its reading."""
        if item.report is None:
            return item, None
        reading = read(item.report, _places(), scope=str(self.scope), spans=str(self.spans))
        return item, reading

    def _side_by_side(
        self, pool: ProcessPoolExecutor, items: Iterator[Captured], ahead: int
    ) -> Iterator[Read]:
        waiting = deque(pool.submit(self.read_one, item) for item in islice(items, ahead))
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(pool.submit(self.read_one, item) for item in islice(items, 1))
