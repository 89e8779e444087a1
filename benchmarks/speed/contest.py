"""Runs contestants one after another, round by round, in this process, and takes medians."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from statistics import median

ROUNDS = 5  # after one round that only warms caches, as a long-running process would have them
Job = Callable[[], object]


def cpu_seconds(jobs: Mapping[str, Job], *, rounds: int = ROUNDS) -> dict[str, float]:
    """Median CPU seconds of each job over alternated rounds."""
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for number in range(rounds + 1):
        for name, job in jobs.items():
            gc.collect()
            began = time.process_time()
            job()
            if number:
                taken[name].append(time.process_time() - began)
    return {name: median(times) for name, times in taken.items()}
