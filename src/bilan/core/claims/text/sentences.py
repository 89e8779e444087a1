"""Where a text's sentences, clauses and quotations begin and end, as token ranges [first, last)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib.resources import files

from bilan.core.claims.text.language import Language
from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.tokens import Words, fold
from bilan.core.frozen import dataclass

_ENDS = frozenset(".?!…؟۔。！？")
_SURE_ENDS = _ENDS - {"."}
_CLOSERS = frozenset("\"'”’»)]}›“")
BULLETS = frozenset("-–—•*▪●◦■►▶·✔✅🔴🔻🔹>➤➡◾◽▫❗‼")  # signs that head an entry of a list
_SIGN = re.compile("[ls]")  # of the kinds of tokens
_BREAKS = frozenset(";:؛—–()[]|")
_COMMAS = frozenset(",،、")

# Opening marks and what may close each. „ closes with “ in German and Russian print, with ” else.
_QUOTES = {"«": "»", "“": "”", "„": "“”", "‹": "›", "‘": "’", '"': '"'}
_QUOTE_MARKS = frozenset("".join(_QUOTES) + "".join(_QUOTES.values()))
# Tokens after which an unclosed quotation is given up; about two printed pages.
_LONGEST_QUOTATION = 600
# Characters after which a line counts as full, so that a line break within it may be a mere wrap.
# Newswire of the teleprinter age wraps at 65 to 72 characters, mail at 72 to 78.
_FULL_LINE = 48
_NARROW = 24  # characters; a shorter line that small letters follow was ended, not wrapped
_WIDE = 90  # and a longer one is a line of a post: nobody wraps so late
_LOOKED = 200  # characters in which the beginning of a line is looked for


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens [first, last) that say one thing, and the index of their sentence."""

    first: int
    last: int
    sentence: int


@cache
def _abbreviations() -> frozenset[str]:
    text = (files("bilan.core.claims") / "sentences.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(text)["abbreviations"].values()
    return frozenset(fold(word) for words in lists for word in words)


def sentences_of(words: Words, breaks: Collection[int] = ()) -> list[tuple[int, int]]:
    """The sentences of a text in order, headlines, list items and datelines among them.

    Every token but line breaks lies in exactly one sentence. A full stop after an abbreviation, an
    initial or an item's number ends none; a line break ends one unless the line was merely wrapped.
    A sentence also begins at each token of `breaks`.
    """
    found: list[tuple[int, int]] = []
    first = 0
    looked = 0  # up to here the signs are part of an end that was found
    for i in _dividing(words, breaks):
        if i < looked:
            continue
        if i in breaks:
            _keep(found, words, first, i)
            first = i
        if words.kinds[i] == "l":
            if _line_ends_sentence(words, first, i):
                _keep(found, words, first, i)
                first = i + 1
        elif words.kinds[i] == "s" and _stop_ends_sentence(words, first, i):
            looked = _past_closers(words, i + 1)
            _keep(found, words, first, looked)
            first = looked
    _keep(found, words, first, len(words.kinds))
    return found


def _dividing(words: Words, breaks: Collection[int] = ()) -> list[int]:
    """The tokens at which something may end or begin: signs, line breaks and the `breaks`."""
    signs = [match.start() for match in _SIGN.finditer(words.kinds)]
    if not breaks:
        return signs
    return sorted({*signs, *(i for i in breaks if i < len(words.kinds))})


def _keep(found: list[tuple[int, int]], words: Words, first: int, last: int) -> None:
    while first < last and words.kinds[first] == "l":
        first += 1
    if first < last:
        found.append((first, last))


def _past_closers(words: Words, i: int) -> int:
    """The first token after a run of stops, closing quotes and brackets written on."""
    while i < len(words.kinds) and words.kinds[i] == "s" and words.starts[i] == words.ends[i - 1]:
        if words.norms[i] not in _CLOSERS and words.norms[i] not in _ENDS:
            break
        i += 1
    return i


def _starts_small(words: Words, i: int) -> bool:
    return words.text[words.starts[i]].islower()


def _line_ends_sentence(words: Words, first: int, i: int) -> bool:
    """Whether the line break at token i ends the sentence that began at `first`."""
    if words.ends[i] - words.starts[i] > 1 or i + 1 >= len(words.kinds) or i == first:
        return True
    following = words.norms[i + 1]
    if following in BULLETS or following == "#":
        return True
    if words.norms[i - 1] in _COMMAS:
        return False
    if _starts_small(words, i + 1):
        return not _NARROW <= _line_before(words, i) <= _WIDE
    return not _wrapped(words, i)


def _wrapped(words: Words, i: int) -> bool:
    """Whether the lines on both sides of a single line break look like one that was wrapped."""
    if words.norms[i - 1] in _ENDS:
        return False
    following = words.text[words.ends[i] : words.ends[i] + 1]
    return _FULL_LINE <= _line_before(words, i) <= _WIDE and following.isupper()


def _line_before(words: Words, i: int) -> int:
    """The characters of the line that ends at a line break, as far as 200."""
    text, at = words.text, words.starts[i]
    start = text.rfind("\n", max(0, at - _LOOKED), at) + 1
    return _LOOKED if start == 0 and at > _LOOKED else len(text[start:at].strip())


def _stop_ends_sentence(words: Words, first: int, i: int) -> bool:
    sign = words.norms[i]
    if sign not in _ENDS:
        return False
    after = _past_closers(words, i + 1)
    if after >= len(words.kinds) or words.kinds[after] == "l":
        return True
    glued = words.starts[after] == words.ends[after - 1]
    if sign != "." and not glued:
        return not _starts_small(words, after) or sign == "؟"
    if words.kinds[after] == "s" and words.norms[after] in _COMMAS:
        return False
    if glued:
        return _missing_blank(words, i, after)
    small = _starts_small(words, after) and not _starts_small(words, first)
    return not (small or _abbreviated(words, first, i))


def _missing_blank(words: Words, i: int, after: int) -> bool:
    """Whether a stop stuck to the next word ends a sentence: "killed.The", not "example.com"."""
    if i == 0 or words.kinds[i - 1] != "w" or words.kinds[after] != "w":
        return words.norms[i] in _SURE_ENDS and words.kinds[after] == "w"
    if len(words.norms[i - 1]) < 3 or len(words.norms[after]) < 2:
        return False
    here, there = words.text[words.ends[i - 1] - 1], words.text[words.starts[after]]
    capitals_only = here.isupper() and there.isupper()
    return not there.islower() and not capitals_only


def _abbreviated(words: Words, first: int, i: int) -> bool:
    """Whether the full stop at token i belongs to an abbreviation, an initial or an item number."""
    if i == first or words.starts[i] != words.ends[i - 1]:
        return False
    before = words.norms[i - 1]
    if words.kinds[i - 1] == "n":
        return i - 1 == first and len(before) <= 2
    if words.kinds[i - 1] != "w":
        return False
    if len(before) == 1:
        return True
    return before in _abbreviations()


def clauses_of(words: Words, hits: Sequence[Hit], language: Language) -> list[Clause]:
    """The clauses of each sentence, cut at strong signs and before words of `[lexicon.clause]`.

    `hits` are those of the language's lexicon in these words. A comma alone cuts nothing: it
    parts the members of a list as often as clauses. `language` may say with `[clauses] after =
    true` that its joining words stand at the end of the clause that they close.
    """
    trailing = bool(language.table("clauses").get("after", False))
    cuts = {h.last if trailing else h.first for h in hits if h.category == "clause"}
    clauses: list[Clause] = []
    for number, (first, last) in enumerate(sentences_of(words)):
        clauses.extend(Clause(start, end, number) for start, end in _cut(words, first, last, cuts))
    return clauses


def _cut(words: Words, first: int, last: int, cuts: set[int]) -> Iterator[tuple[int, int]]:
    start = first
    for i in range(first, last):
        if i in cuts and i > start:
            yield start, i
            start = i
        if words.kinds[i] == "s" and words.norms[i] in _BREAKS and not _in_number(words, i):
            if i > start:
                yield start, i
            start = i + 1
    if start < last:
        yield start, last


def _in_number(words: Words, i: int) -> bool:
    """Whether a sign stands between two numbers without a blank: "12–15", "10:30"."""
    return (
        0 < i < len(words.kinds) - 1
        and words.kinds[i - 1] == "n"
        and words.kinds[i + 1] == "n"
        and words.ends[i - 1] == words.starts[i]
        and words.ends[i] == words.starts[i + 1]
    )


def quotations_of(words: Words) -> list[tuple[int, int]]:
    """The quotations with their marks, in order of their beginning; inner ones after outer ones.

    A mark that nothing closes within its paragraph opens a quotation that ends there.
    """
    found: list[tuple[int, int]] = []
    open_marks: list[tuple[int, str]] = []
    for i in _dividing(words):
        sign = words.norms[i]
        if sign in _QUOTE_MARKS:
            _mark(found, open_marks, words, i, sign)
        elif words.kinds[i] == "l" and words.ends[i] - words.starts[i] > 1:
            _give_up(found, open_marks, i)
    _give_up(found, open_marks, len(words.kinds))
    return sorted(found, key=lambda span: (span[0], -span[1]))


def _mark(
    found: list[tuple[int, int]],
    open_marks: list[tuple[int, str]],
    words: Words,
    i: int,
    sign: str,
) -> None:
    closed = next((k for k, (_, closes) in enumerate(open_marks) if sign in closes), None)
    if closed is not None and not _within_word(words, i, sign):
        first = open_marks[closed][0]
        if i + 1 - first <= _LONGEST_QUOTATION:
            found.append((first, i + 1))
        del open_marks[closed:]
    elif sign in _QUOTES and len(open_marks) < 3 and not _within_word(words, i, sign):
        open_marks.append((i, _QUOTES[sign]))


def _within_word(words: Words, i: int, sign: str) -> bool:
    """Whether ’ or a straight mark is an apostrophe or a sign of inches, not a quotation mark."""
    if sign != "’" or i + 1 >= len(words.kinds):
        return False
    return words.kinds[i + 1] == "w" and words.ends[i] == words.starts[i + 1]


def _give_up(found: list[tuple[int, int]], open_marks: list[tuple[int, str]], end: int) -> None:
    """An unclosed outer quotation runs to the end of its paragraph, if that is not too far."""
    for first, closes in open_marks[:1]:
        long_enough = end - first > 3
        if long_enough and end - first <= _LONGEST_QUOTATION and closes != "’":
            found.append((first, end))
    open_marks.clear()
