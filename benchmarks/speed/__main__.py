"""How fast this build is, beside what one would use instead, and how right the same build is."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence

from benchmarks.accuracy import __main__ as accuracy
from benchmarks.speed import copied, counting, goals, linking, peers
from benchmarks.speed.goals import Result
from bilan.cli.place_finder import opened_places
from bilan.engines.gazetteer import gazetteer_path

_ACCURACY = "own,gold"  # measured beside: fast and wrong is a defect


_GOALS = ("G1", "G2", "G3", "G5", "G6", "G7", "G8", "G9", "memory")
_ASKED = f"some of {','.join(_GOALS)}; G4 is measured with G3"


def main(words: Sequence[str] | None = None) -> int:
    """0 when every contest that was held was won, else 1."""
    parser = argparse.ArgumentParser(prog="make speed", description=__doc__)
    parser.add_argument("--goals", default=",".join(_GOALS), help=_ASKED)
    parser.add_argument("--speed-only", action="store_true", help="leave the accuracy out")
    asked = parser.parse_args(words)
    for some in (peers.READING, peers.LINKING):
        problem = peers.install(some)
        if problem:
            print(f"Peers are not here, so contests with them are not held: {problem}")
    places = opened_places()
    contests: dict[str, Callable[[], Iterator[Result]]] = {
        "G1": lambda: goals.reading(places),
        "G2": lambda: goals.odd_texts(places),
        "G3": lambda: goals.lookups(places, gazetteer_path()),
        "G5": copied.origins,
        "G6": linking.linking,
        "G7": linking.heavy,
        "G8": counting.counting,
        "G9": counting.mapping,
        "memory": goals.memory,
    }
    print(f"{'goal':7s} {'job':24s} {'ratio':>8s} {'goal':>8s}  ")
    results = [_shown(r) for name in asked.goals.split(",") for r in contests[name]()]
    if not asked.speed_only:
        print("\nHow right the same build is:")
        accuracy.main(["--sets", _ACCURACY])
    return int(any(result.met is False for result in results))


def _shown(result: Result) -> Result:
    ratio = "" if result.ratio is None else f"{result.ratio:.3f}"
    sign = ">=" if result.more_is_better else "<="
    wanted = "" if result.wanted is None else f"{sign} {result.wanted:g}"
    verdict = {None: "", True: "met", False: "MISSED"}[result.met]
    print(
        f"{result.goal:7s} {result.job:24s} {ratio:>8s} {wanted:>8s}  {verdict:7s} {result.said}",
        flush=True,
    )
    return result


if __name__ == "__main__":
    sys.exit(main())
