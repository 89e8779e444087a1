"""What a party's own document finds about one incident: day, place, verdict, concession.

A finding is read from an account of the party's document, or, where nothing is told of harm, from
the day and the places that the document names. It says nothing about whose register is meant:
`core.incidents.register` offers incidents with reasons, and a person takes what is not sure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bilan.core.assessments.answers import LEADS_TO, State
from bilan.core.claims.account import Account, Label, Reading
from bilan.core.claims.dates.values import date_values
from bilan.core.claims.text.language import known_languages, load_language
from bilan.core.claims.text.tokens import words_of
from bilan.core.incidents.register import Sought
from bilan.core.values import Count, PlacePrecision, Point, Report, When


@dataclass(frozen=True, slots=True)
class Finding:
    """A party's finding. `state` is what it comes to, None where it comes to nothing; `killed` and
    `injured` are what the party concedes, which enters no range; None = nothing, not zero."""

    sought: Sought
    state: State | None
    killed: Count | None = None
    injured: Count | None = None


def finding_in(report: Report, reading: Reading, *, party: str | None) -> Finding:
    """The finding of a document about one incident; its first account leads."""
    account = next(iter(reading.accounts), None)
    state = verdict_of(reading.accounts) or _verdict_in_words(report)
    sought = Sought(
        when=(account and account.when) or _day_named(report, reading),
        names=_names(report, reading, account),
        province=account.place.admin1 if account and account.place else None,
        point=_point_given(account),
        party=party,
        credible=None if state in (None, State.UNDER_ASSESSMENT) else state is State.CREDIBLE,
        text=report.text,
    )
    if state is State.NON_CREDIBLE or account is None:
        return Finding(sought, state)
    return Finding(sought, state, account.killed, account.injured)


def verdict_of(accounts: Iterable[Account]) -> State | None:
    """What a party's stances come to: a finding before an inquiry, a concession before a denial.

    Findings that contradict each other in one document stand for what is conceded, if anything is.
    """
    accounts = tuple(accounts)
    states = {LEADS_TO[s.stance] for a in accounts for s in a.statements if s.stance in LEADS_TO}
    conceded = any(a.killed or a.injured for a in accounts)
    if {State.CREDIBLE, State.NON_CREDIBLE} <= states:
        return State.CREDIBLE if conceded else State.NON_CREDIBLE
    order = (State.CREDIBLE, State.NON_CREDIBLE, State.UNDER_ASSESSMENT)
    return next((state for state in order if state in states), None)


def _verdict_in_words(report: Report) -> State | None:
    """What a document comes to that tells of no harm: its words of finding, read as its party's.

    A finding that nothing was found is no account of harm, so no statement stands in the reading.
    """
    if report.lang not in known_languages():
        return None
    hits = load_language(report.lang).lexicon.find(words_of(report.text))
    keys = {hit.key for hit in hits if hit.category == "stance"}
    return next((state for key, state in WORDS_OF_FINDING.items() if key in keys), None)


# In this order: "insufficient to find it credible" is no finding that it is.
WORDS_OF_FINDING = {
    "finds_not_credible": State.NON_CREDIBLE,
    "denies": State.NON_CREDIBLE,
    "acknowledges_harm": State.CREDIBLE,
    "finds_credible": State.CREDIBLE,
    "opens_inquiry": State.UNDER_ASSESSMENT,
    "refers": State.UNDER_ASSESSMENT,
}


def _names(report: Report, reading: Reading, account: Account | None) -> tuple[str, ...]:
    """The places named, that of the account first, then in the order of the text."""
    named = [span.span.of(report.text) for span in reading.spans if span.label is Label.PLACE]
    place = account.place if account else None
    own = [place.name, place.canonical_name] if place else []
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
