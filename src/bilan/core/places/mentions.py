"""From believed names to mentions: phrases joined, containers told apart, places with reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bilan.core.places.candidates import Candidate
from bilan.core.places.gazetteer import PlaceKind
from bilan.core.places.moving import moved
from bilan.core.places.resolve import Context
from bilan.core.places.tongue import Relation, Tongue
from bilan.core.values import Place, PlaceMention, Span

_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.AREA})


def mentions_of(
    text: str,
    plain: str,
    kept: Sequence[Candidate],
    context: Context,
    tongue: Tongue,
    taken: Sequence[Span],
) -> list[PlaceMention]:
    """The mentions of the believed candidates, in the order of the text."""
    found: list[PlaceMention] = []
    for candidate in kept:
        start = found[-1].span.end if found else 0
        found.append(_mention(text, candidate, tongue, start))
    return found


def _mention(text: str, candidate: Candidate, tongue: Tongue, floor: int) -> PlaceMention:
    around, option = candidate.around, candidate.chosen
    if option is None:
        raise ValueError("a candidate without a choice names no place")
    entry = option.entry
    relation = around.relation
    first = _first(candidate, relation, floor)
    last = candidate.end
    if relation is None and around.relation_after is not None:
        relation, last = around.relation_after, around.relation_after.last
    elif around.noun_end is not None:
        last = around.noun_end
    inner_first = candidate.start
    if (
        around.noun in (PlaceKind.DISTRICT, PlaceKind.NEIGHBOURHOOD)
        and around.noun_start is not None
    ):
        first = min(first, max(floor, around.noun_start))
    to = moved(entry, relation, tongue)
    reasons = [*candidate.reasons, *([to.reason] if to.reason else [])]
    precision = to.precision
    span = Span(first, last)
    place = Place(
        span.of(text),
        entry.name,
        entry.admin1,
        entry.country,
        to.point,
        precision,
        to.uncertainty_km,
        entry.id,
        tuple(reasons),
    )
    return PlaceMention(span, place, Span(inner_first, max(candidate.end, around.noun_end or 0)))


def _first(candidate: Candidate, relation: Relation | None, floor: int) -> int:
    if relation is None or relation.first < floor:
        return candidate.start
    return relation.first


_ = re
