"""The accuracy page of the documentation, written from the figures of one run."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.accuracy.plans import BY_NAME
from benchmarks.accuracy.running import ROOT
from benchmarks.accuracy.scored import Scored
from benchmarks.accuracy.showing import for_page

PAGE = ROOT / "docs" / "reference" / "accuracy.md"
_OWN = {
    "own": "Written for this project by people who did not write the reader, and used since to mend"
    " it; short, and few per language.",
    "own-second": "Written before the reader was run on it; its first figures stand in"
    " `benchmarks/accuracy/own_second/README.md`. Used since to mend the reader by general rules.",
    "own-third": "Written before the reader was run on it; its first figures stand in"
    " `benchmarks/accuracy/own_third/README.md`. Used since to mend the reader by general rules.",
    "own-fourth": "Written before the reader was run on it; its first figures stand in"
    " `benchmarks/accuracy/own_fourth/README.md`. Used since to mend the reader by general rules.",
    "own-fifth": "Written before the reader was run on it; its first figures stand in"
    " `benchmarks/accuracy/own_fifth/README.md`. Used since to mend the reader by general rules.",
    "own-sixth": "Written before the reader was run on it; its first figures stand in"
    " `benchmarks/accuracy/own_sixth/README.md`. Used since to mend the reader by general rules.",
    "own-held": "Drawn from one plan with own-third and kept apart: nobody mended by its errors,"
    " but its figures decided single rules, so it is nearly spent"
    " (`benchmarks/accuracy/own_held`).",
}
_HEAD = """\
# How right the reader is

Written by `make accuracy PUBLISH=1` on {day}, commit {commit}. Every figure is F1 or the share of
right answers, with a bootstrap 95 % interval over reports or incidents; n is how many things were
asked for. Reports are read by `bilan read`, in a process that never sees the answers.

A count is right only when both bounds are: "at least 12" read as 12 is wrong, though right for
`killed_min`. A place is right within 25 km unless the figure says otherwise, a date when both ends
are.

**What these figures do not say.** They were measured while the reader was being written, on texts
that its writers could look at: expect less on yours. No set holds all eight languages in numbers;
Spanish, Turkish, Ukrainian, Persian and Portuguese stand on a handful of reports each. Nothing here
was measured on speech, on images or on languages without a data file.
"""


def publish(results: Iterable[Scored], unmeasured: Mapping[str, str], *, page: Path = PAGE) -> None:
    """Write the page; every set that was not measured is named with the reason."""
    today = datetime.now(tz=UTC).date().isoformat()
    lines = [_HEAD.format(day=today, commit=_commit())]
    for scored in results:
        plan = BY_NAME.get(scored.name)
        lines += for_page(scored, plan.limits if plan else _OWN[scored.name])
    lines += [f"Not measured: {name} ({why}).\n" for name, why in sorted(unmeasured.items())]
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("\n".join(lines), encoding="utf-8")


def _commit() -> str:
    command = ["git", "rev-parse", "--short=12", "HEAD"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    dirty = subprocess.run(
        ["git", "status", "--porcelain", "src"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stdout.strip() or "unknown") + (" with changes" if dirty.stdout.strip() else "")
