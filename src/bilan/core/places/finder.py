"""Finds the places that a text names and resolves them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from bilan.core.claims.language import known_languages
from bilan.core.places.around import Reader
from bilan.core.places.candidates import Candidate, Option
from bilan.core.places.evidence import peoples
from bilan.core.places.flat import flat
from bilan.core.places.gazetteer import Found, Gazetteer, Match
from bilan.core.places.mentions import mentions_of
from bilan.core.places.resolve import context_of, settle
from bilan.core.places.scan import Scanner, Stretch
from bilan.core.places.tongue import Tongue, tongue
from bilan.core.places.weights import weights
from bilan.core.values import PlaceMention, Span

_MOSTLY_CAPITALS = 0.6  # of the letters: capitals say nothing then
_SAMPLE = 4_000  # characters by which that is judged


class Places:
    """Implements `bilan.core.values.PlaceFinder` over a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._ears: dict[str, Ear] = {}

    @property
    def version(self) -> str:
        """Name and version of the gazetteer."""
        return self._gazetteer.version

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        """Place phrases in the order of the text, none overlapping another or a `taken` span.

        A language without a file gives none: the reader says so, not the finder.
        """
        ear = self.ear(lang)
        return [] if ear is None else ear.places_in(text, taken)

    def ear(self, lang: str) -> Ear | None:
        """The finder's part for one language; None for a language that is not read."""
        if lang not in self._ears:
            if lang not in known_languages():
                return None
            self._ears[lang] = Ear(tongue(lang), self._gazetteer)
        return self._ears[lang]


class Ear:
    """Finds places in the texts of one language."""

    def __init__(self, spoken: Tongue, gazetteer: Gazetteer) -> None:
        self.tongue = spoken
        self._gazetteer = gazetteer
        self._scanner = Scanner(spoken, gazetteer)
        self._reader = Reader(spoken)

    @cached_property
    def _homes(self) -> frozenset[str]:
        return frozenset(self.tongue.listed("homes"))

    def places_in(self, text: str, taken: Sequence[Span]) -> list[PlaceMention]:
        """Place phrases in the order of the text."""
        plain = flat(text)
        capitals = self.tongue.capitals and not _shouted(text)
        every_word = self.tongue.capitals and not capitals
        runs = self._scanner.stretches(text, every_word=every_word)
        named = self._gazetteer.named(key for run in runs for s in run for key in s.keys)
        candidates = self._candidates(text, plain, runs, named, taken)
        counts = peoples(self.tongue.code).named_in(plain)
        context = settle(
            candidates, context_of(candidates, counts, self._homes), counts, capitals=capitals
        )
        kept = [c for c in candidates if c.belief >= _threshold(capitals)]
        return mentions_of(text, plain, kept, context, self.tongue, taken)

    def _candidates(
        self,
        text: str,
        plain: str,
        runs: Sequence[Sequence[Stretch]],
        named: Mapping[str, tuple[Found, ...]],
        taken: Sequence[Span],
    ) -> list[Candidate]:
        found: list[Candidate] = []
        reached = 0
        for run in runs:
            for stretch in run:
                if stretch.start < reached or _overlaps(stretch, taken):
                    continue
                options = _options(stretch, named)
                if options:
                    around = self._reader.around(text, plain, stretch.start, stretch.end)
                    found.append(
                        Candidate(stretch.start, stretch.end, stretch.words, options, around)
                    )
                    reached = stretch.end
                    break
        return found


def _threshold(capitals: bool) -> float:
    return weights()["belief"]["threshold" if capitals else "threshold_uncapitalised"]


def _shouted(text: str) -> bool:
    letters = [c for c in text[:_SAMPLE] if c.isalpha()]
    return sum(c.isupper() for c in letters) > _MOSTLY_CAPITALS * len(letters)


def _overlaps(stretch: Stretch, taken: Sequence[Span]) -> bool:
    return any(t.start < stretch.end and stretch.start < t.end for t in taken)


def _options(stretch: Stretch, named: Mapping[str, tuple[Found, ...]]) -> list[Option]:
    best: dict[str, Option] = {}
    for key, changes in stretch.keys.items():
        for entry, match in named.get(key, ()):
            known = best.get(entry.id)
            if known is None or (changes, match) < (known.changes, known.match):
                best[entry.id] = Option(entry, Match(match), changes)
    return list(best.values())
