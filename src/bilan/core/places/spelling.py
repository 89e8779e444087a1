"""The forms that a written word may have in a list of names: inflected, with particles, plain."""

from __future__ import annotations

import re
from typing import NamedTuple

from bilan.core.claims.text.tokens import fold
from bilan.core.places.flat import flat
from bilan.core.places.keys import APOSTROPHES
from bilan.core.places.tongue import Tongue

_JOINED = re.compile(f"[{APOSTROPHES}]")


class Form(NamedTuple):
    """One reading of a written word: the key's part, how far it is from the word as written, and
    how many of the word's first letters are not the name's ("بالرقة")."""

    part: str
    changes: int
    cut: int


class Spelling:
    """Gives the forms of words for one language."""

    def __init__(self, tongue: Tongue) -> None:
        self._tongue = tongue
        self._prefixes = sorted((flat(p) for p in tongue.listed("prefixes")), key=len, reverse=True)
        self._assimilated = frozenset(flat(p) for p in tongue.listed("assimilated"))
        self._possessives = frozenset(tongue.listed("possessives"))
        self._endings = [(fold(end), list(map(fold, puts))) for end, puts in tongue.endings]

    def forms(self, written: str) -> list[Form]:
        """Every form worth looking up, the likeliest first."""
        forms: dict[str, Form] = {}
        for stem, changes in self._stems(written):
            part = fold(_JOINED.sub("", stem))
            if part:
                forms.setdefault(part, Form(part, changes, 0))
                for form in (*self._uninflected(part, changes), *self._unprefixed(part, changes)):
                    forms.setdefault(form.part, form)
        return list(forms.values())

    def _stems(self, written: str) -> list[tuple[str, int]]:
        pieces = _JOINED.split(written)
        if len(pieces) < 2:
            return [(written, 0)]
        head = written[: len(written) - len(pieces[-1]) - 1]
        if self._tongue.suffixes:
            return [(pieces[0], 0), (written, 1)]
        if flat(pieces[-1]) in self._possessives or not pieces[-1]:
            return [(head, 0)]
        return [(written, 0)]

    def _uninflected(self, part: str, changes: int) -> list[Form]:
        found: list[Form] = []
        for ending, replacements in self._endings:
            stem = part.removesuffix(ending)
            if len(stem) < len(part) and len(stem) >= self._tongue.shortest_stem:
                found.extend(Form(stem + r, changes + 1, 0) for r in replacements)
        return found

    def _unprefixed(self, part: str, changes: int) -> list[Form]:
        article, least = self._tongue.article, self._tongue.shortest_stem
        if not article and not self._prefixes:
            return []
        found = [*self._unarticled(part, changes, 0)]
        for prefix in self._prefixes:
            rest = part.removeprefix(prefix)
            if len(rest) == len(part) or len(rest) < least:
                continue
            if prefix in self._assimilated:
                found.append(Form(article + rest, changes + 1, 0))
                found.append(Form(rest, changes + 2, len(prefix)))
            else:
                found.append(Form(rest, changes + 1, len(prefix)))
                found.extend(self._unarticled(rest, changes + 1, len(prefix)))
        return found

    def _unarticled(self, part: str, changes: int, cut: int) -> list[Form]:
        article = self._tongue.article
        rest = part.removeprefix(article) if article else part
        if len(rest) == len(part) or len(rest) < self._tongue.shortest_stem:
            return []
        return [Form(rest, changes + 1, cut)]
