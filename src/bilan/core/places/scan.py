"""The stretches of a text that may be names: every run of words that the gazetteer may hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bilan.core.places.flat import is_upper_class
from bilan.core.places.gazetteer import Gazetteer
from bilan.core.places.keys import APOSTROPHES, MARKS
from bilan.core.places.spelling import Form, Spelling
from bilan.core.places.tongue import Tongue

LONGEST_NAME = 6  # words
_LONGEST_FRONTIER = 24  # readings followed at once: inflected words multiply
_KEPT_WORDS = 200_000  # words whose forms are remembered; about 40 MB when full
_LETTERS = rf"(?:[^\W_]|[{MARKS}]|[{APOSTROPHES}](?=[^\W\d_]))*"
_ANY_WORD = rf"[^\W\d_]{_LETTERS}"
_NEXT = re.compile(
    rf"(?:[ \u00a0\u202f\u2009]?[-\u2010-\u2013][ \u00a0]?|[ \u00a0\u202f\u2009\u200c_]|\. )({_ANY_WORD})"
)
# Arabic articles as they are written before a name: al-Bab, Ez-Zor, el Obeid, Эль-Маядин.
_ARTICLE = r"(?:(?i:[aeu][ltdrsznm]h?|[аэе][лрсштдзн]ь?)[-\u2010-\u2012]|(?:al|el) )"


@dataclass(slots=True)
class Stretch:
    """Characters [start, end) of the text, how many words, and the keys that they may stand for.

    `keys` maps each key to the number of changes made to the words as written.
    """

    start: int
    end: int
    words: int
    keys: dict[str, int] = field(default_factory=dict)


class Scanner:
    """Finds stretches in texts of one language with one gazetteer."""

    def __init__(self, tongue: Tongue, gazetteer: Gazetteer) -> None:
        self._tongue = tongue
        self._gazetteer = gazetteer
        self._spelling = Spelling(tongue)
        self._known: dict[str, list[tuple[Form, bool, bool]]] = {}
        self._first: dict[str, list[tuple[Form, bool, bool]]] = {}
        elisions = "|".join(tongue.listed("elisions"))
        elided = rf"(?:(?i:{elisions})[{APOSTROPHES}])?" if elisions else ""
        upper = is_upper_class()
        begin = r"(?<![^\W_])"
        self.capital = re.compile(rf"{begin}{elided}(?P<w>{_ARTICLE}?[{upper}]{_LETTERS})")
        self.any_word = re.compile(rf"{begin}(?P<w>{_ANY_WORD})")
        self._article = re.compile(rf"{_ARTICLE}(?=[{upper}])")

    def stretches(self, text: str, *, every_word: bool = False) -> list[list[Stretch]]:
        """For each place where a name may begin, the stretches from there, the longest first.

        Only capitalised words begin a name where the language has capitals, unless `every_word`.
        """
        pattern = self.capital if self._tongue.capitals and not every_word else self.any_word
        first, found = self._first, []
        for match in pattern.finditer(text):
            word = match["w"]
            forms = first.get(word)
            if forms is None:
                forms = first[word] = self._first_forms(word)
            if forms:
                run = self._run(text, match.start("w"), match.end(), word, forms)
                if run:
                    found.append(run)
        if len(first) + len(self._known) > _KEPT_WORDS:
            first.clear()
            self._known.clear()
        return found

    def _forms(self, word: str, *, alone: bool) -> list[tuple[Form, bool, bool]]:
        kept = []
        for form in self._spelling.forms(word):
            holds = self._gazetteer.may_hold(form.part)
            begins = self._gazetteer.may_begin(form.part)
            if holds or begins or not alone:
                kept.append((form, holds, begins))
        return kept

    def _first_forms(self, word: str) -> list[tuple[Form, bool, bool]]:
        article = self._article.match(word)
        if article is None:
            forms = self._forms(word, alone=True)
            return (
                [
                    (f, holds and f.part not in self._tongue.not_places, begins)
                    for f, holds, begins in forms
                ]
                if self._tongue.capitals
                else self._unlisted(word, forms)
            )
        name = word[article.end() :]
        lead = article.group()[:-1]
        found = []
        for form in self._spelling.forms(name):
            for part, changes in ((f"{lead.casefold()} {form.part}", 0), (form.part, 1)):
                holds, begins = self._gazetteer.may_hold(part), self._gazetteer.may_begin(part)
                if holds or begins:
                    found.append((Form(part, form.changes + changes, 0), holds, begins))
        return found

    def _unlisted(
        self, word: str, forms: list[tuple[Form, bool, bool]]
    ) -> list[tuple[Form, bool, bool]]:
        """A word that the language lists as no place holds no name alone, with or without particles."""
        listed = any(form.part in self._tongue.not_places for form, *_ in forms) or any(
            form.part in self._tongue.not_places
            for form in self._spelling.forms(word)
            if form.changes <= 1
        )
        return [
            (form, holds and not listed, begins)
            for form, holds, begins in forms
            if begins or not listed
        ]

    def _run(
        self, text: str, start: int, end: int, word: str, forms: list[tuple[Form, bool, bool]]
    ) -> list[Stretch]:
        found: list[Stretch] = []
        self._keep(
            found, start, end, 1, [(f.part, f.changes, f.cut) for f, holds, _ in forms if holds]
        )
        frontier = [(f.part, f.changes, f.cut) for f, _, begins in forms if begins]
        words = 1
        while frontier and words < LONGEST_NAME:
            match = _NEXT.match(text, end)
            if match is None:
                break
            words, end = words + 1, match.end()
            frontier = self._extend(frontier, match[1])
            self._keep(
                found, start, end, words, [f for f in frontier if self._gazetteer.may_hold(f[0])]
            )
            frontier = [f for f in frontier if self._gazetteer.may_begin(f[0])]
        found.reverse()
        return found

    def _extend(
        self, frontier: list[tuple[str, int, int]], word: str
    ) -> list[tuple[str, int, int]]:
        forms = self._known.get(word)
        if forms is None:
            forms = self._known[word] = self._forms(word, alone=False)
        longer = []
        for part, changes, cut in frontier:
            for form, _, _ in forms:
                if form.cut:
                    continue  # a particle in the middle divides two names
                key = f"{part} {form.part}"
                if self._gazetteer.may_hold(key) or self._gazetteer.may_begin(key):
                    longer.append((key, changes + form.changes, cut))
        return longer[:_LONGEST_FRONTIER]

    @staticmethod
    def _keep(
        found: list[Stretch], start: int, end: int, words: int, keys: list[tuple[str, int, int]]
    ) -> None:
        if not keys:
            return
        cut = min(keys, key=lambda k: k[1])[2]
        stretch = Stretch(start + cut, end, words)
        for key, changes, _ in keys:
            stretch.keys[key] = min(changes, stretch.keys.get(key, changes))
        found.append(stretch)
