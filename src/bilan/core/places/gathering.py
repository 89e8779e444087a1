"""From stretches of a text to candidates: what each may be, and what stands around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from bilan.core.places.around import Reader
from bilan.core.places.candidates import Candidate, Option
from bilan.core.places.evidence import peoples
from bilan.core.places.gazetteer import Found, Gazetteer, PlaceKind
from bilan.core.places.left import Left
from bilan.core.places.scan import Stretch
from bilan.core.places.tongue import Tongue
from bilan.core.values import Span

_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.AREA})
_AGENCY = re.compile(r"\)\s?\.?\s?[-–—]")
_SHORTEST_LOWER = 4  # letters of a country's name that need no capitals: "ABD", "US" do
Runs = Sequence[Sequence[Stretch]]


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


class Gatherer:
    """Gathers the candidates of texts of one language."""

    def __init__(self, tongue: Tongue, reader: Reader, gazetteer: Gazetteer) -> None:
        self._peoples = peoples(tongue.code)
        self._article = tongue.article
        self._listed = tongue.not_places
        self._compounds = tongue.compounds  # "Tell" is no village, "Tell Rifaat" is
        self._articles = tongue.articles
        self._is_noun = tongue.is_noun
        self._reader = reader
        self._gazetteer = gazetteer

    def candidates(
        self, text: str, plain: str, left_of: Left, runs: Runs, barred: Barred
    ) -> list[Candidate]:
        """The longest candidate of each run that has options, none overlapping another."""
        named = self._gazetteer.named(key for run in runs for s in run for key in s.keys)
        known: dict[str, list[Option]] = {}
        found: list[Candidate] = []
        reached = 0
        for run in runs:
            for stretch in run:
                start, end = stretch.start, stretch.end
                if start < reached or barred.overlaps(start, end):
                    continue
                written = text[start:end]
                if written not in known:
                    known[written] = self._options(written, plain[start:end], stretch, named)
                if known[written] and not _is_agency(text, start, end, known[written]):
                    around = self._reader.around(text, plain, left_of, start, end)
                    found.append(Candidate(start, end, stretch.words, known[written], around))
                    reached = end
                    break
        return found

    def _options(
        self, written: str, plain: str, stretch: Stretch, named: Mapping[str, tuple[Found, ...]]
    ) -> list[Option]:
        if plain in self._listed or plain in self._compounds or self._is_common(plain):
            return []
        options = found_under(stretch, named)
        if self._article and _bare_of_article(plain, self._article):
            # "the Turkish" is not Turkey: a country is written as it is listed.
            options = [o for o in options if o.entry.kind not in _WIDE or not o.changes]
        countries = [o for o in options if o.entry.kind is PlaceKind.COUNTRY]
        if countries and len(written) < _SHORTEST_LOWER and not written.isupper():
            return [o for o in options if o not in countries]
        # "Afghan city": the adjective or people of a country is no town.
        if not countries and " " not in plain and self._peoples.country_of(plain):
            return []
        return options

    def _is_common(self, plain: str) -> bool:
        """Whether it is an article and an ordinary word: "the city" is no town called The City."""
        article, _, rest = plain.partition(" ")
        return (
            rest != ""
            and article in self._articles
            and (rest in self._listed or self._is_noun(rest))
        )


def _is_agency(text: str, start: int, end: int, options: Sequence[Option]) -> bool:
    """Whether a name in brackets is an agency's, behind a dateline: "Gaza, 8 nov (Estrecho).-"."""
    if text[start - 1 : start] != "(" or _AGENCY.match(text, end) is None:
        return False
    return not any(option.entry.kind in _WIDE for option in options)


def _bare_of_article(plain: str, article: str) -> bool:
    return plain.startswith(article) or plain[1:].startswith(article)


def found_under(stretch: Stretch, named: Mapping[str, tuple[Found, ...]]) -> list[Option]:
    """The places that the keys of a stretch lead to, each once, by its best key."""
    best: dict[str, Option] = {}
    for key, changes in stretch.keys.items():
        for entry, match in named.get(key, ()):
            known = best.get(entry.id)
            if known is None or (changes, match) < (known.changes, known.match):
                best[entry.id] = Option(entry, match, changes)
    return list(best.values())
