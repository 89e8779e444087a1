"""Set what an incident says, where a person knows better than the reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bilan.acts.deciding import Decision, believable, decide, incident_meant, reason
from bilan.core.errors import UnknownName, UsageError
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.entries import Decided, Verb
from bilan.core.incidents.plain import to_plain
from bilan.core.tolls.claims import FIELDS
from bilan.core.tolls.named import NAMED
from bilan.core.tolls.passages import BEST, DIED_LATER
from bilan.core.values import Cause, Count, Place, When
from bilan.store.record import Record

TOLLS = tuple(field.name for field in FIELDS)
ONE_NUMBER = (BEST, NAMED)  # fields that are no range
SETTABLE = ("when", "place", "cause", *TOLLS, DIED_LATER, *ONE_NUMBER)
Value = When | Place | Cause | Count | None  # None: a person says that it is unknown


def set_field(
    record: Record,
    incident: str,
    field: str,
    value: Value,
    *,
    by: str,
    because: str,
    at: datetime,
) -> Decision:
    """From now on the incident says this; what the reports say stays beside it."""
    why = reason(because)
    if field not in SETTABLE:
        raise UnknownName(
            f"Nobody can set {field} of an incident.", hint=f"One of {', '.join(SETTABLE)}."
        )
    if isinstance(value, Count):
        believable(value)
    if field in ONE_NUMBER and isinstance(value, Count) and value.min != value.max:
        raise UsageError(f"{field} is one number, not a range.", hint=f"Such as: {field} 14")

    def decided(book: Casebook) -> Decided:
        code = incident_meant(book, incident)
        plain: Any = to_plain(value)
        return Decided(
            Verb.SET, why, (code,), tellings=(book.anchor(code),), field=field, value=plain
        )

    return decide(record, f"the {field} of {incident}", decided, by=by, at=at)
