"""Phrases read backwards from a name: the noun that it bears and the words that move its point."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from bilan.core.places.flat import flat

_PIECE = re.compile(r"[^\W\d_]+\*?|\d+(?:[.,]\d+)*|\{\w+\}")
_TOKEN = re.compile(r"([^\W\d_]+|\d+(?:[.,]\d+)*)")
# Signs that divide wherever they stand; a full stop does unless it ends an abbreviation.
_DIVIDING = frozenset("!?؟؛;:,،\n()[]|•…–—")
REACH = 14  # words before a name in which a phrase about it may begin
_NEAR = 3  # characters between a word and the name after it: blanks, a quotation mark, a hash
_SHORT = 3  # letters of an abbreviation after which a full stop divides nothing: Gen. Dr. St.
_KEPT_GAPS = 1 << 12  # gaps between words remembered; under 1 MB
_KEPT_WORDS = 50_000  # words whose keys are remembered; about 10 MB when full
NUMBER, UNIT, DIRECTION = "{n}", "{unit}", "{dir}"


class Near(NamedTuple):
    """The words and numbers before a name, in their order, and where each begins in the text."""

    words: Sequence[str]
    starts: Sequence[int]

    def part(self, first: int, last: int) -> list[tuple[str, int]]:
        """Some of the words, each with where it begins."""
        return list(zip(self.words[first:last], self.starts[first:last], strict=True))


_NONE = Near((), ())


class Left:
    """The words of a text as they stand before any of its names, cut where a name asks for them."""

    def __init__(self, plain: str) -> None:
        self._plain = plain
        parts = _TOKEN.split(plain)  # gap, word, gap, word, …, gap
        edges = list(accumulate(map(len, parts), initial=0))
        self._words, self._starts = parts[1::2], edges[1:-1:2]
        gaps, begins = parts[::2], edges[::2]
        # The words before which a sign divides: word `n` has gap `n` before it.
        self._heads = [
            n
            for n, gap in enumerate(gaps)
            if gap != " " and _may_divide(gap) and self._divides(begins[n], gap)
        ]

    def before(self, end: int) -> Near:
        """The words before `end` back to the last sign that divides, in their order."""
        starts = self._starts
        after = bisect_left(starts, end)
        if not after:
            return _NONE
        behind = starts[after - 1] + len(self._words[after - 1])
        if end - behind > _NEAR:
            return _NONE
        if behind < end and self._divides(behind, self._plain[behind:end]):
            return _NONE
        head = bisect_left(self._heads, after)
        first = max(0, after - REACH, self._heads[head - 1] if head else 0)
        return Near(self._words[first:after], starts[first:after])

    def _divides(self, start: int, gap: str) -> bool:
        """Whether a sign between two words, from `start` in the text, divides them."""
        if not _DIVIDING.isdisjoint(gap):
            return True
        return "." in gap and any(
            sign == "." and not _after_short(self._plain, at) for at, sign in enumerate(gap, start)
        )


@lru_cache(maxsize=_KEPT_GAPS)
def _may_divide(gap: str) -> bool:
    """Whether any of the signs of a gap may divide: most gaps are one of few."""
    return "." in gap or not _DIVIDING.isdisjoint(gap)


def _after_short(plain: str, stop: int) -> bool:
    """Whether the last word before a full stop is as short as an abbreviation."""
    last = stop
    while last and not plain[last - 1].isalnum() and stop - last < _NEAR:
        last -= 1
    first = last
    while first and last - first <= _SHORT and plain[first - 1].isalnum():
        first -= 1
    return 0 < last - first <= _SHORT and not _numbers_an_entry(plain, first, last)


def _numbers_an_entry(plain: str, first: int, last: int) -> bool:
    """Whether a number opens a line: "2. Hawija: …" is an entry of a list."""
    line = plain[max(0, first - _NEAR) : first]
    opens = first == 0 or (not line.strip() and ("\n" in line or first <= _NEAR))
    return opens and plain[first:last].isdecimal()


def pieces(phrase: str) -> list[str]:
    """A phrase of a language file as the words of a plain text would be cut."""
    return _PIECE.findall(flat(phrase))


class Ending(NamedTuple):
    """What a phrase stands for: its kind, and the point of the compass that it names."""

    kind: str
    point: str | None


class Node:
    """A point within phrases; `next` by key, `ending` where a phrase begins (read backwards)."""

    __slots__ = ("ending", "next")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.ending: Ending | None = None


class Words:
    """The keys under which a word stands in phrases: itself, a stem, a number, a unit."""

    def __init__(
        self,
        *,
        numbers: Iterable[str],
        units: Iterable[str],
        particles: Sequence[str],
        article: str,
    ) -> None:
        self._numbers = frozenset(numbers)
        self._units = [unit.rstrip("*") for unit in units if unit.endswith("*")]
        self._plain_units = frozenset(units)
        self._particles, self._article = particles, article
        self._stems: set[str] = set()
        self._lengths: tuple[int, ...] = ()
        self._known: dict[str, tuple[str, ...]] = {}

    def learn(self, keys: Iterable[str]) -> None:
        """Stems (`word*`) among the keys of a phrase book."""
        self._stems |= {key for key in keys if key.endswith("*")}
        self._lengths = tuple(sorted({len(stem) - 1 for stem in self._stems}))
        self._known.clear()

    def keys(self, word: str) -> tuple[str, ...]:
        """Every key that a plain word may match."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _KEPT_WORDS:
                self._known.clear()
            known = self._known[word] = tuple(self._find(word))
        return known

    def _find(self, word: str) -> Iterator[str]:
        if word[0].isdigit() or word in self._numbers:
            yield NUMBER
        if word in self._plain_units or any(word.startswith(unit) for unit in self._units):
            yield UNIT
        for form in self._forms(word):
            yield form
            for length in self._lengths:
                stem = form[:length] + "*"
                if length <= len(form) and stem in self._stems:
                    yield stem

    def _forms(self, word: str) -> list[str]:
        """The word, and the word without written-on particles and article."""
        forms = [word]
        if not self._article:
            return forms
        forms.extend(
            word[len(p) :] for p in self._particles if word.startswith(p) and len(word) > len(p) + 1
        )
        return list(dict.fromkeys(forms + [_bare(form, self._article) for form in forms]))


def _bare(word: str, article: str) -> str:
    return word[len(article) :] if word.startswith(article) and len(word) > 4 else word


class PhraseBook:
    """Phrases by kind, matched backwards from where they end; `{dir}` stands for any direction."""

    def __init__(
        self,
        phrases: Iterable[tuple[str, str]],
        words: Words,
        directions: Mapping[str, str] | None = None,
    ) -> None:
        """`phrases` are (kind, phrase); `directions` the point of each direction phrase."""
        self._root = Node()
        self._words = words
        self._compass = [(pieces(phrase), point) for phrase, point in (directions or {}).items()]
        self._keys: set[str] = set()
        self._endings: dict[str, bool] = {}  # words of which it is known whether phrases end so
        for kind, phrase in phrases:
            self._add(pieces(phrase), kind)
        words.learn(self._keys)

    def _add(self, units: list[str], kind: str) -> None:
        if DIRECTION in units:
            at = units.index(DIRECTION)
            for direction, point in self._compass:
                self._grow([*units[:at], *direction, *units[at + 1 :]], Ending(kind, point))
        else:
            self._grow(units, Ending(kind, None))

    def _grow(self, units: list[str], ending: Ending) -> None:
        node = self._root
        for unit in reversed(units):
            self._keys.add(unit)
            node = node.next.setdefault(unit, Node())
        if node is not self._root and node.ending is None:
            node.ending = ending

    def may_end_in(self, word: str) -> bool:
        """Whether a phrase may end in this word."""
        known = self._endings.get(word)
        if known is None:
            if len(self._endings) > _KEPT_WORDS:
                self._endings.clear()
            heads = self._root.next
            known = any(key in heads for key in self._words.keys(word))
            self._endings[word] = known
        return known

    def match(self, words: Sequence[str], last: int) -> tuple[int, Ending] | None:
        """The longest phrase that ends right before word `last`: its first word and meaning."""
        if not last or not self.may_end_in(words[last - 1]):
            return None  # as before most names
        frontier, at, best = [self._root], last, None
        number: list[Node] = []
        while frontier and at > 0:
            at -= 1
            keys = self._words.keys(words[at])
            before, stay = frontier, number
            frontier = [node.next[key] for node in before for key in keys if key in node.next]
            if NUMBER in keys:
                number = [node.next[NUMBER] for node in before if NUMBER in node.next]
                frontier += [node for node in stay if node not in frontier]
                number += [node for node in stay if node not in number]
            else:
                number = []
            ending = next((node.ending for node in frontier if node.ending), None)
            if ending is not None:
                best = at, ending
        return best
