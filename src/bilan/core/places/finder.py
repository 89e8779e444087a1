"""Finds the places that a text names and resolves them together."""

from __future__ import annotations

from collections.abc import Sequence

from bilan.core.claims.text.language import known_languages
from bilan.core.places.around import Reader
from bilan.core.places.candidates import Candidate
from bilan.core.places.capitals import Capitals
from bilan.core.places.coordinates import coordinates_in
from bilan.core.places.evidence import peoples
from bilan.core.places.flat import flat
from bilan.core.places.gathering import Barred, Gatherer
from bilan.core.places.gazetteer import Gazetteer
from bilan.core.places.given import Given
from bilan.core.places.leads import Leads
from bilan.core.places.left import Left
from bilan.core.places.locating import Locator, link
from bilan.core.places.mentions import mentions_of
from bilan.core.places.resolve import Context, believe, first_context, judge, reasons_of, widened
from bilan.core.places.scan import Scanner
from bilan.core.places.tongue import Tongue, tongue
from bilan.core.places.weights import weights
from bilan.core.values import Place, PlaceMention, PlacePrecision, Span

_MOSTLY_CAPITALS = 0.6  # of the letters: capitals say nothing then
_SAMPLE = 1_000  # characters by which that is judged
_LIKELY = 0.6  # below the threshold by so much, a name may still locate another or be confirmed
_ALONE = 0.9  # below it by so much, the only likely name of a text is taken for its place


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

    def resolve(self, spans: Sequence[Span], text: str, *, lang: str) -> list[Place | None]:
        """The places of toponyms that someone else has marked, in their order.

        None for a name that no list holds. Adjectives and peoples stand for their countries.
        """
        ear = self.ear(lang)
        return [None] * len(spans) if ear is None else ear.given.resolve(spans, text)

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
        self._capitals = Capitals(gazetteer)
        self.given = Given(spoken, self._reader, self._scanner, gazetteer)
        self._gatherer = Gatherer(spoken, self._reader, gazetteer)

    def places_in(self, text: str, taken: Sequence[Span]) -> list[PlaceMention]:
        """Place phrases in the order of the text."""
        plain = flat(text)
        capitals = self.tongue.capitals and not _shouted(text)
        scan = self._scanner.scan(text, every_word=self.tongue.capitals and not capitals)
        exact = [
            m for m in coordinates_in(text) if not Barred(taken).overlaps(m.span.start, m.span.end)
        ]
        barred = Barred([*taken, *(m.span for m in exact)])
        left_of = Left(plain)
        candidates = self._gatherer.candidates(text, plain, left_of, scan.runs, barred)
        context, kept = self._settle(candidates, plain, capitals=capitals)
        words = [word for word in scan.leads if not barred.overlaps(*word)]
        shouted = self.tongue.capitals and not capitals
        leads = self._leads.find(text, plain, left_of, words, kept, shouted=shouted)
        everything = sorted([*kept, *leads], key=lambda c: c.start)
        link(everything, plain, self._locator)
        self._leads.hear(leads, text, context)
        self._leads.decide(leads, context)
        self._reconsider(kept, context, capitals=capitals)
        mentions = mentions_of(text, plain, everything, context, self.tongue, self._capitals)
        return mentions if not exact else in_order([*mentions, *exact])

    def _reconsider(self, kept: Sequence[Candidate], context: Context, *, capitals: bool) -> None:
        """A name beside one that was heard only now may not be the place that it was taken for:
        then it is a name that no list holds."""
        threshold = _threshold(capitals)
        for candidate in kept:
            holder = candidate.located_by
            if holder is None or holder in kept:
                continue
            if believe(candidate, context, capitals=capitals) < threshold:
                candidate.chosen, candidate.options = None, []

    def _settle(
        self, candidates: list[Candidate], plain: str, *, capitals: bool
    ) -> tuple[Context, list[Candidate]]:
        """The believed candidates and the context in which they were: judged twice, first each
        alone, then beside those that were sure and those that say where others lie."""
        threshold = _threshold(capitals)
        counts, armed, war = peoples(self.tongue.code).named_in(plain)
        context = first_context(candidates, counts, self.tongue)
        if war:
            context.arm(armed)
        judge(candidates, context, capitals=capitals)
        likely = [c for c in candidates if c.belief >= threshold - _LIKELY]
        link(likely, plain, self._locator)
        context = widened((c for c in likely if c.belief >= threshold), context, counts)
        judge(candidates, context, capitals=capitals)
        kept = [c for c in candidates if c.belief >= threshold]
        if not kept and capitals:
            kept = _likeliest(candidates, threshold - _ALONE)
        for candidate in kept:
            candidate.reasons = reasons_of(candidate, context)
        return context, kept


def _likeliest(candidates: Sequence[Candidate], least: float) -> list[Candidate]:
    """Where no name is believed to be a place, the likeliest one: "block of flats, Kupiansk"."""
    best = max(candidates, key=lambda c: c.belief, default=None)
    if best is None or best.belief < least or best.around.initial:
        return []
    return [best]


def _threshold(capitals: bool) -> float:
    return weights()["belief"]["threshold" if capitals else "threshold_uncapitalised"]


def in_order(mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Mentions by where they begin; of two that overlap the exact one stays."""
    exact = [m.span for m in mentions if m.place.precision is PlacePrecision.EXACT]
    barred = Barred(exact)
    kept = [m for m in mentions if m.span in exact or not barred.overlaps(m.span.start, m.span.end)]
    return sorted(kept, key=lambda m: m.span)


def _shouted(text: str) -> bool:
    letters = list(filter(str.isalpha, text[:_SAMPLE]))
    return sum(map(str.isupper, letters)) > _MOSTLY_CAPITALS * len(letters)
