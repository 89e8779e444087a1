"""Which part each party has in an incident, and how the blame stands between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bilan.core.assessments.answers import CaseFile, case_files
from bilan.core.claims.text.language import parties
from bilan.core.incidents.answers import is_strike_release
from bilan.core.incidents.incident import Incident
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.voices import retellings_of
from bilan.core.reports.origins import Origins
from bilan.core.values import Stance


class PartyRole(StrEnum):
    """The part of a party in an incident (contract, section 1)."""

    SUSPECTED = "suspected"
    STRIKE_ACKNOWLEDGED = "strike_acknowledged"
    DECLARED = "declared"
    TARGETED = "targeted"
    CONTEXT = "context"


class Blame(StrEnum):
    """How the blame stands."""

    NOBODY = "nobody"
    SOLE = "sole"
    JOINT = "joint"
    ALTERNATIVE = "alternative"


@dataclass(frozen=True, slots=True)
class Part:
    """A party's part, and the reports that say so."""

    party: str
    role: PartyRole
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is blamed, by how many origins, and whether together or one instead of the other.

    `by` maps each suspected party to the origins that blame it.
    """

    blame: Blame
    by: tuple[tuple[str, tuple[str, ...]], ...]
    unknown_too: bool  # somebody who tells of it does not know who did it
    why: str


def parts_in(incident: Incident) -> tuple[Part, ...]:
    """Every party with every part that it has, in a fixed order.

    Forces that are only active nearby are context and nothing more (contract, rule 10).
    """
    found: dict[tuple[PartyRole, str], dict[str, None]] = {}
    for role, party, report in (*_told(incident), *_answered(incident)):
        found.setdefault((role, party), {})[report] = None
    involved = {party for role, party in found if role is not PartyRole.CONTEXT}
    return tuple(
        Part(party, role, tuple(found[role, party]))
        for role, party in sorted(found, key=lambda key: (_order(key[0]), key[1]))
        if role is not PartyRole.CONTEXT or party not in involved
    )


def suspects_of(incident: Incident) -> frozenset[str]:
    """The parties blamed, a coalition's leader not beside the coalition: they are one suspect."""
    tellings = incident.news + incident.recalls
    named = {party for t in tellings for party in t.account.alleged_perpetrators}
    return frozenset(named - {leader for name, leader in _leaders().items() if name in named})


@cache
def _leaders() -> Mapping[str, str]:
    """The leader of each coalition, both by canonical name."""
    known = parties()
    led = (party for party in known.values() if "led_by" in party)
    return {str(party["name"]): str(known[party["led_by"]]["name"]) for party in led}


def _told(incident: Incident) -> Iterator[tuple[PartyRole, str, str]]:
    suspects = suspects_of(incident)
    for telling in incident.news + incident.recalls:
        for party in telling.account.alleged_perpetrators:
            if party in suspects:
                yield PartyRole.SUSPECTED, party, telling.report
    for telling in incident.tellings:
        for party in telling.account.targets:
            yield PartyRole.TARGETED, party, telling.report
        for party in telling.account.context_parties:
            yield PartyRole.CONTEXT, party, telling.report


def _answered(incident: Incident) -> Iterator[tuple[PartyRole, str, str]]:
    for telling in filter(is_strike_release, incident.answers):
        for statement in telling.account.statements:
            yield PartyRole.DECLARED, statement.party, telling.report
    for file in case_files(incident):
        for said in file.said:
            if said.stance is Stance.ACKNOWLEDGES_STRIKE:
                for report in said.reports:
                    yield PartyRole.STRIKE_ACKNOWLEDGED, file.party, report


def _order(role: PartyRole) -> int:
    return list(PartyRole).index(role)


def attribution_of(incident: Incident, origins: Origins) -> Attribution:
    """How the blame stands between parties that origins blame.

    Parties blamed by one origin in one breath are joint where the report says both; two parties
    blamed by different origins, or left open between two, are alternatives. The reader cannot tell
    "A and B together" from "A or B": what one report leaves open counts as alternative unless a
    person says otherwise.
    """
    suspects = suspects_of(incident)
    blamed: dict[str, dict[str, None]] = {}
    sets: dict[str, set[str]] = {}
    silent: set[str] = set()
    for telling in incident.news:
        origin = _origin(telling, origins)
        if origin is None:
            continue
        named = [p for p in telling.account.alleged_perpetrators if p in suspects]
        sets.setdefault(origin, set()).update(named)
        if not named:
            silent.add(origin)
        for party in named:
            blamed.setdefault(party, {})[origin] = None
    by = tuple((party, tuple(blamed[party])) for party in sorted(blamed))
    unknown = any(not sets[o] for o in silent)
    return _state(by, unknown, incident)


def _state(
    by: tuple[tuple[str, tuple[str, ...]], ...], unknown: bool, incident: Incident
) -> Attribution:
    if not by:
        return Attribution(Blame.NOBODY, by, unknown, "no report says who did it")
    if len(by) == 1:
        aside = "; another origin does not know who did it" if unknown else ""
        return Attribution(Blame.SOLE, by, unknown, f"only {by[0][0]} is blamed{aside}")
    names = " and ".join(party for party, _ in by)
    decided = [d for d in incident.standing if d.decided.field == "attribution"]
    if decided and decided[-1].decided.value == Blame.JOINT:
        return Attribution(Blame.JOINT, by, unknown, f"{names} together, says {decided[-1].by}")
    return Attribution(Blame.ALTERNATIVE, by, unknown, f"blamed instead of one another: {names}")


def _origin(telling: Telling, origins: Origins) -> str | None:
    first = retellings_of(telling)[0]
    origin = origins.of.get(first.id)
    return None if origin is None or origins.named(origin).accused else origin


def file_of(files: Iterable[CaseFile], party: str) -> CaseFile | None:
    """A party's case file, if it has one."""
    return next((f for f in files if f.party == party), None)
