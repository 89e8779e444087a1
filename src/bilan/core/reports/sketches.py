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
QUOTED = 64  # hashes kept of all quotations of a report
COPY_RUNS = 4  # smallest hashes by which copies find each other; half a text shares one at 94 %
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
    ordered = sorted({crc32(" ".join(run).encode()) for run in _runs(words)})
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


def quote_sketch(quotes: Iterable[str]) -> Sketch:
    """The runs of all quotations, ascending: two reports that quote one speaker share some.

    A quotation of fewer than four words is nobody's in particular.
    """
    runs = {crc32(" ".join(run).encode()) for quote in quotes for run in _runs(plain_words(quote))}
    return tuple(sorted(runs)[:QUOTED])


def _runs(words: Sequence[str]) -> Iterable[Sequence[str]]:
    return (words[i : i + RUN] for i in range(len(words) - RUN + 1))
