"""What reading a report gives: accounts of incidents, and the spans that say it."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import StrEnum

from bilan.core.frozen import dataclass
from bilan.core.values import (
    Cause,
    CivilianStatus,
    Count,
    EvidenceKind,
    Fault,
    Place,
    Span,
    Stance,
    Verified,
    When,
)


class Label(StrEnum):
    """What a span of the text says (closed list; the last six carry no count)."""

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    KILLED_CHILDREN = "killed_children"
    KILLED_WOMEN = "killed_women"
    KILLED_MEN = "killed_men"
    INJURED_CHILDREN = "injured_children"
    INJURED_WOMEN = "injured_women"
    INJURED_MEN = "injured_men"
    FIGHTERS_KILLED = "fighters_killed"
    FIGHTERS_INJURED = "fighters_injured"
    KILLED_SUBSET = "killed_subset"
    INJURED_SUBSET = "injured_subset"
    MISSING_SUBSET = "missing_subset"
    CUMULATIVE = "cumulative_not_incident"
    BACKGROUND = "background_count"
    SUPERSEDED = "superseded_count"
    NEGATED = "negated_count"
    HYPOTHETICAL = "hypothetical_count"
    NON_CONFLICT = "non_conflict_count"
    OTHER_COUNT = "other_count"
    COMPOSITION = "composition"
    KILLED_OR_INJURED = "killed_or_injured_total"
    KILLED_MIXED = "total_killed_mixed"
    COUNT = "count"  # a bare number, listed with --spans all
    DATE = "date"
    PLACE = "place"
    PERPETRATOR = "perpetrator"
    ATTRIBUTION = "attribution"
    CAUSE = "cause"
    STATEMENT = "statement"
    EVIDENCE = "evidence"


# The labels that fill a count of an account, by the account's field. The rest never count.
TOLL_LABELS = {
    Label.KILLED: "killed",
    Label.INJURED: "injured",
    Label.MISSING: "missing",
    Label.KILLED_CHILDREN: "killed_children",
    Label.KILLED_WOMEN: "killed_women",
    Label.KILLED_MEN: "killed_men",
    Label.FIGHTERS_KILLED: "fighters_killed",
}


class Role(StrEnum):
    """Whether the report tells the incident as news or recalls it."""

    MAIN = "main"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Informant:
    """Who is said to know: the noun phrase of the source, as written.

    `key` is the identity of a known agency, monitor or service (`informants.toml`); `vague` holds
    for "Syrian media" and "local sources"; `party` is the party that it belongs to, by its
    canonical name.
    """

    name: str
    span: Span | None = None
    key: str | None = None
    vague: bool = False
    party: str | None = None


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """Words of the text, what they say, and of which accounts (indices; none = of no account).

    `said_by` is the noun phrase of the informant where the text names one. `why` says in words
    why a count was left out of every toll. `form` is how the number was worded ("at_least",
    "more_than", "vague" ...: the forms of `numbers.py`), which schemes publish differently.
    """

    span: Span
    label: Label
    accounts: tuple[int, ...] = ()
    value: Count | None = None
    said_by: Informant | None = None
    why: str | None = None
    form: str | None = None


class Outcome(StrEnum):
    """What a party's list says of a case that no stance says; both are states of its answer."""

    DUPLICATE = "duplicate"  # the case is another one's, assessed before
    REOPENED = "reopened"  # the case was closed, and is looked into again


@dataclass(frozen=True, slots=True)
class Statement:
    """What a party says about its own conduct, with the words. `party` is its canonical name.

    `own_words` is True where the party itself speaks (a document of its own, or quoted words),
    False where a narrator says that it did (contract, rule 8). `outcome` stands beside the stance
    in an entry of a list of findings.
    """

    party: str
    stance: Stance
    span: Span
    own_words: bool = True
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was shown, and whether anyone checked it."""

    kind: EvidenceKind
    verified: Verified
    span: Span


@dataclass(frozen=True, slots=True)
class SharedToll:
    """One number said of several places; `covers` are the indices of the accounts concerned."""

    total: Count
    covers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What one report tells of one incident. None = the report does not say."""

    role: Role = Role.MAIN
    when: When | None = None
    place: Place | None = None
    place_span: Span | None = None  # where the text names the place, relation words included
    cause: Cause = Cause.UNKNOWN
    killed: Count | None = None
    injured: Count | None = None
    missing: Count | None = None
    killed_children: Count | None = None
    killed_women: Count | None = None
    killed_men: Count | None = None
    fighters_killed: Count | None = None
    civilian_status: CivilianStatus | None = None
    alleged_by: tuple[Informant, ...] = ()
    alleged_perpetrators: tuple[str, ...] = ()  # canonical names
    targets: tuple[str, ...] = ()  # parties that were said to be the target, canonical names
    context_parties: tuple[str, ...] = ()  # named as active nearby, blamed by nobody
    statements: tuple[Statement, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    is_update: bool = False
    shared_toll: SharedToll | None = None
    victim_numbers: tuple[Count, ...] = ()  # per victim group, where groups are told apart
    incident: str | None = None  # a cluster's id, given by linking


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one reader read in one report.

    Every span lies in the report's text. `reader` names the reader's version and the gazetteer's.
    `own_day` is the day that the text gives as its own (a dateline, the stamp of a post), asked for
    only where no day of publication is known.
    """

    id: str
    lang: str
    published: date | None
    relevant: bool
    accounts: tuple[Account, ...] = ()
    spans: tuple[LabelledSpan, ...] = ()
    faults: tuple[Fault, ...] = ()
    reader: str = ""
    event_type: str | None = field(default=None)
    own_day: date | None = field(default=None)
