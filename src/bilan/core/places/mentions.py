"""From believed names to mentions: phrases joined, uses told apart, places with their reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bilan.core.places.candidates import Candidate
from bilan.core.places.capitals import Capitals
from bilan.core.places.gazetteer import PRECISION, PlaceKind
from bilan.core.places.locating import place_of
from bilan.core.places.moving import Moved
from bilan.core.places.resolve import Context
from bilan.core.places.tongue import Tongue
from bilan.core.values import Place, PlaceMention, PlacePrecision, PlaceUse, Span

_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.AREA})
_WITHIN_TOWN_KM = 5.0  # doubt about a quarter of which only the town is known
_NEAR_TOWN_KM = 15.0  # doubt about a village of which only the town nearby is known
_SURE_COUNTRY = 0.4  # share of the text's evidence by which an unlisted name has a country
# The head of a paragraph: a name, perhaps a second and a day, then an agency or a dash or a colon.
_DATELINE = re.compile(r"[^\n.!?]{0,30}?(?:\([^)\n]{2,40}\)|\s[-–—]{1,2}\s|\s?[:|]\s|\s?[-–—]{2})")
_ENDED = re.compile(r"\. |\.[-–—]")  # "SANAA. ", "Saná.-"
_FARTHEST_DATELINE = 600  # characters from the beginning of the text
_HEAD = re.compile(r"(?:\A|\n|  |/)[\s\W]*\Z")


def mentions_of(
    text: str,
    plain: str,
    kept: Sequence[Candidate],
    context: Context,
    tongue: Tongue,
    capitals: Capitals,
) -> list[PlaceMention]:
    """The mentions of the believed candidates, in the order of the text."""
    found: list[PlaceMention] = []
    maker = _Maker(text, plain, context, tongue, capitals)
    for candidate in kept:
        found.append(maker.mention(candidate, found[-1].span.end if found else 0))
    return found


class _Maker:
    """Makes mentions of one text."""

    def __init__(
        self, text: str, plain: str, context: Context, tongue: Tongue, capitals: Capitals
    ) -> None:
        self._text, self._plain = text, plain
        self._context, self._tongue = context, tongue
        self._capitals = capitals

    def mention(self, candidate: Candidate, floor: int) -> PlaceMention:
        """The mention of one candidate, beginning not before `floor`."""
        span, inner = self._spans(candidate, floor)
        place = self._place(candidate, span)
        dispatched = self._dispatched(candidate, place)
        return PlaceMention(span, place, inner, self._use(candidate), dispatched)

    def _dispatched(self, candidate: Candidate, place: Place) -> Place | None:
        """What a dispatch from a place is about: the country of which it is the capital."""
        chosen = candidate.chosen
        country = self._capitals.country_of(chosen.entry) if chosen is not None else None
        if country is None or candidate.around.relation is not None:
            return None
        return Place(
            country.name,  # the report names the capital: that phrase would mislead here
            country.name,
            None,
            country.country,
            country.point,
            PlacePrecision.COUNTRY,
            country.radius_km,
            country.id,
            (f"the report was written in {place.canonical_name}, its capital",),
        )

    def _spans(self, candidate: Candidate, floor: int) -> tuple[Span, Span]:
        around = candidate.around
        end = self._without_possessive(candidate)
        relation = around.relation
        first = candidate.start
        if around.noun in (PlaceKind.DISTRICT, PlaceKind.NEIGHBOURHOOD):
            first = min(first, around.noun_start or first)
        if relation is not None:
            first = min(first, relation.first)
        last = end
        if around.noun_end is not None:
            last = around.noun_end
        inner = Span(candidate.start, max(end, last))
        if relation is None and around.relation_after is not None:
            last = around.relation_after.last
        return Span(first if first >= floor else candidate.start, last), inner

    def _without_possessive(self, candidate: Candidate) -> int:
        name = self._plain[candidate.start : candidate.end]
        if self._tongue.suffixes and "'" in name:
            return candidate.start + name.index("'")
        for ending in self._tongue.possessives:
            if name.endswith("'" + ending):
                return candidate.end - len(ending) - 1
        return candidate.end - 1 if name.endswith("'") else candidate.end

    def _use(self, candidate: Candidate) -> PlaceUse:
        if candidate.locates:
            return PlaceUse.CONTAINER
        if candidate.around.speaks and candidate.kind in (PlaceKind.COUNTRY, PlaceKind.SETTLEMENT):
            return PlaceUse.SPEAKER
        return PlaceUse.DATELINE if self._is_dateline(candidate) else PlaceUse.NAMED

    def _is_dateline(self, candidate: Candidate) -> bool:
        first = candidate.first
        if first > _FARTHEST_DATELINE or not _HEAD.search(self._text, max(0, first - 30), first):
            return False
        holder = candidate.located_by or candidate
        if _DATELINE.match(self._text, holder.last):
            return True
        return _ENDED.match(self._text, candidate.end) is not None

    def _place(self, candidate: Candidate, span: Span) -> Place:
        to = place_of(candidate, self._tongue)
        if candidate.chosen is None:
            return self._unlisted(candidate, span, to)
        if to is None:
            raise ValueError("a chosen place has a point")
        entry = candidate.chosen.entry
        precision = to.precision
        if candidate.around.noun is PlaceKind.DISTRICT and entry.kind is PlaceKind.SETTLEMENT:
            precision = PlacePrecision.DISTRICT
        reasons = [*candidate.reasons, *([to.reason] if to.reason else [])]
        return Place(
            span.of(self._text),
            entry.name,
            entry.admin1,
            entry.country,
            to.point,
            precision,
            to.uncertainty_km,
            entry.id,
            tuple(reasons),
        )

    def _unlisted(self, candidate: Candidate, span: Span, to: Moved | None) -> Place:
        name = self._text[candidate.start : self._without_possessive(candidate)]
        kind = candidate.kind
        if to is None:
            shares = self._context.countries
            likely = max(shares, key=lambda c: shares[c], default=None)
            country = likely if likely and shares[likely] >= _SURE_COUNTRY else None
            reasons = ("no gazetteer holds this name",)
            return Place(
                span.of(self._text), name, None, country, None, PRECISION[kind], None, None, reasons
            )
        holder = candidate.located_by
        while holder is not None and holder.chosen is None:
            holder = holder.located_by
        entry = holder.chosen.entry if holder and holder.chosen else None
        doubt, precision = to.uncertainty_km, PRECISION[kind]
        if kind is PlaceKind.DISTRICT and entry is not None and entry.kind is PlaceKind.SETTLEMENT:
            kind, precision = PlaceKind.NEIGHBOURHOOD, PlacePrecision.NEIGHBOURHOOD  # of a town
        if entry is not None and entry.kind not in _WIDE:
            part = kind in (PlaceKind.NEIGHBOURHOOD, PlaceKind.SITE)
            doubt += _WITHIN_TOWN_KM if part else _NEAR_TOWN_KM
        said = f"no gazetteer holds this name; placed by {entry.name if entry else 'its neighbour'}"
        return Place(
            span.of(self._text),
            name,
            entry.admin1 if entry else None,
            entry.country if entry else None,
            to.point,
            precision,
            round(doubt, 1),
            None,
            (said, *([to.reason] if to.reason else [])),
        )
