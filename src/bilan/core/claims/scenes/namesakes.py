"""Places of a text that are none: people and streets that bear the name of a town.

"Henry Haddad, 44" names no town, nor "Haddad" behind it; "Oxford Drive" lies in the town told of.

A name is known to be a person's by an age set beside it ("X Y, 44,", "44-year-old X Y"), by a title
before it or by a given name. Its words, and its last word alone, are then no places, unless a word
that leads to a place stands before them ("in Haddad"). Languages whose names have no capitals are
left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilan.core.claims.scenes.scenes import Located
from bilan.core.claims.text.language import Language
from bilan.core.claims.text.lexicon import Hit, by_category
from bilan.core.claims.text.tokens import Words

_LONGEST = 4  # words of a person's name
_OLDEST = 110  # years
_BLOCK = ("block", "of")  # of houses, behind its number
_ENDS = frozenset({",", ".", ";", ")"})


def without_namesakes(
    places: Sequence[Located], words: Words, hits: Sequence[Hit], language: Language
) -> list[Located]:
    """The places but for those whose words are the name of a person or of a street."""
    if not places or not language.table("people").get("names", False):
        return list(places)
    streets = language.folded("places", "streets")
    places = [place for place in places if not _is_street(place, words, streets)]
    names = list(_names(words, hits, language))
    if not names:
        return places
    inside = {i: (first, last) for first, last in names for i in range(first, last)}
    called = {words.norms[last - 1] for _, last in names}
    leading = language.folded("places", "within")

    def is_person(place: Located) -> bool:
        if words.norms[place.first - 1 : place.first] and words.norms[place.first - 1] in leading:
            return False
        first, last = place.first, place.last
        run = inside.get(first)
        if run is not None and last <= run[1]:
            return last - first < run[1] - run[0]
        return last - first == 1 and words.norms[first] in called

    return [place for place in places if not is_person(place)]


def _is_street(place: Located, words: Words, streets: frozenset[str]) -> bool:
    """Whether a street or a building bears a name: "Oxford Drive", "the 200 block of Oxford"."""
    first, behind = place.first, place.last
    if _is_in_block(first, words) or _is_in_block(first - len(_BLOCK), words):
        return True
    if behind >= len(words) or words.norms[behind] not in streets:
        return False
    return words.raw(behind)[:1].isupper()


def _is_in_block(at: int, words: Words) -> bool:
    """Whether "block of" stands at a token, behind a number of a house."""
    numbered = at > 0 and words.kinds[at - 1] == "n"
    return numbered and words.norms[at : at + len(_BLOCK)] == _BLOCK


def _names(words: Words, hits: Sequence[Hit], language: Language) -> Iterator[tuple[int, int]]:
    """The tokens of each name that an age or a title says to be a person's."""
    table = by_category(hits)
    aged = {hit.last for hit in table.get("age", ())}
    titles = language.folded("places", "titles")
    given = language.folded("places", "given")
    leading = language.folded("places", "within")
    for first, last in _runs(words):
        before = words.norms[first - 1] if first else ""
        if before == "." and first > 1:
            before = words.norms[first - 2]  # "Sgt. X Y"
        titled = before in titles or not titles.isdisjoint(words.norms[first : first + 1])
        known = titled or words.norms[first] in given
        if before not in leading and (known or first in aged or _is_aged(words, last)):
            yield first, last


def _runs(words: Words) -> Iterator[tuple[int, int]]:
    """Two to four words with capitals side by side, and something behind them."""
    text, first, last = words.text, -2, -2
    for i, (kind, start) in enumerate(zip(words.kinds, words.starts, strict=True)):
        if kind != "w" or not text[start].isupper():
            continue
        if i != last + 1:
            if 1 <= last - first < _LONGEST:
                yield first, last + 1
            first = i
        last = i
    if 1 <= last - first < _LONGEST and last + 1 < len(words):
        yield first, last + 1


def _is_aged(words: Words, last: int) -> bool:
    """Whether an age is set behind a name between commas: ", 44,"."""
    if last + 2 >= len(words) or words.norms[last] != "," or words.kinds[last + 1] != "n":
        return False
    said = words.norms[last + 1]
    ends = words.norms[last + 2] in _ENDS or words.kinds[last + 2] == "l"
    return ends and said.isdigit() and 0 < int(said) <= _OLDEST
