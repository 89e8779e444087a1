"""Why a number changed between two moments: the entries of the ledger that moved a bound, in order.

The ledger is replayed up to the first moment, and from there on each entry is asked what it moved
in the incidents that somebody watches. `published_steps` answers the other question about time:
what the reports had said by each day, as people understand them now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.entries import (
    Body,
    Decided,
    Entry,
    Erased,
    Linked,
    ReadingMade,
    ReportCaptured,
    Withdrawn,
)
from bilan.core.publication.check import Page, page_of
from bilan.core.tolls.claims import FIELDS, Claim
from bilan.core.tolls.ranges import known_on
from bilan.core.tolls.shared import tied
from bilan.core.tolls.toll import Toll

Watched = Mapping[str, Page | None]  # by the code that is watched; None: not in what is asked for
Watch = Callable[[Casebook, Iterable[str]], Watched]  # the pages of those touched, if watched


@dataclass(frozen=True, slots=True)
class Moved:
    """One toll before and after; `came` are claims that count now and did not, `went` the others.

    `went` says why a claim counts no longer, in words; `notes` are those that are new.
    """

    field: str
    before: Toll
    after: Toll
    came: tuple[Claim, ...] = ()
    went: tuple[tuple[Claim, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What moved an incident's tolls: an entry of the ledger, or, without a number, a day.

    `entry` is its number, `at` when, `by` who, `what` in words, `because` a person's reason.
    `before` and `after` None: the incident was not in what is asked for.
    """

    code: str
    at: str
    what: str
    moved: tuple[Moved, ...]
    before: Page | None
    after: Page | None
    entry: int | None = None
    by: str | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What stood at the first moment, what moved it, and what stands at the last one."""

    before: Mapping[str, Page] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    after: Mapping[str, Page] = field(default_factory=dict)


def history_of(entries: Iterable[Entry], watch: Watch, *, after: int) -> History:
    """The history of what is watched, from the entry numbered `after` to the last one given."""
    book = Casebook()
    begun: dict[str, Page] | None = {} if after <= 0 else None
    now: dict[str, Page] = {}
    steps: list[Step] = []
    last: Entry | None = None  # the decision that linking may follow
    for entry in entries:
        if begun is None and entry.seq > after:
            now = _present(watch(book, book.shelf.codes))
            begun = dict(now)
        touched = book.apply(entry)
        if begun is not None:
            for code, page in watch(book, tied(book, touched)).items():
                step = _step(entry, last, code, now.get(code), page)
                steps += [step] if step is not None else []
                _replace(now, code, page)
        if isinstance(entry.body, Decided | Withdrawn):
            last = entry
    if begun is None:
        begun = now = _present(watch(book, book.shelf.codes))
    return History(begun, tuple(steps), now)


def _present(found: Watched) -> dict[str, Page]:
    return {code: page for code, page in found.items() if page is not None}


def _replace(now: dict[str, Page], code: str, page: Page | None) -> None:
    now.pop(code, None)
    if page is not None:
        now[code] = page


def _step(
    entry: Entry, last: Entry | None, code: str, before: Page | None, after: Page | None
) -> Step | None:
    moved = moved_between(before, after)
    if not moved:
        return None
    followed = last if last is not None and last.seq == entry.seq - 1 else None
    what = f"{_what(entry.body, code)}{_members(entry.body, before, after)}"
    if isinstance(entry.body, Linked) and followed is not None:
        what += f", after entry {followed.seq} by {followed.by}"
    because = getattr(entry.body, "because", None)
    return Step(code, entry.at, what, moved, before, after, entry.seq, entry.by, because)


def _what(body: Body, code: str) -> str:
    match body:
        case ReportCaptured():
            return f"report {body.report} came in again"
        case ReadingMade():
            return f"report {body.report} read anew by {body.reader}"
        case Linked():
            gone = [f"{old} became {new}" for old, new in body.retired if code in (old, new)]
            return "; ".join(["linked", *gone])
        case Decided():
            named = body.field or body.proposal
            return f"decided: {body.verb}{f' {named}' if named else ''}"
        case Withdrawn():
            return f"decision {body.decision} withdrawn"
        case Erased():
            return f"the words of report {body.report} erased"


def _members(body: Body, before: Page | None, after: Page | None) -> str:
    """Which reports came to tell of the incident, and which no longer do."""
    if not isinstance(body, Linked):
        return ""
    was, now = _reports(before), _reports(after)
    came, went = sorted(now - was), sorted(was - now)
    words = [f"{', '.join(came)} tied to it"] if came else []
    words += [f"{', '.join(went)} taken from it"] if went else []
    return "".join(f"; {part}" for part in words)


def _reports(page: Page | None) -> set[str]:
    return {t.report for t in page.incident.tellings} if page is not None else set()


def moved_between(before: Page | None, after: Page | None) -> tuple[Moved, ...]:
    """Every toll that differs between two states of an incident, with the claims that made it."""
    found = []
    for one in FIELDS:
        was, now = _toll(before, one.name), _toll(after, one.name)
        if _bounds(was) != _bounds(now):
            found.append(_moved(one.name, was, now))
    return tuple(found)


def _toll(page: Page | None, name: str) -> Toll:
    return page.ranges.toll(name) if page is not None else Toll("")


def _bounds(toll: Toll) -> tuple[int | None, int | None, bool, int | None]:
    return toll.low, toll.high, toll.open_above, toll.best


def _moved(name: str, was: Toll, now: Toll) -> Moved:
    counted = {_said(v.claim) for v in was.voted}
    counts = {_said(v.claim) for v in now.voted}
    reasons = {_said(left.claim): left.words for left in now.left_out}
    gone = "it no longer tells of this incident"
    return Moved(
        field=name,
        before=was,
        after=now,
        came=tuple(v.claim for v in now.voted if _said(v.claim) not in counted),
        went=tuple(
            (v.claim, reasons.get(_said(v.claim), gone))
            for v in was.voted
            if _said(v.claim) not in counts
        ),
        notes=tuple(note for note in _notes(now) if note not in _notes(was)),
    )


def _said(claim: Claim) -> tuple[object, ...]:
    return claim.retelling, claim.count


def _notes(toll: Toll) -> tuple[str, ...]:
    """The notes of a toll, and what set a bound where no report did."""
    counted = {vote.claim.retelling for vote in toll.voted}
    beside = [by for by in (*toll.set_low, *toll.set_high) if by not in counted]
    return tuple(dict.fromkeys((*beside, *toll.notes)))


def published_steps(
    page: Page, book: Casebook, *, since: date, until: date, scheme: str
) -> History:
    """What the reports published after `since`, up to `until`, moved in one incident, by day.

    Decisions stand in every state whatever their day, as in `known_on`.
    """
    incident, code = page.incident, page.incident.code
    days = sorted({t.published for t in incident.tellings if t.published is not None})

    def known(day: date) -> Page | None:
        told = known_on(incident, day)
        return page_of(told, book, scheme=scheme) if told.tellings else None

    first = before = known(since)
    steps = []
    for day in (d for d in days if since < d <= until):
        after = known(day)
        moved = moved_between(before, after)
        if moved:
            told = sorted({t.report for t in incident.tellings if t.published == day})
            what = f"published: {', '.join(told)}"
            steps.append(Step(code, day.isoformat(), what, moved, before, after))
        before = after
    return History({code: first} if first else {}, tuple(steps), {code: before} if before else {})


def watch_one(code: str, *, scheme: str) -> Watch:
    """Watch one incident, under whatever code it is found at each moment."""

    def watch(book: Casebook, touched: Iterable[str]) -> Watched:
        if code not in book.shelf.codes:
            return {}
        now = book.resolve(code)
        if now not in set(touched) and code not in set(touched):
            return {}
        return {code: _page(book, now, scheme)}

    return watch


def watch_all(takes: Callable[[Page], bool], *, scheme: str) -> Watch:
    """Watch every incident that a total is asked over: those rejected are in none."""

    def watch(book: Casebook, touched: Iterable[str]) -> Watched:
        found: dict[str, Page | None] = {}
        for code in sorted(set(touched)):
            page = _page(book, code, scheme) if book.resolve(code) == code else None
            wanted = page is not None and page.incident.rejected is None and takes(page)
            found[code] = page if wanted else None
        return found

    return watch


def _page(book: Casebook, code: str, scheme: str) -> Page | None:
    incident = book.incident(code)
    return page_of(incident, book, scheme=scheme) if incident.tellings else None
