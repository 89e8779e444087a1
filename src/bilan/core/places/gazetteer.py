"""What the finder asks of a gazetteer, and what it is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum, StrEnum
from typing import NamedTuple, Protocol

from bilan.core.values import PlacePrecision, Point


class PlaceKind(StrEnum):
    """What sort of thing a gazetteer's entry is."""

    COUNTRY = "country"
    REGION = "region"  # first-level division: governorate, province, oblast, state
    AREA = "area"  # larger than a district, no division of its own: Donbas, the Sahel
    DISTRICT = "district"
    SETTLEMENT = "settlement"
    NEIGHBOURHOOD = "neighbourhood"  # part of a settlement, camp, suburb
    SITE = "site"  # a dam, an airport, a hospital


PRECISION = {
    PlaceKind.COUNTRY: PlacePrecision.COUNTRY,
    PlaceKind.REGION: PlacePrecision.REGION,
    PlaceKind.AREA: PlacePrecision.REGION,
    PlaceKind.DISTRICT: PlacePrecision.DISTRICT,
    PlaceKind.SETTLEMENT: PlacePrecision.SETTLEMENT,
    PlaceKind.NEIGHBOURHOOD: PlacePrecision.NEIGHBOURHOOD,
    PlaceKind.SITE: PlacePrecision.EXACT,
}


class Match(IntEnum):
    """How well the words fit the entry; the smaller the better."""

    NAME = 0  # the entry's own name
    ALTERNATE = 1  # another name that the source lists
    VARIANT = 2  # a form derived from a listed name, such as one without its article
    SOUND = 3  # only the consonants agree


class Entry(NamedTuple):
    """One place of a gazetteer. `radius_km` is how far its ground reaches from its point.

    `country` is an ISO 3166-1 alpha-2 code, `admin1` the name of the first-level division.
    """

    id: str
    name: str
    kind: PlaceKind
    country: str | None
    admin1: str | None
    population: int
    lat: float
    lon: float
    radius_km: float
    source: str

    @property
    def point(self) -> Point:
        """Where it is, WGS 84."""
        return Point(self.lat, self.lon)


class Found(NamedTuple):
    """An entry that a key leads to, and how."""

    entry: Entry
    match: Match


class Gazetteer(Protocol):
    """Names to places. Keys are those of `bilan.core.places.keys`."""

    @property
    def version(self) -> str:
        """Which sources in which versions answer."""
        ...

    def may_hold(self, key: str) -> bool:
        """Whether the key may be a name; never wrongly no, seldom wrongly yes, and fast."""
        ...

    def may_begin(self, key: str) -> bool:
        """Whether longer names may begin with this key and a blank; as `may_hold`."""
        ...

    def named(self, keys: Iterable[str]) -> Mapping[str, tuple[Found, ...]]:
        """The entries of each key that has any, in no promised order."""
        ...

    def sounding(self, skeletons: Iterable[str]) -> Mapping[str, tuple[Found, ...]]:
        """The entries of each consonant skeleton that has any."""
        ...
