"""Texts of 5 MB: one line, a million numbers, and whatever else has made readers slow."""

from __future__ import annotations

import time
from collections.abc import Iterable

from benchmarks.fuzz.inputs import Given
from benchmarks.fuzz.laws import check
from benchmarks.speed.news import pathological
from bilan.core.values import PlaceFinder, Report

SIZE = 5_000_000  # characters
KINDS = ("one line", "numbers", "combining marks", "no spaces", "blanks")
_MOST_SECONDS = 240.0  # of CPU for reading one twice; 24 µs a character


def read_long_texts(places: PlaceFinder, *, size: int = SIZE, kinds: Iterable[str] = KINDS) -> bool:
    """Whether every kind was read by the laws and in time; says how long each took."""
    texts, in_time = pathological(size), True
    for kind in kinds:
        report = Report(kind, texts[kind], lang="en")
        began = time.process_time()
        check(Given(report, "conflict", "labelled"), places)
        seconds = time.process_time() - began
        verdict = "" if seconds <= _MOST_SECONDS else "  TOO SLOW"
        in_time = in_time and not verdict
        print(f"{kind:18s} {size:,} characters twice: {seconds:6.1f} s{verdict}", flush=True)
    return in_time
