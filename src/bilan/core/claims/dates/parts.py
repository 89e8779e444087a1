"""The parts that dates are made of."""

from __future__ import annotations

from enum import IntEnum

from bilan.core.claims.dates.calendars import Calendar
from bilan.core.frozen import dataclass


class AtomKind(IntEnum):
    """What a part is; of several in one date the lowest decides."""

    DAY = 0
    WORD = 1
    WEEKDAY = 2
    MONTH = 3
    YEAR = 4
    SHADE = 5  # early, mid, late
    PART = 6  # morning, night
    TURN = 7  # last, next, this


@dataclass(frozen=True, slots=True)
class Atom:
    """One part of a date on tokens [first, last). `key` is the word's meaning in the data.

    A DAY with a key is a day of the month that the key means ("M": this, "M-1": the last).
    `day_to` is the last day of a stretch within a month; `year_to` the last year of a stretch.
    `either`: day and month are digits that may be the other way round.
    """

    first: int
    last: int
    kind: AtomKind
    key: str = ""
    calendar: Calendar = Calendar.GREGORIAN
    year: int | None = None
    month: int | None = None
    day: int | None = None
    day_to: int | None = None
    year_to: int | None = None
    either: bool = False
