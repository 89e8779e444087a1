"""Answer every set that is here, score it, and hold each figure to its floor."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.accuracy import floors, own_set
from benchmarks.accuracy.plans import BY_NAME, PLANS, Plan
from benchmarks.accuracy.publishing import publish
from benchmarks.accuracy.running import (
    ROOT,
    Unanswered,
    answered,
    product_digest,
    rows,
    write_rows,
)
from benchmarks.accuracy.scored import Scored, Unscored, by_our_scorer, by_their_scorer
from benchmarks.accuracy.showing import for_terminal

OWN = tuple(own_set.FOLDERS)


def main(words: Sequence[str] | None = None) -> int:
    """0 when every figure holds its floor, 1 when one fell, 2 when a set could not be answered."""
    asked = _asked(words)
    folder = Path(asked.data)
    build = product_digest()
    results: list[Scored] = []
    fell: list[str] = []
    failed: dict[str, str] = {}
    for name in _to_measure(folder, asked.sets):
        try:
            scored, digest = _measured(name, folder, asked, build)
        except (Unanswered, Unscored) as error:
            print(f"\n{name}: not measured. {error}")
            failed[name] = str(error)
            continue
        results.append(scored)
        fell += _held(scored, digest, pin=asked.pin)
    absent = [plan.name for plan in PLANS if plan not in _here(folder)]
    if absent:
        print(f"\nNot here (BILAN_EVAL={folder}): {', '.join(absent)}.")
    if asked.publish:
        publish(results, failed | dict.fromkeys(absent, "the set is not here"))
    print("\n" + ("\n".join(fell) if fell else "Every figure holds its floor."))
    return 2 if failed else int(bool(fell))


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make accuracy", description=__doc__)
    parser.add_argument("--sets", type=lambda w: tuple(w.split(",")), default=(), help="gold,gva")
    parser.add_argument("--data", default=os.environ.get("BILAN_EVAL", ROOT.parent / "shared/eval"))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--fresh", action="store_true", help="answer anew what was answered")
    parser.add_argument("--pin", action="store_true", help="raise the floors to these figures")
    parser.add_argument("--publish", action="store_true", help="write docs/reference/accuracy.md")
    asked = parser.parse_args(words)
    if asked.publish and asked.sets:
        parser.error("the page tells of every set: publish without naming sets")
    return asked


def _here(folder: Path) -> list[Plan]:
    """The sets that lie in the folder."""
    return [plan for plan in PLANS if (folder / plan.name / "gold.jsonl").exists()]


def _to_measure(folder: Path, wanted: Sequence[str]) -> list[str]:
    """Our own sets and those in the folder, or of them the ones asked for."""
    names = [*OWN, *(plan.name for plan in _here(folder))]
    unknown = set(wanted) - {*OWN, *BY_NAME}
    if unknown:
        raise SystemExit(f"no such set: {', '.join(sorted(unknown))}. Known: {', '.join(BY_NAME)}")
    return [name for name in names if not wanted or name in wanted]


def _held(scored: Scored, digest: str, *, pin: bool) -> list[str]:
    """Print a set's table; what fell under its floor."""
    print("\n".join(for_terminal(scored, floors.pinned().get(scored.name, {}))), flush=True)
    if pin:
        floors.pin(scored.name, scored.values(), digest)
    return floors.fallen(scored.name, scored.values(), digest)


def _measured(name: str, folder: Path, asked: argparse.Namespace, build: str) -> tuple[Scored, str]:
    if name in OWN:
        return _own(name, asked, build)
    plan = BY_NAME[name]
    here = folder / name
    answers = answered(plan, here, jobs=asked.jobs, fresh=asked.fresh, build=build)
    with tempfile.TemporaryDirectory(prefix="bilan-accuracy-") as apart:
        scored = by_their_scorer(plan, here, *_given(name, answers, Path(apart)))
    return scored, floors.digest_of([here / file for file in (*plan.inputs, "gold.jsonl")])


def _given(name: str, answers: Path, apart: Path) -> tuple[Path, ...]:
    """The answers as the scorer wants them: of reports and questions, and of incidents apart."""
    said = list(rows(answers))
    about_reports, ranges = apart / "answers.jsonl", apart / "ranges.jsonl"
    write_rows(about_reports, [row for row in said if "incident" not in row])
    write_rows(ranges, [row for row in said if "incident" in row])
    return (about_reports, ranges) if name == "airwars-reports" else (about_reports,)


def _own(name: str, asked: argparse.Namespace, build: str) -> tuple[Scored, str]:
    """Our own sets go the same way: their reports are written out without their marks."""
    folder = own_set.FOLDERS[name]
    with tempfile.TemporaryDirectory(prefix="bilan-accuracy-") as apart:
        write_rows(Path(apart) / "reports.jsonl", own_set.reports(folder))
        plan = Plan(name, "")
        answers = answered(plan, Path(apart), jobs=asked.jobs, fresh=asked.fresh, build=build)
        scored = by_our_scorer(rows(answers), name)
    return scored, floors.digest_of(sorted(folder.glob("*.toml")))


if __name__ == "__main__":
    sys.exit(main())
