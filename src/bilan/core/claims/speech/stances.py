"""What parties say about their own conduct, with the words (conventions, rules 5, 11, 17, 20).

First who speaks at each word: the party of the source that answers for it, or the publisher where
the report is a party's own document. Then what is said there: words of `[lexicon.stance]`, an
attack that the party owns, a military target that it names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilan.core.claims.parties.blame import Part, PartyMention
from bilan.core.claims.speech.said import Said, each_once, is_examiner
from bilan.core.claims.speech.sources import Attribution, Verb
from bilan.core.claims.speech.voices import Voice, Voices
from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.marks import Marks
from bilan.core.claims.text.stretches import Stretches
from bilan.core.frozen import replace
from bilan.core.values import Stance

_LONGEST = 24  # tokens of a statement's span
_ADMITTED_WITHIN = 12  # tokens between "confirmed" and what is confirmed
_NEGATED_WITHIN = 3
_REJECTED_WITHIN = 8  # tokens between "rejects" and the harm that it rejects
_DENIED_WITHIN = 40  # tokens between a word of denial and what is denied
_BREAKS = frozenset(".!?;؛؟\n")
_COMMA = frozenset(",،")
_OF_EXAMINERS = frozenset({Stance.FINDS_CREDIBLE, Stance.FINDS_NOT_CREDIBLE})

# Keys of [lexicon.stance] that are stances by themselves; the others support a rule.
_LEXICAL = frozenset(str(s) for s in Stance) - {"refers_for_assessment"} | {"refers"}
_STANCE = {"refers": Stance.REFERS} | {str(s): s for s in Stance}
# Stances that a text may also word without a subject right after a party spoke: "an inquiry is
# promised", "the claim will go to the casualty team".
_ELLIPTIC = frozenset({"opens_inquiry", "refers", "finds_not_credible", "no_comment"})
_DEAD_WITHIN = 4  # tokens between a party and the verb that says it was killed
_HARMED = frozenset({"killed", "injured", "both"})
_CONCEDING = frozenset({"examined", "regret"})
_OWNS = frozenset({"acknowledges_strike", "acknowledges_harm"})
_AGAINST = frozenset({"finds_not_credible", "denies"})
_FINDINGS = frozenset({"finds_credible", "finds_not_credible"})


def statements_in(
    marks: Marks,
    stretches: Stretches,
    quotations: Sequence[tuple[int, int]],
    mentions: Sequence[PartyMention],
    sources: Sequence[Attribution],
    *,
    publisher: str | None = None,
    verb_last: bool = False,
) -> list[Said]:
    """The statements of parties in the order of the text, one per party, stance and sentence.

    `publisher` is the id of the party whose own document the report is; None for all others.
    `verb_last`: the language denies at the end of the sentence.
    """
    if publisher is None and all(source.voice is None for source in sources):
        return []  # no party speaks
    reader = _Reader(marks, stretches, quotations, mentions, sources, publisher)
    reader.verb_last = verb_last
    return each_once(sorted(reader.read(), key=lambda s: (s.first, s.last)))


class _Reader:
    def __init__(
        self,
        marks: Marks,
        stretches: Stretches,
        quotations: Sequence[tuple[int, int]],
        mentions: Sequence[PartyMention],
        sources: Sequence[Attribution],
        publisher: str | None,
    ) -> None:
        self.marks = marks
        self.words = marks.words
        self.stretches = stretches
        self.mentions = mentions
        self.party_at = {t: m for m in mentions for t in range(m.first, m.last)}
        self.beside: dict[tuple[int, int], list[PartyMention]] = {}
        for mention in mentions:
            if mention.beside is not None:
                self.beside.setdefault(mention.beside, []).append(mention)
        self.sources = sources
        self.source_tokens = {t for s in sources for t in range(s.first, s.last)}
        self.cue_starts = {s.cue[0] for s in sources}
        self.cue_ends = {s.cue[1] - 1 for s in sources}
        self.publisher = publisher
        self.verb_last = False
        self.speaks_of_harm = any(h.key.split("_")[0] in _HARMED for h in marks.all("harm")) or any(
            h.key == "harm" for h in marks.all("stance")
        )
        self.voices = Voices(marks, stretches, quotations, sources, publisher)

    def read(self) -> list[Said]:
        found = [s for s in self._all() if s.stance in _OF_EXAMINERS or not is_examiner(s.party)]
        return self._answering(found)

    def _all(self) -> Iterator[Said]:
        for hit in self.marks.all("stance"):
            yield from self._worded(hit)
        for source in self.sources:
            if source.voice and source.verb is Verb.ADMITS:
                yield from self._admitted(source)
        regretted = (h.first for h in self.marks.all("stance") if h.key in _CONCEDING)
        for first, last, _ in dict.fromkeys(self.stretches.of(t) for t in regretted):
            yield from self._conceded(first, last)
        for hit in self.marks.all("attack"):
            yield from self._owned(hit)
        for hit in self.marks.all("military"):
            yield from self._aimed(hit)
        for mention in self.mentions:
            yield from self._shifted(mention)

    def _answering(self, found: list[Said]) -> list[Said]:
        """Without parties that only accuse another: blaming is no answer to an accusation."""
        accused = {
            m.party for m in self.mentions if m.part is Part.ACTOR and m.party and not m.accuser
        }
        accused |= {
            m.party for m in self.mentions if m.party and m.accuser and m.accuser not in accused
        }
        answer = {s.party for s in found if s.stance is not Stance.DISPUTES_TARGET}
        named = {s.party for s in found if s.lexical}
        return [s for s in found if s.party in accused | answer | named]

    def _only_blames(self, said: Said) -> bool:
        """Whether the words are those in which the party says that another did it."""
        return any(
            m.part is Part.ACTOR
            and m.sentence == said.sentence
            and m.party not in (None, said.party)
            and (voice := self.voices.at(m.first)) is not None
            and voice.party == said.party
            for m in self.mentions
        )

    # ------------------------------------------------------------ what is said
    def _worded(self, hit: Hit) -> Iterator[Said]:
        if hit.key not in _LEXICAL or self._undone(hit) or self._named(hit):
            return
        voice = self.voices.at(hit.first)
        if voice is None or (voice.weak and hit.key not in _ELLIPTIC):
            return
        if hit.key in _FINDINGS and not self._examined(hit, voice):
            return
        if hit.key in _OWNS and (self._negated(hit.first) or self._rejected(hit)):
            return  # "has not claimed responsibility", "نفى مسؤوليته عن الهجوم"
        if hit.key == "acknowledges_harm" and (self._found(hit) or self._cumulative(hit)):
            return
        yield self._said(hit.first, hit.last, voice, _STANCE[hit.key])

    def _rejected(self, hit: Hit) -> bool:
        """Whether a word of denial before it denies what it owns: "rejects talk of an error"."""
        first = max(self.stretches.of(hit.first)[0], hit.first - _REJECTED_WITHIN)
        comma = [t for t in range(first, hit.first) if self.words.norms[t] in _COMMA]
        first = comma[-1] if comma else first
        denials = (h for h in self.marks.within("stance", first, hit.first) if h.key == "denies")
        return any(not self._undone(h) for h in denials)

    def _undone(self, hit: Hit) -> bool:
        """Whether a word of denial is itself denied: "did not deny"."""
        return hit.key == "denies" and any(
            h.key == "not_denied"
            for t in range(hit.first, hit.last)
            for h in self.marks.over("stance", t)
        )

    def _conceded(self, first: int, last: int) -> Iterator[Said]:
        """Harm that a party found by an examination, or tells of with regret."""
        said = self.marks.within("stance", first, last)
        if any(h.key in _AGAINST for h in said):
            return
        words = {h.key: h for h in reversed(said) if h.key in _CONCEDING}
        by = words.get("examined") or words.get("regret")
        voice = self.voices.at(by.first) if by else None
        if by is None or voice is None or voice.weak or self._cumulative(by):
            return
        harm = [
            h
            for h in self.marks.within("harm", first, last)
            if h.key.split("_")[0] in _HARMED and not self._negated(h.first)
        ]
        if not harm:
            return
        found = by.key == "examined"
        stance = Stance.FINDS_CREDIBLE if found else Stance.ACKNOWLEDGES_HARM
        yield self._said(min(by.first, harm[0].first), harm[-1].last, voice, stance)
        if found:
            yield from self._struck(first, last, voice)

    def _struck(self, first: int, last: int, voice: Voice) -> Iterator[Said]:
        """The strike that a finding of harm owns to."""
        strike = [h for c in ("attack", "cause") for h in self.marks.within(c, first, last)]
        if strike:
            hit = min(strike, key=lambda h: h.first)
            yield self._said(hit.first, hit.last, voice, Stance.ACKNOWLEDGES_STRIKE)

    def _named(self, hit: Hit) -> bool:
        """Whether the words only name someone, or tell of a check on a film."""
        first, last, _ = self.stretches.of(hit.first)
        checks = self.marks.over("verification", hit.first)
        return (
            hit.first in self.party_at
            or hit.first in self.source_tokens
            or (bool(checks) and bool(self.marks.within("evidence", first, last)))
        )

    def _found(self, hit: Hit) -> bool:
        """Whether harm is the finding of an examination, which is kept apart from admission."""
        first, last, _ = self.stretches.of(hit.first)
        return any(h.key == "examined" for h in self.marks.within("stance", first, last))

    def _cumulative(self, hit: Hit) -> bool:
        """Whether the sentence tells of a whole campaign, not of this case."""
        first, last, _ = self.stretches.of(hit.first)
        return any(h.key == "cumulative" for h in self.marks.within("scope", first, last))

    def _examined(self, hit: Hit, voice: Voice) -> bool:
        """Whether a finding is the outcome of an examination, not a word of the trade."""
        if voice.own_words or hit.key == "finds_not_credible":
            return True
        first, last, _ = self.stretches.of(hit.first)
        return any(h.key == "examined" for h in self.marks.within("stance", first, last))

    def _admitted(self, source: Attribution) -> Iterator[Said]:
        """ "X confirmed the strike", "X admitted that civilians had died"."""
        voice = Voice(source.voice or "", own_words=source.voice == self.publisher)
        cue = source.cue[1]
        if self._negated(source.cue[0]):
            return
        last = self._up_to_comma(cue, min(source.governs[1], cue + _ADMITTED_WITHIN))
        harm = [h for h in self.marks.within("stance", cue, last) if h.key == "harm"]
        if harm and not self._negated(harm[0].first) and not self._cumulative(harm[0]):
            yield self._said(source.cue[0], harm[0].last, voice, Stance.ACKNOWLEDGES_HARM)
        acts = [h for c in ("attack", "cause") for h in self.marks.within(c, cue, last)]
        acts = [h for h in acts if h.key != "passive" and not self._others(h, voice.party, cue)]
        if acts:
            act = min(acts, key=lambda h: h.first)
            yield self._said(source.cue[0], act.last, voice, Stance.ACKNOWLEDGES_STRIKE)

    def _up_to_comma(self, first: int, last: int) -> int:
        return next((t for t in range(first, last) if self.words.norms[t] in _COMMA), last)

    def _owned(self, hit: Hit) -> Iterator[Said]:
        """An attack that the party tells of as its own: "it had carried out a strike"."""
        voice = self.voices.at(hit.first) if hit.key == "verb" else None
        if voice is None or voice.weak or self._negated(hit.first):
            return
        if self._denied(hit.first) or self._is_subject(hit) or self._is_noun(hit):
            return
        if self._agent(hit.first, voice):
            yield self._said(hit.first, hit.last, voice, Stance.ACKNOWLEDGES_STRIKE)

    def _is_subject(self, hit: Hit) -> bool:
        """Whether what may be a verb is a noun of which something is said: "la cible était"."""
        determined = hit.first > 0 and self.marks.has("small", hit.first - 1, "skip")
        return determined and self.marks.has("small", hit.last, "be")

    def _is_noun(self, hit: Hit) -> bool:
        """Whether what may be a verb is a noun here: "an air strike", "its strike"."""
        if not self.marks.has("attack", hit.first, "noun"):
            return False
        compound = any(h.first < hit.first for h in self.marks.over("cause", hit.first))
        return compound or self.marks.has("small", hit.first - 1, "skip", "whose")

    def _denied(self, token: int) -> bool:
        """Whether a word of denial stands before, or over, the token in its sentence."""
        first, last, _ = self.stretches.of(token)
        first = max(first, token - _DENIED_WITHIN)
        last = min(last, token + _DENIED_WITHIN) if self.verb_last else token + 1
        return any(
            h.key in ("denies", "not_denied")
            for t in range(first, last)
            for h in self.marks.over("stance", t)
        ) or any(
            h.key == "shift"
            for t in range(token, token + 4)
            for h in self.marks.over("military", t)
        )

    def _agent(self, token: int, voice: Voice) -> bool:
        """Whether the party itself is who acts at the verb: itself, a pronoun, or its strike."""
        first = self.stretches.of(token)[0]
        for at in range(token - 1, max(first, token - _ADMITTED_WITHIN) - 1, -1):
            mention = self.party_at.get(at)
            if mention is not None:
                return mention.party == voice.party
            if self.marks.has("small", at, "pronoun"):
                return True
            if self.marks.has("attack", at, "noun"):
                return not self._another_acts(first, at, voice)
            if at in self.cue_ends:
                return not any(self.words.kinds[t] == "n" for t in range(at + 1, token))
            if self.marks.has("military", at, "target") or self.marks.has("small", at, "be"):
                return False
        return False

    def _another_acts(self, first: int, last: int, voice: Voice) -> bool:
        """Whether the attack is one that another party made: "X's strikes, which killed four"."""
        named = (self.party_at.get(t) for t in range(last - 1, first - 1, -1))
        nearest = next((m for m in named if m is not None), None)
        return nearest is not None and nearest.part is Part.ACTOR and nearest.party != voice.party

    def _aimed(self, hit: Hit) -> Iterator[Said]:
        """A military target, or the blame put elsewhere, in what a party says."""
        voice = self.voices.at(hit.first)
        if voice is None or voice.weak or self._negated(hit.first):
            return
        mention = self.party_at.get(hit.first)
        if mention is not None and mention.party == voice.party:
            return
        if voice.party == self.publisher and self._reports(hit):
            return
        if self.marks.has("stance", hit.first, "refers") or self._its_own(hit.first):
            return
        if hit.key == "shift" or hit.first not in self.source_tokens:
            said = self._said(hit.first, hit.last, voice, Stance.DISPUTES_TARGET)
            yield replace(said, lexical=hit.key == "shift" or not self._only_blames(said))

    def _its_own(self, token: int) -> bool:
        """Whether the words are of the speaker's own forces: "whose troops", "its base"."""
        return token > 0 and self.marks.has("small", token - 1, "whose")

    def _reports(self, hit: Hit) -> bool:
        """Whether a party's own document only describes its strike: a release, a finding."""
        if not self.speaks_of_harm:
            return True
        first, last, _ = self.stretches.of(hit.first)
        keys = {h.key for h in self.marks.within("stance", first, last)}
        return bool(keys & ({"examined"} | _FINDINGS))

    def _shifted(self, mention: PartyMention) -> Iterator[Said]:
        """Another party blamed, or named as the target, by the one that speaks."""
        voice = self.voices.at(mention.first)
        if voice is None or voice.weak or mention.party in (None, voice.party):
            return
        if voice.party == self.publisher and self._reports(
            Hit(mention.first, mention.last, "party", mention.party or "")
        ):
            return
        blamed = mention.part is Part.ACTOR or mention.accuser == voice.party
        blamed = blamed or (mention.part is Part.CONTEXT and self._among_the_dead(mention))
        if (blamed or mention.part is Part.TARGET) and not self._negated(mention.first):
            said = self._said(mention.first, mention.last, voice, Stance.DISPUTES_TARGET)
            yield replace(said, lexical=False)

    def _among_the_dead(self, mention: PartyMention) -> bool:
        """Whether those killed are said to be of the party: "only Taliban were killed"."""
        first, last, _ = self.stretches.of(mention.first)
        low, high = max(first, mention.first - _DEAD_WITHIN), min(last, mention.last + _DEAD_WITHIN)
        return any(h.key.split("_")[0] in _HARMED for h in self.marks.within("harm", low, high))

    # ------------------------------------------------------------ small questions
    def _others(self, hit: Hit, party: str, start: int) -> bool:
        """Whether another party is named as the author of an attack."""
        return any(
            m.part is Part.ACTOR and m.party != party and m.first >= start
            for m in self.beside.get((hit.first, hit.last), ())
        )

    def _negated(self, token: int) -> bool:
        first = self.stretches.of(token)[0]
        return any(
            self.marks.has("negation", at, "not", "none")
            for at in range(max(first, token - _NEGATED_WITHIN), token)
        )

    def _said(self, first: int, last: int, voice: Voice, stance: Stance) -> Said:
        start, end, sentence = self.stretches.of(first)
        end = min(end, first + _LONGEST)
        while last < end and self._within(last):
            last += 1
        return Said(max(first, start), last, voice.party, stance, sentence, voice.own_words)

    def _within(self, token: int) -> bool:
        sign = self.words.norms[token]
        if self.words.kinds[token] == "s" and (sign in _BREAKS or sign in _COMMA):
            return False
        return token not in self.cue_starts and token not in self.source_tokens
