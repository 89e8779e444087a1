"""`--format check`: the record in the shape of the acceptance case, for a team to check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bilan.core.assessments.answers import CaseFile, State
from bilan.core.assessments.axes import Axes, axes_of
from bilan.core.assessments.grades import graded
from bilan.core.assessments.parties import PartyRole
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.incident import Incident
from bilan.core.incidents.voices import retellings_of
from bilan.core.publication.questions import (
    Question,
    contradictions,
    disagreements,
    questions_about_links,
    questions_about_tolls,
    shared_tolls,
)
from bilan.core.reports.origins import Retelling, copied_among
from bilan.core.tolls.ranges import Ranges, known_on, ranges_of
from bilan.core.tolls.toll import Toll

TOLLS = ("killed", "injured", "missing", "killed_children", "killed_women", "killed_men")


@dataclass(frozen=True, slots=True)
class Page:
    """One incident with everything that is reckoned of it."""

    incident: Incident
    ranges: Ranges
    axes: Axes


def page_of(incident: Incident, book: Casebook, *, scheme: str = "airwars") -> Page:
    """One incident with everything that is reckoned of it."""
    ranges = ranges_of(incident, book, scheme=scheme)
    return Page(incident, ranges, axes_of(incident, origins=ranges.origins))


def pages_of(
    book: Casebook, *, scheme: str = "airwars", as_of: date | None = None
) -> tuple[Page, ...]:
    """Every incident that people did not reject, in the order of the codes.

    `as_of`: those of which something was published by that day, as it was told until then.
    """
    found = (i for i in map(book.incident, book.codes()) if i.rejected is None)
    if as_of is not None:
        found = (i for i in (known_on(i, as_of) for i in found) if i.tellings)
    return tuple(page_of(incident, book, scheme=scheme) for incident in found)


def questions_of(book: Casebook, pages: Iterable[Page]) -> tuple[Question, ...]:
    """All that waits for a person."""
    return (
        *questions_about_tolls(page.ranges for page in pages),
        *questions_about_links(book),
        *contradictions(book),
        *disagreements(book),
    )


def check_record(book: Casebook, *, scheme: str = "airwars") -> dict[str, Any]:
    """The whole record as plain data. Unknown is null, never 0."""
    pages = pages_of(book, scheme=scheme)
    return {
        "incidents": [incident_plain(page) for page in pages],
        "proposals": [question_plain(q) for q in (*questions_of(book, pages), *_divided(pages))],
        "copies": copies_in(pages),
    }


def _divided(pages: Iterable[Page]) -> Iterable[Question]:
    """Shared tolls that a person divided: the number stays visible beside the sum of the ranges."""
    return (q for q in shared_tolls(page.ranges for page in pages) if q.decision is not None)


def copies_in(pages: Iterable[Page]) -> dict[str, str]:
    """Each near-copy by report id, with the report that it copies."""
    told: dict[str, Retelling] = {}
    for page in pages:
        for telling in page.incident.news + page.incident.recalls:
            told.setdefault(telling.report, retellings_of(telling)[0])
    ordered = sorted(told.values(), key=lambda r: (str(r.published or "9999"), r.report))
    return {copy.report: original.report for copy, original, _ in copied_among(ordered)}


def incident_plain(page: Page) -> dict[str, Any]:
    """One incident in the shape of the acceptance case."""
    incident, place, when = page.incident, page.incident.place, page.incident.when
    news = {t.report for t in incident.news + incident.answers}
    return {
        "code": incident.code,
        "date_start": when.start.isoformat() if when else None,
        "date_end": when.end.isoformat() if when else None,
        "place": {
            "name": place.canonical_name or place.name if place else None,
            "lat": place.point.lat if place and place.point else None,
            "lon": place.point.lon if place and place.point else None,
        },
        "cause": str(incident.cause),
        "reports": sorted(news),
        "background": sorted({t.report for t in incident.recalls} - news),
        "origins": page.ranges.origins.count,
        "independent_origins": page.ranges.origins.independent,
        **{name: _toll(page.ranges.toll(name)) for name in TOLLS},
        "parties": [
            {"party": p.party, "role": str(p.role)}
            for p in page.axes.parts
            if p.role is not PartyRole.CONTEXT
        ],
        "responses": [r for file in page.axes.files for r in _responses(file)],
        "grade": str(graded(incident, page.axes).grade),
    }


def _toll(toll: Toll) -> dict[str, Any] | None:
    if not toll.known:
        return None
    return {"min": toll.low, "max": toll.high, "open_above": toll.open_above}


def _responses(file: CaseFile) -> list[dict[str, Any]]:
    """What a party said, and where that led. Being blamed is no answer."""
    said = [
        {
            "party": file.party,
            "date": s.day.isoformat() if s.day else None,
            "stance": str(s.stance),
            "reports": list(s.reports),
        }
        for s in file.said
    ]
    states = [
        {"party": file.party, "date": s.day.isoformat() if s.day else None, "status": str(s.state)}
        for s in file.steps
        if s.state not in (State.ALLEGED, State.NONE)
    ]
    return [*said, *states]


def question_plain(question: Question) -> dict[str, Any]:
    """One question for a person in the shape of the acceptance case."""
    total = question.total
    return {
        "id": question.id,
        "kind": question.kind,
        "incidents": list(question.incidents),
        "reports": list(question.reports),
        "total": None if total is None else total.min if total.min is not None else total.max,
        "state": "open" if question.decision is None else f"decided by entry {question.decision}",
        "question": question.words,
        "why": list(question.why),
    }
