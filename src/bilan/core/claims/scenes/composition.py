"""Who the dead mostly were, where a text says it without a number: "mostly women and children".

Such words split nothing: no count of women or children follows from them (conventions).
"""

from __future__ import annotations

from collections.abc import Container

from bilan.core.claims.scenes.scenes import Page

_GROUPS = ("children_pl", "women_pl", "men_pl")  # keys of [lexicon.person]
_SAID_TOGETHER = 3  # tokens; "women and children" is one phrase of some vocabularies
_BETWEEN = 3  # tokens between two groups of one phrase: "des femmes et des enfants"
_BEFORE, _AFTER = 3, 4  # tokens between the phrase and what makes it a composition


def compositions(page: Page, sentence: int, counted: Container[int]) -> list[tuple[int, int]]:
    """Token ranges [first, last) of a sentence that name groups without counting them.

    `counted` are the tokens of numbers of people and of what they count.
    """
    first, last = page.sentences[sentence]
    found = []
    for start, end in _phrases(page, first, last):
        if any(token in counted for token in range(start, end)):
            continue
        low, high = max(first, start - _BEFORE), min(last, end + _AFTER)
        cues = page.cues.within("part", "mostly", low, high)
        if not cues and page.cues.ends_at("part", "before", start, slack=1):
            cues = [(start, end)]
        if cues:
            found.append((min(start, cues[0][0]), max(end, cues[-1][1])))
    return found


def _phrases(page: Page, first: int, last: int) -> list[tuple[int, int]]:
    """The groups named in a sentence, those of one phrase together."""
    together = page.cues.within("person", "civilians_pl", first, last)
    named = [s for key in _GROUPS for s in page.cues.within("person", key, first, last)]
    named += [(start, end) for start, end in together if end - start >= _SAID_TOGETHER]
    phrases: list[tuple[int, int]] = []
    for start, end in sorted(named):
        if phrases and start - phrases[-1][1] <= _BETWEEN:
            phrases[-1] = (phrases[-1][0], max(end, phrases[-1][1]))
        else:
            phrases.append((start, end))
    return phrases
