"""A second look at a text that names harm: can it be about an armed conflict?

Most of what names harm tells of accidents, crime and disasters. The words that would speak for war
or for something else lie in few sentences; only these are cut into words. Where even all of them
together cannot make the report relevant, only the sentences that name harm are read, so that their
numbers are shown with their roles.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from functools import cache

from bilan.core.claims.text.apart import opens_harm
from bilan.core.claims.text.language import Language, load_language
from bilan.core.claims.text.marks import Marks
from bilan.core.claims.text.noticing import Noticer
from bilan.core.claims.text.tokens import is_wrapped, pieces_of, words_of
from bilan.core.frozen import dataclass

_HARM, _SIGN = 1, 2
_FEW_PIECES = 64  # that are looked for one by one; of more, the time would be their product
_SIGNS = frozenset(
    {"scene", "cause", "party", "party_capital", "nation", "nation_capital", "seat"}
    | {"seat_capital", "nobody"}
)
# Where a sentence may end: a stop or a line break, and the blanks behind it.
_END = re.compile(r"[.!?؟۔…]\s+|\n+")
_END_WRAPPED = re.compile(r"[.!?؟۔…]\s+|\n\n+")


@dataclass(frozen=True, slots=True)
class Glance:
    """What was seen: `signs` are the phrases for and against war, in a text cut down to the
    sentences that hold any; the sentences themselves, each with what it tells."""

    signs: Marks
    _sentences: tuple[tuple[str, int], ...]

    @property
    def harm(self) -> str:
        """The text with nothing but the sentences that name harm, each where it stood."""
        return "".join(
            sentence if tells & _HARM else _blank(sentence) for sentence, tells in self._sentences
        )


class Glancer:
    """Glances at texts of one language."""

    def __init__(self, language: Language) -> None:
        self._noticer = Noticer(language, _tells)

    def at(self, text: str) -> Glance:
        """What a glance at a text sees; linear in its length."""
        sentences = tuple(self._sentences(text))
        told = (sentence if tells else "\n" for sentence, tells in sentences)
        words = words_of("".join(told))
        return Glance(Marks(words, self._noticer.vocabulary.find(words)), sentences)

    def _sentences(self, text: str) -> Iterator[tuple[str, int]]:
        """The sentences of a text with the blanks behind them, and what each may tell."""
        notes = self._noticer.notes(pieces_of(text))
        if not notes:
            yield text, 0
            return
        noted, start, spots = frozenset(notes), 0, _spots(text, notes)
        for end in (*_ends(text), len(text)):
            sentence = text[start:end]
            at = bisect_left(spots, start) if spots is not None else 0
            if spots is not None and (at == len(spots) or spots[at] >= end):
                yield sentence, 0
            else:
                here = noted.intersection(pieces_of(sentence))
                tells = self._noticer.at_most([notes[piece] for piece in here]) if here else 0
                yield sentence, tells
            start = end


def _spots(text: str, pieces: Collection[str]) -> list[int] | None:
    """Where the pieces may stand, in order; None where that cannot be told at once: they are many,
    or words of the text are broken by blanks."""
    if len(pieces) > _FEW_PIECES or "ـ " in text:
        return None
    found = []
    for piece in pieces:
        at = text.find(piece)
        while at >= 0:
            found.append(at)
            at = text.find(piece, at + len(piece))
    found.sort()
    return found


def _ends(text: str) -> Iterator[int]:
    """Where sentences surely end: not after an initial ("U. S. Army"), where phrases go on."""
    for match in (_END_WRAPPED if is_wrapped(text) else _END).finditer(text):
        at = match.start()
        if text[at] == "\n" or text[max(0, at - 2) : at].isalpha():
            yield match.end()


def _blank(sentence: str) -> str:
    """A break as long as the sentence, so that what follows stays where it stood."""
    return "\n" + " " * (len(sentence) - 1) if sentence else ""


def _tells(category: str, key: str) -> int:
    if category == "harm" or opens_harm(category, key):
        return _HARM
    return _SIGN if category in _SIGNS else 0


@cache
def glancer(code: str) -> Glancer:
    """The glancer of a language, compiled once."""
    return Glancer(load_language(code))
