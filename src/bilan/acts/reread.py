"""Read kept reports again with today's reader: first what would change, then the new entries.

Every decision stands. A signed grade whose ground moved is shown as to be reviewed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bilan.acts.add_reports import BATCH, ReadAll, link_each
from bilan.capture.captured import Captured
from bilan.core.claims.account import Reading
from bilan.core.errors import UnknownName
from bilan.core.incidents.entries import Entry
from bilan.core.tolls.shared import tied
from bilan.core.values import Report
from bilan.store.incident_rows import rows_of
from bilan.store.ledger import Draft
from bilan.store.models import Capture, ReadingMade
from bilan.store.models import Entry as EntryRow
from bilan.store.people import Duty, machine_or
from bilan.store.readings import folded_part, reading_body
from bilan.store.record import Record
from bilan.store.reports import report_ids, stored_report
from bilan.store.tables import INCIDENTS, Row

READER = "reader"


@dataclass(frozen=True, slots=True)
class NewReading:
    """A reading that says something else than the last one. `parts` name what differs."""

    report: Report
    capture: int  # the entry of the capture that was read
    reading: Reading
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One value of an incident that would be another; None for an incident that comes or goes."""

    code: str
    column: str
    before: Any
    after: Any


def read_anew(
    record: Record, read_all: ReadAll, *, reports: Iterable[str] | None = None
) -> Iterator[NewReading]:
    """The reports of which today's reader says something else; erased ones cannot be read."""
    captures: dict[str, int] = {}

    def items() -> Iterator[Captured]:
        for name in list(reports if reports is not None else report_ids()):
            report = stored_report(record.objects, name)
            if report is not None:
                last = Capture.objects.filter(report=name).order_by("-seq")
                captures[name] = last.values_list("seq", flat=True)[0]
                yield Captured(name, b"", report)

    for item, reading in read_all(items()):
        if item.report is None or reading is None:
            continue
        parts = _parts(item.report, reading)
        if parts:
            yield NewReading(item.report, captures[item.report.id], reading, parts)


def _parts(report: Report, reading: Reading) -> tuple[str, ...]:
    """The parts of the entry's body that differ from those of the last reading."""
    last = ReadingMade.objects.filter(report=report.id).order_by("-seq").first()
    if last is None:
        return ("all",)
    before = json.loads(EntryRow.objects.get(pk=last.seq).body)
    after = json.loads(json.dumps(reading_body(report, reading)))
    for body in (before, after):
        body.pop(READER, None)
        body["rest"].pop(READER, None)
    keys = sorted({*before, *after})
    return tuple(key for key in keys if before.get(key) != after.get(key))


def what_would_change(record: Record, new: Iterable[NewReading]) -> tuple[RowChange, ...]:
    """What the incidents would say with these readings; nothing is written."""
    book = record.casebook()  # a copy in memory: what it is told is forgotten
    touched: set[str] = set()
    for one in new:
        body = folded_part(reading_body(one.report, one.reading))
        touched |= book.apply(Entry(0, "", "", body))
    for linked in book.link_each(one.report.id for one in new):
        touched |= book.apply(Entry(0, "", "", linked))
    found: list[RowChange] = []
    standing = {key[0]: row for key, row in INCIDENTS.rows()}
    for code in sorted(tied(book, touched)):
        after = next((row for table, _, row in rows_of(book, code) if table is INCIDENTS), None)
        found += _changes(code, standing.get(code), after)
    return tuple(found)


def _changes(code: str, before: Row | None, after: Row | None) -> Iterator[RowChange]:
    if before is None or after is None:
        if before is not after:
            yield RowChange(code, "incident", before and "here", after and "here")
        return
    for column, old, now in zip(INCIDENTS.columns, before, after, strict=True):
        if old != now:
            yield RowChange(code, column, old, now)


def write_readings(
    record: Record,
    new: Sequence[NewReading],
    *,
    clock: Callable[[], datetime],
    by: str | None = None,
) -> Iterator[str]:
    """The ids of the reports whose new reading is written, batch by batch.

    A report that came in anew meanwhile keeps the reading that came with it.
    """
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        with record.writing(f"{len(batch)} readings, from {batch[0].report.id} on") as pen:
            author = machine_or(by, Duty.RECORDS)
            done = [one for one in batch if _is_last(one)]
            for one in done:
                draft = Draft("read", reading_body(one.report, one.reading))
                pen.write([draft], author=author, at=clock())
            link_each(pen, (one.report.id for one in done), clock)
        yield from (one.report.id for one in done)


def _is_last(one: NewReading) -> bool:
    last = Capture.objects.filter(report=one.report.id).order_by("-seq").values_list("seq")
    return last[0][0] == one.capture


def checked_reports(names: Sequence[str]) -> tuple[str, ...]:
    """These reports, all of which the record has."""
    known = set(Capture.objects.filter(report__in=names).values_list("report", flat=True))
    for name in names:
        if name not in known:
            raise UnknownName(f"No report {name} is in the record.")
    return tuple(names)
