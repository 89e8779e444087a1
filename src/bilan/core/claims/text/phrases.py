"""The noun phrase that a word of saying or doing belongs to: its subject, or what follows it.

There is no parser behind this. A phrase runs until a sign, a verb of the vocabulary, a number or a
word that opens a clause (`[lexicon.small] stop`), and it is trusted when it holds a known head: a
word for informants, a known agency, a party, or a name in capitals.
"""

from __future__ import annotations

from collections.abc import Collection

from bilan.core.claims.text.marks import QUOTE_SIGNS, Marks
from bilan.core.frozen import dataclass

LONGEST = 14  # tokens of one noun phrase
_APPOSITION = 16  # tokens between two commas that may stand between a subject and its verb
_BETWEEN = 6  # small words between a subject and its verb
_WITHIN = QUOTE_SIGNS | frozenset("-–'’/.")
_OPENING = {")": "(", ",": ",", "،": "،", "–": "–", "—": "—", "»": "«", "”": "“"}
_COMMAS = frozenset(",،")
_VERBS = ("attack", "speech", "stance", "harm")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens [first, last); `head` is the first token of a known head, or None."""

    first: int
    last: int
    head: int | None = None


class Phrases:
    """Finds noun phrases beside tokens. `party_tokens` are those that name a party."""

    def __init__(self, marks: Marks, party_tokens: Collection[int]) -> None:
        self.marks = marks
        self.words = marks.words
        self._party = party_tokens
        self._heads = marks.tokens("source") | marks.tokens("informant") | frozenset(party_tokens)
        self._heads |= marks.tokens("spokes", "group")  # "the rebels deny it"
        self._stop = marks.tokens("small", "stop")
        self._adverbial = frozenset(
            h.first for h in marks.all("small") if h.key == "aux" and h.last - h.first > 1
        )
        self._opening = frozenset(t for c in _VERBS for t in marks.firsts(c))
        self._in_verb = frozenset(t for c in _VERBS for t in marks.covers(c))
        self._in_verb |= marks.tokens("side", "blames")  # "Baku blamed X, which denied it"

    # ------------------------------------------------------------ to the right
    def after(self, start: int, bound: int) -> Phrase | None:
        """The phrase that begins at the token; None where none does."""
        first = self._past(start, bound)
        last = first
        while last < bound and last - first < LONGEST and self._goes_on(last, first):
            last += 1
        return self._trimmed(first, self._closed(first, last, bound))

    def _past(self, token: int, bound: int) -> int:
        while token < bound and self.words.norms[token] in QUOTE_SIGNS:
            token += 1
        return token

    def _goes_on(self, token: int, first: int) -> bool:
        kind = self.words.kinds[token]
        if kind == "s":
            return self._sign_within(token, first)
        if kind == "n":
            return token == first
        if token == first:
            return kind == "w"
        return kind == "w" and not self._ends_phrase(token) and not self._another(token, first)

    def _another(self, token: int, first: int) -> bool:
        """Whether a party stands behind a preposition: "residents on the Houthis"."""
        at = token - 1
        while at > first and self.marks.has("small", at, "skip"):
            at -= 1
        of = self.marks.has("small", at, "of")
        return (
            token in self._party and at > first and not of and self.marks.has("small", at, "prep")
        )

    def _sign_within(self, token: int, first: int) -> bool:
        sign = self.words.norms[token]
        if sign == "." and not self._initial(token):
            return False
        if sign == "-" and self._dashed(token):
            return False
        return sign in _WITHIN or (sign == "(" and token > first)

    def _dashed(self, token: int) -> bool:
        """Whether a hyphen stands between blanks, as a dash."""
        text, start, end = self.words.text, self.words.starts[token], self.words.ends[token]
        return text[start - 1 : start].isspace() and text[end : end + 1].isspace()

    def _initial(self, token: int) -> bool:
        before = token - 1
        return (
            before >= 0
            and self.words.kinds[before] == "w"
            and self.words.ends[before] - self.words.starts[before] <= 2
            and self.words.starts[token] == self.words.ends[before]
        )

    def _ends_phrase(self, token: int) -> bool:
        if token in self._adverbial:
            return True  # "in reply to our questions"
        return (token in self._stop or token in self._opening) and token not in self._heads

    def _closed(self, first: int, last: int, bound: int) -> int:
        """`last`, past the bracket that a phrase was cut in: "(OSDH)"."""
        norms = self.words.norms
        opened = [t for t in range(first, last) if norms[t] == "("]
        if opened:
            for token in range(opened[-1] + 1, min(bound, last + 4)):
                if norms[token] == ")":
                    return max(last, token + 1)
            return opened[-1]
        return last

    # ------------------------------------------------------------ to the left
    def before(self, end: int, bound: int) -> Phrase | None:
        """The phrase that ends before the token, small words and an apposition between skipped."""
        end = self._subject_end(end, bound)
        if end > bound and self.marks.has("small", end - 1, "and"):
            return None  # "X did this and did that": the subject is that of the verb before
        first = end
        while first > bound and end - first < LONGEST and self._comes_before(first - 1):
            first -= 1
        return self._trimmed(first, end)

    def _subject_end(self, end: int, bound: int) -> int:
        between, skipped = 0, False
        while end > bound and between <= _BETWEEN:
            token = end - 1
            opening = _OPENING.get(self.words.norms[token])
            if opening and not skipped:
                opener = self._opener(token, opening, bound)
                if opener is None:
                    break
                end, skipped = opener, True
            elif self._between(token):
                end, between = token, between + 1
            elif between <= 1 and self.marks.has("small", token, "who") and not self.is_head(token):
                return self._antecedent(token, bound)
            else:
                break
        return self._past_comma(end, bound)

    def _antecedent(self, relative: int, bound: int) -> int:
        """The end of the phrase that "who", "which" or "qui" stands for."""
        comma = relative > bound and _OPENING.get(self.words.norms[relative - 1]) in _COMMAS
        return relative - 1 if comma else relative

    def _past_comma(self, end: int, bound: int) -> int:
        """The end of "X" in "X, blaming Y": a participle after a comma has the subject before."""
        if end > bound and self.words.norms[end - 1] in _COMMAS and end - bound <= LONGEST:
            return end - 1
        return end

    def _between(self, token: int) -> bool:
        """Whether the token may stand between subject and verb: "has", "in reply to questions"."""
        small = [h for h in self.marks.over("small", token) if h.key in ("aux", "be")]
        phrase = any(h.last - h.first > 1 for h in small)
        return bool(small) and (phrase or not self.is_head(token))

    def _opener(self, token: int, opening: str, bound: int) -> int | None:
        for at in range(token - 1, max(bound, token - _APPOSITION) - 1, -1):
            if self.words.norms[at] == opening:
                return at if at > bound else None
        return None

    def _comes_before(self, token: int) -> bool:
        kind = self.words.kinds[token]
        if kind == "s":
            return self._sign_within(token, -1)
        if token in self._party:
            return True  # also a numeral in its name: "M23 did not answer"
        return kind == "w" and not self._ends_phrase(token) and not self._verb_over(token)

    def _verb_over(self, token: int) -> bool:
        return token in self._in_verb and token not in self._heads

    # ------------------------------------------------------------ what a phrase is worth
    def is_head(self, token: int) -> bool:
        """Whether the token is of a word for informants, a known agency or a party."""
        return token in self._heads

    def named(self, phrase: Phrase) -> bool:
        """Whether the phrase is a name in capitals."""
        letters = [
            self.words.raw(t)[0]
            for t in range(phrase.first, phrase.last)
            if self.words.kinds[t] == "w"
        ]
        if len(letters) == 1 and self._opens_sentence(phrase.first):
            return False
        return bool(letters) and len(letters) <= 4 and all(c.isupper() for c in letters)

    def _opens_sentence(self, token: int) -> bool:
        """Whether the token's capital may be owed to its place."""
        return token == 0 or self.words.kinds[token - 1] in "sl"

    def trusted(self, phrase: Phrase | None) -> bool:
        """Whether the phrase can be whoever says or does something."""
        return phrase is not None and (phrase.head is not None or self.named(phrase))

    def is_pronoun(self, phrase: Phrase | None) -> bool:
        """Whether the phrase is a pronoun alone."""
        return phrase is not None and all(
            self.marks.has("small", t, "pronoun") for t in range(phrase.first, phrase.last)
        )

    def _trimmed(self, first: int, last: int) -> Phrase | None:
        while first < last and self._idle_before(first):
            first += 1
        while last > first and self._idle_after(last - 1):
            last -= 1
        if first >= last:
            return None
        head = next((t for t in range(first, last) if self.is_head(t)), None)
        if head is not None and self.marks.has("small", first, "prep"):
            first = self._with_determiners(head, first)
        return Phrase(first, last, head)

    def _with_determiners(self, head: int, bound: int) -> int:
        while head - 1 > bound and self.marks.has("small", head - 1, "skip"):
            head -= 1
        return head

    def _idle_before(self, token: int) -> bool:
        if self.words.kinds[token] == "s":
            return True
        return not self.is_head(token) and self.marks.has("small", token, "and", "stop")

    def _idle_after(self, token: int) -> bool:
        if self.words.kinds[token] == "s":
            return self.words.norms[token] not in ')»”"'
        return not self.is_head(token) and self.marks.has(
            "small", token, "and", "stop", "prep", "aux", "of", "be"
        )
