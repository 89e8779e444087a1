"""The role of every number of people: what happened to them, and of what total they are.

Rules: the project's counting conventions (docs/explanation/how-a-number-gets-its-role.md). Which
incident a number belongs to is decided in `scenes`; what leaves it out, in `leaving_out`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from bilan.core.claims.account import Label
from bilan.core.claims.harm.deadly import deadly_events
from bilan.core.claims.harm.governing import (
    NOTHING,
    died_of,
    died_of_wounds,
    governing,
    is_of_others,
)
from bilan.core.claims.harm.harm import Fate, Field, HarmWord
from bilan.core.claims.harm.headed import headed_lists, lists_in_line
from bilan.core.claims.harm.leaving_out import LeavingOut
from bilan.core.claims.harm.parts import OWN_WORD, PART_GROUPS, Parts, Seen
from bilan.core.claims.harm.restated import BACK, is_restated
from bilan.core.claims.harm.told import SUBSETS, WHY, Told, label_of
from bilan.core.claims.numbers.numbers import Form
from bilan.core.claims.people.mention import Kind, Mention, Shape
from bilan.core.claims.text.cues import Cues
from bilan.core.frozen import replace
from bilan.core.values import Count, Group

_WINDOW = 120  # tokens of a sentence looked at on each side of a number
_NOUN_ALONE = 3.2  # cost up to which a noun without a number counts ("a child was killed")
_UNKNOWN_NOUN = 2.0  # cost up to which a noun that no vocabulary knows is taken for people
_LARGE, _LARGE_BESIDE = 200, 1.5  # a bare number so large is a code unless harm stands so close
_IDENTIFIED = 14  # tokens from "one of the dead" to who it was
_OF_THE_LIVING = frozenset({Fate.INJURED, Fate.OTHER})  # what befalls no body
_VERBS = frozenset({"subj", "any"})  # directions of words that say what became of those before
_TO_GROUP = 7  # tokens from "three of the dead" to "children"
_SAME = 20  # numbers back to whom "both died" may point


class _Governor(NamedTuple):
    """What happened to the people of a mention, by which word, and how loosely."""

    fate: Fate | None
    word: HarmWord | None
    cost: float


_NOBODY = _Governor(None, None, NOTHING.cost)


def told(
    field: Field, cues: Cues, mentions: Sequence[Mention], sentences: Sequence[tuple[int, int]]
) -> list[Told]:
    """The role of every mention that harm governs, in the order of the text.

    Also numbers of people with another fate (OTHER_COUNT). Nouns without a number stay only where
    a word of harm stands close. Linear in the text: what is looked at around a number is bounded.
    """
    teller = _Teller(field, cues, sentences)
    for mention in mentions:
        if mention.kind is not Kind.THING:
            teller.tell(mention)
    if not any(t.counts and t.fate is Fate.KILLED for t in teller.found):
        for mention in deadly_events(cues):
            teller.tell_event(mention)
    return teller.found


class _Teller:
    def __init__(self, field: Field, cues: Cues, sentences: Sequence[tuple[int, int]]) -> None:
        self._field, self._cues, self._sentences = field, cues, sentences
        self._firsts = [first for first, _ in sentences]
        self._parts = Parts(field, cues)
        self._leaving_out = LeavingOut(field.words, cues)
        self._part_after = cues.firsts("part", "after")
        self._split_from = cues.firsts("part", "before")
        self.found: list[Told] = []
        self._last: Told | None = None  # the number told just before
        self._total: Told | None = None  # the last total
        self._dead: Told | None = None  # the last total of the dead that is a number
        self._waiting: list[Mention] = []  # members of a list that harm has not been said of yet
        self._with_dead: set[int] = set()  # numbers of hurt of whom some died: "one of five hurt"
        self._chains = 0
        self._headings = headed_lists(field, sentences)
        self._in_line = lists_in_line(field, sentences)
        self._line_chains: dict[
            int, int
        ] = {}  # word of harm -> the chain of those behind its colon
        self._list_chains: dict[int, int] = {}  # sentence of a heading -> the chain of its people

    def tell(self, mention: Mention) -> None:
        """Adds the mention with its role, if it has one."""
        seen = self._seen(mention)
        part = self._parts.is_part(seen) or self._splits(seen)
        governor = self._governor(seen, part=part)
        if _within_word(seen) or self._says_who(seen):
            return
        if not self._is_told(mention, governor, part=part):
            self._pass_over(mention)
            return
        self._add(seen, governor, part=part)

    def tell_event(self, mention: Mention) -> None:
        """Adds the dead of "a deadly raid", which nothing else in the text counts."""
        seen = self._seen(mention)
        item = Told(mention, seen.sentence, Label.KILLED, Fate.KILLED, None, self._chains)
        left_out = self._leaving_out.label(item, seen.bounds, after_total=False)
        self._chains += 1
        self.found.append(item if left_out is None else item.relabelled(left_out))

    def _seen(self, mention: Mention) -> Seen:
        number = max(0, bisect_right(self._firsts, mention.first) - 1)
        first, last = self._sentences[number]
        bounds = max(first, mention.first - _WINDOW), min(last, mention.last + _WINDOW)
        before = self._last
        previous = before if before is not None and before.sentence == number else None
        joined = previous is not None and self._field.joined(previous.mention, mention)
        own = governing(self._field, mention, bounds)
        return Seen(mention, number, bounds, own, previous, joined)

    def _splits_total(self, seen: Seen) -> bool:
        """A group without a word of harm beside a total of the sentence: "… 11 dead: two girls"."""
        total = self._total
        if seen.mention.group not in PART_GROUPS:
            return False
        if self._identifies(seen):
            return True
        if seen.own.word is not None:
            return False
        return total is not None and total.sentence == seen.sentence

    def _says_who(self, seen: Seen) -> bool:
        """ "Three of the dead were children": what the part told before consists of."""
        before, mention = seen.previous, seen.mention
        if before is None or not before.part or not self.found or self.found[-1] is not before:
            return False
        if mention.shape is not Shape.PLURAL or mention.group not in PART_GROUPS:
            return False
        told = before.mention
        at_large = told.kind is not Kind.NAME and told.group is Group.ALL
        if not at_large or before.label not in SUBSETS or not self._in_one_breath(told, mention):
            return False
        group = replace(told, group=mention.group, last=max(told.last, mention.last))
        self.found[-1] = self._last = replace(before, mention=group).in_its_role()
        return True

    def _in_one_breath(self, told: Mention, mention: Mention) -> bool:
        """Whether no comma and no other number parts two mentions."""
        between = self._field.between(told.core[1], mention.first)
        parted = between.commas or between.cuts or between.mentions
        return mention.first - told.last <= _TO_GROUP and not parted

    def _splits(self, seen: Seen) -> bool:
        """Whether it divides a total, one told in the heading of its list ("Killed, five:")."""
        heading = self._headings.get(seen.sentence)
        if heading is None or seen.own.cost <= OWN_WORD:
            return self._splits_total(seen) and self._listed(seen) is None
        return heading.counted

    def _identifies(self, seen: Seen) -> bool:
        """ "One of the dead was a 12-year-old boy": the part told before it, by another noun."""
        before = seen.previous
        if before is None or not before.part or seen.own.cost <= OWN_WORD:
            return False
        bare = before.mention.kind is Kind.ELLIPTIC and before.mention.group is Group.ALL
        return bare and seen.mention.first - before.mention.last <= _IDENTIFIED

    def _add(self, seen: Seen, governor: _Governor, *, part: bool) -> None:
        part = part and not self._fell_apart(governor) and not self._is_of_unharmed(seen, governor)
        part = part and seen.mention.first not in self._with_dead
        before = seen.previous
        same = before is not None and before.fate is governor.fate and before.part == part
        if not (seen.joined and same):
            self._chains += 1
        item = Told(
            seen.mention,
            seen.sentence,
            Label.OTHER_COUNT,
            governor.fate,
            governor.word,
            self._chain(seen, governor, part=part),
            part,
            governor.cost,
            WHY.get(Label.OTHER_COUNT),
        )
        item = self._labelled(item, seen.bounds)
        self._take_up(item, seen.bounds)
        self.found.append(item)
        self._last = item
        self._point_back(item)
        if not part and item.counts:
            self._total = item
            if item.fate is Fate.KILLED and item.mention.shape is Shape.NUMBER:
                self._dead = item

    def _chain(self, seen: Seen, governor: _Governor, *, part: bool) -> int:
        """The list that the mention is a member of: all entries under one heading are one list."""
        heading = self._headings.get(seen.sentence)
        listed = self._listed(seen)
        if listed is not None and listed.word is not None and not part:
            return self._line_chains.setdefault(listed.word.first, self._chains)
        if heading is None or part or governor.fate is not heading.fate:
            return self._chains
        return self._list_chains.setdefault(heading.sentence, self._chains)

    def _is_of_unharmed(self, seen: Seen, governor: _Governor) -> bool:
        """ "The force fired at the men, killing several of them": part of no total of the dead."""
        after = seen.mention.core[1] in self._part_after
        return after and self._total is None and governor.word is not None

    def _fell_apart(self, governor: _Governor) -> bool:
        """Whether a part of those hit is all the dead: "four were shot, one of whom died"."""
        total = self._total
        died = governor.fate is Fate.KILLED and governor.word is not None
        if not died or total is None or self._dead is not None:
            return False
        return total.fate in {Fate.SHOT, Fate.INJURED}

    # -- lists that come to their word of harm only at their end ---------------------------------

    def _pass_over(self, mention: Mention) -> None:
        """Keeps a noun too far from harm: it may open a list that comes to it."""
        waiting = self._waiting
        if waiting and not self._field.joined(waiting[-1], mention):
            waiting.clear()
        if mention.kind in {Kind.PEOPLE, Kind.NAME} and not mention.definite_plural:
            waiting.append(mention)

    def _take_up(self, item: Told, bounds: tuple[int, int]) -> None:
        """Tells the members passed over: "my brother, his wife and their sons were all killed"."""
        waiting, self._waiting = self._waiting, []
        if not waiting or not item.counts or item.part:
            return
        if self._field.joined(waiting[-1], item.mention):
            members = (replace(item, mention=mention) for mention in waiting)
            self.found.extend(self._labelled(member, bounds) for member in members)

    def _point_back(self, item: Told) -> None:
        """ "Two brothers (9 and 12) stepped on a mine; both died": the two are the brothers."""
        pointing = item.mention.kind is Kind.ELLIPTIC or item.mention.noun == item.mention.core
        if not pointing or not item.counts or item.fate is None:
            return
        for at in range(len(self.found) - 2, max(-1, len(self.found) - _SAME), -1):
            earlier = self.found[at]
            if earlier.sentence != item.sentence:
                return
            same = earlier.fate is None and earlier.mention.count == item.mention.count
            if same and earlier.mention.group in PART_GROUPS:
                self.found[at] = replace(earlier, fate=item.fate, part=True).in_its_role()
                return

    # -- what happened to them -------------------------------------------------------------------

    def _governor(self, seen: Seen, *, part: bool) -> _Governor:
        elsewhere = self._of_its_total(seen) if part else None
        elsewhere = elsewhere or self._listed(seen)
        others = is_of_others(self._field, seen.mention, seen.own, seen.opened)
        if elsewhere is None and (others or seen.own.cost > OWN_WORD):
            elsewhere = self._inherited(seen, part=part)
        if elsewhere is not None:
            return elsewhere
        own = seen.own
        if own.word is not None and seen.mention.first in self._with_dead:
            return _Governor(Fate.SHOT, own.word, OWN_WORD)
        if own.word is not None and not (seen.mention.body and own.word.fate in _OF_THE_LIVING):
            word = died_of_wounds(self._field, seen.mention, own) or own.word
            return _Governor(word.fate, word, own.cost)
        if seen.mention.body and seen.mention.shape is not Shape.PLURAL:
            return _Governor(Fate.KILLED, None, OWN_WORD)
        return self._restated(seen) or _NOBODY

    def _of_its_total(self, seen: Seen) -> _Governor | None:
        """The fate of those of whom a part is told: "three of the dead", "three of the 11 hurt"."""
        whole = self._parts.total_after(seen)
        named = self._of_the_harmed(seen)
        if named is not None or whole is None:
            return named
        own = governing(self._field, whole, seen.bounds)
        verb = died_of(self._field, own, seen.bounds[1])
        if verb is not None:
            self._with_dead.add(whole.first)
            return _Governor(verb.fate, verb, OWN_WORD)
        return _Governor(own.word.fate if own.word else None, own.word, own.cost)

    def _listed(self, seen: Seen) -> _Governor | None:
        """The fate of who is listed behind a word and a colon: "lifeless: a baker, his wife"."""
        at = seen.mention.first
        if not self._in_line:
            return None
        word = next((w for first, last, w in self._in_line if first <= at < last), None)
        if word is None or seen.own.cost <= OWN_WORD or seen.mention.kind is not Kind.PEOPLE:
            return None
        return _Governor(word.fate, word, OWN_WORD)

    def _of_the_harmed(self, seen: Seen) -> _Governor | None:
        """The fate of "three of the dead", "two of the wounded": of these, "two died" are dead."""
        first = seen.mention.core[1]
        begins = first in self._part_after
        last = self._cues.end_from("part", "after", first) if begins else None
        if last is None:
            return None
        harms = self._field.harm_at
        named = next((harms[i] for i in range(first, last) if i in harms), None)
        verb = harms.get(last)
        if named is None or named.fate.measure is None:
            return None
        died = verb is not None and verb.fate is Fate.KILLED and verb.direction in _VERBS
        word = verb if died and verb is not None else named
        return _Governor(word.fate, word, OWN_WORD)

    def _inherited(self, seen: Seen, *, part: bool) -> _Governor | None:
        """The fate of the list, of the total, or of the heading, that a number belongs to."""
        before = seen.previous
        if seen.joined and before is not None and before.fate is not None:
            return _Governor(before.fate, before.word, before.cost)
        total = self._total
        if part and total is not None and seen.sentence - total.sentence <= BACK:
            return _Governor(total.fate, total.word, OWN_WORD)
        heading = self._headings.get(seen.sentence)
        return None if heading is None else _Governor(heading.fate, heading.word, OWN_WORD)

    def _restated(self, seen: Seen) -> _Governor | None:
        """The fate of the toll that a number without a word of harm tells again, or in part."""
        mention, total = seen.mention, self._total
        if mention.group is Group.ALL and self._dead is not None:
            total = self._dead  # "the toll" is that of the dead
        if total is None or not is_restated(seen, total, self._cues, self._split_from):
            return None
        return _Governor(total.fate, None, _NOUN_ALONE)

    def _is_told(self, mention: Mention, governor: _Governor, *, part: bool) -> bool:
        """Whether a mention says enough to be listed."""
        if governor.fate is None:
            people = mention.kind is Kind.PEOPLE and mention.form is not Form.NONE
            return people and mention.shape is Shape.NUMBER
        if mention.kind is Kind.UNKNOWN:
            toll = governor.word is not None and governor.word.direction == "toll"
            return governor.cost <= (_NOUN_ALONE if toll else _UNKNOWN_NOUN)
        bare = mention.kind is Kind.ELLIPTIC and (mention.count.min or 0) >= _LARGE
        if bare and governor.word is not None and governor.cost > _LARGE_BESIDE:
            return False
        if mention.shape is Shape.NUMBER:
            return True
        known = mention.shape is Shape.PLURAL and (mention.definite or part)
        if known or governor.cost > _NOUN_ALONE or governor.fate is Fate.OTHER:
            return False
        return not self._cues.meets("part", "mostly", mention.first - 2, mention.last)

    # -- role ------------------------------------------------------------------------------------

    def _labelled(self, item: Told, bounds: tuple[int, int]) -> Told:
        fate = item.fate
        if fate is None or fate is Fate.OTHER:
            return item if item.label is Label.OTHER_COUNT else item.relabelled(Label.OTHER_COUNT)
        total = self._total
        later = total is not None and total.sentence < item.sentence
        left_out = self._leaving_out.label(item, bounds, after_total=total is not None, later=later)
        if left_out in (None, Label.HYPOTHETICAL) and self._leaving_out.is_possible(item, bounds):
            some = replace(item.mention, count=Count(0, item.mention.count.max))
            item, left_out = replace(item, mention=some), None
        if left_out is not None:
            if self._leaving_out.is_none(item):
                item = replace(item, mention=replace(item.mention, count=Count.exactly(0)))
            return item.relabelled(left_out)
        if fate is Fate.BOTH:
            return item.relabelled(Label.KILLED_OR_INJURED)
        if item.part and total is not None and not total.counts:
            return item.relabelled(total.label)
        return item.relabelled(label_of(fate, item.mention.group, part=item.part))


def _within_word(seen: Seen) -> bool:
    """Whether the number is part of the word of harm: "both legs broken"."""
    word = seen.own.word
    if seen.mention.kind is Kind.NAME or seen.mention.itself:
        return False
    if seen.mention.shape is not Shape.NUMBER and seen.mention.noun == seen.mention.core:
        # A noun that says the harm itself: "قتلى وجرحى", "des morts"; not "the number of dead", nor
        # a participle of a verb: "foram mortos".
        verb = word is not None and word.direction == "subj" and word.first < seen.mention.first
        return word is not None and (word.direction == "toll" or verb) and seen.own.cost < 0
    if word is None or (word.first, word.last) == seen.mention.core == seen.mention.noun:
        return False  # a dual that says the harm and counts its two: "شهيدان"
    return word.first <= seen.mention.first and seen.mention.last <= word.last
