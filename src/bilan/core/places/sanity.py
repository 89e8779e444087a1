"""Whether coordinates that a document gives can be those of the place that it names.

Officers copy coordinates by hand: two digits change places, latitude and longitude are exchanged, a
grid reference loses a digit. What lies too far from the place named is said, with the distance and
with the slip that would explain it. Nothing is put right: a person looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bilan.core.frozen import dataclass
from bilan.core.places.coordinates import coordinates_in
from bilan.core.values import Place, PlaceMention, Point, Span, distance_km

# km that a strike "near" a place may lie from it beyond the place's own uncertainty: armed forces
# name the nearest town that their map shows. Wider lets slips pass, narrower flags villages.
NEAR_KM = 10.0
_USUAL_KM = 10.0  # of a place whose reading gives no uncertainty
# A grid reference with an odd number of digits has lost one, or holds one too many.
_ODD_GRID = re.compile(
    r"\b(?:[1-9]|[1-5]\d|60)\s?[C-HJ-NP-X]\s?[A-HJ-NP-Z][A-HJ-NP-V]\s?(?P<digits>\d[\d ]{2,12}\d)\b"
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Coordinates that a person should look at: where they stand, and why, in words."""

    span: Span
    words: str


def doubts_about(text: str, named: Place | None) -> Iterator[Doubt]:
    """The coordinates of a text that cannot be those of the place that it names."""
    for match in _ODD_GRID.finditer(text):
        digits = len(match["digits"].replace(" ", ""))
        if digits % 2:
            odd = f"a grid reference of {digits} digits, where an even number is wanted"
            yield Doubt(Span(*match.span()), odd)
    if named is None or named.point is None:
        return
    for mention in coordinates_in(text):
        words = _doubt(text, mention, named)
        if words is not None:
            yield Doubt(mention.span, words)


def _doubt(text: str, mention: PlaceMention, named: Place) -> str | None:
    given = mention.place.point
    if given is None or named.point is None:
        return None
    km = distance_km(given, named.point)
    allowed = (named.uncertainty_km or _USUAL_KM) + NEAR_KM
    if km <= allowed:
        return None
    name = named.canonical_name or named.name
    words = f"the coordinates lie {_km(km)} from {name}, the place named"
    slip = next(_slips(mention.span.of(text), given, named.point, allowed), None)
    return f"{words}; {slip}" if slip else words


def _slips(written: str, given: Point, named: Point, allowed: float) -> Iterator[str]:
    """The slips of the pen that would bring the coordinates to the place, the likeliest first."""
    if abs(given.lon) <= 90 and (km := distance_km(Point(given.lon, given.lat), named)) <= allowed:
        yield f"with latitude and longitude exchanged, {_km(km)}"
    for at, (one, other) in enumerate(pairwise(written)):
        if not (one.isdigit() and other.isdigit()) or one == other:
            continue
        swapped = written[:at] + other + one + written[at + 2 :]
        point = next((m.place.point for m in coordinates_in(swapped)), None)
        if point is not None and (km := distance_km(point, named)) <= allowed:
            yield f"with the digits {one}{other} exchanged ({swapped}), {_km(km)}"


def _km(km: float) -> str:
    return "less than 1 km" if km < 1 else f"about {km:,.0f} km"
