"""Where the words that mark a number's role stand, by category and key: asked in O(log n)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence

from bilan.core.claims.text.lexicon import Hit, by_category

_LONGEST = 12  # tokens; no phrase of a vocabulary is longer


class Cues:
    """The hits of one text, asked by category and key for ranges of tokens."""

    def __init__(
        self, hits: Sequence[Hit], *, barred: Mapping[str, Container[int]] | None = None
    ) -> None:
        """`barred`: tokens, those of dates, within which phrases of a category are none."""
        self._hits, self._barred = by_category(hits), barred or {}
        self._known: dict[str, dict[str, list[tuple[int, int]]]] = {}

    def _spans(self, category: str, key: str) -> Sequence[tuple[int, int]]:
        """The phrases of a key in order; those of a category are laid out when first asked for."""
        table = self._known.get(category)
        if table is None:
            table = self._known[category] = {}
            barred = self._barred.get(category, ())
            for first, last, _, named in self._hits.get(category, ()):
                if first not in barred or last - 1 not in barred:
                    table.setdefault(named, []).append((first, last))
            for spans in table.values():
                spans.sort()
        return table.get(key, ())

    def all(self, category: str, key: str) -> Sequence[tuple[int, int]]:
        """Every phrase of the text."""
        return self._spans(category, key)

    def within(self, category: str, key: str, first: int, last: int) -> list[tuple[int, int]]:
        """The phrases that lie wholly in tokens [first, last)."""
        spans = self._spans(category, key)
        if not spans or first >= last:
            return []
        low, high = bisect_left(spans, (first, 0)), bisect_left(spans, (last, 0))
        return [span for span in spans[low:high] if span[1] <= last]

    def has(self, category: str, key: str, first: int, last: int) -> bool:
        """Whether a phrase lies wholly in tokens [first, last)."""
        return bool(self.within(category, key, first, last))

    def meets(self, category: str, key: str, first: int, last: int) -> bool:
        """Whether a phrase shares a token with [first, last)."""
        spans = self._spans(category, key)
        if not spans:
            return False
        low = bisect_left(spans, (max(0, first - _LONGEST), 0))
        high = bisect_left(spans, (max(0, last), 0))
        return any(end > first for _, end in spans[low:high])

    def ends_at(self, category: str, key: str, token: int, *, slack: int = 0) -> bool:
        """Whether a phrase ends at most `slack` tokens before the token."""
        first = max(0, token - slack - _LONGEST)
        spans = self.within(category, key, first, token)
        return any(token - slack <= last <= token for _, last in spans)

    def starts_at(self, category: str, key: str, token: int, *, slack: int = 0) -> bool:
        """Whether a phrase begins at the token or at most `slack` tokens after it."""
        spans = self._spans(category, key)
        if not spans:
            return False
        at = bisect_left(spans, (token, 0))
        return at < len(spans) and spans[at][0] <= token + slack

    def end_from(self, category: str, key: str, token: int) -> int | None:
        """Where the longest phrase that begins at the token ends; None where none begins."""
        spans = self._spans(category, key)
        at = bisect_left(spans, (token, 0))
        ends = [last for first, last in spans[at : at + _LONGEST] if first == token]
        return max(ends, default=None)
