"""From a place and the phrase that moves it ("40 km south of") to a point with its uncertainty."""

from __future__ import annotations

import math

from bilan.core.frozen import dataclass
from bilan.core.places.gazetteer import PRECISION, Entry, PlaceKind
from bilan.core.places.tongue import Relation, Tongue
from bilan.core.values import EARTH_RADIUS_KM, PlacePrecision, Point

_DEGREES = {"n": 0, "ne": 45, "e": 90, "se": 135, "s": 180, "sw": 225, "w": 270, "nw": 315}
_MIDDLE = "c"  # "in the middle of X" is X, as near as a gazetteer knows it
# Kilometres of doubt of each kind of phrase, beyond the ground of the place itself. Set by hand
# from how far recorders found such places to lie; stated with every place.
_NEAR_KM, _OUTSKIRTS_KM, _COUNTRYSIDE_KM, _BEARING_KM = 10.0, 4.0, 25.0, 15.0
_DISTANCE_DOUBT = 0.2  # of a stated distance: writers round, and a compass point spans 45 degrees
_LEAST_DOUBT_KM = 3.0
_PART_SHIFT = 0.4  # of the radius: "northern X" lies so far from the middle of X
_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.AREA})


@dataclass(frozen=True, slots=True)
class Moved:
    """Where the phrase leads."""

    point: Point
    uncertainty_km: float
    precision: PlacePrecision
    reason: str | None = None


def away(start: Point, bearing: float, km: float) -> Point:
    """The point so many kilometres from `start` on a bearing in degrees; error under 0.5 %."""
    angle, turn = km / EARTH_RADIUS_KM, math.radians(bearing)
    lat, lon = math.radians(start.lat), math.radians(start.lon)
    sine = math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(turn)
    there = math.asin(max(-1.0, min(1.0, sine)))
    over = math.atan2(
        math.sin(turn) * math.sin(angle) * math.cos(lat), math.cos(angle) - math.sin(lat) * sine
    )
    degrees = (math.degrees(lon + over) + 540) % 360 - 180
    return Point(round(math.degrees(there), 5), round(degrees, 5))


def moved(entry: Entry, relation: Relation | None, tongue: Tongue) -> Moved:
    """The place of an entry under the phrase before or after its name."""
    still = Moved(entry.point, entry.radius_km, PRECISION[entry.kind])
    if relation is None or (relation.kind == "bearing" and relation.direction == _MIDDLE):
        return still
    if relation.kind in ("offset", "distance"):
        return _at_distance(entry, relation, tongue)
    beside = _beside(entry, relation.kind, still)
    return beside or _part(entry, relation, still)


def _beside(entry: Entry, kind: str, still: Moved) -> Moved | None:
    """The same point, less sure; None for phrases that name a part of it."""
    radius, wide = entry.radius_km, entry.kind in _WIDE
    doubts = {
        "near": (max(radius, _NEAR_KM), f"near {entry.name}"),
        "outskirts": (radius + _OUTSKIRTS_KM, f"on the edge of {entry.name}"),
    }
    if not wide:
        doubts["countryside"] = max(radius, _COUNTRYSIDE_KM), f"countryside of {entry.name}"
        doubts["bearing"] = radius + _BEARING_KM, f"on one side of {entry.name}, not how far"
    if kind not in doubts:
        return None
    doubt, reason = doubts[kind]
    precision = PlacePrecision.DISTRICT if kind == "countryside" else still.precision
    return Moved(entry.point, doubt, precision, reason)


def _at_distance(entry: Entry, relation: Relation, tongue: Tongue) -> Moved:
    km = tongue.kilometres(relation.number or "", relation.unit or "")
    if km is None:
        return Moved(entry.point, max(entry.radius_km, _NEAR_KM), PRECISION[entry.kind])
    precision = PlacePrecision.SETTLEMENT if km else PRECISION[entry.kind]
    bearing = _DEGREES.get(relation.direction or "")
    if bearing is None:
        return Moved(entry.point, km + entry.radius_km, precision, f"{km:g} km from {entry.name}")
    doubt = max(_LEAST_DOUBT_KM, km * _DISTANCE_DOUBT) + entry.radius_km / 2
    side = (relation.direction or "").upper()
    there = away(entry.point, bearing, km)
    return Moved(there, round(doubt, 1), precision, f"{km:g} km {side} of {entry.name}")


def _part(entry: Entry, relation: Relation, still: Moved) -> Moved:
    bearing = _DEGREES.get(relation.direction or "")
    if bearing is None:
        return still
    there = away(entry.point, bearing, entry.radius_km * _PART_SHIFT)
    precision = still.precision
    if entry.kind is PlaceKind.SETTLEMENT:
        precision = PlacePrecision.NEIGHBOURHOOD
    side = (relation.direction or "").upper()
    return Moved(there, entry.radius_km, precision, f"{side} part of {entry.name}")
