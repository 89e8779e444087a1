"""Times `bilan add` of generated reports beside `bilan read` of the same, on this machine.

python -m benchmarks.record [--reports 10000] [--seed 1]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.record.reports import write_reports

BILAN = (sys.executable, "-c", "from bilan.cli.main import run; run()")


def timed(*arguments: str) -> float:
    """Seconds that one bilan command takes; a command that fails stops the measure."""
    begun = time.perf_counter()
    subprocess.run([*BILAN, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


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
        steps = {
            "read alone": timed("read", "--jsonl", str(reports)),
            "add": timed("--record", record, "add", str(reports)),
            "verify": timed("--record", record, "verify"),
            "rebuild": timed("--record", record, "rebuild"),
        }
    for step, seconds in steps.items():
        print(f"{step:12s} {seconds:8.1f} s {asked.reports / seconds:8.0f} reports/s")
    print(f"adding costs {steps['add'] / steps['read alone']:.1f} times reading alone")


if __name__ == "__main__":
    main()
