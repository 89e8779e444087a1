"""Take reports into a record: their bytes, what was read in them, the incidents they tell of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path

from bilan.capture.captured import Captured
from bilan.core.claims.account import Reading
from bilan.core.incidents.entries import Linked, ReportCaptured
from bilan.core.incidents.plain import body_to_plain, kind_of
from bilan.core.values import Fault, Report
from bilan.store.chain import sha256
from bilan.store.ledger import Draft
from bilan.store.models import Capture, StoredObject
from bilan.store.objects import Objects, Sealed
from bilan.store.pen import OBJECTS, Pen
from bilan.store.people import Duty, machine_or
from bilan.store.posters import without_poster
from bilan.store.readings import reading_body
from bilan.store.record import Record
from bilan.store.reports import words_of_report
from bilan.store.signing import MACHINE, Author
from bilan.store.trouble import told_plainly

BATCH = 32  # reports of one transaction: others wait for it some tens of milliseconds
# Reports up to which a long addition holds the whole casebook in memory, about 20 kB for each;
# beyond, each question goes to the tables, at a tenth of the speed. Move it with the memory.
WHOLE = 50_000
WRITERS = 8  # files synced at once; a disk takes eight syncs in half the time of one by one

ReadAll = Callable[[Iterable[Captured]], Iterator[tuple[Captured, "Reading | None"]]]


class Outcome(StrEnum):
    """What became of an item."""

    NEW = "new"
    NEW_CAPTURE = "new capture"  # the same report came in with other bytes
    ALREADY_THERE = "already there"
    REFUSED = "refused"


TAKEN = (Outcome.NEW, Outcome.NEW_CAPTURE)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one item, and what was wrong with it."""

    where: str
    outcome: Outcome
    report: str | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ready:
    """A report that was read and whose objects are sealed aside."""

    item: Captured
    report: Report
    reading: Reading
    bytes: Sealed
    words: Sealed


def add_reports(
    record: Record,
    items: Iterable[Captured],
    read_all: ReadAll,
    *,
    clock: Callable[[], datetime],
    by: str | None = None,
) -> Iterator[Added]:
    """What became of each item, once it is safe on the disk.

    Killed at any moment, the record holds whole batches and nothing else: run it again and it
    continues, since what is there already is neither read nor written twice.
    """
    if by is not None:
        machine_or(by, Duty.RECORDS)  # says so before an hour of reading, not after
    passed: list[Added] = []
    readings = read_all(_unknown(items, passed))
    with ThreadPoolExecutor(WRITERS) as writers:
        while True:
            batch, sealing = [], []
            try:
                for pair in islice(readings, BATCH):
                    batch.append(pair)  # sealed while the next one is read
                    sealing.append(writers.submit(_sealed, record.objects, *pair))
                yield from _drained(passed)
                if not batch:
                    return
                if len(batch) == BATCH and Capture.objects.count() < WHOLE:
                    record.remember_all()
                yield from _written(record, batch, sealing, clock, by)
            finally:
                for part in _parts(sealing):
                    part.unlink(missing_ok=True)


def _unknown(items: Iterable[Captured], passed: list[Added]) -> Iterator[Captured]:
    """The items that have to be read; what became of the others goes to `passed`."""
    items = iter(items)
    while some := list(islice(items, BATCH)):
        names = {sha256(item.content): item for item in some}
        erased = set(StoredObject.objects.filter(pk__in=names, erased=True).values_list("pk"))
        known = Capture.objects.filter(bytes__in=names).values_list("report", "bytes")
        captures = set(known)
        for item in some:
            name = sha256(item.content)
            if item.report is None:
                passed.append(Added(item.where, Outcome.REFUSED, None, item.faults))
            elif (name,) in erased:
                passed.append(_erased(item.where, item.report.id, item.faults))
            elif (item.report.id, name) in captures:
                there = Outcome.ALREADY_THERE
                passed.append(Added(item.where, there, item.report.id, item.faults))
            else:
                yield item


def _drained(passed: list[Added]) -> Iterator[Added]:
    yield from passed
    passed.clear()


def _sealed(objects: Objects, item: Captured, reading: Reading | None) -> _Ready | None:
    if item.report is None or reading is None:
        return None
    report = replace(item.report, lang=reading.lang)
    words = objects.seal(words_of_report(report))
    try:
        return _Ready(item, report, reading, objects.seal(item.content), words)
    except OSError:
        words.part.unlink(missing_ok=True)
        raise


def _parts(sealing: Iterable[Future[_Ready | None]]) -> Iterator[Path]:
    """What was sealed aside, once every writer has ended; nothing is there of what was kept."""
    for one in sealing:
        ready = one.result() if one.exception() is None else None
        if ready is not None:
            yield from (ready.bytes.part, ready.words.part)


def _written(
    record: Record,
    batch: Sequence[tuple[Captured, Reading | None]],
    sealing: Sequence[Future[_Ready | None]],
    clock: Callable[[], datetime],
    by: str | None,
) -> list[Added]:
    what = batch[0][0].where
    if len(batch) > 1:
        what = f"{len(batch)} reports, from {what} on"
    with told_plainly(what):
        ready = [one for one in (each.result() for each in sealing) if one is not None]
    with record.writing(what) as pen:
        author = machine_or(by, Duty.RECORDS)
        judged = _judged(ready)
        record.objects.keep(_missing([one for one, outcome in judged if outcome in TAKEN]))
        added = [_take(pen, one, outcome, author, clock) for one, outcome in judged]
        link_each(pen, _taken(added), clock)
        return added


def _judged(ready: Sequence[_Ready]) -> list[tuple[_Ready, Outcome]]:
    """What is to become of each: another may have been faster, or the batch says it twice."""
    rows = Capture.objects.filter(report__in={one.report.id for one in ready})
    known = {(row.report, row.bytes) for row in rows}
    names = {s.sha256 for one in ready for s in (one.bytes, one.words)}
    erased = set(
        StoredObject.objects.filter(pk__in=names, erased=True).values_list("pk", flat=True)
    )
    judged = []
    for one in ready:
        outcome = _outcome(one, known, erased)
        judged.append((one, outcome))
        if outcome in TAKEN:
            known.add((one.report.id, one.bytes.sha256))
    return judged


def _outcome(one: _Ready, known: set[tuple[str, str]], erased: set[str]) -> Outcome:
    if erased & {one.bytes.sha256, one.words.sha256}:
        return Outcome.REFUSED
    if (one.report.id, one.bytes.sha256) in known:
        return Outcome.ALREADY_THERE
    again = any(report == one.report.id for report, _ in known)
    return Outcome.NEW_CAPTURE if again else Outcome.NEW


def _missing(ready: Sequence[_Ready]) -> list[Sealed]:
    """The objects that the record does not have yet, each once."""
    sealed = {s.sha256: s for one in ready for s in (one.bytes, one.words)}
    there = StoredObject.objects.in_bulk(list(sealed))
    return [one for name, one in sealed.items() if name not in there]


def _take(
    pen: Pen, one: _Ready, outcome: Outcome, author: Author, clock: Callable[[], datetime]
) -> Added:
    where, report = one.item.where, one.report.id
    faults = tuple(dict.fromkeys((*one.item.faults, *one.reading.faults)))
    if outcome is Outcome.REFUSED:
        return _erased(where, report, faults)
    if outcome in TAKEN:
        pen.write([_capture(one), _reading(one)], author=author, at=clock())
    return Added(where, outcome, report, faults)


def _taken(added: Iterable[Added]) -> Iterator[str]:
    return (one.report for one in added if one.outcome in TAKEN and one.report is not None)


def _erased(where: str, report: str, faults: tuple[Fault, ...]) -> Added:
    reason = "these words were erased from the record before, so they are not taken in again"
    return Added(where, Outcome.REFUSED, report, (*faults, Fault("erased", reason, where)))


def _capture(one: _Ready) -> Draft:
    report = without_poster(one.report)
    body = ReportCaptured(report.id, report.lang, report.published, report.publisher)
    names = {"bytes": one.bytes.sha256, "words": one.words.sha256}
    return Draft(kind_of(body), {**body_to_plain(body), OBJECTS: names})


def _reading(one: _Ready) -> Draft:
    return Draft("read", reading_body(one.report, one.reading))


def link_each(pen: Pen, reports: Iterable[str], clock: Callable[[], datetime]) -> None:
    """Write what linking changes around reports that came in together."""
    for linked in pen.casebook.link_each(reports):
        link(pen, linked, at=clock())


def link(pen: Pen, linked: Linked | None, *, at: datetime) -> None:
    """Write what linking changes, if it changes anything; the program's own entry."""
    if linked is not None:
        draft = Draft(kind_of(linked), body_to_plain(linked))
        pen.write([draft], author=Author(MACHINE), at=at)
