"""A number of people with its role: what it fills, or in words why it fills nothing."""

from __future__ import annotations

from bilan.core.claims.account import Label
from bilan.core.claims.harm.harm import Fate, HarmWord
from bilan.core.claims.people.mention import Mention
from bilan.core.frozen import dataclass, replace
from bilan.core.values import Count, Group

_GROUPED = {
    (Fate.KILLED, Group.CHILDREN): Label.KILLED_CHILDREN,
    (Fate.KILLED, Group.WOMEN): Label.KILLED_WOMEN,
    (Fate.KILLED, Group.MEN): Label.KILLED_MEN,
    (Fate.KILLED, Group.FIGHTERS): Label.FIGHTERS_KILLED,
    (Fate.INJURED, Group.CHILDREN): Label.INJURED_CHILDREN,
    (Fate.INJURED, Group.WOMEN): Label.INJURED_WOMEN,
    (Fate.INJURED, Group.MEN): Label.INJURED_MEN,
    (Fate.INJURED, Group.FIGHTERS): Label.FIGHTERS_INJURED,
}
_WHOLE = {Fate.KILLED: Label.KILLED, Fate.INJURED: Label.INJURED, Fate.MISSING: Label.MISSING}
_SUBSET = {
    Fate.KILLED: Label.KILLED_SUBSET,
    Fate.INJURED: Label.INJURED_SUBSET,
    Fate.MISSING: Label.MISSING_SUBSET,
}
SUBSETS = frozenset(_SUBSET.values())

# Why a number counts in no toll, in words for people.
WHY = {
    Label.NEGATED: "said not to have happened",
    Label.HYPOTHETICAL: "said to be possible, planned or rehearsed, not to have happened",
    Label.SUPERSEDED: "an earlier figure that a later one replaces",
    Label.CUMULATIVE: "a running total over a period, an area or several incidents",
    Label.BACKGROUND: "another, earlier incident",
    Label.KILLED_OR_INJURED: "killed and injured together",
    Label.KILLED_SUBSET: "part of a total that is told beside it",
    Label.INJURED_SUBSET: "part of a total that is told beside it",
    Label.MISSING_SUBSET: "part of a total that is told beside it",
    Label.OTHER_COUNT: "people to whom something else happened",
    Label.NON_CONFLICT: "not harm of an armed conflict",
}
UNCOUNTED = frozenset(WHY)


def measured(fate: Fate) -> Fate:
    """The measure that a fate fills: those shot are told as injured."""
    return Fate.INJURED if fate is Fate.SHOT else fate


def label_of(fate: Fate, group: Group, *, part: bool) -> Label:
    """The role of people of a group; a part of a total has one only as a group of its own."""
    measure = measured(fate)
    grouped = _GROUPED.get((measure, group))
    return grouped if grouped is not None else (_SUBSET if part else _WHOLE)[measure]


@dataclass(frozen=True, slots=True)
class Told:
    """A mention with its role.

    `chain` is shared by the members of one list, which are different people: "a woman and her two
    sons". `part` holds for a part of a total; `cost` says how loosely harm governs the mention.
    """

    mention: Mention
    sentence: int
    label: Label
    fate: Fate | None
    word: HarmWord | None
    chain: int
    part: bool = False
    cost: float = 0.0
    why: str | None = None

    @property
    def counts(self) -> bool:
        """Whether the role is one that may fill a toll."""
        return self.label not in UNCOUNTED

    @property
    def harmed(self) -> bool:
        """Whether they were killed, hurt or are missing, each alone."""
        return self.fate is not None and measured(self.fate) in _WHOLE

    @property
    def count(self) -> Count:
        """The people counted; of kin of unknown age, those that belong to the labelled group."""
        group = self.label in {Label.KILLED_WOMEN, Label.INJURED_WOMEN}
        return self.mention.group_count if group else self.mention.count

    @property
    def low(self) -> int:
        """The fewest that they may be."""
        return self.mention.count.min or 0

    def in_its_role(self) -> Told:
        """The same number in the role that it has where nothing leaves it out."""
        if self.fate is None or not self.harmed:
            return self
        return self.relabelled(label_of(self.fate, self.mention.group, part=self.part))

    def relabelled(self, label: Label) -> Told:
        """The same number in another role, with the reason if that never counts."""
        return replace(self, label=label, why=WHY.get(label))
