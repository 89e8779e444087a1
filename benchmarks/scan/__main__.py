"""Scans generated reports in one process, in two, and on Spark: the same rows, and what it costs.

python -m benchmarks.scan [--sizes 10000,30000,100000] [--without-spark]
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.accuracy.running import ROOT
from benchmarks.record.reports import write_reports
from benchmarks.speed import peers
from bilan.capture.bulk import items_in
from bilan.cli.reader import Reader
from bilan.cli.scan import line_of_item
from bilan.engines.spark import scanned, session

BILAN = (sys.executable, "-c", "from bilan.cli.main import run; run()")
MOST_MB = 2_000  # of any process in any stage
GROWTH = 1.1
ITEMS = 500  # reports of a partition


def on_spark(file: str) -> list[dict[str, Any]]:
    """The incidents of an archive by two Spark workers on this computer."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    paths = (str(ROOT), str(ROOT / "src"), str(peers.BUILD / peers.SPARK[0]))
    os.environ["PYTHONPATH"] = os.pathsep.join((*paths, os.environ.get("PYTHONPATH", "")))
    spark = session(workers=2)
    items = list(items_in([file]))
    try:
        rdd = spark.sparkContext.parallelize(items, max(2, len(items) // ITEMS))
        _, rows = scanned(spark, rdd, partial(line_of_item, Reader()))
    finally:
        spark.stop()
    return json.loads(json.dumps(rows))  # type: ignore[no-any-return]


def scan(reports: Path, out: Path, jobs: int) -> dict[str, dict[str, float]]:
    """One scan; what each stage took."""
    words = [*BILAN, "scan", str(reports), "--out", str(out), "--jobs", str(jobs)]
    subprocess.run(words, check=True, capture_output=True, cwd=ROOT)
    stages = (json.loads(line) for line in (out / "stages.jsonl").open(encoding="utf-8"))
    return {stage.pop("stage"): stage for stage in stages}


def _same(one: Path, other: Path) -> bool:
    names = ("incidents.jsonl", "tolls.jsonl", "origins.jsonl", "readings.jsonl")
    return all((one / n).read_bytes() == (other / n).read_bytes() for n in names)


def _say_growth(taken: dict[int, dict[str, dict[str, float]]]) -> bool:
    """Print CPU, peak and exponent of every stage; whether all bounds are kept."""
    sizes, good = sorted(taken), True
    for stage in taken[sizes[0]]:
        cpu = [taken[size][stage]["cpu"] for size in sizes]
        peak = max(taken[size][stage]["peak_mb"] for size in sizes)
        # Below a second the start of the process is measured, not the stage.
        known = [(s, c) for s, c in zip(sizes, cpu, strict=True) if c >= 1.0]
        exponent = None
        if len(known) > 1:
            (low, first), (high, last) = known[0], known[-1]
            exponent = math.log(last / first) / math.log(high / low)
        good &= peak <= MOST_MB and (exponent is None or exponent <= GROWTH)
        grown = "too short to say" if exponent is None else f"exponent {exponent:.2f}"
        seconds = ", ".join(f"{c:.1f}" for c in cpu)
        print(f"{stage:6s} CPU {seconds} s: {grown}; {peak:,.0f} MB at most", flush=True)
    return good


def _measure(sizes: list[int], *, spark: bool) -> bool:
    taken, good = {}, True
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            reports = Path(folder, f"{size}.jsonl")
            write_reports(reports, size, seed=1)
            one, two = Path(folder, f"one-{size}"), Path(folder, f"two-{size}")
            taken[size] = scan(reports, one, 1)
            scan(reports, two, 2)
            same = _same(one, two)
            print(f"{size:,} reports: two processes give {'the same' if same else 'OTHER'} files")
            good &= same
        if spark:
            rows = [json.loads(line) for line in (one / "incidents.jsonl").open(encoding="utf-8")]
            same = on_spark(str(reports)) == rows
            said = "the same" if same else "OTHER"
            print(f"{sizes[-1]:,} reports: Spark local[2] gives {said} incidents and tolls")
            good &= same
    return _say_growth(taken) and good


def _spark_missing() -> str | None:
    """Why Spark cannot be had; one that is installed is taken, else one is put apart."""
    if shutil.which("java") is None:
        return "there is no Java on this machine"
    return None if find_spec("pyspark") else peers.install(peers.SPARK)


def main() -> int:
    """0 when everything is the same and every bound is kept."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sizes", default="10000,30000,100000")
    ask.add_argument("--without-spark", action="store_true")
    ask.add_argument("--spark", metavar="FILE", help="print the incidents of one archive by Spark")
    asked = ask.parse_args()
    if asked.spark:
        problem = _spark_missing()
        print(json.dumps(on_spark(asked.spark)) if problem is None else problem)
        return int(problem is not None)
    problem = None if asked.without_spark else _spark_missing()
    if problem:
        print(f"Spark is not here: {problem}")
    spark = problem is None and not asked.without_spark
    return int(not _measure([int(s) for s in asked.sizes.split(",")], spark=spark))


if __name__ == "__main__":
    sys.exit(main())
