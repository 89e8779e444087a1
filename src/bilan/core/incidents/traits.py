"""What is kept of a text so that copies, shared quotations and distinctive objects can be seen."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from zlib import crc32

from bilan.core.claims.lexicon import Entry, Lexicon
from bilan.core.claims.sentences import quotations_of
from bilan.core.claims.tokens import Words, words_of
from bilan.core.errors import DataError
from bilan.core.reports.sketches import Sketch, quote_sketch, sketch_of

# Buckets into which rarer words are thrown. Some thirty words of a language share each, so that
# the words of an erased report cannot be read back from the ledger; two reports of one event still
# share far more buckets than two of different events.
BUCKETS = 1 << 14
SHORTEST_WORD = 4  # letters; shorter words hardly ever tell one event from another
MOST_WORDS = 200  # buckets kept per report, the first of the text: news tells its event first


@dataclass(frozen=True, slots=True)
class Traits:
    """Marks of one report's text.

    `sketch` finds copies; `quotes` are the runs of its quotations; `objects` are distinctive things
    by their key in `objects.toml` ("boat", "bridge"); `words` are the buckets of its longer words.
    """

    sketch: Sketch = ()
    quotes: Sketch = ()
    objects: tuple[str, ...] = ()
    words: tuple[int, ...] = ()


def traits_of(text: str) -> Traits:
    """The traits of a report's text, in any language."""
    words = words_of(text)
    quotes = (words.span(first, last).of(text) for first, last in quotations_of(words))
    objects = sorted({hit.key for hit in _objects().find(words)})
    return Traits(sketch_of(text), quote_sketch(quotes), tuple(objects), _buckets(words))


def _buckets(words: Words) -> tuple[int, ...]:
    long_words = (
        norm
        for norm, kind in zip(words.norms, words.kinds, strict=True)
        if kind == "w" and len(norm) >= SHORTEST_WORD
    )
    return tuple(dict.fromkeys(bucket_of(norm) for norm in long_words))[:MOST_WORDS]


def bucket_of(word: str) -> int:
    """The bucket of a folded word."""
    return crc32(word.encode()) % BUCKETS


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
