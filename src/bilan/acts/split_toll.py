"""Divide one number that was told of several places among their incidents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bilan.acts.deciding import Decision, believable, decide, incident_meant, reason
from bilan.core.errors import Refused, UnknownName
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.entries import Decided, Part, Verb
from bilan.core.incidents.voices import origins_in
from bilan.core.tolls.shared import SharedToll, shared_tolls_of
from bilan.core.values import Count
from bilan.store.record import Record


def split_toll(
    record: Record,
    proposal: str,
    parts: Mapping[str, Count | None],
    *,
    by: str,
    because: str,
    at: datetime,
) -> Decision:
    """Each incident's part of a shared toll; None = the number says nothing about that incident."""
    why = reason(because)

    def decided(book: Casebook) -> Decided:
        shared = shared_toll(book, proposal)
        given = _by_incident(book, parts)
        _check(shared, given)
        return Decided(
            Verb.SPLIT_TOLL,
            why,
            incidents=shared.codes,
            tellings=shared.tellings,
            proposal=shared.id,
            parts=tuple(Part(code, given[code]) for code in shared.codes),
        )

    return decide(record, f"how {proposal} is divided", decided, by=by, at=at)


def shared_toll(book: Casebook, proposal: str) -> SharedToll:
    """The shared toll of that id."""
    placed = book.shelf.placed.get(proposal.removeprefix("toll:"))
    if placed is not None and placed.code is not None:
        incident = book.incident(placed.code)
        for shared in shared_tolls_of(incident, book, origins_in(incident)):
            if shared.id == proposal:
                return shared
    raise UnknownName(
        f"No shared toll is called {proposal}.", hint="`bilan show CODE` lists what is proposed."
    )


def _by_incident(book: Casebook, parts: Mapping[str, Count | None]) -> Mapping[str, Count | None]:
    """The parts by the codes of today; Refused where two names are one incident now."""
    given: dict[str, Count | None] = {}
    for name, count in parts.items():
        code = incident_meant(book, name)
        if code in given:
            raise Refused(f"{code} is given two parts.", hint="One incident has one part.")
        given[code] = believable(count)
    return given


def _check(shared: SharedToll, given: Mapping[str, Count | None]) -> None:
    if set(given) != set(shared.codes):
        raise Refused(
            f"{shared.id} is told of {', '.join(shared.codes)}.",
            hint="Give each of them its part: CODE=5, CODE=5..7, CODE=5+ or CODE=unknown.",
        )
    least = sum((count.min or 0) for count in given.values() if count is not None)
    if shared.total.max is not None and least > shared.total.max:
        raise Refused(
            f"The parts are at least {least}; the whole is at most {shared.total.max}.",
            hint="Nobody is counted twice: make the parts smaller.",
        )
