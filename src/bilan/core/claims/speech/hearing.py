"""Who answers for the words at a token, asked in O(1), and the words that only say who speaks."""

from __future__ import annotations

from bisect import bisect_right

from bilan.core.claims.account import Informant
from bilan.core.claims.parties.blame import Part
from bilan.core.claims.speech.sources import Attribution, Verb
from bilan.core.claims.speech.testimony import Testimony
from bilan.core.claims.text.language import parties

_LONGEST = 24  # tokens from a source to its verb; a longer stretch holds more than a source
_COMMAS = frozenset(",،")


class Heard:
    """The testimony of one report with its sources by sentence."""

    def __init__(self, testimony: Testimony) -> None:
        self.testimony = testimony
        self._firsts = [first for first, _ in testimony.sentences]
        self._by_sentence: dict[int, list[Attribution]] = {}
        for source in testimony.sources:
            first, last = source.governs
            numbers = {self._sentence(first), self._sentence(max(first, last - 1)), source.sentence}
            for number in numbers:
                self._by_sentence.setdefault(number, []).append(source)

    def _sentence(self, token: int) -> int:
        return max(0, bisect_right(self._firsts, token) - 1)

    def _sources_at(self, token: int) -> list[Attribution]:
        here = self._by_sentence.get(self._sentence(token), ())
        return [a for a in here if a.answers_for(token) and a.verb is not Verb.ASKS]

    def speaker(self, token: int) -> Informant | None:
        """The informant who answers for the words at a token; None = the report's own voice."""
        return next((a.informant for a in self._sources_at(token) if not a.own), None)

    def counts(self, token: int) -> bool:
        """Whether those who answer for a token are said to count: "puts the toll at"."""
        return any(a.verb is Verb.TOLLS for a in self._sources_at(token))

    def party_speaks(self, token: int) -> bool:
        """Whether a party to the conflict answers for the words at a token."""
        sources = self._sources_at(token)
        if not sources:
            return self.testimony.publisher is not None
        return any(a.voice is not None for a in sources)

    def source_tokens(self) -> frozenset[int]:
        """The tokens of the noun phrases of sources: the people in them are no victims."""
        return frozenset(i for a in self.testimony.sources for i in range(a.first, a.last))

    def armed_tokens(self) -> frozenset[int]:
        """The tokens that name an armed group that is no state: its people are fighters."""
        known = parties()
        return frozenset(
            i
            for m in self.testimony.mentions
            if m.party and known[m.party]["kind"] == "non_state"
            for i in range(m.first, m.last)
        )

    def acting_tokens(self) -> frozenset[int]:
        """The tokens that name who strikes: these are none of the dead ("shot by the Taliban")."""
        acting = (m for m in self.testimony.mentions if m.party and m.part is Part.ACTOR)
        return frozenset(i for m in acting for i in range(m.first, m.last))

    def silent_tokens(self) -> frozenset[int]:
        """The tokens that only say who speaks, with the commas around them."""
        norms = self.testimony.words.norms
        found: set[int] = set()
        for one in self.testimony.sources:
            first = min(one.first, one.cue[0]) if one.first < one.last else one.cue[0]
            last = max(one.last, one.cue[1])
            if last - first > _LONGEST:
                continue
            first -= first > 0 and norms[first - 1] in _COMMAS
            last += last < len(norms) and norms[last] in _COMMAS
            found.update(range(first, last))
        return frozenset(found)
