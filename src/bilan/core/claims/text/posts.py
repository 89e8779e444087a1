"""The post within a captured page: what a social network prints around it is cut away.

Every page of a network has the same words around its post, so that two posts would look alike by
their pages. Marks are data: `pages.toml`.
"""

from __future__ import annotations

from functools import cache

from bilan.core.claims.text.language import page_marks
from bilan.core.claims.text.lexicon import Lexicon
from bilan.core.claims.text.tokens import Words

BESIDE = 4  # tokens between two buttons of one row
SHORTEST = 5  # tokens; less is no post: the whole page is taken


@cache
def _marks() -> Lexicon:
    return Lexicon(page_marks())


def post_in(words: Words) -> tuple[int, int]:
    """The tokens [first, last) of the post; those of the whole text where no page is around it."""
    hits = _marks().find(words)
    starts = sorted((h.first, h.last) for h in hits if h.key == "start")
    first = 0
    for begin, end in starts:
        if first and begin - first > BESIDE:
            break
        first = end
    last = min((h.first for h in hits if h.key == "end" and h.first >= first), default=len(words))
    return (first, last) if last - first >= SHORTEST else (0, len(words))
