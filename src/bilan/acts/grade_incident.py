"""Sign the grade of an incident."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bilan.acts.deciding import Decision, decide, incident_meant, reason
from bilan.core.assessments.axes import axes_of
from bilan.core.assessments.grades import TWO_SIGN, Grade, graded, propose
from bilan.core.errors import UnknownName
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.entries import Decided, Verb
from bilan.core.values import Fault
from bilan.store.people import Duty
from bilan.store.record import Record


def grade_incident(
    record: Record, incident: str, grade: str, *, by: str, because: str, at: datetime
) -> Decision:
    """The recorder's view of the reporting, with the ground that it rests on.

    When that ground moves, the grade is shown as to be reviewed and never changed. Confirmed and
    Discounted want two people: two keys that sign the same grade.
    """
    why = reason(because)
    given = _grade(grade)

    def decided(book: Casebook) -> Decided:
        code = incident_meant(book, incident)
        ground = propose(axes_of(book.incident(code))).ground
        anchor = book.anchor(code)
        return Decided(Verb.GRADE, why, (code,), (anchor,), value=str(given), ground=ground)

    what = f"the grade {given} of {incident}"
    decision = decide(record, what, decided, by=by, at=at, duty=Duty.SIGNS)
    return replace(decision, notes=(*decision.notes, *_second(record, decision, given)))


def _grade(name: str) -> Grade:
    for grade in Grade:
        if grade.casefold() == name.casefold():
            return grade
    raise UnknownName(f"{name} is no grade.", hint=f"One of {', '.join(Grade)}.")


def _second(record: Record, decision: Decision, given: Grade) -> tuple[Fault, ...]:
    """Whether the grade still waits for a second key."""
    if given not in TWO_SIGN or not decision.incidents:
        return ()
    incident = record.casebook().incident(decision.incidents[0])
    if graded(incident, axes_of(incident)).waiting is None:
        return ()
    return (
        Fault("second", f"{given} wants a second person who signs with a key of their own", ""),
    )
