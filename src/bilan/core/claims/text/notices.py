"""What a page says of itself and to its reader, in the midst of a report: boxes, buttons, rights.

"Get our alerts in your inbox" has words that few reports have, and the same ones in each of them,
so that two reports would look alike by their pages. Phrases are data: `pages.toml`.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from bilan.core.claims.text.language import notices
from bilan.core.claims.text.lexicon import Lexicon
from bilan.core.claims.text.sentences import sentences_of
from bilan.core.claims.text.tokens import Words

LONGEST = 40  # tokens; where sentences run on as long as that, a report may stand in them too


@cache
def _notices() -> Lexicon:
    return Lexicon(notices())


def without_notices(words: Words) -> str:
    """The text without the sentences that are notices; all of it where it is nothing else."""
    hits = _notices().find(words)
    if not hits:
        return words.text
    marked = [hit.first for hit in hits]
    sentences = sentences_of(words)
    kept = [(first, last) for first, last in sentences if not _is_notice(first, last, marked)]
    if len(kept) == len(sentences) or not kept:
        return words.text
    return "\n".join(words.span(first, last).of(words.text) for first, last in kept)


def _is_notice(first: int, last: int, marked: list[int]) -> bool:
    at = bisect_left(marked, first)
    return last - first <= LONGEST and at < len(marked) and marked[at] < last
