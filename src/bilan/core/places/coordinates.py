"""Coordinates written in a text: "35.02 N, 40.45 E", 35°01'12"N 40°27'E, 37S DV 12345 67890."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilan.core.places.mgrs import point_of_grid
from bilan.core.values import Place, PlaceMention, PlacePrecision, Point, Span

_KM_PER_DEGREE = 111.2
_DEGREES = r"\d{1,3}(?:[.,]\d{1,8})?"
_MINUTES = r"\d{1,2}(?:\.\d+)?\s?['’′´]\s?"
_SECONDS = r"""\d{1,2}(?:\.\d+)?\s?(?:"|”|″|''|’’)\s?"""
_ANGLE = rf"{_DEGREES}\s?(?:°|º|deg\b)?\s?(?:{_MINUTES}(?:{_SECONDS})?)?"
_PAIR = re.compile(
    rf"(?<![\w.])(?:(?P<lat>{_ANGLE})(?P<ns>[NS])\b[\s,;/]{{0,3}}(?P<lon>{_ANGLE})(?P<ew>[EW])\b"
    rf"|(?P<ns2>[NS])\s?(?P<lat2>{_ANGLE})[\s,;/]{{0,3}}(?P<ew2>[EW])\s?(?P<lon2>{_ANGLE})(?![\w]))"
)
# Without compass letters only numbers with many decimals are taken for degrees: prices have fewer.
_BARE = re.compile(
    r"(?<![\w.])(-?\d{1,2}\.\d{4,8})°?\s?[,;/ ]\s?(-?\d{1,3}\.\d{4,8})°?(?![\w.]\d)"
    r"|(?<![\w.])(-?\d{1,2}\.\d{3})°?\s?;\s?(-?\d{1,3}\.\d{3})°?(?![\w.]\d)"
)
_GRID = re.compile(
    r"\b(?P<zone>[1-9]|[1-5]\d|60)\s?(?P<band>[C-HJ-NP-X])\s?(?P<square>[A-HJ-NP-Z][A-HJ-NP-V])\s?"
    r"(?P<digits>\d{4}\s?\d{4}|\d{5}\s?\d{5}|\d{3}\s?\d{3}|\d{2}\s?\d{2})\b"
)
# Cheap signs of each; most texts have none. They begin with the rarest sign, to be found at once.
_PAIR_HINT = re.compile(r"[°ºNS](?:(?<=[°º])|(?<=\d[NS])\b|(?<=\d\s[NS])\b|(?<=\b[NS])\s?\d)")
_BARE_HINT = re.compile(r"\.(?<=\d\.)\d{3}")
_GRID_HINT = re.compile(r"[A-HJ-NP-Z]{2}\s?\d")
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)?")


def coordinates_in(text: str) -> list[PlaceMention]:
    """Every pair of coordinates as an exact place, in order; numbers off this Earth are none."""
    found: list[PlaceMention] = []
    for mention in sorted(_all(text), key=lambda m: (m.span.start, -m.span.end)):
        if not found or mention.span.start >= found[-1].span.end:
            found.append(mention)
    return found


def _all(text: str) -> Iterator[PlaceMention]:
    for match in _PAIR.finditer(text) if _PAIR_HINT.search(text) else ():
        lat, lon = match["lat"] or match["lat2"], match["lon"] or match["lon2"]
        (north, doubt), (east, _) = _degrees(lat), _degrees(lon)
        south, west = (match["ns"] or match["ns2"]) == "S", (match["ew"] or match["ew2"]) == "W"
        yield from _mention(text, match, -north if south else north, -east if west else east, doubt)
    for match in _BARE.finditer(text) if _BARE_HINT.search(text) else ():
        lat, lon = match[1] or match[3], match[2] or match[4]
        _, doubt = _degrees(lat.lstrip("-"))
        yield from _mention(text, match, float(lat), float(lon), doubt)
    for match in _GRID.finditer(text) if _GRID_HINT.search(text) else ():
        digits = re.sub(r"\s", "", match["digits"])
        grid = point_of_grid(int(match["zone"]), match["band"], match["square"], digits)
        if grid is not None:
            point, doubt = grid
            yield from _mention(text, match, point.lat, point.lon, doubt)


def _degrees(angle: str) -> tuple[float, float]:
    """An angle in degrees, and the doubt of its last digit in km."""
    numbers = [number.replace(",", ".") for number in _NUMBERS.findall(angle)][:3]
    value = sum(float(number) / 60**i for i, number in enumerate(numbers))
    decimals = len(numbers[-1].partition(".")[2])
    step: float = 60.0 ** (1 - len(numbers)) / 10**decimals
    return value, step * _KM_PER_DEGREE / 2


def _mention(
    text: str, match: re.Match[str], lat: float, lon: float, doubt: float
) -> Iterator[PlaceMention]:
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return
    end = match.start() + len(match.group().rstrip(" ,;/"))
    span = Span(match.start(), end)
    place = Place(
        span.of(text),
        point=Point(round(lat, 6), round(lon, 6)),
        precision=PlacePrecision.EXACT,
        uncertainty_km=round(max(doubt, 0.01), 2),
        reasons=("coordinates in the text",),
    )
    yield PlaceMention(span, place, span)
