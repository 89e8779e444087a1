"""What happened to the people of each mention: the word of harm that governs it, by cost.

Words of harm are data: `[lexicon.harm]`, keys `<measure>_<direction>`. The direction says where the
count of such a word stands: `obj` after it ("killing 12"), `subj` before it ("12 died"), `any` on
either side, `self` before it, of who did it to themselves ("killed himself"), `state` written right
beside it ("12 dead"), `toll` after it across the sentence ("the
death toll of the raid rose to 12"), `none` nowhere ("the killing": no count is its own).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from bilan.core.claims.people.mention import Kind, Mention, Shape
from bilan.core.claims.people.noun_rules import noun_rules
from bilan.core.claims.text.language import Language, load_language
from bilan.core.claims.text.lexicon import Hit, by_category
from bilan.core.claims.text.tokens import Words, fold
from bilan.core.frozen import dataclass
from bilan.core.values import Group, Measure

# Costs are in "tokens away": chosen on the development sets so that the nearest word of harm wins
# unless its grammar says otherwise. Above TOO_FAR no word of harm governs the mention.
TOO_FAR = 7.5
TOO_FAR_FOR_SURE = TOO_FAR + 0.01  # whatever the order in which costs are added up
PER_TOKEN = 0.2
_PER_COMMA = 0.7
_PER_CUT = 3.0
_PER_BRACKET = 2.0
_PER_CLAUSE = 1.5
_PER_HARM = 2.0
_PER_MENTION = 1.5
_PER_GROUP = 0.4
_AGENT = 7  # tokens from "by" to its noun: "by a masked 19 - year - old man"
_LISTED = 4  # tokens from one of a list to the next
_LISTED_AGED = 8  # tokens of them where an age stands between: "a man of 52 years and his son"
_APPOSED = 5  # tokens behind the last of a list in which no "and" leads to a further one
_BRACKET = 6  # tokens of a bracket behind a new figure: "(from eight)"


class Fate(StrEnum):
    """What a word of harm says: a measure, both at once, or something that is no harm."""

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    SHOT = "shot"  # hit, and dead or hurt: what else is told decides
    BOTH = "both"
    OTHER = "other"

    @property
    def measure(self) -> Measure | None:
        """The measure that it fills, if one."""
        return _MEASURES.get(self)


_MEASURES = {fate: Measure(fate.value) for fate in (Fate.KILLED, Fate.INJURED, Fate.MISSING)}


@dataclass(frozen=True, slots=True)
class HarmWord:
    """Tokens [first, last) that say what happened, and where their count stands.

    `by`: who did it is named right behind ("were killed by a gunman"). `grade`: how badly. `each`:
    both happened, each to some ("killed and injured", not "casualties", nor "killed or injured").
    """

    first: int
    last: int
    fate: Fate
    direction: str
    by: bool = False
    grade: str | None = None
    each: bool = False


def harm_words(hits: Sequence[Hit], words: Words, language: Language) -> list[HarmWord]:
    """The words of harm of a text, in its order.

    A word with a written-on "and" opens a clause of its own (وأصيب, وإصابة): its people stand
    after it.
    """
    joining = tuple(language.table("people").get("and_prefixes", ()))
    whole = _beginning_with(joining, language.code) if joining else frozenset()
    links = by_category(hits).get("link", ())
    agents = {h.first for h in links if h.key == "agent"}
    ands = frozenset(h.first for h in links if h.key == "and")
    each = Each(words, ands, joining, language.folded("people", "either"))
    grades = frozenset(language.table("people").get("severity", ()))
    found = []
    for hit in by_category(hits).get("harm", ()):
        fate, _, direction = hit.key.partition("_")
        norm = words.norms[hit.first]
        if joining and norm.startswith(joining):
            opens = direction == "any" or (direction == "state" and norm not in whole)
            direction = "obj" if opens else direction
        said = (n for n in words.norms[max(0, hit.first - 1) : hit.last + 1] if n in grades)
        by, grade = hit.last in agents, next(said, None)
        both = fate == Fate.BOTH and each.happened(hit)
        found.append(HarmWord(hit.first, hit.last, Fate(fate), direction, by, grade, both))
    return sorted(found, key=lambda w: (w.first, w.last))


@dataclass(frozen=True, slots=True)
class Each:
    """Tells "killed and injured", where both happened, from "killed or injured"."""

    words: Words
    ands: frozenset[int]  # where "and" stands
    joining: tuple[str, ...]  # "and" written on to a word
    either: frozenset[str]

    def happened(self, hit: Hit) -> bool:
        """Whether "and" stands between the two words of a phrase."""
        norms, behind = self.words.norms, range(hit.first + 1, hit.last)
        joined = any(i in self.ands or norms[i].startswith(self.joining) for i in behind)
        return joined and self.either.isdisjoint(norms[hit.first + 1 : hit.last])


@cache
def _beginning_with(prefixes: tuple[str, ...], code: str) -> frozenset[str]:
    """The words of harm that begin so by themselves: وفيات is no "and" with a word behind it."""
    stated = (e for e in load_language(code).lexicon.entries if e.category == "harm")
    phrases = (e.phrase for e in stated if e.key.endswith("_state"))
    words = (fold(word) for phrase in phrases for word in phrase.split(" ", 1)[0].split("|"))
    return frozenset(word for word in words if word.startswith(prefixes))


class Between(NamedTuple):
    """How many of each stand between two tokens: what parts a number from a word of harm."""

    commas: int
    cuts: int  # strong signs
    clauses: int  # words that open a clause
    harms: int
    mentions: int  # numbers of people
    groups: int  # numbers of children, women or men, mostly parts of a total
    tokens: int  # without those that only say who speaks
    brackets: int  # by how many brackets one stands deeper than the other

    @property
    def cost(self) -> float:
        """What they cost together."""
        return (
            PER_TOKEN * self.tokens
            + _PER_COMMA * self.commas
            + _PER_BRACKET * self.brackets
            + _PER_CUT * self.cuts
            + _PER_CLAUSE * self.clauses
            + _PER_HARM * self.harms
            + _PER_MENTION * self.mentions
            + _PER_GROUP * self.groups
        )

    @property
    def least(self) -> float:
        """What some of it costs that only grows with the distance."""
        return PER_TOKEN * self.tokens + _PER_HARM * self.harms + _PER_MENTION * self.mentions


class Field:
    """A text's mentions and words of harm with what lies between any two tokens that are near.

    `silent` tokens only say who speaks: they keep nobody away from a word of harm.
    """

    def __init__(
        self,
        words: Words,
        hits: Sequence[Hit],
        mentions: Sequence[Mention],
        harms: Sequence[HarmWord],
        language: Language,
        *,
        silent: frozenset[int] = frozenset(),
        taken: frozenset[int] = frozenset(),
    ) -> None:
        self.taken = taken
        self.words, self.mentions, self.harms, self.language = words, mentions, harms, language
        norms = words.norms
        signs = [at for m in _SIGN.finditer(words.kinds) if (at := m.start()) not in silent]
        numbered = [m for m in mentions if m.shape is Shape.NUMBER and m.kind is not Kind.THING]
        stand = [(at, mark) for at in signs if (mark := _MARKS.get(norms[at])) is not None]
        stand += [(h.first, _CLAUSE) for h in by_category(hits).get("clause", ())]
        stand += [(h.first, _HARM) for h in harms if h.fate is not Fate.OTHER]
        stand += [(m.first, _MENTION if m.group in _WHOLE_GROUPS else _GROUP) for m in numbered]
        stand += [(at, _SILENT) for at in silent]
        stand.sort()
        # Where something stands that counts between two tokens, and what: a byte each.
        self._at = [at for at, _ in stand]
        self._what = bytes([what for _, what in stand])
        self._tolls = [h.first for h in harms if h.direction == "toll"]
        self.starts = [h.first for h in harms]
        self.harm_at = {h.first: h for h in harms}
        self.harm_till = {h.last: h for h in harms}
        self.numbered = {m.first: m for m in mentions if m.shape is Shape.NUMBER}
        self.mention_at = {m.first: m for m in mentions if m.kind is not Kind.THING}
        links = by_category(hits).get("link", ())
        self.ands = {h.first for h in links if h.key == "and"}
        units = by_category(hits).get("unit", ())
        self._years = {h.first for h in units if h.key in ("years", "age")}
        aged = [h for h in units if h.key == "age"] + list(by_category(hits).get("age", ()))
        self._ageing = {i for h in aged for i in range(h.first, h.last)}
        small = by_category(hits).get("small", ())
        self._are = {h.first for h in small if h.key == "be"}
        self.leading = {h.last for h in links if h.key == "of"}
        self._tos = sorted(h.first for h in links if h.key == "to")
        manners = {h.first for h in links if h.key == "manner"}  # "by mistake" is nobody
        self.agents = {h.last for h in links if h.key == "agent" and h.first not in manners}
        table = language.table("people")
        self.determiners = noun_rules(language.code).determining
        self.they = frozenset(table.get("they", ()))
        self.objects_follow = bool(table.get("objects_follow", False))
        self.subjects_follow = bool(table.get("subjects_follow", False))
        self.and_prefixes = tuple(table.get("and_prefixes", ()))

    def between(self, first: int, last: int) -> Between:
        """What lies in tokens [first, last)."""
        first = min(first, last)
        low = bisect_left(self._at, first)
        stand = self._what[low : bisect_left(self._at, last, low)]
        if not stand:
            return Between(0, 0, 0, 0, 0, 0, last - first, 0)
        count = stand.count
        return Between(
            count(_COMMA),
            count(_CUT) + count(_DASH) % 2,
            count(_CLAUSE),
            count(_HARM),
            count(_MENTION),
            count(_GROUP),
            last - first - count(_SILENT),
            abs(count(_OPENED) - count(_CLOSED)),
        )

    def bracketed(self, first: int) -> int:
        """How many tokens a short bracket takes that opens at a token: "to ten (from eight)"."""
        norms = self.words.norms
        if norms[first : first + 1] != ("(",):
            return 0
        near = range(first + 1, min(first + _BRACKET, len(norms)))
        return next((i + 1 - first for i in near if norms[i] == ")"), 0)

    def mentions_in(self, first: int, last: int) -> Sequence[Mention]:
        """The mentions that begin in tokens [first, last), in their order."""
        low = bisect_left(self.mentions, first, key=lambda m: m.first)
        high = bisect_left(self.mentions, last, key=lambda m: m.first)
        return self.mentions[low:high]

    def tolls_between(self, first: int, last: int) -> int:
        """How many other tolls are named in tokens [first, last)."""
        return _count(self._tolls, first, last)

    def is_agent(self, mention: Mention) -> bool:
        """Whether "by" and the like stands before it: "by gunmen", "by a 14-year-old boy"."""
        agents, first = self.agents, mention.first
        if first in agents or first - 1 in agents:
            return True
        for i in range(max(1, first - _AGENT), first - 1):
            if i in agents:
                return self._one_phrase(i, first)
        return False

    def _one_phrase(self, first: int, last: int) -> bool:
        """Whether the tokens may belong to one noun: articles, ages, adjectives."""
        if "n" not in self.words.kinds[first:last]:
            return False
        between = self.between(first, last)
        return not (between.harms or between.commas or between.clauses or between.mentions)

    def leads_to(self, first: int, last: int) -> bool:
        """Whether nothing but signs and words like "to" stands in tokens [first, last)."""
        kinds = self.words.kinds
        return all(kinds[i] != "w" or self.reached(i, i + 1) for i in range(first, last))

    def reached(self, first: int, last: int) -> bool:
        """Whether a word like "to" or "reached" stands in tokens [first, last)."""
        at = bisect_left(self._tos, first)
        return at < len(self._tos) and self._tos[at] < last

    def joined(self, before: Mention, after: Mention) -> bool:
        """Whether two mentions are members of one list: "12 civilians, three soldiers and …"."""
        first, last = before.last, after.first
        far = last - first > _LISTED and not self._is_aged(before, after, first, last)
        if far or not first <= last <= first + _LISTED_AGED:
            return False
        gap = self.between(first, last)
        if gap.harms or gap.cuts or gap.brackets:
            return False
        joining = [i for i in range(first, last) if i in self.ands]
        if joining and (after.kind is not Kind.ELLIPTIC or joining[-1] == last - 1):
            return True  # "26 dead and the rebels 38" is no list
        if self._and_glued(after.first):
            return True
        # "three bodies, they are now 17"
        anew = any(i in self._are for i in range(first, last)) or self._is_apposed(before, after)
        if anew or not gap.commas or before.shape is not after.shape:
            return False
        return before.shape is Shape.NUMBER or self._only_determined(first, last)

    def _is_apposed(self, before: Mention, after: Mention) -> bool:
        """Whether a comma says of one person who it is: "the victim, a 17-year-old boy, was", "a
        farmer, Karim Haddad"; no list, which has an "and" behind its members."""
        if before.shape is not Shape.ONE or after.shape is not Shape.ONE:
            return False
        if after.kind is Kind.NAME:
            return before.kind is Kind.PEOPLE
        behind = range(after.last, min(after.last + _APPOSED, len(self.words)))
        return before.pointing and not any(i in self.ands for i in behind)

    def _is_aged(self, before: Mention, after: Mention, first: int, last: int) -> bool:
        """Whether ages alone stand between two of a list: "a baker of 52 and his", "three adults
        and an 11-year-old girl", "a man, 34, and his wife".

        Those of a group before an age are counted apart anyway.
        """
        if after.shape is not Shape.ONE:
            return False
        plain = before.group is Group.ALL and before.shape is Shape.ONE
        aged = plain and any(i in self._years for i in range(before.last, after.first))
        return aged or self._only_ages(first, last)

    def _only_ages(self, first: int, last: int) -> bool:
        """Whether nothing but signs, articles, "and" and ages stands in tokens [first, last)."""
        kinds, norms = self.words.kinds, self.words.norms
        return all(
            kinds[i] != "w" or i in self.ands or i in self._ageing or norms[i] in self.determiners
            for i in range(first, last)
        )

    def _only_determined(self, first: int, last: int) -> bool:
        """Whether nothing but commas and articles parts two nouns: "a farmer, his wife"."""
        norms = self.words.norms[first:last]
        return all(norm in _COMMAS or norm in self.determiners for norm in norms)

    def _and_glued(self, i: int) -> bool:
        norm = self.words.norms[i]
        return any(norm.startswith(p) and len(norm) > len(p) + 1 for p in self.and_prefixes)


# Words whose people stand before them, and what that costs: of "killed his wife, then himself" the
# wife is another verb's.
_WHOLE_GROUPS = frozenset({Group.ALL, Group.FIGHTERS})
_COMMAS = frozenset(",،、")
_CUTS = frozenset(";:؛|\n")
_DASHES = frozenset("—–")  # in pairs they bracket what stands between them
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
# What may stand between a number and a word of harm, as the bytes that are counted.
_COMMA, _CUT, _DASH, _OPENED, _CLOSED, _CLAUSE, _HARM, _MENTION, _GROUP, _SILENT = range(10)
_KINDS = (
    (_COMMAS, _COMMA),
    (_CUTS, _CUT),
    (_DASHES, _DASH),
    (_OPENING, _OPENED),
    (_CLOSING, _CLOSED),
)
_MARKS = {sign: what for signs, what in _KINDS for sign in signs}


_SIGN = re.compile("[sl]")  # of the kinds of tokens


def _count(at: Sequence[int], first: int, last: int) -> int:
    """How many of some tokens, in their order, lie in [first, last)."""
    return bisect_left(at, last) - bisect_left(at, first) if at else 0
