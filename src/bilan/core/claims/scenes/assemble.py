"""From the scenes of a report to its accounts: where, when, how many, by whom, who answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from bilan.core.claims.account import (
    TOLL_LABELS,
    Account,
    Label,
    LabelledSpan,
    Role,
    SharedToll,
)
from bilan.core.claims.dates.dates import DateKind, DateMention
from bilan.core.claims.harm.told import UNCOUNTED, WHY, Told
from bilan.core.claims.people.mention import Shape
from bilan.core.claims.scenes.composition import compositions
from bilan.core.claims.scenes.figures import Counts, counts_of, with_first_counts, without_sums
from bilan.core.claims.scenes.lists import entry_sentences, head_of
from bilan.core.claims.scenes.scenes import Located, Page, Scene
from bilan.core.claims.scenes.where_and_when import (
    dated_role,
    day_of,
    day_of_harm,
    place_of,
    second_place,
    when_of,
)
from bilan.core.claims.speech.hearing import Heard
from bilan.core.claims.text.tokens import Words
from bilan.core.frozen import dataclass, replace
from bilan.core.values import CivilianStatus, Count

# Roles of numbers that belong to an account though they never count in it.
_OWN = frozenset(
    {
        Label.KILLED_SUBSET,
        Label.INJURED_SUBSET,
        Label.MISSING_SUBSET,
        Label.NEGATED,
        Label.SUPERSEDED,
        Label.KILLED_OR_INJURED,
    }
)
# An incident that much older than the one told first is recalled, not news.
_EARLIER = timedelta(days=1)
_NEWS = timedelta(days=90)  # harm older than that is recalled, whatever else is told
_ELSEWHERE = frozenset({Label.BACKGROUND, Label.CUMULATIVE})


@dataclass(frozen=True, slots=True)
class Draft:
    """One account with what it is made from, before anybody is heard."""

    scene: Scene
    account: Account
    told: tuple[Told, ...]
    tolls: tuple[int, ...]  # first tokens of the numbers that count
    place: Located | None
    second: Located | None  # the other place of a shared toll
    day: DateMention | None
    is_account: bool = True  # False: all its numbers belong to something else


def drafts_of(
    scenes: Sequence[Scene],
    page: Page,
    heard: Heard,
    *,
    own_finding: bool,
    attackers: bool = False,
) -> list[Draft]:
    """The accounts of some scenes, without what parties say.

    `own_finding`: the publisher is a monitor, whose own lead figure is its finding. A scene without
    a date has that of the first scene; a number that the others add up to is their sum, no toll.
    `attackers`: those who did the harm and died of it count too.
    """
    days = [day_of(scene, page) for scene in scenes]
    told = [_in_time(scene, page, day) for scene, day in zip(scenes, days, strict=True)]
    for at, scene in enumerate(scenes):
        if scene.tells_harm and not any(t.counts for t in told[at]):
            # All of it is dated before the day that the text tells of: that day is its own.
            days[at] = _recent(day_of_harm(scene, page), days[at]) or days[at]
            told[at] = _in_time(scene, page, days[at])
    first = next((day for day in days if day is not None), None)
    drafts = [
        _draft(
            scene, page, heard, members, day or first, own_finding=own_finding, attackers=attackers
        )
        for scene, members, day in zip(scenes, without_sums(told), days, strict=True)
    ]
    return [_recalled(made, first) for made in _telling(drafts)]


def _in_time(scene: Scene, page: Page, day: DateMention | None) -> list[Told]:
    """The numbers of a scene, each in the role that its date gives it."""
    return [_placed_in_time(t, scene, page, day) for t in with_first_counts(scene.told)]


def _recent(harm: DateMention | None, day: DateMention | None) -> DateMention | None:
    """The day of the harm where it is news still beside the day of the report."""
    if harm is None or harm.when is None or day is None or day.when is None:
        return None
    return harm if day.when.start - harm.when.end <= _NEWS else None


def _telling(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts; beside list entries the preamble is an account only with a place of its own."""
    items = any(made.scene.item and made.scene.is_told for made in drafts)
    told = []
    for made in drafts:
        kept = made.scene.is_told and not _emptied(made)
        if kept and items and not made.scene.item:
            kept = _is_preamble_told(made)
        told.append(made if kept else _no_account(made))
    return told


def _no_account(made: Draft) -> Draft:
    """A draft of no incident: what it counts is counted over others."""
    members = (t.relabelled(Label.CUMULATIVE) if t.counts else t for t in made.told)
    return replace(made, told=tuple(members), is_account=False)


def _emptied(made: Draft) -> bool:
    """Whether all its numbers turned out to belong to something else."""
    return made.scene.tells_harm and not any(t.counts for t in made.told)


def _is_preamble_told(made: Draft) -> bool:
    return bool(made.tolls) and made.place is not None and made.place.is_point


def _recalled(made: Draft, first: DateMention | None) -> Draft:
    """The draft, as background where it is dated before the day that the report tells of.

    What happened years ago to the day is recalled, whatever else the report tells.
    """
    if made.day is not None and made.day.kind is DateKind.ANNIVERSARY:
        return _as_background(made)
    if made.scene.item or made.day is None or first is None or made.day is first:
        return made
    mine, main = made.day.when, first.when
    if mine is None or main is None or mine.end >= main.start - _EARLIER:
        return made
    return _as_background(made)


def _as_background(made: Draft) -> Draft:
    told = tuple(t.relabelled(Label.BACKGROUND) if t.counts else t for t in made.told)
    return replace(made, account=replace(made.account, role=Role.BACKGROUND), told=told)


def _draft(
    scene: Scene,
    page: Page,
    heard: Heard,
    told: Sequence[Told],
    day: DateMention | None,
    *,
    own_finding: bool,
    attackers: bool,
) -> Draft:
    counts = counts_of(told, heard, own_finding=own_finding, attackers=attackers)
    told = [_recast(t, counts) for t in told]
    place = place_of(scene, page, told)
    account = Account(
        when=when_of(day, page),
        place=place.place if place else None,
        place_span=place.mention.span if place else None,
        civilian_status=_status(counts, told, heard),
        is_update=_is_update(scene, page),
        victim_numbers=_victim_numbers(told),
        killed=counts.fields.get("killed"),
        injured=counts.fields.get("injured"),
        missing=counts.fields.get("missing"),
        killed_children=counts.fields.get("killed_children"),
        killed_women=counts.fields.get("killed_women"),
        killed_men=counts.fields.get("killed_men"),
        fighters_killed=counts.fields.get("fighters_killed"),
    )
    tolls = tuple(t.mention.first for t in counts.kept)
    second = second_place(scene, page, place, told) if account.killed else None
    return Draft(scene, account, tuple(told), tolls, place, second, day)


def _placed_in_time(told: Told, scene: Scene, page: Page, day: DateMention | None) -> Told:
    if not told.counts or scene.item:
        return told
    role = dated_role(told, scene, page, day.when if day else None)
    return told if role is None else told.relabelled(role)


def _recast(told: Told, counts: Counts) -> Told:
    role = counts.recast.get(told.mention.first)
    return told if role is None or not told.counts else told.relabelled(role)


def _status(counts: Counts, told: Sequence[Told], heard: Heard) -> CivilianStatus | None:
    """What those who give the toll say that the dead were (conventions, rule 6)."""
    if "killed" not in counts.fields:
        return CivilianStatus.COMBATANT if "fighters_killed" in counts.fields else None
    if counts.fields["killed"] == Count.exactly(0):
        return CivilianStatus.CIVILIAN
    civil = any(t.mention.civilian for t in told if t.counts or t.label in _OWN)
    if civil and "fighters_killed" in counts.fields and not _by_a_party_alone(counts, told, heard):
        return CivilianStatus.MIXED
    return CivilianStatus.CIVILIAN if civil else CivilianStatus.UNCLEAR


def _by_a_party_alone(counts: Counts, told: Sequence[Told], heard: Heard) -> bool:
    """Whether fighters died by the word of a party alone, beside a toll that others give: the
    party's version is its statement, no status."""
    fighters = [t for t in told if t.label is Label.FIGHTERS_KILLED]
    if any(heard.party_speaks(t.mention.first) for t in counts.kept):
        return False
    return bool(fighters) and all(heard.party_speaks(t.mention.first) for t in fighters)


def _is_update(scene: Scene, page: Page) -> bool:
    return any(page.cues.has("update", "update", *page.sentences[n]) for n in scene.sentences)


def _victim_numbers(told: Sequence[Told]) -> tuple[Count, ...]:
    """The number of each group of victims that is told apart, fighters among them."""
    return tuple(t.mention.count for t in told if t.counts and t.mention.shape is not Shape.PLURAL)


def assembled(
    drafts: Sequence[Draft], page: Page, heard: Heard
) -> tuple[list[Account], list[LabelledSpan]]:
    """The accounts with all that is said of them, and the spans that say it, in text order.

    One number said of two places is one claim on the account of each (contract, rule 5).
    """
    accounts: list[Account] = []
    spans: list[LabelledSpan] = []
    alone = sum(made.is_account for made in drafts) == 1
    for made in drafts:
        if not made.is_account:
            spans.extend(_number_spans(made, page, heard, ()))
            continue
        at = len(accounts)
        owners = (at,) if made.second is None else (at, at + 1)
        entry = entry_sentences(made.scene, page)
        voices = heard.testimony.voices_of(
            entry,
            made.tolls,
            accounts=owners,
            only=alone and not made.scene.item,
            heads=head_of(entry, page),
            elsewhere=_elsewhere(made),
        )
        account = replace(
            made.account,
            cause=voices.cause,
            alleged_by=voices.alleged_by,
            alleged_perpetrators=voices.perpetrators,
            targets=voices.targets,
            context_parties=voices.context,
            statements=voices.statements,
            evidence=voices.evidence,
        )
        accounts.extend(_with_second(account, made, owners))
        spans.extend(voices.spans)
        spans.extend(_number_spans(made, page, heard, owners))
        spans.extend(_where_and_when(made, page, owners))
        spans.extend(_composition_spans(made, page, owners))
    return accounts, sorted(spans, key=lambda s: (s.span, s.label))


def elsewhere_spans(words: Words, told: Sequence[Told]) -> list[LabelledSpan]:
    """The numbers of a report that tells of no harm in an armed conflict, each with its role."""
    elsewhere = (t.relabelled(Label.NON_CONFLICT) if t.counts else t for t in told)
    return [
        LabelledSpan(
            words.span(t.mention.first, t.mention.last),
            t.label,
            value=t.count,
            why=t.why,
            form=str(t.mention.form) if t.mention.form else None,
        )
        for t in elsewhere
    ]


def _elsewhere(made: Draft) -> frozenset[int]:
    """The sentences whose numbers all belong to something else."""
    recalled = {t.sentence for t in made.told if t.label in _ELSEWHERE}
    return frozenset(recalled - {t.sentence for t in made.told if t.counts})


def _with_second(account: Account, made: Draft, owners: tuple[int, ...]) -> list[Account]:
    if made.second is None or account.killed is None:
        return [account]
    shared = SharedToll(account.killed, owners)
    first = replace(account, killed=None, shared_toll=shared)
    where = made.second
    return [first, replace(first, place=where.place, place_span=where.mention.span)]


def _number_spans(
    made: Draft, page: Page, heard: Heard, owners: tuple[int, ...]
) -> Iterable[LabelledSpan]:
    for told in made.told:
        mine = told.label in TOLL_LABELS or told.label in _OWN or told.label not in UNCOUNTED
        yield LabelledSpan(
            page.words.span(told.mention.first, told.mention.last),
            told.label,
            owners if mine else (),
            told.count,
            heard.speaker(told.mention.first),
            WHY.get(told.label),
            str(told.mention.form) if told.mention.form else None,
        )


def _composition_spans(made: Draft, page: Page, owners: tuple[int, ...]) -> Iterable[LabelledSpan]:
    counts = [t for t in made.told if t.mention.shape is not Shape.PLURAL]
    counted = {token for t in counts for token in range(t.mention.first, t.mention.last)}
    for sentence in sorted({t.sentence for t in made.told if t.counts}):
        for first, last in compositions(page, sentence, counted):
            yield LabelledSpan(page.words.span(first, last), Label.COMPOSITION, owners)


def _where_and_when(made: Draft, page: Page, owners: tuple[int, ...]) -> Iterable[LabelledSpan]:
    if made.day is not None:
        span = page.words.span(made.day.first, made.day.last)
        yield LabelledSpan(span, Label.DATE, owners)
    for place in (made.place, made.second):
        if place is not None:
            yield LabelledSpan(place.mention.span, Label.PLACE, owners)
