"""A name of the text with the places that it may be, and the one that was chosen."""

from __future__ import annotations

from dataclasses import dataclass, field

from bilan.core.places.around import Around
from bilan.core.places.gazetteer import Entry, Match


@dataclass(frozen=True, slots=True)
class Option:
    """One place that a name may be."""

    entry: Entry
    match: Match
    changes: int  # made to the written words to arrive at the listed name


@dataclass(slots=True)
class Candidate:
    """A stretch [start, end) that may name a place. `chosen` and `reasons` are filled in last."""

    start: int
    end: int
    words: int
    options: list[Option]
    around: Around
    chosen: Option | None = None
    belief: float = 0.0  # whether it is a place at all
    reasons: list[str] = field(default_factory=list)
