"""What one row of another recorder's register asserts, contradictions included.

Nothing here is mended: a first day after the last one, or a lower bound above the upper one, is
kept as it was given and named by a `Defect`. What a row does not say is None, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bilan.core.values import DatePrecision, PlacePrecision


class Kind(StrEnum):
    """What a row of a table is about."""

    INCIDENT = "incident"
    INVOLVEMENT = "involvement"  # a party's part in an incident, and its answer
    PERSON = "person"  # a victim
    SOURCE = "source"  # a source that the recorder names


class Defect(StrEnum):
    """What is wrong with a row, or doubtful in it: flagged, shown, never mended."""

    DATE_MISSING = "date_missing"
    DATE_UNREADABLE = "date_unreadable"
    DATE_IMPLAUSIBLE = "date_implausible"
    END_BEFORE_START = "end_before_start"
    NUMBER_UNREADABLE = "number_unreadable"
    MIN_OVER_MAX = "min_over_max"
    PARTS_EXCEED_TOTAL = "parts_exceed_total"
    COORDINATES_MISSING = "coordinates_missing"
    COORDINATES_UNREADABLE = "coordinates_unreadable"
    COORDINATES_ZERO = "coordinates_zero"
    COORDINATES_OUTSIDE = "coordinates_outside_country"
    WORD_UNKNOWN = "word_unknown"
    ENCODING_GUESSED = "encoding_guessed"
    # Those that only the whole register shows:
    DUPLICATE_CODE = "duplicate_code"
    ALIAS_AMBIGUOUS = "alias_ambiguous"
    ALIAS_IN_USE = "alias_is_current_code_of_another"
    DUPLICATE_PERSON = "duplicate_person"


def span_over(days: int) -> str:
    """The defect of an incident said to last longer than that."""
    return f"span_over_{days}_days"


@dataclass(frozen=True, slots=True)
class Bounds:
    """A number of people as a register gives it: two cells, whatever stands in them.

    Unlike a `Count` the lower one may be above the upper one: that is a defect to show.
    """

    name: str  # killed, injured, killed_children ...
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Involved:
    """A party as the register names it, the name that we know it by, its part and its answer."""

    name: str
    party: str | None = None
    role: str | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Somebody:
    """A victim without the name: `mark` tells whether two rows of an incident name the same one."""

    mark: str | None = None
    age_group: str | None = None
    sex: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Asserted:
    """One row of a register.

    `code` is the register's code as it stands in its cell, `former` the codes that the row says it
    had before; `of` is the code of the incident that a row of another kind belongs to. `digest`
    identifies the cells and the mapping, so that a row that did not change is known again.
    """

    key: str
    line: int
    digest: str
    kind: Kind = Kind.INCIDENT
    of: str | None = None
    code: str | None = None
    former: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    precision: DatePrecision = DatePrecision.DAY
    place: str | None = None
    place_local: str | None = None
    admin1: str | None = None
    country: str | None = None  # ISO 3166 where known, else as the register names it
    lat: float | None = None
    lon: float | None = None
    place_precision: PlacePrecision | None = None
    cause: str | None = None
    grade: str | None = None
    url: str | None = None
    counts: tuple[Bounds, ...] = ()
    parties: tuple[Involved, ...] = ()
    person: Somebody | None = None
    defects: tuple[str, ...] = ()

    def count(self, name: str) -> Bounds:
        """The bounds of that name; both None where the row does not say."""
        return next((b for b in self.counts if b.name == name), Bounds(name, None, None))
