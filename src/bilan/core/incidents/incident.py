"""An incident: the tellings that belong together, and what people decided about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bilan.core.incidents.decisions import Standing
from bilan.core.incidents.entries import Verb
from bilan.core.incidents.lanes import lane
from bilan.core.incidents.plain import from_plain
from bilan.core.incidents.summary import Summary
from bilan.core.incidents.telling import Telling
from bilan.core.values import Cause, Place, When


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident. `news` tell it, `recalls` mention it, `answers` are the parties' documents.

    `decisions` are all about it in ledger order, withdrawn ones too. `when`, `place` and `cause`
    are what a person set, else what most reports tell at their finest.
    """

    code: str
    news: tuple[Telling, ...]
    recalls: tuple[Telling, ...]
    answers: tuple[Telling, ...]
    decisions: tuple[Standing, ...]
    when: When | None
    place: Place | None
    cause: Cause

    @property
    def tellings(self) -> tuple[Telling, ...]:
        """All of them: news, then recalls, then answers."""
        return self.news + self.recalls + self.answers

    @property
    def standing(self) -> tuple[Standing, ...]:
        """The decisions that nobody took back."""
        return tuple(d for d in self.decisions if d.stands)

    @property
    def rejected(self) -> Standing | None:
        """The decision that this is no incident, if one stands."""
        return self._last(Verb.REJECT)

    @property
    def accepted(self) -> Standing | None:
        """The decision that this is an incident, if one stands."""
        return self._last(Verb.ACCEPT)

    @property
    def grade(self) -> Standing | None:
        """The last grade that a person gave and nobody took back."""
        return self._last(Verb.GRADE)

    def _last(self, verb: Verb) -> Standing | None:
        named = [d for d in self.standing if d.decided.verb is verb and d.decided.incidents]
        return next((d for d in reversed(named) if d.decided.proposal is None), None)


def settings_of(decisions: Iterable[Standing]) -> Mapping[str, Standing]:
    """The last standing `set` decision of each field."""
    ordered = sorted((d for d in decisions if d.stands), key=lambda d: d.seq)
    return {d.decided.field: d for d in ordered if d.decided.verb is Verb.SET and d.decided.field}


def incident_of(
    code: str, tellings: Sequence[Telling], decisions: tuple[Standing, ...]
) -> Incident:
    """The incident that these tellings make; they come in canonical order."""
    by_lane: dict[int, list[Telling]] = {0: [], 1: [], 2: []}
    for telling in tellings:
        by_lane[lane(telling)].append(telling)
    summary = Summary(by_lane[0] or by_lane[1] or by_lane[2])
    chosen = settings_of(decisions)
    return Incident(
        code=code,
        news=tuple(by_lane[0]),
        recalls=tuple(by_lane[1]),
        answers=tuple(by_lane[2]),
        decisions=decisions,
        when=_set(chosen, "when", When, summary.when),
        place=_set(chosen, "place", Place, summary.place),
        cause=_set(chosen, "cause", Cause, _cause(summary)),
    )


def _set(chosen: Mapping[str, Standing], field: str, kind: Any, otherwise: Any) -> Any:
    return from_plain(kind, chosen[field].decided.value) if field in chosen else otherwise


def _cause(summary: Summary) -> Cause:
    told = summary.causes
    return min(told, key=lambda c: (-told[c], c)) if told else Cause.UNKNOWN
