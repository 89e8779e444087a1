"""Keep what this build reads out of every text at hand, or say which readings changed.

A change made for speed has to leave every reading as it was, to the byte. Keep the readings of the
build before (`python -m benchmarks.same keep FILE`, with PYTHONPATH where that build lies), then
compare: `python -m benchmarks.same compare FILE`. Read are our own set, the examples, the synthetic
news and odd texts of `benchmarks.speed`, and every text below BILAN_EVAL, in both scopes and with
the spans of everything. Kept are digests, never words. With `--backwards` the last
text is read first: what was read before must not change what is read now.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path

from benchmarks.accuracy import own_set
from benchmarks.accuracy.running import ROOT
from benchmarks.speed.news import pathological, stream
from bilan.capture.files import captured_in
from bilan.cli.place_finder import opened_places
from bilan.core.claims.read import read
from bilan.core.claims.shape import reading_to_json
from bilan.core.values import PlaceFinder, Publisher, PublisherKind, Report

_WAYS = (("conflict", "labelled"), ("any", "all"))
_NEWS = 300  # synthetic documents, half of them relevant
_ODD = 4_000  # characters of each odd text
Digests = dict[str, str]


def main(words: Sequence[str] | None = None) -> int:
    """0 when the readings were kept, or are the same as those kept; else 1."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.same", description=__doc__)
    parser.add_argument("verb", choices=["keep", "compare"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--every", type=int, default=1, help="read only every nth text")
    parser.add_argument("--backwards", action="store_true", help="read the last text first")
    asked = parser.parse_args(words)
    began = time.process_time()
    reports = islice(_reports(), 0, None, asked.every)
    found = digests(reversed(list(reports)) if asked.backwards else reports, opened_places())
    print(f"{len(found):,} readings, {time.process_time() - began:.1f} s of processor")
    if asked.verb == "keep":
        asked.file.write_text(json.dumps(found, indent=0), encoding="utf-8")
        return 0
    kept: Digests = json.loads(asked.file.read_text(encoding="utf-8"))
    others = changed(kept, found)
    print(f"{len(others)} are not the same" if others else "all are the same")
    print("\n".join(others[:20]))
    return int(bool(others))


def changed(kept: Digests, found: Digests) -> list[str]:
    """The readings that are no longer as they were, those of new texts among them."""
    return [name for name, digest in found.items() if kept.get(name) != digest]


def digests(reports: Iterator[tuple[str, Report]], places: PlaceFinder) -> Digests:
    """The digest of each reading by the name of its text and its scope."""
    return {
        f"{name} {scope}": _digest(report, places, scope, spans)
        for name, report in reports
        for scope, spans in _WAYS
    }


def _digest(report: Report, places: PlaceFinder, scope: str, spans: str) -> str:
    reading = read(report, places, scope=scope, spans=spans)
    written = json.dumps(reading_to_json(reading, report.text), ensure_ascii=False, sort_keys=True)
    return sha256(f"{written}{reading.event_type}".encode()).hexdigest()[:16]


def _reports() -> Iterator[tuple[str, Report]]:
    for row in own_set.reports():
        publisher = Publisher(row["publisher"]["name"], PublisherKind(row["publisher"]["kind"]))
        yield row["id"], Report(row["id"], row["text"], lang=row["lang"], publisher=publisher)
    half = _NEWS // 2
    for share, seed in ((1.0, 1), (0.0, 2)):
        yield from ((f"{share} {r.id}", r) for r in stream(half, relevant=share, seed=seed))
    for kind, text in pathological(_ODD).items():
        yield kind, Report(kind, text, lang="ar" if "Arabic" in kind else "en")
    for folder in _folders():
        for number, item in enumerate(captured_in([str(folder)], stdin=sys.stdin.buffer)):
            if item.report is not None:
                yield f"{folder.parent.name}/{folder.name} {number}", item.report


def _folders() -> Iterator[Path]:
    yield from (ROOT / "examples" / name for name in ("reports", "mayadin"))
    sets = Path(os.environ.get("BILAN_EVAL", ROOT.parent / "shared" / "eval"))
    yield from sorted(sets.glob("*/reports.jsonl"))


if __name__ == "__main__":
    sys.exit(main())
