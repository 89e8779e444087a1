"""The grade that the axes propose, its criteria in words, and whether a signed one still stands."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from bilan.core.assessments.axes import Axes, NearAction
from bilan.core.assessments.parties import Blame
from bilan.core.errors import DataError
from bilan.core.incidents.decisions import Standing
from bilan.core.incidents.incident import Incident


class Grade(StrEnum):
    """The recorder's view of the reporting (contract, section 1)."""

    CONFIRMED = "Confirmed"
    FAIR = "Fair"
    WEAK = "Weak"
    CONTESTED = "Contested"
    DISCOUNTED = "Discounted"
    UNGRADED = "Ungraded"


# Grades that two people sign, each with a key of their own (field, 3.10).
TWO_SIGN = frozenset({Grade.CONFIRMED, Grade.DISCOUNTED})


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of `grades.toml`: the grade where every condition holds."""

    grade: Grade
    when: tuple[str, ...]
    words: str
    flag: str | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """A condition, whether it holds, and what it rests on, in words."""

    name: str
    holds: bool
    words: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """The grade that the rules propose, why, and with what flags. `version` is the rules'."""

    grade: Grade
    words: str
    criteria: tuple[Criterion, ...]
    flags: tuple[str, ...]
    version: str
    ground: str


@dataclass(frozen=True, slots=True)
class Graded:
    """The grade of an incident: what is proposed, what a person gave, whether it still stands.

    `review`: the ground of the person's grade moved since; the grade itself never changes.
    `signed`: all of `by` gave it with a key of their own. `waiting`: a grade that two people sign,
    and one did not yet; until then the proposed one is shown.
    """

    proposed: Proposal
    given: Grade | None = None
    by: tuple[str, ...] = ()
    review: bool = False
    signed: bool = False
    waiting: Grade | None = None

    @property
    def grade(self) -> Grade:
        """The person's grade where there is one, else the proposed one."""
        return self.given or self.proposed.grade


@cache
def rules() -> tuple[str, tuple[Rule, ...]]:
    """The version of the rules that ship with Bilan, and the rules in their order."""
    source = (files("bilan.core.assessments") / "grades.toml").read_text(encoding="utf-8")
    try:
        table = tomllib.loads(source)
        return str(table["version"]), tuple(
            Rule(Grade(r["grade"]), tuple(r["when"]), r["words"], r.get("flag"))
            for r in table["rule"]
        )
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
        raise DataError(f"grades.toml: {error!r}") from error


def criteria_of(axes: Axes) -> Mapping[str, Criterion]:
    """The conditions that rules may name, by name, each with what it rests on."""
    told = axes.corroboration
    accepted = ", ".join(axes.accepted_by) or "no party"
    found = (
        Criterion("harm_accepted", bool(axes.accepted_by), f"{accepted} accepts civilian harm"),
        Criterion(
            "several_blamed",
            axes.attribution.blame in (Blame.ALTERNATIVE, Blame.JOINT),
            axes.attribution.why,
        ),
        Criterion(
            "two_independent",
            told.independent >= 2,
            f"{told.reports} reports, {told.origins} origins, {told.independent} independent",
        ),
        Criterion("one_origin", told.origins >= 1, f"{told.origins} origins"),
        Criterion(
            "near_action",
            axes.near_action is not NearAction.NONE,
            f"action nearby: {axes.near_action}",
        ),
    )
    return {criterion.name: criterion for criterion in found}


def propose(axes: Axes) -> Proposal:
    """The grade of the first rule whose conditions all hold."""
    version, ordered = rules()
    criteria = criteria_of(axes)
    unknown = {name for rule in ordered for name in rule.when} - set(criteria)
    if unknown:
        raise DataError(f"grades.toml names conditions that nobody knows: {sorted(unknown)}")
    rule = next(r for r in ordered if all(criteria[name].holds for name in r.when))
    flags = tuple(f for f in (rule.flag, _affiliated(axes)) if f)
    ground = _ground(version, criteria)
    return Proposal(rule.grade, rule.words, tuple(criteria.values()), flags, version, ground)


def _affiliated(axes: Axes) -> str | None:
    told = axes.corroboration
    return "party_affiliated" if told.origins > told.independent else None


def _ground(version: str, criteria: Mapping[str, Criterion]) -> str:
    """A digest of what a grade rests on: it changes when a criterion's answer or figures do."""
    lines = [version, *(f"{c.name} {c.holds} {c.words}" for c in criteria.values())]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def graded(incident: Incident, axes: Axes) -> Graded:
    """The grade of an incident as it stands."""
    proposed = propose(axes)
    standing = incident.grade
    if standing is None:
        return Graded(proposed)
    given = Grade(standing.decided.value)
    same = [d for d in incident.standing if _gives(d, given)]
    by, keys = tuple(dict.fromkeys(d.by for d in same)), {d.by for d in same if d.signed}
    if given in TWO_SIGN and len(keys) < 2:
        return Graded(proposed, by=by, waiting=given)
    return Graded(
        proposed,
        given,
        by=by,
        review=standing.decided.ground is not None and standing.decided.ground != proposed.ground,
        signed=keys.issuperset(by),
    )


def _gives(standing: Standing, grade: Grade) -> bool:
    return standing.decided.verb == "grade" and standing.decided.value == grade
