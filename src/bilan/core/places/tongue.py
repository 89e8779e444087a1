"""What a language's `[places]` table says, compiled: how names are spelt, what stands by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from bilan.core.claims.language import load_language
from bilan.core.errors import DataError
from bilan.core.places.flat import flat
from bilan.core.places.gazetteer import PlaceKind

_WORD_END = r"(?![^\W_])"
_WORD_START = r"(?<![^\W_])"

NOUN_KINDS = {
    "settlement": PlaceKind.SETTLEMENT,
    "district": PlaceKind.DISTRICT,
    "region": PlaceKind.REGION,
    "neighbourhood": PlaceKind.NEIGHBOURHOOD,
    "site": PlaceKind.SITE,
    "natural": PlaceKind.AREA,
    "country": PlaceKind.COUNTRY,
}


class WordList:
    """Words in their plain form, and beginnings of words (written `stem*`)."""

    def __init__(self, written: Iterable[str]) -> None:
        plain = [flat(word) for word in written]
        self.exact = frozenset(word for word in plain if not word.endswith("*"))
        self.stems = tuple(sorted(word[:-1] for word in plain if word.endswith("*")))

    def __contains__(self, word: str) -> bool:
        return bool(word) and (
            word in self.exact or (bool(self.stems) and word.startswith(self.stems))
        )


def _unit(word: str) -> str:
    plain = re.escape(flat(word.rstrip("*"))).replace(r"\ ", r"\s+")
    return plain + (r"[^\W_]*" if word.endswith("*") else "")


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the phrases, longest first; `stem*` covers the rest of a word."""
    units = ("".join(_phrase(word)) for word in sorted(words, key=len, reverse=True))
    return "|".join(units)


def _phrase(phrase: str) -> list[str]:
    return [r"\s+".join(_unit(word) for word in phrase.split())]


def last_words(phrases: Iterable[str]) -> set[str]:
    """The last word of each phrase, as a gate that is cheaper than the pattern."""
    return {flat(phrase.rstrip("'").split()[-1]) for phrase in phrases if phrase.strip("' ")}


@dataclass(frozen=True, slots=True)
class Relation:
    """A phrase that moves a point: which kind of move, with its number, unit and direction."""

    kind: str
    first: int
    last: int
    number: str | None = None
    unit: str | None = None
    direction: str | None = None


class Tongue:
    """One language's way with places. Raises DataError for a table that cannot be compiled."""

    def __init__(self, code: str, table: Mapping[str, Any], numbers: Mapping[str, Any]) -> None:
        self.code = code
        self.capitals: bool = table.get("capitals", True)
        self._table = table
        self._numbers = numbers
        self.within = WordList(table.get("within", ()))
        self.weakly = WordList(table.get("weakly", ()))
        self.linkers = WordList(table.get("linkers", ()))
        self.titles = WordList(table.get("titles", ()))
        self.given = WordList(table.get("given", ()))
        self.afterwards = WordList(table.get("afterwards", ()))
        self.notthis = WordList(table.get("notthis", ()))
        self.not_places = WordList(table.get("not_places", ()))
        self.joins = WordList(table.get("joins", ()))
        self.compounds = WordList(table.get("compounds", ()))
        self.abbreviations = {flat(k): v for k, v in table.get("abbreviations", {}).items()}

    def listed(self, name: str) -> Sequence[str]:
        """A plain list of the table; empty where it has none."""
        found = self._table.get(name, ())
        if isinstance(found, str):
            raise DataError(f"languages/{self.code}.toml: [places] {name} has to be a list")
        return list(found)

    @cached_property
    def homes(self) -> frozenset[str]:
        """The countries where the language is at home, ISO 3166-1."""
        return frozenset(self.listed("homes"))

    @cached_property
    def article(self) -> str:
        """The article written on to names, "" where there is none."""
        return flat(self._table.get("article", ""))

    @cached_property
    def shortest_stem(self) -> int:
        """Letters that must remain when an ending or a particle is taken off."""
        return int(self._table.get("shortest_stem", 3))

    @cached_property
    def suffixes(self) -> bool:
        """Whether anything after an apostrophe is grammar, not name (Turkish)."""
        return bool(self._table.get("suffixes_after_apostrophe", False))

    @cached_property
    def speech(self) -> re.Pattern[str]:
        """A verb of speaking directly after a name: a government speaks, nothing happened there."""
        return re.compile(rf"\s+(?:{alternatives(self.listed('speech')) or '(?!)'}){_WORD_END}")

    # ------------------------------------------------------------------ nouns
    @cached_property
    def _nouns(self) -> str:
        table = self._table.get("nouns", {})
        patterns = "|".join(
            f"(?P<{kind}>{alternatives(table[kind])})" for kind in NOUN_KINDS if table.get(kind)
        )
        return patterns or "(?!)"

    @cached_property
    def nouns_before(self) -> bool:
        """Whether a noun for a name may stand before it."""
        return bool(self._table.get("nouns_before", True))

    def noun_may_follow(self, name: str) -> bool:
        """Whether a noun for this plain name may stand after it."""
        if not self._table.get("nouns_after", False):
            return False
        return not self._adjectives or name.endswith(self._adjectives)

    @cached_property
    def _adjectives(self) -> tuple[str, ...]:
        return tuple(flat(ending) for ending in self.listed("adjective_endings"))

    @cached_property
    def noun_tails(self) -> frozenset[str]:
        """Words that may end a noun phrase before a name, or stems of them."""
        nouns = [noun for listed in self._table.get("nouns", {}).values() for noun in listed]
        return frozenset(last_words(nouns) | last_words(self.listed("links")))

    @cached_property
    def noun_before(self) -> re.Pattern[str]:
        """A noun that says what the name after it is: "town of", "مدينة"."""
        links = alternatives(self.listed("links"))
        link = rf"(?:\s+(?:{links}))?" if links else ""
        article = f"(?:{self.article}|ل)?" if self.article else ""
        prefix = f"(?:{alternatives(self.listed('prefixes'))})?" if self.article else ""
        return re.compile(rf"{_WORD_START}{prefix}{article}(?:{self._nouns}){link}[\s'\"«“#]*\Z")

    @cached_property
    def noun_after(self) -> re.Pattern[str]:
        """A noun that says what the name before it is: "province", "köyü"."""
        suffix = r"[^\W_]*" if self._table.get("nouns_inflect") else ""
        return re.compile(rf"[\s'-]+(?:{self._nouns}){suffix}{_WORD_END}")

    # ------------------------------------------------------------------ relations
    @cached_property
    def directions(self) -> Mapping[str, str]:
        """Point of the compass of each direction word."""
        table = self._table.get("directions", {})
        return {flat(word): point for point, words in table.items() for word in words}

    def bearing_of(self, word: str) -> str:
        """The point of the compass that a direction word names: n, ne, e, se, s, sw, w, nw or c."""
        if word in self.directions:
            return self.directions[word]
        stems = [s for s in self.directions if s.endswith("*") and word.startswith(s[:-1])]
        return self.directions[max(stems, key=len)] if stems else "c"

    @cached_property
    def units(self) -> Mapping[str, str]:
        """Unit (km, mi, m) of each written unit."""
        return {
            flat(word): unit
            for unit, words in self._table.get("units", {}).items()
            for word in words
        }

    def kilometres(self, number: str, unit: str) -> float | None:
        """A written distance in kilometres; None for a number that cannot be read."""
        value = self._value(number)
        if value is None:
            return None
        stems = (
            v
            for k, v in self.units.items()
            if k == unit or (k.endswith("*") and unit.startswith(k[:-1]))
        )
        return value * {"km": 1.0, "mi": 1.609, "m": 0.001}[next(stems, "km")]

    def _value(self, number: str) -> float | None:
        first = re.split(r"\s*(?:-|to|a|à|إلى)\s*", number.strip())[0]
        try:
            return float(first.replace(",", ".").replace("٫", "."))
        except ValueError:
            return self._number_words.get(number.strip())

    @cached_property
    def _number_words(self) -> Mapping[str, float]:
        words = self._numbers.get("words", {})
        return {
            flat(form.rstrip("*")): float(value)
            for value, forms in words.items()
            for form in forms
            if str(value).isdigit()
        }

    def _template(self, template: str, index: int) -> str:
        out: list[str] = []
        for piece in re.split(r"(\{n\}|\{unit\}|\{dir\}|\s+)", template):
            if piece == "{n}":
                words = "|".join(
                    re.escape(w) for w in sorted(self._number_words, key=len, reverse=True)
                )
                out.append(rf"(?P<n{index}>\d+(?:[.,]\d+)?(?:\s?-\s?\d+)?|{words or '(?!)'})")
            elif piece == "{unit}":
                out.append(rf"(?P<u{index}>{alternatives(self.units)}){_WORD_END}")
            elif piece == "{dir}":
                out.append(rf"(?P<d{index}>{alternatives(self.directions)})")
            elif piece.isspace():
                out.append(r"[\s-]*" if out and out[-1].startswith("(?P<n") else r"\s+")
            else:
                out.append(_unit(piece))
        return "".join(out)

    def _relations(self, side: str) -> list[tuple[str, str]]:
        return [
            (kind, template)
            for kind, templates in self._table.get(side, {}).items()
            for template in sorted(templates, key=len, reverse=True)
        ]

    @cached_property
    def _before(self) -> tuple[re.Pattern[str], list[str]] | None:
        pairs = self._relations("before")
        if not pairs:
            return None
        links = alternatives(self.listed("links"))
        link = rf"(?:\s+(?:{links}))?" if links else ""
        the = r"(?:(?:the|la|le|l')\s*)?" if self.capitals else ""
        nouns = re.sub(r"\(\?P<\w+>", "(?:", self._nouns)
        noun = rf"(?:{the}(?:{nouns}){link}\s*)?"
        prefix = f"(?:{alternatives(self.listed('prefixes'))})?" if self.article else ""
        parts = [f"(?P<k{i}>{self._template(t, i)})" for i, (_, t) in enumerate(pairs)]
        pattern = rf"{_WORD_START}{prefix}(?:{'|'.join(parts)})[\s'\"«“#]*{noun}[\s'\"«“#]*\Z"
        return re.compile(pattern), [kind for kind, _ in pairs]

    @cached_property
    def _after(self) -> tuple[re.Pattern[str], list[str]] | None:
        pairs = self._relations("after")
        if not pairs:
            return None
        parts = [f"(?P<k{i}>{self._template(t, i)})" for i, (_, t) in enumerate(pairs)]
        return re.compile(rf"(?:{'|'.join(parts)}){_WORD_END}"), [kind for kind, _ in pairs]

    @cached_property
    def relation_tails(self) -> frozenset[str]:
        """Words that may stand last before a name in a phrase that moves its point."""
        tails: set[str] = set(self.noun_tails)
        for _, template in self._relations("before"):
            last = template.split()[-1]
            tails |= last_words([last]) if "{" not in last else last_words(self.directions)
        return frozenset(tails)

    @cached_property
    def _tail_stems(self) -> tuple[str, ...]:
        return tuple(t[:-1] for t in self.relation_tails if t.endswith("*"))

    def may_end_relation(self, word: str) -> bool:
        """Whether a phrase before a name may end in this word; a cheap no."""
        if word in self.relation_tails or (self._tail_stems and word.startswith(self._tail_stems)):
            return True
        return bool(self.article) and any(word.endswith(tail) for tail in self.relation_tails)

    def relation_before(self, plain: str, first: int, end: int) -> Relation | None:
        """The phrase that ends where a name begins at `end`, looked for from `first` on."""
        if self._before is None:
            return None
        pattern, kinds = self._before
        match = pattern.search(plain, first, end)
        return None if match is None else _relation(match, kinds)

    def relation_after(self, plain: str, start: int) -> Relation | None:
        """The phrase that begins where a name ended at `start`."""
        if self._after is None:
            return None
        pattern, kinds = self._after
        match = pattern.match(plain, start)
        return None if match is None else _relation(match, kinds)


def _relation(match: re.Match[str], kinds: Sequence[str]) -> Relation:
    groups = match.groupdict()
    index = next(i for i in range(len(kinds)) if groups[f"k{i}"] is not None)
    return Relation(
        kinds[index],
        match.start(f"k{index}"),
        match.end(f"k{index}"),
        groups.get(f"n{index}"),
        groups.get(f"u{index}"),
        groups.get(f"d{index}"),
    )


@cache
def tongue(code: str) -> Tongue:
    """The tongue of a language code; a language without a file has to be asked for elsewhere."""
    language = load_language(code)
    return Tongue(code, language.table("places"), language.table("numbers"))
