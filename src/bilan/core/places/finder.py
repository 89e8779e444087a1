"""Finds the places that a text names and resolves them together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from bilan.core.claims.language import known_languages
from bilan.core.places.around import Reader
from bilan.core.places.candidates import Candidate, Option
from bilan.core.places.evidence import peoples
from bilan.core.places.flat import flat
from bilan.core.places.gazetteer import Found, Gazetteer, Match, PlaceKind
from bilan.core.places.leads import Leads
from bilan.core.places.locating import Locator, link
from bilan.core.places.mentions import mentions_of
from bilan.core.places.resolve import Context, first_context, judge, reasons_of, widened
from bilan.core.places.scan import Scanner, Stretch
from bilan.core.places.tongue import Tongue, tongue
from bilan.core.places.weights import weights
from bilan.core.values import PlaceMention, Span

_MOSTLY_CAPITALS = 0.6  # of the letters: capitals say nothing then
_SAMPLE = 4_000  # characters by which that is judged
_LIKELY = 0.6  # below the threshold by so much, a name may still locate another or be confirmed
_SHORTEST_LOWER = 4  # letters of a country's name that need no capitals: "ABD", "US" do


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
        self._leads = Leads(spoken, self._reader, gazetteer)
        self._locator = Locator(spoken)

    def places_in(self, text: str, taken: Sequence[Span]) -> list[PlaceMention]:
        """Place phrases in the order of the text."""
        plain = flat(text)
        capitals = self.tongue.capitals and not _shouted(text)
        scan = self._scanner.scan(text, every_word=self.tongue.capitals and not capitals)
        barred = Barred(taken)
        named = self._gazetteer.named(key for run in scan.runs for s in run for key in s.keys)
        candidates = self._candidates(text, plain, scan.runs, named, barred)
        context, kept = self._settle(candidates, plain, capitals=capitals)
        words = [word for word in scan.leads if not barred.overlaps(*word)]
        leads = self._leads.find(text, plain, words, kept)
        everything = sorted([*kept, *leads], key=lambda c: c.start)
        link(everything, plain, self._locator)
        self._leads.hear(leads, text, context)
        self._leads.decide(leads, context)
        return mentions_of(text, plain, everything, context, self.tongue)

    def _settle(
        self, candidates: list[Candidate], plain: str, *, capitals: bool
    ) -> tuple[Context, list[Candidate]]:
        """The believed candidates and the context in which they were: judged twice, first each
        alone, then beside those that were sure and those that say where others lie."""
        threshold = weights()["belief"]["threshold" if capitals else "threshold_uncapitalised"]
        counts = peoples(self.tongue.code).named_in(plain)
        context = first_context(candidates, counts, self.tongue)
        judge(candidates, context, capitals=capitals)
        likely = [c for c in candidates if c.belief >= threshold - _LIKELY]
        link(likely, plain, self._locator)
        context = widened((c for c in likely if c.belief >= threshold), context, counts)
        judge(candidates, context, capitals=capitals)
        kept = [c for c in candidates if c.belief >= threshold]
        for candidate in kept:
            candidate.reasons = reasons_of(candidate, context)
        return context, kept

    def _candidates(
        self,
        text: str,
        plain: str,
        runs: Sequence[Sequence[Stretch]],
        named: Mapping[str, tuple[Found, ...]],
        barred: Barred,
    ) -> list[Candidate]:
        found: list[Candidate] = []
        known: dict[tuple[tuple[str, int], ...], list[Option]] = {}
        reached = 0
        for run in runs:
            for stretch in run:
                if stretch.start < reached or barred.overlaps(stretch.start, stretch.end):
                    continue
                key = tuple(stretch.keys.items())
                if key not in known:
                    known[key] = _options(stretch, named)
                options = _allowed(known[key], text[stretch.start : stretch.end])
                if self._is_people(plain[stretch.start : stretch.end], options):
                    continue
                if options:
                    around = self._reader.around(text, plain, stretch.start, stretch.end)
                    found.append(
                        Candidate(stretch.start, stretch.end, stretch.words, options, around)
                    )
                    reached = stretch.end
                    break
        return found

    def _is_people(self, word: str, options: Sequence[Option]) -> bool:
        """Whether a word is the adjective or people of a country, not the country's name."""
        if any(option.entry.kind is PlaceKind.COUNTRY for option in options):
            return False
        return " " not in word and peoples(self.tongue.code).country_of(word) is not None


class Barred:
    """Stretches of a text in which no place may be found."""

    def __init__(self, spans: Sequence[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._ends: list[int] = []  # the farthest end of this span and all before it
        for span in ordered:
            self._ends.append(max(span.end, self._ends[-1] if self._ends else 0))

    def overlaps(self, start: int, end: int) -> bool:
        """Whether [start, end) shares a character with one of them."""
        before = bisect_right(self._starts, end - 1)
        return before > 0 and self._ends[before - 1] > start


def _shouted(text: str) -> bool:
    letters = [c for c in text[:_SAMPLE] if c.isalpha()]
    return sum(c.isupper() for c in letters) > _MOSTLY_CAPITALS * len(letters)


def _options(stretch: Stretch, named: Mapping[str, tuple[Found, ...]]) -> list[Option]:
    best: dict[str, Option] = {}
    for key, changes in stretch.keys.items():
        for entry, match in named.get(key, ()):
            known = best.get(entry.id)
            if known is None or (changes, match) < (known.changes, known.match):
                best[entry.id] = Option(entry, Match(match), changes)
    return list(best.values())


def _allowed(options: list[Option], written: str) -> list[Option]:
    """The options but for countries by their initials, where the word is not in capitals."""
    if len(written) >= _SHORTEST_LOWER or written.isupper():
        return options
    return [o for o in options if o.entry.kind is not PlaceKind.COUNTRY]
