"""Which name says where another lies: "Sarmin, Idlib province", "X, 40 km south of Raqqa"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from bilan.core.places.candidates import Candidate, Option
from bilan.core.places.flat import flat
from bilan.core.places.gazetteer import PlaceKind
from bilan.core.places.moving import Moved, moved
from bilan.core.places.tongue import Tongue, alternatives
from bilan.core.values import distance_km

_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.AREA})
_PARTS = frozenset({PlaceKind.NEIGHBOURHOOD, PlaceKind.SITE, PlaceKind.AREA})
_LONGEST_JOIN = 12  # characters of ", and "
_LONGEST_GAP = 60  # characters between a name and the phrase that locates it
_BESIDE_KM = 8.0  # beyond a town's ground, where its quarters and camps still lie
_TOLERANCE_KM = 15.0  # beyond the doubt of a moved point, where the place named with it may lie
_ORDER = {
    PlaceKind.SITE: 0,
    PlaceKind.NEIGHBOURHOOD: 1,
    PlaceKind.SETTLEMENT: 2,
    PlaceKind.DISTRICT: 3,
    PlaceKind.AREA: 4,
    PlaceKind.REGION: 5,
    PlaceKind.COUNTRY: 6,
}


class Locator:
    """Tells for neighbouring names of a text whether the second locates the first."""

    def __init__(self, tongue: Tongue) -> None:
        self._tongue = tongue

    @cached_property
    def _close(self) -> re.Pattern[str]:
        """A sign or a word of belonging, nothing more."""
        words = alternatives(self._tongue.listed("contains")) or "(?!)"
        return re.compile(
            rf"\s*(?:[,،(–—-]\s*)?(?:(?:{words})(?![^\W_])\s*|(?:{words})(?=\Z))?[\s\"'«“#]*"
        )

    @cached_property
    def _belongs(self) -> re.Pattern[str]:
        words = alternatives(self._tongue.listed("contains")) or "(?!)"
        return re.compile(rf"(?<![^\W_])(?:{words})\s*\Z")

    @cached_property
    def _aside(self) -> re.Pattern[str]:
        """An aside of few words: ", a small town about"."""
        return re.compile(r"\s*[,،(–—-]?\s*(?:[^\W_]+[\s,'-]+){0,6}")

    def locates(self, second: Candidate, first: Candidate, plain: str) -> bool:
        """Whether `second`, which follows, says where `first` lies."""
        gap = plain[first.last : max(first.last, second.first)]
        if len(gap) > _LONGEST_GAP or second.first < first.end:
            return second.first < first.end and second.start >= first.end
        relation = second.around.relation or second.around.relation_after
        if self._close.fullmatch(gap):
            return self._fits(
                first, second, belongs=bool(self._belongs.search(gap)), divided=bool(gap.strip())
            )
        if relation is None or "\n" in gap or not self._aside.fullmatch(gap):
            return False
        return any(self._tongue.is_noun(word.strip(",")) for word in gap.split() if word.strip(","))

    @cached_property
    def _owns(self) -> re.Pattern[str]:
        """A possessive ending and few words: "Gaza's crowded", "Yemen'in kuzeyindeki"."""
        endings = "|".join(map(re.escape, map(flat, self._tongue.listed("genitives")))) or "(?!)"
        return re.compile(rf"'(?:{endings})(?:\s+[^\W\d_]+){{0,4}}[\s'-]*")

    @cached_property
    def _and(self) -> re.Pattern[str]:
        joins = alternatives(self._tongue.listed("joins")) or "(?!)"
        return re.compile(rf"\s*(?:[,،]\s*)?(?:(?:{joins})\s*)?[#\"«“]?")

    def joined(self, first: Candidate, second: Candidate, plain: str) -> bool:
        """Whether two names of one kind stand in a list."""
        gap = plain[first.last : max(first.last, second.first)]
        same = (first.kind in _WIDE) == (second.kind in _WIDE)
        return same and 0 < len(gap) < _LONGEST_JOIN and bool(self._and.fullmatch(gap))

    def holds(self, first: Candidate, second: Candidate, plain: str) -> bool:
        """Whether `first` says where `second`, which follows, lies."""
        name = plain[first.start : first.end]
        apostrophe = first.start + name.rfind("'") if "'" in name else first.end
        gap = plain[apostrophe : max(apostrophe, second.first)]
        if len(gap) > _LONGEST_GAP or not self._owns.fullmatch(gap):
            return False
        part = second.chosen is None or second.kind in _PARTS or second.around.noun in _PARTS
        return _ORDER[first.kind] > _ORDER[second.kind] or (part and first.kind not in _PARTS)

    def _fits(self, first: Candidate, second: Candidate, *, belongs: bool, divided: bool) -> bool:
        relation = second.around.relation or second.around.relation_after
        if first.kind is PlaceKind.COUNTRY:
            return False
        if second.kind in _WIDE:
            return _ORDER[second.kind] > _ORDER[first.kind]
        if relation is not None and relation.kind != "near":
            return first.kind not in _WIDE
        quarter = first.chosen is None and first.kind is PlaceKind.DISTRICT
        if quarter or first.kind in _PARTS or first.around.noun in _PARTS:
            return second.kind not in _PARTS
        if relation is not None:
            return first.kind not in _WIDE and (first.chosen is None or not divided)
        return belongs and first.kind not in _WIDE


def place_of(candidate: Candidate, tongue: Tongue) -> Moved | None:
    """Where a candidate is, moved by its phrase; None when no list and no neighbour says."""
    if candidate.chosen is not None:
        relation = candidate.around.relation or candidate.around.relation_after
        return moved(candidate.chosen.entry, relation, tongue)
    if candidate.located_by is None:
        return None
    return place_of(candidate.located_by, tongue)


def lies_there(option: Option, candidate: Candidate, tongue: Tongue) -> bool:
    """Whether an option lies where the name beside the candidate says."""
    holder = candidate.located_by
    if holder is None or holder.chosen is None:
        return False
    entry, area = option.entry, holder.chosen.entry
    if area.kind is PlaceKind.COUNTRY:
        return entry.country == area.country
    if area.kind is PlaceKind.REGION and entry.admin1 and entry.country == area.country:
        return entry.admin1 == area.admin1
    there = place_of(holder, tongue)
    if there is None or entry.country != area.country:
        return False
    part = candidate.around.noun in _PARTS or entry.kind in _PARTS
    reach = there.uncertainty_km + (_BESIDE_KM if part else _TOLERANCE_KM)
    if not part and area.kind is PlaceKind.SETTLEMENT:
        reach += _TOLERANCE_KM
    return distance_km(entry, there.point) <= reach


def link(candidates: Sequence[Candidate], plain: str, locator: Locator) -> None:
    """Fill in `located_by` for neighbours; names have to be in the order of the text."""
    for candidate in candidates:
        candidate.located_by, candidate.locates = None, False
    pairs = list(pairwise(candidates))
    for first, second in pairs:
        if locator.locates(second, first, plain):
            first.located_by, second.locates = second, True
        if first.located_by is not second and locator.holds(first, second, plain):
            second.located_by, first.locates = first, True
    # "A and B, in the countryside of C": A lies there as well.
    for first, second in reversed(pairs):
        beside = second.located_by is not None and second.located_by is not first
        if beside and first.located_by is None and locator.joined(first, second, plain):
            first.located_by = second.located_by
