"""What each voice says of an incident in numbers: the claims from which a toll is reckoned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bilan.core.claims.account import Label, Role
from bilan.core.incidents.answers import is_answer, only_denies
from bilan.core.incidents.telling import Figure, Telling
from bilan.core.incidents.voices import retelling_id, speaking_in
from bilan.core.reports.origins import Voice
from bilan.core.values import CivilianStatus, Count, Group, Measure, Span, envelope


@dataclass(frozen=True, slots=True)
class Field:
    """One measure and group: its name, the account's field (None: figures only) and its label."""

    name: str
    measure: Measure
    group: Group
    account: str | None
    label: Label


FIELDS = (
    Field("killed", Measure.KILLED, Group.ALL, "killed", Label.KILLED),
    Field("injured", Measure.INJURED, Group.ALL, "injured", Label.INJURED),
    Field("missing", Measure.MISSING, Group.ALL, "missing", Label.MISSING),
    Field(
        "killed_children",
        Measure.KILLED,
        Group.CHILDREN,
        "killed_children",
        Label.KILLED_CHILDREN,
    ),
    Field("killed_women", Measure.KILLED, Group.WOMEN, "killed_women", Label.KILLED_WOMEN),
    Field("killed_men", Measure.KILLED, Group.MEN, "killed_men", Label.KILLED_MEN),
    Field(
        "fighters_killed",
        Measure.KILLED,
        Group.FIGHTERS,
        "fighters_killed",
        Label.FIGHTERS_KILLED,
    ),
    Field("injured_children", Measure.INJURED, Group.CHILDREN, None, Label.INJURED_CHILDREN),
    Field("injured_women", Measure.INJURED, Group.WOMEN, None, Label.INJURED_WOMEN),
    Field("injured_men", Measure.INJURED, Group.MEN, None, Label.INJURED_MEN),
    Field("fighters_injured", Measure.INJURED, Group.FIGHTERS, None, Label.FIGHTERS_INJURED),
)
BY_NAME = {field.name: field for field in FIELDS}


class Left(StrEnum):
    """Why a number is left out of a range."""

    COPY = "copy"
    SUPERSEDED = "superseded"
    SHARED = "shared toll"
    DIVIDED = "part of a shared toll"
    ACCUSED = "the accused party's own figure"
    DENIAL = "a party's denial"
    RECALLED = "recalled"
    CUMULATIVE = "cumulative"
    BACKGROUND = "background"
    SUBSET = "subset"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"
    OTHER = "not this toll"
    REJECTED = "rejected by a person"


# What reading left out, by the role that the number plays in the text.
LEFT_BY_LABEL = {
    Label.KILLED_SUBSET: Left.SUBSET,
    Label.INJURED_SUBSET: Left.SUBSET,
    Label.MISSING_SUBSET: Left.SUBSET,
    Label.CUMULATIVE: Left.CUMULATIVE,
    Label.BACKGROUND: Left.BACKGROUND,
    Label.SUPERSEDED: Left.SUPERSEDED,
    Label.NEGATED: Left.NEGATED,
    Label.HYPOTHETICAL: Left.HYPOTHETICAL,
    Label.NON_CONFLICT: Left.OTHER,
    Label.OTHER_COUNT: Left.OTHER,
    Label.KILLED_OR_INJURED: Left.OTHER,
    Label.KILLED_MIXED: Left.OTHER,
}


@dataclass(frozen=True, slots=True)
class Claim:
    """One number of one telling in one voice.

    `shared`: the number was told of several places together. `recalled`: the report recalls the
    event, it does not tell it. `denial`: nobody but a party says that nobody was harmed. `span` is
    where it stands in the report's text, where known.
    """

    retelling: str
    telling: str
    report: str
    count: Count
    published: date | None = None
    form: str | None = None
    span: Span | None = None
    update: bool = False
    shared: bool = False
    recalled: bool = False
    status: CivilianStatus | None = None
    denial: bool = False


def claims_of(tellings: Iterable[Telling], field: Field) -> tuple[Claim, ...]:
    """Every claim of that field; the parties' own documents make none (they concede)."""
    return tuple(c for t in tellings if not is_answer(t) for c in _claims(t, field))


def _claims(telling: Telling, field: Field) -> Iterator[Claim]:
    figures = [f for f in telling.figures if f.label is field.label]
    speaking = speaking_in(telling)
    for voice in speaking:
        if len(speaking) == 1:
            count = _told(telling, field, figures)
        else:
            figures_of = [f for f in figures if f.voice == voice]
            count = envelope(f.value for f in figures_of) if figures_of else None
        if count is not None:
            yield _claim(telling, voice, count, figures)
        elif field.name == "killed" and telling.account.shared_toll is not None:
            yield _claim(telling, voice, telling.account.shared_toll.total, figures, shared=True)


def _told(telling: Telling, field: Field, figures: list[Figure]) -> Count | None:
    if field.account is None:
        return envelope(f.value for f in figures) if figures else None
    count = getattr(telling.account, field.account)
    if field.name == "killed" and count is None and telling.account.shared_toll is None:
        return _without_fighters(telling)
    return count if isinstance(count, Count) else None


def _without_fighters(telling: Telling) -> Count | None:
    """ "20 killed, 8 of them fighters": the 12 who are left (field 6.5, example 18)."""
    fighters = telling.account.fighters_killed
    mixed = [f.value for f in telling.figures if f.label is Label.KILLED_MIXED]
    if fighters is None or len(mixed) != 1 or fighters.max is None or fighters.min is None:
        return None
    low = max(0, (mixed[0].min or 0) - fighters.max)
    top = None if mixed[0].max is None else max(low, mixed[0].max - fighters.min)
    return Count(low, top)


def _claim(
    telling: Telling,
    voice: Voice | None,
    count: Count,
    figures: list[Figure],
    *,
    shared: bool = False,
) -> Claim:
    figure = next((f for f in figures if f.value.min == count.min), None) or next(
        iter(figures), None
    )
    return Claim(
        retelling=retelling_id(telling.id, voice),
        telling=telling.id,
        report=telling.report,
        count=count,
        published=telling.published,
        form=figure.form if figure and figure.value == count else None,
        span=figure.span if figure else None,
        update=telling.account.is_update,
        shared=shared,
        recalled=telling.account.role is Role.BACKGROUND,
        status=telling.account.civilian_status,
        denial=only_denies(telling),
    )
