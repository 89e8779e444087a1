"""Phrases whose parts stand apart, with a subject between them: "refused the army to comment".

Where the verb opens the sentence, as in Arabic, who acts stands between it and its object. Such
phrases are data, `[[apart]]` of a language file: `opening` and `closing` are the two parts, `says`
the category and key that they mean together, `on` the part that bears the meaning.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bilan.core.claims.text.lexicon import Entry, Hit, Hits
from bilan.core.claims.text.tokens import Words

_WITHIN = 9  # tokens between the parts: "the official spokesman of the forces of the coalition"
_CATEGORY = {"opening": "apart_opening", "closing": "apart_closing"}
_BREAKS = frozenset(".!?؟;؛:,،\n")


def apart_entries(stated: Sequence[Mapping[str, Any]]) -> Iterator[Entry]:
    """The parts of the phrases of a language as entries of its vocabulary."""
    for number, phrase in enumerate(stated):
        says, on = str(phrase["says"]), str(phrase["on"])
        for part, category in _CATEGORY.items():
            for words in phrase[part]:
                yield Entry(words, category, f"{number} {says} {on}")


def opens_harm(category: str, key: str) -> bool:
    """Whether an entry of the vocabulary is the first part of a phrase that names harm."""
    return category == _CATEGORY["opening"] and " harm." in key


def with_apart(hits: Hits, words: Words) -> Hits:
    """The phrases found, with those whose parts stand apart in one clause, in text order."""
    sorted_ = hits.by_category()
    openings, closings = (sorted_.get(category, ()) for category in _CATEGORY.values())
    if not openings or not closings:
        return hits
    found = [hit for opening in openings for hit in _closed(opening, closings, words)]
    known = {(hit.first, hit.category) for hit in hits}
    new = [hit for hit in found if (hit.first, hit.category) not in known]
    return Hits(sorted([*hits, *new], key=lambda hit: hit.first)) if new else hits


def _closed(opening: Hit, closings: Sequence[Hit], words: Words) -> Iterator[Hit]:
    """What an opening means with the first part behind it that closes its phrase."""
    at = bisect_left(closings, opening.last, key=lambda hit: hit.first)
    for closing in closings[at:]:
        if closing.first - opening.last > _WITHIN:
            return
        if not _BREAKS.isdisjoint(words.norms[opening.last : closing.first]):
            return
        if closing.key == opening.key:
            _, says, on = opening.key.split(" ")
            category, _, key = says.partition(".")
            bearer = opening if on == "opening" else closing
            yield Hit(bearer.first, bearer.last, category, key)
            return
