"""A text as words with offsets, each with a folded form by which lexicons find it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, chain
from operator import attrgetter
from typing import NamedTuple

from bilan.core.frozen import dataclass
from bilan.core.values import Span

# What may stand inside a word without being a letter: vowel marks, joiners, bidi controls.
_MARKS = (
    "\u0300-\u036f\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad"
)
# Pages print words without the blank between: a word changes no script and, in Arabic, ends at ة.
_ARABIC = "\u0620-\u0628\u062a-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff"
# Arabic writers break words to dodge moderation: by signs or blanks beside a stretched joint
# (قصـ.ـف, قصـ.ف), by a star (قص*ف), by a sign before the last letters (قص.ف, التر/كي) or before a
# letter that opens no word (الاسرا،ئيلي). Two words divided by a slash stay two.
_FIRST_ARABIC = "\u0600"  # letters below are of scripts that a word is never cut within
_LETTER = f"[{_ARABIC}ة]"
_BROKEN = (
    r"(?<=ـ)[ .*_/|\-]{1,3}(?=ـ)"
    rf"|(?<=ـ)[.*_/|'’]{{1,2}}(?={_LETTER})|(?<={_LETTER})[.*_/|'’]{{1,2}}(?=ـ)"
    rf"|(?<={_LETTER})\*+(?={_LETTER})|(?<={_LETTER})[.،,/](?=[ئؤىة])"
    rf"|(?<={_LETTER}{{2}})\.(?={_LETTER}(?!{_LETTER}|\.))"
    rf"|(?<={_LETTER}{{2}})/(?={_LETTER}{{2}}(?!{_LETTER}))"
)
_ARABIC_WORD = rf"(?:[{_ARABIC}]|ة(?![{_ARABIC}]))(?:[{_ARABIC}{_MARKS}]|{_BROKEN})*ة?[{_MARKS}]*"
_OTHER_WORD = rf"[^\W\d_{_ARABIC}ة]+(?:[{_MARKS}]+[^\W\d_{_ARABIC}ة]*)*"
# A text is cut in two steps, so that what was cut once is remembered: into line breaks, numbers and
# runs without blank or digit, with the blanks before each; and a run into words and signs.
_PIECE = (
    r"[^\s\d]+(?:(?<=ـ) {1,2}(?=[.*_/]{0,2}ـ)[^\s\d]+)*"
    r"|\d{1,3}(?:[\u00a0\u202f\u2009 ,.\u066c'’]\d{3})+(?!\d)(?:[.,\u066b]\d+)?"
    r"|\d+(?:[.\u066b]\d+|,\d{1,3}(?!\d))?"
    r"|\n+"
)
_BLANKS = re.compile(r"[^\S\n]*")
_PIECES = re.compile(rf"{_BLANKS.pattern}(?:{_PIECE})")
_BLANKS_AND_PIECE = re.compile(rf"({_BLANKS.pattern})({_PIECE})")
# A word broken by a blank between two stretched joints (مقـ ـتل) is one piece of a text.
_BROKEN_BY_BLANK = re.compile(r"(?<=ـ) {1,2}(?=[.*_/]{0,2}ـ)")
_IN_RUN = re.compile(rf"{_OTHER_WORD}|{_ARABIC_WORD}|[^\w\s]|_|ة")
_FOLD = str.maketrans(
    {"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": "", "ı": "i", "ł": "l", "ø": "o"}
)
# A text is wrapped where at least half of its first lines are about as long as a page is wide.
_WRAPPED_FROM, _WRAPPED_TO = 50, 90  # characters
_WRAPPED_LINES = 5
_LINES_LOOKED_AT = 200
_KEEP_LONGEST = 64  # characters; no word of any language read here is longer
_REMEMBERED = 1 << 16  # pieces of text whose cut is remembered; about 30 MB when full


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """The form by which a word is looked up: no case, no marks, one letter for its variants.

    Arabic alefs fold to one, ى and Persian ی to ي, ة to ه; Latin and Cyrillic letters lose their
    accents ("tué" and "TUE" meet; й meets и). Folding a folded word changes nothing.
    """
    plain = unicodedata.normalize("NFKD", word[:_KEEP_LONGEST]).casefold().translate(_FOLD)
    return "".join(c for c in plain if c.isalnum() or c in "'")


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one text, as parallel tuples: starts, ends, folded forms and kinds.

    `kinds` holds "w" (word), "n" (number in digits), "s" (sign) or "l" (line break). The folded
    form of a number or a sign is its text.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    norms: tuple[str, ...]
    kinds: str

    def __len__(self) -> int:
        return len(self.norms)

    def span(self, first: int, last: int) -> Span:
        """The characters from token `first` up to, not including, token `last`."""
        return Span(self.starts[first], self.ends[last - 1])

    def raw(self, index: int) -> str:
        """The token as written."""
        return self.text[self.starts[index] : self.ends[index]]


class _Cut(NamedTuple):
    """The tokens of one piece with the blanks before it: folded forms, kinds, and the lengths of
    gap, token, gap, token …"""

    norms: tuple[str, ...]
    kinds: str
    lengths: tuple[int, ...]


class _Cuts(dict[str, _Cut]):
    """Remembers how each piece is cut: news repeats its words."""

    def __missing__(self, piece: str) -> _Cut:
        cut = _cut(piece)
        if len(piece) <= _KEEP_LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[piece] = cut
        return cut


def _cut(piece: str) -> _Cut:
    before = _BLANKS.match(piece)
    blanks = before.end() if before else 0
    piece = piece[blanks:]
    if piece[0] == "\n":
        return _Cut((piece,), "l", (blanks, len(piece)))
    if piece[0].isdecimal():
        return _Cut((piece,), "n", (blanks, len(piece)))
    if piece.isalpha() and max(piece) < _FIRST_ARABIC:
        return _Cut((fold(piece) or piece,), "w", (blanks, len(piece)))  # as most are
    tokens = _IN_RUN.findall(piece)
    are_words = [token[0].isalnum() for token in tokens]
    lengths = [length for token in tokens for length in (0, len(token))]
    return _Cut(
        # A word of joints alone folds to nothing; it keeps its letters, so no form is ever empty.
        tuple((fold(t) or t) if word else t for t, word in zip(tokens, are_words, strict=True)),
        "".join("w" if word else "s" for word in are_words),
        (blanks, *lengths[1:]),
    )


_CUTS = _Cuts()
_norms, _kinds, _lengths = attrgetter("norms"), attrgetter("kinds"), attrgetter("lengths")


def is_wrapped(text: str) -> bool:
    """Whether a text was broken into lines to fit a page, as wires and e-mails are."""
    lines = [len(line) for line in text.split("\n", _LINES_LOOKED_AT)[:_LINES_LOOKED_AT] if line]
    long = sum(_WRAPPED_FROM < length <= _WRAPPED_TO for length in lines)
    return len(lines) >= _WRAPPED_LINES and max(lines) <= _WRAPPED_TO and 2 * long >= len(lines)


def pieces_of(text: str) -> list[str]:
    """The text between blanks, a word that is broken to dodge moderation in one piece."""
    return (_BROKEN_BY_BLANK.sub("", text) if "ـ " in text else text).split()


def norms_of(piece: str) -> tuple[str, ...]:
    """The folded forms of the words of a piece without blanks, as `words_of` has them."""
    cuts = map(_CUTS.__getitem__, _PIECES.findall(piece))
    return tuple(chain.from_iterable(map(_norms, cuts)))


def _without_last_blanks(text: str) -> str:
    """The text up to its last sign or line break: looking for more behind it is quadratic."""
    end = len(text.rstrip())
    return text[: max(end, text.rfind("\n", end) + 1)]


def words_of(text: str) -> Words:
    """All tokens of a text in its order; time and memory linear in its length.

    In a text that was broken into lines to fit a page, a break within a sentence is a blank.
    """
    whole = _without_last_blanks(text)
    if is_wrapped(text):
        pieces = _unwrapped(_BLANKS_AND_PIECE.findall(whole))
    else:
        pieces = _PIECES.findall(whole)
    cuts = list(map(_CUTS.__getitem__, pieces))  # no step of Python's own for a known piece
    edges = list(accumulate(chain.from_iterable(map(_lengths, cuts))))
    norms = tuple(chain.from_iterable(map(_norms, cuts)))
    kinds = "".join(map(_kinds, cuts))
    return Words(text, tuple(edges[::2]), tuple(edges[1::2]), norms, kinds)


def _unwrapped(pieces: Sequence[tuple[str, str]]) -> list[str]:
    """The pieces, each behind the blanks before it, with a break within a sentence made blank."""
    kept: list[str] = []
    line, carried, before = 0, 0, "\n"
    for gap, piece in pieces:
        line += len(gap) + len(piece)
        if piece == "\n" and line > _WRAPPED_FROM and (before.isalnum() or before in ",'-"):
            line, carried = 0, carried + len(gap) + 1
            continue
        before, line = piece[-1], 0 if piece[0] == "\n" else line
        kept.append(" " * (carried + len(gap)) + piece)
        carried = 0
    return kept
