"""The military grid (MGRS) to degrees: "37S DV 12345 67890"."""

from __future__ import annotations

import math

from bilan.core.values import Point

# WGS 84 and the Universal Transverse Mercator projection (NGA.STND.0037).
_RADIUS_M = 6_378_137.0
_FLATTENING = 1 / 298.257223563
_SCALE = 0.9996
_FALSE_EASTING_M = 500_000.0
_BANDS = "CDEFGHJKLMNPQRSTUVWX"  # of 8 degrees from 80 S; X has 12
_COLUMNS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")  # of 100 km, by zone modulo 3
_ROWS = "ABCDEFGHJKLMNPQRSTUV"  # of 100 km, repeating every 2,000 km
_E2 = _FLATTENING * (2 - _FLATTENING)


def point_of_grid(zone: int, band: str, square: str, digits: str) -> tuple[Point, float] | None:
    """The middle of a grid square and half its side in km; None for a square that is not there.

    `digits` are easting and northing together, 2 to 10 of them and even in number.
    """
    column = _COLUMNS[(zone - 1) % 3].find(square[0])
    row = _ROWS.find(square[1])
    if not 1 <= zone <= 60 or band not in _BANDS or column < 0 or row < 0 or len(digits) % 2:
        return None
    half = len(digits) // 2
    side = 10.0 ** (5 - half)
    easting = (column + 1) * 100_000 + int(digits[:half] or 0) * side + side / 2
    within = (row - (5 if zone % 2 == 0 else 0)) % 20 * 100_000.0
    within += int(digits[half:] or 0) * side + side / 2
    northing = _northing_in_band(within, band)
    if northing is None:
        return None
    return _to_degrees(zone, easting, northing), side / 2000


def _northing_in_band(within: float, band: str) -> float | None:
    """The northing, of those that repeat every 2,000 km, that lies in the band."""
    south = -80 + 8 * _BANDS.index(band)
    north = 84 if band == "X" else south + 8
    low, high = (math.radians(d) * _RADIUS_M * _SCALE for d in (south - 0.6, north + 0.6))
    for turn in range(-5, 6):
        if low <= within + turn * 2_000_000 <= high:
            return within + turn * 2_000_000
    return None


def _to_degrees(zone: int, easting: float, northing: float) -> Point:
    """UTM to degrees, northing negative in the south; error under a metre in the zone."""
    e1 = (1 - math.sqrt(1 - _E2)) / (1 + math.sqrt(1 - _E2))
    mu = northing / _SCALE / (_RADIUS_M * (1 - _E2 / 4 - 3 * _E2**2 / 64 - 5 * _E2**3 / 256))
    foot = (
        mu
        + (3 * e1 / 2 - 27 * e1**3 / 32) * math.sin(2 * mu)
        + (21 * e1**2 / 16 - 55 * e1**4 / 32) * math.sin(4 * mu)
        + (151 * e1**3 / 96) * math.sin(6 * mu)
    )
    ep2 = _E2 / (1 - _E2)
    c, t = ep2 * math.cos(foot) ** 2, math.tan(foot) ** 2
    n = _RADIUS_M / math.sqrt(1 - _E2 * math.sin(foot) ** 2)
    r = _RADIUS_M * (1 - _E2) / (1 - _E2 * math.sin(foot) ** 2) ** 1.5
    d = (easting - _FALSE_EASTING_M) / (n * _SCALE)
    lat = foot - n * math.tan(foot) / r * (
        d**2 / 2
        - (5 + 3 * t + 10 * c - 4 * c**2 - 9 * ep2) * d**4 / 24
        + (61 + 90 * t + 298 * c + 45 * t**2 - 252 * ep2 - 3 * c**2) * d**6 / 720
    )
    lon = (
        d
        - (1 + 2 * t + c) * d**3 / 6
        + (5 - 2 * c + 28 * t - 3 * c**2 + 8 * ep2 + 24 * t**2) * d**5 / 120
    ) / math.cos(foot)
    middle = (zone - 1) * 6 - 177
    return Point(round(math.degrees(lat), 6), round(middle + math.degrees(lon), 6))
