"""How many people the singular nouns of one incident are: "a man … the victim … he" is one person.

Two nouns are two people where they differ in sex or age, where one says so ("another"), or where
one sentence brings both in. A person who is told to be hurt and later to have died is dead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field

from bilan.core.claims.harm.harm import Fate
from bilan.core.claims.harm.told import Told, measured
from bilan.core.claims.people.mention import Kind, Mention, Shape
from bilan.core.frozen import dataclass
from bilan.core.values import Group

_GROWING = (13, 19)  # years: such a person is called a man, a boy or a teenager
_BESIDE = 0  # tokens between two nouns for one person: "17-year-old Rami Haddad"
_MOST = 40  # people told one by one in one incident; more are in a list with a number


@dataclass(slots=True)
class Person:
    """One person with all that is told of them."""

    told: list[Told] = field(default_factory=list)
    sex: str | None = None
    age: int | None = None
    child: bool | None = None
    name: frozenset[str] = frozenset()
    attacker: bool = False  # did the harm

    @property
    def dead(self) -> bool:
        """Whether any of it says that the person died."""
        return any(t.fate is Fate.KILLED for t in self.told)

    @property
    def is_victim(self) -> bool:
        """Whether somebody else is said to have done it: "killed a woman", "his wife"."""
        return not self.attacker and any(
            _kin(t.mention) or (t.word is not None and t.word.last <= t.mention.first)
            for t in self.told
        )

    def may_be(self, mention: Mention) -> bool:
        """Whether nothing that is said of a mention contradicts that it is this person."""
        return (
            _agree(self.sex, mention.sex)
            and _agree(self.age, mention.age)
            and _agree(self.child, _is_child(mention))
            and (not (self.name and mention.name) or self.is_called(mention.name))
            and not (mention.attacker and self.is_victim)
        )

    def is_called(self, name: frozenset[str]) -> bool:
        """Whether one of two names is a part of the other: "Haddad" of "Karim Haddad"."""
        return bool(self.name and name) and (self.name <= name or name <= self.name)

    def resembles(self, mention: Mention) -> bool:
        """Whether something says that it is this person: the same sex, the same age, a child."""
        if self.is_called(mention.name):
            return True
        same_sex = self.sex is not None and self.sex == mention.sex
        same_age = self.age is not None and self.age == mention.age
        children = bool(self.child and mention.group is Group.CHILDREN)
        return (
            same_sex
            or same_age
            or children
            or (self.sex is mention.sex is None and not _kin(mention))
        )

    def take(self, item: Told) -> None:
        """Adds what is told of the person."""
        mention = item.mention
        self.told.append(item)
        self.sex = self.sex or mention.sex
        self.age = mention.age if self.age is None else self.age
        child = _is_child(mention)
        self.child = child if self.child is None else self.child
        self.name = max(self.name, mention.name, key=len)
        own_hand = item.word is not None and item.word.direction == "self"
        self.attacker = self.attacker or mention.attacker or own_hand


def persons_of(told: Iterable[Told]) -> list[Person]:
    """The people of the singular nouns, in the order in which the text brings them in."""
    found: list[Person] = []
    for item in told:
        if item.mention.shape is not Shape.ONE or not item.counts or item.part or not item.harmed:
            continue
        person = _same_person(found, item)
        if person is None:
            if len(found) >= _MOST:
                break
            person = Person()
            found.append(person)
        person.take(item)
    return found


def another_lives(persons: Sequence[Person]) -> bool:
    """Whether someone lives who by sex or age is none of those who died one by one."""
    dead = [p for p in persons if p.dead]
    return bool(dead) and any(
        not p.dead and all(not (_agree(p.sex, d.sex) and _agree(p.age, d.age)) for d in dead)
        for p in persons
    )


def _same_person(found: Sequence[Person], item: Told) -> Person | None:
    mention = item.mention
    beside = [p for p in found if 0 <= mention.first - p.told[-1].mention.last <= _BESIDE]
    if beside:
        return beside[-1]
    called = [p for p in found if p.is_called(mention.name)]
    if called:
        return called[-1]
    if mention.other:
        return None
    fitting = [p for p in found if p.may_be(mention)]
    if mention.itself:
        return next((p for p in reversed(fitting) if p.attacker or not p.is_victim), None)
    if not points_back(mention):
        fitting = [p for p in fitting if not any(_set_apart(t, item) for t in p.told)]
        fitting = [p for p in fitting if p.resembles(mention)]
    same = [p for p in fitting if any(_alike(t.fate, item.fate) for t in p.told)]
    return next(iter(reversed(same or fitting)), None)


def _alike(one: Fate | None, other: Fate | None) -> bool:
    """Whether two fates fill one measure: those shot are told as injured."""
    if one is None or other is None:
        return one is other
    return measured(one) is measured(other)


def _set_apart(known: Told, item: Told) -> bool:
    """Whether one sentence brings both in, as members of a list or with different fates."""
    if known.sentence != item.sentence:
        return False
    if known.fate is None or item.fate is None:
        return False
    return known.chain == item.chain or measured(known.fate) is not measured(item.fate)


def points_back(mention: Mention) -> bool:
    """Whether a mention names someone already told of: "the victim", "he", a name."""
    return mention.pointing or mention.kind is Kind.NAME


def _is_child(mention: Mention) -> bool | None:
    if mention.age is not None:
        return None if _GROWING[0] <= mention.age <= _GROWING[1] else mention.age < _GROWING[0]
    return True if mention.group is Group.CHILDREN else None


def _kin(mention: Mention) -> bool:
    """Whether a noun names a relative, so someone besides those told of."""
    return bool(mention.civilian) and mention.group is not Group.CHILDREN


def _agree(one: object, other: object) -> bool:
    return one is None or other is None or one == other
