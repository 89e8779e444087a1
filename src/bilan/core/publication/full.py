"""`--format full`: the whole record as plain data, each number with what set it.

The shape is versioned (`FORMAT`) and described in `docs/reference/record.schema.json`. Every
incident has what `--format check` has, and beside it the traces. Unknown is null, never 0.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from bilan.core.assessments.answers import CaseFile, Said
from bilan.core.assessments.grades import Graded, graded
from bilan.core.assessments.parties import Part
from bilan.core.claims.account import Account
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.decisions import Standing
from bilan.core.incidents.telling import Figure, Telling
from bilan.core.publication.check import (
    Page,
    copies_in,
    incident_plain,
    pages_of,
    question_plain,
    questions_of,
)
from bilan.core.reports.origins import Origins
from bilan.core.tolls.claims import Claim
from bilan.core.tolls.toll import Toll
from bilan.core.values import Count, Place, Publisher, When

FORMAT = "bilan-record/1"


def full_record(book: Casebook, *, scheme: str = "airwars") -> dict[str, Any]:
    """Everything that the record holds about incidents, as plain data."""
    pages = pages_of(book, scheme=scheme)
    shelf = book.shelf
    return {
        "format": FORMAT,
        "attribution": "Place names: GeoNames, CC BY 4.0",
        "scheme": pages[0].ranges.scheme if pages else scheme,
        "incidents": [full_incident(page, book) for page in pages],
        "reports": [_report(report, book) for report in sorted(shelf.reports)],
        "proposals": [question_plain(q) for q in questions_of(book, pages)],
        "copies": copies_in(pages),
        "decisions": [decision_plain(shelf.decisions[s]) for s in sorted(shelf.decisions)],
    }


def full_incident(page: Page, book: Casebook) -> dict[str, Any]:
    """One incident with the traces of all that is said of it."""
    incident, axes = page.incident, page.axes
    grade = graded(incident, axes)
    return incident_plain(page) | {
        "former_codes": list(book.former(incident.code)),
        "date_precision": str(incident.when.precision) if incident.when else "unknown",
        "place": place_plain(incident.place),
        "status": "accepted" if incident.accepted is not None else "open",
        "tolls": {name: toll_plain(toll) for name, toll in sorted(page.ranges.tolls.items())},
        "origin_clusters": origins_plain(axes.origins),
        "parties": [_part(part) for part in axes.parts],
        "attribution": {
            "blame": str(axes.attribution.blame),
            "unknown_too": axes.attribution.unknown_too,
            "why": axes.attribution.why,
        },
        "near_action": str(axes.near_action),
        "civilian_status": str(axes.status),
        "evidence": [
            {"kind": str(e.kind), "yes": e.yes, "no": e.no, "unverified": e.unverified}
            for e in axes.evidence
        ],
        "answers": [_file(file) for file in axes.files],
        "grading": _grading(grade),
        "tellings": [_telling(t, "news") for t in incident.news]
        + [_telling(t, "recall") for t in incident.recalls]
        + [_telling(t, "answer") for t in incident.answers],
        "decisions": [decision_plain(d) for d in incident.decisions],
    }


def place_plain(place: Place | None) -> dict[str, Any]:
    """A place with its uncertainty; every field null where nothing is known."""
    point = place.point if place else None
    return {
        "name": (place.canonical_name or place.name) if place else None,
        "admin1": place.admin1 if place else None,
        "country": place.country if place else None,
        "lat": point.lat if point else None,
        "lon": point.lon if point else None,
        "precision": str(place.precision) if place else None,
        "uncertainty_km": place.uncertainty_km if place else None,
        "gazetteer_id": place.gazetteer_id if place else None,
        "reasons": list(place.reasons) if place else [],
    }


def _count(count: Count | None) -> dict[str, int | None] | None:
    return None if count is None else {"min": count.min, "max": count.max}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def toll_plain(toll: Toll) -> dict[str, Any]:
    """A range with its trace: what set each bound, what was left out and why."""
    return {
        "min": toll.low,
        "max": toll.high,
        "open_above": toll.open_above,
        "best": toll.best,
        "scheme": toll.scheme,
        "set_min": list(toll.set_low),
        "set_max": list(toll.set_high),
        "set_by": toll.set_by,
        "notes": list(toll.notes),
        "counted": [
            {
                "origin": v.origin,
                "published_as": {"min": v.bounds.low, "max": v.bounds.high},
                **_claim(v.claim),
            }
            for v in toll.voted
        ],
        "left_out": [
            {"why": str(left.why), "words": left.words, **_claim(left.claim)}
            for left in toll.left_out
        ],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "report": claim.report,
        "telling": claim.telling,
        "count": _count(claim.count),
        "published": _day(claim.published),
        "start": claim.span.start if claim.span else None,
        "end": claim.span.end if claim.span else None,
    }


def origins_plain(origins: Origins) -> dict[str, Any]:
    """Who knew it first, and why two reports are one origin."""
    return {
        "count": origins.count,
        "independent": origins.independent,
        "origins": [
            {
                "id": o.id,
                "reports": list(o.reports),
                "party": o.party,
                "accused": o.accused,
                "party_affiliated": o.party_affiliated,
                "vague": o.vague,
            }
            for o in origins.origins
        ],
        "edges": [
            {"later": e.later, "earlier": e.earlier, "why": str(e.why), "words": e.words}
            for e in origins.edges
        ],
    }


def _part(part: Part) -> dict[str, Any]:
    return {"party": part.party, "role": str(part.role), "reports": list(part.reports)}


def _file(file: CaseFile) -> dict[str, Any]:
    return {
        "party": file.party,
        "state": str(file.state),
        "said": [_said(s) for s in file.said],
        "reported": [_said(s) for s in file.reported],
        "steps": [
            {"date": _day(s.day), "state": str(s.state), "because": s.because} for s in file.steps
        ],
        "noted": [{"date": _day(n.day), "state": str(n.state), "entry": n.seq} for n in file.noted],
        "conceded_killed": _count(file.conceded_killed),
        "conceded_injured": _count(file.conceded_injured),
    }


def _said(said: Said) -> dict[str, Any]:
    return {
        "date": _day(said.day),
        "stance": str(said.stance),
        "reports": list(said.reports),
        "where": [{"report": r, "start": s.start, "end": s.end} for r, s in said.where],
        "contradicted": said.contradicted,
    }


def _grading(grade: Graded) -> dict[str, Any]:
    proposed = grade.proposed
    return {
        "grade": str(grade.grade),
        "given": str(grade.given) if grade.given else None,
        "by": list(grade.by),
        "to_be_reviewed": grade.review,
        "proposed": str(proposed.grade),
        "words": proposed.words,
        "criteria": [
            {"name": c.name, "holds": c.holds, "words": c.words} for c in proposed.criteria
        ],
        "flags": list(proposed.flags),
        "rules": proposed.version,
    }


def _telling(telling: Telling, told: str) -> dict[str, Any]:
    account = telling.account
    return {
        "id": telling.id,
        "report": telling.report,
        "told_as": told,
        "published": _day(telling.published),
        "lang": telling.lang,
        "publisher": _publisher(telling.publisher),
        **_when(account.when),
        "place": place_plain(account.place),
        "cause": str(account.cause),
        "killed": _count(account.killed),
        "injured": _count(account.injured),
        "missing": _count(account.missing),
        "shared_toll": _shared(account),
        "blamed": list(account.alleged_perpetrators),
        "figures": [_figure(f) for f in telling.figures],
    }


def _shared(account: Account) -> dict[str, Any] | None:
    shared = account.shared_toll
    if shared is None:
        return None
    return {"total": _count(shared.total), "covers": list(shared.covers)}


def _publisher(publisher: Publisher) -> dict[str, Any]:
    return {
        "name": publisher.name,
        "kind": str(publisher.kind) if publisher.kind else None,
        "affiliation": publisher.affiliation,
        "party": publisher.party,
    }


def _when(when: When | None) -> dict[str, Any]:
    return {
        "date_start": when.first.isoformat() if when and when.first else None,
        "date_end": when.end.isoformat() if when else None,
        "date_precision": str(when.precision) if when else "unknown",
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "label": str(figure.label),
        "value": _count(figure.value),
        "start": figure.span.start,
        "end": figure.span.end,
        "counts": figure.counts,
        "why": figure.why,
    }


def decision_plain(decision: Standing) -> dict[str, Any]:
    """A decision: who, when, what, why, and whether it still stands."""
    decided = decision.decided
    return {
        "entry": decision.seq,
        "at": decision.at,
        "by": decision.by,
        "verb": str(decided.verb),
        "because": decided.because,
        "incidents": list(decided.incidents),
        "tellings": list(decision.tellings),
        "proposal": decided.proposal,
        "field": decided.field,
        "value": decided.value,
        "parts": [{"incident": p.code, "count": _count(p.count)} for p in decided.parts],
        "stands": decision.stands,
        "withdrawn_by": decision.withdrawn_by,
    }


def _report(report: str, book: Casebook) -> dict[str, Any]:
    facts, made = book.shelf.reports[report], book.shelf.readings.get(report)
    return {
        "id": report,
        "lang": facts.lang,
        "published": _day(facts.published),
        "publisher": _publisher(facts.publisher),
        "relevant": made.relevant if made else None,
        "reader": made.reader if made else None,
        "incidents": sorted(book.codes_of(report)),
        "erased": book.shelf.erased.get(report),
        "counted_for_none": [_figure(f) for f in made.loose] if made else [],
    }
