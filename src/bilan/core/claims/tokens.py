"""A text as words with offsets, each with a folded form by which lexicons find it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bilan.core.values import Span

# What may stand inside a word without being a letter: vowel marks, joiners, bidi controls.
_MARKS = (
    "\u0300-\u036f\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad"
)
# Arabic writers break words with a stretched joint around a sign to dodge moderation: ـ.ـ
_BROKEN = r"(?<=ـ)[.*_/|\-]{1,3}(?=ـ)"
_TOKEN = re.compile(
    rf"(?P<word>[^\W\d_](?:[^\W\d_{_MARKS}]|[{_MARKS}]|{_BROKEN})*)"
    r"|(?P<number>\d{1,3}(?:[\u00a0\u202f\u2009 ,.\u066c'’]\d{3})+(?!\d)(?:[.,\u066b]\d+)?"
    r"|\d+(?:[.,\u066b]\d+)?)"
    r"|(?P<newline>\n+)"
    r"|(?P<sign>[^\w\s]|_)"
)
_FOLD = str.maketrans(
    {"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": "", "ı": "i", "ł": "l", "ø": "o"}
)
_KEEP_LONGEST = 64  # characters; no word of any language read here is longer


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


_KIND = {"word": "w", "number": "n", "sign": "s", "newline": "l"}


def words_of(text: str) -> Words:
    """All tokens of a text in its order; time and memory linear in its length."""
    starts, ends, norms, kinds = [], [], [], []
    for match in _TOKEN.finditer(text):
        kind = _KIND[match.lastgroup or "sign"]
        starts.append(match.start())
        ends.append(match.end())
        kinds.append(kind)
        norms.append(fold(match.group()) if kind == "w" else match.group())
    return Words(text, tuple(starts), tuple(ends), tuple(norms), "".join(kinds))
