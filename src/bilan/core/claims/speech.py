"""Who says what: each source that a text names, how it is named, and the words it answers for.

"According to X", "X said", "said X", "citing X", "This was reported by X": the wording and the word
order are data (`[lexicon.attribution]`, `[lexicon.speech]`, `[speech]` of each language file).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bilan.core.claims.account import Informant
from bilan.core.claims.blame import Part, PartyMention, sentence_bounds
from bilan.core.claims.language import Language, named, parties
from bilan.core.claims.lexicon import Hit
from bilan.core.claims.marks import QUOTE_SIGNS, Marks
from bilan.core.claims.phrases import Phrase, Phrases
from bilan.core.claims.sentences import Clause
from bilan.core.claims.sources import Attribution, Verb, governed
from bilan.core.claims.tokens import fold
from bilan.core.values import Publisher, Span

_LONG_QUOTATION = 60  # tokens; longer ones quote a whole report, whose own sources count
_STEM = 5  # letters by which an inflected noun is known in a publisher's name
_HALF = 2
_COMMAS = frozenset(",،;؛")
_OFFICIAL = frozenset({"official"})
# Keys of [lexicon.stance] that are verbs whose subject is a party.
_ANSWERS = frozenset(
    {"denies", "no_comment", "acknowledges_strike", "acknowledges_harm", "opens_inquiry", "refers"}
)
# Verbs that, without a subject of their own, go on with the source before.
_GO_ON = frozenset({Verb.SAYS, Verb.ADDS, Verb.TOLLS, Verb.ADMITS})


@dataclass(frozen=True, slots=True)
class _Cue:
    first: int
    last: int
    verb: Verb
    kind: str  # before, after, verb
    back: bool = False


def attributions(
    marks: Marks,
    clauses: Sequence[Clause],
    quotations: Sequence[tuple[int, int]],
    language: Language,
    mentions: Sequence[PartyMention],
    *,
    publisher: Publisher | None = None,
) -> list[Attribution]:
    """The sources of a text in order; of a chain ("X, citing Y") both, each answering for all."""
    reader = _Reader(marks, clauses, quotations, language, mentions, publisher)
    return reader.read()


class _Reader:
    def __init__(
        self,
        marks: Marks,
        clauses: Sequence[Clause],
        quotations: Sequence[tuple[int, int]],
        language: Language,
        mentions: Sequence[PartyMention],
        publisher: Publisher | None,
    ) -> None:
        self.marks = marks
        self.words = marks.words
        self.drops = bool(language.table("speech").get("drops_subject", False))
        self.order = str(language.table("speech").get("subject", "left"))
        self.and_prefix = str(language.table("speech").get("and_prefix", ""))
        self.bounds = sentence_bounds(clauses)
        self.quoted = _quoted(quotations)
        self.party_at = {t: m for m in mentions if m.party for t in range(m.first, m.last)}
        self.phrases = Phrases(marks, self.party_at)
        self.publisher = _stems(publisher.name) if publisher and publisher.name else frozenset()
        self.known = named("informants.toml", "informant")

    def read(self) -> list[Attribution]:
        by_sentence: dict[int, list[_Cue]] = {}
        for cue in self._cues():
            by_sentence.setdefault(self.bounds[cue.first][2], []).append(cue)
        found: list[Attribution] = []
        before: Attribution | None = None
        spans = {number: (first, last) for first, last, number in self.bounds.values()}
        for number in sorted(by_sentence):
            first, last = spans[number]
            here = self._in_sentence(by_sentence[number], first, last, before)
            found.extend(governed(here, first, last, spans.get(number - 1)))
            before = next((a for a in reversed(here) if a.verb is not Verb.QUOTES), before)
        return found

    # ------------------------------------------------------------ the words that bring one in
    def _cues(self) -> list[_Cue]:
        found = [c for hit in self.marks.all("attribution") if (c := self._preposition(hit))]
        for hit in self.marks.all("speech"):
            if self._speaks(hit.first, hit.last):
                kind = "before" if hit.key == "quoting" else "verb"
                verb = Verb.QUOTES if hit.key == "quoting" else Verb(hit.key)
                found.append(_Cue(hit.first, hit.last, verb, kind, self._refers_back(hit.first)))
        found.extend(self._bracketed())
        for hit in self.marks.all("side"):
            if hit.key == "blames" and self._speaks(hit.first, hit.last):
                found.append(_Cue(hit.first, hit.last, Verb.BLAMES, "verb"))
        found = self._with_answers(found)
        found = [c for c in found if c.first in self.bounds and c.first not in self.quoted]
        return _not_nested(sorted(found, key=lambda c: (c.first, -c.last)))

    def _with_answers(self, found: list[_Cue]) -> list[_Cue]:
        """The cues with the answers of parties: a refusal to speak is no word of saying."""
        mute = {
            t
            for h in self.marks.all("stance")
            if h.key in ("no_comment", "denies")
            for t in range(h.first, h.last)
        }
        found = [c for c in found if c.first not in mute or c.kind == "before"]
        taken = {t for c in found for t in range(c.first, c.last)}
        return found + [
            _Cue(hit.first, hit.last, Verb.ANSWERS, "verb")
            for hit in self.marks.all("stance")
            if hit.key in _ANSWERS and taken.isdisjoint(range(hit.first, hit.last))
        ]

    def _bracketed(self) -> Iterator[_Cue]:
        """A source alone in brackets: "four injured (district clinic)"."""
        norms = self.words.norms
        for token in range(len(self.words) - 2):
            if norms[token] != "(":
                continue
            close = next((t for t in range(token + 2, token + 7) if norms[t : t + 1] == (")",)), 0)
            inner = range(token + 1, close)
            words = close and self.words.kinds[token + 1 : close].strip("w") == ""
            if words and any(self.marks.over("source", t) for t in inner):
                yield _Cue(token, token + 1, Verb.ACCORDING, "before")

    def _preposition(self, hit: Hit) -> _Cue | None:
        if hit.key == "back":
            return None
        if hit.key == "maybe":
            return _Cue(hit.first, hit.last, Verb.ACCORDING, "maybe")
        verb = Verb.QUOTES if hit.key == "citing" else Verb.ACCORDING
        return _Cue(hit.first, hit.last, verb, "after" if hit.key == "after" else "before")

    def _speaks(self, first: int, last: int) -> bool:
        """Whether a word of saying is a verb with a subject: not "the report", not "was told"."""
        if first == 0:
            return True
        if self.marks.has("small", first - 1, "be") or self._is_paper(first, last):
            return False
        determined = self.marks.has("small", first - 1, "skip") and first - 1 not in self.party_at
        noun = determined and last - first == 1
        return not (noun and not self.marks.has("small", first - 1, "aux", "pronoun"))

    def _is_paper(self, first: int, last: int) -> bool:
        """Whether the word is a noun here: "an NGO report.", "records of the hospital"."""
        if last - first > 1 or not self.marks.has("source", first, "paper"):
            return False
        if last >= len(self.words) or self.words.kinds[last] != "w":
            return True
        return self.marks.has("small", last, "of", "prep", "be")

    def _refers_back(self, first: int) -> bool:
        """Whether "об этом" or the like stands before the verb in its sentence."""
        start = self.bounds.get(first, (first, first, 0))[0]
        return any(
            hit.key == "back"
            for token in range(start, first)
            for hit in self.marks.first_at("attribution", token)
        )

    # ------------------------------------------------------------ the source itself
    def _in_sentence(
        self, cues: Sequence[_Cue], first: int, last: int, before: Attribution | None
    ) -> list[Attribution]:
        found: list[Attribution] = []
        for place, cue in enumerate(cues):
            low = cues[place - 1].last if place else first
            high = cues[place + 1].first if place + 1 < len(cues) else last
            phrase = self._phrase(cue, low, high, first)
            if phrase is None or not self._may_say(phrase, cue):
                previous = self._gone_on(cue, found, before)
                if previous is not None:
                    found.append(self._same(previous, cue))
                continue
            found.extend(self._named(part, cue) for part in self._parts(phrase))
        return found

    def _gone_on(
        self, cue: _Cue, found: Sequence[Attribution], before: Attribution | None
    ) -> Attribution | None:
        """The source that a verb without a subject of its own goes on with.

        An answer belongs to the party that spoke in the sentence, or else to the one just accused
        in it: "they accuse the army; it denies".
        """
        if cue.verb in _GO_ON:
            goes_on = self.drops or self._gapped(cue.first)
            return (found[-1] if found else before) if goes_on else None
        if cue.verb is not Verb.ANSWERS:
            return None
        spoken = [a for a in found if a.voice is not None]
        if spoken and spoken[-1].verb is not Verb.BLAMES:
            return spoken[-1]
        start = self.bounds[cue.first][0]
        for token in range(cue.first - 1, start - 1, -1):
            mention = self.party_at.get(token)
            if mention is not None and mention.part is Part.ACTOR:
                return self._accused(mention, cue)
        return None

    def _gapped(self, first: int) -> bool:
        """Whether a pronoun, "and" or a comma before the verb stands for its subject."""
        at = first - 1
        while at >= 0 and self.marks.has("small", at, "aux") and not self._stands_in(at):
            at -= 1
        return at < 0 or self._stands_in(at) or self.words.norms[at] in _COMMAS | QUOTE_SIGNS

    def _stands_in(self, token: int) -> bool:
        return self.marks.has("small", token, "pronoun", "and")

    def _accused(self, mention: PartyMention, cue: _Cue) -> Attribution:
        span = self.words.span(mention.first, mention.last)
        informant = Informant(span.of(self.words.text), span, party=mention.name)
        tokens, sentence = (cue.first, cue.last), self.bounds[cue.first][2]
        return Attribution(
            cue.first, cue.first, tokens, informant, cue.verb, sentence, voice=mention.party
        )

    def _phrase(self, cue: _Cue, low: int, high: int, first: int) -> Phrase | None:
        if cue.kind == "before":
            return self.phrases.after(cue.last, high)
        if cue.kind == "maybe":
            phrase = self.phrases.after(cue.last, high)
            return phrase if self._subject(phrase, cue) else None
        if cue.kind == "after":
            return self.phrases.before(cue.first, low)
        left = self.phrases.before(cue.first, low)
        right = self._following(cue, high)
        if self.order == "first":
            return self._first_of(cue, left, low, first)
        order = (left, right) if self.order != "right" else (right, left)
        if self._inverted(cue, right):
            order = (right, left)
        return next((p for p in order if self._subject(p, cue)), None)

    def _following(self, cue: _Cue, high: int) -> Phrase | None:
        """The phrase after a verb; after a verb of blame only up to whom it blames."""
        if cue.verb is Verb.BLAMES:
            if self.order != "right":
                return None
            blamed = (t for t in range(cue.last + 1, high) if t in self.party_at)
            high = next(blamed, high)
        if cue.last < high and self.marks.has("small", cue.last, "stop"):
            return None  # "that" follows: the subject stands before, or is left out
        return self.phrases.after(cue.last, high)

    def _may_say(self, phrase: Phrase, cue: _Cue) -> bool:
        """Whether the phrase can be the subject: of a bare answer only a party can."""
        return cue.verb is not Verb.ANSWERS or self._voice(phrase) is not None

    def _subject(self, phrase: Phrase | None, cue: _Cue) -> bool:
        if phrase is None or not self.phrases.trusted(phrase):
            return False
        after = phrase.first >= cue.last
        if after and (phrase.head is None or phrase.head - cue.last > _HALF):
            return self.order in ("right", "both") and phrase.first - cue.last <= 1
        return True

    def _inverted(self, cue: _Cue, right: Phrase | None) -> bool:
        """Whether the subject follows its verb: after a comma or a quotation, head at once."""
        if right is None or right.head is None or right.head - cue.last > _HALF:
            return False
        at = cue.first - 1
        while at >= 0 and self.marks.has("small", at, "aux"):
            at -= 1
        return at >= 0 and (self.words.norms[at] in _COMMAS or self.words.norms[at] in QUOTE_SIGNS)

    def _first_of(self, cue: _Cue, left: Phrase | None, low: int, first: int) -> Phrase | None:
        """The subject of a verb that stands last: beside it, else first in what comes before."""
        if self.phrases.trusted(left) and left is not None and left.head is not None:
            return left
        phrase = self.phrases.after(low if low > first else first, cue.first)
        return phrase if self.phrases.trusted(phrase) else None

    def _parts(self, phrase: Phrase) -> list[Phrase]:
        """A phrase cut at "and" where both sides hold a source of their own."""
        heads = [t for t in range(phrase.first, phrase.last) if self.phrases.is_head(t)]
        for token in range(phrase.first + 1, phrase.last):
            joined = self._and_written_on(token)
            if not joined and not self.marks.has("small", token, "and"):
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

    def _named(self, phrase: Phrase, cue: _Cue) -> Attribution:
        span = self._span(phrase, cue)
        hits = self.marks.within("informant", phrase.first, phrase.last)
        key = hits[0].key if hits else None
        voice = self._voice(phrase)
        party = voice or self._affiliation(key, phrase)
        return Attribution(
            phrase.first,
            phrase.last,
            (cue.first, cue.last),
            Informant(
                span.of(self.words.text),
                span,
                key,
                vague=key is None and voice is None and self._vague(phrase),
                party=str(parties()[party]["name"]) if party else None,
            ),
            cue.verb,
            self.bounds[cue.first][2],
            voice=voice,
            own=self._own(phrase),
            back=cue.back,
            closes=cue.kind == "maybe"
            and self.words.norms[phrase.last : phrase.last + 1] == (":",),
        )

    def _colon(self, token: int) -> bool:
        return self.words.norms[token : token + 1] == (":",)

    def _span(self, phrase: Phrase, cue: _Cue) -> Span:
        """The words of the phrase, without an "and" written on to the first of them."""
        span = self.words.span(phrase.first, phrase.last)
        if phrase.first != cue.last and self._and_written_on(phrase.first):
            return Span(span.start + len(self.and_prefix), span.end)
        return span

    def _same(self, previous: Attribution, cue: _Cue) -> Attribution:
        return replace(
            previous,
            first=cue.first,
            last=cue.first,
            cue=(cue.first, cue.last),
            verb=cue.verb,
            sentence=self.bounds[cue.first][2],
            back=cue.back,
        )

    def _voice(self, phrase: Phrase) -> str | None:
        """The party that speaks: named in the phrase, with no head but that of an official."""
        tokens = range(phrase.first, phrase.last)
        mention = next((self.party_at[t] for t in tokens if t in self.party_at), None)
        if mention is None or mention.party is None or mention.part is Part.TARGET:
            return None
        keys = {
            h.key
            for t in tokens
            if not mention.first <= t < mention.last
            for h in self.marks.over("source", t)
        }
        international = parties()[mention.party]["kind"] == "international"
        if keys - _OFFICIAL and not international:
            return None
        return mention.party

    def _affiliation(self, key: str | None, phrase: Phrase) -> str | None:
        if key is not None:
            return self.known[key].get("party")
        tokens = range(phrase.first, phrase.last)
        return next((self.party_at[t].party for t in tokens if t in self.party_at), None)

    def _vague(self, phrase: Phrase) -> bool:
        """Whether the phrase is no more than "local sources" with its small words."""
        known = {
            t
            for h in self.marks.within("hearsay", phrase.first, phrase.last)
            for t in range(h.first, h.last)
        }
        rest = [
            t
            for t in range(phrase.first, phrase.last)
            if t not in known and not self.marks.has("small", t, "skip", "of")
        ]
        return bool(known) and not rest

    def _own(self, phrase: Phrase) -> bool:
        """Whether these are the publisher's own people, or the publisher by its own name."""
        tokens = range(phrase.first, phrase.last)
        if any(self.marks.has("source", t, "self") for t in tokens):
            return True
        content = [
            self.words.norms[t]
            for t in tokens
            if self.words.kinds[t] == "w" and not self.marks.has("small", t, "skip", "of", "prep")
        ]
        stems = {form[:_STEM] for word in content for form in (word, word.removeprefix("ال"))}
        return bool(content) and len(content) <= _HALF and bool(stems & self.publisher)


def _stems(name: str) -> frozenset[str]:
    words = [fold(word) for word in name.split()]
    return frozenset(w.removeprefix("ال")[:_STEM] for w in words if len(w) >= _STEM)


def _quoted(quotations: Sequence[tuple[int, int]]) -> frozenset[int]:
    return frozenset(
        token
        for first, last in quotations
        if last - first <= _LONG_QUOTATION
        for token in range(first, last)
    )


def _not_nested(cues: Sequence[_Cue]) -> list[_Cue]:
    kept: list[_Cue] = []
    for cue in cues:
        if not kept or cue.first >= kept[-1].last:
            kept.append(cue)
    return kept
