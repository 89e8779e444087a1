"""What a party's own document finds, entry by entry: day, place, verdict, concession.

A finding is read from an entry's head and words, or, where a document is no list, from its first
account, or from the day and the places that it names. It says nothing about whose register is
meant: `core.incidents.register` offers incidents with reasons, and a person takes what is not sure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bilan.core.assessments.answers import LEADS_TO, State
from bilan.core.claims.account import Account, Label, Reading
from bilan.core.claims.dates.values import date_values
from bilan.core.claims.speech.entries import Entry, Section, brought_by, entries_in
from bilan.core.claims.speech.verdicts import verdict_in
from bilan.core.incidents.register import Sought
from bilan.core.values import Count, PlacePrecision, Point, Report, Span, When

STATES = {
    Section.CREDIBLE: State.CREDIBLE,
    Section.NOT_CREDIBLE: State.NON_CREDIBLE,
    Section.DUPLICATE: State.DUPLICATE,
    Section.OPEN: State.UNDER_ASSESSMENT,
    Section.REOPENED: State.REOPENED,
}
CONCLUDED = frozenset({State.CREDIBLE, State.NON_CREDIBLE})


@dataclass(frozen=True, slots=True)
class Finding:
    """A party's finding about one case, and the words that hold it.

    `state` is what it comes to, None where it comes to nothing; `killed` and `injured` are what the
    party concedes, which enters no range; None = nothing, not zero.
    """

    sought: Sought
    state: State | None
    span: Span
    killed: Count | None = None
    injured: Count | None = None


def findings_in(report: Report, reading: Reading, *, party: str | None) -> tuple[Finding, ...]:
    """The findings of a party's document in their order: one per entry, at least one in all."""
    entries = entries_in(report.text, report.lang)
    if not entries:
        whole = Span(0, max(1, len(report.text)))
        return (_finding(report, reading, party, whole, None, next(iter(reading.accounts), None)),)
    return tuple(
        _finding(report, reading, party, e.span, e, _account_of(e, reading)) for e in entries
    )


def finding_in(report: Report, reading: Reading, *, party: str | None) -> Finding:
    """The finding of a document about one incident: its first one."""
    return findings_in(report, reading, party=party)[0]


def _account_of(entry: Entry, reading: Reading) -> Account | None:
    """The account that the reading has of an entry: one with words in it."""

    def within(span: Span | None) -> bool:
        return span is not None and entry.span.start <= span.start and span.end <= entry.span.end

    told = (i for s in reading.spans if within(s.span) for i in s.accounts)
    index = next((i for i in told if i < len(reading.accounts)), None)
    return None if index is None else reading.accounts[index]


def _finding(
    report: Report,
    reading: Reading,
    party: str | None,
    span: Span,
    entry: Entry | None,
    account: Account | None,
) -> Finding:
    text = span.of(report.text)
    state = _state(text, report.lang, entry, account)
    named = [s.span.of(report.text) for s in reading.spans if s.label is Label.PLACE]
    sought = Sought(
        when=entry.when if entry else (account and account.when) or _day_named(report, reading),
        names=_names(entry, account, named if entry is None else []),
        province=account.place.admin1 if account and account.place else None,
        point=_point_given(account),
        party=party,
        credible=state is State.CREDIBLE if state in CONCLUDED else None,
        brought=brought_by(entry, report) if entry else None,
        text=text,
    )
    if state is State.NON_CREDIBLE or account is None:
        return Finding(sought, state, span)
    return Finding(sought, state, span, account.killed, account.injured)


def _state(text: str, lang: str, entry: Entry | None, account: Account | None) -> State | None:
    """What the words come to; else the heading above the entry; else the stances that were read."""
    verdict = verdict_in(text, lang)
    if verdict is not None:
        return STATES[verdict.outcome]
    if entry is not None and entry.section is not None:
        return STATES[entry.section]
    return verdict_of([account] if account else [])


def verdict_of(accounts: Iterable[Account]) -> State | None:
    """What a party's stances come to: a finding before an inquiry, a concession before a denial.

    Findings that contradict each other in one document stand for what is conceded, if anything is.
    """
    accounts = tuple(accounts)
    states = {LEADS_TO[s.stance] for a in accounts for s in a.statements if s.stance in LEADS_TO}
    conceded = any(a.killed or a.injured for a in accounts)
    if states >= CONCLUDED:
        return State.CREDIBLE if conceded else State.NON_CREDIBLE
    order = (State.CREDIBLE, State.NON_CREDIBLE, State.UNDER_ASSESSMENT)
    return next((state for state in order if state in states), None)


def _names(entry: Entry | None, account: Account | None, named: list[str]) -> tuple[str, ...]:
    """The places named, the nearest first: as the head has them, else as the account and the text.

    The country is left out, as no register names incidents by it.
    """
    place = account.place if account else None
    own = [place.name, place.canonical_name] if place else []
    if entry is not None:
        parts = entry.places[:-1] or entry.places
        return tuple(dict.fromkeys(name for name in [*parts, *own] if name))
    return tuple(dict.fromkeys(name for name in [*own, *named] if name))


def _point_given(account: Account | None) -> Point | None:
    """The point where the document gives coordinates; a name's own point may be a namesake's."""
    place = account.place if account else None
    return place.point if place and place.precision is PlacePrecision.EXACT else None


def _day_named(report: Report, reading: Reading) -> When | None:
    """The first whole day that the document names."""
    spans = [span.span for span in reading.spans if span.label is Label.DATE]
    values = date_values(report.text, spans, report.lang, report.published, ["DATE"] * len(spans))
    days = (day for value in values if value and (day := _as_day(value)))
    return next((When(day, day) for day in days), None)


def _as_day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
