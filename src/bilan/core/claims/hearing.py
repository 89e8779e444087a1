"""Who speaks, who is blamed, who answers and what was shown in one report, asked by token."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from bilan.core.claims.account import Informant
from bilan.core.claims.blame import Part, PartyMention
from bilan.core.claims.sources import Attribution, Verb, alleged_by
from bilan.core.claims.stances import Said
from bilan.core.claims.tokens import Words

_LONGEST = 24  # tokens from a source to its verb; a longer stretch holds more than a source
_COMMAS = frozenset(",،")


@dataclass(frozen=True, slots=True)
class Sentences(Container[int]):
    """The tokens of some sentences, as a container that holds no token list."""

    firsts: Sequence[int]
    numbers: frozenset[int]

    def __contains__(self, token: object) -> bool:
        return isinstance(token, int) and self.of(token) in self.numbers

    def of(self, token: int) -> int:
        """The index of the sentence of a token."""
        return max(0, bisect_right(self.firsts, token) - 1)


@dataclass(slots=True)
class Heard:
    """What parties and informants say in one report; found in one pass, then asked by token."""

    firsts: Sequence[int]
    parties: Sequence[PartyMention] = ()
    sources: Sequence[Attribution] = ()
    said: Sequence[Said] = ()
    _by_sentence: dict[int, list[Attribution]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for source in self.sources:
            first, last = source.governs
            numbers = {self.sentence(first), self.sentence(max(first, last - 1)), source.sentence}
            for number in numbers:
                self._by_sentence.setdefault(number, []).append(source)

    def sentence(self, token: int) -> int:
        """The index of the sentence of a token."""
        return max(0, bisect_right(self.firsts, token) - 1)

    def sources_at(self, token: int) -> list[Attribution]:
        """The sources that answer for the words at a token, in order."""
        here = self._by_sentence.get(self.sentence(token), ())
        return [a for a in here if a.answers_for(token) and a.verb is not Verb.ASKS]

    def speaker(self, token: int) -> Informant | None:
        """The informant who answers for the words at a token; None = the report's own voice."""
        return next((a.informant for a in self.sources_at(token) if not a.own), None)

    def accused_speaks(self, token: int) -> bool:
        """Whether a party to the conflict says the words at a token."""
        return any(a.voice is not None for a in self.sources_at(token))

    def alleging(self, tolls: Iterable[int], numbers: frozenset[int]) -> tuple[Informant, ...]:
        """Who gives the facts of harm in some sentences."""
        return alleged_by(self.sources, tolls, Sentences(self.firsts, numbers))

    def blamed(self, numbers: frozenset[int]) -> tuple[str, ...]:
        """Canonical names of the parties that some sentences say did it, each once, in order."""
        return self._named(Part.ACTOR, numbers)

    def targeted(self, numbers: frozenset[int]) -> tuple[str, ...]:
        """Canonical names of the parties that were said to be the target."""
        return self._named(Part.TARGET, numbers)

    def nearby(self, numbers: frozenset[int]) -> tuple[str, ...]:
        """Canonical names of the parties that are only named as active."""
        return self._named(Part.CONTEXT, numbers)

    def answers(self, numbers: frozenset[int]) -> list[Said]:
        """The statements of parties in some sentences."""
        return [s for s in self.said if s.sentence in numbers]

    def source_tokens(self) -> frozenset[int]:
        """The tokens of the noun phrases of sources: the people in them are no victims."""
        return frozenset(i for a in self.sources for i in range(a.first, a.last))

    def silent_tokens(self, words: Words) -> frozenset[int]:
        """The tokens that only say who speaks, with the commas around them."""
        found: set[int] = set()
        for one in self.sources:
            first = min(one.first, one.cue[0]) if one.first < one.last else one.cue[0]
            last = max(one.last, one.cue[1])
            if last - first > _LONGEST:
                continue
            if first > 0 and words.norms[first - 1] in _COMMAS:
                first -= 1
            if last < len(words) and words.norms[last] in _COMMAS:
                last += 1
            found.update(range(first, last))
        return frozenset(found)

    def _named(self, part: Part, numbers: frozenset[int]) -> tuple[str, ...]:
        found = (
            m.name for m in self.parties if m.part is part and m.sentence in numbers and m.name
        )
        return tuple(dict.fromkeys(found))
