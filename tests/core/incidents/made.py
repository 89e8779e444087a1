"""Reports and records made for tests: real places, agencies and parties, invented events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from bilan.core.claims.account import Account, Role, SharedToll, Statement
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.entries import (
    Body,
    Decided,
    Entry,
    Linked,
    ReadingMade,
    ReportCaptured,
    Withdrawn,
    tellings_in,
)
from bilan.core.incidents.telling import Figure, Telling, Told
from bilan.core.incidents.traits import Traits, traits_of
from bilan.core.reports.origins import Voice
from bilan.core.reports.sketches import mark_of
from bilan.core.values import (
    Cause,
    CivilianStatus,
    Count,
    Place,
    PlacePrecision,
    Point,
    Publisher,
    PublisherKind,
    Span,
    Stance,
    When,
)

COALITION, RUSSIA, SYRIA = "US-led Coalition", "Russia", "Syrian government forces"


def at(name: str, lat: float, lon: float, precision: str = "settlement", km: float = 4) -> Place:
    """A place in the governorate of Deir ez-Zor."""
    return Place(
        name, name, "Deir ez-Zor", "SY", Point(lat, lon), PlacePrecision(precision), km, f"g:{name}"
    )


MAYADIN = at("Al Mayadin", 35.0197, 40.4533)
MAHKAN = at("Mahkan", 34.9744, 40.4856)
ASHARAH = at("Al Asharah", 34.9203, 40.5601)
DEIR_EZ_ZOR = at("Deir ez-Zor", 35.3359, 40.1408, "district", 30)
SANA = Voice(mark_of("SANA"), "sana", party=SYRIA)
SYRIAN_MEDIA = Voice(mark_of("Syrian media"), vague=True)
RESIDENTS = Voice(mark_of("residents"), vague=True)


def day(text: str) -> When:
    """One day."""
    return When.on(date.fromisoformat(text))


def count(value: int | tuple[int | None, int | None] | None) -> Count | None:
    """12, (12, None), (9, 19) or None."""
    if value is None:
        return None
    return Count.exactly(value) if isinstance(value, int) else Count(*value)


def account(
    where: Place | None = MAYADIN,
    when: str | When | None = "2017-09-16",
    killed: Any = None,
    **more: Any,
) -> Account:
    """An account of an airstrike; counts as in `count`."""
    counts: dict[str, Any] = {k: count(more.pop(k)) for k in COUNTS if k in more}
    return Account(
        when=day(when) if isinstance(when, str) else when,
        place=where,
        cause=more.pop("cause", Cause.AIRSTRIKE),
        killed=count(killed),
        civilian_status=more.pop("civilian_status", CivilianStatus.CIVILIAN),
        role=Role(more.pop("role", "main")),
        **counts,
        **more,
    )


COUNTS = ("injured", "missing", "killed_children", "killed_women", "killed_men", "fighters_killed")


def says(party: str, *stances: str, own: bool = True) -> tuple[Statement, ...]:
    """A party's stances."""
    return tuple(Statement(party, Stance(s), Span(0, 1), own) for s in stances)


def report(
    name: str,
    *accounts: Account,
    published: str | None = "2017-09-17",
    by: str | None = None,
    kind: str = "local_media",
    party: str | None = None,
    voices: Iterable[Voice] = (),
    figures: Iterable[Figure] = (),
    text: str = "",
    lang: str = "en",
) -> tuple[ReportCaptured, ReadingMade]:
    """A report as the ledger has it; all of its accounts rest on the same voices."""
    publisher = Publisher(by or f"Publisher of {name}", PublisherKind(kind), party=party)
    facts = ReportCaptured(
        name, lang, date.fromisoformat(published) if published else None, publisher
    )
    told = tuple(
        Told(a, tuple(voices), tuple(figures), mark_of(a.place.name) if a.place else None)
        for a in accounts
    )
    traits = traits_of(text) if text else Traits()
    return facts, ReadingMade(name, "made", bool(accounts), told, traits)


def shared(killed: Any, *places: Place, when: str = "2017-09-16", **more: Any) -> list[Account]:
    """Accounts of one number told of several places together."""
    total = count(killed)
    if total is None:
        raise ValueError("a shared toll has a total")
    toll = SharedToll(total, tuple(range(len(places))))
    return [account(p, when, shared_toll=toll, **more) for p in places]


def tellings(*reports: tuple[ReportCaptured, ReadingMade]) -> list[Telling]:
    """All tellings of these reports."""
    return [t for facts, made in reports for t in tellings_in(facts, made)]


class Record:
    """A ledger and the casebook that follows it."""

    def __init__(self, *reports: tuple[ReportCaptured, ReadingMade]) -> None:
        self.ledger: list[Entry] = []
        self.book = Casebook()
        for one in reports:
            self.add(one)

    def write(self, body: Body, *, by: str = "bilan") -> int:
        """Append and apply one entry; its number."""
        entry = Entry(len(self.ledger) + 1, "2026-11-02T08:00:00Z", by, body)
        self.ledger.append(entry)
        self.book.apply(entry)
        return entry.seq

    def add(self, one: tuple[ReportCaptured, ReadingMade]) -> Linked | None:
        """Capture, read and link one report."""
        self.write(one[0])
        self.write(one[1])
        return self._link(self.book.link([one[0].report]))

    def decide(self, decided: Decided, *, by: str = "amal") -> int:
        """Write a decision and link around it; its number."""
        seq = self.write(decided, by=by)
        self._link(self.book.relink(decided.tellings))
        return seq

    def withdraw(self, seq: int) -> None:
        """Take a decision back and link around it."""
        self.write(Withdrawn(seq, "a slip"), by="boris")
        self._link(self.book.relink(self.book.shelf.decisions[seq].tellings))

    def _link(self, linked: Linked | None) -> Linked | None:
        if linked is not None:
            self.write(linked)
        return linked

    def groups(self) -> set[frozenset[str]]:
        """Who is together: the telling ids of each incident."""
        codes = self.book.codes()
        return {frozenset(t.id for t in self.book.incident(c).tellings) for c in codes}

    def code(self, telling: str) -> str:
        """The code of the incident to which a telling belongs."""
        code = self.book.shelf.placed[telling].code
        if code is None:
            raise AssertionError(f"{telling} is in the pool")
        return code

    def replayed(self) -> Casebook:
        """A new casebook that follows the same ledger."""
        book = Casebook()
        for entry in self.ledger:
            book.apply(entry)
        return book


def with_role(one: Account, role: str) -> Account:
    """The account in another role."""
    return replace(one, role=Role(role))
