"""A language as data: `languages/<code>.toml`, one file each, loaded once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cache
from importlib.resources import files
from typing import Any

from bilan.core.claims.text.apart import apart_entries, with_apart
from bilan.core.claims.text.inflection import inflected
from bilan.core.claims.text.lexicon import Entry, Hits, Lexicon
from bilan.core.claims.text.tokens import Words, fold
from bilan.core.errors import DataError
from bilan.core.frozen import dataclass

_FOLDER = files("bilan.core.claims") / "languages"
_DATA = files("bilan.core.claims")

# Names that hold in every language: file and table -> (field, category of its phrases).
_NAMED = {
    ("parties.toml", "party"): (("aliases", "party"),),
    ("nations.toml", "nation"): (("names", "nation"), ("seat", "seat")),
    ("informants.toml", "informant"): (("aliases", "informant"),),
}
_PAGES = "pages.toml"  # what sites print around a report, whatever its language


@dataclass(frozen=True)
class Language:
    """What Bilan knows of one language.

    `lexicon` finds the phrases of every `[lexicon.<category>]` table and the names of parties,
    nations, seats of government and informants (category "party", "nation", "seat", "informant";
    key = the id). A name written in capitals in its file ("IS", "US") has a category of its own
    ("party_capital"), for it holds only where the text has capitals too. `tables` is the rest of
    the file as it stands.
    """

    code: str
    lexicon: Lexicon
    tables: Mapping[str, Any]
    _folded: dict[tuple[str, str], frozenset[str]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def table(self, name: str) -> Mapping[str, Any]:
        """One table of the file; empty where the language does not have it."""
        found = self.tables.get(name, {})
        if not isinstance(found, Mapping):
            raise DataError(f"languages/{self.code}.toml: [{name}] has to be a table")
        return found

    def found(self, words: Words) -> Hits:
        """Every phrase found in a text, those too whose parts stand apart, in text order."""
        return with_apart(self.lexicon.find(words), words)

    def folded(self, table: str, name: str) -> frozenset[str]:
        """The words of a list of a table, folded as those of a text are; made once."""
        known = self._folded.get((table, name))
        if known is None:
            known = frozenset(fold(word) for word in self.table(table).get(name, ()))
            self._folded[table, name] = known
        return known


@cache
def known_languages() -> tuple[str, ...]:
    """The codes of all languages that have a file, in alphabetical order."""
    names = (entry.name for entry in _FOLDER.iterdir())
    return tuple(sorted(n.removesuffix(".toml") for n in names if n.endswith(".toml")))


def _read_toml(text: str, *, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{name}: {error}") from error


def _phrases(lexicon: Mapping[str, Any], *, name: str) -> list[Entry]:
    entries: list[Entry] = []
    for category, keys in lexicon.items():
        for key, phrases in keys.items():
            if not isinstance(phrases, list):
                raise DataError(f"{name}: [lexicon.{category}] {key} has to be a list of phrases")
            entries.extend(Entry(phrase, category, key) for phrase in phrases)
    return entries


@cache
def named(file: str, table: str) -> Mapping[str, Mapping[str, Any]]:
    """The entries of a table of names (parties.toml, nations.toml, informants.toml) by id."""
    tables = _read_toml((_DATA / file).read_text(encoding="utf-8"), name=file)
    return {key: dict(entry) for key, entry in tables.get(table, {}).items()}


def parties() -> Mapping[str, Mapping[str, Any]]:
    """The parties by id: name, kind, member_of, aliases per language."""
    return named("parties.toml", "party")


def _named_entries(code: str) -> Iterator[Entry]:
    """Every name of the language. A phrase in capitals has the category's "_capital" twin."""
    for (file, table), fields in _NAMED.items():
        for key, entry in named(file, table).items():
            for column, category in fields:
                phrases = entry.get(column, {})
                for phrase in (*phrases.get(code, ()), *phrases.get("any", ())):
                    twin = f"{category}_capital" if phrase.isupper() else category
                    yield Entry(phrase, twin, key)


@cache
def page_marks() -> tuple[Entry, ...]:
    """The words that sites print around a report, in any language: where it starts and ends."""
    return tuple(entry for entry in _of_pages() if entry.category == "page")


@cache
def notices() -> tuple[Entry, ...]:
    """What sites say of themselves and to their readers, in any language."""
    return tuple(entry for entry in _of_pages() if entry.category == "notice")


@cache
def _of_pages() -> tuple[Entry, ...]:
    tables = _read_toml((_DATA / _PAGES).read_text(encoding="utf-8"), name=_PAGES)
    return tuple(_phrases(tables, name=_PAGES))


@cache
def load_language(code: str) -> Language:
    """The language of a code; a DataError names the file and the place of a mistake in it.

    Raises KeyError for a code without a file: ask `known_languages` first.
    """
    if code not in known_languages():
        raise KeyError(code)
    name = f"languages/{code}.toml"
    tables = _read_toml((_FOLDER / f"{code}.toml").read_text(encoding="utf-8"), name=name)
    entries = _phrases(tables.pop("lexicon", {}), name=name)
    entries += [*inflected(entries, tables.get("inflect", {})), *_named_entries(code)]
    entries += [*apart_entries(tables.pop("apart", ())), *page_marks()]
    clitics = tables.get("clitics", {})
    lexicon = Lexicon(
        entries,
        prefixes=clitics.get("prefixes", ()),
        shortest_rest=clitics.get("shortest_rest", 3),
    )
    return Language(code, lexicon, tables)
