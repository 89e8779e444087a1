"""Resolves toponyms that someone else has marked: which place does each of them mean?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bilan.core.places.around import Reader
from bilan.core.places.candidates import Candidate, Option
from bilan.core.places.evidence import peoples
from bilan.core.places.flat import flat
from bilan.core.places.gathering import found_under
from bilan.core.places.gazetteer import Gazetteer
from bilan.core.places.keys import country_key, key_of
from bilan.core.places.left import Left
from bilan.core.places.locating import Locator, link, place_of
from bilan.core.places.resolve import choose, first_context, reasons_of, widened
from bilan.core.places.scan import Scanner, Stretch
from bilan.core.places.tongue import Tongue
from bilan.core.values import Place, Span

_ROUNDS = 2  # of choosing anew beside what was chosen; a third changes nothing measurable


class Given:
    """Resolves given toponyms of one language, adjectives and peoples of countries among them."""

    def __init__(
        self, tongue: Tongue, reader: Reader, scanner: Scanner, gazetteer: Gazetteer
    ) -> None:
        self._tongue = tongue
        self._reader = reader
        self._scanner = scanner
        self._gazetteer = gazetteer
        self._peoples = peoples(tongue.code)
        self._locator = Locator(tongue)

    def resolve(self, spans: Sequence[Span], text: str) -> list[Place | None]:
        """The place of each toponym, in their order; None where no list holds the name."""
        plain = flat(text)
        left_of = Left(plain)
        options = self._options([span.of(text) for span in spans])
        candidates: list[Candidate | None] = []
        for span in spans:
            found = options[span.of(text)]
            around = self._reader.around(text, plain, left_of, span.start, span.end)
            words = len(span.of(text).split())
            candidates.append(
                Candidate(span.start, span.end, words, found, around) if found else None
            )
        self._settle([c for c in candidates if c is not None], plain)
        return [self._place(c, text) if c else None for c in candidates]

    def _options(self, names: Sequence[str]) -> dict[str, list[Option]]:
        keys = {name: self._keys(name) for name in dict.fromkeys(names)}
        named = self._gazetteer.named(key for found in keys.values() for key in found.keys)
        found = {name: found_under(stretch, named) for name, stretch in keys.items()}
        return {name: options or self._of_people(name) for name, options in found.items()}

    def _of_people(self, name: str) -> list[Option]:
        """The country of a people whose name the gazetteer seemed to hold and does not."""
        country = self._peoples.country_of(flat(name))
        if country is None:
            return []
        stretch = Stretch(0, len(name), 1)
        stretch.keys[country_key(country)] = 0
        return found_under(stretch, self._gazetteer.named(stretch.keys))

    def _keys(self, name: str) -> Stretch:
        """What a toponym may be listed as: itself, what it abbreviates, its country, its core."""
        stretch = Stretch(0, len(name), 1)
        written = self._tongue.abbreviations.get(flat(name).strip("."))
        country = self._peoples.country_of(flat(name))
        runs = self._scanner.scan(name, every_word=True).runs
        whole = [s for run in runs for s in run if s.start == 0 and s.end >= len(name.rstrip(" ."))]
        if written:
            stretch.keys[key_of(written)] = 0
        elif whole:
            stretch.keys.update(whole[0].keys)
        elif country:
            stretch.keys[country_key(country)] = 0
        else:
            longest = max(
                (run[0] for run in runs if run), key=lambda s: s.end - s.start, default=None
            )
            if longest is not None:
                stretch.keys.update({key: changes + 1 for key, changes in longest.keys.items()})
        return stretch

    def _settle(self, candidates: list[Candidate], plain: str) -> None:
        counts: Counter[str] = Counter()
        context = first_context(candidates, counts, self._tongue)
        for candidate in candidates:
            choose(candidate, context)
        link(candidates, plain, self._locator)
        for _ in range(_ROUNDS):
            context = widened(candidates, context, counts)
            for candidate in candidates:
                choose(candidate, context)
        for candidate in candidates:
            candidate.reasons = reasons_of(candidate, context)

    def _place(self, candidate: Candidate, text: str) -> Place | None:
        if candidate.chosen is None:
            return None
        entry, to = candidate.chosen.entry, place_of(candidate, self._tongue)
        if to is None:
            return None
        return Place(
            text[candidate.start : candidate.end],
            entry.name,
            entry.admin1,
            entry.country,
            entry.point,
            to.precision,
            entry.radius_km,
            entry.id,
            tuple(candidate.reasons),
        )
