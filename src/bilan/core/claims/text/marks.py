"""The phrases found in a text, laid out so that a rule can ask what stands beside a token."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from operator import attrgetter

from bilan.core.claims.text.lexicon import Hit, by_category
from bilan.core.claims.text.tokens import Words

_NOTHING: tuple[Hit, ...] = ()
# The categories whose names in capitals are a category of their own (see `language`).
_TWINS = {f"{name}_capital": name for name in ("party", "nation", "seat", "informant")}
_first = attrgetter("first")
QUOTE_SIGNS = frozenset("\"'«»“”„‘’‹›`")


class Marks:
    """Hits by the token where they begin, end or cover, one table per category made when asked.

    A hit of a category with a "_capital" twin counts as one of the category where the text
    really has capitals: "IS" is a party, "is" is not.
    """

    def __init__(self, words: Words, hits: Sequence[Hit]) -> None:
        self.words = words
        self._by_category: dict[str, Sequence[Hit]] = dict(by_category(hits))
        self._join_twins()
        self._firsts: dict[str, dict[int, list[Hit]]] = {}
        self._lasts: dict[str, dict[int, list[Hit]]] = {}
        self._covers: dict[str, dict[int, list[Hit]]] = {}
        self._starts: dict[str, list[int]] = {}
        self._by_key: dict[str, dict[str, set[int]]] = {}
        self._tokens: dict[tuple[str, ...], frozenset[int]] = {}

    def _join_twins(self) -> None:
        for twin, category in _TWINS.items():
            found = [
                Hit(hit.first, hit.last, category, hit.key)
                for hit in self._by_category.pop(twin, ())
                if _in_capitals(self.words, hit)
            ]
            if found:
                known = self._by_category.get(category, [])
                self._by_category[category] = sorted([*known, *found], key=_first)

    def all(self, category: str) -> Sequence[Hit]:
        """Every hit of the category, in the order of the text."""
        return self._by_category.get(category, _NOTHING)

    def first_at(self, category: str, token: int) -> Sequence[Hit]:
        """The hits of the category that begin at the token."""
        return self.firsts(category).get(token, _NOTHING)

    def firsts(self, category: str) -> Mapping[int, Sequence[Hit]]:
        """The hits of the category by the token where they begin."""
        table = self._firsts.get(category)
        if table is None:
            table = self._firsts[category] = {}
            for hit in self.all(category):
                table.setdefault(hit.first, []).append(hit)
        return table

    def last_at(self, category: str, token: int) -> Sequence[Hit]:
        """The hits of the category that end before the token, with nothing between."""
        table = self._lasts.get(category)
        if table is None:
            table = self._lasts[category] = {}
            for hit in self.all(category):
                table.setdefault(hit.last, []).append(hit)
        return table.get(token, _NOTHING)

    def over(self, category: str, token: int) -> Sequence[Hit]:
        """The hits of the category that cover the token."""
        return self.covers(category).get(token, _NOTHING)

    def covers(self, category: str) -> Mapping[int, Sequence[Hit]]:
        """The hits of the category by every token that they cover."""
        table = self._covers.get(category)
        if table is None:
            table = self._covers[category] = {}
            for hit in self.all(category):
                first, last, _, _ = hit
                for covered in (first,) if last == first + 1 else range(first, last):
                    known = table.get(covered)
                    if known is None:
                        table[covered] = [hit]
                    else:
                        known.append(hit)
        return table

    def within(self, category: str, first: int, last: int) -> list[Hit]:
        """The hits of the category that lie in tokens [first, last), in order."""
        hits = self._by_category.get(category)
        if not hits:
            return []
        starts = self._starts.get(category)
        if starts is None:
            starts = self._starts[category] = [hit[0] for hit in hits]
        low = bisect_left(starts, first)
        high = bisect_left(starts, last, low)
        return [hit for hit in hits[low:high] if hit[1] <= last] if low < high else []

    def has(self, category: str, token: int, *keys: str) -> bool:
        """Whether the token is covered by a hit of the category with one of the keys."""
        found = self._tokens.get((category, *keys))
        return token in (self.tokens(category, *keys) if found is None else found)

    def tokens(self, category: str, *keys: str) -> frozenset[int]:
        """The tokens covered by a hit of the category with one of the keys (without: any key)."""
        asked = (category, *keys)
        found = self._tokens.get(asked)
        if found is None:
            table = self._by_key.get(category)
            if table is None:
                table = self._by_key[category] = _by_key(self.all(category))
            parts = [table[key] for key in keys if key in table] if keys else table.values()
            found = self._tokens[asked] = frozenset().union(*parts)
        return found


def _by_key(hits: Sequence[Hit]) -> dict[str, set[int]]:
    """The tokens that hits cover, by their key."""
    table: dict[str, set[int]] = {}
    for first, last, _, key in hits:
        known = table.get(key)
        if known is None:
            known = table[key] = set()
        if last == first + 1:
            known.add(first)
        else:
            known.update(range(first, last))
    return table


def _in_capitals(words: Words, hit: Hit) -> bool:
    text = words.text[words.starts[hit.first] : words.ends[hit.last - 1]]
    return text.upper() == text
