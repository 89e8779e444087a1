"""Capitals and their countries: a dispatch from a capital is about its country (capitals.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bilan.core.errors import DataError
from bilan.core.places.gazetteer import Entry, Gazetteer, PlaceKind
from bilan.core.places.keys import key_of

# Inhabitants; fewer has no capital of the file but a few of the smallest states, more than most
# namesakes of a capital in its own country (the Washingtons of the United States).
_LEAST = 100_000


@cache
def _capitals() -> Mapping[tuple[str, str], str]:
    """The name of the country by its code and its capital's name."""
    text = (files("bilan.core.places") / "capitals.toml").read_text(encoding="utf-8")
    try:
        table = tomllib.loads(text)["capital"]
        return {(code, city): country for code, (city, country) in table.items()}
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise DataError(f"places/capitals.toml: {error}") from error


class Capitals:
    """Finds the countries of capitals in a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._known: dict[str, Entry | None] = {}

    def country_of(self, entry: Entry) -> Entry | None:
        """The country whose capital a place is; None for any other place."""
        if entry.kind is not PlaceKind.SETTLEMENT or entry.population < _LEAST:
            return None
        name = _capitals().get((entry.country or "", entry.name))
        if name is None:
            return None
        if name not in self._known:
            self._known[name] = self._country(key_of(name), entry.country)
        return self._known[name]

    def _country(self, key: str, code: str | None) -> Entry | None:
        found = self._gazetteer.named([key]).get(key, ())
        entries = (entry for entry, _ in found if entry.kind is PlaceKind.COUNTRY)
        return next((entry for entry in entries if entry.country == code), None)
