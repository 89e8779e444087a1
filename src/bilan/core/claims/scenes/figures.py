"""From the numbers of one scene to the counts of its account: envelopes, sums, parts, corrections.

Rules of the counting conventions: several sources give the envelope (1); the same source's later
figure replaces its earlier one (2, 16); fighters stand apart (4); a denial lowers nothing (5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from bilan.core.claims.account import Label
from bilan.core.claims.harm.harm import Fate
from bilan.core.claims.harm.parts import PART_GROUPS
from bilan.core.claims.harm.persons import Person, another_lives, persons_of
from bilan.core.claims.harm.told import SUBSETS, Told
from bilan.core.claims.people.mention import Kind, Mention, Shape
from bilan.core.claims.scenes.attackers import (
    are_victims,
    dead_attackers,
    several_dead,
    without,
)
from bilan.core.claims.scenes.figure import Figure, low_of
from bilan.core.claims.scenes.one_by_one import (
    are_fighters_again,
    graded_together,
    one_by_one,
    with_shot,
    without_dead,
)
from bilan.core.claims.scenes.weighing import chosen_of
from bilan.core.claims.speech.hearing import Heard
from bilan.core.frozen import dataclass, replace
from bilan.core.values import Count, Group, envelope

_SOME = Count(2, None)  # a bare plural, as the conventions of the field read "قتلى وجرحى"
_MOST_PARTS = 12  # numbers after a total that are tried as its parts


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of an account by field, and the numbers that turned out to be parts."""

    fields: dict[str, Count]
    kept: tuple[Told, ...]
    recast: dict[int, Label]  # first token of a mention -> the role that it turned out to have


_GROUPS = {
    "killed_children": Label.KILLED_CHILDREN,
    "killed_women": Label.KILLED_WOMEN,
    "killed_men": Label.KILLED_MEN,
}
_WHOLES = {"killed": Fate.KILLED, "injured": Fate.INJURED, "missing": Fate.MISSING}
_SUBSETS = {
    "killed": Label.KILLED_SUBSET,
    "injured": Label.INJURED_SUBSET,
    "missing": Label.MISSING_SUBSET,
}


def counts_of(
    told: Sequence[Told],
    heard: Heard,
    *,
    own_finding: bool = False,
    attackers: bool = False,
) -> Counts:
    """The counts of one scene's numbers. Unknown stays absent, never 0.

    `own_finding`: a bounded lead figure in the publisher's own voice is its finding over all that
    it cites, so that what single sources say beneath it widens nothing. `attackers`: who did the
    harm and died of it is among the killed (contract, rule 1); without, who died by their own hand
    is told of by their noun alone.
    """
    told = told if attackers else [t for t in told if not t.mention.itself]
    persons = persons_of(told)
    dead = dead_attackers(persons) if attackers else []
    several = several_dead(told) if attackers else []
    told = without([t for t in told if t not in several], dead)
    fields: dict[str, Count] = {}
    recast = {t.mention.first: Label.KILLED_MIXED for t in _mixed_totals(told)}
    told = [t for t in told if t.mention.first not in recast]
    told, lessened = _without_fighters(told)
    kept: list[Told] = []
    kept_figures: dict[str, list[Figure]] = {}
    persons = [p for p in persons if p not in dead]
    for name, fate in _WHOLES.items():
        figures = _wholes(told, fate, heard) or _wholes(_of_no_total(told, name), fate, heard)
        if fate is Fate.INJURED:
            shot = _shot(told, fields.get("killed"), heard)
            figures = _living(figures, shot, persons, kept_figures.get("killed", ()))
        chosen = chosen_of(one_by_one(figures, persons, fate, heard), own_finding=own_finding)
        if chosen:
            fields[name] = envelope(f.count for f in chosen)
            kept.extend(t for f in chosen for t in f.told)
            kept_figures[name] = chosen
        recast.update(_recast(figures, chosen, name))
    told = [t for t in told if t.mention.first not in recast]
    for name, label in _GROUPS.items():
        chosen = chosen_of(_labelled(told, label, heard))
        if chosen:
            fields[name] = envelope(f.count for f in chosen)
    fighters = chosen_of(_labelled(told, Label.FIGHTERS_KILLED, heard))
    if fighters:
        fields["fighters_killed"] = envelope(f.count for f in fighters)
        dead_figures = kept_figures.get("killed", ())
        counted = any(f.is_number or f.is_civil for f in dead_figures)
        if not counted or are_fighters_again(dead_figures, fighters, heard):
            fields.pop("killed", None)
    if several and not fighters:
        _add_several(fields, max(t.low for t in several))
    elif dead:
        _add_attacker(fields, kept_figures.get("killed", ()), persons)
    _add_zeros(fields, told, heard)
    _add_each(fields, told)
    recast.update(dict.fromkeys(lessened, Label.KILLED_MIXED))
    return Counts(fields, tuple(kept), recast)


def _mixed_totals(told: Sequence[Told]) -> list[Told]:
    """The totals of the dead that the text divides into fighters and others: "five dead … four
    soldiers and a civilian"."""
    dead = [t for t in told if t.fate is Fate.KILLED and t.counts and not t.part]
    divided = {
        fighters.low + other.low
        for at, fighters in enumerate(dead[:_MOST_PARTS])
        for other in dead[max(0, at - 1) : at + 2]
        if fighters.label is Label.FIGHTERS_KILLED is not other.label
        and fighters.sentence == other.sentence
    }
    return [t for t in dead if t.label is Label.KILLED and _is_exact(t) and t.low in divided]


def _without_fighters(told: Sequence[Told]) -> tuple[list[Told], list[int]]:
    """The numbers, each total of the dead less the fighters among them, and where those stand:
    "six people, two soldiers among them" leaves four (conventions, rule 4)."""
    found = list(told)
    lessened = []
    for at, whole in enumerate(found[:-1]):
        part = found[at + 1]
        if _holds_fighters(whole, part):
            count = whole.mention.count
            top = None if count.max is None else count.max - part.low
            left = replace(whole.mention, count=Count(whole.low - part.low, top))
            found[at] = replace(whole, mention=left)
            lessened.append(whole.mention.first)
    return found, lessened


def _holds_fighters(whole: Told, part: Told) -> bool:
    """Whether a number of fighters, fewer, is told as part of the people just before it."""
    fighters = part.part and part.label is Label.FIGHTERS_KILLED and _is_exact(part)
    people = whole.label is Label.KILLED and whole.mention.group is Group.ALL and not whole.part
    counted = whole.mention.shape is Shape.NUMBER and not whole.mention.civilian
    beside = whole.sentence == part.sentence and 0 < part.low < whole.low
    return fighters and people and counted and beside


def _is_exact(item: Told) -> bool:
    count = item.mention.count
    return item.mention.shape is Shape.NUMBER and count.min == count.max


def with_first_counts(told: Sequence[Told]) -> list[Told]:
    """The numbers; a first count counts where no later one replaces it."""
    replaced = {_of_whom(t) for t in told if t.counts and t.mention.shape is Shape.NUMBER}
    return [
        t.in_its_role() if t.label is Label.SUPERSEDED and _of_whom(t) not in replaced else t
        for t in told
    ]


def _of_whom(item: Told) -> tuple[Fate | None, bool]:
    """What a number tells of, and whether of fighters: neither replaces the other."""
    return item.fate, item.mention.group is Group.FIGHTERS


def without_sums(scenes: Sequence[Sequence[Told]]) -> list[list[Told]]:
    """The numbers of several scenes; one that the parts told after it add up to is cumulative.

    "Raids killed 22 on Wednesday. Eleven died in X … the eleven others in Y."
    """
    sums = {
        id(whole)
        for fate in (Fate.KILLED, Fate.INJURED)
        for whole in _sums([[t for t in told if _is_summed(t, fate)] for told in scenes])
    }
    return [
        [t.relabelled(Label.CUMULATIVE) if id(t) in sums else t for t in told] for told in scenes
    ]


def _is_toll(item: Told, fate: Fate) -> bool:
    bounded = item.mention.count.min is not None and item.mention.shape is not Shape.PLURAL
    people = item.mention.group is not Group.FIGHTERS and item.mention.kind is not Kind.NAME
    return item.counts and item.fate is fate and bounded and people and not item.part


def _is_summed(item: Told, fate: Fate) -> bool:
    """A toll, or what is told as a part of one: "killed four: 3 in X, 1 in Y"."""
    part = item.label in SUBSETS and item.fate is fate and item.mention.shape is Shape.NUMBER
    return part or _is_toll(item, fate)


def _sums(scenes: Sequence[Sequence[Told]]) -> Iterator[Told]:
    """The numbers that what is told after them adds up to."""
    if len(scenes) < 2:
        return
    parts = [(at, told) for at, scene in enumerate(scenes) for told in scene]
    for at, (scene, whole) in enumerate(parts):
        if whole.mention.shape is Shape.NUMBER and whole.counts:
            after = islice(parts[at + 1 :], _MOST_PARTS)
            if _adds_up(whole, [t for s, t in after if _is_part_of_sum(t, later=s > scene)]):
                yield whole


def _is_part_of_sum(item: Told, *, later: bool) -> bool:
    """A number; a part of it or a noun for one person only in another incident than the sum's."""
    if item.label in SUBSETS:
        return later
    return item.mention.shape is Shape.NUMBER or (later and item.mention.shape is Shape.ONE)


def _adds_up(whole: Told, after: Sequence[Told]) -> bool:
    """Whether the next two or more numbers add up to one: "at least nine" of two and at least 7.

    One list of people ("his wife and two children") is no sum over incidents.
    """
    sum_of_parts = Count.exactly(0)
    total = whole.mention.count
    lists: set[int] = set()
    for item in after:
        sum_of_parts = sum_of_parts + item.mention.count
        lists.add(item.chain)
        if (sum_of_parts.min or 0) >= (total.min or 0):
            same = sum_of_parts.min == total.min and (total.max is None or sum_of_parts == total)
            return same and len(lists) > 1
    return False


def _wholes(told: Sequence[Told], fate: Fate, heard: Heard) -> list[Figure]:
    """Totals of a measure: every list of people is one figure, its members added up.

    Groups alone ("six women") are no total where the same sentence counts people at large.
    """
    items = [
        t
        for t in told
        if t.fate is fate and t.counts and not t.part and t.mention.group is not Group.FIGHTERS
    ]
    if not items:
        return []
    large = {
        t.sentence: t.mention.count.min or 0
        for t in items
        if t.mention.group is Group.ALL and t.mention.shape is Shape.NUMBER
    }
    chains: dict[int, list[Told]] = {}
    for item in items:
        chains.setdefault(item.chain, []).append(item)
    figures = [_summed(members, heard, whole=True) for members in chains.values()]
    return graded_together([f for f in figures if not _group_beside(f, large)])


def _group_beside(figure: Figure, large: Mapping[int, int]) -> bool:
    first = figure.told[0]
    if any(t.mention.group is Group.ALL for t in figure.told) or first.sentence not in large:
        return False
    return low_of(figure) <= large[first.sentence]


def _of_no_total(told: Sequence[Told], name: str) -> list[Told]:
    """Parts of a total that nothing tells: "one of the elders was killed" is one dead."""
    return [
        replace(t, part=False).in_its_role()
        for t in told
        if t.label is _SUBSETS[name] and t.mention.group is Group.ALL
    ]


def _labelled(told: Sequence[Told], label: Label, heard: Heard) -> list[Figure]:
    chains: dict[int, list[Told]] = {}
    for item in told:
        if item.label is label:
            chains.setdefault(item.chain, []).append(item)
    return [_summed(members, heard, whole=False) for members in chains.values()]


def _summed(members: Sequence[Told], heard: Heard, *, whole: bool) -> Figure:
    counts = [m.mention.count if whole else m.count for m in members]
    total = counts[0]
    for count in counts[1:]:
        total = total + count
    first = members[0].mention.first
    return Figure(total, tuple(members), heard.speaker(first), heard.counts(first))


def _living(
    hurt: list[Figure], shot: list[Figure], persons: Sequence[Person], killed: Sequence[Figure]
) -> list[Figure]:
    """Those hurt or shot who did not die of it: where nobody counts them, the dead are left out
    before the hurt stand for the shot too."""
    if not any(f.is_number for f in hurt):
        hurt = without_dead(hurt, persons, killed)
    figures = with_shot(hurt, shot)
    return figures if any(f.is_number for f in figures) else without_dead(figures, persons, killed)


def _shot(told: Sequence[Told], killed: Count | None, heard: Heard) -> list[Figure]:
    """Those said to be shot who did not die: "six people shot, two dead" leaves four injured."""
    figures = _wholes(told, Fate.SHOT, heard)
    dead = (killed.max or killed.min or 0) if killed else 0
    if not dead:
        return figures
    if another_lives(persons_of(told)):
        return figures
    chosen = chosen_of(figures, own_finding=False)[:1]
    if chosen and (chosen[0].is_vague or any(t.mention.other for t in chosen[0].told)):
        return figures  # "two others who were shot" are besides the dead, "several" any number
    left = (chosen[0].count.min or 0) - dead if chosen else 0
    return [replace(chosen[0], count=Count.exactly(left))] if left > 0 else []


def _recast(figures: Sequence[Figure], chosen: Sequence[Figure], name: str) -> dict[int, Label]:
    """What became of figures that were not chosen: parts of the total."""
    told_again = {f.count for f in chosen}
    left = [f for f in figures if f.count not in told_again]
    return {
        t.mention.first: _SUBSETS[name]
        for f in left
        for t in f.told
        if f.is_number and t.mention.group not in PART_GROUPS
    }


def _add_attacker(
    fields: dict[str, Count], victims: Sequence[Figure], persons: Sequence[Person]
) -> None:
    """Adds who did the harm and died, unless those counted may hold them already."""
    if "killed" not in fields:
        if "fighters_killed" not in fields:
            fields["killed"] = Count.exactly(1)
    elif are_victims(victims, persons):
        fields["killed"] = fields["killed"] + Count.exactly(1)


def _add_several(fields: dict[str, Count], several: int) -> None:
    """Adds those who did the harm and are counted apart: "14 were killed … two suspects died"."""
    fields["killed"] = fields.get("killed", Count.exactly(0)) + Count.exactly(several)


def _add_zeros(fields: dict[str, Count], told: Sequence[Told], heard: Heard) -> None:
    """ "No deaths" said of this incident, where nothing else is said of its dead, is 0..0.

    A party that says so of its own strike answers for itself: that is a statement, no count.
    """
    for item in told:
        if item.label is not Label.NEGATED or item.mention.count != Count.exactly(0):
            continue
        if heard.party_speaks(item.mention.first):
            continue
        for name, fate in _WHOLES.items():
            both = item.fate is Fate.BOTH and fate is not Fate.MISSING
            if item.fate is fate or both:
                fields.setdefault(name, Count.exactly(0))


def _add_each(fields: dict[str, Count], told: Sequence[Told]) -> None:
    """ "Killed and injured several civilians" is a plural of each, where nothing else is said.

    Of a number ("killed and injured ten") nobody knows how it divides: it stays the number of both.
    """
    for item in told:
        word = item.word if item.label is Label.KILLED_OR_INJURED else None
        if word is not None and word.each and _is_plural(item.mention):
            for name in ("killed", "injured"):
                fields.setdefault(name, _SOME)


def _is_plural(mention: Mention) -> bool:
    """Whether it speaks of several people who do not fight, in no number."""
    least, most = mention.count.min or 0, mention.count.max
    return mention.group is not Group.FIGHTERS and most is None and least > 1
