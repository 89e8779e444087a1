"""Where the words that mark a number's role stand, by category and key: asked in O(log n)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from bilan.core.claims.text.lexicon import Hit, by_category

_LONGEST = 12  # tokens; no phrase of a vocabulary is longer


class _Spans(NamedTuple):
    """The phrases of one key in order, and where each begins."""

    all: Sequence[tuple[int, int]]
    firsts: Sequence[int]

    @classmethod
    def of(cls, spans: list[tuple[int, int]]) -> _Spans:
        """Those of a list in any order."""
        spans.sort()
        return cls(spans, [first for first, _ in spans])


_NONE = _Spans((), ())


class Cues:
    """The hits of one text, asked by category and key for ranges of tokens."""

    def __init__(
        self, hits: Sequence[Hit], *, barred: Mapping[str, Container[int]] | None = None
    ) -> None:
        """`barred`: tokens, those of dates, within which phrases of a category are none."""
        self._hits, self._barred = by_category(hits), barred or {}
        self._known: dict[str, dict[str, _Spans]] = {}

    def _laid_out(self, category: str) -> dict[str, _Spans]:
        """The phrases of a category by key, when it is first asked for."""
        table: dict[str, list[tuple[int, int]]] = {}
        barred = self._barred.get(category, ())
        for first, last, _, named in self._hits.get(category, ()):
            if not barred or first not in barred or last - 1 not in barred:
                table.setdefault(named, []).append((first, last))
        found = self._known[category] = {key: _Spans.of(spans) for key, spans in table.items()}
        return found

    def _spans(self, category: str, key: str) -> _Spans:
        """The phrases of a key."""
        table = self._known.get(category)
        if table is None:
            table = self._laid_out(category)
        return table.get(key, _NONE)

    def all(self, category: str, key: str) -> Sequence[tuple[int, int]]:
        """Every phrase of the text."""
        return self._spans(category, key).all

    def within(self, category: str, key: str, first: int, last: int) -> list[tuple[int, int]]:
        """The phrases that lie wholly in tokens [first, last)."""
        spans = self._spans(category, key)
        low, high = bisect_left(spans.firsts, first), bisect_left(spans.firsts, last)
        return [span for span in spans.all[low:high] if span[1] <= last]

    def has(self, category: str, key: str, first: int, last: int) -> bool:
        """Whether a phrase lies wholly in tokens [first, last)."""
        table = self._known.get(category)  # asked most of all: no call for a key that is not there
        spans = (self._laid_out(category) if table is None else table).get(key)
        if spans is None:
            return False
        firsts = spans.firsts
        for at in range(bisect_left(firsts, first), len(firsts)):
            if firsts[at] >= last:
                return False
            if spans.all[at][1] <= last:
                return True
        return False

    def meets(self, category: str, key: str, first: int, last: int) -> bool:
        """Whether a phrase shares a token with [first, last)."""
        spans = self._spans(category, key)
        low = bisect_left(spans.firsts, max(0, first - _LONGEST))
        high = bisect_left(spans.firsts, max(0, last))
        return any(end > first for _, end in spans.all[low:high])

    def ends_at(self, category: str, key: str, token: int, *, slack: int = 0) -> bool:
        """Whether a phrase ends at most `slack` tokens before the token."""
        table = self._known.get(category)
        spans = (self._laid_out(category) if table is None else table).get(key)
        if spans is None:
            return False
        firsts = spans.firsts
        low = bisect_left(firsts, max(0, token - slack - _LONGEST))
        high = bisect_left(firsts, token, low)
        return any(token - slack <= last <= token for _, last in spans.all[low:high])

    def starts_at(self, category: str, key: str, token: int, *, slack: int = 0) -> bool:
        """Whether a phrase begins at the token or at most `slack` tokens after it."""
        table = self._known.get(category)
        spans = (self._laid_out(category) if table is None else table).get(key)
        if spans is None:
            return False
        at = bisect_left(spans.firsts, token)
        return at < len(spans.firsts) and spans.firsts[at] <= token + slack

    def end_from(self, category: str, key: str, token: int) -> int | None:
        """Where the longest phrase that begins at the token ends; None where none begins."""
        spans = self._spans(category, key)
        at = bisect_left(spans.firsts, token)
        ends = [last for first, last in spans.all[at : at + _LONGEST] if first == token]
        return max(ends, default=None)

    def firsts(self, category: str, key: str) -> frozenset[int]:
        """The tokens at which a phrase begins, for who asks of every mention of a text."""
        return frozenset(self._spans(category, key).firsts)

    def behind(self, category: str, key: str, *, slack: int = 0) -> frozenset[int]:
        """The tokens before which a phrase ends, at most `slack` others between."""
        ends = (last for _, last in self._spans(category, key).all)
        return frozenset(last + step for last in ends for step in range(slack + 1))
