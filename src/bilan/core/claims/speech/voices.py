"""Which party speaks at each token of a text: by the sources, or by the publisher."""

from __future__ import annotations

from collections.abc import Sequence

from bilan.core.claims.speech.sources import Attribution, Verb
from bilan.core.claims.text.marks import Marks
from bilan.core.claims.text.stretches import Stretches
from bilan.core.frozen import dataclass

_HEAD = 4  # tokens within which a sentence names who acts in it


@dataclass(frozen=True, slots=True)
class Voice:
    """A party's id, whether it speaks in its own words, and whether that is only likely.

    `weak`: carried over from the sentence before, which the party said.
    """

    party: str
    own_words: bool
    weak: bool = False


class Voices:
    """Who speaks at each token; `publisher` is the party whose own document the text is."""

    def __init__(
        self,
        marks: Marks,
        stretches: Stretches,
        quotations: Sequence[tuple[int, int]],
        sources: Sequence[Attribution],
        publisher: str | None,
    ) -> None:
        self._marks = marks
        self._stretches = stretches
        self._publisher = publisher
        whole = Voice(publisher, own_words=True) if publisher else None
        self._at: list[Voice | None] = [whole] * len(marks.words)
        self._quoted = bytearray(len(marks.words))
        for first, last in quotations:
            self._quoted[first:last] = b"\x01" * (last - first)
        self._paint(sources)
        self._carry_over(sources)

    def at(self, token: int) -> Voice | None:
        """The voice at a token; None where no party speaks."""
        voice = self._at[token]
        if voice is not None and not voice.own_words and self._quoted[token]:
            return Voice(voice.party, own_words=True, weak=voice.weak)
        return voice

    def _paint(self, sources: Sequence[Attribution]) -> None:
        for source in sources:
            if source.verb in (Verb.QUOTES, Verb.ASKS):
                continue
            first, last = source.governs
            own = source.voice == self._publisher
            voice = Voice(source.voice, own) if source.voice is not None else None
            self._at[first:last] = [voice] * (last - first)

    def _another_speaks(self, first: int, last: int) -> bool:
        """Whether the sentence opens with somebody else: "The ombudsman opened an inquiry"."""
        head = range(first, min(last, first + _HEAD))
        named = (
            self._marks.covers("party"),
            self._marks.covers("nation"),
            self._marks.covers("seat"),
        )
        sources, spokes = self._marks.covers("source"), self._marks.covers("spokes")
        return any(t in sources and t not in spokes for t in head) and not any(
            t in table for t in head for table in named
        )

    def _carry_over(self, sources: Sequence[Attribution]) -> None:
        """A sentence without a source goes on with the party that spoke right before it."""
        said = {self._stretches.index(s.cue[0]) for s in sources if s.verb is not Verb.ANSWERS}
        spoken = {self._stretches.index(s.cue[0]) for s in sources}
        before: Voice | None = None
        for index, (first, last, _) in enumerate(self._stretches.pieces):
            if first and self._marks.words.kinds[first - 1] == "l":
                before = None
            if index in spoken and index not in said:
                before = None
            elif index in spoken or self._publisher:
                heard = next((v for v in reversed(self._at[first:last]) if v), None)
                before = Voice(heard.party, own_words=False, weak=True) if heard else None
            elif before is not None and not self._another_speaks(first, last):
                strong = self._marks.has("small", first, "pronoun") or bool(self._quoted[first])
                voice = Voice(before.party, own_words=False, weak=not strong)
                self._at[first:last] = [voice] * (last - first)
