"""From words of the world to words that can do nothing to a terminal.

Control characters, escapes and bidi overrides are shown as what they are (`<U+202E>`), so that a
reader sees the trick; a quotation is isolated, so that its direction stays its own.
"""

from __future__ import annotations

import re
import unicodedata

_JOINERS = "\u200c\u200d"  # part of how Persian, Urdu and Arabic are spelled
_ACTIVE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_MOST_MARKS = 4  # marks on one letter; no writing system stacks more, tricksters do
_STACK = re.compile(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{5,}")

_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


def harmless(text: str) -> str:
    """One line of plain characters: blanks collapsed, everything that acts made visible."""
    text = _STACK.sub(lambda stack: stack.group()[:_MOST_MARKS], text)
    return "".join(map(_shown, " ".join(text.split())))


def _shown(char: str) -> str:
    if unicodedata.category(char) not in _ACTIVE or char in _JOINERS:
        return char
    return f"<U+{ord(char):04X}>"


def quoted(text: str, *, longest: int = 0) -> str:
    """A quotation, harmless and isolated, cut at a blank after `longest` characters (0 = whole)."""
    shown = harmless(text)
    if longest and len(shown) > longest:
        shown = shown[:longest].rsplit(" ", 1)[0] + " …"
    return f"“{isolated(shown)}”"


def isolated(text: str) -> str:
    """Harmless words whose direction cannot reach the words around them."""
    if any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in text):
        return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"
    return text
