"""The phrases found in a text, by category, each table made once when first asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from bilan.core.claims.text.lexicon import Hit, by_category

_NONE: tuple[Hit, ...] = ()


class Found:
    """Hits by category; where two of a category begin or end at one token, the longer one."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self._by_category = by_category(hits)
        self._firsts: dict[str, dict[int, Hit]] = {}
        self._lasts: dict[str, dict[int, Hit]] = {}

    @classmethod
    def of(cls, hits: Sequence[Hit] | Found) -> Found:
        """The hits sorted by category, unless they are already."""
        return hits if isinstance(hits, Found) else cls(hits)

    def hits(self, category: str) -> Sequence[Hit]:
        """The hits of a category in the order of the text."""
        return self._by_category.get(category, _NONE)

    def by_first(self, category: str) -> dict[int, Hit]:
        """Hits of a category by their first token."""
        table = self._firsts.get(category)
        if table is None:
            table = self._firsts[category] = {}
            for hit in self.hits(category):
                known = table.get(hit.first)
                if known is None or hit.last > known.last:
                    table[hit.first] = hit
        return table

    def by_last(self, category: str) -> dict[int, Hit]:
        """Hits of a category by the token after their last."""
        table = self._lasts.get(category)
        if table is None:
            table = self._lasts[category] = {}
            for hit in self.hits(category):
                table.setdefault(hit.last, hit)
        return table

    def near(self, category: str, before: int, reach: int) -> bool:
        """Whether a hit of a category begins within `reach` tokens before the token."""
        hits = self.hits(category)
        at = bisect_left(hits, before, key=lambda h: h.first)
        return at > 0 and hits[at - 1].first >= before - reach
