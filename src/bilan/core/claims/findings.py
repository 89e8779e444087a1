"""A party's list of findings, read entry by entry: each entry is an account of its own.

What the entry's head says of day and place holds, whatever else its reason names; an entry comes to
one finding, in the party's own words. Without this a finding that there was no harm would be no
account at all, and two entries about one town would be read as one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bilan.core.claims.account import (
    TOLL_LABELS,
    Account,
    Informant,
    Label,
    LabelledSpan,
    Outcome,
    Reading,
    Role,
    Statement,
)
from bilan.core.claims.parties.parties import Setting, name_of
from bilan.core.claims.speech.entries import Entry, Section, entries_in
from bilan.core.claims.speech.testimony import publishing_party
from bilan.core.claims.speech.verdicts import Verdict, unwrapped, verdict_in
from bilan.core.claims.text.language import known_languages, load_language
from bilan.core.claims.windows import joined
from bilan.core.frozen import dataclass, replace
from bilan.core.values import (
    Place,
    PlaceFinder,
    PlacePrecision,
    PublisherKind,
    Report,
    Span,
    Stance,
)

ReadOne = Callable[[Report], Reading]

# What an entry comes to, as a stance. A duplicate refers to an assessment made before, and a case
# that was opened again is looked into again; `Outcome` tells both apart from a first answer.
_STANCE = {
    Section.CREDIBLE: Stance.FINDS_CREDIBLE,
    Section.NOT_CREDIBLE: Stance.FINDS_NOT_CREDIBLE,
    Section.DUPLICATE: Stance.REFERS,
    Section.OPEN: Stance.OPENS_INQUIRY,
    Section.REOPENED: Stance.OPENS_INQUIRY,
}
_OUTCOME = {Section.DUPLICATE: Outcome.DUPLICATE, Section.REOPENED: Outcome.REOPENED}
# Stances beside which a finding may stand: they tell of the strike, not of what came of the case.
_BESIDE = frozenset({Stance.ACKNOWLEDGES_STRIKE, Stance.DISPUTES_TARGET})
_COARSE = frozenset({PlacePrecision.REGION, PlacePrecision.COUNTRY})
_COUNTS = (*TOLL_LABELS.values(), "civilian_status")


def publishes_findings(report: Report) -> str | None:
    """The party, by its canonical name, whose list of findings a report may be; None for others."""
    own = report.publisher.kind is PublisherKind.OFFICIAL or report.publisher.party
    if not own or report.lang not in known_languages():
        return None
    year = report.published.year if report.published else None
    setting = Setting((), year, report.publisher)
    party = publishing_party(report.publisher, load_language(report.lang), (), setting)
    return None if party is None else name_of(party)


def read_findings(report: Report, places: PlaceFinder, read_one: ReadOne) -> Reading | None:
    """The reading of a party's list of findings; None for a report that is none."""
    party = publishes_findings(report)
    entries = entries_in(report.text, report.lang) if party is not None else ()
    if party is None or not entries:
        return None
    reader = _Reader(report, party, places, read_one)
    return joined(list(reader.parts(entries)))


@dataclass(frozen=True, slots=True)
class _Reader:
    report: Report
    party: str
    places: PlaceFinder
    read_one: ReadOne

    def parts(self, entries: Sequence[Entry]) -> Iterator[tuple[int, Reading]]:
        """The readings of the entries and of what stands around them, with their places."""
        text, at = self.report.text, 0
        for entry in entries:
            if text[at : entry.span.start].strip(" \t\n.()0123456789"):
                yield at, _around(self.read(text[at : entry.span.start]))
            yield entry.span.start, self.entry(entry)
            at = entry.span.end
        if text[at:].strip():
            yield at, _around(self.read(text[at:]))

    def read(self, text: str) -> Reading:
        return self.read_one(replace(self.report, text=text, title=None))

    def entry(self, entry: Entry) -> Reading:
        """The reading of one entry: one account, whatever a reader of articles would make of it."""
        text = unwrapped(entry.span.of(self.report.text))
        reading = self.read(text)
        first = next((a for a in reading.accounts if a.role is Role.MAIN), Account())
        place, at = self.place(entry, text, first)
        verdict = verdict_in(text, self.report.lang)
        account = replace(
            _together(first, reading.accounts),
            role=Role.MAIN,
            when=entry.when,
            place=place,
            place_span=at,
            alleged_by=first.alleged_by or _brought_by(entry, text),
            # A party assesses what is laid at its own door, also where it finds that nothing was.
            alleged_perpetrators=first.alleged_perpetrators or (self.party,),
            statements=tuple(self.statements(entry, verdict, reading)),
        )
        spans = [replace(s, accounts=(0,) if s.accounts else ()) for s in reading.spans]
        spans += _missing(account, entry, spans)
        return replace(
            reading, relevant=True, accounts=(account,), spans=tuple(sorted(spans, key=_in_order))
        )

    def place(self, entry: Entry, text: str, first: Account) -> tuple[Place | None, Span | None]:
        """The place of the head: the nearest part of it that the gazetteer knows."""
        head = Span(0, entry.head.end - entry.span.start)
        own = first.place_span
        if first.place and own and own.end <= head.end and first.place.precision not in _COARSE:
            return first.place, own
        found = [
            m for m in self.places.places_in(text, lang=self.report.lang) if m.span.end <= head.end
        ]
        fine = [m for m in found if m.place.precision not in _COARSE]
        best = next(iter(fine or found), None)
        return (best.place, best.span) if best else (first.place, first.place_span)

    def statements(
        self, entry: Entry, verdict: Verdict | None, reading: Reading
    ) -> Iterator[Statement]:
        """What the party says of the case: of its strike, that it was reopened, and its finding."""
        said = [s for a in reading.accounts for s in a.statements]
        yield from (s for s in said if s.stance in _BESIDE and s.own_words)
        if verdict is not None and verdict.reopened and verdict.outcome is not Section.REOPENED:
            yield self._says(Section.REOPENED, verdict.reopened)
        outcome = verdict.outcome if verdict else entry.section
        if outcome is None:
            yield from (s for s in said if s.stance not in _BESIDE)
            return
        words = verdict.span if verdict else Span(0, entry.head.end - entry.span.start)
        stance = _STANCE[outcome]
        alike = (s.span for s in said if s.stance is stance and s.party == self.party)
        yield self._says(outcome, next(alike, words))

    def _says(self, outcome: Section, words: Span) -> Statement:
        return Statement(self.party, _STANCE[outcome], words, outcome=_OUTCOME.get(outcome))


def _around(reading: Reading) -> Reading:
    """What stands around the entries is about the month: its tolls are those of many incidents."""
    spans = (
        replace(s, accounts=(), label=Label.CUMULATIVE if s.label in TOLL_LABELS else s.label)
        for s in reading.spans
    )
    return replace(reading, relevant=False, accounts=(), spans=tuple(spans))


def _together(first: Account, accounts: Sequence[Account]) -> Account:
    """The first account of an entry, with the counts that only the others give.

    A toll of two places that one entry names is the toll of its one case.
    """
    if first.shared_toll is not None:
        first = replace(first, killed=first.killed or first.shared_toll.total, shared_toll=None)
    filled: dict[str, Any] = {
        name: next((v for a in (first, *accounts) if (v := getattr(a, name)) is not None), None)
        for name in _COUNTS
    }
    return replace(first, **filled)


def _brought_by(entry: Entry, text: str) -> tuple[Informant, ...]:
    if entry.via is None:
        return ()
    span = Span(entry.via.start - entry.span.start, entry.via.end - entry.span.start)
    return (Informant(span.of(text), span),)


def _missing(
    account: Account, entry: Entry, spans: Sequence[LabelledSpan]
) -> Iterator[LabelledSpan]:
    """The words of the day, the place and the finding, where the reading has no span for them."""
    known = {(s.span, s.label) for s in spans if s.accounts}
    if not any(label is Label.DATE for _, label in known):
        yield LabelledSpan(_day_of(entry), Label.DATE, (0,))
    if account.place_span and not any(label is Label.PLACE for _, label in known):
        yield LabelledSpan(account.place_span, Label.PLACE, (0,))
    for statement in account.statements:
        if (statement.span, Label.STATEMENT) not in known:
            yield LabelledSpan(statement.span, Label.STATEMENT, (0,))


def _day_of(entry: Entry) -> Span:
    return Span(entry.day.start - entry.span.start, entry.day.end - entry.span.start)


def _in_order(span: LabelledSpan) -> tuple[Span, Label]:
    return span.span, span.label
