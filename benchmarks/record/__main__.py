"""Times `bilan add` of generated reports beside `bilan read` of the same, on this machine.

python -m benchmarks.record [--reports 10000] [--seed 1]
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.record.reports import write_reports

BILAN = (sys.executable, "-c", "from bilan.cli.main import run; run()")


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds that a command took: by the clock, and of processors, which others do not slow."""

    clock: float
    processor: float


def timed(*arguments: str) -> Taken:
    """What one bilan command takes; a command that fails stops the measure."""
    begun, worked = time.perf_counter(), _worked()
    subprocess.run([*BILAN, *arguments], check=True, stdout=subprocess.DEVNULL)
    return Taken(time.perf_counter() - begun, _worked() - worked)


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def say(step: str, taken: Taken, reports: int) -> None:
    """One line of the measure, as soon as it is known."""
    print(
        f"{step:12s} {taken.clock:8.1f} s {reports / taken.clock:8.0f} reports/s"
        f" {taken.processor:8.1f} s of processor {reports / taken.processor:8.0f} reports/s",
        flush=True,
    )


def main() -> None:
    """Generate, read alone, add, verify; print reports a second of each."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--reports", type=int, default=10_000)
    ask.add_argument("--seed", type=int, default=1)
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        reports, record = Path(folder, "reports.jsonl"), str(Path(folder, "record"))
        write_reports(reports, asked.reports, seed=asked.seed)
        timed("init", record)
        alone = timed("read", "--jsonl", str(reports))
        say("read alone", alone, asked.reports)
        added = timed("--record", record, "add", str(reports))
        say("add", added, asked.reports)
        ratio = added.processor / alone.processor
        print(f"adding costs {ratio:.1f} times reading alone, in time of processors", flush=True)
        for step in ("verify", "rebuild"):
            say(step, timed("--record", record, step), asked.reports)


if __name__ == "__main__":
    main()
