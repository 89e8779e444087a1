"""A gazetteer of a few real places, held in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from bilan.core.places.finder import Places
from bilan.core.places.gazetteer import Entry, Found, Gazetteer, Match, PlaceKind
from bilan.core.places.keys import country_key, skeleton_of
from bilan.engines.gazetteer_build import Named, keys_of

# name, other names, kind, country, admin1, inhabitants, latitude, longitude, radius in km
_PLACES = """
Central African Republic|CAR|country|CF||4600000|6.6|20.9|450
Grenada|Grenade|country|GD||111000|12.1|-61.7|12
The City||settlement|US|California|12000|33.7|-117.0|1
Syria|Syrie,سوريا,Сирия,Siria,Suriye|country|SY||17000000|35.0|38.0|240
Iraq|Irak,العراق,Ирак|country|IQ||38000000|33.0|44.0|370
Yemen|Yémen,اليمن,Йемен|country|YE||28000000|15.5|47.5|400
France|فرنسا,Франция|country|FR||65000000|46.0|2.0|420
Ukraine|Украина,Україна,أوكرانيا|country|UA||44000000|49.0|32.0|440
United States|USA,US,ABD,США|country|US||330000000|39.8|-98.5|1700
Afghanistan|أفغانستان,افغانستان,Афганистан|country|AF||37000000|33.0|66.0|450
Russia|روسيا,Россия,Росія,Rusya|country|RU||144000000|60.0|100.0|2300
Deir ez-Zor|دير الزور,Дейр-эз-Зор,Dayr az Zawr|settlement|SY|Deir ez-Zor|271800|35.336|40.141|3
Deir ez-Zor|دير الزور,Дейр-эз-Зор|region|SY|Deir ez-Zor|0|34.9|40.5|60
Al Mayadin|الميادين,Mayadin,Mayadine|settlement|SY|Deir ez-Zor|54534|35.02|40.452|1.2
Ar Raqqah|Raqqa,Raqqah,الرقة,Ракка,Rakka|settlement|SY|Raqqa|531952|35.953|39.008|3.6
Raqqa|الرقة,Ракка|region|SY|Raqqa|0|36.0|38.9|50
Aleppo|حلب,Алеппо,Alep,Halep|settlement|SY|Aleppo|2098210|36.201|37.161|7
Aleppo|حلب,Алеппо,Alep,Halep|region|SY|Aleppo|0|36.4|37.4|60
Idlib|إدلب,Идлиб|settlement|SY|Idlib|128840|35.931|36.634|1.8
Idlib|إدلب,Идлиб|region|SY|Idlib|0|35.86|36.63|54
Sarmin|سرمين|settlement|SY|Idlib|0|35.904|36.725|1
Al Bab|الباب|settlement|SY|Aleppo|130745|36.371|37.516|1.8
Afrin|عفرين|settlement|SY|Aleppo|48693|36.512|36.869|1.1
Maarratmisrin|Ma'arrat Misrin|settlement|SY|Idlib|32163|36.012|36.673|1
Hajin|هجين|settlement|SY|Deir ez-Zor|29237|34.69|40.83|1
Mosul|الموصل,Мосул,Mossoul|settlement|IQ|Nineveh|1739800|36.335|43.119|6.5
Bala|بلعا|settlement|PS|West Bank|6545|32.334|35.112|1
Tripoli|طرابلس|settlement|LY|Tripoli|1150989|32.887|13.187|5
Tripoli|طرابلس|settlement|LB|North Lebanon|229398|34.437|35.85|2.4
Paris|باريس,Париж|settlement|FR|Île-de-France|2138551|48.853|2.349|7.3
Paris||settlement|US|Texas|24782|33.661|-95.556|1
Texas||region|US|Texas|0|31.2|-97.6|600
Hays||settlement|US|Kansas|21092|38.879|-99.327|1
Hays|حيس|settlement|YE|Al Hudaydah|0|13.931|43.483|1
Al Hudaydah|الحديدة,Ходейда|region|YE|Al Hudaydah|0|14.8|43.2|80
Washington||settlement|US|District of Columbia|601723|38.895|-77.036|4
Damascus|دمشق,Дамаск,Damas|settlement|SY|Damascus|1569394|33.51|36.291|6.3
Moscow|موسكو,Москва|settlement|RU|Moscow|10381222|55.752|37.616|15
Sangin|سنگین,Сангин|settlement|AF|Helmand|13579|32.074|64.832|1
Helmand|هلمند,Гильменд|region|AF|Helmand|0|31.4|64.2|120
Dnipro|Дніпро,Днепр|settlement|UA|Dnipropetrovsk|968502|48.467|35.04|5
Kharkiv|Харків,Харьков|settlement|UA|Kharkiv|1433886|49.981|36.253|6
Donetsk|Донецька область,Донецкая область|region|UA|Donetsk|0|48.0|37.8|90
San Vicente del Caguán||settlement|CO|Caquetá|11399|2.122|-74.766|1
Nova Kakhovka|Новая Каховка,Нова Каховка|settlement|UA|Kherson|48000|46.76|33.356|1.1
Media||settlement|US|Pennsylvania|5300|39.917|-75.388|1
Mayo|مايو|settlement|SD|Khartoum|3000|15.495|32.545|1
"""


class MemoryGazetteer:
    """Implements the gazetteer's protocol over a handful of entries."""

    version = "tiny-1"

    def __init__(self, entries: Iterable[Named]) -> None:
        self._names: dict[str, list[Found]] = {}
        self._sounds: dict[str, list[Found]] = {}
        for named in entries:
            keys = keys_of(named)
            for key, match in keys.items():
                self._names.setdefault(key, []).append(Found(named.entry, match))
            for sound in {skeleton_of(key) for key in keys} - {None}:
                self._sounds.setdefault(str(sound), []).append(Found(named.entry, Match.SOUND))
        self._beginnings = {
            key[:end] for key in self._names for end in range(len(key)) if key[end] == " "
        }

    def may_hold(self, key: str) -> bool:
        return key in self._names

    def may_begin(self, key: str) -> bool:
        return key in self._beginnings

    def named(self, keys: Iterable[str]) -> Mapping[str, tuple[Found, ...]]:
        return {key: tuple(self._names[key]) for key in keys if key in self._names}

    def sounding(self, skeletons: Iterable[str]) -> Mapping[str, tuple[Found, ...]]:
        return {key: tuple(self._sounds[key]) for key in skeletons if key in self._sounds}


def _entries() -> Iterable[Named]:
    for number, line in enumerate(_PLACES.strip().splitlines()):
        name, others, kind, country, admin1, people, lat, lon, radius = line.split("|")
        entry = Entry(
            f"tiny:{number}",
            name,
            PlaceKind(kind),
            country,
            admin1 or None,
            int(people),
            float(lat),
            float(lon),
            float(radius),
            "tiny",
        )
        names = [name, *filter(None, others.split(","))]
        if kind == "country":
            names.append(country_key(country))
        yield Named(entry, tuple(names))


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """A handful of places."""
    return MemoryGazetteer(_entries())


@pytest.fixture(scope="session")
def places(gazetteer: Gazetteer) -> Places:
    """A finder that knows a handful of places."""
    return Places(gazetteer)
