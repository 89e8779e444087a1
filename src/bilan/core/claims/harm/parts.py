"""Which numbers are parts of a total that is told beside them: "12 dead, six of them children"."""

from __future__ import annotations

from bilan.core.claims.harm.governing import Governed
from bilan.core.claims.harm.harm import Field, HarmWord
from bilan.core.claims.harm.told import Told
from bilan.core.claims.people.mention import Kind, Mention, Shape
from bilan.core.claims.text.cues import Cues
from bilan.core.frozen import dataclass
from bilan.core.values import Group

OWN_WORD = 1.2  # cost under which a word of harm is a number's own
PART_GROUPS = frozenset({Group.CHILDREN, Group.WOMEN, Group.MEN})
_APPOSED = 4  # tokens between a total and its parts: "five civilians: two children and …"
_SEVERAL = 2  # people that a bracket names one by one
_TO_BRACKET = 6  # tokens between a total and the bracket that names its people: "of one family ("
_IN_BRACKET = 8  # tokens between the bracket and the first of them: "(the farmer X and his …"
_TOLL_BEFORE = 3  # tokens between "the number of the dead" and its number
_TO_NUMBER = 2  # tokens from "among" to its number: "among the eight killed"
_TO_HARM = 3  # tokens between the whole and the word of harm: "eight people reported killed"
_TO_WHOLE = 7  # tokens from a part to "among": "a woman and her newborn were among eight"
_LISTED = 3  # members of a list that "among them" closes
_TO_NEXT = 4  # tokens from one of them to the next
_TOTAL_AFTER = 5  # tokens between a part and its total: "three of the 11 people"


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention in its sentence: the word of harm that governs it, and what was told before."""

    mention: Mention
    sentence: int
    bounds: tuple[int, int]  # tokens of the sentence that are looked at
    own: Governed
    previous: Told | None  # the number told just before in the same sentence
    joined: bool  # whether the two are members of one list

    @property
    def opened(self) -> HarmWord | None:
        """The word of harm that opened the list in which the mention stands."""
        return self.previous.word if self.joined and self.previous else None


class Parts:
    """Tells parts from totals in one text."""

    def __init__(self, field: Field, cues: Cues) -> None:
        self._field = field
        self._among_at = cues.firsts("part", "among")
        self._members_at = cues.firsts("part", "members")
        self._after_at = cues.firsts("part", "after")
        self._of_at = cues.firsts("link", "of")
        self._behind_among = cues.behind("part", "among", slack=0)
        self._behind_members = cues.behind("part", "members", slack=1)
        self._behind_before = cues.behind("part", "before", slack=2)

    def is_part(self, seen: Seen) -> bool:
        """Whether a mention counts some of the people of a total."""
        if self.whole_among(seen.mention):
            return False
        if self._among(seen):
            return True
        return self._is_marked(seen) or self.total_after(seen) is not None or self._follows(seen)

    def whole_among(self, mention: Mention) -> bool:
        """The eight of "were among the eight killed": the whole, whose parts stand around it."""
        grouped = mention.group in PART_GROUPS
        if mention.shape is not Shape.NUMBER or grouped or (mention.count.min or 0) < _SEVERAL:
            return False
        first = mention.first
        if first and self._field.words.norms[first - 1] in self._field.determiners:
            first -= 1  # "among the eight", not "among them two"
        if mention.kind is Kind.THING or first not in self._behind_among:
            return False
        near = range(mention.first, mention.last + _TO_HARM)
        return any(i in self._field.harm_at for i in near)

    def _among(self, seen: Seen) -> bool:
        """Whether a whole that it is said to be among stands behind it, or opens the sentence."""
        low, bounds = seen.mention.count.min or 0, seen.bounds
        if not self._among_at or (seen.own.word is not None and seen.own.cost <= OWN_WORD):
            return False
        ahead = range(seen.mention.last, min(bounds[1], seen.mention.last + _TO_WHOLE))
        start = next((i for i in ahead if i in self._among_at), None)
        opening = start is None and bounds[0] in self._among_at
        start = bounds[0] if opening else start
        if start is None:
            return False
        numbered = self._field.numbered
        near = range(start + 1, min(bounds[1], start + 1 + _TO_NUMBER + 1))
        whole = next((numbered[i] for i in near if i in numbered), None)
        if whole is None or not self.whole_among(whole) or whole.first == seen.mention.first:
            return False
        return (whole.count.min or 0) > low

    def _is_marked(self, seen: Seen) -> bool:
        """By the words beside it: "including 3", "3 of them", "one of our colleagues"."""
        mention = seen.mention
        first = mention.first
        return (
            (first in self._behind_before and not _is_toll(seen))
            or first in self._behind_members
            or first in self._members_at
            or mention.core[1] in self._after_at
            or (mention.last in self._after_at and mention.group in PART_GROUPS)
            or self._said_among_them(seen)
        )

    def _said_among_them(self, seen: Seen) -> bool:
        """Whether "among them" closes the list that begins with the mention, behind a larger
        total: "nine people, two nurses and a driver among them"."""
        mention, total = seen.mention, seen.previous
        if total is None or total.mention.shape is not Shape.NUMBER:
            return False
        if (mention.count.min or 0) >= (total.mention.count.min or 0):
            return False
        last = mention.last
        for _ in range(_LISTED):
            if last in self._after_at:
                return True
            following = self._field.mentions_in(last, last + _TO_NEXT)
            if not following or not self._field.joined(mention, following[0]):
                return False
            mention, last = following[0], following[0].last
        return False

    def _follows(self, seen: Seen) -> bool:
        """By the number told before it, whose list or total it goes on with."""
        if seen.previous is None:
            return False
        if seen.joined and seen.previous.part and seen.own.cost > OWN_WORD:
            return True
        return self._apposed(seen.previous, seen.mention) or self._bracketed(seen, seen.previous)

    def total_after(self, seen: Seen) -> Mention | None:
        """The 11 of "three of the 11 people"."""
        mention, last = seen.mention, seen.mention.core[1]
        if last not in self._of_at or mention.kind is Kind.PEOPLE:
            return None
        numbered = self._field.numbered
        near = range(last + 1, last + _TOTAL_AFTER)
        total = next((numbered[i] for i in near if i in numbered), None)
        if total is None or total.first >= seen.bounds[1]:
            return None
        return total if (total.count.min or 0) >= (mention.count.min or 0) else None

    def _apposed(self, previous: Told, mention: Mention) -> bool:
        """ "Five civilians, two children and three women", "8 dead (3 children)"."""
        total = previous.mention
        if mention.group not in PART_GROUPS or total.group in PART_GROUPS:
            return False
        numbers = mention.shape is Shape.NUMBER and total.shape is Shape.NUMBER
        if not numbers or (mention.count.min or 0) >= (total.count.min or 0):
            return False
        return mention.first - total.last <= _APPOSED and self._set_beside(total, mention)

    def _bracketed(self, seen: Seen, previous: Told) -> bool:
        """Whether it opens the bracket that names a total's people: "three (a man and …)"."""
        norms, total, mention = self._field.words.norms, previous.mention, seen.mention
        if total.shape is not Shape.NUMBER or (total.count.min or 0) < _SEVERAL:
            return False
        own = seen.own.word
        if own is not None and seen.own.cost <= OWN_WORD and own.fate is not previous.fate:
            return False
        near = range(total.last, min(total.last + _TO_BRACKET, mention.first))
        opened = next((i for i in near if norms[i] == "("), None)
        if opened is None or mention.first - opened > _IN_BRACKET:
            return False
        between, harms = self._field.between(total.last, opened), self._field.harm_at
        others = [
            i
            for i in range(total.last, opened)
            if i in harms and harms[i].fate is not previous.fate
        ]
        if between.commas or between.mentions or others:
            return False
        return ")" not in norms[opened : mention.first]

    def _set_beside(self, total: Mention, mention: Mention) -> bool:
        """Whether a bracket, a colon or a comma, and no joining word, stands between the two."""
        gap = range(total.last, mention.first)
        if any(i in self._field.ands for i in gap):
            return False
        signs = {self._field.words.norms[i] for i in gap}
        if signs & {"(", ":", "-", "–"}:
            return True
        return bool(signs & {",", "،"}) and not self._field.between(gap.start, gap.stop).harms


def _is_toll(seen: Seen) -> bool:
    """Whether a toll stands right before the number: "the number of the dead rose from 2 to 3"."""
    word = seen.own.word
    if word is None or word.direction != "toll":
        return False
    return 0 <= seen.mention.first - word.last < _TOLL_BEFORE
