"""Where and when a telling may have been: its point with a radius, its window of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bilan.core.incidents.telling import Telling
from bilan.core.reports.sketches import plain_words
from bilan.core.values import DatePrecision, Place, PlacePrecision, Point, When

# km around the point of a place whose reading gives no uncertainty; by how finely it is known.
USUAL_RADIUS = {
    PlacePrecision.EXACT: 0.5,
    PlacePrecision.NEIGHBOURHOOD: 2.0,
    PlacePrecision.SETTLEMENT: 5.0,
    PlacePrecision.DISTRICT: 30.0,
    PlacePrecision.REGION: 100.0,
    PlacePrecision.COUNTRY: 400.0,
}
FINE_KM = 15.0  # up to here a place is a place; above, only an area in which to look
AREA_KM = 60.0  # up to here an area around a town; above, a province or more
FINE_DAYS = 4  # up to so many days a date is a date; above, only a time in which to look


@dataclass(frozen=True, slots=True)
class Reach:
    """Where and when one telling may have been.

    `point` None: no gazetteer knows the place. `days` None: neither a date nor a day of
    publication. `told` is False where `days` is only guessed from the day of publication.
    """

    point: Point | None
    radius_km: float
    days: tuple[date, date] | None
    told: bool

    @property
    def fine_place(self) -> bool:
        """Whether the place can tell one town from the next."""
        return self.point is not None and self.radius_km <= FINE_KM

    @property
    def fine_day(self) -> bool:
        """Whether the date was told to within a few days."""
        return self.told and self.days is not None and _length(self.days) <= FINE_DAYS


def _length(days: tuple[date, date]) -> int:
    return (days[1] - days[0]).days + 1


def reach_of(telling: Telling, *, before_days: int = 21) -> Reach:
    """The reach of a telling; without a date, the `before_days` up to its publication."""
    place = telling.account.place
    point = place.point if place else None
    when = telling.account.when
    told = when is not None and when.precision is not DatePrecision.UNKNOWN
    days = (when.start, when.end) if when and told else _before(telling.published, before_days)
    return Reach(point, radius_of(place), days, told)


def radius_of(place: Place | None) -> float:
    """km within which the true place lies; the usual one where the reading gives none."""
    if place is None:
        return USUAL_RADIUS[PlacePrecision.COUNTRY]
    if place.uncertainty_km is not None:
        return place.uncertainty_km
    return USUAL_RADIUS[place.precision]


PROVINCE_KM = 150.0  # km; how far a province reaches from its seat


def is_seat(place: Place | None) -> bool:
    """Whether a place is named like its province, as the seats of most provinces are.

    Relays say "near" the seat of what happened anywhere in the province.
    """
    if place is None or not place.canonical_name or not place.admin1:
        return False
    return _named_alike(place.canonical_name, place.admin1)


@lru_cache(1 << 14)
def _named_alike(name: str, province: str) -> bool:
    return bool(set(plain_words(name)).intersection(plain_words(province)) - ARTICLES)


ARTICLES = frozenset({"al", "el", "ar", "as", "ad", "az", "ash", "of", "the", "province", "near"})


def may_be_blurred(mine: Place, theirs: Place, km: float) -> bool:
    """Whether one of two places may stand for its whole province, and the other lies in it."""
    coarse = any(radius_of(p) > FINE_KM or is_seat(p) for p in (mine, theirs))
    one_province = mine.country == theirs.country and (
        mine.admin1 == theirs.admin1 or mine.admin1 is None or theirs.admin1 is None
    )
    return coarse and one_province and km <= PROVINCE_KM


def _before(published: date | None, days: int) -> tuple[date, date] | None:
    if published is None:
        return None
    return published - timedelta(days=days), published


def days_apart(a: When, b: When) -> int:
    """0 where the two share a day, else the number of days between their nearer ends."""
    return max(0, (b.start - a.end).days, (a.start - b.end).days)
