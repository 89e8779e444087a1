"""Which texts are copies: small stable sketches instead of the words.

A sketch is the set of the smallest hashes of a text's four-word runs. Two sketches tell how much
of the shorter text stands in the longer one. Hashes are stable between processes and machines, so
a sketch may be stored; no word can be read from it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from zlib import crc32

RUN = 4  # words per run; four-word runs are the measure behind the 20 % of near-copies known
FEWEST = 96  # hashes kept of a text that has so many; more = finer, less = smaller ledger
SHARE = 8  # of a long text every 8th hash is kept as well, so that an excerpt is still seen in it
MOST = 256  # hashes, whatever the length
_SPACE = 1 << 32
_WORD = re.compile(r"[^\W_]+")

Sketch = tuple[int, ...]


def plain_words(text: str) -> list[str]:
    """Words and numbers without case, marks or punctuation."""
    bare = unicodedata.normalize("NFKD", text).casefold()
    return _WORD.findall("".join(c for c in bare if not unicodedata.combining(c)))


def mark_of(phrase: str) -> str:
    """Twelve hexadecimal digits that identify a phrase whatever its case, marks or spacing."""
    folded = " ".join(plain_words(phrase))
    return hashlib.sha256(folded.encode()).hexdigest()[:12]


def sketch_of(text: str) -> Sketch:
    """The sketch of a text, ascending; empty for a text of fewer than four words."""
    words = plain_words(text)
    runs = {crc32(" ".join(words[i : i + RUN]).encode()) for i in range(len(words) - RUN + 1)}
    ordered = sorted(runs)
    bound = _SPACE // SHARE
    low = sum(1 for h in ordered if h < bound)
    return tuple(ordered[: min(MOST, max(FEWEST, low))])


def containment(a: Sketch, b: Sketch) -> float:
    """How much of the smaller sketch stands in the other, 0..1; 0 where too little is comparable.

    Both are cut at the highest hash that both would have kept, so lengths may differ.
    """
    if not a or not b:
        return 0.0
    top = min(_kept_below(a), _kept_below(b))
    left = {h for h in a if h <= top}
    right = {h for h in b if h <= top}
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller >= FEWEST_COMPARED else 0.0


FEWEST_COMPARED = 5  # common hashes needed to say anything; below, chance decides


def _kept_below(sketch: Sketch) -> int:
    """Every run of the text whose hash is at most this is in its sketch."""
    return sketch[-1] if len(sketch) >= FEWEST else _SPACE


def quote_marks(quotes: Iterable[str], *, fewest_words: int = 3) -> tuple[str, ...]:
    """The marks of quotations long enough to be somebody's own words, in order, each once."""
    long_enough: Sequence[str] = [q for q in quotes if len(plain_words(q)) >= fewest_words]
    return tuple(dict.fromkeys(mark_of(q) for q in long_enough))
