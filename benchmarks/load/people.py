"""What one writer and one reader do, each in a process of its own, and how long each answer took.

A writer raises the toll of an incident by one: it looks, then decides with what it saw. If two
look at once, one of them is told and looks again. So in the end each toll says how often it was
raised, and an update that was lost is one that is missing there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from benchmarks.load.seeds import items, read_all
from bilan.acts.add_reports import add_reports
from bilan.acts.set_field import set_field
from bilan.core.errors import BilanError, Conflict
from bilan.core.incidents.casebook import Casebook
from bilan.core.tolls.ranges import ranges_of
from bilan.core.values import Count
from bilan.store.ledger import head
from bilan.store.queries import Filter, incidents
from bilan.store.record import Record, open_record

PAUSE = 0.02  # seconds in which a reader looks at what came; without it readers only burn cores
ADDED = 0.1  # share of writes that bring a report in instead of deciding


@dataclass
class Seen:
    """What somebody lived through: seconds of each answer, conflicts told, refusals."""

    writes: list[float] = field(default_factory=list)
    reads: list[float] = field(default_factory=list)
    raised: int = 0
    added: int = 0
    conflicts: int = 0
    cpu: float = 0.0  # seconds of processor of this process, all in all
    refused: list[str] = field(default_factory=list)


def now() -> datetime:
    """This instant."""
    return datetime.now(UTC)


def timed(into: list[float], act: Callable[[], object]) -> None:
    """How long an answer takes, whatever it is."""
    began = time.perf_counter()
    try:
        act()
    finally:
        into.append(time.perf_counter() - began)


def killed_in(book: Casebook, code: str) -> int:
    """How many were killed in an incident, as the record says it now."""
    toll = ranges_of(book.incident(code), book).toll("killed")
    return toll.low or 0


def write(folder: Path, name: str, codes: list[str], writes: int, first: int, seed: int) -> Seen:
    """So many writes by one person, over all incidents at random."""
    record, seen, chance = open_record(folder), Seen(), Random(seed)  # noqa: S311 - no secret
    done = 0
    while done < writes:
        try:
            if chance.random() < ADDED:
                timed(seen.writes, lambda: _add(record, first + seen.added, name))
                seen.added += 1
            else:
                _raise_one(record, chance.choice(codes), name, seen)
        except Conflict:
            seen.conflicts += 1
            continue
        except BilanError as error:
            seen.refused.append(str(error))
        done += 1
    seen.cpu = time.process_time()
    return seen


def _add(record: Record, number: int, name: str) -> None:
    list(add_reports(record, items([number]), read_all, clock=now, by=name))


def _raise_one(record: Record, code: str, name: str, seen: Seen) -> None:
    with record.reading():
        looked = head().seq
        killed = killed_in(record.casebook(), code)
    more = Count.exactly(killed + 1)
    as_seen = record.seen_at(looked)
    why = "a measure of load"
    timed(
        seen.writes,
        lambda: set_field(as_seen, code, "killed", more, by=name, because=why, at=now()),
    )
    seen.raised += 1


def read(folder: Path, codes: list[str], until: Callable[[], bool], seed: int) -> Seen:
    """Ask for a list of incidents, then for one of them, over and over."""
    record, seen, chance = open_record(folder), Seen(), Random(seed)  # noqa: S311 - no secret
    while not until():
        try:
            timed(seen.reads, lambda: list(incidents(Filter(place="SY"))[:50]))
            timed(seen.reads, lambda: _ask(record, chance.choice(codes)))
        except BilanError as error:
            seen.refused.append(str(error))
        time.sleep(PAUSE)
    seen.cpu = time.process_time()
    return seen


def _ask(record: Record, code: str) -> int:
    with record.reading():
        return killed_in(record.casebook(), code)
