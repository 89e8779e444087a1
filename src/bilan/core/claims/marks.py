"""The phrases found in a text, laid out so that a rule can ask what stands beside a token."""

from __future__ import annotations

from collections.abc import Sequence

from bilan.core.claims.lexicon import Hit
from bilan.core.claims.tokens import Words

_NOTHING: tuple[Hit, ...] = ()
_CAPITAL = "_capital"
QUOTE_SIGNS = frozenset("\"'«»“”„‘’‹›`")


class Marks:
    """Hits by the token where they begin, end or cover, one table per category made when asked.

    A hit of a category with a "_capital" twin counts as one of the category where the text
    really has capitals: "IS" is a party, "is" is not.
    """

    def __init__(self, words: Words, hits: Sequence[Hit]) -> None:
        self.words = words
        self._by_category: dict[str, list[Hit]] = {}
        for hit in hits:
            category = hit.category
            if category.endswith(_CAPITAL):
                if not _in_capitals(words, hit):
                    continue
                category = category.removesuffix(_CAPITAL)
                hit = Hit(hit.first, hit.last, category, hit.key)
            self._by_category.setdefault(category, []).append(hit)
        self._firsts: dict[str, dict[int, list[Hit]]] = {}
        self._lasts: dict[str, dict[int, list[Hit]]] = {}
        self._covers: dict[str, dict[int, list[Hit]]] = {}

    def all(self, category: str) -> Sequence[Hit]:
        """Every hit of the category, in the order of the text but for twins in capitals."""
        return self._by_category.get(category, _NOTHING)

    def first_at(self, category: str, token: int) -> Sequence[Hit]:
        """The hits of the category that begin at the token."""
        if category not in self._firsts:
            table = self._firsts[category] = {}
            for hit in self.all(category):
                table.setdefault(hit.first, []).append(hit)
        return self._firsts[category].get(token, _NOTHING)

    def last_at(self, category: str, token: int) -> Sequence[Hit]:
        """The hits of the category that end before the token, with nothing between."""
        if category not in self._lasts:
            table = self._lasts[category] = {}
            for hit in self.all(category):
                table.setdefault(hit.last, []).append(hit)
        return self._lasts[category].get(token, _NOTHING)

    def over(self, category: str, token: int) -> Sequence[Hit]:
        """The hits of the category that cover the token."""
        if category not in self._covers:
            table = self._covers[category] = {}
            for hit in self.all(category):
                for covered in range(hit.first, hit.last):
                    table.setdefault(covered, []).append(hit)
        return self._covers[category].get(token, _NOTHING)

    def within(self, category: str, first: int, last: int) -> list[Hit]:
        """The hits of the category that lie in tokens [first, last), in order."""
        found: list[Hit] = []
        for token in range(first, last):
            found.extend(h for h in self.first_at(category, token) if h.last <= last)
        return found

    def has(self, category: str, token: int, *keys: str) -> bool:
        """Whether the token is covered by a hit of the category with one of the keys."""
        return any(h.key in keys for h in self.over(category, token))


def _in_capitals(words: Words, hit: Hit) -> bool:
    text = words.text[words.starts[hit.first] : words.ends[hit.last - 1]]
    return text.upper() == text
