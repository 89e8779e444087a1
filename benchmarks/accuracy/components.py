"""Sets of given things, answered through the core: `python -m … SET OUT`, inputs in the folder.

Run by `running` as a process of its own, in a folder that holds the inputs and nothing else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.accuracy.running import rows, write_rows
from bilan.capture.files import captured_in
from bilan.cli.asking import Scope
from bilan.cli.reader import Reader
from bilan.core.claims.account import Reading
from bilan.core.claims.dates import DateMention, dates_in
from bilan.core.claims.language import Language, load_language
from bilan.core.claims.shape import reading_to_json
from bilan.core.claims.tokens import words_of
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.entries import Body, Entry, captured, reading_made
from bilan.core.incidents.telling import telling_id
from bilan.core.tolls.ranges import ranges_of
from bilan.core.values import DatePrecision, Report, Span, When

Row = dict[str, Any]
Answer = Callable[[Path], Iterator[Row]]


def main(name: str, out: str) -> int:
    """Answer one set; 3 where this build has no answer to its kind."""
    answer = ANSWERS.get(name)
    if answer is None:
        print(f"  {name}: this build has no answer to sets of its kind", file=sys.stderr)
        return 3
    write_rows(Path(out), answer(Path.cwd()))
    return 0


# ---------------------------------------------------------------- time expressions, given
def timex(folder: Path) -> Iterator[Row]:
    """The value of each given expression: read in its text, or alone where the text hides it."""
    for report in rows(folder / "reports.jsonl"):
        language = load_language(report["lang"])
        day = report["published"] and date.fromisoformat(report["published"])
        found = _dates(report["text"], language, day)
        values = [
            _said(given, found) or _alone(given["text"], language, day)
            for given in report["expressions"]
        ]
        yield {"id": report["id"], "values": values}


def _dates(text: str, language: Language, day: date | None) -> list[tuple[Span, DateMention]]:
    words = words_of(text)
    mentions = dates_in(words, language.lexicon.find(words), language, day)
    return [(words.span(mention.first, mention.last), mention) for mention in mentions]


def _said(given: Row, found: list[tuple[Span, DateMention]]) -> str | None:
    """The value of the mention that shares most characters with the given words."""
    shared = {
        min(span.end, given["end"]) - max(span.start, given["start"]): mention
        for span, mention in found
    }
    return iso_value(shared[max(shared)].when) if shared and max(shared) > 0 else None


def _alone(expression: str, language: Language, day: date | None) -> str | None:
    found = _dates(expression, language, day)
    return iso_value(found[0][1].when) if found else None


def iso_value(when: When | None) -> str | None:
    """A stretch of time as such corpora write it: 1989-10-27, 1989-W43, 1989-10, 1989."""
    if when is None:
        return None
    first, last = when.start, when.end
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else None
    if when.precision is DatePrecision.MONTH and (first.year, first.month) == (
        last.year,
        last.month,
    ):
        return f"{first:%Y-%m}"
    if (last - first).days == 6 and first.weekday() == 0:
        return f"{first:%G-W%V}"
    return first.isoformat()


# ---------------------------------------------------------------- reports, linked
class _Record:
    """A record in memory: what was read, linked report by report as it would be in a folder."""

    def __init__(self) -> None:
        self.book = Casebook()
        self._numbers = count(1)

    def take(self, report: Report, reading: Reading) -> None:
        self._apply(captured(report))
        self._apply(reading_made(report, reading))
        linked = self.book.link([report.id])
        if linked is not None:
            self._apply(linked)

    def _apply(self, body: Body) -> None:
        self.book.apply(Entry(next(self._numbers), "", "bilan", body))

    def code(self, telling: str) -> str | None:
        placed = self.book.shelf.placed.get(telling)
        return self.book.resolve(placed.code) if placed is not None and placed.code else None


def _linked(folder: Path, scope: Scope) -> tuple[_Record, list[tuple[Report, Reading]]]:
    record, kept = _Record(), []
    items = captured_in([str(folder / "reports.jsonl")], stdin=sys.stdin.buffer)
    for item, reading in Reader(scope=scope).read_all(items, jobs=os.cpu_count() or 1):
        if item.report is not None and reading is not None:
            kept.append((item.report, reading))
    for report, reading in kept:
        record.take(report, reading)
    return record, kept


def _with_codes(record: _Record, report: Report, reading: Reading) -> Row:
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


def any_linked_reports(folder: Path) -> Iterator[Row]:
    """The same for violence outside armed conflicts."""
    return linked_reports(folder, scope=Scope.ANY)


ANSWERS: dict[str, Answer] = {
    "timex": timex,
    "gold": linked_reports,
    "airwars-reports": linked_reports,
    "gva": any_linked_reports,
}

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
