"""Who did the harm and died of it: "killed two people, then himself", "the gunman was shot dead".

Counted only where every violent event is read (contract, rule 1: there a perpetrator who dies is in
`killed`). In an armed conflict the dead of both sides stand apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from bilan.core.claims.harm.harm import Fate
from bilan.core.claims.harm.parts import OWN_WORD
from bilan.core.claims.harm.persons import Person
from bilan.core.claims.harm.told import Told
from bilan.core.claims.people.mention import Kind, Shape
from bilan.core.claims.scenes.figure import Figure, low_of
from bilan.core.values import Group

_SEVERAL = 2  # people
_NEAR = 1.5  # cost up to which a word of harm surely tells of them


def dead_attackers(persons: Sequence[Person]) -> list[Person]:
    """The people told one by one who did the harm and died."""
    return [p for p in persons if p.attacker and any(_surely_died(t) for t in p.told)]


def _surely_died(item: Told) -> bool:
    return item.fate is Fate.KILLED and item.cost <= OWN_WORD


def several_dead(told: Sequence[Told]) -> list[Told]:
    """The numbers of those who did the harm and died: "two suspects were killed"."""
    numbers = (t for t in told if t.mention.attacker and t.mention.shape is Shape.NUMBER)
    dead = (t for t in numbers if t.fate is Fate.KILLED and t.counts and not t.part)
    sure = (t for t in dead if t.low >= _SEVERAL and t.word is not None and t.cost <= _NEAR)
    return [t for t in sure if t.mention.group is not Group.FIGHTERS]


def without(told: Sequence[Told], people: Sequence[Person]) -> list[Told]:
    """The numbers but for those that tell of some people."""
    theirs = {t.mention.first for p in people for t in p.told}
    return [t for t in told if t.mention.first not in theirs]


def leaves_out_attackers(figure: Sequence[Told], persons: Sequence[Person]) -> bool:
    """Whether those counted are victims alone, so that who killed them is one more.

    "Killed two people", "two bailiffs were shot dead", "his wife"; "three people were found dead"
    may be all of them.
    """
    victims = {t.mention.first for p in persons if p.is_victim for t in p.told}
    return all(_is_done_to(t) or t.mention.first in victims for t in figure)


def are_victims(figures: Sequence[Figure], persons: Sequence[Person]) -> bool:
    """Whether the highest of the figures of the dead holds nobody who killed them."""
    most = max((low_of(f) for f in figures), default=0)
    highest = [f for f in figures if low_of(f) == most]
    return any(leaves_out_attackers(f.told, persons) for f in highest)


def _is_done_to(item: Told) -> bool:
    """Whether the words say that others were killed: by a verb before them, or by who they are."""
    mention = item.mention
    if mention.shape is Shape.PLURAL or (mention.noun is None and item.word is None):
        return False
    if item.word is not None and item.word.by:
        return True
    named = not mention.anyone or mention.kind is Kind.UNKNOWN
    word = item.word
    if word is not None and word.last <= mention.first:
        # "the bodies of four people" may be all of them, "killing four people" not
        verb = word.direction == "any" or word.last - word.first == 1
        return verb or named or mention.shape is Shape.ONE
    return mention.shape is Shape.NUMBER and named
