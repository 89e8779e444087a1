"""Words of a language file in their plain form, looked up at once."""

from __future__ import annotations

from collections.abc import Iterable

from bilan.core.places.flat import flat


class WordList:
    """Words in their plain form, and beginnings of words (written `stem*`)."""

    def __init__(self, written: Iterable[str]) -> None:
        plain = [flat(word) for word in written]
        self.exact = frozenset(word for word in plain if not word.endswith("*"))
        self.stems = tuple(sorted(word[:-1] for word in plain if word.endswith("*")))

    def __contains__(self, word: str) -> bool:
        return bool(word) and (
            word in self.exact or (bool(self.stems) and word.startswith(self.stems))
        )
