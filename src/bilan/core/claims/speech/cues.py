"""The words that bring a source into a text: "according to", "said", "citing", "denied"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from bilan.core.claims.speech.sources import Verb
from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.marks import Marks
from bilan.core.claims.text.stretches import Stretches
from bilan.core.frozen import dataclass

_BRACKET = 7  # tokens within which a bracket that holds a source alone is closed
_LABEL = 6  # words of a source that heads a line: "the spokesman of the civil defence:"
_LINE = "\n|"  # where a line begins: "Urgent | Civil defence: four dead"
_SPEAKERS = ("medical", "rescue", "official", "monitor", "activists")
_DASHES = ("–", "—", "-")
_TRAILER = 6  # words of a source behind the dash that ends a headline
_TRAILERS = ("medical", "rescue", "official", "monitor", "media")
_VERBS = ("speech", "stance", "harm", "attack")
_REFERS_BACK = 8  # tokens between "about this" and its verb
# Keys of [lexicon.stance] that are verbs whose subject is a party.
_ANSWERS = frozenset(
    {"denies", "no_comment", "acknowledges_strike", "acknowledges_harm", "opens_inquiry", "refers"}
)
_MUTE = frozenset({"no_comment", "denies"})


@dataclass(frozen=True, slots=True)
class Cue:
    """Tokens [first, last) that bring in a source, and on which side it stands.

    `kind` is "before" (the cue stands before the source), "after", "maybe" (before one, if what
    follows can be one), or "verb". `back`: what the source says stands in the sentence before.
    """

    first: int
    last: int
    verb: Verb
    kind: str
    back: bool = False


def cues_in(
    marks: Marks, stretches: Stretches, quoted: Collection[int], parties: Collection[int]
) -> list[Cue]:
    """The cues of a text in order, none inside another, none within `quoted` tokens.

    `parties` are the tokens that name a party: an adjective of one is no article.
    """
    reader = _Reader(marks, stretches, parties)
    found = [c for c in reader.read() if c.first not in quoted]
    return _not_nested(sorted(found, key=lambda c: (c.first, -c.last)))


class _Reader:
    def __init__(self, marks: Marks, stretches: Stretches, parties: Collection[int]) -> None:
        self.marks = marks
        self.words = marks.words
        self.stretches = stretches
        self.parties = parties
        self.backs = {h.first for h in marks.all("attribution") if h.key == "back"}

    def read(self) -> list[Cue]:
        relative = {h.first for h in self.marks.all("attribution") if h.key == "relative"}
        found = [
            c
            for hit in self.marks.all("attribution")
            if hit.first not in relative and (c := self._preposition(hit))
        ]
        found.extend(self._verbs())
        found.extend(self._bracketed())
        found.extend(self._labelled())
        found.extend(self._trailing())
        return self._with_answers(found)

    def _preposition(self, hit: Hit) -> Cue | None:
        if hit.key == "back":
            return None
        if hit.key == "maybe":
            return Cue(hit.first, hit.last, Verb.ACCORDING, "maybe")
        verb = Verb.QUOTES if hit.key == "citing" else Verb.ACCORDING
        return Cue(hit.first, hit.last, verb, "after" if hit.key == "after" else "before")

    def _verbs(self) -> Iterator[Cue]:
        for hit in self.marks.all("speech"):
            if self._speaks(hit.first, hit.last) and not self._uncounted(hit):
                kind = "before" if hit.key == "quoting" else "verb"
                verb = Verb.QUOTES if hit.key == "quoting" else Verb(hit.key)
                yield Cue(hit.first, hit.last, verb, kind, self._refers_back(hit.first))
        for hit in self.marks.all("side"):
            if hit.key == "blames" and self._speaks(hit.first, hit.last):
                yield Cue(hit.first, hit.last, Verb.BLAMES, "verb")

    def _uncounted(self, hit: Hit) -> bool:
        """Whether a word of counting is denied and counts nothing: "a man not yet identified"."""
        before = range(max(0, hit.first - 2), hit.first)
        return hit.key == "tolls" and any(self.marks.has("negation", t, "not") for t in before)

    def _bracketed(self) -> Iterator[Cue]:
        """A source alone in brackets: "four injured (district clinic)"."""
        norms = self.words.norms
        for token in self._signs("("):
            close = next(
                (t for t in range(token + 2, token + _BRACKET) if norms[t : t + 1] == (")",)), 0
            )
            words = close and self.words.kinds[token + 1 : close].strip("w") == ""
            if words and any(self.marks.over("source", t) for t in range(token + 1, close)):
                yield Cue(token, token + 1, Verb.ACCORDING, "before")

    def _labelled(self) -> Iterator[Cue]:
        """A source that heads its line before a colon: "Civil defence: four dead"."""
        for token in self._signs(":"):
            if self._is_label(token):
                yield Cue(token, token + 1, Verb.ACCORDING, "after")

    def _trailing(self) -> Iterator[Cue]:
        """A source alone behind the dash that ends a headline: "Three dead in Kharkiv – mayor"."""
        for token in (t for sign in _DASHES for t in self._signs(sign) if self._parts(t)):
            last = self.stretches.of(token)[1]
            last -= last > token + 1 and self.words.norms[last - 1] == "."
            behind = range(token + 1, last)
            if not 0 < len(behind) <= _TRAILER or self.words.kinds[token + 1 : last].strip("w"):
                continue
            says = any(self.marks.over(c, t) for t in behind for c in _VERBS)
            if not says and any(self.marks.has("source", t, *_TRAILERS) for t in behind):
                yield Cue(token, token + 1, Verb.ACCORDING, "before")

    def _parts(self, sign: int) -> bool:
        """Whether blanks stand on both sides of a dash, which joins no words then."""
        starts, ends = self.words.starts, self.words.ends
        inside = 0 < sign < len(self.words) - 1
        return inside and ends[sign - 1] < starts[sign] and ends[sign] < starts[sign + 1]

    def _signs(self, sign: str) -> list[int]:
        """The tokens that are a sign."""
        norms = self.words.norms
        return [t for t, norm in enumerate(norms) if norm == sign] if sign in norms else []

    def _is_label(self, colon: int) -> bool:
        """Whether nothing but the name of a source stands before the sign in its line."""
        text, starts = self.words.text, self.words.starts
        line = max(text.rfind(sign, 0, starts[colon]) for sign in _LINE)
        party = self._names_a_party(colon)
        if party:
            line = max(line, starts[self.stretches.of(colon)[0]] - 1)
        first = colon
        while first and self._is_worded(first - 1) and starts[first - 1] > line:
            first -= 1
        before = text[line + 1 : starts[first]]
        if not 0 < colon - first <= _LABEL or any(letter.isalnum() for letter in before):
            return False
        follows = text[starts[colon] + 1 : starts[colon] + 2]
        head = range(first, colon)
        told = party or any(self.marks.has("source", t, *_SPEAKERS) for t in head)
        if any(self.marks.over("speech", t) for t in head):
            return False  # "The civil defence said in a statement:" has its verb
        return told and follows.isspace() and follows != "\n"

    def _is_worded(self, token: int) -> bool:
        """Whether a token is a word, or the number in a party's name: "M23"."""
        return self.words.kinds[token] == "w" or token in self.parties

    def _names_a_party(self, colon: int) -> bool:
        """Whether a party's name alone heads what it says: "The M23: pure lies"."""
        first = max(self.stretches.of(colon)[0], colon - _LABEL)
        head = range(first, colon)
        says = any(self.marks.over(c, t) for t in head for c in ("speech", "stance", "harm"))
        return not says and colon - 1 in self.parties

    def _with_answers(self, found: list[Cue]) -> list[Cue]:
        """The cues with the answers of parties: a refusal to speak is no word of saying."""
        mute = self.marks.tokens("stance", *_MUTE)
        found = [c for c in found if c.first not in mute or c.kind == "before"]
        regrets = self.marks.tokens("stance", "acknowledges_harm")  # "asked for forgiveness"
        found = [c for c in found if c.verb is not Verb.ASKS or c.first not in regrets]
        taken = {t for c in found for t in range(c.first, c.last)}
        return found + [
            Cue(hit.first, hit.last, Verb.ANSWERS, "verb")
            for hit in self.marks.all("stance")
            if hit.key in _ANSWERS and taken.isdisjoint(range(hit.first, hit.last))
        ]

    def _speaks(self, first: int, last: int) -> bool:
        """Whether a word of saying is a verb with a subject: not "the report", not "was told"."""
        if first == 0:
            return True
        if self.marks.has("small", first - 1, "be") or self._is_paper(first, last):
            return False
        determined = self.marks.has("small", first - 1, "skip") and first - 1 not in self.parties
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
        if not self.backs:
            return False
        start = max(self.stretches.of(first)[0], first - _REFERS_BACK)
        return not self.backs.isdisjoint(range(start, first))


def _not_nested(cues: Sequence[Cue]) -> list[Cue]:
    kept: list[Cue] = []
    for cue in cues:
        if not kept or cue.first >= kept[-1].last:
            kept.append(cue)
    return kept
