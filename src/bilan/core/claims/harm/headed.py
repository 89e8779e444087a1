"""Lists of people under a word of harm: "Killed:" and below it, each in its line, who they were.

The heading ends in a colon at the end of its line; every line below that begins with a bullet or a
number of its own is an entry. Newsrooms and rescue services print the dead so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from bilan.core.claims.harm.harm import Fate, Field, HarmWord
from bilan.core.claims.people.mention import Shape
from bilan.core.frozen import dataclass

Range = tuple[int, int]
_BULLETS = frozenset("-–—•*▪▫●◦■►▶·✔✅🔴🔻🔺🔹◾⚫")
_NUMBERED = frozenset(".)-–/")
_COUNTED = 2  # tokens between a number and the word that says what became of it: "12 dead:"
_LONGEST_NUMBER = 2  # digits of an entry's own number
_FATES = frozenset({Fate.KILLED, Fate.INJURED, Fate.MISSING})


@dataclass(frozen=True, slots=True)
class Heading:
    """What the heading of a list says of all its people.

    `counted`: it gives their number itself, so that the entries are parts of it.
    """

    sentence: int
    fate: Fate
    word: HarmWord | None
    counted: bool


def headed_lists(field: Field, sentences: Sequence[Range]) -> dict[int, Heading]:
    """The heading of each sentence that is an entry of a list headed by a word of harm."""
    found: dict[int, Heading] = {}
    heading: Heading | None = None
    for number, (first, last) in enumerate(sentences):
        if heading is not None and _is_entry(field, first, last):
            if not _harms(field, first, last):  # else the entry says itself what happened
                found[number] = heading
        elif heading is None or _starts_line(field, first) or _ends_heading(field, last):
            heading = _heading(field, number, first, last)
    return found


def _harms(field: Field, first: int, last: int) -> list[HarmWord]:
    low, high = bisect_left(field.starts, first), bisect_left(field.starts, last)
    return [word for word in field.harms[low:high] if word.fate in _FATES]


def _starts_line(field: Field, first: int) -> bool:
    return first == 0 or field.words.kinds[first - 1] == "l"


def _ends_heading(field: Field, last: int) -> bool:
    words = field.words
    return words.norms[last - 1] == ":" and words.kinds[last : last + 1] == "l"


def _is_entry(field: Field, first: int, last: int) -> bool:
    if not _starts_line(field, first):
        return False
    words = field.words
    if words.norms[first] in _BULLETS:
        return True
    numbered = words.kinds[first] == "n" and len(words.norms[first]) <= _LONGEST_NUMBER
    return numbered and first + 1 < last and words.norms[first + 1] in _NUMBERED


def _is_said(word: HarmWord, last: int) -> bool:
    """Whether a word says what happened to a list: "Killed:", not "the toll of the raid:"."""
    return word.direction != "none" and (word.direction != "toll" or word.last >= last - 1)


def _heading(field: Field, number: int, first: int, last: int) -> Heading | None:
    if not _ends_heading(field, last):
        return None
    said = [w for w in _harms(field, first, last) if _is_said(w, last)]
    mentions = field.mentions_in(first, last)
    counted = any(m.shape is Shape.NUMBER for m in mentions)
    if said:
        return Heading(number, said[-1].fate, said[-1], counted)
    if any(m.body for m in mentions):
        return Heading(number, Fate.KILLED, None, counted)
    return None


def lists_in_line(field: Field, sentences: Sequence[Range]) -> list[tuple[int, int, HarmWord]]:
    """The tokens [first, last) that a colon behind a word of harm lists in the same sentence.

    "Pulled out lifeless: a baker, his wife and their sons"; not "12 dead: …", which counts itself.
    """
    found = []
    for first, last in sentences if ":" in field.words.norms else ():
        for word in _harms(field, first, last):
            listed = field.words.norms[word.last : word.last + 1] == (":",) and word.last + 1 < last
            before = range(max(first, word.first - _COUNTED), word.first)
            if listed and not any(i in field.numbered for i in before) and _is_said(word, last):
                found.append((word.last + 1, last, word))
    return found
