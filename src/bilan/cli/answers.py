"""`bilan answers`: what parties answered, what they owe, and which of their sums do not hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Annotated, Any

import typer
from rich.text import Text

from bilan.cli.harmless import harmless
from bilan.cli.page import Page as Screen
from bilan.cli.record_commands import AsJson, opened, say_json
from bilan.cli.screen import console, countries
from bilan.cli.show_incident import STATES
from bilan.cli.wording import count_words, day_words, number_of, place_words, when_words
from bilan.core.assessments.answers import NO_ANSWER, CaseFile, waiting
from bilan.core.assessments.months import Month, month_in, sums_between, sums_of
from bilan.core.assessments.unmatched import Unmatched, unmatched_answers
from bilan.core.claims.findings import publishes_findings
from bilan.core.incidents.casebook import Casebook
from bilan.core.publication.check import pages_of
from bilan.core.publication.selection import party_named
from bilan.core.values import PublisherKind
from bilan.store.record import Record
from bilan.store.reports import stored_report

app = typer.Typer()

Days = Annotated[int, typer.Option("--days", min=0, help="Open for longer is said to wait.")]
Whose = Annotated[str | None, typer.Option("--party", metavar="NAME", help="Only this party's.")]


@dataclass(frozen=True, slots=True)
class _Doc:
    """A monthly report: its party, its day, its figures."""

    report: str
    party: str
    published: date | None
    month: Month


@app.command()
def answers(
    context: typer.Context, party: Whose = None, days: Days = 180, as_json: AsJson = False
) -> None:
    """Follow what parties answer: each case, its state, since when, and what wants a look.

    Then the answers that fit no incident told, and the monthly figures that do not add up.
    """
    wanted = party and party_named(party)
    record = opened(context)
    with record.reading():
        book = record.casebook()
        cases = [
            (page.incident.code, file)
            for page in pages_of(book)
            for file in page.axes.files
            if wanted in (None, file.party)
        ]
        apart = [u for u in unmatched_answers(book) if wanted is None or wanted in u.parties]
        docs = [d for d in _months(record, book) if wanted in (None, d.party)]
    today = datetime.now(UTC).date()
    if as_json:
        say_json(_plain(cases, apart, docs, today=today, days=days))
        return
    _say(cases, apart, docs, today=today, days=days)


def _months(record: Record, book: Casebook) -> Iterator[_Doc]:
    """The monthly reports of the record, by party and day."""
    found = []
    for name in sorted(book.shelf.reports):
        if book.shelf.reports[name].publisher.kind is not PublisherKind.OFFICIAL:
            continue
        report = stored_report(record.objects, name)
        party = publishes_findings(report) if report else None
        month = month_in(report) if report and party else {}
        if report and party and month:
            found.append(_Doc(name, party, report.published, month))
    yield from sorted(found, key=lambda d: (d.party, d.published or date.max, d.report))


def _faulty(docs: Sequence[_Doc]) -> Iterator[tuple[str, str]]:
    """Each sum that does not hold, with the reports that it rests on."""
    for doc in docs:
        yield from ((doc.report, str(one)) for one in sums_of(doc.month) if not one.holds)
    for before, after in pairwise(docs):
        if before.party == after.party and _follows(before, after):
            for one in sums_between(before.month, after.month):
                if not one.holds:
                    yield f"{before.report} and {after.report}", str(one)


def _follows(before: _Doc, after: _Doc) -> bool:
    """Whether one is the report of the month after: a month left out breaks no sum."""
    if before.published is None or after.published is None:
        return False
    months = (after.published.year - before.published.year) * 12
    return months + after.published.month - before.published.month == 1


def _say(
    cases: Sequence[tuple[str, CaseFile]],
    apart: Sequence[Unmatched],
    docs: Sequence[_Doc],
    *,
    today: date,
    days: int,
) -> None:
    screen = Screen(console())
    for code, file in cases:
        screen.line(Text(harmless(f"{code}  {file.party}: {_state(file)}"), "bold"))
        late = waiting(file, today=today, days=days)
        if late is not None:
            screen.row("  waits", Text(f"{number_of(late, 'day')} beyond the {days} given"))
        if file.conceded_killed is not None:
            killed = count_words(file.conceded_killed)
            screen.row("  concedes", Text(f"{killed} killed, which is not counted"))
        for flag in file.flags:
            screen.row("  look at", Text(harmless(flag)))
    for one in apart:
        screen.row("No incident", Text(harmless(_apart(one))))
    for reports, words in _faulty(docs):
        screen.row("Sum", Text(harmless(f"{reports}: {words}")))
    answered = sum(file.state not in NO_ANSWER for _, file in cases)
    screen.line(Text(f"{number_of(len(cases), 'case')}, {answered} answered"))


def _state(file: CaseFile) -> str:
    since = file.steps[-1].day if file.steps else None
    return f"{STATES[file.state]}{f', {day_words(since)}' if since else ''}"


def _apart(one: Unmatched) -> str:
    account = one.telling.account
    where = place_words(account.place, countries())
    reasons = "; ".join(one.why)
    return (
        f"{one.telling.id}, {' and '.join(one.parties)}, {when_words(account.when)}, {where}:"
        f" {reasons}"
    )


def _plain(
    cases: Sequence[tuple[str, CaseFile]],
    apart: Sequence[Unmatched],
    docs: Sequence[_Doc],
    *,
    today: date,
    days: int,
) -> dict[str, Any]:
    return {
        "cases": [
            {
                "incident": code,
                "party": file.party,
                "state": str(file.state),
                "since": file.steps[-1].day if file.steps else None,
                "days_over": waiting(file, today=today, days=days),
                "flags": list(file.flags),
            }
            for code, file in cases
        ],
        "no_incident": [
            {"telling": u.telling.id, "parties": list(u.parties), "why": list(u.why)} for u in apart
        ],
        "sums": [{"reports": reports, "words": words} for reports, words in _faulty(docs)],
    }
