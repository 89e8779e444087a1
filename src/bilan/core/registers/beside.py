"""Which entries of other registers may tell of one of our incidents: shown beside it, with reasons.

Nothing of them enters our ranges. Names meet as in `incidents.register`; blame says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bilan.core.incidents.incident import Incident
from bilan.core.incidents.register import BY_DAYS, Known, Offer, Register, Sought
from bilan.core.values import When

REACH = timedelta(days=len(BY_DAYS) - 1)  # between the days of two registers for one event
MOST = 3  # entries shown for one incident


def window(when: When) -> When:
    """The days within which an entry may tell of an incident of these days."""
    return When(when.start - REACH, when.end + REACH)


def beside(incident: Incident, known: Iterable[Known]) -> tuple[Offer, ...]:
    """The entries that may tell of the incident, best first; none without a day."""
    place = incident.place
    names = (place.canonical_name or place.name,) if place else ()
    province = place.admin1 if place else None
    sought = Sought(incident.when, names, province, place.point if place else None)
    return Register(known).offers(sought, most=MOST)
