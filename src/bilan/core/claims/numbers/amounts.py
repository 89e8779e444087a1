"""Bare numbers: digits of every script and number words with their compounds, as values.

What qualifies a number ("at least", "a dozen or so") and what it counts is said in `numbers`.
The words are data: the tables [numbers], [numbers.words] and [numbers.scales] of each language.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from bilan.core.claims.numbers.words import NO_PIECES, NumberWords, Piece, Value
from bilan.core.claims.text.found import Found
from bilan.core.claims.text.language import Language, load_language
from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.tokens import Words
from bilan.core.frozen import dataclass

_LONGEST = 15  # digits; a longer run is a code, and no count of people
_HALF = Fraction(1, 2)
_LINKS = frozenset("-‐‑.")
_ARABIC_COMMA = "،"
_APOSTROPHES = frozenset("'’ʼ`")


class Amount(NamedTuple):
    """A bare number on tokens [first, last).

    `digits`: written in digits. `weak`: a word that may be a mere article ("un", "bir").
    `definite`: with a written-on article (الخمسة). `joined`: with a written-on "and" (وخمسة).
    """

    first: int
    last: int
    value: Value
    digits: bool = False
    weak: bool = False
    definite: bool = False
    joined: bool = False

    @property
    def whole(self) -> int | None:
        """The value where it is a whole number."""
        return self.value if isinstance(self.value, int) else None


@lru_cache(maxsize=1 << 12)
def value_of_digits(token: str, *, scaled: bool = False) -> Value | None:
    """The value of a number token: groups of three digits are one number, else a decimal.

    `scaled`: a scale word follows ("1.250 million"), so that one mark is a decimal mark. None for
    what is too long to be a count.
    """
    if token.isdigit():
        return int(token) if len(token) <= _LONGEST else None
    parts: list[str] = [""]
    marks: list[str] = []
    for sign in token:
        if sign.isdigit():
            parts[-1] += sign
        else:
            marks.append(sign)
            parts.append("")
    if sum(map(len, parts)) > _LONGEST:
        return None
    grouped = len(parts[-1]) == 3 and marks[-1] != "٫" and int(parts[0]) > 0
    if grouped and not (scaled and len(marks) == 1 and marks[0] in ".,"):
        return int("".join(parts))
    return _plain(Fraction(int("".join(parts)), 10 ** len(parts[-1])))


def _plain(value: Value) -> Value:
    """A whole number as an int, so that only decimals pay for fractions."""
    return value.numerator if value.denominator == 1 else value


@cache
def number_words(code: str) -> NumberWords:
    """The number words of a language, compiled once."""
    return NumberWords.of(load_language(code).table("numbers"))


def amounts(words: Words, found: Found, language: Language) -> list[Amount]:
    """Every bare number of a text, in its order, none overlapping another.

    Fixed expressions of [lexicon.number] ("half a dozen" = 6) are numbers too.
    """
    phrases = {hit.first: hit for hit in found.hits("number")}
    halves = {hit.first: hit.last for hit in found.hits("half")}
    reader = _Reader(words, number_words(language.code), halves)
    table, heads, kinds = reader.table.pieces, reader.table.heads, words.kinds
    starts = [i for i, norm in enumerate(words.norms) if norm in table or kinds[i] == "n"]
    if heads:
        starts += [i for i, norm in enumerate(words.norms) if norm in heads]
    numbers: list[Amount] = []
    free = 0
    for i in sorted({*starts, *phrases}) if phrases or heads else starts:
        if i < free:
            continue
        phrase = phrases.get(i)
        amount = reader.read(i) if phrase is None else reader.phrase(phrase)
        if amount is not None:
            numbers.append(amount)
            free = amount.last
    return numbers


@dataclass(slots=True)
class _Run:
    """The sum so far: `total` of the closed scales, `group` below the next one."""

    total: Value = 0
    group: Value | None = None
    scale: int = 0  # the last scale taken; 0 = none yet
    digits: bool = False  # the group was written in digits

    @property
    def value(self) -> Value:
        return _plain(self.total + (self.group or 0))

    def take(self, piece: Piece) -> None:
        if not (piece.scale or piece.digits) and piece.value >= 1000:
            # A scale with its factor in one word: ألفان, پانزده‌هزار.
            self.total += piece.value
            self.group, self.scale = None, 1000 if piece.value < 1_000_000 else 1_000_000
        elif not piece.scale:
            self.group = self._plus(piece)
        elif piece.value < 1000:
            self.group = (self.group or 1) * piece.value
        else:
            self.total += (1 if self.group is None else self.group) * piece.value
            self.group, self.scale = None, piece.value
        self.digits = piece.digits

    def _plus(self, piece: Piece) -> Value:
        group = self.group or 0
        if piece.vigesimal and group % 100 == 4:
            return group - 4 + 80
        return group + piece.amount


class _Reader:
    """Reads the number that begins at a token."""

    def __init__(self, words: Words, table: NumberWords, halves: Mapping[int, int]) -> None:
        self.words, self.table, self._halves = words, table, halves
        self._count = len(words)

    def read(self, first: int) -> Amount | None:
        """The number that begins at a token, or None where its digits are no count."""
        if self._digits_alone(first):
            value = value_of_digits(self.words.norms[first])
            return None if value is None else Amount(first, first + 1, value, True)
        pieces = self._pieces(first)
        if not pieces:
            return None
        lead, end = pieces[0], self._after(first)
        if lead.scale and len(self.words.norms[first]) == 1:
            return None  # "K" is a thousand behind digits alone
        if not (lead.scale or self._goes_on(end)):
            return Amount(
                first, end, lead.amount, lead.digits, lead.weak, lead.definite, lead.joined
            )
        run = _Run()
        run.take(lead)
        last = self._add_half(run, self._extend(run, end))
        weak = lead.weak and last == end
        return Amount(first, last, run.value, lead.digits, weak, lead.definite, lead.joined)

    def _digits_alone(self, at: int) -> bool:
        """Whether a number in digits ends with its token: the common case."""
        if self.words.kinds[at] != "n" or at + 1 in self._halves:
            return False
        after = self.words.norms[at + 1] if at + 1 < self._count else ""
        return after != _ARABIC_COMMA and after not in self.table.pieces

    def _goes_on(self, at: int) -> bool:
        """Whether the number may go on: most do not, and need no more work."""
        if at >= self._count:
            return False
        norm, table = self.words.norms[at], self.table
        goes = norm in table.pieces or norm in table.joints or norm in _LINKS
        return goes or self.words.kinds[at] == "n" or norm in table.heads or at in self._halves

    def phrase(self, hit: Hit) -> Amount:
        """A fixed expression, and the scale that may follow it."""
        run = _Run(group=int(hit.key))
        return Amount(hit.first, self._extend(run, hit.last), run.value)

    def _extend(self, run: _Run, last: int) -> int:
        while True:
            at, joined = self._past_joint(last)
            piece = self._admitted(run, at, joined)
            if piece is None:
                return last
            run.take(piece)
            last = self._after(at)

    def _admitted(self, run: _Run, at: int, joined: bool) -> Piece | None:
        if at >= self._count:
            return None
        for piece in self._pieces(at):
            if self.table.admits(run.group, run.scale, run.digits, piece, joined or piece.joined):
                return piece
        return None

    def _after(self, at: int) -> int:
        """The token after the one at `at`; п'ять and 23،708 are one though cut in three."""
        return at + 3 if self._split_word(at) or self._split_digits(at) else at + 1

    def _split_digits(self, at: int) -> str | None:
        """Digits grouped by the Arabic comma, which is a sign of its own."""
        words = self.words
        if words.kinds[at : at + 3] != "nsn" or words.norms[at + 1] != _ARABIC_COMMA:
            return None
        if words.ends[at] != words.starts[at + 1] or words.ends[at + 1] != words.starts[at + 2]:
            return None
        head, tail = words.norms[at], words.norms[at + 2]
        return head + "," + tail if len(head) <= 3 and len(tail) == 3 else None

    def _split_word(self, at: int) -> str | None:
        words = self.words
        if words.norms[at] not in self.table.heads or at + 2 >= self._count:
            return None
        if words.norms[at + 1] not in _APOSTROPHES or words.ends[at] != words.starts[at + 1]:
            return None
        return words.norms[at] + words.norms[at + 2]

    def _pieces(self, at: int) -> tuple[Piece, ...]:
        words = self.words
        if words.kinds[at] == "n":
            token = self._split_digits(at) or words.norms[at]
            value = value_of_digits(token, scaled=self._scale_follows(at))
            return NO_PIECES if value is None else (Piece.of_digits(value),)
        split = self._split_word(at)
        norm = words.norms[at] if split is None else split
        if norm in self.table.exact and words.raw(at).casefold() != self.table.exact[norm]:
            return NO_PIECES
        return self.table.pieces.get(norm, NO_PIECES)

    def _scale_follows(self, at: int) -> bool:
        if at + 1 >= self._count:
            return False
        return any(p.scale for p in self.table.pieces.get(self.words.norms[at + 1], NO_PIECES))

    def _past_joint(self, at: int) -> tuple[int, bool]:
        """Past a hyphen within a word number, or an "and"; and whether it was an "and"."""
        words = self.words
        if at + 1 >= self._count:
            return at, False
        if words.norms[at] in self.table.joints:
            return at + 1, True
        if words.norms[at] == "." and words.norms[at - 1] in self.table.dotted:
            return at + 1, False
        hyphen = words.kinds[at] == "s" and words.norms[at] in "-‐‑"
        if hyphen and words.kinds[at + 1] == "w" and words.ends[at] == words.starts[at + 1]:
            follows = at + 3 < self._count and words.norms[at + 1] in self.table.joints
            return (at + 3, True) if follows and words.norms[at + 2] in "-‐‑" else (at + 1, False)
        return at, False

    def _add_half(self, run: _Run, last: int) -> int:
        end = self._halves.get(last)
        if end is None:
            return last
        if run.group is None and run.scale:
            run.total += run.scale * _HALF
            return end
        run.group = (run.group or 0) + _HALF
        return self._extend(run, end)
