"""What a page prints around a report: menus, lists of other headlines, "related", comments.

Numbers there belong to other incidents. Marks are data: [lexicon.furniture] of each language.
"""

from __future__ import annotations

from collections.abc import Sequence

from bilan.core.claims.text.cues import Cues
from bilan.core.claims.text.lexicon import Hit, by_category
from bilan.core.claims.text.tokens import Words

# A run of so many short paragraphs without a full stop is a list of headlines, not a report.
_RUN = 5
_SHORTEST, _LONGEST = 3, 26  # tokens of a headline
_WALL = 14  # tokens at the head of a page in which its name, a day and "Log in" stand above a post
_MARK = 7  # tokens of a line that is a mark, at most
_TELLING = 20  # tokens from which a paragraph that ends with a stop tells something
_STOPS = frozenset({".", "!", "?", "؟", "۔", "…", '"', "»", "”", ")", ":"})
_BULLETS = frozenset("-–—•*▪●◦■►▶·✔✅🔴🔻🔹#")


def edges_of_posts(hits: Sequence[Hit]) -> frozenset[int]:
    """The tokens at which a site's own words begin or end a post: no sentence runs across them."""
    pages = by_category(hits).get("page", ())
    return frozenset(hit.last if hit.key == "start" else hit.first for hit in pages)


def furniture_in(words: Words, sentences: Sequence[tuple[int, int]], cues: Cues) -> frozenset[int]:
    """The indices of the sentences that are no part of the report."""
    headlines = [_is_headline(words, sentences, n) for n in range(len(sentences))]
    found = frozenset(_runs(headlines)) | frozenset(
        _behind_marks(words, sentences, cues, headlines)
    )
    around = _around_post(sentences, cues, len(words))
    return found | around if len(around) < len(sentences) else found


def _around_post(sentences: Sequence[tuple[int, int]], cues: Cues, length: int) -> frozenset[int]:
    """The sentences before a post, which name its page, and behind it, which are comments.

    What stands at the very head of a page is a login wall above the post, not its end.
    """
    starts = [last for _, last in cues.within("page", "start", 0, length)]
    ends = [first for first, _ in cues.within("page", "end", 0, length)]
    start = min(starts, default=0)
    told = start + (0 if starts else _WALL)
    end = min((e for e in ends if e > told), default=length)
    return frozenset(n for n, (first, _) in enumerate(sentences) if first < start or first >= end)


def _runs(headlines: Sequence[bool]) -> list[int]:
    found: list[int] = []
    start = 0
    for n in range(len(headlines) + 1):
        if n == len(headlines) or not headlines[n]:
            if n - start >= _RUN:
                found.extend(range(start, n))
            start = n + 1
    return found


def _is_headline(words: Words, sentences: Sequence[tuple[int, int]], n: int) -> bool:
    """Whether a sentence is a short paragraph of its own without a stop at its end."""
    first, last = sentences[n]
    if not _SHORTEST <= last - first <= _LONGEST or words.norms[first] in _BULLETS:
        return False
    return words.norms[last - 1] not in _STOPS and _alone(words, first, last)


def _alone(words: Words, first: int, last: int) -> bool:
    """Whether blank lines stand before and after the tokens."""
    before = first == 0 or (words.kinds[first - 1] == "l" and len(words.norms[first - 1]) > 1)
    after = last >= len(words) or (words.kinds[last] == "l" and len(words.norms[last]) > 1)
    return before and after


def _behind_marks(
    words: Words, sentences: Sequence[tuple[int, int]], cues: Cues, headlines: Sequence[bool]
) -> list[int]:
    """The sentences behind "related articles", up to a paragraph that tells something again."""
    found: list[int] = []
    behind = False
    for n, (first, last) in enumerate(sentences):
        marked = last - first <= _MARK and cues.has("furniture", "after", first, last)
        if marked:
            behind = True
        elif behind and not headlines[n] and last - first >= _TELLING:
            behind = words.norms[last - 1] not in _STOPS
        if behind:
            found.append(n)
    return found
