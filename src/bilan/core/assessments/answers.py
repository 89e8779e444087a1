"""What each party answered, in time: a case file per incident and party, its history kept.

Only a party's own document or quoted words are its answer (contract, rule 8). What a narrator says
that it said is shown apart, and flagged where it contradicts the party's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bilan.core.incidents.answers import is_answer
from bilan.core.incidents.incident import Incident
from bilan.core.incidents.telling import Telling
from bilan.core.values import Count, Span, Stance


class State(StrEnum):
    """Where a party's answer stands (field, 4.6)."""

    NONE = "none"
    ALLEGED = "alleged_publicly"
    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    UNDER_ASSESSMENT = "under_assessment"
    CREDIBLE = "credible"
    NON_CREDIBLE = "non_credible"
    DUPLICATE = "duplicate"
    CLOSED = "no_response_closed"
    REOPENED = "reopened"


CLOSED = frozenset({State.CREDIBLE, State.NON_CREDIBLE, State.DUPLICATE, State.CLOSED})

# Where a stance leads. Stances that are not here change no state: a denial and a claim about the
# target are flags, and so is the strike that was acknowledged.
LEADS_TO: Mapping[Stance, State] = {
    Stance.OPENS_INQUIRY: State.UNDER_ASSESSMENT,
    Stance.REFERS: State.UNDER_ASSESSMENT,
    Stance.FINDS_CREDIBLE: State.CREDIBLE,
    Stance.ACKNOWLEDGES_HARM: State.CREDIBLE,
    Stance.FINDS_NOT_CREDIBLE: State.NON_CREDIBLE,
}


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of a party: the day, the stance, the reports that carry its words.

    `where` are the words in each report. `own_words` False: a narrator says so; it is no answer.
    `contradicted` says which of the party's own words speak against what a narrator says.
    """

    party: str
    day: date | None
    stance: Stance
    reports: tuple[str, ...]
    where: tuple[tuple[str, Span], ...] = ()
    own_words: bool = True
    contradicted: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A change of state: the day, the state, and what led to it."""

    day: date | None
    state: State
    because: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One party's answer about one incident, with its history.

    `conceded` is what it admits, apart from every range; None = nothing, which is not zero.
    """

    party: str
    said: tuple[Said, ...] = ()
    reported: tuple[Said, ...] = ()
    steps: tuple[Step, ...] = ()
    conceded_killed: Count | None = None
    conceded_injured: Count | None = None

    @property
    def state(self) -> State:
        """Where it stands now."""
        return self.steps[-1].state if self.steps else State.NONE

    @property
    def acknowledges_strike(self) -> bool:
        """Whether it admits a strike, in its own words."""
        return any(s.stance is Stance.ACKNOWLEDGES_STRIKE for s in self.said)

    @property
    def accepts_harm(self) -> bool:
        """Whether it admits, in its own words, to have harmed civilians here, and still does."""
        if self.state in CLOSED:
            return self.state is State.CREDIBLE
        return any(s.stance in HARM_ADMITTED for s in self.said)


HARM_ADMITTED = frozenset({Stance.ACKNOWLEDGES_HARM, Stance.FINDS_CREDIBLE})
AGAINST_HARM = frozenset(
    {Stance.DENIES, Stance.DISPUTES_TARGET, Stance.REFERS, Stance.FINDS_NOT_CREDIBLE}
)


def case_files(incident: Incident) -> tuple[CaseFile, ...]:
    """The case files of all parties that are blamed or that said something, by name."""
    said = _statements(incident)
    newest_first = sorted(incident.news, key=lambda t: t.published or date.max, reverse=True)
    blamed = {p: t.published for t in newest_first for p in t.account.alleged_perpetrators}
    parties = sorted({s.party for s in said} | set(blamed))
    return tuple(_file(p, [s for s in said if s.party == p], blamed, incident) for p in parties)


def _file(
    party: str, said: list[Said], blamed: Mapping[str, date | None], incident: Incident
) -> CaseFile:
    own = tuple(s for s in said if s.own_words)
    concessions = [t for t in incident.answers if _by(t, party)]
    return CaseFile(
        party=party,
        said=own,
        reported=tuple(_against(s, own) for s in said if not s.own_words),
        steps=_steps(own, alleged=blamed.get(party) if party in blamed else None, party=party),
        conceded_killed=next((t.account.killed for t in concessions if t.account.killed), None),
        conceded_injured=next((t.account.injured for t in concessions if t.account.injured), None),
    )


def _by(telling: Telling, party: str) -> bool:
    return any(s.party == party and s.own_words for s in telling.account.statements)


def _statements(incident: Incident) -> list[Said]:
    """Every stance of every party once per day, own words and narrators' apart, in time."""
    found: dict[tuple[str, str, Stance, bool], list[tuple[Telling, Span]]] = {}
    days: dict[str, date | None] = {}
    for telling in incident.tellings:
        day = telling.published.isoformat() if telling.published else "9999"
        days[day] = telling.published
        for s in telling.account.statements:
            own = s.own_words or is_answer(telling)
            found.setdefault((day, s.party, s.stance, own), []).append((telling, s.span))
    return [
        Said(
            party=party,
            day=days[day],
            stance=stance,
            reports=tuple(dict.fromkeys(t.report for t, _ in where)),
            where=tuple((t.report, span) for t, span in where),
            own_words=own,
        )
        for (day, party, stance, own), where in sorted(found.items())
    ]


def _against(reported: Said, own: Iterable[Said]) -> Said:
    """Flag what a narrator says that a party admitted, where its own words say otherwise."""
    if reported.stance not in HARM_ADMITTED:
        return reported
    words = next((s for s in own if s.stance in AGAINST_HARM), None)
    if words is None:
        return reported
    return Said(
        reported.party,
        reported.day,
        reported.stance,
        reported.reports,
        reported.where,
        own_words=False,
        contradicted=f"{words.stance} in its own words, {', '.join(words.reports)}",
    )


def _steps(said: Iterable[Said], *, alleged: date | None, party: str) -> tuple[Step, ...]:
    """The changes of state in time. A finding after a finding reopens and closes again."""
    steps: list[Step] = []
    if alleged is not None:
        steps.append(Step(alleged, State.ALLEGED, f"{party} is blamed publicly"))
    for one in said:
        state = LEADS_TO.get(one.stance)
        now = steps[-1].state if steps else State.NONE
        if state is None or state is now:
            continue
        if now in CLOSED:
            steps.append(Step(one.day, State.REOPENED, "answered anew"))
        steps.append(Step(one.day, state, f"{one.stance} ({', '.join(one.reports)})"))
    return tuple(steps)


def unanswered(files: Iterable[CaseFile]) -> tuple[str, ...]:
    """The parties that are blamed and never said a word."""
    return tuple(f.party for f in files if not f.said)
