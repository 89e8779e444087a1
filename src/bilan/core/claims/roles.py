"""The role of every number of people: what it counts, of what total, and why it may not count.

Rules: the project's counting conventions (docs/explanation/how-a-number-gets-its-role.md). The
vocabulary is data: [lexicon.part], [lexicon.scope], [lexicon.negation], [lexicon.modality].
Which incident a number belongs to is decided in `scenes`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bilan.core.claims.account import Label
from bilan.core.claims.cues import Cues
from bilan.core.claims.harm import NOTHING, Fate, Field, Governed, HarmWord, governing
from bilan.core.claims.mention import Kind, Mention, Shape
from bilan.core.claims.numbers import Form
from bilan.core.values import Count, Group

_WINDOW = 120  # tokens of a sentence looked at on each side of a number
_CLOSE = 1.2  # cost under which a word of harm is a number's own
_NOUN_ALONE = 3.2  # cost up to which a noun without a number counts ("a child was killed")
_UNKNOWN_NOUN = 2.0  # cost up to which a noun that no vocabulary knows is taken for people
_BACK = 3  # sentences over which "among them" reaches back
_FIGURE_BACK = 5  # sentences over which "a lower figure" reaches back
_PARTS_GROUPS = frozenset({Group.CHILDREN, Group.WOMEN, Group.MEN})

_TOLL = {
    (Fate.KILLED, Group.CHILDREN): Label.KILLED_CHILDREN,
    (Fate.KILLED, Group.WOMEN): Label.KILLED_WOMEN,
    (Fate.KILLED, Group.MEN): Label.KILLED_MEN,
    (Fate.KILLED, Group.FIGHTERS): Label.FIGHTERS_KILLED,
    (Fate.SHOT, Group.CHILDREN): Label.INJURED_CHILDREN,
    (Fate.SHOT, Group.WOMEN): Label.INJURED_WOMEN,
    (Fate.SHOT, Group.MEN): Label.INJURED_MEN,
    (Fate.SHOT, Group.FIGHTERS): Label.FIGHTERS_INJURED,
    (Fate.INJURED, Group.CHILDREN): Label.INJURED_CHILDREN,
    (Fate.INJURED, Group.WOMEN): Label.INJURED_WOMEN,
    (Fate.INJURED, Group.MEN): Label.INJURED_MEN,
    (Fate.INJURED, Group.FIGHTERS): Label.FIGHTERS_INJURED,
}
_WHOLE = {
    Fate.KILLED: Label.KILLED,
    Fate.INJURED: Label.INJURED,
    Fate.SHOT: Label.INJURED,
    Fate.MISSING: Label.MISSING,
}
_SUBSET = {
    Fate.KILLED: Label.KILLED_SUBSET,
    Fate.INJURED: Label.INJURED_SUBSET,
    Fate.SHOT: Label.INJURED_SUBSET,
    Fate.MISSING: Label.MISSING_SUBSET,
}

# Why a number counts in no toll, in words for people; `{}` is the phrase of the text that says so.
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
    def count(self) -> Count:
        """The people counted; of kin of unknown age, those that belong to the labelled group."""
        group = self.label in {Label.KILLED_WOMEN, Label.INJURED_WOMEN}
        return self.mention.group_count if group else self.mention.count

    @property
    def taken_back(self) -> Told:
        """The same number in the role that it has where nothing leaves it out."""
        if self.fate not in _WHOLE or self.counts:
            return self
        label = _TOLL.get((self.fate, self.mention.group))
        if label is None:
            label = (_SUBSET if self.part else _WHOLE)[self.fate]
        return replace(self, label=label, why=WHY.get(label))

    def left_out(self, label: Label) -> Told:
        """The same number in a role that never counts."""
        return replace(self, label=label, why=WHY[label])


def told(
    field: Field, cues: Cues, mentions: Sequence[Mention], sentences: Sequence[tuple[int, int]]
) -> list[Told]:
    """The role of every mention that harm governs, in the order of the text.

    Also numbers of people with another fate (OTHER_COUNT). Nouns without a number stay only where
    a word of harm stands close. Linear in the text: what is looked at around a number is bounded.
    """
    teller = _Teller(field, cues, sentences)
    for mention in mentions:
        teller.tell(mention)
    return teller.found


class _Teller:
    def __init__(self, field: Field, cues: Cues, sentences: Sequence[tuple[int, int]]) -> None:
        self._field, self._cues, self._sentences = field, cues, sentences
        self._firsts = [first for first, _ in sentences]
        self.found: list[Told] = []
        self._last: Told | None = None  # the mention told just before
        self._total: Told | None = None  # the last total with a measure
        self._dead: Told | None = None  # the last total of the dead, a number
        self._waiting: list[Mention] = []  # members of a list that harm has not been said of yet
        self._chains = 0

    # -- one mention ---------------------------------------------------------------------------

    def tell(self, mention: Mention) -> None:
        if mention.kind is Kind.THING:
            return
        number = max(0, bisect_right(self._firsts, mention.first) - 1)
        bounds = self._bounds(mention, self._sentences[number])
        own = governing(self._field, mention, bounds)
        previous = self._previous(number)
        joined = previous is not None and self._field.joined(previous.mention, mention)
        part = self._is_part(mention, bounds, previous, joined=joined, own=own)
        total = self._total
        beside = total is not None and total.sentence == number
        part = part or (own.word is None and mention.group in _PARTS_GROUPS and beside)
        fate, word, cost = self._fate(
            mention, own, number, part, previous if joined else None, bounds
        )
        if self._within_word(mention, own):
            return
        if not self._worth_telling(mention, fate, cost, part=part):
            self._passed_over(mention)
            return
        if not (
            joined and previous is not None and previous.fate is fate and previous.part == part
        ):
            self._chains += 1
        item = Told(mention, number, Label.OTHER_COUNT, fate, word, self._chains, part, cost)
        item = self._labelled(item, bounds)
        self._take_up(item, bounds)
        self.found.append(item)
        self._last = item
        self._same_people(item)
        if not part and item.fate in _WHOLE and item.counts:
            self._total = item
            if item.fate is Fate.KILLED and item.mention.shape is Shape.NUMBER:
                self._dead = item

    def _bounds(self, mention: Mention, sentence: tuple[int, int]) -> tuple[int, int]:
        return max(sentence[0], mention.first - _WINDOW), min(sentence[1], mention.last + _WINDOW)

    def _previous(self, sentence: int) -> Told | None:
        last = self._last
        return last if last is not None and last.sentence == sentence else None

    @staticmethod
    def _within_word(mention: Mention, own: Governed) -> bool:
        """Whether the number is part of the word of harm: "both legs broken"."""
        word = own.word
        return word is not None and word.first <= mention.first and mention.last <= word.last

    def _passed_over(self, mention: Mention) -> None:
        """Keeps a noun too far from harm: it may open a list that comes to it ("his wife and …")."""
        waiting = self._waiting
        if waiting and not self._field.joined(waiting[-1], mention):
            waiting.clear()
        if mention.kind is Kind.PEOPLE and not mention.definite_plural:
            waiting.append(mention)

    def _take_up(self, item: Told, bounds: tuple[int, int]) -> None:
        """Tells the members of a list that were passed over before its last one was reached."""
        waiting, self._waiting = self._waiting, []
        if not waiting or not item.counts or item.part:
            return
        if not self._field.joined(waiting[-1], item.mention):
            return
        for mention in waiting:
            member = replace(item, mention=mention)
            self.found.append(self._labelled(member, bounds))

    def _same_people(self, item: Told) -> None:
        """ "Two brothers (9 and 12) stepped on a mine; both died": the two are the brothers."""
        if item.mention.kind is not Kind.ELLIPTIC or not item.counts:
            return
        for at in range(len(self.found) - 2, -1, -1):
            earlier = self.found[at]
            if earlier.sentence != item.sentence:
                return
            same = earlier.mention.count == item.mention.count and earlier.fate is None
            if same and earlier.mention.group in _PARTS_GROUPS:
                label = _TOLL[item.fate, earlier.mention.group] if item.fate in _WHOLE else None
                if label is not None:
                    self.found[at] = replace(
                        earlier, label=label, fate=item.fate, part=True, why=None
                    )
                return

    # -- parts of a total ----------------------------------------------------------------------

    def _is_part(
        self,
        mention: Mention,
        bounds: tuple[int, int],
        previous: Told | None,
        *,
        joined: bool,
        own: Governed,
    ) -> bool:
        cues = self._cues
        if cues.ends_at("part", "before", mention.first, slack=2) and self._near_part(
            mention, bounds
        ):
            return True
        if cues.ends_at("part", "members", mention.first, slack=1) or cues.starts_at(
            "part", "members", mention.first
        ):
            return True
        if self._part_follows(mention, bounds):
            return True
        if previous is None:
            return False
        if joined and previous.part and own.cost > _CLOSE:
            return True
        return self._apposed(previous, mention)

    def _near_part(self, mention: Mention, bounds: tuple[int, int]) -> bool:
        """Whether nothing but blanks, quotes and small words part the mark from the number."""
        return mention.first > bounds[0] or self._total is not None

    def _part_follows(self, mention: Mention, bounds: tuple[int, int]) -> bool:
        """ "six of them", "three of the 11 people"."""
        cues = self._cues
        if cues.starts_at("part", "after", mention.core[1]):
            return True
        if mention.group in _PARTS_GROUPS and cues.starts_at("part", "after", mention.last):
            return True
        return self._total_after(mention, bounds) is not None

    def _total_after(self, mention: Mention, bounds: tuple[int, int]) -> Mention | None:
        """The 11 of "three of the 11 people"."""
        last = mention.core[1]
        if mention.kind is Kind.PEOPLE or not self._cues.starts_at("link", "of", last):
            return None
        numbered = self._field.numbered
        total = next((numbered[i] for i in range(last + 1, last + 5) if i in numbered), None)
        if total is None or total.first >= bounds[1]:
            return None
        return total if (total.count.min or 0) >= (mention.count.min or 0) else None

    def _apposed(self, previous: Told, mention: Mention) -> bool:
        """ "Five civilians, two children and three women", "8 dead (3 children)"."""
        if mention.group not in _PARTS_GROUPS or previous.mention.group in _PARTS_GROUPS:
            return False
        gap = range(previous.mention.last, mention.first)
        if len(gap) > 4 or mention.shape is not Shape.NUMBER:
            return False
        harms = self._field.between(gap.start, gap.stop).harms
        bracket = any(self._field.words.norms[i] in {"(", ":", "-", "–"} for i in gap)
        comma = any(self._field.words.norms[i] in {",", "،"} for i in gap)
        if previous.mention.count.min is None or previous.mention.shape is not Shape.NUMBER:
            return False
        small = (mention.count.min or 0) < previous.mention.count.min
        return (
            small
            and not any(i in self._field.ands for i in gap)
            and (bracket or (comma and not harms))
        )

    # -- fate ----------------------------------------------------------------------------------

    def _fate(
        self,
        mention: Mention,
        own: Governed,
        sentence: int,
        part: bool,
        joined: Told | None,
        bounds: tuple[int, int],
    ) -> tuple[Fate | None, HarmWord | None, float]:
        total = self._total_after(mention, bounds) if part else None
        if total is not None:
            whole = governing(self._field, total, bounds)
            return (whole.word.fate if whole.word else None), whole.word, whole.cost
        if joined is not None and own.cost > _CLOSE and joined.fate is not None:
            return joined.fate, joined.word, joined.cost
        if part and own.cost > _CLOSE:
            parent = self._parent(sentence)
            if parent is not None:
                return parent.fate, parent.word, _CLOSE
        if own.word is not None:
            return own.word.fate, own.word, own.cost
        if mention.body and mention.shape is not Shape.PLURAL:
            return Fate.KILLED, None, _CLOSE
        total_told = self._total
        if mention.group is Group.ALL and self._dead is not None:
            total_told = self._dead  # "the toll" is that of the dead
        if total_told is not None and self._restates(mention, sentence, bounds):
            return total_told.fate, None, _NOUN_ALONE
        return None, None, NOTHING.cost

    def _restates(self, mention: Mention, sentence: int, bounds: tuple[int, int]) -> bool:
        """Whether a number without a word of harm tells the toll again, or a part of it."""
        total = self._total
        if total is None or mention.shape is not Shape.NUMBER or mention.form is Form.NONE:
            return False
        if mention.group in _PARTS_GROUPS:
            small = (mention.count.min or 0) <= (total.mention.count.min or 0)
            return total.sentence == sentence and small
        if self._cues.starts_at("part", "before", mention.last, slack=1):
            return sentence - total.sentence <= _BACK
        return self._is_figure(mention, sentence, bounds)

    def _parent(self, sentence: int) -> Told | None:
        total = self._total
        return total if total is not None and sentence - total.sentence <= _BACK else None

    def _is_figure(self, mention: Mention, sentence: int, bounds: tuple[int, int]) -> bool:
        """ "A local network put the toll lower, at ten": no harm is said, a figure is."""
        total = self._total
        if (
            total is None
            or sentence - total.sentence > _FIGURE_BACK
            or mention.shape is not Shape.NUMBER
        ):
            return False
        if mention.kind is Kind.UNKNOWN or mention.group is not Group.ALL:
            return False
        return self._cues.has("scope", "figure", max(bounds[0], mention.first - 25), mention.first)

    def _worth_telling(
        self, mention: Mention, fate: Fate | None, cost: float, *, part: bool
    ) -> bool:
        if fate is None:
            if mention.form is Form.NONE:
                return False
            return mention.kind is Kind.PEOPLE and mention.shape is Shape.NUMBER
        if mention.kind is Kind.UNKNOWN:
            return cost <= _UNKNOWN_NOUN
        if mention.shape is Shape.NUMBER:
            return True
        if mention.shape is Shape.PLURAL and (mention.definite or part):
            return False
        if self._cues.meets("part", "mostly", mention.first - 2, mention.last):
            return False
        return cost <= _NOUN_ALONE and fate is not Fate.OTHER

    # -- label ---------------------------------------------------------------------------------

    def _labelled(self, item: Told, bounds: tuple[int, int]) -> Told:
        if item.fate is None or item.fate is Fate.OTHER:
            return item.left_out(Label.OTHER_COUNT)
        unreal = self._unreal(item, bounds)
        if unreal is not None:
            return item.left_out(unreal)
        scope = self._scope(item, bounds)
        if scope is not None:
            return item.left_out(scope)
        if item.fate is Fate.BOTH:
            return item.left_out(Label.KILLED_OR_INJURED)
        if item.part and self._total is not None and not self._total.counts:
            return item.left_out(self._total.label)
        label = _TOLL.get((item.fate, item.mention.group))
        if label is not None:
            return replace(item, label=label)
        if item.part:
            return item.left_out(_SUBSET[item.fate])
        return replace(item, label=_WHOLE[item.fate])

    def _unreal(self, item: Told, bounds: tuple[int, int]) -> Label | None:
        """Negated or hypothetical, by words shortly before the word of harm."""
        mention, word, cues = item.mention, item.word, self._cues
        if mention.form is Form.NONE:
            return Label.NEGATED
        first, last = mention.first, mention.last
        if word is not None:
            first, last = min(first, word.first), max(last, word.last)
        if mention.shape is not Shape.NUMBER and cues.ends_at(
            "negation", "none", mention.first, slack=1
        ):
            return Label.NEGATED
        head = word.first if word is not None else mention.first
        if cues.has("negation", "not", max(bounds[0], head - 3), head + 1):
            return Label.NEGATED
        if cues.has("negation", "denies", max(bounds[0], first - 7), first):
            return Label.NEGATED
        start = self._clause_start(first, bounds[0])
        if cues.has("modality", "might", max(start, first - 9), last):
            return Label.HYPOTHETICAL
        if cues.has("modality", "attempt", max(start, head - 4), head + 1):
            return Label.HYPOTHETICAL
        if cues.has("modality", "might_after", last, min(bounds[1], last + 7)):
            return Label.HYPOTHETICAL
        return None

    def _clause_start(self, token: int, first: int) -> int:
        """The token after the last strong sign before a token, at most 30 tokens back."""
        norms = self._field.words.norms
        for i in range(token - 1, max(first, token - 30) - 1, -1):
            if norms[i] in {";", ":", "؛", ".", "—", "–"}:
                return i + 1
        return max(first, token - 30)

    def _scope(self, item: Told, bounds: tuple[int, int]) -> Label | None:
        """Superseded, cumulative or of another incident, by the words of the sentence."""
        cues, mention = self._cues, item.mention
        start = self._clause_start(mention.first, bounds[0])
        if cues.has("scope", "superseded", max(start, mention.first - 10), mention.first):
            return Label.SUPERSEDED
        if cues.has("scope", "superseded_after", mention.last, min(bounds[1], mention.last + 4)):
            return Label.SUPERSEDED
        if self._is_cumulative(item, bounds):
            return Label.CUMULATIVE
        if cues.has("scope", "background", *bounds):
            return Label.BACKGROUND
        return None

    def _is_cumulative(self, item: Told, bounds: tuple[int, int]) -> bool:
        if self._cues.has("scope", "cumulative", *bounds):
            return True
        low = item.mention.count.min or 0
        if low < 50:
            return False
        return self._cues.has("scope", "cumulative_weak", *bounds) and self._total is not None
