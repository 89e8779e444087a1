"""The phrase that is the subject of a verb of saying, or stands behind "according to".

It stands before its verb, behind it, or, where verbs stand last in their clause as in Persian and
Turkish, at the head of the clause. Word order and cases are data: `[speech]` of each language file
(`subject`, `dative`, `articles`, `head_last`, `oblique`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bilan.core.claims.parties.blame import PartyMention
from bilan.core.claims.speech.cues import Cue
from bilan.core.claims.speech.sources import Verb
from bilan.core.claims.text.marks import QUOTE_SIGNS, Marks
from bilan.core.claims.text.phrases import Phrase, Phrases
from bilan.core.claims.text.tokens import fold

_HALF = 2  # tokens from a verb to the head of the subject behind it
_DATIVE_WITHIN = 8  # tokens from "to" to the article of the subject behind whom was told
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
        self.aux, self.ands = marks.tokens("small", "aux"), marks.tokens("small", "and")
        self.standing_in = self.ands | marks.tokens("small", "pronoun")
        self.order = str(table.get("subject", "left"))
        self.dative = frozenset(table.get("dative", ()))
        self.articles = frozenset(table.get("articles", ()))
        self.head_last = bool(table.get("head_last", False))
        self.oblique = tuple(table.get("oblique", ()))
        self.cases = frozenset(map(fold, table.get("cases", ())))
        self.possessed = tuple(map(fold, table.get("possessed", ())))

    def of(self, cue: Cue, low: int, high: int, first: int) -> Phrase | None:
        """The phrase that a cue brings in as a source, in the tokens [low, high) between the cues
        beside it; `first` is the first token of the sentence. None where nobody may be meant."""
        if cue.kind in ("before", "maybe"):
            behind = self.phrases.after(cue.last, high)
            return behind if cue.kind == "before" else self._fit(behind, cue)
        if cue.kind == "after":
            return self.phrases.before(cue.first, low)
        left = self.phrases.before(cue.first, first)
        if self.order == "first":
            return self._first_of(cue, left, low if low > first else first)
        if self.order == "right":
            return self._fit(self._following(cue, high), cue) or self._fit(left, cue)
        if left is None and self._and_before(cue.first):
            return None  # "X said this and said that": the subject is that of the verb before
        return self._on_either_side(cue, left, high)

    def _on_either_side(self, cue: Cue, left: Phrase | None, high: int) -> Phrase | None:
        """The subject before a verb; the one behind it where it is inverted, or none is before."""
        before, parted = self._fit(left, cue), self._behind_sign(cue)
        if before is not None and not parted:
            return before
        behind = self._fit(self._following(cue, high), cue)
        if before is None or (parted and behind is not None and self._inverted(cue, behind)):
            return behind
        return before

    def _and_before(self, first: int) -> bool:
        at = first - 1
        while at >= 0 and at in self.aux and at not in self.standing_in:
            at -= 1
        return at in self.ands

    def _following(self, cue: Cue, high: int) -> Phrase | None:
        """The phrase after a verb; after a verb of blame only up to whom it blames."""
        if cue.verb is Verb.BLAMES:
            if self.order != "right":
                return None
            blamed = (t for t in range(cue.last + 1, high) if t in self.party_at)
            high = next(blamed, high)
        if cue.last < high and self.marks.has("small", cue.last, "stop"):
            return None  # "that" follows: the subject stands before, or is left out
        return self.phrases.after(self._past_dative(cue.last, high), high)

    def _past_dative(self, at: int, high: int) -> int:
        """Where the subject begins behind whom it told: "a indiqué à l'agence un élu local"."""
        norms = self.words.norms
        if at >= high or norms[at] not in self.dative:
            return at
        for token in range(at + 2, min(high, at + _DATIVE_WITHIN)):
            inner = self.marks.has("small", token - 1, "of", "prep", "skip")
            if norms[token] in self.articles and not inner:
                return token
        return at

    def _fit(self, phrase: Phrase | None, cue: Cue) -> Phrase | None:
        """The phrase, if it can be the subject of a verb by what it holds and where it stands."""
        if phrase is None or not self.phrases.trusted(phrase):
            return None
        if phrase.first < cue.last:
            return phrase
        start = self._past_dative(cue.last, phrase.first + 1)
        if phrase.head is None or phrase.head - start > _HALF:
            near = self.order in ("right", "both") and phrase.first - start <= 1
            return phrase if near else None
        return phrase

    def _inverted(self, cue: Cue, right: Phrase) -> bool:
        """Whether a subject follows its verb, which stands behind a sign: its head at once."""
        if right.head is None:
            return False
        return right.head - self._past_dative(cue.last, right.first + 1) <= _HALF

    def _behind_sign(self, cue: Cue) -> bool:
        """Whether a comma or a quotation ends before a verb and its auxiliaries."""
        at = cue.first - 1
        while at >= 0 and at in self.aux:
            at -= 1
        return at >= 0 and (self.words.norms[at] in COMMAS or self.words.norms[at] in QUOTE_SIGNS)

    def _first_of(self, cue: Cue, left: Phrase | None, first: int) -> Phrase | None:
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
        while last < phrase.last and self.phrases.is_head(last) and not self._makes(last):
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
        if self._has_case(phrase.last) or (last in self.party_at and self._owns(phrase.last)):
            return True
        ends = (last,) if phrase.head is None else (last, phrase.head)
        return any(
            self.words.kinds[t] == "w" and self.words.norms[t].endswith(self.oblique) for t in ends
        )

    def _has_case(self, token: int) -> bool:
        """Whether the ending of a case stands behind the apostrophe of a name: "Rusya'nın"."""
        behind = self.words.norms[token : token + 2]
        return len(behind) == 2 and behind[0] in QUOTE_SIGNS and behind[1] in self.cases

    def _makes(self, token: int) -> bool:
        """Whether the token is a party whose own attack follows, which no title ends with."""
        return token in self.party_at and self._owns(token + 1)

    def _owns(self, token: int) -> bool:
        """Whether an attack that is the party's own stands behind it: "Rus saldırısında"."""
        hits = (*self.marks.over("attack", token), *self.marks.over("cause", token))
        return any(self.words.norms[h.last - 1].endswith(self.possessed) for h in hits)
