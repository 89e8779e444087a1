"""A name of the text with the places that it may be, and the one that was chosen."""

from __future__ import annotations

from dataclasses import field

from bilan.core.frozen import dataclass
from bilan.core.places.around import Around
from bilan.core.places.gazetteer import Entry, Match, PlaceKind


@dataclass(frozen=True, slots=True)
class Option:
    """One place that a name may be."""

    entry: Entry
    match: Match
    changes: int  # made to the written words to arrive at the listed name


@dataclass(slots=True, eq=False)
class Candidate:
    """A stretch [start, end) that may name a place. What is chosen and why is filled in last.

    Without options it is a name that no list holds, believed for what stands around it.
    `located_by` is the name beside it that says where it lies.
    """

    start: int
    end: int
    words: int
    options: list[Option]
    around: Around
    chosen: Option | None = None
    belief: float = 0.0  # whether it is a place at all
    located_by: Candidate | None = None
    locates: bool = False
    reasons: list[str] = field(default_factory=list)
    clues: tuple[str, ...] | None = None  # for or against a place, once they were gathered

    @property
    def first(self) -> int:
        """Where the phrase begins, noun and moving words included."""
        around, first = self.around, self.start
        if around.noun_start is not None and around.noun_start < first:
            first = around.noun_start
        if around.relation is not None and around.relation.first < first:
            first = around.relation.first
        return first

    @property
    def last(self) -> int:
        """Where the phrase ends."""
        around, last = self.around, self.end
        if around.noun_end is not None and around.noun_end > last:
            last = around.noun_end
        if around.relation_after is not None and around.relation_after.last > last:
            last = around.relation_after.last
        return last

    @property
    def kind(self) -> PlaceKind:
        """What sort of place it is taken for."""
        if self.chosen is not None:
            return self.chosen.entry.kind
        return self.around.noun or PlaceKind.SETTLEMENT
