"""The incidents that a question is about, from the columns that the record keeps of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bilan.cli.show_incident import range_words
from bilan.cli.wording import day_words, number_of
from bilan.core.assessments.grades import graded
from bilan.core.publication.check import Page
from bilan.core.publication.selection import INVOLVED, Selection, names_hold
from bilan.core.tolls.toll import Toll
from bilan.store.models import IncidentParty, IncidentRow


def rows_of(chosen: Selection) -> list[IncidentRow]:
    """The rows of the incidents that people did not reject, by day; those without a day last."""
    found = IncidentRow.objects.exclude(state="rejected")
    if chosen.party is not None:
        roles = [str(role) for role in INVOLVED]
        parts = IncidentParty.objects.filter(party=chosen.party, role__in=roles)
        found = found.filter(code__in=parts.values("code"))
    if chosen.since is not None:
        found = found.filter(last_day__gte=chosen.since)
    if chosen.until is not None:
        found = found.filter(first_day__lte=chosen.until)
    if chosen.grade is not None:
        found = found.filter(grade=str(chosen.grade))
    rows = [row for row in found if _lies_where_asked(row, chosen)]
    return sorted(rows, key=lambda row: (row.first_day is None, row.first_day, row.code))


def _lies_where_asked(row: IncidentRow, chosen: Selection) -> bool:
    return chosen.place is None or names_hold((row.place, row.admin1, row.country), chosen.place)


def row_from(page: Page) -> IncidentRow:
    """The row of an incident as it was reckoned for one question; it is not kept."""
    incident, told = page.incident, page.axes.corroboration
    when, place, killed = incident.when, incident.place, page.ranges.toll("killed")
    grade = graded(incident, page.axes)
    return IncidentRow(
        code=incident.code,
        first_day=when.start if when else None,
        last_day=when.end if when else None,
        country=(place and place.country) or "",
        admin1=(place and place.admin1) or "",
        place=(place and (place.canonical_name or place.name)) or "",
        killed_min=killed.low,
        killed_max=killed.high,
        killed_open=killed.open_above,
        reports=told.reports,
        origins=told.origins,
        grade=str(grade.grade),
        signed=grade.given is not None,
        review=grade.review,
    )


def row_plain(row: IncidentRow) -> dict[str, Any]:
    """A row as JSON; unknown is null."""
    known = row.killed_min is not None or row.killed_max is not None
    return {
        "code": row.code,
        "date_start": row.first_day.isoformat() if row.first_day else None,
        "date_end": row.last_day.isoformat() if row.last_day else None,
        "place": row.place or None,
        "killed": {
            "min": row.killed_min,
            "max": row.killed_max,
            "open_above": row.killed_open,
        }
        if known
        else None,
        "grade": row.grade,
        "reports": row.reports,
        "origins": row.origins,
    }


def row_words(row: IncidentRow, countries: Mapping[str, str]) -> tuple[str, str]:
    """A row in two lines: which incident, and what is known of it."""
    country = countries.get(row.country, row.country)
    place = ", ".join(p for p in (row.place, row.admin1, country) if p) or "place not said"
    killed = range_words(Toll("", row.killed_min, row.killed_max, row.killed_open))
    heard = f"{number_of(row.reports, 'report')}, {number_of(row.origins, 'origin')}"
    signed = "" if row.signed else ", proposed"
    review = ", to be reviewed" if row.review else ""
    return (
        f"{row.code}  {_days(row)}, {place}",
        f"  killed {killed}; {row.grade}{signed}{review}; {heard}",
    )


def _days(row: IncidentRow) -> str:
    if row.first_day is None or row.last_day is None:
        return "date not said"
    if row.first_day == row.last_day:
        return day_words(row.first_day)
    return f"{day_words(row.first_day)} to {day_words(row.last_day)}"
