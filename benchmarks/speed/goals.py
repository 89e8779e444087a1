"""The contests: what each goal asks, who runs, and the ratio that decides.

CPU seconds in one process, alternated, medians; see `contest`. A contest whose peer is not there is
reported as not held, never as won.
"""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.accuracy.running import ROOT
from benchmarks.speed.contest import cpu_seconds
from benchmarks.speed.news import pathological, stream
from benchmarks.speed.peers import peer
from bilan.core.claims.read import read
from bilan.core.values import PlaceFinder, Report

DOCUMENTS = 400  # of a stream; 2 MB, so that a round takes a second or two
LONG = 200_000  # characters of a pathological text in the table; G2's 5 MB stand in `memory`
PEAK_MB = 400  # of a reading process with the default gazetteer


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured for one goal. `ratio` None = the contest was not held, `said` says why."""

    goal: str
    job: str
    said: str
    ratio: float | None = None
    wanted: float | None = None
    more_is_better: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where nothing was measured or asked."""
        if self.ratio is None or self.wanted is None:
            return None
        return self.ratio >= self.wanted if self.more_is_better else self.ratio <= self.wanted


def _read_all(reports: Sequence[Report], places: PlaceFinder) -> None:
    for report in reports:
        read(report, places)


def reading(places: PlaceFinder) -> Iterator[Result]:
    """G1: reading a stream against a warm blank tokenizer of spaCy over the same texts."""
    spacy = peer("spacy")
    kinds = {"mixed stream": (0.05, 1.0), "all-relevant stream": (1.0, 15.0)}
    for kind, (relevant, wanted) in kinds.items():
        reports = list(stream(DOCUMENTS, relevant=relevant))
        jobs = {"bilan": lambda reports=reports: _read_all(reports, places)}
        if spacy is not None:
            jobs["spacy"] = lambda reports=reports: _tokenize(spacy, reports)
        taken = cpu_seconds(jobs)
        ours = taken["bilan"] / DOCUMENTS * 1000
        said = f"{ours:.2f} ms a document"
        if spacy is None:
            yield Result("G1", kind, f"{said}; not held: spaCy is not here")
            continue
        theirs = taken["spacy"] / DOCUMENTS * 1000
        ratio = taken["bilan"] / taken["spacy"]
        yield Result("G1", kind, f"{said}; spaCy {theirs:.3f}", ratio, wanted)


_BLANK: dict[str, Any] = {}


def _tokenize(spacy: Any, reports: Sequence[Report]) -> None:
    for report in reports:
        if report.lang not in _BLANK:
            _BLANK[report.lang] = spacy.blank(report.lang)
        _BLANK[report.lang].make_doc(report.text)


def odd_texts(places: PlaceFinder) -> Iterator[Result]:
    """G2: CPU per byte of texts made to be slow, against that of ordinary relevant news."""
    news = list(stream(DOCUMENTS // 4, relevant=1.0))
    texts = {
        kind: Report(kind, text, lang="ar" if "Arabic" in kind else "en")
        for kind, text in pathological(LONG).items()
    }
    jobs = {kind: lambda report=report: read(report, places) for kind, report in texts.items()}
    taken = cpu_seconds({"news": lambda: _read_all(news, places), **jobs}, rounds=3)
    plain = taken.pop("news") / sum(_size(report) for report in news)
    for kind, seconds in taken.items():
        per_byte = seconds / _size(texts[kind])
        said = f"{per_byte * 1e6:.2f} s a MB; news {plain * 1e6:.2f}"
        yield Result("G2", kind, said, per_byte / plain, 1.5)


def _size(report: Report) -> int:
    return len(report.text.encode())


def lookups(places: PlaceFinder, path: Path) -> Iterator[Result]:
    """G3 and G4: looking names up and opening the gazetteer, against an automaton of its names."""
    automata = peer("ahocorasick_rs")
    names = _names(path)
    if automata is None:
        yield Result("G3", "place lookup", "not held: ahocorasick_rs is not here")
        return
    began = time.process_time()
    automaton = automata.AhoCorasick(names)
    built = time.process_time() - began
    reports = list(stream(DOCUMENTS, relevant=1.0))
    folded = [report.text.casefold() for report in reports]
    taken = cpu_seconds(
        {
            "bilan": lambda: [places.places_in(r.text, lang=r.lang) for r in reports],
            "automaton": lambda: [automaton.find_matches_as_indexes(text) for text in folded],
        }
    )
    said = f"{len(names):,} names; {taken['bilan'] / DOCUMENTS * 1000:.2f} ms a document"
    yield Result(
        "G3", "place lookup", said, taken["automaton"] / taken["bilan"], 0.1, more_is_better=True
    )
    seconds, grown = _opened(path)
    said = f"{seconds * 1000:.1f} ms; automaton {built:.1f} s"
    yield Result("G4", "opening the gazetteer", said, seconds / built, 0.05)
    said = f"{grown / 1e6:.1f} MB in a process of its own"
    yield Result("G4", "bytes a name, resident", said, grown / len(names), 100.0)


def _names(path: Path) -> list[str]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        return [name for (name,) in db.execute("SELECT DISTINCT key FROM name")]


# What `resource` gives as a peak begins with the size of the process that started this one.
_PEAK = """
from pathlib import Path
def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
"""
_OPEN = f"""
import sys, time
{_PEAK}
from bilan.engines.gazetteer import SqliteGazetteer
before = peak()
began = time.process_time()
gazetteer = SqliteGazetteer(Path(sys.argv[1]))
gazetteer.named(["mosul"])
print(time.process_time() - began)
print(peak() - before)
"""


def _opened(path: Path) -> tuple[float, int]:
    """CPU seconds and bytes that opening takes in a process that did nothing else."""
    done = subprocess.run(
        [sys.executable, "-c", _OPEN, str(path)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    seconds, grown = done.stdout.split()
    return float(seconds), int(grown)


_READ = f"""
import sys
{_PEAK}
from benchmarks.speed.news import pathological, stream
from bilan.cli.place_finder import opened_places
from bilan.core.claims.read import read
from bilan.core.values import Report
places = opened_places()
if sys.argv[1] == "stream":
    for report in stream(int(sys.argv[2]), relevant=1.0):
        read(report, places)
else:
    read(Report("long", pathological(int(sys.argv[2]))["one line"], lang="en"), places)
print(peak() / 1e6)
"""


def memory() -> Iterator[Result]:
    """Peak memory of processes that read a stream, and one line of 5 MB."""
    for job, size in (("stream", DOCUMENTS), ("one line of 5 MB", 5_000_000)):
        began = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        done = subprocess.run(
            [sys.executable, "-c", _READ, job, str(size)],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - began
        said = f"MB at the peak; {seconds:.1f} s with start"
        yield Result("memory", job, said, float(done.stdout), PEAK_MB)
