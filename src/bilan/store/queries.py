"""Questions that the derived tables answer without waking the casebook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from bilan.store.models import IncidentParty, IncidentReport, IncidentRow

# The parts that make a party one of an incident when somebody asks for its incidents; whom a
# strike was aimed at, and who was only nearby, is another question.
BLAMED = ("suspected", "strike_acknowledged", "declared")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which incidents. None: all. Days are inclusive; an incident counts where it overlaps them.

    `place` matches a part of the place's name, of its province, or the whole country code.
    """

    party: str | None = None
    place: str | None = None
    since: date | None = None
    until: date | None = None
    grade: str | None = None
    rejected: bool = False  # the incidents that people rejected, too


def incidents(wanted: Filter | None = None) -> QuerySet[IncidentRow]:
    """The incidents asked for, by day, then code."""
    wanted = wanted or Filter()
    found = IncidentRow.objects.all()
    if not wanted.rejected:
        found = found.exclude(state="rejected")
    if wanted.party is not None:
        blamed = IncidentParty.objects.filter(party__iexact=wanted.party, role__in=BLAMED)
        found = found.filter(code__in=blamed.values("code"))
    if wanted.place is not None:
        name = wanted.place
        at = Q(place__icontains=name) | Q(admin1__icontains=name) | Q(country__iexact=name)
        found = found.filter(at)
    if wanted.since is not None:
        found = found.filter(last_day__gte=wanted.since)
    if wanted.until is not None:
        found = found.filter(first_day__lte=wanted.until)
    if wanted.grade is not None:
        found = found.filter(grade__iexact=wanted.grade)
    return found


def reports_of(code: str) -> Iterator[tuple[str, str]]:
    """Each report of an incident, and how it tells of it: news, recall or answer."""
    rows = IncidentReport.objects.filter(code=code).order_by("told", "report")
    return rows.values_list("report", "told").iterator()


def parties_of(code: str) -> Iterator[tuple[str, str]]:
    """Each party of an incident, and its part."""
    rows = IncidentParty.objects.filter(code=code).order_by("role", "party")
    return rows.values_list("party", "role").iterator()
