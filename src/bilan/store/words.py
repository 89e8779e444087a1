"""Words of a report in, offsets out, and back: the ledger keeps where words stand, never them.

After an erasure there is no text, and every word reads "(erased)".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bilan.core.values import Span

ERASED = "(erased)"
NOT_KEPT = "(not kept)"  # a reader gave words that stand nowhere in the text: they are not stored
_QUOTED = re.compile(r"«([^«»]*)»|“([^“”]*)”|\"([^\"]*)\"|`([^`]*)`|„([^„“”]*)[“”]")


def stow(words: str, text: str, span: Span | None) -> dict[str, Any]:
    """Where the words stand: nothing to say where they are exactly the span's."""
    if span is not None and span.of(text) == words:
        return {}
    start = text.find(words) if words else -1
    if start >= 0:
        return {"at": [start, start + len(words)]}
    loose = re.search(r"\s+".join(map(re.escape, words.split())), text) if words.split() else None
    if loose and " ".join(loose.group().split()) == words:
        return {"at": [loose.start(), loose.end()], "squeezed": True}
    return {"lost": True}


def fetch(stowed: Mapping[str, Any], text: str | None, span: Span | None) -> str:
    """The words again, cut from the text."""
    if stowed.get("lost"):
        return NOT_KEPT
    if text is None:
        return ERASED
    if "at" in stowed:
        found = text[slice(*stowed["at"])]
        return " ".join(found.split()) if stowed.get("squeezed") else found
    return span.of(text) if span is not None else NOT_KEPT


def without_quotes(sentence: str, text: str) -> str:
    """A sentence of the program without what it quotes from the text."""

    def hidden(match: re.Match[str]) -> str:
        inner = next((g for g in match.groups() if g), "")
        return match.group().replace(inner, "…") if inner and inner in text else match.group()

    return _QUOTED.sub(hidden, sentence)
