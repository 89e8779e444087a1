"""How common the words of a record's reports are: what two reports share counts by its rarity.

Words are buckets (`traits.bucket_of`). A record that holds few reports says little about rarity,
so every bucket starts as if a few hundred reports had been seen before: the words of a language's
own vocabularies (killed, strike, city) as common ones, all others as rare.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bilan.core.claims.text.language import known_languages
from bilan.core.claims.text.tokens import words_of
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.traits import BUCKETS, SHORTEST_WORD, bucket_of

SEEN = 200.0  # reports that stand behind the first guess; a record outweighs it as it grows
COMMON_SHARE = 0.2  # of reports, for a word of the vocabularies
REPEATED = math.log(2)  # what each doubling of a word's occurrences adds to its weight
RARE_SHARE = 0.005  # of reports, for any other word
RAREST = math.log(50)  # the weight of a word that stands in one of 50 reports


@dataclass(frozen=True, slots=True)
class Lexis:
    """In how many of `reports` reports each bucket stands."""

    reports: int = 0
    counts: tuple[int, ...] = (0,) * BUCKETS

    def changed(self, *, gone: Iterable[int] = (), come: Iterable[int] = ()) -> Lexis:
        """After one report's words left or came; a report without words changes nothing."""
        counts, gone, come = list(self.counts), set(gone), set(come)
        for bucket in gone:
            counts[bucket] -= 1
        for bucket in come:
            counts[bucket] += 1
        return Lexis(self.reports + bool(come) - bool(gone), tuple(counts))

    def plus(self, reports: Iterable[Iterable[int]]) -> Lexis:
        """After many reports came at once."""
        counts, number = list(self.counts), self.reports
        for words in reports:
            number += 1
            for bucket in set(words):
                counts[bucket] += 1
        return Lexis(number, tuple(counts))

    @property
    def trusted(self) -> float:
        """0..1: how far the record's own words outweigh the first guess."""
        return min(1.0, self.reports / SEEN)


class Likenesses:
    """How alike texts are by their rarer words; what is reckoned of a text is kept."""

    def __init__(self, lexis: Lexis) -> None:
        self.lexis = lexis
        self._rarity: dict[str, dict[int, float]] = {}
        self._vectors: dict[tuple[str, str], dict[int, float]] = {}
        self._distinct: dict[tuple[str, str], dict[int, float]] = {}

    def between(self, a: Telling, b: Telling) -> float:
        """0..1: the cosine of two texts' words, each weighed by its rarity; 0 across languages."""
        if a.lang != b.lang or not a.traits.words or not b.traits.words:
            return 0.0
        mine, theirs = self._of(a), self._of(b)
        if len(mine) > len(theirs):
            mine, theirs = theirs, mine
        return sum(weight * theirs[word] for word, weight in mine.items() if word in theirs)

    def distinct(self, a: Telling, b: Telling) -> float:
        """How much the words say that hardly any other report has and both of these have.

        The sum of their weights: about 4 for a word in one of 50 reports, 7 for one in 1,000. Not
        measured by the length of the texts, so that a post of ten words with the name of a victim
        in it says as much as an article.
        """
        if a.lang != b.lang or not a.traits.words or not b.traits.words:
            return 0.0
        mine, theirs = self._rarest(a), self._rarest(b)
        if len(mine) > len(theirs):
            mine, theirs = theirs, mine
        return sum(weight for word, weight in mine.items() if word in theirs)

    def fewer(self, a: Telling, b: Telling) -> int:
        """How many different words the shorter of two texts has."""
        return min(len(self._of(a)), len(self._of(b)))

    def _rarest(self, telling: Telling) -> dict[int, float]:
        """The words of a text that stand in few reports, each with its weight."""
        key = (telling.report, telling.lang)
        known = self._distinct.get(key)
        if known is None:
            rarity = self._rarities(telling)
            known = {word: rarity[word] for word in telling.traits.words if rarity[word] >= RAREST}
            self._distinct[key] = known
        return known

    def _rarities(self, telling: Telling) -> dict[int, float]:
        """How rare each word of a text is, among those of other texts of its language."""
        rarity = self._rarity.setdefault(telling.lang, {})
        for word in telling.traits.words:
            if word not in rarity:
                rarity[word] = self._weight(word, telling.lang)
        return rarity

    def covered(self, a: Telling, b: Telling) -> float:
        """0..1: how much of what tells the one text from others stands in the other one as well.

        The larger of the two shares, so that an excerpt is covered by the whole; 1 where the words
        of either are unknown or in another language, so that nothing can be said against a copy.
        """
        if a.lang != b.lang or not a.traits.words or not b.traits.words:
            return 1.0
        mine, theirs = self._of(a), self._of(b)
        common = mine.keys() & theirs.keys()
        return max(sum(words[word] ** 2 for word in common) for words in (mine, theirs))

    def _of(self, telling: Telling) -> dict[int, float]:
        """The words of a text by weight: rarer and repeated ones weigh more; of length 1."""
        key = (telling.report, telling.lang)
        known = self._vectors.get(key)
        if known is None:
            rarity = self._rarities(telling)
            raw = {
                word: rarity[word] * (1 + REPEATED * (times - 1))
                for word, times in Counter(telling.traits.words).items()
            }
            length = math.sqrt(sum(w * w for w in raw.values())) or 1.0
            known = self._vectors[key] = {word: w / length for word, w in raw.items()}
        return known

    def _weight(self, bucket: int, lang: str) -> float:
        """The logarithm of how many reports there are for one with the word."""
        share = COMMON_SHARE if bucket in common_buckets(lang) else RARE_SHARE
        seen = self.lexis.counts[bucket] + SEEN * share
        return math.log((self.lexis.reports + SEEN) / seen)


@cache
def common_buckets(lang: str) -> frozenset[int]:
    """The buckets of the words of a language's vocabularies; none for an unknown language."""
    if lang not in known_languages():
        return frozenset()
    source = files("bilan.core.claims") / "languages" / f"{lang}.toml"
    phrases = _strings(tomllib.loads(source.read_text(encoding="utf-8")))
    words = (norm for phrase in phrases for norm in words_of(phrase.replace("*", "")).norms)
    return frozenset(bucket_of(word) for word in words if len(word) >= SHORTEST_WORD)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
