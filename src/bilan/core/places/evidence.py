"""Which countries a text speaks of, weighed by how often it names them and their peoples."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple, TypeVar

from bilan.core.claims.relevance.relevance import conflicts
from bilan.core.claims.text.language import load_language, named
from bilan.core.errors import DataError
from bilan.core.places.flat import flat
from bilan.core.places.words import WordList

_WORDS = re.compile(r"[^\W\d_]{3,}")
_WEAPONS = frozenset({"airstrike", "drone", "rocket_missile", "artillery_shelling"})
_KEPT_WORDS = 100_000  # distinct words remembered a language; about 10 MB when full


def _arms(code: str) -> Iterator[str]:
    """The single words of a language for forces in the air and weapons of war."""
    for entry in load_language(code).lexicon.entries:
        force = entry.category == "force" and entry.key != "voice"
        if (force or (entry.category == "cause" and entry.key in _WEAPONS)) and (
            " " not in entry.phrase
        ):
            yield from entry.phrase.split("|")


class Named(NamedTuple):
    """How often a text names each country, and those that it names beside weapons alone: "a Russian
    missile" says who it was, not where. `war`: it names a weapon of war or forces that fight."""

    counts: Counter[str]
    only_armed: frozenset[str]
    war: bool


_Answer = TypeVar("_Answer")


class _Known(dict[str, _Answer]):
    """What is known of each word that was looked up: its country, whether it arms."""

    def __init__(self, find: Callable[[str], _Answer]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> _Answer:
        if len(self) > _KEPT_WORDS:
            self.clear()
        found = self[word] = self._find(word)
        return found


class Peoples:
    """Words that name a country or its people, in one language (nations.toml)."""

    def __init__(self, code: str) -> None:
        self._exact: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        for country, nation in named("nations.toml", "nation").items():
            for written in nation.get("names", {}).get(code, ()):
                for word in written.split("|"):
                    self._add(word, country.upper())
        self._shortest = min((len(stem) for stem in self._stems), default=99)
        self._known = _Known(self._find)
        self._armed = _Known(WordList(_arms(code)).__contains__)

    def _add(self, word: str, country: str) -> None:
        if " " in word:
            return  # phrases are places of their own, found as names
        plain = flat(word.rstrip("*"))
        (self._stems if word.endswith("*") else self._exact).setdefault(plain, country)

    def country_of(self, word: str) -> str | None:
        """The country that a plain word names or describes."""
        return self._known[word]

    def _find(self, word: str) -> str | None:
        for form in (word, *_without_particles(word)):
            found = self._exact.get(form)
            if found:
                return found
            for length in range(min(len(form), 14), self._shortest - 1, -1):
                found = self._stems.get(form[:length])
                if found:
                    return found
        return None

    def named_in(self, plain: str) -> Named:
        """The countries that a plain text names, itself or by their people."""
        words = _WORDS.findall(plain)
        named = [(at, c) for at, c in enumerate(map(self._known.__getitem__, words)) if c]
        elsewhere = {c for at, c in named if not self._is_armed(words, at)}
        counts = Counter([c for _, c in named])
        war = any(map(self._armed.__getitem__, words))
        return Named(counts, frozenset(counts.keys() - elsewhere), war)

    def _is_armed(self, words: Sequence[str], at: int) -> bool:
        """Whether a weapon or a force of war stands right beside the name of a country."""
        return any(map(self._armed.__getitem__, words[max(0, at - 1) : at + 2]))


def _without_particles(word: str) -> tuple[str, ...]:
    """An Arabic word without و ب ل ف and ال; other words have none of these letters."""
    forms = [word]
    for particle in "وبلفك":
        if word.startswith(particle) and len(word) > 4:
            forms.append(word[1:])
    forms.extend(form[2:] for form in forms[:] if form.startswith("ال") and len(form) > 4)
    return tuple(forms[1:])


@cache
def peoples(code: str) -> Peoples:
    """The words for countries and peoples of a language."""
    return Peoples(code)


def shares(counts: Mapping[str, int]) -> dict[str, float]:
    """Each country's share of the evidence, 0 to 1; a lone mention counts for less than one."""
    total = sum(counts.values()) + 1
    return {country: times / total for country, times in counts.items()}


@cache
def _wars() -> Mapping[str, frozenset[str]]:
    text = (files("bilan.core.places") / "wars.toml").read_text(encoding="utf-8")
    try:
        table = tomllib.loads(text)["abroad"]
        return {country: frozenset(lands) for country, lands in table.items()}
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise DataError(f"places/wars.toml: {error}") from error


@cache
def lands_at_war() -> frozenset[str]:
    """The countries in which an armed conflict goes on (conflicts.toml)."""
    return frozenset(
        country
        for country, stretches in conflicts().items()
        if any(last is None for _, last in stretches)
    )


def fought_in_by(countries: Iterable[str]) -> frozenset[str]:
    """The lands in which the armed forces of some countries fight abroad (wars.toml)."""
    wars = _wars()
    return frozenset(land for country in countries for land in wars.get(country, ()))
