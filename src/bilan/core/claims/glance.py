"""A second look at a text that names harm: can it be about an armed conflict?

Most of what names harm tells of accidents, crime and disasters. The words that would speak for war
or for something else lie in few sentences; only these are cut into words. Where even all of them
together cannot make the report relevant, only the sentences that name harm are read, so that their
numbers are shown with their roles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bilan.core.claims.language import Language, load_language
from bilan.core.claims.marks import Marks
from bilan.core.claims.noticing import Noticer
from bilan.core.claims.tokens import is_wrapped, words_of

_HARM, _SIGN = 1, 2
_SIGNS = frozenset(
    {"scene", "cause", "party", "party_capital", "nation", "nation_capital", "seat"}
    | {"seat_capital", "nobody"}
)
# Where a sentence surely ends: a stop and a blank, but not after an initial ("U. S. Army").
_END = re.compile(r"(?<=[^\W\d_]{2}[.!?؟۔…])\s+|\n+")
_END_WRAPPED = re.compile(r"(?<=[^\W\d_]{2}[.!?؟۔…])\s+|\n\n+")


class Glancer:
    """Glances at texts of one language."""

    def __init__(self, language: Language) -> None:
        self._noticer = Noticer(language, _tells)

    def signs(self, text: str) -> Marks:
        """The phrases for and against war, in a text cut down to the sentences that hold any."""
        told = (sentence if tells else "\n" for sentence, tells in self._sentences(text))
        words = words_of("".join(told))
        return Marks(words, self._noticer.vocabulary.find(words))

    def harm_alone(self, text: str) -> str:
        """The text with nothing but the sentences that name harm, each where it stood."""
        return "".join(
            sentence if tells & _HARM else _blank(sentence)
            for sentence, tells in self._sentences(text)
        )

    def _sentences(self, text: str) -> Iterator[tuple[str, int]]:
        """The sentences of a text with the blanks behind them, and what each may tell."""
        start = 0
        ends = _END_WRAPPED if is_wrapped(text) else _END
        at_most = self._noticer.at_most
        for match in ends.finditer(text):
            end = match.end()
            sentence = text[start:end]
            yield sentence, at_most(sentence.split())
            start = end
        if start < len(text):
            sentence = text[start:]
            yield sentence, at_most(sentence.split())


def _blank(sentence: str) -> str:
    """A break as long as the sentence, so that what follows stays where it stood."""
    return "\n" + " " * (len(sentence) - 1)


def _tells(category: str, _key: str) -> int:
    if category == "harm":
        return _HARM
    return _SIGN if category in _SIGNS else 0


@cache
def glancer(code: str) -> Glancer:
    """The glancer of a language, compiled once."""
    return Glancer(load_language(code))
