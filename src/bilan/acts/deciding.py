"""What every decision has in common: who, whether they may, what is meant, and what it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bilan.acts.add_reports import link
from bilan.acts.changes import ChangesSince
from bilan.core.errors import Refused, UnknownName, UsageError
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.decisions import moves
from bilan.core.incidents.entries import Decided, Withdrawn
from bilan.core.incidents.plain import body_to_plain, kind_of
from bilan.core.tolls.toll import MOST_PEOPLE, unbelievable
from bilan.core.values import Count, Fault
from bilan.store.ledger import Draft
from bilan.store.people import Duty, who_may
from bilan.store.record import Record

LONGEST_REASON = 2000  # characters


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that was written: its number, whether a key signed it, what it touched.

    `notes` say what a person has to know: another decision contradicts it and stands.
    """

    seq: int
    by: str
    signed: bool
    incidents: tuple[str, ...]
    notes: tuple[Fault, ...] = ()


def decide(
    record: Record,
    what: str,
    decided: Callable[[Casebook], Decided | Withdrawn],
    *,
    by: str,
    at: datetime,
    duty: Duty = Duty.RECORDS,
) -> Decision:
    """Write what `decided` makes of the record as it stands; link anew around what it moves.

    `what` is what an error says was not written. Conflict where what it is about changed after
    `record.seen`.
    """
    changes = ChangesSince(record.seen)
    changes.look()  # the long part, before anybody has to wait for it
    with record.writing(what) as pen:
        author = who_may(by, duty)
        body = decided(pen.casebook)
        around = _around(pen.casebook, body)
        changes.refuse(pen.casebook, body, around, what=what, end=pen.end.seq)
        (entry,) = pen.write([_draft(body)], author=author, at=at)
        moving = around if _moves(pen.casebook, body) else ()
        if moving:
            link(pen, pen.casebook.relink(moving), at=at)
        return Decision(
            entry.seq,
            author.name,
            bool(entry.signature),
            _incidents(pen.casebook, around),
            _contradictions(pen.casebook, moving, entry.seq),
        )


def _draft(body: Decided | Withdrawn) -> Draft:
    return Draft(kind_of(body), body_to_plain(body))


def _around(book: Casebook, body: Decided | Withdrawn) -> tuple[str, ...]:
    if isinstance(body, Withdrawn):
        return book.shelf.decisions[body.decision].tellings
    return tuple(t for t in body.tellings if t in book.shelf.tellings)


def _moves(book: Casebook, body: Decided | Withdrawn) -> bool:
    """Whether linking anew may change anything: it is the slow part, and others wait for it."""
    decided = book.shelf.decisions[body.decision].decided if isinstance(body, Withdrawn) else body
    return moves(decided)


def _incidents(book: Casebook, tellings: tuple[str, ...]) -> tuple[str, ...]:
    placed = (book.shelf.placed.get(telling) for telling in tellings)
    return tuple(dict.fromkeys(p.code for p in placed if p is not None and p.code is not None))


def _contradictions(book: Casebook, tellings: tuple[str, ...], seq: int) -> tuple[Fault, ...]:
    _, conflicts = book.orders(book.around(tellings))
    return tuple(
        Fault(
            "contradiction",
            f"{conflict.why} (entry {conflict.earlier}): it is kept, and has no effect until one"
            f" of the two is withdrawn",
            f"entry {conflict.later}",
        )
        for conflict in conflicts
        if seq in (conflict.earlier, conflict.later)
    )


def reason(because: str) -> str:
    """The reason of a decision, which nobody may leave out."""
    tidy = because.strip()
    if not tidy or len(tidy) > LONGEST_REASON:
        raise UsageError(
            "A decision needs its reason.", hint='Say it: --because "the same street and hour".'
        )
    return tidy


def believable(count: Count | None) -> Count | None:
    """The count that a person gives; one beyond `MOST_PEOPLE` is a slip of the keyboard."""
    if count is not None and unbelievable(count):
        raise UsageError(
            f"No incident has {max(count.min or 0, count.max or 0):,} people.",
            hint=f"A count goes up to {MOST_PEOPLE:,}: look at the digits again.",
        )
    return count


def telling_meant(book: Casebook, name: str) -> str:
    """The telling that a name means: its own id, a report of one telling, an incident's anchor."""
    if name in book.shelf.tellings:
        return name
    told = book.tellings_of(name)
    if len(told) == 1:
        return told[0].id
    if told:
        ids = ", ".join(telling.id for telling in told)
        raise Refused(f"{name} tells of {len(told)} incidents.", hint=f"Say which: {ids}.")
    return book.anchor(incident_meant(book, name))


def incident_meant(book: Casebook, name: str) -> str:
    """The code under which an incident is found now; a code given in another case is found too."""
    stem, _, end = name.rpartition("-")
    book.shelf.look_up_incidents((name,))
    for code in (name, f"{stem.upper()}-{end.lower()}"):
        if code in book.shelf.codes:
            return book.resolve(code)
    raise UnknownName(
        f"No incident, report or telling is called {name}.",
        hint=book.hint(name) or "`bilan incidents` lists the codes; a code is copied whole.",
    )
