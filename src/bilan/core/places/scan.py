"""The stretches of a text that may be names: every run of words that the gazetteer may hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import NamedTuple

from bilan.core.frozen import dataclass
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


class Path(NamedTuple):
    """A key on its way through a run of words."""

    key: str
    changes: int
    cut: int


class Reached(NamedTuple):
    """What a run of words may be: the keys that may be names, and those that may begin longer
    ones."""

    holds: list[Path]
    begins: list[Path]


class First(NamedTuple):
    """What a first word may be: `anywhere`, and `introduced` by a word that may stand before a name
    ("city of Reading"); and whether it introduces one itself. `pairs` remembers for each word
    that came next what the two may be: anywhere, introduced."""

    anywhere: Reached
    introduced: Reached
    opens: bool
    introduces: bool
    pairs: tuple[dict[str, Reached], dict[str, Reached]]


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
        self._spelt = tongue.spelt
        self._heads = frozenset(
            key.rsplit(" ", cut)[0] for key in self._spelt for cut in range(1, key.count(" ") + 1)
        )
        self._further: dict[str, list[Reading]] = {}
        # Apart for texts whose capitals say something and for others: a word introduces a name in
        # the latter only, and what was read before must not change what is read now.
        self._first: dict[bool, dict[str, First]] = {True: {}, False: {}}
        self._pairs = 0  # remembered of all first words
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
        first, found = self._first[capitals], Scan()
        introduced = -9  # where the last word ended that introduces a name, while one is near
        for match in pattern.finditer(text):
            word = match[1]
            known = first.get(word)
            if known is None:
                known = first[word] = self._first_readings(word, capitals=capitals)
            if introduced < 0 and not (capitals or known.opens or known.introduces):
                continue  # as most words of a language without capitals
            start, end = match.span(1)
            led = start - introduced <= _NEAR
            if known.opens:
                run = self._run(text, start, end, known, led=led)
                if run:
                    found.runs.append(run)
            if capitals or led:
                found.leads.append((start, end))
            if known.introduces:
                introduced = end
            elif not led:
                introduced = -9  # and none of those behind
        self._forget()
        return found

    def _forget(self) -> None:
        """Forget the forms of all words once they are many."""
        remembered = sum(map(len, self._first.values())) + len(self._further) + self._pairs
        if remembered > _KEPT_WORDS:
            for words in self._first.values():
                words.clear()
            self._further.clear()
            self._pairs = 0

    def _readings(self, word: str) -> list[Reading]:
        return [
            Reading(form, self._may_hold(form.part), self._may_begin(form.part))
            for form in self._spelling.forms(word)
        ]

    def _may_hold(self, key: str) -> bool:
        return key in self._spelt or self._gazetteer.may_hold(key)

    def _may_begin(self, key: str) -> bool:
        return key in self._heads or self._gazetteer.may_begin(key)

    def _first_readings(self, word: str, *, capitals: bool) -> First:
        article = self._article.match(word)
        if article is not None:
            named = self._with_article(word[: article.end() - 1], word[article.end() :])
            return _first(named)
        if word[0] == _STRETCH or word[-1] == _STRETCH:
            return _first([])  # a piece of a word that was broken up
        readings = self._readings(word)
        introduces = not capitals and self._tongue.introduces(flat(word))
        if not self._is_common(readings):
            return _first(readings, introduces=introduces)
        begins = [Reading(r.form, holds=False, begins=True) for r in readings if r.begins]
        holds = [Reading(r.form, holds=True, begins=False) for r in readings if r.holds]
        return _first(begins, holds, introduces=introduces)

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
                holds, begins = self._may_hold(part), self._may_begin(part)
                if holds or begins:
                    found.append(Reading(Form(part, form.changes + changes, 0), holds, begins))
        return found

    def _run(self, text: str, start: int, end: int, first: First, *, led: bool) -> list[Stretch]:
        found: list[Stretch] = []
        reached, pairs = first.introduced if led else first.anywhere, first.pairs[led]
        words = 1
        while True:
            if reached.holds:
                found.append(_stretch(start, end, words, reached.holds, self._spelt))
            if not reached.begins or words == LONGEST_NAME:
                break
            match = _NEXT.match(text, end)
            if match is None:
                break
            words, end, word = words + 1, match.end(), match[1]
            if words > 2:
                reached = self._extend(reached.begins, word)
                continue
            known = pairs.get(word)
            if known is None:
                known = pairs[word] = self._extend(reached.begins, word)
                self._pairs += 1
            reached = known
        found.reverse()
        return found

    def _extend(self, frontier: list[Path], word: str) -> Reached:
        readings = self._further.get(word)
        if readings is None:
            readings = self._further[word] = self._readings(word)
        longer: list[tuple[Path, bool, bool]] = []
        for key, changes, cut in frontier:
            for form, _, _ in readings:
                if form.cut:
                    continue  # a particle in the middle divides two names
                path = Path(f"{key} {form.part}", changes + form.changes, cut)
                holds, begins = self._may_hold(path.key), self._may_begin(path.key)
                if holds or begins:
                    longer.append((path, holds, begins))
        del longer[_LONGEST_FRONTIER:]
        return Reached(
            [path for path, holds, _ in longer if holds],
            [path for path, _, begins in longer if begins],
        )


def _first(
    anywhere: list[Reading], common: list[Reading] | None = None, *, introduces: bool = False
) -> First:
    """A first word by its readings anywhere, and the `common` ones only where it is introduced."""
    introduced = anywhere + (common or [])
    opens = any(r.holds or r.begins for r in introduced)
    return First(_reached(anywhere), _reached(introduced), opens, introduces, ({}, {}))


def _reached(readings: list[Reading]) -> Reached:
    return Reached(
        [Path(*r.form) for r in readings if r.holds],
        [Path(*r.form) for r in readings if r.begins],
    )


def _stretch(
    start: int, end: int, words: int, paths: list[Path], spelt: Mapping[str, str]
) -> Stretch:
    cut = min(paths, key=lambda path: path.changes).cut
    stretch = Stretch(start + cut, end, words)
    for written, changes, _ in paths:
        key = spelt.get(written, written)
        stretch.keys[key] = min(changes, stretch.keys.get(key, changes))
    return stretch
