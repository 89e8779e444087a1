"""`bilan incidents, show, count`: what the record knows, and on whose word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

import typer
from rich.text import Text

from bilan.cli.asking import From, Scheme, To, Where, as_day
from bilan.cli.harmless import harmless
from bilan.cli.library import Library
from bilan.cli.page import Page as Screen
from bilan.cli.record_commands import AsJson, opened, say_json
from bilan.cli.rows import row_from, row_plain, row_words, rows_of
from bilan.cli.screen import console, countries
from bilan.cli.show_incident import View, answer_to, range_words, show_incident
from bilan.cli.show_reading import Told
from bilan.cli.show_reading import show as show_reading
from bilan.cli.show_register import (
    beside_lines,
    beside_plain,
    entry_meant,
    entry_plain,
    meaning_plain,
    show_entry,
)
from bilan.cli.wording import count_words, day_words, number_of, place_words, when_words
from bilan.core.assessments.grades import Grade
from bilan.core.claims.shape import reading_to_json
from bilan.core.errors import UnknownName
from bilan.core.incidents.casebook import Casebook
from bilan.core.publication.check import Page, page_of, pages_of, question_plain, questions_of
from bilan.core.publication.full import full_incident
from bilan.core.publication.selection import Selection, party_named
from bilan.core.publication.totals import Beside, Sum, Total, total_over
from bilan.core.registers.asserted import Kind
from bilan.core.registers.codes import Meaning, certain
from bilan.core.tolls.ranges import known_on
from bilan.core.tolls.schemes import scheme_named
from bilan.store.ledger import head
from bilan.store.models import IncidentRow
from bilan.store.record import Record
from bilan.store.registers import meanings_of, parts
from bilan.store.reports import is_report, stored_reading, stored_report

app = typer.Typer()

Party = Annotated[str | None, typer.Option(metavar="NAME", help="Suspected, or says it struck.")]
Graded = Annotated[Grade | None, typer.Option("--grade", help="Only of this grade.")]


@contextmanager
def _asked(context: typer.Context) -> Iterator[tuple[Record, Casebook]]:
    """The record that was asked for, as it stands at one moment."""
    record = opened(context)
    with record.reading():
        yield record, record.casebook()


def _selection(
    party: str | None,
    place: str | None,
    since: date | None,
    until: date | None,
    grade: Grade | None,
) -> Selection:
    return Selection(party and party_named(party), place, since, until, grade)


@app.command()
def incidents(
    context: typer.Context,
    party: Party = None,
    place: Where = None,
    since: From = None,
    until: To = None,
    grade: Graded = None,
    as_json: AsJson = False,
) -> None:
    """List the incidents of the record: when, where, how many, on how many origins' word."""
    chosen = _selection(party, place, since, until, grade)
    with _asked(context):
        rows = rows_of(chosen)
    if as_json:
        say_json([row_plain(row) for row in rows])
        return
    screen = Screen(console())
    for row in rows:
        _say_row(row, screen)
    screen.line(Text(f"{number_of(len(rows), 'incident')}; `bilan show` has the open questions"))
    for part in parts():
        if part.kind is Kind.INCIDENT:
            held = f"{number_of(part.rows, 'incident')} of the register {part.register} stand apart"
            screen.line(Text(harmless(f"{held}: bilan registers entries {part.register}")))


def _say_row(row: IncidentRow, screen: Screen) -> None:
    which, known = row_words(row, countries())
    screen.line(Text(harmless(which), "bold"))
    screen.line(Text(known))


def _in_a_line(page: Page) -> str:
    place = place_words(page.incident.place, countries())
    killed = range_words(page.ranges.toll("killed"))
    return f"{page.incident.code}: {when_words(page.incident.when)}, {place}, killed {killed}"


@app.command()
def show(
    context: typer.Context,
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE | REPORT]",
            help="An incident, a report, a code of a register.",
        ),
    ] = None,
    scheme: Scheme = "airwars",
    as_json: AsJson = False,
) -> None:
    """Show an incident: its ranges and what set them, or a report as it was read.

    Without a code: the questions that wait for a person, each with the command that answers it.
    """
    scheme_named(scheme)
    with _asked(context) as (record, book):
        if code is None:
            _show_questions(book, as_json=as_json)
        elif code in book.shelf.codes:
            _show_one(record, book, code, scheme=scheme, as_json=as_json)
        elif not is_report(code) and (meanings := meanings_of(code)):
            _show_entry(meanings, code, as_json=as_json)
        else:
            if book.hint(code):
                book.resolve(code)
            _show_report(record, code, as_json=as_json)


def _show_entry(meanings: Sequence[Meaning], code: str, *, as_json: bool) -> None:
    """An entry of another recorder's register, or every entry that the code may mean."""
    if as_json and certain(meanings) is None:
        say_json({"ambiguous": code, "candidates": [meaning_plain(one) for one in meanings]})
        return
    meant = entry_meant(meanings, code)
    if as_json:
        say_json(entry_plain(meant))
    else:
        show_entry(meant, code, Screen(console()))


def _show_questions(book: Casebook, *, as_json: bool) -> None:
    waiting = questions_of(book, pages_of(book))
    if as_json:
        say_json([question_plain(question) for question in waiting])
        return
    screen = Screen(console())
    for question in waiting:
        screen.line(Text(harmless(question.words), "bold"))
        for why in question.why:
            screen.row("  since", Text(harmless(why)))
        for code in question.incidents:
            screen.row("", Text(harmless(_in_a_line(page_of(book.incident(code), book)))))
        screen.row("  answer", Text(harmless(answer_to(question))))
        screen.gap()
    screen.line(Text(f"{number_of(len(waiting), 'question')} for a person"))


def _show_one(record: Record, book: Casebook, code: str, *, scheme: str, as_json: bool) -> None:
    now = book.resolve(code)
    page = page_of(book.incident(now), book, scheme=scheme)
    asked = [q for q in questions_of(book, (page,)) if now in q.incidents]
    if as_json:
        questions = list(map(question_plain, asked))
        shown = {**full_incident(page, book), "questions": questions, "seen": head().seq}
        say_json({**shown, "registers": beside_plain(page.incident)})
        return
    screen = Screen(console())
    if now != code:
        screen.line(Text(harmless(f"{code} is now {now}")))
    view = View(page, library_of(record), asked, book.former(now), countries())
    show_incident(view, screen)
    for words in beside_lines(page.incident):
        screen.row("Elsewhere", Text(harmless(words)))
    screen.row("record", Text(f"as of entry {head().seq}"))


def library_of(record: Record) -> Library:
    """The words of the reports of a record."""
    return Library(
        lambda report: stored_reading(record.objects, report)[1],
        lambda report: stored_report(record.objects, report),
    )


def _show_report(record: Record, report: str, *, as_json: bool) -> None:
    if not is_report(report):
        raise UnknownName(
            f"Nothing in the record is called {report}.",
            hint="`bilan incidents` lists the codes; a report is named by its id.",
        )
    reading, text = stored_reading(record.objects, report)
    kept = stored_report(record.objects, report)
    if kept is None or text is None:
        raise UnknownName(f"The words of {report} were erased.", hint="Its values still count.")
    if as_json:
        say_json(reading_to_json(reading, text))
    else:
        show_reading(
            Told(replace(kept, text=text), reading, "in the record", countries()), console()
        )


@app.command()
def count(
    context: typer.Context,
    party: Party = None,
    place: Where = None,
    since: From = None,
    until: To = None,
    grade: Graded = None,
    scheme: Scheme = "airwars",
    as_of: Annotated[
        date | None,
        typer.Option(parser=as_day, metavar="DATE", help="What was published by that day."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Count: the total over the incidents asked for, and the list that makes it.

    Sums are by grade; what is unknown adds nothing and is not zero. A toll told of several places
    together stands beside the sum until a person divides it, and so do campaign totals.
    """
    scheme_named(scheme)
    chosen = _selection(party, place, since, until, grade)
    with _asked(context) as (_, book):
        rows = rows_of(replace(chosen, grade=None))
        found = (book.incident(row.code) for row in rows)
        if as_of is not None:
            found = (known_on(incident, as_of) for incident in found)
        pages = (page_of(i, book, scheme=scheme) for i in found if i.tellings)
        total = total_over((p for p in pages if chosen.takes(p)), book, scheme=scheme)
    if as_json:
        say_json(_total_plain(total))
        return
    _say_total(total, Screen(console()), party=chosen.party)


def sum_plain(one: Sum) -> dict[str, Any]:
    """A sum as JSON; of nothing known it is null, never 0."""
    if not one.known:
        return {"min": None, "max": None, "open_above": False, "known": 0, "unknown": one.unknown}
    return {
        "min": one.low,
        "max": one.high,
        "open_above": one.open_above,
        "known": one.known,
        "unknown": one.unknown,
    }


def _total_plain(total: Total) -> dict[str, Any]:
    return {
        "scheme": total.scheme,
        "total": {measure: sum_plain(one) for measure, one in total.sums.items()},
        "by_grade": {
            str(grade): {measure: sum_plain(one) for measure, one in sums.items()}
            for grade, sums in total.by_grade.items()
        },
        "incidents": [row_plain(row_from(page)) for page in total.pages],
        "shared_tolls": [question_plain(question) for question in total.shared],
        "beside": [
            {
                "report": b.report,
                "published": b.published.isoformat() if b.published else None,
                "count": {"min": b.count.min, "max": b.count.max},
                "why": b.why,
                "residual": {"min": b.residual.low, "max": b.residual.high},
            }
            for b in total.beside
        ],
    }


def sum_words(one: Sum) -> str:
    """A sum in words, with how many incidents make it and how many have no number."""
    unknown = f"; unknown in {one.unknown} more" if one.unknown else ""
    if not one.known:
        return f"not known{unknown}"
    amount = f"{one.low:,}" if one.low == one.high else f"{one.low:,} to {one.high:,}"
    more = " or more" if one.open_above else ""
    return f"{amount}{more}, in {number_of(one.known, 'incident')}{unknown}"


def _say_total(total: Total, screen: Screen, *, party: str | None) -> None:
    for page in total.pages:
        _say_row(row_from(page), screen)
    if total.pages:
        screen.gap()
    for measure, one in total.sums.items():
        screen.row(measure.capitalize(), Text(sum_words(one), "bold"))
        for grade, sums in total.by_grade.items():
            if sums[measure].known:
                screen.row("", Text(f"{grade}: {sum_words(sums[measure])}"))
    screen.row("Scheme", Text(total.scheme))
    if party is not None:
        screen.row("Note", Text("an incident blamed on two parties is in the total of each"))
    for question in total.shared:
        screen.row("Beside", Text(harmless(f"not in the sum: {question.words}")))
    for beside in total.beside:
        day = day_words(beside.published) if beside.published else "no date"
        words = f"not in the sum: {count_words(beside.count)}, {beside.report}, {day}: "
        words += beside.why or "a total over several incidents"
        screen.row("Beside", Text(harmless(f"{words}; {_residual_words(beside)}")))


def _residual_words(beside: Beside) -> str:
    """What a campaign total counts beyond the sum, if both are about the same."""
    low, high = beside.residual.low, beside.residual.high
    amount = f"{low:,} or more" if high is None else f"{low:,} to {high:,}"
    if low == high:
        amount = f"{low:,}"
    return f"{amount} of them in no incident here, if both are about the same place and time"
