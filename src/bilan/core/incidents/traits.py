"""What is kept of a text so that copies, shared quotations and distinctive objects can be seen."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from zlib import crc32

from bilan.core.claims.text.lexicon import Entry, Lexicon
from bilan.core.claims.text.notices import without_notices
from bilan.core.claims.text.posts import post_in
from bilan.core.claims.text.sentences import quotations_of
from bilan.core.claims.text.tokens import Words, words_of
from bilan.core.errors import DataError
from bilan.core.reports.sketches import Sketch, quote_sketch, sketch_of

# Buckets into which rarer words are thrown. Some thirty words of a language share each, so that
# the words of an erased report cannot be read back from the ledger; two reports of one event still
# share far more buckets than two of different events.
BUCKETS = 1 << 14
SHORTEST_WORD = 4  # letters; shorter words hardly ever tell one event from another
STEPS = 4  # times that a bucket is kept at most
MOST_WORDS = (
    200  # different buckets kept per report, the first of the text: news tells its event first
)


@dataclass(frozen=True, slots=True)
class Traits:
    """Marks of one report's text.

    `sketch` finds copies; `quotes` are the runs of its quotations; `objects` are distinctive things
    by their key in `objects.toml` ("boat", "bridge"); `words` are the buckets of its longer words,
    each repeated as `STEPS` says: a word that a report repeats is what it is about.
    """

    sketch: Sketch = ()
    quotes: Sketch = ()
    objects: tuple[str, ...] = ()
    words: tuple[int, ...] = ()


def traits_of(text: str) -> Traits:
    """The traits of a report's text, in any language, without the words of the page around it."""
    words = own_words(text)
    text = words.text
    quotes = (words.span(begin, end).of(text) for begin, end in quotations_of(words))
    objects = sorted({hit.key for hit in _objects().find(words)})
    return Traits(sketch_of(text), quote_sketch(quotes), tuple(objects), _buckets(words))


def own_words(text: str) -> Words:
    """A report's words without what the page prints around it and says between."""
    words = words_of(text)
    first, last = post_in(words)
    if (first, last) != (0, len(words)):
        words = words_of(words.span(first, last).of(text))
    own = without_notices(words)
    return words if own == words.text else words_of(own)


def _buckets(words: Words) -> tuple[int, ...]:
    long_words = (
        norm
        for norm, kind in zip(words.norms, words.kinds, strict=True)
        if kind == "w" and len(norm) >= SHORTEST_WORD
    )
    counted = Counter(bucket_of(norm) for norm in long_words)
    first = islice(counted.items(), MOST_WORDS)
    return tuple(bucket for bucket, times in first for _ in range(steps(times)))


def steps(times: int) -> int:
    """How often a word that stands so many times in a text is kept: once, then at every doubling.

    1 for one, 2 for two or three, 3 for four to seven, `STEPS` from eight on.
    """
    return min(STEPS, times.bit_length())


def bucket_of(word: str) -> int:
    """The bucket of a folded word."""
    return crc32(word.encode()) % BUCKETS


def may_name(words: Set[int], phrase: str) -> bool:
    """Whether a text with these buckets may have the phrase: all of its longer words stand there.

    Never so of a phrase of short words alone, of which nothing is kept.
    """
    asked = buckets_in(phrase)
    return bool(asked) and asked <= words


@lru_cache(4096)
def buckets_in(phrase: str) -> frozenset[int]:
    """The buckets of a phrase's longer words; none of a phrase of short words alone."""
    norms = words_of(phrase).norms
    return frozenset(bucket_of(norm) for norm in norms if len(norm) >= SHORTEST_WORD)


@cache
def _objects() -> Lexicon:
    source = files("bilan.core.incidents") / "objects.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    entries: list[Entry] = []
    for key, phrases in table["objects"].items():
        if not isinstance(phrases, list):
            raise DataError(f"objects.toml: {key} has to be a list of phrases")
        entries.extend(Entry(phrase, "object", key) for phrase in phrases)
    return Lexicon(entries, prefixes=table["clitics"]["prefixes"])
