"""From the scenes of a report to its accounts: where, when, what, how many, by whom, who answered."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bilan.core.claims.account import (
    TOLL_LABELS,
    Account,
    Evidence,
    Label,
    LabelledSpan,
    Role,
    SharedToll,
    Statement,
)
from bilan.core.claims.dates import DateMention
from bilan.core.claims.figures import Counts, counts_of
from bilan.core.claims.hearing import Heard
from bilan.core.claims.people import Shape
from bilan.core.claims.roles import UNCOUNTED, WHY, Told
from bilan.core.claims.scenes import Located, Page, Scene, dated_role, day_of, is_dateline
from bilan.core.values import (
    Cause,
    CivilianStatus,
    Count,
    Group,
    PlacePrecision,
    When,
    distance_km,
)

# How much worse a place is for being coarse, far from the toll, or the place of writing; in
# sentences away. Chosen so that a region beside the toll loses to a town one sentence further.
_COARSE = {
    PlacePrecision.DISTRICT: 0.4,
    PlacePrecision.REGION: 2.5,
    PlacePrecision.COUNTRY: 5.0,
}
_DATELINE = 6.0
_UNKNOWN = 1.2  # for a name that no gazetteer knows
_FARTHEST = 4.0  # sentences; beyond it distance says nothing more
_APART_KM = 3.0  # two places of a shared toll are farther apart than that

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


@dataclass(frozen=True, slots=True)
class Draft:
    """One account with what it was made from."""

    scene: Scene
    account: Account
    counts: Counts
    told: tuple[Told, ...]
    place: Located | None
    day: DateMention | None


def draft(scene: Scene, page: Page, heard: Heard) -> Draft:
    """The account of one scene, without what parties say."""
    day = day_of(scene, page)
    told = [_placed_in_time(t, scene, page, day) for t in scene.told]
    counts = counts_of(told, heard.speaker)
    told = [_recast(t, counts) for t in told]
    place = place_of(scene, page, told)
    numbers = frozenset(scene.sentences)
    account = Account(
        when=day.when if day else None,
        place=place.place if place else None,
        place_span=place.mention.span if place else None,
        civilian_status=_status(counts, told),
        is_update=_is_update(scene, page),
        victim_numbers=_victim_numbers(told),
        cause=_cause(scene, page, counts),
        alleged_by=heard.alleging([t.mention.first for t in counts.kept], numbers),
        alleged_perpetrators=heard.blamed(numbers),
        targets=heard.targeted(numbers),
        context_parties=heard.nearby(numbers),
        statements=_statements(heard, page, numbers),
        **counts.fields,
    )
    return Draft(scene, account, counts, tuple(told), place, day)


def _statements(heard: Heard, page: Page, numbers: frozenset[int]) -> tuple[Statement, ...]:
    return tuple(
        Statement(s.name, s.stance, page.words.span(s.first, s.last), s.own_words)
        for s in heard.answers(numbers)
    )


def _cause(scene: Scene, page: Page, counts: Counts) -> Cause:
    """What did the harm: the most precise cause named nearest to the toll."""
    tolls = [t.sentence for t in counts.kept] or scene.sentences[:1]
    best = min(
        scene.causes,
        key=lambda c: (c[2] is Cause.UNKNOWN, abs(_sentence_at(page, c[0]) - tolls[0]), c[0]),
        default=None,
    )
    return Cause.UNKNOWN if best is None else best[2]


def _placed_in_time(told: Told, scene: Scene, page: Page, day: DateMention | None) -> Told:
    if day is None or day.when is None or not told.counts or scene.item:
        return told
    role = dated_role(told, scene, page, day.when)
    return told if role is None else told.left_out(role)


def _recast(told: Told, counts: Counts) -> Told:
    role = counts.recast.get(told.mention.first)
    return told if role is None or not told.counts else told.left_out(role)


def place_of(scene: Scene, page: Page, told: Sequence[Told]) -> Located | None:
    """The place of a scene: the most exact one nearest to its toll or to what did the harm."""
    if not scene.places:
        return None
    anchors = sorted(
        {t.sentence for t in told if t.counts and not t.part}
        | {_sentence_at(page, first) for first, _, _ in scene.causes}
    )
    return min(scene.places, key=lambda p: (_distance(p, page, anchors), p.first))


def _sentence_at(page: Page, token: int) -> int:
    return max(0, bisect_right(page.sentences, token, key=lambda s: s[0]) - 1)


def _distance(place: Located, page: Page, anchors: Sequence[int]) -> float:
    here = _sentence_at(page, place.first)
    away = min((abs(here - a) * (1.0 if here >= a else 0.9) for a in anchors), default=here)
    cost = min(float(away), _FARTHEST) + _COARSE.get(place.place.precision, 0.0)
    if place.place.point is None:
        cost += _UNKNOWN
    return cost + (_DATELINE if is_dateline(place, page) else 0.0)


def _status(counts: Counts, told: Sequence[Told]) -> CivilianStatus | None:
    """What those who give the toll say that the dead were (conventions, rule 6)."""
    if "killed" not in counts.fields:
        return CivilianStatus.COMBATANT if "fighters_killed" in counts.fields else None
    if counts.fields["killed"] == Count.exactly(0):
        return CivilianStatus.CIVILIAN
    civil = any(t.mention.civilian for t in told if t.counts or t.label in _OWN)
    fighters = "fighters_killed" in counts.fields
    if civil and fighters:
        return CivilianStatus.MIXED
    return CivilianStatus.CIVILIAN if civil else CivilianStatus.UNCLEAR


def _is_update(scene: Scene, page: Page) -> bool:
    return any(page.cues.has("update", "update", *page.sentences[n]) for n in scene.sentences)


def _victim_numbers(told: Sequence[Told]) -> tuple[Count, ...]:
    """The number of each group of victims that is told apart, fighters among them."""
    return tuple(t.mention.count for t in told if t.counts and t.mention.shape is not Shape.PLURAL)


def with_shared_tolls(drafts: Sequence[Draft], page: Page) -> list[Account]:
    """The accounts; one number said of two places becomes one claim on the account of each."""
    accounts: list[Account] = []
    for made in drafts:
        other = _second_place(made, page)
        if other is None or made.account.killed is None:
            accounts.append(made.account)
            continue
        covers = (len(accounts), len(accounts) + 1)
        shared = SharedToll(made.account.killed, covers)
        first = replace(made.account, killed=None, shared_toll=shared)
        second = replace(first, place=other.place, place_span=other.mention.span)
        accounts.extend((first, second))
    return accounts


def _second_place(made: Draft, page: Page) -> Located | None:
    """The second of two places that one toll is said of: "in X and in the town of Y"."""
    here = made.place
    if here is None or not here.is_point or _qualified(here):
        return None
    tolls = [t for t in made.told if t.label is Label.KILLED]
    if not tolls:
        return None
    number = _sentence_at(page, here.first)
    after = [
        p
        for p in made.scene.places
        if p.first >= here.last and p.is_point and _sentence_at(page, p.first) == number
    ]
    return next((p for p in after if _coordinated(here, p, page, made)), None)


def _qualified(place: Located) -> bool:
    """Whether the phrase only says near what it was."""
    inner = place.mention.inner
    return inner is not None and inner != place.mention.span


def _coordinated(a: Located, b: Located, page: Page, made: Draft) -> bool:
    words = page.words
    if b.first - a.last > 30 or _qualified(b):
        return False
    if a.place.point is None or b.place.point is None:
        return False
    if distance_km(a.place.point, b.place.point) < _APART_KM:
        return False
    start = max(a.last, b.first - 6)
    joined = page.cues.has("link", "and_place", start, b.first) or any(
        words.norms[i] in page.and_words for i in range(start, b.first)
    )
    glued = any(
        words.norms[i].startswith(p) and len(words.norms[i]) > 3
        for p in page.and_prefixes
        for i in range(start, b.first + 1)
    )
    between = any(a.last <= t.mention.first < b.first for t in made.told)
    return (joined or glued) and not between


def spans_of(
    drafts: Sequence[Draft], page: Page, owners: Sequence[tuple[int, ...]]
) -> list[LabelledSpan]:
    """Every number with its role, and the dates and places of the accounts, in text order.

    `owners` gives for each draft the indices of its accounts.
    """
    found: list[LabelledSpan] = []
    for made, accounts in zip(drafts, owners, strict=True):
        found.extend(_number_spans(made, page, accounts))
        if made.day is not None:
            span = page.words.span(made.day.first, made.day.last)
            found.append(LabelledSpan(span, Label.DATE, accounts))
        if made.place is not None:
            found.append(LabelledSpan(made.place.mention.span, Label.PLACE, accounts))
    return sorted(found, key=lambda s: (s.span, s.label))


def _number_spans(made: Draft, page: Page, accounts: tuple[int, ...]) -> Iterable[LabelledSpan]:
    for told in made.told:
        span = page.words.span(told.mention.first, told.mention.last)
        mine = told.label in TOLL_LABELS or told.label in _OWN or told.label not in UNCOUNTED
        form = str(told.mention.form) if told.mention.form else None
        yield LabelledSpan(
            span,
            told.label,
            accounts if mine else (),
            told.count,
            why=WHY.get(told.label),
            form=form,
        )


def spans_of_group(label: Label) -> bool:
    """Whether a label counts a group within a total."""
    return label in {Label.KILLED_CHILDREN, Label.KILLED_WOMEN, Label.KILLED_MEN}


__all__ = ["Cause", "Draft", "Evidence", "Group", "Heard", "Role", "Statement", "When", "draft"]
