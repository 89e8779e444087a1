"""A reading as the JSON that crosses the border (contract, section 3)."""

from __future__ import annotations

from typing import Any

from bilan.core.claims.account import Account, Evidence, LabelledSpan, Reading, Statement
from bilan.core.values import Count, Fault, Place, Span

COUNT_FIELDS = (
    "killed",
    "injured",
    "missing",
    "killed_children",
    "killed_women",
    "killed_men",
    "fighters_killed",
)


def reading_to_json(reading: Reading, text: str) -> dict[str, Any]:
    """One object per report; every quote is cut from `text`, so it stands there."""
    return {
        "id": reading.id,
        "lang": reading.lang,
        "published": reading.published.isoformat() if reading.published else None,
        "relevant": reading.relevant,
        "accounts": [account_to_json(a, text) for a in reading.accounts],
        "spans": [_span(s, text) for s in reading.spans],
        "faults": [_fault(f) for f in reading.faults],
        "reader": reading.reader,
    } | ({"event_type": reading.event_type} if reading.event_type else {})


def account_to_json(account: Account, text: str) -> dict[str, Any]:
    """One account; optional fields that say nothing are left out, counts are null when unknown."""
    when = account.when
    shape: dict[str, Any] = {
        "role": str(account.role),
        "date_start": when.first.isoformat() if when and when.first else None,
        "date_end": when.end.isoformat() if when else None,
        "date_precision": str(when.precision) if when else "unknown",
        "place": _place(account.place),
        "cause": str(account.cause),
        **{name: _count(getattr(account, name)) for name in COUNT_FIELDS},
        "killed_civilian_status": str(account.civilian_status) if account.civilian_status else None,
        "alleged_by": [informant.name for informant in account.alleged_by],
        "alleged_perpetrators": list(account.alleged_perpetrators),
        "statements": [_statement(s, text) for s in account.statements],
        "evidence": [_evidence(e, text) for e in account.evidence],
        "is_update": account.is_update,
    }
    if account.incident is not None:
        shape["incident"] = account.incident
    if account.shared_toll is not None:
        shared = account.shared_toll
        shape["shared_toll"] = {"total": _count(shared.total), "covers": list(shared.covers)}
    if account.victim_numbers:
        shape["victim_numbers"] = [_of_group(count) for count in account.victim_numbers]
    return shape


_SOME = 3  # "several", the largest lower bound of words that give no number (reading rules)


def _of_group(count: Count) -> str:
    """The size of one group of victims as event templates note it: 5, 20-, -5, 4-6 or PLURAL."""
    low, high = count.min, count.max
    if low == high:
        return str(low)
    if high is None:
        return "PLURAL" if low is not None and low <= _SOME else f"{low}-"
    return f"-{high}" if low is None else f"{low}-{high}"


def _count(count: Count | None) -> dict[str, int | None] | None:
    return None if count is None else {"min": count.min, "max": count.max}


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "name": place.name,
        "canonical_name": place.canonical_name,
        "admin1": place.admin1,
        "country": place.country,
        "lat": place.point.lat if place.point else None,
        "lon": place.point.lon if place.point else None,
        "precision": str(place.precision),
        "uncertainty_km": place.uncertainty_km,
        "gazetteer_id": place.gazetteer_id,
    }


def _words(span: Span, text: str) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "quote": span.of(text)}


def _statement(statement: Statement, text: str) -> dict[str, Any]:
    return {
        "party": statement.party,
        "stance": str(statement.stance),
        "own_words": statement.own_words,
        **({"outcome": str(statement.outcome)} if statement.outcome else {}),
        **_words(statement.span, text),
    }


def _evidence(evidence: Evidence, text: str) -> dict[str, Any]:
    return {
        "kind": str(evidence.kind),
        "verified": str(evidence.verified),
        **_words(evidence.span, text),
    }


def _span(labelled: LabelledSpan, text: str) -> dict[str, Any]:
    shape: dict[str, Any] = {
        **_words(labelled.span, text),
        "label": str(labelled.label),
        "accounts": list(labelled.accounts),
    }
    if labelled.value is not None:
        shape["value"] = _count(labelled.value)
    if labelled.said_by is not None:
        shape["said_by"] = labelled.said_by.name
    if labelled.why:
        shape["why"] = labelled.why
    return shape


def _fault(fault: Fault) -> dict[str, str]:
    return {"code": fault.code, "message": fault.message, "where": fault.where}
