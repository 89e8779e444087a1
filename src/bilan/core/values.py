"""The small frozen values in which everything else speaks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from bilan.core.frozen import dataclass

EARTH_RADIUS_KM = 6371.0  # km, mean radius (IUGG); haversine error stays under 0.5 %


class Measure(StrEnum):
    """What happened to the people of a count."""

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"


class Group(StrEnum):
    """Which people a count is about."""

    ALL = "all"
    CHILDREN = "children"
    WOMEN = "women"
    MEN = "men"
    FIGHTERS = "fighters"


class Cause(StrEnum):
    """What did the harm."""

    AIRSTRIKE = "airstrike"
    DRONE = "drone"
    ARTILLERY = "artillery_shelling"
    ROCKET = "rocket_missile"
    IED_MINE = "ied_mine"
    SMALL_ARMS = "small_arms"
    DETENTION = "detention_execution"
    CHEMICAL = "chemical"
    OTHER = "other"
    UNKNOWN = "unknown"


class Stance(StrEnum):
    """What a party says about its own conduct."""

    ACKNOWLEDGES_STRIKE = "acknowledges_strike"
    DENIES = "denies"
    DISPUTES_TARGET = "disputes_target"
    ACKNOWLEDGES_HARM = "acknowledges_harm"
    OPENS_INQUIRY = "opens_inquiry"
    REFERS = "refers_for_assessment"
    FINDS_CREDIBLE = "finds_credible"
    FINDS_NOT_CREDIBLE = "finds_not_credible"
    NO_COMMENT = "no_comment"


class CivilianStatus(StrEnum):
    """What the sources of a toll say that the dead were."""

    CIVILIAN = "civilian"
    COMBATANT = "combatant"
    MIXED = "mixed"
    UNCLEAR = "unclear"


class EvidenceKind(StrEnum):
    """What was shown."""

    VIDEO = "video"
    PHOTO = "photo"
    SATELLITE = "satellite"
    WITNESS = "witness"
    HOSPITAL_RECORD = "hospital_record"
    LIST_OF_NAMES = "list_of_names"
    DOCUMENT = "document"
    NONE = "none"


class Verified(StrEnum):
    """Whether anyone checked the evidence."""

    YES = "yes"
    NO = "no"
    UNVERIFIED = "unverified"


class PublisherKind(StrEnum):
    """What sort of publisher a report comes from."""

    AGENCY = "agency"
    LOCAL_MEDIA = "local_media"
    INTERNATIONAL_MEDIA = "international_media"
    STATE_MEDIA = "state_media"
    MONITOR = "monitor"
    NGO = "ngo"
    OFFICIAL = "official"
    SOCIAL = "social"


class DatePrecision(StrEnum):
    """How finely a date is known."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    UNKNOWN = "unknown"


class PlacePrecision(StrEnum):
    """How finely a place is known."""

    EXACT = "exact"
    NEIGHBOURHOOD = "neighbourhood"
    SETTLEMENT = "settlement"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Offsets [start, end) into the one text of a report. Never empty, never negative."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"no such span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether the other lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def join(self, other: Span) -> Span:
        """The smallest span that covers both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people known only between two bounds, both included.

    `min` None: no lower bound was stated ("up to 30"). `max` None: no ceiling ("at least 12").
    Both None says nothing, so it is refused: an unknown count is None, never Count(None, None).
    """

    min: int | None
    max: int | None

    def __post_init__(self) -> None:
        if self.min is None and self.max is None:
            raise ValueError("a count without bounds says nothing: use None")
        if (self.min or 0) < 0 or (self.max or 0) < 0:
            raise ValueError(f"a count of people is never negative: {self.min}..{self.max}")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"bounds the wrong way round: {self.min}..{self.max}")

    @classmethod
    def exactly(cls, number: int) -> Count:
        """A count with no doubt in it."""
        return cls(number, number)

    def envelope(self, other: Count) -> Count:
        """Lowest lower bound to highest bounded upper bound (conventions, rule 1).

        Open above only where an open "at least" reaches past every bounded figure: 12..null with
        14..14 is 12..14, and 16..null with 14..14 is 14..null.
        """
        return envelope((self, other))

    def __add__(self, other: Count) -> Count:
        """The people of both, who are different people."""
        low = (self.min or 0) + (other.min or 0)
        if self.max is None or other.max is None:
            return Count(low, None)
        return Count(low, self.max + other.max)

    @property
    def open_above(self) -> bool:
        """Whether no ceiling was stated."""
        return self.max is None


def envelope(counts: Iterable[Count]) -> Count:
    """The envelope of one or more counts; their order does not matter."""
    counts = list(counts)
    lows = [c.min for c in counts if c.min is not None]
    tops = [c.max for c in counts if c.max is not None]
    open_lows = [c.min for c in counts if c.max is None and c.min is not None]
    top = max(tops) if tops else None
    if top is None or any(low > top for low in open_lows):
        top = None
    if not lows:
        return Count(None, top)
    # "up to 30" beside a stated low says nothing about the low.
    return Count(min(lows), top)


@dataclass(frozen=True, slots=True)
class When:
    """A day, a span of days, or a coarser stretch of time; both ends included.

    A single day of unknown precision is the latest that it can have been: "on or before".
    """

    start: date
    end: date
    precision: DatePrecision = DatePrecision.DAY

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"a stretch of time that ends before it starts: {self}")

    @classmethod
    def on(cls, day: date) -> When:
        """One day."""
        return cls(day, day)

    @classmethod
    def by(cls, day: date) -> When:
        """A day or any before it."""
        return cls(day, day, DatePrecision.UNKNOWN)

    @property
    def first(self) -> date | None:
        """The first day, None where only the latest is known."""
        latest = self.precision is DatePrecision.UNKNOWN and self.start == self.end
        return None if latest else self.start

    def near(self, other: When, *, days: int = 0) -> bool:
        """Whether the two touch when each is widened by `days`."""
        slack = timedelta(days=days)
        return self.start - slack <= other.end and other.start - slack <= self.end


@dataclass(frozen=True, slots=True)
class Point:
    """WGS 84 degrees."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise ValueError(f"not on this Earth: {self.lat}, {self.lon}")


class OnEarth(Protocol):
    """What has a place on Earth in degrees, WGS 84: a point, or an entry of a gazetteer."""

    @property
    def lat(self) -> float:
        """Degrees north."""

    @property
    def lon(self) -> float:
        """Degrees east."""


def distance_km(a: OnEarth, b: OnEarth) -> float:
    """Great-circle distance in kilometres; error under 0.5 %."""
    to_rad = math.pi / 180
    half = math.sin((b.lat - a.lat) * to_rad / 2) ** 2
    turn = math.cos(a.lat * to_rad) * math.cos(b.lat * to_rad)
    half += turn * math.sin((b.lon - a.lon) * to_rad / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def nearest_km(point: OnEarth, others: Iterable[OnEarth]) -> float:
    """Distance in kilometres to the nearest of the others; infinite where there is none."""
    to_rad = math.pi / 180
    lat, lon, sin = point.lat, point.lon, math.sin
    turn = math.cos(lat * to_rad)
    least = math.inf
    for other in others:
        half = sin((lat - other.lat) * to_rad / 2) ** 2
        if half >= least:
            continue  # too far in latitude alone
        half += math.cos(other.lat * to_rad) * turn * sin((lon - other.lon) * to_rad / 2) ** 2
        least = min(least, half)
    if math.isinf(least):
        return least
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(least)))


@dataclass(frozen=True, slots=True)
class Place:
    """A named place as a point with an uncertainty.

    `name` is the phrase of the report, `canonical_name` the gazetteer's. `uncertainty_km` is the
    radius within which the true place lies for the precision given. `reasons` say why this place
    and not a homonym. A place that no gazetteer knows has a name and no point.
    """

    name: str
    canonical_name: str | None = None
    admin1: str | None = None
    country: str | None = None
    point: Point | None = None
    precision: PlacePrecision = PlacePrecision.SETTLEMENT
    uncertainty_km: float | None = None
    gazetteer_id: str | None = None
    reasons: tuple[str, ...] = ()


class PlaceUse(StrEnum):
    """What a place phrase does in its sentence."""

    NAMED = "named"
    CONTAINER = "container"  # says where the place beside it lies ("Sarmin, *Idlib province*")
    DATELINE = "dateline"  # where the report was filed, or its headword; at the head of a paragraph
    SPEAKER = "speaker"  # stands for a government ("*Moscow* denied")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One phrase of the text that names a place, relation words included ("40 km south of X").

    `inner` is the name alone, with the noun that is part of it ("Diyala Province"). `dispatched`
    is what a dispatch written there is about: the country, where the place is its capital.
    """

    span: Span
    place: Place
    inner: Span | None = None
    use: PlaceUse = PlaceUse.NAMED
    dispatched: Place | None = None


class PlaceFinder(Protocol):
    """What reading asks of a gazetteer: the places that a text names, resolved together.

    `version` enters each reading, so that a later reader knows which gazetteer answered.
    """

    @property
    def version(self) -> str:
        """Name and version of the gazetteer."""
        ...

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        """Place phrases in the order of the text, none overlapping another or a `taken` span."""
        ...


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with input from the world: what, and where. Collected, shown, not raised."""

    code: str
    message: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who published a report."""

    name: str | None = None
    kind: PublisherKind | None = None
    affiliation: str | None = None
    party: str | None = None  # canonical name of the party that it belongs to, where known


@dataclass(frozen=True, slots=True)
class Report:
    """One published item; `text` is its one text (NFC, newlines as \\n) and never changes.

    `lang` is a language code, or "und" when too short or unknown. `published` is the day of
    publication; None leaves relative dates unresolved.
    """

    id: str
    text: str
    lang: str = "und"
    published: date | None = None
    publisher: Publisher = field(default_factory=Publisher)
    url: str | None = None
    title: str | None = None
    synthetic: bool = False
