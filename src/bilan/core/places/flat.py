"""A text letter for letter in small, unaccented letters, so that offsets stay what they are."""

from __future__ import annotations

import unicodedata

from bilan.core.claims.text.tokens import fold

_ALPHABETS = (range(0x41, 0x250), range(0x370, 0x530), range(0x600, 0x700), range(0x1E00, 0x1F00))
_OTHER_BLANKS = "\u00a0\u202f\u2009\u200a\u3000"
_OTHER_HYPHENS = "\u2010\u2011\u2012\u2013\u00ad\u0640"


def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for alphabet in _ALPHABETS:
        for code in alphabet:
            letter = chr(code)
            folded = fold(letter)
            if len(folded) == 1 and folded != letter:
                table[code] = folded
    table.update((0x660 + n, str(n)) for n in range(10))
    table.update((0x6F0 + n, str(n)) for n in range(10))
    table.update((ord(blank), " ") for blank in _OTHER_BLANKS)
    table.update((ord(hyphen), "-") for hyphen in _OTHER_HYPHENS)
    table.update((ord(sign), "'") for sign in "’‘ʼ`´")
    return table


_TABLE = _table()


def flat(text: str) -> str:
    """The text with every letter in its plainest form; as long as the text, letter by letter."""
    return text.translate(_TABLE)


def is_upper_class(first: int = 0x41, last: int = 0x1F00) -> str:
    """The capital letters of all alphabets that have them, as the inside of a character class."""
    spans: list[str] = []
    start = None
    for code in range(first, last + 1):
        upper = unicodedata.category(chr(code)) in ("Lu", "Lt")
        if upper and start is None:
            start = code
        elif not upper and start is not None:
            spans.append(chr(start) if start == code - 1 else f"{chr(start)}-{chr(code - 1)}")
            start = None
    return "".join(spans)
