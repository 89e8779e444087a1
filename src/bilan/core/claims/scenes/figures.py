"""From the numbers of one scene to the counts of its account: envelopes, sums, parts, corrections.

Rules of the counting conventions: several sources give the envelope (1); the same source's later
figure replaces its earlier one (2, 16); fighters stand apart (4); a denial lowers nothing (5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bilan.core.claims.account import Informant, Label
from bilan.core.claims.harm.harm import Fate
from bilan.core.claims.harm.parts import PART_GROUPS
from bilan.core.claims.harm.persons import Person, another_lives, persons_of
from bilan.core.claims.harm.told import Told
from bilan.core.claims.numbers.numbers import Form
from bilan.core.claims.people.mention import Kind, Shape
from bilan.core.claims.speech.hearing import Heard
from bilan.core.values import Count, Group, envelope

# A later figure under this share of an earlier one is a part of it unless another source gives it.
_PART_SHARE = 0.5
# Under this share it is a part though another source gives it, unless that source counts.
_NEAR = 0.8  # share of an exact finding from which a named source merely counts differently
_HEAD = 2  # first sentences of a monitor's own account, which give its finding
_MOST_ABOVE = 5  # times a finding; a figure higher than that counts something else (2..6 tried)
_LEAST_SHARE = 0.25
# A figure so many times the lead's, so many sentences behind it, is no later count of the same.
_FAR_TIMES, _FAR_SENTENCES = 4, 3
_MOST_VOICES = 60  # informants whose figures are kept apart in one account
_MOST_PARTS = 12  # numbers after a total that are tried as its parts
_BOUNDING = frozenset({Form.RANGE, Form.AT_LEAST, Form.MORE_THAN, Form.UP_TO, Form.ABOUT})


@dataclass(frozen=True, slots=True)
class Figure:
    """One count of one measure or group as one informant gives it; `told` are its members."""

    count: Count
    told: tuple[Told, ...]
    said_by: Informant | None
    counted: bool = False  # its informant is said to count: "puts the toll at"

    @property
    def is_number(self) -> bool:
        """Whether the text counts, rather than naming people ("a child", "villagers")."""
        return any(t.mention.shape is Shape.NUMBER for t in self.told)

    @property
    def is_civil(self) -> bool:
        """Whether the words themselves say that they are civilians."""
        return any(t.mention.civilian for t in self.told)

    @property
    def is_vague(self) -> bool:
        """Whether it holds people that are not counted ("several", "a child and villagers")."""
        return any(
            t.mention.shape is Shape.PLURAL or t.mention.form in {Form.VAGUE, Form.UP_TO}
            for t in self.told
        )

    @property
    def is_bounded(self) -> bool:
        """Whether the wording itself bounds what is known: "between 15 and 30", "at least 9"."""
        return len(self.told) == 1 and self.told[0].mention.form in _BOUNDING

    @property
    def is_event(self) -> bool:
        """Whether all that is said is that people died: "a deadly raid"."""
        return all(t.mention.noun is None and t.word is None for t in self.told)

    @property
    def is_plural(self) -> bool:
        """Whether all that is said is a bare plural."""
        return all(t.mention.shape is Shape.PLURAL for t in self.told)


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


def counts_of(told: Sequence[Told], heard: Heard, *, own_finding: bool = False) -> Counts:
    """The counts of one scene's numbers. Unknown stays absent, never 0.

    `own_finding`: a bounded lead figure in the publisher's own voice is its finding over all that
    it cites, so that what single sources say beneath it widens nothing.
    """
    fields: dict[str, Count] = {}
    recast = {t.mention.first: Label.KILLED_MIXED for t in _mixed_totals(told)}
    told = [t for t in told if t.mention.first not in recast]
    kept: list[Told] = []
    kept_figures: dict[str, list[Figure]] = {}
    for name, fate in _WHOLES.items():
        figures = _wholes(told, fate, heard) or _wholes(_of_no_total(told, name), fate, heard)
        if fate is Fate.INJURED and not figures:
            figures = _shot(told, fields.get("killed"), heard)
        if fate is Fate.INJURED and not any(f.is_number for f in figures):
            figures = _without_dead(figures, persons_of(told), kept_figures.get("killed", ()))
        chosen = _chosen(figures, own_finding=own_finding)
        if chosen:
            fields[name] = envelope(f.count for f in chosen)
            kept.extend(t for f in chosen for t in f.told)
            kept_figures[name] = chosen
        recast.update(_recast(figures, chosen, name))
    told = [t for t in told if t.mention.first not in recast]
    for name, label in _GROUPS.items():
        chosen = _chosen(_labelled(told, label, heard))
        if chosen:
            fields[name] = envelope(f.count for f in chosen)
    fighters = _chosen(_labelled(told, Label.FIGHTERS_KILLED, heard))
    if fighters:
        fields["fighters_killed"] = envelope(f.count for f in fighters)
        if not any(f.is_number or f.is_civil for f in kept_figures.get("killed", ())):
            fields.pop("killed", None)
    _add_zeros(fields, told, heard)
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


def _is_exact(item: Told) -> bool:
    count = item.mention.count
    return item.mention.shape is Shape.NUMBER and count.min == count.max


def with_first_counts(told: Sequence[Told]) -> list[Told]:
    """The numbers; a first count counts where no later one replaces it."""
    replaced = {t.fate for t in told if t.counts and t.mention.shape is Shape.NUMBER}
    return [
        t.in_its_role() if t.label is Label.SUPERSEDED and t.fate not in replaced else t
        for t in told
    ]


def without_sums(scenes: Sequence[Sequence[Told]]) -> list[list[Told]]:
    """The numbers of several scenes; one that the parts told after it add up to is cumulative.

    "Raids killed 22 on Wednesday. Eleven died in X … the eleven others in Y."
    """
    sums = {
        id(whole)
        for fate in (Fate.KILLED, Fate.INJURED)
        for whole in _sums([[t for t in told if _is_toll(t, fate)] for told in scenes])
    }
    return [
        [t.relabelled(Label.CUMULATIVE) if id(t) in sums else t for t in told] for told in scenes
    ]


def _is_toll(item: Told, fate: Fate) -> bool:
    exact = item.mention.count.min is not None and item.mention.count.min == item.mention.count.max
    people = item.mention.group is not Group.FIGHTERS and item.mention.kind is not Kind.NAME
    return item.counts and item.fate is fate and exact and people and not item.part


def _sums(scenes: Sequence[Sequence[Told]]) -> Iterator[Told]:
    """The numbers that what is told after them adds up to."""
    if len(scenes) < 2:
        return
    parts = [(at, told) for at, scene in enumerate(scenes) for told in scene]
    for at, (scene, whole) in enumerate(parts):
        if whole.mention.shape is Shape.NUMBER:
            after = islice(parts[at + 1 :], _MOST_PARTS)
            if _adds_up(whole, [t for s, t in after if _is_part_of_sum(t, later=s > scene)]):
                yield whole


def _is_part_of_sum(item: Told, *, later: bool) -> bool:
    """A number; a noun for one person only in another incident than the sum's own."""
    return item.mention.shape is Shape.NUMBER or (later and item.mention.shape is Shape.ONE)


def _adds_up(whole: Told, after: Sequence[Told]) -> bool:
    """Whether the next two or more numbers add up to one."""
    total, left = whole.mention.count.min or 0, 0
    for count, item in enumerate(after, start=1):
        left += item.mention.count.min or 0
        if left >= total:
            return left == total and count > 1
    return False


def _wholes(told: Sequence[Told], fate: Fate, heard: Heard) -> list[Figure]:
    """Totals of a measure: every list of people is one figure, its members added up.

    Groups alone ("six women") are no total where the same sentence counts people at large.
    """
    items = [
        t
        for t in told
        if t.counts and t.fate is fate and not t.part and t.mention.group is not Group.FIGHTERS
    ]
    large = {
        t.sentence: t.mention.count.min or 0
        for t in items
        if t.mention.group is Group.ALL and t.mention.shape is Shape.NUMBER
    }
    chains: dict[int, list[Told]] = {}
    for item in items:
        chains.setdefault(item.chain, []).append(item)
    figures = [_summed(members, heard, whole=True) for members in chains.values()]
    return [f for f in figures if not _group_beside(f, large)]


def _group_beside(figure: Figure, large: Mapping[int, int]) -> bool:
    first = figure.told[0]
    if any(t.mention.group is Group.ALL for t in figure.told) or first.sentence not in large:
        return False
    return _low(figure) <= large[first.sentence]


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


def _without_dead(
    figures: Sequence[Figure], persons: Sequence[Person], killed: Sequence[Figure]
) -> list[Figure]:
    """The hurt that the text tells of one by one, without those who died of it.

    Of "a fatal shooting" that one person is told to be hurt in, that person died.
    """
    hurt = [p for p in persons if not p.dead]
    if len(hurt) == 1 and killed and all(f.is_event for f in killed):
        return [f for f in figures if f.is_plural]
    dead = {t.mention.first for p in persons if p.dead for t in p.told}
    return [f for f in figures if not all(t.mention.first in dead for t in f.told)]


def _shot(told: Sequence[Told], killed: Count | None, heard: Heard) -> list[Figure]:
    """Those said to be shot who did not die: "six people shot, two dead" leaves four injured."""
    figures = _wholes(told, Fate.SHOT, heard)
    dead = (killed.max or killed.min or 0) if killed else 0
    if not dead:
        return figures
    if another_lives(persons_of(told)):
        return figures
    chosen = _chosen(figures, own_finding=False)[:1]
    left = (chosen[0].count.min or 0) - dead if chosen else 0
    return [replace(chosen[0], count=Count.exactly(left))] if left > 0 else []


def _chosen(figures: Sequence[Figure], *, own_finding: bool = False) -> list[Figure]:
    """The figures that make the envelope."""
    numbers = [f for f in figures if f.is_number]
    if own_finding and numbers and _is_finding(numbers[0]):
        return [numbers[0], *_beside(numbers[0], numbers[1:])]
    if not numbers or _is_lead_alone(figures, numbers[0]):
        named = [f for f in figures if not (f.is_plural or f.is_number)] or list(figures)
        return sorted(named, key=lambda f: -(f.count.min or 0))[:1]
    chosen: list[Figure] = []
    for figure in numbers:
        _weigh(chosen, figure)
    return chosen


def _is_lead_alone(figures: Sequence[Figure], number: Figure) -> bool:
    """Whether the report leads with people one by one ("a child was killed") and numbers come only
    far behind: they are of something else."""
    lead = min(figures, key=lambda f: f.told[0].sentence)
    behind = number.told[0].sentence - lead.told[0].sentence
    return not (lead.is_number or lead.is_plural) and behind > _FAR_SENTENCES


def _is_finding(lead: Figure) -> bool:
    """Whether a monitor's first figure is its own: bounded in words, or given at the head."""
    head = lead.told[0].sentence < _HEAD and not lead.is_vague
    return lead.said_by is None and (lead.is_bounded or head)


def _beside(lead: Figure, others: Sequence[Figure]) -> list[Figure]:
    """What others count beside a finding: above one that is open ("at least ten … one spoke of
    14"), and just below one that is exact."""
    if lead.is_bounded and lead.count.max is not None:
        return []
    if lead.count.max is not None:
        return [f for f in others if _NEAR * _low(lead) <= _low(f) < _low(lead) and f.said_by]
    low = _low(lead)
    most = low * _MOST_ABOVE
    return [f for f in others if low < _low(f) <= most and f.count.max is not None]


def _weigh(chosen: list[Figure], figure: Figure) -> None:
    """Adds a figure to those chosen unless it is part of one of them or one of them replaces it."""
    low = _low(figure)
    for at, known in enumerate(chosen[:_MOST_VOICES]):
        if _same_voice(known, figure):
            if low > _low(known) and not _is_afield(known, figure):
                chosen[at] = figure
            return
    biggest = max((_low(f) for f in chosen), default=0)
    if chosen and (_is_part(figure, low, biggest) or len(chosen) >= _MOST_VOICES):
        return
    chosen.append(figure)


def _is_afield(known: Figure, later: Figure) -> bool:
    """Whether a far larger figure, told far behind the lead, is of something else."""
    far = later.told[0].sentence - known.told[0].sentence > _FAR_SENTENCES
    return far and known.is_number and _low(later) > _FAR_TIMES * max(1, _low(known))


def _is_part(figure: Figure, low: int, biggest: int) -> bool:
    """Whether a lower figure beside a higher one counts only some of the same people."""
    if low >= biggest:
        return False
    if figure.is_vague or figure.said_by is None:
        return figure.is_vague or low < biggest * _PART_SHARE
    return low < biggest * _LEAST_SHARE and not figure.counted


def _same_voice(a: Figure, b: Figure) -> bool:
    if a.said_by is None or b.said_by is None:
        return a.said_by is b.said_by
    return (a.said_by.key or a.said_by.name) == (b.said_by.key or b.said_by.name)


def _low(figure: Figure) -> int:
    count = figure.count
    return count.min if count.min is not None else count.max or 0


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
