"""Lists of the dead by name: "The dead: 1. X 2. Y", counted where the report gives no number.

A list stands behind a word for the dead or the injured ("Names of the martyrs:"). Its entries are
numbered, or stand each in a line, behind a bullet or between commas. No name is kept, only how
many: the mention's words are those of the heading, its `core` is the list.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from bilan.core.claims.people.mention import Kind, Mention, Shape
from bilan.core.claims.people.nouns import Nouns
from bilan.core.claims.text.lexicon import Hit
from bilan.core.values import Count

_HEADS = frozenset({"dead_pl", "dead_du", "hurt_pl", "hurt_du"})
_TO_FIRST = 16  # tokens between the heading and the number 1
_TO_LINE = 32  # the same where the number opens a line
_TO_SIGN = 7  # tokens between the heading and its colon or the end of its line
_ENTRY = 24  # tokens of one entry of a numbered list: name, age, village
_NAME = 9  # tokens of an entry of a list without numbers
_MOST = 400  # entries; longer rolls are annexes of many incidents
_SIGNS = frozenset(".)-–—_/:،")
_BULLETS = frozenset("-–—•*▪●◦■►▶·✔✅🔴🔻🔹▫◾⚫")
_BETWEEN = frozenset(",،_") | _BULLETS


def rolls_in(nouns: Nouns) -> list[Mention]:
    """The lists of names of a text, each as one mention with the heading's words."""
    found: list[Mention] = []
    headings = _headings(nouns)
    for i, hit in sorted(headings.items()):
        if not found or i >= found[-1].core[1]:
            roll = _numbered(nouns, hit) or _listed(nouns, hit, headings)
            if roll is not None and not _counts_several(nouns, roll.core):
                found.append(roll)
    return found


def _counts_several(nouns: Nouns, core: tuple[int, int]) -> bool:
    """Whether an entry counts more than one ("two brothers"): then lines are no people."""
    kinds = (nouns.person[i].key for i in range(*core) if i in nouns.person)
    return any(kind.endswith(("_du", "_pl")) for kind in kinds)


def _headings(nouns: Nouns) -> dict[int, Hit]:
    tolls = {i: hit for i, hit in nouns.harm.items() if hit.key.endswith("_toll")}
    return tolls | {i: hit for i, hit in nouns.person.items() if hit.key in _HEADS}


def _roll(hit: Hit, first: int, last: int, count: int) -> Mention:
    size = Count.exactly(count)
    return Mention(hit.first, hit.last, (first, last), size, Kind.NAME, Shape.ONE)


def _numbered(nouns: Nouns, hit: Hit) -> Mention | None:
    """ "The martyrs: 1- X 2- Y 3- Z"."""
    first = _ordinal(nouns, 1, hit.last, hit.last + _TO_LINE)
    if first is None or (first - hit.last >= _TO_FIRST and nouns.words.kinds[first - 1] != "l"):
        return None
    last, count = first, 1
    while count < _MOST:
        following = _ordinal(nouns, count + 1, last + 1, last + _ENTRY)
        if following is None:
            break
        last, count = following, count + 1
    return _roll(hit, first, last + 1, count) if count > 1 else None


def _ordinal(nouns: Nouns, value: int, first: int, last: int) -> int | None:
    """The token of a list number with its sign and a word behind it."""
    words = nouns.words
    for i in range(first, min(last, len(words) - 2)):
        if words.kinds[i] != "n" or not words.norms[i].isdigit() or int(words.norms[i]) != value:
            if i in nouns.person and nouns.person[i].key in _HEADS:
                return None  # the next list begins
            continue
        signed = words.norms[i + 1] in _SIGNS or words.norms[i - 1] == "("
        if signed and words.kinds[i + 2] == "w":
            return i
    return None


def _listed(nouns: Nouns, hit: Hit, headings: Container[int]) -> Mention | None:
    """ "The martyrs are:" and names, each in its line, behind a bullet or between commas."""
    start = _heading_end(nouns, hit.last)
    if start is None:
        return None
    count, last = 0, start
    for first, end in _entries(nouns, start):
        heading = any(i in headings for i in range(first, min(end, first + 2)))
        if heading or not nouns.may_name(first) or end - first > _NAME:
            break
        count, last = count + 1, end
    return _roll(hit, start, last, count) if count > 1 else None


def _heading_end(nouns: Nouns, i: int) -> int | None:
    """The token behind the colon, or the line's end, that closes a heading."""
    words = nouns.words
    if words.norms[i - 1] == ":":
        return i
    for k in range(i, min(i + _TO_SIGN, len(words))):
        if words.kinds[k] == "l" or words.norms[k] == ":":
            return k + 1
        if words.kinds[k] == "n" or k in nouns.harm or words.norms[k] in {".", "،", ","}:
            return None
    return None


def _entries(nouns: Nouns, start: int) -> Iterator[tuple[int, int]]:
    """The stretches between separators, up to the end of the list."""
    words, first = nouns.words, start
    for i in range(start, min(len(words), start + _MOST * _NAME)):
        parts = words.kinds[i] == "l" or words.norms[i] in _BETWEEN
        if parts or words.norms[i] in {".", ";", "؛", ":"}:
            if i > first:
                yield first, i
            first = i + 1
            if not parts:
                return
    if first < len(words):
        yield first, len(words)
