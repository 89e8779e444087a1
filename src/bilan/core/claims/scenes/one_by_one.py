"""People told one by one beside numbers: who is one more, who died of it, whom a number holds."""

from __future__ import annotations

from collections.abc import Sequence

from bilan.core.claims.account import Informant
from bilan.core.claims.harm.harm import Fate
from bilan.core.claims.harm.parts import OWN_WORD
from bilan.core.claims.harm.persons import Person
from bilan.core.claims.harm.told import Told, measured
from bilan.core.claims.people.mention import Kind, Shape
from bilan.core.claims.scenes.figure import Figure, low_of
from bilan.core.claims.speech.hearing import Heard
from bilan.core.frozen import replace
from bilan.core.values import Count

# People told one by one as hurt that may still be one told in two ways: the same person is called
# "the girl", "a 6-year-old", by name (of gva reports, two were more often one).
_FEW_HURT = 2
_AT_LARGE = 4.0  # cost up to which "four people" are brought in by a word of harm


def one_by_one(
    figures: list[Figure], persons: Sequence[Person], fate: Fate, heard: Heard
) -> list[Figure]:
    """The figures, with one for the people told one by one where nothing counts them.

    "Karim Haddad was killed … Rami Aziz died later": two. Of the dead names alone tell people
    apart: "a 17-year-old" and "the boy, 16" were one death in 17 of 19 gva reports.
    """
    if any(f.is_number for f in figures):
        return figures
    dead = fate is Fate.KILLED
    mine = [(p, t) for p in persons if p.dead is dead for t in p.told[:1] if _is_sure(p, fate)]
    named = [t for p, t in mine if len(p.name) > 1]
    aged = [] if dead else list({p.age: t for p, t in mine if p.age is not None}.values())
    sure = tuple(named if len(named) > len(aged) else aged)
    most = max((low_of(f) for f in figures), default=0)
    if len(sure) <= max(1 if dead else _FEW_HURT, most):
        return figures
    return [Figure(Count.exactly(len(sure)), sure, heard.speaker(sure[0].mention.first)), *figures]


def _is_sure(person: Person, fate: Fate) -> bool:
    """Whether a word of harm stands right beside the person."""
    return any(
        t.fate is not None and measured(t.fate) is fate and t.cost <= OWN_WORD for t in person.told
    )


def without_dead(
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


def with_shot(hurt: list[Figure], shot: list[Figure]) -> list[Figure]:
    """Those said to be hurt; those shot where nobody is, or where more are counted so.

    "Four people were shot … one of them, a clerk, was taken to hospital": four.
    """
    counted = [f for f in shot if f.is_number and not f.is_vague and _is_told_anew(f)]
    most = max((low_of(f) for f in hurt if f.is_number), default=1)
    if not hurt or (counted and low_of(counted[0]) > most):
        return shot
    return hurt


def _is_told_anew(figure: Figure) -> bool:
    """Whether people are brought in beside the word: "four people were shot", "he and three others
    were shot", not "both"."""
    numbers = [t for t in figure.told if t.mention.shape is Shape.NUMBER]
    return all(_is_near(t) and not _points_back(t) for t in numbers)


def _is_near(item: Told) -> bool:
    """Whether the word stands right beside people, or behind what is said of people at large:
    "four people, including a girl of six, were shot"."""
    at_large = item.mention.kind is Kind.PEOPLE and item.mention.anyone
    return item.cost <= (_AT_LARGE if at_large else OWN_WORD)


def _points_back(item: Told) -> bool:
    return item.mention.definite or item.mention.noun == item.mention.core


def graded_together(figures: Sequence[Figure]) -> list[Figure]:
    """The figures; those of one sentence that say how badly people were hurt are of different
    people: "two were seriously injured and three slightly" are five."""
    found: list[Figure] = []
    for figure in figures:
        if found and _are_graded_apart(found[-1], figure):
            first = found[-1]
            count = first.count + figure.count
            found[-1] = replace(first, count=count, told=(*first.told, *figure.told))
        else:
            found.append(figure)
    return found


def _are_graded_apart(one: Figure, other: Figure) -> bool:
    """Whether two numbers of one sentence have words of harm of different grades."""
    told = (*one.told, *other.told)
    if not (one.is_number and other.is_number) or len({t.sentence for t in told}) > 1:
        return False
    if any(t.mention.shape is not Shape.NUMBER or t.mention.definite for t in told):
        return False
    graded = [{t.word.grade for t in f.told if t.word is not None} for f in (one, other)]
    return None not in graded[0] | graded[1] and graded[0].isdisjoint(graded[1])


def are_fighters_again(dead: Sequence[Figure], fighters: Sequence[Figure], heard: Heard) -> bool:
    """Whether all the dead that are counted are the fighters, told again in other words.

    "Seventeen killed … a raid killed 17 insurgents", "two insurgents … the two attackers": the same
    number by the same voice, of people of whom nothing is said, in another sentence. What a party
    says of those whom others call people changes no toll.
    """
    known = [(f.count, _voices(f, heard), {t.sentence for t in f.told}) for f in fighters]
    return bool(dead) and all(
        any(
            (f.count, _voices(f, heard)) == (count, voices)
            and all(_says_nobody(t) and t.sentence not in sentences for t in f.told)
            for count, voices, sentences in known
        )
        for f in dead
    )


def _voices(figure: Figure, heard: Heard) -> tuple[Informant | None, bool]:
    """Who says a figure, and whether a party does."""
    return figure.said_by, any(heard.party_speaks(t.mention.first) for t in figure.told)


def _says_nobody(item: Told) -> bool:
    """Whether a number of people says nothing of who they are, or that they did the harm."""
    mention = item.mention
    if mention.shape is not Shape.NUMBER or mention.civilian:
        return False
    return mention.kind is Kind.ELLIPTIC or mention.attacker or mention.definite or mention.anyone
