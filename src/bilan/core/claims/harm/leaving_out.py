"""What leaves a number out of every toll, by the words around it.

Not happened (negated, hypothetical), replaced by a later figure, a total over a period, another
incident. The words are data: [lexicon.negation], [lexicon.modality], [lexicon.scope].
"""

from __future__ import annotations

from bisect import bisect_left

from bilan.core.claims.account import Label
from bilan.core.claims.harm.harm import Fate
from bilan.core.claims.harm.told import Told
from bilan.core.claims.numbers.numbers import Form
from bilan.core.claims.people.mention import Shape
from bilan.core.claims.text.cues import Cues
from bilan.core.claims.text.tokens import Words

# Tokens before (or after) a word of harm in which the words stand that undo it. Each is the longest
# distance met in the development sets at which the words still spoke of that harm.
_NOT = 3  # "did not kill", "were not reported killed"
_TO_NONE = 5  # "погибших и раненых в результате налёта нет"
_DENIES = 7  # "denied that its aircraft had killed"
_MIGHT = 9  # "could in a real attack leave"
_ATTEMPT = 4  # "tried to kill"
_BEFORE, _AFTER = 10, 4  # "up from an earlier count of", "announced the day before"
_FARTHEST = 45  # tokens; a "sentence" of an unpunctuated post runs on to other things
_CLAUSE = 30  # tokens back to the strong sign where a clause begins
_MANY = 50  # people; "in all" of fewer is a sum within one incident
_UNTOLD, _TOLD = 2, 6  # "no information about any deaths"; "информации о погибших на этот час нет"
_LONGEST = 14  # tokens of a phrase that ends beside a number, with what may stand between
# The keys by category of all words that the rules below ask for.
_UNDOING = (
    ("negation", ("none", "none_after", "denies", "not", "untold", "untold_after", "of_whom")),
    ("modality", ("might", "attempt", "might_after")),
    ("scope", ("superseded", "superseded_after", "instead", "instead_after", "cumulative",
               "cumulative_weak", "background", "background_when")),
)  # fmt: skip
_SIGNS = frozenset(",;:.!?—–\n")
_STRONG = frozenset({";", ":", "؛", ".", "—", "–"})

Bounds = tuple[int, int]


class LeavingOut:
    """Asks the words around the numbers of one text."""

    def __init__(self, words: Words, cues: Cues) -> None:
        self._norms, self._cues = words.norms, cues
        said = (cues.firsts(category, key) for category, keys in _UNDOING for key in keys)
        self._undoing = sorted(frozenset().union(*said))
        self._none_after = cues.firsts("negation", "none_after")

    def label(
        self, item: Told, bounds: Bounds, *, after_total: bool, later: bool = False
    ) -> Label | None:
        """The role of a number that never counts, or None where nothing around leaves it out.

        `bounds` are the tokens of its sentence; `after_total`: a toll was told before it,
        `later`: in an earlier sentence.
        """
        bounds = max(bounds[0], _first(item) - _FARTHEST), min(bounds[1], _last(item) + _FARTHEST)
        if not self._may_be_undone(item, bounds):
            return Label.NEGATED if item.mention.form is Form.NONE else None
        gone = self._not_there(item, bounds)
        if gone is not None:
            return gone
        if self._is_hypothetical(item, bounds):
            return Label.HYPOTHETICAL
        if self._is_superseded(item, bounds):
            return Label.SUPERSEDED
        if self._is_cumulative(item, bounds, after_total=after_total):
            return Label.CUMULATIVE
        return Label.BACKGROUND if self._is_of_another(bounds, later=later) else None

    def _not_there(self, item: Told, bounds: Bounds) -> Label | None:
        """The role of what is unknown or did not happen: "no information" counts nothing, "no
        casualties" none."""
        if self._is_untold(item):
            return Label.OTHER_COUNT if item.mention.form is Form.NONE else Label.NEGATED
        return Label.NEGATED if self._is_negated(item, bounds) else None

    def _may_be_undone(self, item: Told, bounds: Bounds) -> bool:
        """Whether any word that undoes stands so near that one of the rules could find it."""
        first = min(bounds[0], item.mention.first - _LONGEST)
        last = max(bounds[1], item.mention.last + _TO_NONE)
        at = bisect_left(self._undoing, first)
        return at < len(self._undoing) and self._undoing[at] < last

    def _is_of_another(self, bounds: Bounds, *, later: bool) -> bool:
        """Whether the words tell of an incident before this one.

        "Two days ago" does so behind another toll; in the first it only says when.
        """
        if self._cues.has("scope", "background", *bounds):
            return True
        return later and self._cues.has("scope", "background_when", *bounds)

    def _is_negated(self, item: Told, bounds: Bounds) -> bool:
        mention, cues = item.mention, self._cues
        if mention.form is Form.NONE:
            return True
        bare = mention.shape is not Shape.NUMBER
        if bare and cues.ends_at("negation", "none", mention.first, slack=1):
            return True
        if self.is_none(item):
            return True
        head, first = _head(item), _first(item)
        end = head if _is_phrase(item) else head + 1
        denied = cues.within("negation", "denies", max(bounds[0], first - _DENIES), first)
        return cues.has("negation", "not", max(bounds[0], head - _NOT), end) or any(
            cues.end_from("negation", "denies_part", at) is None for at, _ in denied
        )

    def is_none(self, item: Told) -> bool:
        """Whether a word behind a bare plural says that there are none: "погибших нет"."""
        mention = item.mention
        if mention.shape is Shape.NUMBER or mention.form is Form.NONE or self._is_untold(item):
            return False
        return not self._none_after.isdisjoint(self._behind(mention.last, _TO_NONE))

    def _is_untold(self, item: Told) -> bool:
        """Whether nothing is known of them, which is not that there are none: "no information on
        casualties", "о погибших не сообщается", "данных о раненых нет"."""
        cues, first, last = self._cues, _first(item), _last(item)
        if item.mention.form is Form.NONE and item.word is not None:
            first, last = item.word.first, item.word.last
        near = range(max(0, first - _UNTOLD), first + 1)
        if any(cues.ends_at("negation", "untold", at) for at in near):
            return True
        behind = self._behind(last, _TOLD)
        if cues.has("negation", "untold_after", behind.start, behind.stop):
            return True
        of = any(cues.ends_at("negation", "of_whom", at) for at in near)
        return of and not self._none_after.isdisjoint(behind)

    def _behind(self, token: int, most: int) -> range:
        """The tokens from this one up to a sign, so many at most."""
        tokens = range(token, min(token + most, len(self._norms)))
        return range(token, next((i for i in tokens if self._norms[i] in _SIGNS), tokens.stop))

    def is_possible(self, item: Told, bounds: Bounds) -> bool:
        """Whether people are only thought to be missing: "there may be two more under it"."""
        if item.fate is not Fate.MISSING:
            return False
        first = _first(item)
        start = max(self._clause_start(first, bounds[0]), first - _MIGHT)
        return self._cues.has("modality", "possible", start, _last(item))

    def _is_hypothetical(self, item: Told, bounds: Bounds) -> bool:
        cues, head, first, last = self._cues, _head(item), _first(item), _last(item)
        start = self._clause_start(first, bounds[0])
        if cues.ends_at("modality", "relative", head):
            start = head  # "could not talk to a girl who was hurt"
        return (
            cues.has("modality", "might", max(start, first - _MIGHT), last)
            or cues.has("modality", "attempt", max(start, head - _ATTEMPT), head + 1)
            or cues.has("modality", "might_after", last, min(bounds[1], last + _MIGHT))
        )

    def _is_superseded(self, item: Told, bounds: Bounds) -> bool:
        cues, mention = self._cues, item.mention
        start = max(self._clause_start(mention.first, bounds[0]), mention.first - _BEFORE)
        end = min(bounds[1], mention.last + _AFTER)
        return (
            cues.has("scope", "superseded", start, mention.first)
            or cues.has("scope", "superseded_after", mention.last, end)
            or self._is_replaced(item)
        )

    def _is_replaced(self, item: Told) -> bool:
        """ "Nine, not six": the six; "8 değil, 6": the eight."""
        cues, mention = self._cues, item.mention
        if mention.shape is not Shape.NUMBER:
            return False
        before = cues.ends_at("scope", "instead", mention.first)
        return before or cues.starts_at("scope", "instead_after", mention.last)

    def _is_cumulative(self, item: Told, bounds: Bounds, *, after_total: bool) -> bool:
        if self._cues.has("scope", "cumulative", *bounds):
            return True
        summed = after_total and item.low >= _MANY
        return summed and self._cues.has("scope", "cumulative_weak", *bounds)

    def _clause_start(self, token: int, first: int) -> int:
        """The token after the last strong sign before a token."""
        lowest = max(first, token - _CLAUSE)
        for i in range(token - 1, lowest - 1, -1):
            if self._norms[i] in _STRONG:
                return i + 1
        return lowest


def _head(item: Told) -> int:
    return item.word.first if item.word is not None else item.mention.first


def _is_phrase(item: Told) -> bool:
    """Whether the word of harm is several, so that a "not" in it makes the harm: "not found"."""
    return item.word is not None and item.word.last - item.word.first > 1


def _first(item: Told) -> int:
    return min(_head(item), item.mention.first)


def _last(item: Told) -> int:
    return max(item.word.last if item.word is not None else 0, item.mention.last)
