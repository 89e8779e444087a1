"""What a language's `[places]` table says, compiled: how names are spelt, what stands by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any

from bilan.core.claims.text.language import load_language
from bilan.core.errors import DataError
from bilan.core.frozen import dataclass
from bilan.core.places.flat import flat
from bilan.core.places.gazetteer import PlaceKind
from bilan.core.places.keys import key_of
from bilan.core.places.left import PhraseBook, Words
from bilan.core.places.words import WordList

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


def _unit(word: str) -> str:
    plain = re.escape(flat(word.rstrip("*"))).replace(r"\ ", r"\s+")
    return plain + (r"[^\W_]*" if word.endswith("*") else "")


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the phrases, longest first; `stem*` covers the rest of a word."""
    units = ("".join(_phrase(word)) for word in sorted(words, key=len, reverse=True))
    return "|".join(units)


def _phrase(phrase: str) -> list[str]:
    return [r"\s+".join(_unit(word) for word in phrase.split())]


@dataclass(frozen=True, slots=True)
class Relation:
    """A phrase that moves a point: which kind of move, with its number, unit and direction.

    `direction` is a point of the compass: n, ne, e, se, s, sw, w, nw or c (the middle).
    """

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
        self.articles = WordList(table.get("articles", ()))
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
    def endings(self) -> list[tuple[str, list[str]]]:
        """Inflected endings and what the dictionary form may have in their place."""
        return [(str(end), list(puts)) for end, puts in self._table.get("endings", ())]

    @cached_property
    def shortest_stem(self) -> int:
        """Letters that must remain when an ending or a particle is taken off."""
        return int(self._table.get("shortest_stem", 3))

    @cached_property
    def spelt(self) -> Mapping[str, str]:
        """Keys of names as the language writes them, and the keys that a gazetteer lists."""
        return {key_of(k): key_of(v) for k, v in self._table.get("spelt", {}).items()}

    @cached_property
    def letters(self) -> dict[int, str]:
        """How letters that other languages read otherwise are read (Turkish c), for sounds."""
        return str.maketrans(dict(self._table.get("letters", {})))

    @cached_property
    def locatives(self) -> frozenset[str]:
        """Endings after an apostrophe that say "in": İdlib'de."""
        return frozenset(flat(ending) for ending in self.listed("locatives"))

    @cached_property
    def possessives(self) -> tuple[str, ...]:
        """Endings after an apostrophe by which a name owns what follows: Gaza's."""
        return tuple(self.listed("possessives"))

    @cached_property
    def suffixes(self) -> bool:
        """Whether anything after an apostrophe is grammar, not name (Turkish)."""
        return bool(self._table.get("suffixes_after_apostrophe", False))

    @cached_property
    def speech(self) -> re.Pattern[str]:
        """A verb of speaking directly after a name: a government speaks, nothing happened there."""
        return re.compile(rf"\s+(?:{alternatives(self.listed('speech')) or '(?!)'}){_WORD_END}")

    @cached_property
    def label(self) -> re.Pattern[str]:
        """A word of a form that says that a place follows ("Location:"), up to where it ends."""
        labels = alternatives(self.listed("labels")) or "(?!)"
        return re.compile(rf"(?:\A|[\n|;,.])\W*(?:{labels})\s?:\s*\Z")

    @cached_property
    def belonging(self) -> re.Pattern[str]:
        """A word directly after a name by which what follows belongs to it (bağlı)."""
        return re.compile(rf"\s+(?:{alternatives(self.listed('belongs')) or '(?!)'}){_WORD_END}")

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
    def words(self) -> Words:
        """The keys of words in the phrase books."""
        return Words(
            numbers=self._number_words,
            units=list(self.units),
            particles=sorted(map(flat, self.listed("prefixes")), key=len, reverse=True),
            article=self.article,
        )

    @cached_property
    def _noun_phrases(self) -> list[tuple[str, str]]:
        table = self._table.get("nouns", {})
        return [(kind, noun) for kind in NOUN_KINDS for noun in table.get(kind, ())]

    @cached_property
    def nouns(self) -> PhraseBook:
        """Nouns alone."""
        return PhraseBook(self._noun_phrases, self.words)

    @cached_property
    def nouns_ahead(self) -> PhraseBook:
        """Nouns as they stand before a name, with or without a link: "town of", "مدينة"."""
        links = ["", *self.listed("links")] if self.nouns_before else []
        phrases = [(kind, f"{noun} {link}") for kind, noun in self._noun_phrases for link in links]
        return PhraseBook(phrases, self.words)

    @cached_property
    def moves(self) -> PhraseBook:
        """Phrases before a name that move its point."""
        return PhraseBook(self._relations("before"), self.words, self.directions)

    def is_noun(self, word: str) -> bool:
        """Whether a plain word says what a place is."""
        return self.nouns.may_end_in(word)

    def introduces(self, word: str) -> bool:
        """Whether a name may follow this word: a noun, a link, the end of a moving phrase."""
        return self.nouns_ahead.may_end_in(word) or self.moves.may_end_in(word)

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
    def _after(self) -> tuple[re.Pattern[str], list[str]] | None:
        pairs = self._relations("after")
        if not pairs:
            return None
        parts = [f"(?P<k{i}>{self._template(t, i)})" for i, (_, t) in enumerate(pairs)]
        return re.compile(rf"(?:{'|'.join(parts)}){_WORD_END}"), [kind for kind, _ in pairs]

    def relation_after(self, plain: str, start: int) -> Relation | None:
        """The phrase that begins where a name ended at `start`."""
        if self._after is None:
            return None
        pattern, kinds = self._after
        match = pattern.match(plain, start)
        if match is None:
            return None
        groups = match.groupdict()
        index = next(i for i in range(len(kinds)) if groups[f"k{i}"] is not None)
        direction = groups.get(f"d{index}")
        return Relation(
            kinds[index],
            match.start(f"k{index}"),
            match.end(f"k{index}"),
            groups.get(f"n{index}"),
            groups.get(f"u{index}"),
            self.bearing_of(direction) if direction else None,
        )


@cache
def tongue(code: str) -> Tongue:
    """The tongue of a language code; a language without a file has to be asked for elsewhere."""
    language = load_language(code)
    return Tongue(code, language.table("places"), language.table("numbers"))
