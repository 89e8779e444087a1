"""Who says what: each source that a text names, how it is named, and the words it answers for.

"According to X", "X said", "said X", "citing X", "This was reported by X": the wording and the word
order are data (`[lexicon.attribution]`, `[lexicon.speech]`, `[speech]` of each language file).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bilan.core.claims.account import Informant
from bilan.core.claims.parties.blame import Part, PartyMention
from bilan.core.claims.speech.cues import Cue, cues_in
from bilan.core.claims.speech.named_sources import NamedSources
from bilan.core.claims.speech.sources import Attribution, Verb, governed
from bilan.core.claims.speech.subjects import COMMAS, Subjects
from bilan.core.claims.text.language import Language, parties
from bilan.core.claims.text.marks import QUOTE_SIGNS, Marks
from bilan.core.claims.text.phrases import Phrase, Phrases
from bilan.core.claims.text.stretches import Stretches
from bilan.core.frozen import replace
from bilan.core.values import Publisher, Span

_LONG_QUOTATION = 60  # tokens; longer ones quote a whole report, whose own sources count
_SIDES = 2  # of an "and" between two sources
_CLAUSES = frozenset(".:—–")
_OPENING = 4  # tokens within which a clause names who answers: "А в Генштабе ВСУ это отрицают"
# Verbs that, without a subject of their own, go on with the source before.
_GO_ON = frozenset({Verb.SAYS, Verb.ADDS, Verb.TOLLS, Verb.ADMITS})


def attributions(
    marks: Marks,
    stretches: Stretches,
    quotations: Sequence[tuple[int, int]],
    language: Language,
    mentions: Sequence[PartyMention],
    *,
    publisher: Publisher | None = None,
) -> list[Attribution]:
    """The sources of a text in order; of a chain ("X, citing Y") both, each answering for all."""
    party_at = {t: m for m in mentions if m.party for t in range(m.first, m.last)}
    cues = cues_in(marks, stretches, _quoted(quotations), party_at)
    if not cues:
        return []
    return _Reader(marks, stretches, language, mentions, party_at, publisher).read(cues)


class _Reader:
    def __init__(
        self,
        marks: Marks,
        stretches: Stretches,
        language: Language,
        mentions: Sequence[PartyMention],
        party_at: Mapping[int, PartyMention],
        publisher: Publisher | None,
    ) -> None:
        self.marks = marks
        self.words = marks.words
        table = language.table("speech")
        self.drops = bool(table.get("drops_subject", False))
        self.object_first = bool(table.get("object_first", False))
        self.and_prefix = str(table.get("and_prefix", ""))
        self.relatives = marks.tokens("small", "who")
        self.stretches = stretches
        self.party_at = party_at
        self.phrases = Phrases(marks, self.party_at)
        self.subjects = Subjects(marks, self.phrases, self.party_at, table)
        self.aux, self.ands = self.subjects.aux, self.subjects.ands
        self.standing_in = self.subjects.standing_in
        self._leads = self.subjects.order != "right"  # subjects stand before their verbs
        acting = [m.party for m in mentions if m.part is Part.ACTOR and m.accuser is None]
        self.accused = next((p for p in acting if p), None)
        self.acting = frozenset(p for p in acting if p)
        self.who = NamedSources(marks, language, self.party_at, publisher)

    def read(self, cues: Sequence[Cue]) -> list[Attribution]:
        """The sources that the cues bring in."""
        by_piece: dict[int, list[Cue]] = {}
        for cue in cues:
            by_piece.setdefault(self.stretches.index(cue.first), []).append(cue)
        found: list[Attribution] = []
        before: Attribution | None = None
        pieces = self.stretches.pieces
        for index, own in by_piece.items():
            first, last, _ = pieces[index]
            here = self._in_sentence(own, first, last, before)
            found.extend(governed(here, first, last, pieces[index - 1][:2] if index else None))
            before = next((a for a in reversed(here) if a.verb is not Verb.QUOTES), before)
        return found

    # ------------------------------------------------------------ the source itself
    def _in_sentence(
        self, cues: Sequence[Cue], first: int, last: int, before: Attribution | None
    ) -> list[Attribution]:
        found: list[Attribution] = []
        for place, cue in enumerate(cues):
            low = cues[place - 1].last if place else first
            high = cues[place + 1].first if place + 1 < len(cues) else last
            party = self._in_relative_clause(cue, first)
            if party is not None:
                found.append(self._accused(party, cue))
                continue
            phrase = self._without_accused(self.subjects.of(cue, low, high, first), cue)
            phrase = self._across_its_object(phrase, cue, first)
            if phrase is None or not self._may_say(phrase, cue):
                previous = self._gone_on(cue, found, before) if phrase is None else None
                if previous is not None:
                    found.append(self._same(previous, cue))
                continue
            found.extend(
                self._for_its_party(self._named(part, cue), part, found, before)
                for part in self._parts(phrase)
            )
        return found

    def _in_relative_clause(self, cue: Cue, first: int) -> PartyMention | None:
        """The party that answers in a clause of its own: "the coalition, which had not replied"."""
        if cue.verb is not Verb.ANSWERS:
            return None
        at = cue.first - 1
        while at > first and at in self.aux and not self._relates(at):
            at -= 1
        if at <= first or not self._relates(at):
            return None
        before = at - 1 if self.words.norms[at - 1] not in COMMAS else at - 2
        return self.party_at.get(before)

    def _across_its_object(self, phrase: Phrase | None, cue: Cue, first: int) -> Phrase | None:
        """The party that opens the clause of an answer whose object stands before its verb.

        "В ВСУ обвинения отвергли", "СБП назвали обвинения ложью": what stands next to the verb is
        what was rejected, not who rejects it.
        """
        if not self.object_first or cue.verb is not Verb.ANSWERS:
            return phrase
        if phrase is not None and self._may_say(phrase, cue):
            return phrase
        start = self._clause(cue.first, first)
        for token in range(start, min(cue.first, start + _OPENING)):
            mention = self.party_at.get(token)
            if mention is not None and mention.part in (Part.SPEAKER, Part.CONTEXT):
                return Phrase(start, mention.last, mention.first)
            if self.marks.over("seat", token):
                return Phrase(start, token + 1, token)
            if not (self._small(token) or self.marks.over("spokes", token)):
                break  # "the claims of X were rejected by Y": X made them
        return phrase

    def _small(self, token: int) -> bool:
        return self.marks.has("small", token, "prep", "skip", "aux")

    def _clause(self, token: int, first: int) -> int:
        """Where the clause of a token begins: behind a sign that parts clauses, and its "but"."""
        start = token
        while start > first and not self._parts_clauses(start - 1):
            start -= 1
        while start < token and self.marks.has("small", start, "and", "stop"):
            start += 1
        return start

    def _parts_clauses(self, token: int) -> bool:
        norm = self.words.norms[token]
        return norm in COMMAS or norm in _CLAUSES or self.marks.has("small", token, "who")

    def _relates(self, token: int) -> bool:
        return token in self.relatives

    def _for_its_party(
        self,
        one: Attribution,
        phrase: Phrase,
        found: Sequence[Attribution],
        before: Attribution | None,
    ) -> Attribution:
        """The source; "its spokesman" speaks for the party that spoke before, or was accused, and
        the outlet of one that stands accused speaks for it: "Houthi TV said"."""
        if one.voice is None and self.acting:
            outlet = self.who.outlet_of(phrase)
            if outlet in self.acting:
                return replace(one, voice=outlet)
        if one.voice is not None or not self.who.speaks_for_another(phrase):
            return one
        voice = self._spoken_for(phrase, [*([before] if before else []), *found])
        if voice and self.who.is_a_group(phrase) and parties()[voice]["kind"] != "non_state":
            return one  # "the rebels deny it" where an army stands accused
        name = str(parties()[voice]["name"]) if voice else None
        return replace(one, voice=voice, informant=replace(one.informant, party=name))

    def _spoken_for(self, phrase: Phrase, before: Sequence[Attribution]) -> str | None:
        voiced = [a for a in before if a.voice]
        if voiced and voiced[-1].verb is not Verb.BLAMES:
            return voiced[-1].voice
        accused = self._just_accused(phrase.first)
        return accused.party if accused is not None else self.accused

    def _just_accused(self, token: int) -> PartyMention | None:
        """The party last blamed before the token in its sentence."""
        for at in range(token - 1, self.stretches.of(token)[0] - 1, -1):
            mention = self.party_at.get(at)
            if mention is not None and mention.part is Part.ACTOR:
                return mention
        return None

    def _gone_on(
        self, cue: Cue, found: Sequence[Attribution], before: Attribution | None
    ) -> Attribution | None:
        """The source that a verb without a subject of its own goes on with.

        An answer belongs to the party that spoke in the sentence, or else to the one just accused
        in it: "they accuse the army; it denies".
        """
        if cue.verb in _GO_ON:
            goes_on = self.drops or self._gapped(cue.first)
            return (found[-1] if found else before) if goes_on else None
        if cue.verb is Verb.BLAMES and found and self._gapped(cue.first):
            return found[-1]
        if cue.verb is not Verb.ANSWERS:
            return None
        spoken = [a for a in found if a.voice is not None]
        if spoken and spoken[-1].verb is not Verb.BLAMES:
            return spoken[-1]
        if found and self._same_clause(found[-1], cue):
            return None  # "the governor called the army's claims a lie": he did, not the army
        accused = self._just_accused(cue.first)
        return self._accused(accused, cue) if accused is not None else None

    def _same_clause(self, source: Attribution, cue: Cue) -> bool:
        """Whether a source stands with its verb in the clause of the cue."""
        start = self._clause(cue.first, self.stretches.of(cue.first)[0])
        return source.first < source.last and source.first >= start

    def _gapped(self, first: int) -> bool:
        """Whether a pronoun, "and" or a comma before the verb stands for its subject."""
        at = first - 1
        while at >= 0 and at in self.aux and not self._stands_in(at):
            at -= 1
        return at < 0 or self._stands_in(at) or self.words.norms[at] in COMMAS | QUOTE_SIGNS

    def _stands_in(self, token: int) -> bool:
        return token in self.standing_in

    def _accused(self, mention: PartyMention, cue: Cue) -> Attribution:
        span = self.words.span(mention.first, mention.last)
        informant = Informant(span.of(self.words.text), span, party=mention.name)
        tokens, sentence = (cue.first, cue.last), self.stretches.of(cue.first)[2]
        return Attribution(
            cue.first, cue.first, tokens, informant, cue.verb, sentence, voice=mention.party
        )

    def _without_accused(self, phrase: Phrase | None, cue: Cue) -> Phrase | None:
        """The accuser alone, where the language puts the accused before the verb of blame."""
        if phrase is None or cue.verb is not Verb.BLAMES or phrase.first >= cue.last:
            return phrase
        for token in range(phrase.first, phrase.last):
            mention = self.party_at.get(token)
            if mention is None or self._answers_with_blame(mention):
                continue
            if mention.beside == (cue.first, cue.last):
                return Phrase(phrase.first, token, phrase.head) if token > phrase.first else None
        return phrase

    def _answers_with_blame(self, mention: PartyMention) -> bool:
        """Whether the party blames another after having been blamed itself: a counter-charge."""
        return mention.part is Part.SPEAKER and any(
            m.party == mention.party and m.part is Part.ACTOR and m.first < mention.first
            for m in self.party_at.values()
        )

    def _may_say(self, phrase: Phrase, cue: Cue) -> bool:
        """Whether the phrase can be the subject: of a bare answer only a party can."""
        if cue.verb is not Verb.ANSWERS:
            return True
        return self.who.voice(phrase) is not None or self.who.speaks_for_another(phrase)

    def _parts(self, phrase: Phrase) -> list[Phrase]:
        """A phrase cut at "and" where both sides hold a source of their own."""
        heads = [t for t in range(phrase.first, phrase.last) if self.phrases.is_head(t)]
        if len(heads) < _SIDES:
            return [phrase]
        for token in range(phrase.first + 1, phrase.last):
            if token in self.party_at and token - 1 in self.party_at:
                continue  # "and" within a party's own name
            joined = self._and_written_on(token)
            if not joined and token not in self.ands:
                continue
            start = token if joined else token + 1
            left = next((t for t in heads if t < token), None)
            right = next((t for t in heads if t >= start), None)
            if left is not None and right is not None and (right == token or not joined):
                rest = self._parts(Phrase(start, phrase.last, right))
                return [Phrase(phrase.first, token, left), *rest]
        return [phrase]

    def _and_written_on(self, token: int) -> bool:
        prefix = self.and_prefix
        return bool(prefix) and self.words.norms[token].startswith(prefix)

    def _named(self, phrase: Phrase, cue: Cue) -> Attribution:
        return Attribution(
            phrase.first,
            phrase.last,
            (cue.first, cue.last),
            self.who.informant(phrase, self._span(phrase, cue)),
            cue.verb,
            self.stretches.of(cue.first)[2],
            voice=self.who.voice(phrase),
            own=self.who.own(phrase),
            back=cue.back,
            closes=cue.kind == "maybe" and self._colon(phrase.last),
            trails=cue.kind != "verb" or (self._leads and phrase.first >= cue.last),
        )

    def _colon(self, token: int) -> bool:
        return self.words.norms[token : token + 1] == (":",)

    def _span(self, phrase: Phrase, cue: Cue) -> Span:
        """The words of the phrase, without an "and" written on to the first of them."""
        span = self.words.span(phrase.first, phrase.last)
        if phrase.first != cue.last and self._and_written_on(phrase.first):
            return Span(span.start + len(self.and_prefix), span.end)
        return span

    def _same(self, previous: Attribution, cue: Cue) -> Attribution:
        return replace(
            previous,
            first=cue.first,
            last=cue.first,
            cue=(cue.first, cue.last),
            verb=cue.verb,
            sentence=self.stretches.of(cue.first)[2],
            back=cue.back,
            closes=False,
            trails=False,
        )


def _quoted(quotations: Sequence[tuple[int, int]]) -> frozenset[int]:
    return frozenset(
        token
        for first, last in quotations
        if last - first <= _LONG_QUOTATION
        for token in range(first, last)
    )
