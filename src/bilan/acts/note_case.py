"""Note in a party's case what the recorders did or heard: they asked, it went unanswered."""

from __future__ import annotations

from datetime import date, datetime

from bilan.acts.deciding import Decision, decide, incident_meant, reason
from bilan.core.assessments.answers import NOTED, State
from bilan.core.errors import UnknownName, UsageError
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.entries import Decided, Verb
from bilan.core.incidents.incident import Incident
from bilan.core.publication.selection import addressee_named
from bilan.store.record import Record


def note_case(
    record: Record,
    incident: str,
    party: str,
    state: str,
    *,
    on: date,
    by: str,
    because: str,
    at: datetime,
) -> Decision:
    """A step in the case of a party about an incident, on the day on which it was taken.

    `state`: submitted, acknowledged, no_response_closed or reopened (`NOTED`). What a party says
    is no note: its letter is added as a report, whose words then lead the case on. UnknownName for
    a party that nobody knows or that may be several ("the coalition"), or for another state;
    UsageError for a day to come, or one before the incident.
    """
    why = reason(because)
    named, noted = addressee_named(party), _state(state)
    if on > at.date():
        raise UsageError(
            f"{on.isoformat()} is still to come.", hint="Note what was done: --on DAY of it."
        )

    def decided(book: Casebook) -> Decided:
        code = incident_meant(book, incident)
        _refuse_before(book.incident(code), on)
        value = {"state": str(noted), "day": on.isoformat()}
        return Decided(Verb.CASE, why, (code,), (book.anchor(code),), field=named, value=value)

    return decide(record, f"the case of {named} about {incident}", decided, by=by, at=at)


def _refuse_before(incident: Incident, day: date) -> None:
    """UsageError where nobody can have asked yet: a slip in a date."""
    if incident.when is not None and incident.when.start and day < incident.when.start:
        raise UsageError(
            f"{incident.code} happened after {day.isoformat()}.",
            hint="Look at the day again; if the incident's is wrong, set that first.",
        )


def _state(name: str) -> State:
    wanted = name.replace("-", "_").casefold()
    for state in NOTED:
        if state == wanted:
            return state
    raise UnknownName(
        f"{name} is nothing that one notes in a case.",
        hint=f"One of {', '.join(NOTED)}. What the party says: add its document as a report.",
    )
