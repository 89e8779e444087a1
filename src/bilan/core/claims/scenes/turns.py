"""Where one sentence goes from one incident to the next: "three died in X, while in Y a girl …".

A sentence is cut before words that set two things side by side where both sides name harm and a
place of their own. These words are data: `[lexicon.aside]`, `while` ("while", "tandis que", "فيما")
and `in`, behind which the place stands at once ("and in", "y en", "وفي"). Where several lines are
headed by places, each is an entry.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from bilan.core.claims.scenes.scenes import Located, same_ground
from bilan.core.claims.text.lexicon import Hit, by_category
from bilan.core.claims.text.tokens import Words

Range = tuple[int, int]
_AT_ONCE = 4  # tokens between "and in" and its place: "and in the town of Y"
_COMPARED = 6  # places of a side that are compared; keeps reading linear
_HARMLESS = "other"
_SIGNS_BEFORE = 2  # tokens before such a heading: a bullet, a hash


def cut_at_turns(
    sentences: Sequence[Range], hits: Sequence[Hit], places: Sequence[Located]
) -> list[Range]:
    """The sentences of a text, each cut where it goes on to another incident; order kept."""
    turns = by_category(hits).get("aside", ())
    spots = [place for place in places if place.is_point]
    if not turns or len(spots) < 2:
        return list(sentences)
    cutter = _Cutter(turns, spots, hits)
    return [part for sentence in sentences for part in cutter.parts(*sentence)]


def headed_by_places(
    words: Words, sentences: Sequence[Range], places: Sequence[Located]
) -> frozenset[int]:
    """The indices of the sentences that a place heads as an entry of a round-up: "Idlib: …".

    One line headed so has a dateline; two or more are a list.
    """
    found: set[int] = set()
    starts = [first for first, _ in sentences]
    for place in places:
        number = bisect_right(starts, place.first) - 1
        first = starts[number]
        line = first == 0 or words.kinds[first - 1] == "l"
        near = place.first - first <= _SIGNS_BEFORE and number not in found
        if line and near and words.norms[place.last : place.last + 1] == (":",):
            found.add(number)
    return frozenset(found if len(found) > 1 else ())


class _Cutter:
    def __init__(self, turns: Sequence[Hit], spots: Sequence[Located], hits: Sequence[Hit]) -> None:
        self._turns, self._spots = turns, spots
        self._harms = sorted(
            hit.first
            for hit in by_category(hits).get("harm", ())
            if not hit.key.startswith(_HARMLESS)
        )

    def parts(self, first: int, last: int) -> Iterator[Range]:
        """The stretches of one sentence that tell of one incident each."""
        at = bisect_left(self._turns, first + 1, key=lambda hit: hit.first)
        start = first
        while at < len(self._turns) and self._turns[at].first < last:
            turn, at = self._turns[at], at + 1
            end = self._turns[at].first if at < len(self._turns) else last
            if self._parts(turn, start, min(end, last)):
                yield start, turn.first
                start = turn.first
        yield start, last

    def _parts(self, turn: Hit, start: int, end: int) -> bool:
        """Whether what stands from `start` to the turn and from there to `end` are two events."""
        if not self._harmed(start, turn.first) or not self._harmed(turn.first, end):
            return False
        before, after = self._within(start, turn.first), self._within(turn.first, end)[:1]
        if not before or not after:
            return False
        if turn.key == "in" and after[0].first - turn.last > _AT_ONCE:
            return False
        return not any(same_ground(spot.place, after[0].place) for spot in before[-_COMPARED:])

    def _harmed(self, first: int, last: int) -> bool:
        at = bisect_left(self._harms, first)
        return at < len(self._harms) and self._harms[at] < last

    def _within(self, first: int, last: int) -> Sequence[Located]:
        low = bisect_left(self._spots, first, key=lambda p: p.first)
        return self._spots[low : bisect_left(self._spots, last, key=lambda p: p.first)]
