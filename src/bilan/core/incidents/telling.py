"""A telling: what one report tells of one incident, with the facts of the report that matter.

A telling holds values and offsets, never a report's words: names of places as the gazetteer has
them, informants as marks, texts as sketches. The words are cut from the preserved text when they
are shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from bilan.core.claims.account import TOLL_LABELS, Account, Informant, Label, LabelledSpan, Reading
from bilan.core.incidents.traits import Traits
from bilan.core.reports.origins import Voice, size_of
from bilan.core.reports.sketches import mark_of
from bilan.core.values import Count, Place, Publisher, Span


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the text with the role that it plays there, and who gave it.

    `why` says in words why reading left it out of every toll; it is written by the reader, not
    taken from the report. `form` is how the number was worded ("at_least", "more_than", "vague").
    """

    label: Label
    value: Count
    span: Span
    voice: Voice | None = None
    why: str | None = None
    form: str | None = None

    @property
    def counts(self) -> bool:
        """Whether the number is a toll of its account, not one that reading left out."""
        return self.label in TOLL_LABELS


@dataclass(frozen=True, slots=True)
class Told:
    """One account of a report as the ledger keeps it. `account` carries no words: see the module.

    `voices` stand in the account's order; `place_mark` identifies the place's phrase, for places
    that no gazetteer knows; `figures` are the numbers said of this account, counted or not.
    """

    account: Account
    voices: tuple[Voice, ...] = ()
    figures: tuple[Figure, ...] = ()
    place_mark: str | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """One account of one report: `Told` with the facts of the report that matter.

    The same report told anew (another reading) makes other tellings under the same ids.
    `published` is the day that the text gives as its own where nobody stated one.

    What comparing asks of it again and again follows from the rest: `id` is the report's id and the
    account's number in it ("d05#1"); `informants` are those named and `heard_vaguely` whether one
    is vague; `killed_sizes` are the numbers of killed, for its place alone or with others.
    """

    report: str
    index: int
    account: Account
    published: date | None = None
    publisher: Publisher = field(default_factory=Publisher)
    lang: str = "und"
    voices: tuple[Voice, ...] = ()
    figures: tuple[Figure, ...] = ()
    traits: Traits = field(default_factory=Traits)
    place_mark: str | None = None
    id: str = field(init=False, repr=False, compare=False)
    informants: frozenset[str] = field(init=False, repr=False, compare=False)
    heard_vaguely: bool = field(init=False, repr=False, compare=False)
    killed_sizes: frozenset[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Reckon what follows from the rest."""
        account, voices = self.account, self.voices
        shared = account.shared_toll.total if account.shared_toll else None
        killed = frozenset(
            size_of(count) for count in (account.killed, shared) if count is not None
        )
        object.__setattr__(self, "id", telling_id(self.report, self.index))
        object.__setattr__(self, "informants", frozenset(v.identity for v in voices if not v.vague))
        object.__setattr__(self, "heard_vaguely", any(v.vague for v in voices))
        object.__setattr__(self, "killed_sizes", killed)


def telling_id(report: str, index: int) -> str:
    """The id of the account of that number in that report."""
    return f"{report}#{index}"


def report_of(telling: str) -> str:
    """The report's id within a telling's id."""
    return telling.rpartition("#")[0]


def voice_of(informant: Informant) -> Voice:
    """The informant without its words."""
    return Voice(mark_of(informant.name), informant.key, informant.vague, informant.party)


def told_in(reading: Reading) -> tuple[Told, ...]:
    """Every account of a reading without its words, in the order of the text."""
    return tuple(
        Told(
            account=_without_words(account),
            voices=tuple(voice_of(i) for i in account.alleged_by),
            figures=tuple(_figure(s) for s in reading.spans if index in s.accounts and s.value),
            place_mark=mark_of(account.place.name) if account.place else None,
        )
        for index, account in enumerate(reading.accounts)
    )


def loose_figures(reading: Reading) -> tuple[Figure, ...]:
    """The numbers of a reading that belong to no account: campaign totals and the like."""
    return tuple(_figure(s) for s in reading.spans if not s.accounts and s.value)


def _figure(labelled: LabelledSpan) -> Figure:
    voice = voice_of(labelled.said_by) if labelled.said_by else None
    value = labelled.value
    if value is None:
        raise ValueError(f"a figure without a value: {labelled}")
    return Figure(labelled.label, value, labelled.span, voice, labelled.why, labelled.form)


def _without_words(account: Account) -> Account:
    place = account.place and _named_by_gazetteer(account.place)
    return replace(account, alleged_by=(), place=place, incident=None)


def _named_by_gazetteer(place: Place) -> Place:
    return replace(place, name=place.canonical_name or "")
