"""The sentence of a token, as far as a rule may look: bounded, so that reading stays linear."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

# Tokens. A sentence longer than this (a list without stops, a text without punctuation) is looked
# at in pieces, each by itself: what stands farther off says nothing of a word.
LONGEST = 160


class Stretches:
    """The sentences of a text, cut into pieces of at most `LONGEST` tokens."""

    def __init__(self, sentences: Sequence[tuple[int, int]]) -> None:
        self.sentences = sentences
        self.pieces: list[tuple[int, int, int]] = []
        for number, (first, last) in enumerate(sentences):
            for start in range(first, last, LONGEST):
                self.pieces.append((start, min(last, start + LONGEST), number))
        self._firsts = [first for first, _, _ in self.pieces]

    def index(self, token: int) -> int:
        """The index of the piece of a token; a token between two sentences is of the one before."""
        behind = bisect_right(self._firsts, token)
        return behind - 1 if behind else 0

    def of(self, token: int) -> tuple[int, int, int]:
        """The piece of a token: its first token, the token after its last, its sentence's index."""
        if not self.pieces:
            return token, token + 1, 0
        return self.pieces[self.index(token)]
