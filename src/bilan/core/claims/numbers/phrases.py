"""The wordings around numbers of a language, compiled from [numbers.range] and [numbers.dual]."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from typing import Any

from bilan.core.claims.numbers.amounts import number_words
from bilan.core.claims.numbers.words import Piece
from bilan.core.claims.text.language import load_language
from bilan.core.claims.text.tokens import fold, words_of
from bilan.core.frozen import dataclass

_SIGNS = {"'": ("'", "’"), "-": ("-", "–", "—", "‑", "‐")}

Pattern = tuple[str, ...]


@dataclass(frozen=True)
class Phrasing:
    """What stands around the numbers of one language, as runs of folded words."""

    to: frozenset[Pattern]
    from_: frozenset[Pattern]
    from_to: frozenset[Pattern]
    between: frozenset[Pattern]
    between_and: frozenset[Pattern]
    closing: frozenset[Pattern]
    fillers: frozenset[str]
    articles: frozenset[str]
    duals: frozenset[str]
    table: Mapping[str, tuple[Piece, ...]]
    opener_lengths: tuple[int, ...]
    longest: int


@cache
def phrasing(code: str) -> Phrasing:
    """The wordings of a language, compiled once."""
    numbers = load_language(code).table("numbers")
    ranges = numbers.get("range", {})

    def read(name: str) -> frozenset[Pattern]:
        return frozenset(p for phrase in ranges.get(name, ()) for p in patterns(phrase))

    openers = read("from") | read("between")
    joints = read("to") | read("from_to") | read("and")
    return Phrasing(
        to=read("to"),
        from_=read("from"),
        from_to=read("from_to"),
        between=read("between"),
        between_and=read("and"),
        closing=read("and") | read("closing") | {(",",), ()},
        fillers=frozenset(fold(w) for w in numbers.get("fillers", ())),
        articles=frozenset(fold(w) for w in numbers.get("articles", ())),
        duals=frozenset(_duals(numbers.get("dual", {}))),
        table=number_words(code).pieces,
        opener_lengths=tuple(sorted({len(p) for p in openers}, reverse=True)),
        longest=max((len(p) for p in joints), default=0),
    )


def patterns(phrase: str) -> Iterator[Pattern]:
    """A phrase as the folded words of a text, in every way to write its dashes and apostrophes."""
    norms = words_of(phrase).norms
    return product(*(_SIGNS.get(norm, (norm,)) for norm in norms))


def _duals(table: Mapping[str, Any]) -> Iterator[str]:
    """Every written dual of the nouns of persons: قتيلان, طفلتين, ابنتيه, والشهيدان."""
    stems = [_stem(noun) for noun in table.get("nouns", ())]
    sound = [_stem(noun) for noun in table.get("sound", ())]
    kin = [_stem(noun) for noun in table.get("kin", ())]
    bare = [
        *_joined(stems, table.get("broken", ())),
        *_joined(sound, table.get("only", ())),
        *_joined(kin, table.get("owned", ())),
    ]
    for prefix in ("", *table.get("prefixes", ())):
        yield from (fold(prefix) + form for form in bare)


def _stem(noun: str) -> str:
    """The stem that an ending follows: the feminine ة becomes ت."""
    return fold(noun[:-1]) + "ت" if noun.endswith("ة") else fold(noun)


def _joined(stems: Iterable[str], endings: Iterable[str]) -> Iterator[str]:
    yield from (stem + fold(ending) for stem, ending in product(stems, endings))
