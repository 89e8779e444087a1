"""What each party answered, in time: a case file per incident and party, its history kept.

Only a party's own document or quoted words are its answer (contract, rule 8). What a narrator says
that it said is shown apart, and flagged where it contradicts the party's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bilan.core.claims.account import Outcome
from bilan.core.incidents.answers import is_answer
from bilan.core.incidents.entries import Verb
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

# The party said nothing of substance, whatever the recorders did.
NO_ANSWER = frozenset(
    {State.NONE, State.ALLEGED, State.SUBMITTED, State.ACKNOWLEDGED, State.CLOSED}
)

# Where a case may go from where it stands (field, 4.6). A party may answer what nobody sent to it,
# and find at once; what is closed is reopened first. Any other step is kept and flagged.
_ANY_ANSWER = frozenset({State.UNDER_ASSESSMENT, *CLOSED})
NEXT: Mapping[State, frozenset[State]] = {
    State.NONE: frozenset({State.ALLEGED, State.SUBMITTED, State.ACKNOWLEDGED}) | _ANY_ANSWER,
    State.ALLEGED: frozenset({State.SUBMITTED, State.ACKNOWLEDGED}) | _ANY_ANSWER,
    State.SUBMITTED: frozenset({State.ACKNOWLEDGED}) | _ANY_ANSWER,
    State.ACKNOWLEDGED: _ANY_ANSWER,
    State.UNDER_ASSESSMENT: CLOSED,
    State.REOPENED: frozenset({State.SUBMITTED, State.ACKNOWLEDGED}) | _ANY_ANSWER,
    **{state: frozenset({State.REOPENED}) for state in CLOSED},
}

# What recorders note in a case themselves: that they asked, that the party has it, that it went on
# unanswered until they closed it, that new facts open it again. What a party says, its own words
# say: a report.
NOTED = (State.SUBMITTED, State.ACKNOWLEDGED, State.CLOSED, State.REOPENED)
_ASKING = (State.SUBMITTED, State.ACKNOWLEDGED)  # asking on moves no case that has gone further

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
    outcome: Outcome | None = None  # a duplicate, or reopened: what no stance says


@dataclass(frozen=True, slots=True)
class Noted:
    """What a person noted in a party's case: the day of it, the state, the decision's number."""

    day: date
    state: State
    seq: int


@dataclass(frozen=True, slots=True)
class Step:
    """A change of state: the day, the state, and what led to it.

    `flag` says in words why the step wants a person's look: no state leads there, or nobody can
    tell in which order two answers came.
    """

    day: date | None
    state: State
    because: str
    flag: str | None = None


@dataclass(frozen=True, slots=True)
class Concession:
    """What a party admitted in one document: its day, the report, and the numbers."""

    day: date | None
    report: str
    killed: Count | None
    injured: Count | None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One party's answer about one incident, with its history.

    `conceded_...` is what it admits now, apart from every range; None = nothing, which is not
    zero. `concessions` are all that it ever admitted here, in time. `noted` is what the recorders
    did or heard outside of any report.
    """

    party: str
    said: tuple[Said, ...] = ()
    reported: tuple[Said, ...] = ()
    steps: tuple[Step, ...] = ()
    conceded_killed: Count | None = None
    conceded_injured: Count | None = None
    concessions: tuple[Concession, ...] = ()
    noted: tuple[Noted, ...] = ()

    @property
    def flags(self) -> tuple[str, ...]:
        """What of its history wants a person's look, in time."""
        return tuple(step.flag for step in self.steps if step.flag)

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


DISMISSING = frozenset({Stance.DENIES, Stance.FINDS_NOT_CREDIBLE})
HARM_ADMITTED = frozenset({Stance.ACKNOWLEDGES_HARM, Stance.FINDS_CREDIBLE})
AGAINST_HARM = frozenset(
    {Stance.DENIES, Stance.DISPUTES_TARGET, Stance.REFERS, Stance.FINDS_NOT_CREDIBLE}
)


def case_files(incident: Incident) -> tuple[CaseFile, ...]:
    """The case files of all parties that are blamed, asked, or that said something, by name."""
    said = _statements(incident)
    newest_first = sorted(incident.news, key=lambda t: t.published or date.max, reverse=True)
    blamed = {p: t.published for t in newest_first for p in t.account.alleged_perpetrators}
    noted = _noted(incident)
    parties = sorted({s.party for s in said} | set(blamed) | set(noted))
    return tuple(
        _file(p, [s for s in said if s.party == p], blamed, noted.get(p, ()), incident)
        for p in parties
    )


def _noted(incident: Incident) -> Mapping[str, tuple[Noted, ...]]:
    """What people noted in each party's case, in time, as far as nobody took it back."""
    found: dict[str, list[Noted]] = {}
    for standing in incident.standing:
        decided = standing.decided
        if decided.verb is Verb.CASE and decided.field:
            day = date.fromisoformat(decided.value["day"])
            note = Noted(day, State(decided.value["state"]), standing.seq)
            found.setdefault(decided.field, []).append(note)
    return {p: tuple(sorted(n, key=lambda n: (n.day, n.seq))) for p, n in found.items()}


def _file(
    party: str,
    said: list[Said],
    blamed: Mapping[str, date | None],
    noted: tuple[Noted, ...],
    incident: Incident,
) -> CaseFile:
    own = tuple(s for s in said if s.own_words)
    events: list[Said | Noted] = [*noted, *own]
    events.sort(key=lambda event: event.day or date.max)
    steps = _steps(events, alleged=blamed.get(party), accused=party in blamed, party=party)
    concessions = _concessions(party, incident)
    stands = concessions if not steps or steps[-1].state is not State.NON_CREDIBLE else ()
    last = next(iter(reversed(stands)), None)
    return CaseFile(
        party=party,
        said=own,
        reported=tuple(_against(s, own) for s in said if not s.own_words),
        steps=steps,
        conceded_killed=last.killed if last else None,
        conceded_injured=last.injured if last else None,
        concessions=concessions,
        noted=noted,
    )


def _concessions(party: str, incident: Incident) -> tuple[Concession, ...]:
    """What a party's documents admit, in time; those that find nothing credible admit nothing."""
    answers = sorted(incident.answers, key=lambda t: (t.published or date.max, t.report))
    return tuple(
        Concession(t.published, t.report, t.account.killed, t.account.injured)
        for t in answers
        if (t.account.killed or t.account.injured) and _admits(t, party)
    )


def _admits(telling: Telling, party: str) -> bool:
    """Whether a document of the party does not dismiss what it counts."""
    stances = {s.stance for s in telling.account.statements if s.party == party and s.own_words}
    return bool(stances) and not (stances & DISMISSING and not stances & HARM_ADMITTED)


def _statements(incident: Incident) -> list[Said]:
    """Every stance of every party once per day, own words and narrators' apart, in time."""
    found: dict[tuple[str, str, Stance, str, bool], list[tuple[Telling, Span]]] = {}
    days: dict[str, date | None] = {}
    for telling in incident.tellings:
        day = telling.published.isoformat() if telling.published else "9999"
        days[day] = telling.published
        for s in telling.account.statements:
            own = s.own_words or is_answer(telling)
            key = (day, s.party, s.stance, str(s.outcome or ""), own)
            found.setdefault(key, []).append((telling, s.span))
    return [
        Said(
            party=party,
            day=days[day],
            stance=stance,
            reports=tuple(dict.fromkeys(t.report for t, _ in where)),
            where=tuple((t.report, span) for t, span in where),
            own_words=own,
            outcome=Outcome(outcome) if outcome else None,
        )
        for (day, party, stance, outcome, own), where in sorted(found.items(), key=_in_time)
    ]


def _in_time(found: tuple[tuple[str, str, Stance, str, bool], object]) -> tuple[object, ...]:
    """By day and party; of one day what opens a case first, then what closes it."""
    (day, party, stance, outcome, own), _ = found
    reopened = outcome == Outcome.REOPENED
    state = LEADS_TO.get(stance)
    return day, party, not reopened, state in CLOSED or bool(outcome), stance, outcome, own


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


def _steps(
    events: Iterable[Said | Noted], *, alleged: date | None, accused: bool, party: str
) -> tuple[Step, ...]:
    """The changes of state in time. A finding after a finding reopens the case and closes it again.

    Nothing is left out or put right: a step to which no state leads stays, with a flag.
    """
    steps: list[Step] = []
    if accused:
        steps.append(Step(alleged, State.ALLEGED, f"{party} is blamed publicly"))
    for one in events:
        state = _state_of(one)
        now = steps[-1].state if steps else State.NONE
        if state is None or _goes_nowhere(now, state):
            continue
        if now in CLOSED and state is not State.REOPENED:
            anew = "asked anew" if isinstance(one, Noted) else "answered anew"
            flag = _flag_of_two(steps[-1], one, state)
            steps.append(Step(one.day, State.REOPENED, anew, flag))
            now = State.REOPENED
        steps.append(Step(one.day, state, _because(one), _flag(now, state)))
    return tuple(steps)


def _goes_nowhere(now: State, state: State) -> bool:
    """Whether a case stays where it stands: said again, or asked while it is looked at."""
    if state is State.SUBMITTED and now is State.ACKNOWLEDGED:
        return True
    asked_on = state in _ASKING and now is State.UNDER_ASSESSMENT
    return asked_on or (state is now and state is not State.REOPENED)


def _because(event: Said | Noted) -> str:
    if isinstance(event, Noted):
        return f"noted by the recorders (entry {event.seq})"
    return f"{event.outcome or event.stance} ({', '.join(event.reports)})"


def _state_of(said: Said | Noted) -> State | None:
    """Where an event leads; what is said besides the stance comes first."""
    if isinstance(said, Noted):
        return said.state
    if said.outcome is Outcome.DUPLICATE:
        return State.DUPLICATE
    if said.outcome is Outcome.REOPENED:
        return State.REOPENED
    return LEADS_TO.get(said.stance)


def _flag(now: State, state: State) -> str | None:
    """Why a step wants a person's look, or None where the states lead there."""
    if state in NEXT[now]:
        return None
    if state is State.REOPENED:
        return f"reopened, though no closed answer is known: it stood at {_words(now)}"
    return f"{_words(now)} does not lead to {_words(state)}"


def _flag_of_two(before: Step, said: Said | Noted, state: State) -> str | None:
    """Two answers that differ, of one day or without a day: their order is not known."""
    if said.day is None or before.day is None:
        return (
            f"{_words(before.state)} and {_words(state)}: a date is missing, so the order is open"
        )
    if said.day == before.day:
        day = said.day.isoformat()
        return f"{_words(before.state)} and {_words(state)} on one day, {day}: the order is open"
    return None


def _words(state: State) -> str:
    return str(state).replace("_", " ")


def waiting(file: CaseFile, *, today: date, days: int) -> int | None:
    """For how many days a case has stood open beyond the `days` that a team allows; None = it has
    not, or it is closed, or nobody knows since when.

    No rule of any party sets such a deadline (field, 2.2), so the number is the team's own.
    """
    if not file.steps or file.state in CLOSED:
        return None
    since = file.steps[-1].day
    over = (today - since).days - days if since is not None else 0
    return over if over > 0 else None


def unanswered(files: Iterable[CaseFile]) -> tuple[str, ...]:
    """The parties that are blamed and never said a word."""
    return tuple(f.party for f in files if not f.said)
