"""Search for texts on which reading breaks, for a given time; what broke is kept and printed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from subprocess import run

from benchmarks.accuracy.running import ROOT
from benchmarks.fuzz import FUZZER, KEPT
from benchmarks.fuzz.inputs import given
from benchmarks.fuzz.laws import check
from benchmarks.fuzz.long_texts import read_long_texts
from benchmarks.speed.peers import install
from bilan.cli.place_finder import opened_places

_LONGEST = 2_000  # bytes that stand for one text; some 10,000 characters
_HANGS = (
    20  # seconds after which one such text counts as a hang; it is watched, so ten times slower
)
_NOTHING_FOUND = 0


def main(words: Sequence[str] | None = None) -> int:
    """0 when no text broke a law in the time given, else 1."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=120, help="how long to search")
    parser.add_argument("--replay", type=Path, help="a file that broke a law: show and read it")
    parser.add_argument("--skip-long", action="store_true", help="leave the texts of 5 MB out")
    asked = parser.parse_args(words)
    if asked.replay:
        return _replay(asked.replay)
    if not asked.skip_long and not read_long_texts(opened_places()):
        return 1
    problem = install(FUZZER)
    if problem:
        print(f"The fuzzer is not here, so nothing was searched: {problem}")
        return 1
    return _search(asked.seconds)


def _search(seconds: int) -> int:
    corpus, broken = KEPT / "corpus", KEPT / "broken"
    for folder in (corpus, broken):
        folder.mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_total_time={seconds}", f"-max_len={_LONGEST}", f"-timeout={_HANGS}",
        f"-artifact_prefix={broken}{os.sep}", "-print_final_stats=1", "-verbosity=0",
    ]  # fmt: skip
    command = [sys.executable, "-m", "benchmarks.fuzz.target", *options, str(corpus)]
    done = run(command, cwd=ROOT, check=False)
    if done.returncode == _NOTHING_FOUND:
        print(f"No law was broken in {seconds} s; {len(list(corpus.iterdir()))} texts kept.")
        return 0
    print(f"A law was broken; see {broken}, and --replay FILE.")
    return 1


def _replay(path: Path) -> int:
    case = given(path.read_bytes())
    print(repr(case))
    check(case, opened_places())
    return 0


if __name__ == "__main__":
    sys.exit(main())
