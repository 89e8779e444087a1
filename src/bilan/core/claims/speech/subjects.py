"""The subject of a verb that stands last in its clause, as in Persian and Turkish.

Word order and cases are data: `[speech]` of each language file (`head_last`, `oblique`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bilan.core.claims.parties.blame import PartyMention
from bilan.core.claims.speech.cues import Cue
from bilan.core.claims.text.marks import Marks
from bilan.core.claims.text.phrases import Phrase, Phrases

_HEAD = 4  # tokens of a stretch within which its subject has a head
COMMAS = frozenset(",،;؛")  # signs that part clauses, of every script


class Subjects:
    """Finds the subjects of the verbs of one text."""

    def __init__(
        self,
        marks: Marks,
        phrases: Phrases,
        party_at: Mapping[int, PartyMention],
        table: Mapping[str, Any],
    ) -> None:
        self.marks = marks
        self.words = marks.words
        self.phrases = phrases
        self.party_at = party_at
        self.head_last = bool(table.get("head_last", False))
        self.oblique = tuple(table.get("oblique", ()))

    def first_of(self, cue: Cue, left: Phrase | None, first: int) -> Phrase | None:
        """The subject of a verb that stands last: first in a stretch before it, else beside it."""
        for start in self._segments(cue, first):
            phrase = self._headed(self.phrases.after(start, cue.first), start)
            if phrase is not None and not self._oblique(phrase):
                return phrase
        beside = self._headed(left, 0)
        return beside if beside is not None and not self._oblique(beside) else None

    def _headed(self, phrase: Phrase | None, start: int) -> Phrase | None:
        """The phrase, if its head stands near its start; up to its head, where heads stand last."""
        if phrase is None or phrase.head is None or (start and phrase.head - start > _HEAD):
            return None
        if not self.head_last:
            return phrase
        last = phrase.head + 1
        while last < phrase.last and self.phrases.is_head(last):
            last += 1
        return Phrase(phrase.first, last, phrase.head)

    def _segments(self, cue: Cue, first: int) -> list[int]:
        """Where the stretches between commas begin before a verb that stands last, last first."""
        commas = [t + 1 for t in range(first, cue.first) if self.words.norms[t] in COMMAS]
        return [*reversed(commas), first]

    def _oblique(self, phrase: Phrase) -> bool:
        """Whether the phrase stands in a case that no subject has ("ordusunun", "X'in"), or is what
        an object is called ("را X")."""
        if self.marks.has("small", phrase.first, "object"):
            return True
        last = phrase.last - 1
        if last in self.party_at and self.marks.has("small", phrase.last, "object"):
            return True  # "حماس را": whom the verb strikes
        ends = (last,) if phrase.head is None else (last, phrase.head)
        return any(
            self.words.kinds[t] == "w" and self.words.norms[t].endswith(self.oblique) for t in ends
        )
