"""Sets of given things, answered through the core: `python -m … SET OUT`, inputs in the folder.

Run by `running` as a process of its own, in a folder that holds the inputs and nothing else.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.accuracy.questions import Answerer
from benchmarks.accuracy.running import NO_ANSWER, rows, write_rows
from benchmarks.accuracy.statements import statements
from bilan.capture.files import captured_in
from bilan.cli.asking import Scope
from bilan.cli.exits import Exit
from bilan.cli.reader import Reader
from bilan.core.claims.account import Reading
from bilan.core.claims.dates.values import date_values
from bilan.core.claims.shape import reading_to_json
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.entries import Body, Entry, captured, reading_made
from bilan.core.incidents.telling import telling_id
from bilan.core.places.finder import Places
from bilan.core.tolls.ranges import ranges_of
from bilan.core.values import Report, Span
from bilan.engines.gazetteer import SqliteGazetteer, gazetteer_path

Row = dict[str, Any]
Answer = Callable[[Path], Iterator[Row]]


def main(name: str, out: str) -> int:
    """Answer one set; NO_ANSWER where this build has no answer to its kind."""
    answer = ANSWERS.get(name)
    if answer is None:
        return NO_ANSWER
    write_rows(Path(out), answer(Path.cwd()))
    return 0


# ---------------------------------------------------------------- time expressions, given
def timex(folder: Path) -> Iterator[Row]:
    """The value of each given expression, in the order of its report."""
    for report in rows(folder / "reports.jsonl"):
        given = report["expressions"]
        values = date_values(
            report["text"],
            [Span(one["start"], one["end"]) for one in given],
            report["lang"],
            report["published"] and date.fromisoformat(report["published"]),
            [one.get("type", "") for one in given],
        )
        yield {"id": report["id"], "values": values}


# ---------------------------------------------------------------- place names, given
def places(folder: Path) -> Iterator[Row]:
    """The point of each given place name, in the order of its report; null where none is known."""
    finder = Places(SqliteGazetteer(gazetteer_path()))
    for report in rows(folder / "reports.jsonl"):
        spans = [Span(one["start"], one["end"]) for one in report["toponyms"]]
        found = finder.resolve(spans, report["text"], lang=report["lang"])
        points = [place.point if place else None for place in found]
        yield {"id": report["id"], "points": [p and [p.lat, p.lon] for p in points]}


# ---------------------------------------------------------------- reports, linked
class Record:
    """A record in memory: what was read, linked report by report as it would be in a folder."""

    def __init__(self) -> None:
        self.book = Casebook()
        self._numbers = count(1)

    def take(self, kept: Iterable[tuple[Report, Reading]]) -> None:
        """Capture, read and link reports that came in together."""
        kept = list(kept)
        for report, reading in kept:
            self._apply(captured(report))
            self._apply(reading_made(report, reading))
        for linked in self.book.link_each(report.id for report, _ in kept):
            self._apply(linked)

    def _apply(self, body: Body) -> None:
        self.book.apply(Entry(next(self._numbers), "", "bilan", body))

    def code(self, telling: str) -> str | None:
        """The code of the incident that a telling is of, None where it is of none."""
        placed = self.book.shelf.placed.get(telling)
        return self.book.resolve(placed.code) if placed is not None and placed.code else None


def _linked(folder: Path, scope: Scope) -> tuple[Record, list[tuple[Report, Reading]]]:
    record, kept = Record(), []
    items = captured_in([str(folder / "reports.jsonl")], stdin=sys.stdin.buffer)
    for item, reading in Reader(scope=scope).read_all(items, jobs=os.cpu_count() or 1):
        if item.report is not None and reading is not None:
            kept.append((item.report, reading))
    record.take(kept)
    return record, kept


def _with_codes(record: Record, report: Report, reading: Reading) -> Row:
    accounts = tuple(
        replace(account, incident=record.code(telling_id(reading.id, index)))
        for index, account in enumerate(reading.accounts)
    )
    return reading_to_json(replace(reading, accounts=accounts), report.text)


def linked_reports(folder: Path, *, scope: Scope = Scope.CONFLICT) -> Iterator[Row]:
    """Readings with the codes of their incidents, then one row per incident with its toll."""
    record, kept = _linked(folder, scope)
    for report, reading in kept:
        yield _with_codes(record, report, reading)
    for code in record.book.codes():
        toll = ranges_of(record.book.incident(code), record.book).toll("killed")
        if toll.known:
            high = None if toll.open_above else toll.high
            yield {"incident": code, "killed": {"min": toll.low, "max": high}}


def questioned_reports(folder: Path) -> Iterator[Row]:
    """Readings of violence outside armed conflicts with their incidents, then the answers."""
    record, kept = _linked(folder, Scope.ANY)
    for report, reading in kept:
        yield _with_codes(record, report, reading)
    yield from Answerer.of(record.book).answers(rows(folder / "questions.jsonl"))


def any_linked_reports(folder: Path) -> Iterator[Row]:
    """The same where every text is known to be about an incident, so that none is sifted out."""
    return linked_reports(folder, scope=Scope.ANY)


# ---------------------------------------------------------------- a register, taken in
def register_flags(folder: Path) -> Iterator[Row]:
    """The flags of every row of a register, as `bilan import` gives them."""
    with tempfile.TemporaryDirectory() as name:
        record = ("--record", str(Path(name, "record")))
        _bilan("init", record[1])
        _bilan(*record, "import", str(folder), "--mapping", "airwars-register")
        said = _bilan(*record, "registers", "rows", "airwars", "--table", "incidents")
    yield from (json.loads(line) for line in said.splitlines())


def _bilan(*words: str) -> str:
    command = [str(Path(sys.executable).with_name("bilan")), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (Exit.DONE, Exit.FAULTS):
        raise SystemExit(f"bilan {' '.join(words)} ended with {done.returncode}: {done.stderr}")
    return done.stdout


ANSWERS: dict[str, Answer] = {
    "timex": timex,
    "places": places,
    "gold": linked_reports,
    "airwars-reports": any_linked_reports,
    "coalition-statements": statements,
    "airwars-register": register_flags,
    "gva": questioned_reports,
}

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
