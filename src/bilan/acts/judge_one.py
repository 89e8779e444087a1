"""Accept or reject what is proposed, what one report tells, or an incident as a whole."""

from __future__ import annotations

from datetime import datetime

from bilan.acts.deciding import Decision, decide, incident_meant, reason
from bilan.acts.set_field import TOLLS
from bilan.core.errors import Refused, UnknownName
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.entries import Decided, Verb
from bilan.core.publication.questions import Question, questions_about_links
from bilan.store.record import Record

LINKS = ("link:", "merge:")
TOLL = "toll:"


def accept(
    record: Record, target: str, *, by: str, because: str, at: datetime, into: str | None = None
) -> Decision:
    """Accept a proposed link or merge (`into`: which incident, where several are possible), what a
    telling says, or an incident."""
    why = reason(because)

    def decided(book: Casebook) -> Decided:
        if target.startswith(LINKS):
            question = _question(book, target)
            telling, rival = question.tellings[0], _rival(book, question, into)
            return Decided(
                Verb.SAME, why, (rival,), (telling, book.anchor(rival)), proposal=question.id
            )
        return _judged(book, Verb.ACCEPT, target, why)

    return decide(record, f"that {target} is accepted", decided, by=by, at=at)


def reject(
    record: Record, target: str, *, by: str, because: str, at: datetime, field: str | None = None
) -> Decision:
    """Reject a proposed link or merge (all stays as it is), what a telling says (`field`: only its
    figure of that name), or an incident. Nothing is removed: it is shown as rejected."""
    why = reason(because)
    if field is not None and field not in TOLLS:
        raise UnknownName(f"No figure is called {field}.", hint=f"One of {', '.join(TOLLS)}.")

    def decided(book: Casebook) -> Decided:
        if target.startswith(LINKS):
            question = _question(book, target)
            kept = _kept_apart(book, question)
            return Decided(Verb.REJECT, why, question.incidents, kept, proposal=question.id)
        return _judged(book, Verb.REJECT, target, why, field)

    return decide(record, f"that {target} is rejected", decided, by=by, at=at)


def _judged(book: Casebook, verb: Verb, target: str, why: str, field: str | None = None) -> Decided:
    if target.startswith(TOLL):
        raise Refused(
            f"{target} has to be divided.", hint=f"`bilan decide split-toll {target} CODE=5 ...`"
        )
    told = tuple(telling.id for telling in book.tellings_of(target))
    if target in book.shelf.tellings:
        told = (target,)
    if told:
        return Decided(verb, why, tellings=told, field=field)
    code = incident_meant(book, target)
    if field is not None:
        raise Refused(
            f"{field} is a figure of a report, and {target} is an incident.",
            hint="Name the report, or `bilan decide set` the incident's own.",
        )
    return Decided(verb, why, (code,), (book.anchor(code),))


def _question(book: Casebook, name: str) -> Question:
    for question in questions_about_links(book):
        if question.id == name:
            return question
    raise UnknownName(
        f"{name} is not proposed, or was answered already.",
        hint="`bilan incidents --proposals` lists what is.",
    )


def _kept_apart(book: Casebook, question: Question) -> tuple[str, ...]:
    """The telling in doubt, and those of the incidents that it does not belong to: what is linked
    anew later keeps them apart."""
    (telling,) = question.tellings
    placed = book.shelf.placed[telling]
    rivals = [code for code in question.incidents if code != placed.code]
    return (telling, *(other for code in rivals for other in book.others(code, telling)))


def _rival(book: Casebook, question: Question, into: str | None) -> str:
    placed = book.shelf.placed[question.tellings[0]]
    rivals = [code for code in question.incidents if code != placed.code]
    if into is None and len(rivals) == 1:
        return rivals[0]
    if into is not None and incident_meant(book, into) in rivals:
        return incident_meant(book, into)
    raise Refused(
        f"{question.id} may belong to {' or '.join(rivals)}.", hint="Say which: --into CODE."
    )
