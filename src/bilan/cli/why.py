"""`bilan why`: what moved a number between two days, entry by entry, in the reports' words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer
from rich.text import Text

from bilan.acts.deciding import incident_meant
from bilan.cli.asking import Scheme, Where, as_day
from bilan.cli.harmless import harmless
from bilan.cli.library import Library
from bilan.cli.page import Page as Screen
from bilan.cli.questions import Graded, Party, library_of, sum_plain, sum_words
from bilan.cli.record_commands import AsJson, opened, say_json
from bilan.cli.screen import console
from bilan.cli.show_incident import FIELDS, range_words
from bilan.cli.wording import count_words, day_words, number_of
from bilan.core.errors import UsageError
from bilan.core.publication.check import Page, page_of
from bilan.core.publication.history import (
    History,
    Moved,
    Step,
    history_of,
    published_steps,
    watch_all,
    watch_one,
)
from bilan.core.publication.selection import Selection, party_named
from bilan.core.publication.totals import sums_of
from bilan.core.tolls.claims import Claim
from bilan.core.tolls.schemes import scheme_named
from bilan.core.tolls.toll import Toll
from bilan.store.history import end_of, entries_about, entries_until
from bilan.store.record import Record

app = typer.Typer()

Since = Annotated[
    date | None,
    typer.Option("--from", parser=as_day, metavar="DATE", help="From the end of this day on."),
]
Until = Annotated[
    date | None,
    typer.Option("--to", parser=as_day, metavar="DATE", help="Up to the end of this day."),
]


@app.command()
def why(
    context: typer.Context,
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="An incident; without: a total.")
    ] = None,
    since: Since = None,
    until: Until = None,
    published: Annotated[
        bool, typer.Option("--published", help="Days of publication, not of our own work.")
    ] = False,
    party: Party = None,
    place: Where = None,
    grade: Graded = None,
    scheme: Scheme = "airwars",
    as_json: AsJson = False,
) -> None:
    """Say why a number changed between two days: which reports and decisions moved which bound.

    With a code the ranges of that incident, without one the total over all that --party, --place
    and --grade ask for. Days are those on which the record changed (UTC); with --published,
    those on which the reports came out.
    """
    scheme_named(scheme)
    first, last = since or date.min, until or datetime.now(UTC).date()
    if first > last:
        raise UsageError(f"{first} is after {last}.", hint="--from is the earlier day.")
    if code is not None and (party or place or grade):
        raise UsageError(
            "One incident needs no --party, --place or --grade.", hint=f"bilan why {code}"
        )
    chosen = Selection(party and party_named(party), place, grade=grade)
    record = opened(context)
    with record.reading():
        if code is None and published:
            raise UsageError(
                "--published asks about one incident.",
                hint="For totals: bilan count --as-of DAY, once for each day.",
            )
        if code is None:
            found = _of_total(chosen, first, last, scheme)
        elif published:
            code = record.casebook().resolve(_given(record, code))
            found = _of_reports(record, code, first, last, scheme)
        else:
            code = _given(record, code)
            found = _of_one(code, first, last, scheme)
        view = _View(found, code, first if since else None, last, library_of(record))
        if as_json:
            say_json(_plain(view))
        else:
            _show(view, Screen(console()))


@dataclass(frozen=True, slots=True)
class _View:
    """A history with what its screen needs; `code` None: of a total; `first` None: of all time."""

    found: History
    code: str | None
    first: date | None
    last: date
    library: Library


def _given(record: Record, code: str) -> str:
    """The code as it is written in the record, also one that became another; else an error."""
    book = record.casebook()
    return code if code in book.shelf.codes else incident_meant(book, code)


def _of_one(code: str, first: date, last: date, scheme: str) -> History:
    entries = entries_about(code, end_of(last))
    return history_of(entries, watch_one(code, scheme=scheme), after=_before(first))


def _of_reports(record: Record, code: str, first: date, last: date, scheme: str) -> History:
    book = record.casebook()
    page = page_of(book.incident(code), book, scheme=scheme)
    return published_steps(page, book, since=first, until=last, scheme=scheme)


def _of_total(chosen: Selection, first: date, last: date, scheme: str) -> History:
    watch = watch_all(chosen.takes, scheme=scheme)
    return history_of(entries_until(end_of(last)), watch, after=_before(first))


def _before(first: date) -> int:
    return 0 if first == date.min else end_of(first)


# -- as JSON -----------------------------------------------------------------------------------


def _plain(view: _View) -> dict[str, Any]:
    found = view.found
    return {
        "incident": view.code,
        "from": view.first.isoformat() if view.first else None,
        "to": view.last.isoformat(),
        "before": _state_plain(found.before, view.code),
        "after": _state_plain(found.after, view.code),
        "steps": [_step_plain(step, view.library) for step in found.steps],
    }


def _state_plain(pages: Mapping[str, Page], code: str | None) -> dict[str, Any]:
    if code is None:
        return {name: sum_plain(one) for name, one in sums_of(pages.values()).items()}
    return {
        name: _toll_plain(toll)
        for page in pages.values()
        for name, toll in sorted(page.ranges.tolls.items())
        if toll.known
    }


def _toll_plain(toll: Toll) -> dict[str, Any] | None:
    if not toll.known:
        return None
    return {"min": toll.low, "max": toll.high, "open_above": toll.open_above}


def _step_plain(step: Step, library: Library) -> dict[str, Any]:
    return {
        "incident": step.code,
        "entry": step.entry,
        "at": step.at,
        "by": step.by,
        "what": step.what,
        "because": step.because,
        "moved": [
            {
                "field": moved.field,
                "before": _toll_plain(moved.before),
                "after": _toll_plain(moved.after),
                "counts_now": [_claim_plain(claim, library) for claim in moved.came],
                "counts_no_longer": [
                    {**_claim_plain(claim, library), "why": words} for claim, words in moved.went
                ],
                "notes": list(moved.notes),
            }
            for moved in step.moved
        ],
    }


def _claim_plain(claim: Claim, library: Library) -> dict[str, Any]:
    return {
        "report": claim.report,
        "publisher": library.publisher(claim.report),
        "count": {"min": claim.count.min, "max": claim.count.max},
        "quote": library.words(claim.report, claim.span) or None,
    }


# -- on a terminal -----------------------------------------------------------------------------


def _show(view: _View, screen: Screen) -> None:
    for step in view.found.steps:
        screen.line(Text(harmless(_headline(step, view)), "bold"))
        if step.because:
            screen.row("", Text(harmless(f"because {step.because}")))
        for moved in step.moved:
            _show_moved(moved, view.library, screen)
        screen.gap()
    first = f"at the end of {day_words(view.first)}" if view.first else "at first"
    last = f"at the end of {day_words(view.last)}"
    for name, before, after in _ends(view):
        if before == after:
            screen.row(name, Text(f"{after}, {first} and {last}"))
        else:
            screen.row(name, Text(f"{before} {first}; {after} {last}", "bold"))
    steps = number_of(len(view.found.steps), "change")
    screen.line(Text(f"{steps} of a number; days are UTC"))


def _headline(step: Step, view: _View) -> str:
    where = f"{step.code}: " if view.code is None else ""
    day = day_words(date.fromisoformat(step.at[:10]))
    if step.entry is None:
        return f"{where}{day}: {step.what}"
    return f"{where}entry {step.entry}, {day}, {step.by}: {step.what}"


def _show_moved(moved: Moved, library: Library, screen: Screen) -> None:
    label = FIELDS.get(moved.field, moved.field.replace("_", " ").capitalize())
    screen.row(label, Text(f"{range_words(moved.before)} -> {range_words(moved.after)}"))
    for claim in moved.came:
        screen.row("  counted", _claim(claim, library))
    for claim, words in moved.went:
        screen.row("  not now", _claim(claim, library).append(f" {harmless(words)}", "dim"))
    for note in moved.notes:
        screen.row("", Text(harmless(note), "dim"))


def _claim(claim: Claim, library: Library) -> Text:
    words = Text(f"{count_words(claim.count)}, {harmless(claim.report)}")
    words.append(f" ({library.publisher(claim.report)})")
    quote = library.words(claim.report, claim.span)
    return words.append(f" {quote}" if quote else "", "italic")


def _ends(view: _View) -> Iterable[tuple[str, str, str]]:
    """Each number at the first and the last moment, in words."""
    found = view.found
    if view.code is None:
        was, now = sums_of(found.before.values()), sums_of(found.after.values())
        return [(m.capitalize(), sum_words(was[m]), sum_words(now[m])) for m in now]
    before, after = found.before.get(view.code), found.after.get(view.code)
    shown = [n for n in FIELDS if n == "killed" or _known(before, n) or _known(after, n)]
    return [(FIELDS[n], _words(before, n), _words(after, n)) for n in shown]


def _known(page: Page | None, name: str) -> bool:
    return page is not None and page.ranges.toll(name).known


def _words(page: Page | None, name: str) -> str:
    return "not in the record" if page is None else range_words(page.ranges.toll(name))
