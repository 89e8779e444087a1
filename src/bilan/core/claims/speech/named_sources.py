"""From the noun phrase of a source to who it is: a known agency, a party, a vague one, our own."""

from __future__ import annotations

from collections.abc import Mapping

from bilan.core.claims.account import Informant
from bilan.core.claims.parties.blame import Part, PartyMention
from bilan.core.claims.parties.parties import nations
from bilan.core.claims.text.language import Language, named, parties
from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.marks import Marks
from bilan.core.claims.text.phrases import Phrase
from bilan.core.claims.text.tokens import words_of
from bilan.core.values import Publisher, Span

_STEM = 5  # letters by which an inflected noun is known in a publisher's name
_SHORTEST = 4  # letters; shorter words of a name say nothing of whose it is
_OWN_WORDS = 2  # words of a phrase that names the publisher: "the Network", "the Mission"
_OFFICIAL = frozenset({"official"})


class NamedSources:
    """Tells who the noun phrases of sources are; `party_at` gives the party named at a token."""

    def __init__(
        self,
        marks: Marks,
        language: Language,
        party_at: Mapping[int, PartyMention],
        publisher: Publisher | None,
    ) -> None:
        self.marks = marks
        self.words = marks.words
        self.language = language
        self.party_at = party_at
        self.verb_first = bool(language.table("parties").get("verb_first", False))
        self.known = named("informants.toml", "informant")
        self._voices: dict[tuple[int, int], str | None] = {}  # asked often of one phrase
        self._informants = marks.firsts("informant")
        self._of_source = marks.covers("source")
        self._spokes, self._selves = marks.tokens("spokes"), marks.tokens("source", "self")
        self.publisher = self._stems(publisher.name if publisher else None)

    def informant(self, phrase: Phrase, span: Span) -> Informant:
        """The informant of a phrase; `span` are its words."""
        key = self._known_agency(phrase)
        voice = self.voice(phrase)
        party = voice or self._affiliation(key, phrase)
        return Informant(
            span.of(self.words.text),
            span,
            key,
            vague=key is None and voice is None and self._nobody(phrase),
            party=str(parties()[party]["name"]) if party else None,
        )

    def _known_agency(self, phrase: Phrase) -> str | None:
        """The key of the first informant that the phrase holds whole."""
        if not self._informants:
            return None
        hits = self.marks.within("informant", phrase.first, phrase.last)
        return hits[0].key if hits else None

    def voice(self, phrase: Phrase) -> str | None:
        """The party that speaks: named in the phrase, with no head but that of an official."""
        tokens = phrase.first, phrase.last
        if tokens not in self._voices:
            self._voices[tokens] = self._voice(phrase)
        return self._voices[tokens]

    def _voice(self, phrase: Phrase) -> str | None:
        mention = self._party_in(phrase)
        if mention is None:
            return self._seat(phrase)
        if mention.party is None or mention.part is Part.TARGET:
            return None
        keys = {
            h.key
            for t in range(phrase.first, phrase.last)
            if not mention.first <= t < mention.last and t in self._of_source
            for h in self._of_source[t]
            if not self._only_its_paper(h)
        }
        international = parties()[mention.party]["kind"] == "international"
        return None if keys - _OFFICIAL and not international else mention.party

    def _party_in(self, phrase: Phrase) -> PartyMention | None:
        """The first party that a phrase names."""
        for token in range(phrase.first, phrase.last):
            if token in self.party_at:
                return self.party_at[token]
        return None

    def _seat(self, phrase: Phrase) -> str | None:
        """The forces of a government named by nothing but its seat: "в Кремле заявили"."""
        seats = self.marks.within("seat", phrase.first, phrase.last)
        if not seats:
            return None
        seat = seats[0]
        rest = (*range(phrase.first, seat.first), *range(seat.last, phrase.last))
        if not all(self.marks.has("small", t, "prep", "skip", "aux", "stop", "and") for t in rest):
            return None
        forces = nations()[seat.key].get("forces")
        return str(forces) if forces else None

    def _only_its_paper(self, hit: Hit) -> bool:
        """Whether the word only says in what somebody spoke or of what.

        "The army, in a statement", "ارتش این گزارش را رد کرد"; "وصف الجيش التقارير": the object
        behind the subject, where the verb stands first.
        """
        if hit.key == "paper" and self.verb_first and hit.first - 1 in self.party_at:
            return True
        if hit.key == "paper" and self.marks.has("small", hit.last, "object"):
            return True
        at = hit.first - 1
        while at > 0 and self.marks.has("small", at, "skip"):
            at -= 1
        return hit.key == "paper" and at >= 0 and self.marks.has("small", at, "prep")

    def own(self, phrase: Phrase) -> bool:
        """Whether these are the publisher's own people, or the publisher by its own name."""
        tokens = range(phrase.first, phrase.last)
        if not self._selves.isdisjoint(tokens):
            return True
        if not self.publisher:
            return False
        content = [
            t
            for t in tokens
            if self.words.kinds[t] == "w" and not self.marks.has("small", t, "skip", "of", "prep")
        ]
        if not content or len(content) > _OWN_WORDS:
            return False
        forms = (f for t in content for f in self.language.lexicon.forms(self.words.norms[t]))
        return not self.publisher.isdisjoint(form[:_STEM] for form in forms)

    def outlet_of(self, phrase: Phrase) -> str | None:
        """The party whose outlet the phrase names: "Houthi TV", "the state news agency TASS"."""
        key, tokens = self._known_agency(phrase), range(phrase.first, phrase.last)
        if key is None and not any(self.marks.has("source", t, "media") for t in tokens):
            return None
        return self._affiliation(key, phrase)

    def speaks_for_another(self, phrase: Phrase) -> bool:
        """Whether these are a spokesman or a ministry of nobody named: "its spokesman".

        The spokesman of a governor, a mayor, a hospital is somebody's.
        """
        tokens = range(phrase.first, phrase.last)
        if self._spokes.isdisjoint(tokens) or self._party_in(phrase) is not None:
            return False
        keys = {h.key for t in tokens for h in self.marks.over("source", t)}
        return not keys - _OFFICIAL

    def is_a_group(self, phrase: Phrase) -> bool:
        """Whether the phrase is a word for rebels without a name: "the insurgents"."""
        return any(
            h.key == "group"
            for t in range(phrase.first, phrase.last)
            for h in self.marks.over("spokes", t)
        )

    def _affiliation(self, key: str | None, phrase: Phrase) -> str | None:
        if key is not None:
            return self.known[key].get("party")
        mention = self._party_in(phrase)
        return mention.party if mention is not None else None

    def _nobody(self, phrase: Phrase) -> bool:
        """Whether the phrase names nobody: "local sources", "a spokesperson"."""
        return self._vague(phrase) or self.speaks_for_another(phrase)

    def _vague(self, phrase: Phrase) -> bool:
        """Whether the phrase is no more than "local sources" with its small words."""
        hearsay = self.marks.within("hearsay", phrase.first, phrase.last)
        if not hearsay:
            return False
        known = {t for h in hearsay for t in range(h.first, h.last)}
        rest = (t for t in range(phrase.first, phrase.last) if t not in known)
        return all(self.marks.has("small", t, "skip", "of") for t in rest)

    def _stems(self, name: str | None) -> frozenset[str]:
        norms = words_of(name or "").norms
        forms = (form for norm in norms for form in self.language.lexicon.forms(norm))
        return frozenset(form[:_STEM] for form in forms if len(form) >= _SHORTEST)
