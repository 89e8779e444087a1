"""From an incident of the casebook to its rows."""

from __future__ import annotations

from collections.abc import Iterator

from bilan.core.assessments.axes import Axes, axes_of
from bilan.core.assessments.grades import graded
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.incident import Incident
from bilan.core.tolls.ranges import Ranges, ranges_of
from bilan.core.tolls.toll import Toll
from bilan.store.tables import INCIDENTS, PARTIES, REPORTS, Key, Row, Table


def rows_of(book: Casebook, code: str) -> Iterator[tuple[Table, Key, Row]]:
    """Every row of an incident; none for one that nobody tells of any more."""
    given = book.shelf.codes.get(code)
    if given is None or given.into is not None or not book.shelf.members.get(code):
        return
    incident = book.incident(code)
    ranges = ranges_of(incident, book)
    axes = axes_of(incident, origins=ranges.origins)
    yield INCIDENTS, (code,), _row(incident, ranges, axes)
    yield from ((PARTIES, (code, p.party, str(p.role)), ()) for p in axes.parts)
    lanes = (("news", incident.news), ("recall", incident.recalls), ("answer", incident.answers))
    for told, tellings in lanes:
        yield from ((REPORTS, (code, t.report, told), ()) for t in tellings)


def _row(incident: Incident, ranges: Ranges, axes: Axes) -> Row:
    when, place = incident.when, incident.place
    grade = graded(incident, axes)
    return (
        _state(incident),
        when.start if when else None,
        when.end if when else None,
        str(incident.cause),
        (place and place.country) or "",
        (place and place.admin1) or "",
        (place and (place.canonical_name or place.name)) or "",
        place.point.lat if place and place.point else None,
        place.point.lon if place and place.point else None,
        *_bounds(ranges.toll("killed")),
        *_bounds(ranges.toll("injured")),
        axes.corroboration.reports,
        axes.corroboration.origins,
        axes.corroboration.independent,
        str(grade.grade),
        grade.given is not None,
        grade.review,
    )


def _bounds(toll: Toll) -> tuple[int | None, int | None, bool]:
    return toll.low, toll.high, toll.open_above


def _state(incident: Incident) -> str:
    if incident.rejected is not None:
        return "rejected"
    return "accepted" if incident.accepted is not None else "open"
