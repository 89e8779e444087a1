"""The axes of an assessment, stored apart: none of them decides another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from bilan.core.assessments.answers import CaseFile, case_files
from bilan.core.assessments.parties import Attribution, Part, PartyRole, attribution_of, parts_in
from bilan.core.incidents.incident import Incident
from bilan.core.incidents.voices import origins_in
from bilan.core.reports.origins import Origins
from bilan.core.values import CivilianStatus, EvidenceKind, Verified


class NearAction(StrEnum):
    """Whether a party's action near the incident is known (field, 5.1)."""

    DECLARED = "declared"
    LIKELY = "likely"
    NONE = "none"


class StatusAxis(StrEnum):
    """What the dead are said to have been. A perpetrator's word alone never moves it."""

    CIVILIAN = "civilian"
    DISPUTED = "disputed"
    COMBATANT = "combatant"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Corroboration:
    """How many reports, origins, and independent origins allege harm."""

    reports: int
    origins: int
    independent: int


@dataclass(frozen=True, slots=True)
class Shown:
    """Evidence of one kind: how many reports show it, by whether anyone checked it."""

    kind: EvidenceKind
    yes: int
    no: int
    unverified: int


@dataclass(frozen=True, slots=True)
class Axes:
    """Everything that a grade may rest on, each apart."""

    corroboration: Corroboration
    attribution: Attribution
    near_action: NearAction
    status: StatusAxis
    evidence: tuple[Shown, ...]
    parts: tuple[Part, ...]
    files: tuple[CaseFile, ...]
    origins: Origins

    @property
    def accepted_by(self) -> tuple[str, ...]:
        """The parties that admit civilian harm here, in their own words."""
        return tuple(f.party for f in self.files if f.accepts_harm)


def axes_of(incident: Incident, *, origins: Origins | None = None) -> Axes:
    """The axes of an incident as its tellings and answers give them."""
    origins = origins or origins_in(incident)
    parts = parts_in(incident)
    attribution = attribution_of(incident, origins)
    reports = len({t.report for t in incident.news})
    return Axes(
        corroboration=Corroboration(reports, origins.count, origins.independent),
        attribution=attribution,
        near_action=_near_action(parts, attribution, origins),
        status=_status(incident),
        evidence=_evidence(incident),
        parts=parts,
        files=case_files(incident),
        origins=origins,
    )


def _near_action(parts: tuple[Part, ...], attribution: Attribution, origins: Origins) -> NearAction:
    """Declared: the party says that it struck there. Likely: an independent origin attributes."""
    roles = {p.role for p in parts}
    if roles & {PartyRole.DECLARED, PartyRole.STRIKE_ACKNOWLEDGED}:
        return NearAction.DECLARED
    blaming = {origin for _, by in attribution.by for origin in by}
    if any(not origins.named(o).party_affiliated for o in blaming):
        return NearAction.LIKELY
    return NearAction.NONE


def _status(incident: Incident) -> StatusAxis:
    told = Counter(
        t.account.civilian_status for t in incident.news if t.account.civilian_status is not None
    )
    combatant = told[CivilianStatus.COMBATANT]
    if not told:
        return StatusAxis.UNKNOWN
    if combatant == 0:
        return StatusAxis.CIVILIAN
    return (
        StatusAxis.COMBATANT if combatant == told.total() and combatant > 1 else StatusAxis.DISPUTED
    )


def _evidence(incident: Incident) -> tuple[Shown, ...]:
    found: dict[EvidenceKind, Counter[Verified]] = {}
    for telling in incident.news:
        for kind, verified in {(e.kind, e.verified) for e in telling.account.evidence}:
            found.setdefault(kind, Counter())[verified] += 1
    return tuple(
        Shown(kind, n[Verified.YES], n[Verified.NO], n[Verified.UNVERIFIED])
        for kind, n in sorted(found.items())
    )
