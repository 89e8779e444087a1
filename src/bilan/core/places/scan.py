"""The stretches of a text that may be names: every run of words that the gazetteer may hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from bilan.core.places.flat import flat, is_upper_class
from bilan.core.places.gazetteer import Gazetteer
from bilan.core.places.keys import APOSTROPHES, MARKS
from bilan.core.places.spelling import Form, Spelling
from bilan.core.places.tongue import Tongue

LONGEST_NAME = 6  # words
_NEAR = 3  # characters between a word that introduces a name and the name
_STRETCH = "\u0640"  # the joint by which Arabic words are stretched
_LONGEST_FRONTIER = 24  # readings followed at once: inflected words multiply
_KEPT_WORDS = 100_000  # words whose forms are remembered; about 30 MB when full
LETTERS = rf"(?:[^\W_]|[{MARKS}]|[{APOSTROPHES}](?=[^\W\d_]))*"
ANY_WORD = rf"[^\W\d_]{LETTERS}"
_BLANK = r"(?:[ \u00a0\u202f\u2009]|\n(?!\n))"
_NEXT = re.compile(rf"(?:{_BLANK}?[-\u2010-\u2013]{_BLANK}?|{_BLANK}|[\u200c_]|\. )({ANY_WORD})")
# Arabic articles as they are written before a name: al-Bab, Ez-Zor, el Obeid, Эль-Маядин.
_ARTICLE = r"(?:(?i:[aeu][ltdrsznm]h?|[аэе][лрсштдзн]ь?)[-\u2010-\u2012]|(?:al|el) )"


class Reading(NamedTuple):
    """A form of a first or further word, and whether it is a name or begins one."""

    form: Form
    holds: bool
    begins: bool


class First(NamedTuple):
    """What a first word may be: `readings` anywhere, `common` ones only after a word that
    introduces a name ("city of Reading"), and whether it introduces one itself."""

    readings: list[Reading]
    common: list[Reading]
    introduces: bool


class Path(NamedTuple):
    """A key on its way through a run of words."""

    key: str
    changes: int
    cut: int


@dataclass(slots=True)
class Stretch:
    """Characters [start, end) of the text, how many words, and the keys that they may stand for.

    `keys` maps each key to the number of changes made to the words as written.
    """

    start: int
    end: int
    words: int
    keys: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Scan:
    """What a text has: `runs`, for each place where a name may begin the stretches from there, the
    longest first; `leads`, the words [start, end) that may begin a name that no list holds.
    """

    runs: list[list[Stretch]] = field(default_factory=list)
    leads: list[tuple[int, int]] = field(default_factory=list)


class Scanner:
    """Scans texts of one language with one gazetteer."""

    def __init__(self, tongue: Tongue, gazetteer: Gazetteer) -> None:
        self._tongue = tongue
        self._gazetteer = gazetteer
        self._spelling = Spelling(tongue)
        self._further: dict[str, list[Reading]] = {}
        self._first: dict[str, First] = {}
        elisions = "|".join(tongue.listed("elisions"))
        elided = rf"(?:(?i:{elisions})[{APOSTROPHES}])?" if elisions else ""
        upper = is_upper_class()
        begin = r"(?<![^\W_])"
        self._capital = re.compile(rf"{begin}{elided}(?P<w>{_ARTICLE}?[{upper}]{LETTERS})")
        self._any_word = re.compile(rf"{begin}(?P<w>{ANY_WORD})")
        self._article = re.compile(rf"{_ARTICLE}(?=[{upper}])")

    def scan(self, text: str, *, every_word: bool = False) -> Scan:
        """All stretches and leads of a text.

        Only capitalised words begin a name where the language has capitals, unless `every_word`.
        Where it has none, a lead is a word after one that may introduce a name.
        """
        capitals = self._tongue.capitals and not every_word
        pattern = self._capital if capitals else self._any_word
        first, found, introduced = self._first, Scan(), -9
        for match in pattern.finditer(text):
            word = match["w"]
            known = first.get(word)
            if known is None:
                known = first[word] = self._first_readings(word, capitals=capitals)
            start, end = match.span("w")
            led = start - introduced <= _NEAR
            readings = known.readings + known.common if led else known.readings
            if readings:
                run = self._run(text, start, end, readings)
                if run:
                    found.runs.append(run)
            if capitals or led:
                found.leads.append((start, end))
            if known.introduces:
                introduced = end
        if len(first) + len(self._further) > _KEPT_WORDS:
            first.clear()
            self._further.clear()
        return found

    def _readings(self, word: str) -> list[Reading]:
        may_hold, may_begin = self._gazetteer.may_hold, self._gazetteer.may_begin
        return [
            Reading(form, may_hold(form.part), may_begin(form.part))
            for form in self._spelling.forms(word)
        ]

    def _first_readings(self, word: str, *, capitals: bool) -> First:
        article = self._article.match(word)
        if article is not None:
            named = self._with_article(word[: article.end() - 1], word[article.end() :])
            return First(named, [], introduces=False)
        if word[0] == _STRETCH or word[-1] == _STRETCH:
            return First([], [], introduces=False)  # a piece of a word that was broken up
        readings = self._readings(word)
        introduces = not capitals and self._tongue.introduces(flat(word))
        if not self._is_common(readings):
            return First([r for r in readings if r.holds or r.begins], [], introduces)
        begins = [Reading(r.form, holds=False, begins=True) for r in readings if r.begins]
        holds = [Reading(r.form, holds=True, begins=False) for r in readings if r.holds]
        return First(begins, holds, introduces)

    def _is_common(self, readings: list[Reading]) -> bool:
        """A word that the language lists as no place is none alone, with or without particles."""
        tongue = self._tongue
        near = 0 if tongue.capitals else 1
        return any(
            r.form.part in tongue.not_places or (near and r.form.part in tongue.compounds)
            for r in readings
            if r.form.changes <= near
        )

    def _with_article(self, article: str, name: str) -> list[Reading]:
        found = []
        for form in self._spelling.forms(name):
            for part, changes in ((f"{article.casefold()} {form.part}", 0), (form.part, 1)):
                holds, begins = self._gazetteer.may_hold(part), self._gazetteer.may_begin(part)
                if holds or begins:
                    found.append(Reading(Form(part, form.changes + changes, 0), holds, begins))
        return found

    def _run(self, text: str, start: int, end: int, readings: list[Reading]) -> list[Stretch]:
        found: list[Stretch] = []
        _keep(found, start, end, 1, [Path(*r.form) for r in readings if r.holds])
        frontier = [Path(*r.form) for r in readings if r.begins]
        words = 1
        while frontier and words < LONGEST_NAME:
            match = _NEXT.match(text, end)
            if match is None:
                break
            words, end = words + 1, match.end()
            extended = self._extend(frontier, match[1])
            _keep(found, start, end, words, [path for path, holds, _ in extended if holds])
            frontier = [path for path, _, begins in extended if begins]
        found.reverse()
        return found

    def _extend(self, frontier: list[Path], word: str) -> list[tuple[Path, bool, bool]]:
        readings = self._further.get(word)
        if readings is None:
            readings = self._further[word] = self._readings(word)
        longer: list[tuple[Path, bool, bool]] = []
        for key, changes, cut in frontier:
            for form, _, _ in readings:
                if form.cut:
                    continue  # a particle in the middle divides two names
                path = Path(f"{key} {form.part}", changes + form.changes, cut)
                holds = self._gazetteer.may_hold(path.key)
                begins = self._gazetteer.may_begin(path.key)
                if holds or begins:
                    longer.append((path, holds, begins))
        return longer[:_LONGEST_FRONTIER]


def _keep(found: list[Stretch], start: int, end: int, words: int, paths: list[Path]) -> None:
    if not paths:
        return
    cut = min(paths, key=lambda path: path.changes).cut
    stretch = Stretch(start + cut, end, words)
    for key, changes, _ in paths:
        stretch.keys[key] = min(changes, stretch.keys.get(key, changes))
    found.append(stretch)
