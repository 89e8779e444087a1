"""What the ledger says about incidents: the bodies of its entries.

The state of a record is a fold over these, in the order of the ledger (`casebook.Casebook`). What
the machine chose is an entry like any other, so replaying never links anew. Entries of other kinds
(people, stamps, releases) mean nothing here. `plain.py` turns bodies into plain JSON and back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from bilan.core.claims.account import Reading
from bilan.core.incidents.telling import Figure, Telling, Told, loose_figures, told_in
from bilan.core.incidents.traits import Traits, traits_of
from bilan.core.values import Count, Publisher, Report


@dataclass(frozen=True, slots=True)
class ReportCaptured:
    """A report came in, or came in again with other bytes; the facts of it that never change."""

    report: str
    lang: str = "und"
    published: date | None = None
    publisher: Publisher = field(default_factory=Publisher)


@dataclass(frozen=True, slots=True)
class ReadingMade:
    """One reader's reading of a report; it takes the place of every earlier reading of it.

    `told` are its accounts in the order of the text; `loose` the numbers that belong to none of
    them (campaign totals); `traits` are of the text that was read (`traits_of`). `own_day` is the
    day that the text gives as its own, for a report whose day of publication is not known.
    """

    report: str
    reader: str
    relevant: bool
    told: tuple[Told, ...] = ()
    traits: Traits = field(default_factory=Traits)
    loose: tuple[Figure, ...] = ()
    own_day: date | None = None


def captured(report: Report) -> ReportCaptured:
    """The entry's body for a report that came in."""
    return ReportCaptured(report.id, report.lang, report.published, report.publisher)


def reading_made(report: Report, reading: Reading) -> ReadingMade:
    """The entry's body for a reading: values, offsets and marks, no word of the report."""
    return ReadingMade(
        report=report.id,
        reader=reading.reader,
        relevant=reading.relevant,
        told=told_in(reading),
        traits=traits_of(report.text),
        loose=loose_figures(reading),
        own_day=reading.own_day,
    )


def tellings_in(facts: ReportCaptured, made: ReadingMade) -> tuple[Telling, ...]:
    """The tellings of a reading, each with the facts of its report."""
    return tuple(
        Telling(
            report=facts.report,
            index=index,
            account=told.account,
            published=facts.published or made.own_day,
            publisher=facts.publisher,
            lang=facts.lang,
            voices=told.voices,
            figures=told.figures,
            traits=made.traits,
            place_mark=told.place_mark,
        )
        for index, told in enumerate(made.told)
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a telling was put: an incident's code, or None for the pool; and why, in words.

    `rivals` are the incidents to which it might belong as well, or instead: a question for a
    person. `opened` holds where it opened its incident, so that the question is about two
    incidents, not about one report.
    """

    telling: str
    code: str | None
    why: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """One act of linking: only what changed.

    `opened` pairs each new code with the telling that opened it, or a retired code that comes back
    with the telling that once opened it; `retired` are codes that became another's: (old, new).
    """

    linker: str
    placed: tuple[Placed, ...] = ()
    opened: tuple[tuple[str, str], ...] = ()
    retired: tuple[tuple[str, str], ...] = ()


class Verb(StrEnum):
    """What a person may decide."""

    SAME = "same"
    DIFFERENT = "different"
    SPLIT_TOLL = "split-toll"
    ACCEPT = "accept"
    REJECT = "reject"
    SET = "set"
    GRADE = "grade"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Part:
    """A person's share of a shared toll for one incident; None = it tells nothing about it."""

    code: str
    count: Count | None


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided, and why. Who and when stand in the entry's envelope.

    same: `tellings` tell one incident. different: the first of them tells another one than each of
      the others. For an incident its anchor stands (`Casebook.anchor`); `incidents` are the codes
      as named.
    split-toll: `proposal`, `parts`, and the tellings that give the shared toll.
    accept, reject: of a `proposal` (like same and different), else of an incident (`incidents`,
      with its anchor), else of a telling; a `field` ("killed") narrows the rejection of a telling
      to one of its figures.
    set: `incidents[0]`, `field` and `value` (plain JSON; None = unknown, said by a person).
    grade: `incidents[0]`, `value` (the grade) and `ground`, the digest of what it rests on.
    case: `incidents[0]`, `field` (the party) and `value` {"state", "day"}: what the recorders did
      or heard in that party's case outside of any report, such as that they asked it.
    """

    verb: Verb
    because: str
    incidents: tuple[str, ...] = ()
    tellings: tuple[str, ...] = ()
    proposal: str | None = None
    field: str | None = None
    value: Any = None
    parts: tuple[Part, ...] = ()
    ground: str | None = None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A person took a decision back: the entry of that number no longer stands."""

    decision: int
    because: str


@dataclass(frozen=True, slots=True)
class Erased:
    """A report's words were erased by law or withdrawn consent. Its values stay."""

    report: str
    because: str


Body = ReportCaptured | ReadingMade | Linked | Decided | Withdrawn | Erased


@dataclass(frozen=True, slots=True)
class Entry:
    """A body in its envelope. `seq` counts from 1 without gaps over the whole ledger.

    `at` is an ISO 8601 instant in UTC, `by` the name of a person or of the program. `signed`: with
    a key of that person's own.
    """

    seq: int
    at: str
    by: str
    body: Body
    signed: bool = False
