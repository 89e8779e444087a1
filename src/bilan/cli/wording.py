"""Counts, days, places, answers in words: always with their uncertainty, never with more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bilan.core.claims.account import Label
from bilan.core.values import (
    Cause,
    CivilianStatus,
    Count,
    DatePrecision,
    EvidenceKind,
    Place,
    PlacePrecision,
    Stance,
    Verified,
    When,
)

NOT_SAID = "not said"

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

CAUSES = {
    Cause.AIRSTRIKE: "Airstrike",
    Cause.DRONE: "Drone strike",
    Cause.ARTILLERY: "Shelling",
    Cause.ROCKET: "Rockets or missiles",
    Cause.IED_MINE: "Mine or planted explosive",
    Cause.SMALL_ARMS: "Small arms",
    Cause.DETENTION: "Execution or detention",
    Cause.CHEMICAL: "Chemical attack",
    Cause.OTHER: "Other violence",
    Cause.UNKNOWN: "Cause not said",
}

STANCES = {
    Stance.ACKNOWLEDGES_STRIKE: "acknowledges a strike",
    Stance.DENIES: "denies",
    Stance.DISPUTES_TARGET: "says the target was military, or that others did it",
    Stance.ACKNOWLEDGES_HARM: "acknowledges harm to civilians",
    Stance.OPENS_INQUIRY: "opens an inquiry",
    Stance.REFERS: "passes it on for assessment",
    Stance.FINDS_CREDIBLE: "finds the allegation credible",
    Stance.FINDS_NOT_CREDIBLE: "finds the allegation not credible",
    Stance.NO_COMMENT: "does not comment",
}

EVIDENCE = {
    EvidenceKind.VIDEO: "video",
    EvidenceKind.PHOTO: "photo",
    EvidenceKind.SATELLITE: "satellite image",
    EvidenceKind.WITNESS: "witness",
    EvidenceKind.HOSPITAL_RECORD: "hospital record",
    EvidenceKind.LIST_OF_NAMES: "list of names",
    EvidenceKind.DOCUMENT: "document",
    EvidenceKind.NONE: "none",
}

CHECKED = {
    Verified.YES: "checked",
    Verified.NO: "shown or said to be false",
    Verified.UNVERIFIED: "not checked by anyone",
}

STATUS = {
    CivilianStatus.CIVILIAN: "civilians",
    CivilianStatus.COMBATANT: "fighters",
    CivilianStatus.MIXED: "people, civilians and fighters",
    CivilianStatus.UNCLEAR: "people, whether civilians is not clear",
}

# Why a number that looks like a toll is none: said where the reader gave no better reason.
LEFT_OUT = {
    Label.KILLED_SUBSET: "part of the killed already counted",
    Label.INJURED_SUBSET: "part of the injured already counted",
    Label.MISSING_SUBSET: "part of the missing already counted",
    Label.CUMULATIVE: "a total over several incidents",
    Label.BACKGROUND: "the toll of another incident",
    Label.SUPERSEDED: "an earlier figure, since revised",
    Label.NEGATED: "the text says that this did not happen",
    Label.HYPOTHETICAL: "the text does not say that this happened",
    Label.NON_CONFLICT: "harm, but not in an armed conflict",
    Label.OTHER_COUNT: "people or things, but no toll",
    Label.KILLED_OR_INJURED: "killed and injured taken together",
    Label.KILLED_MIXED: "civilians and fighters taken together",
    Label.COMPOSITION: "who they were, without a number",
}


def count_words(count: Count | None) -> str:
    """A count in words; an open bound is said, an unknown count is said to be unknown."""
    if count is None:
        return NOT_SAID
    low, top = count.min, count.max
    if low is not None and top is None:
        return _from_on(low)
    if low is None:
        return f"up to {top:,}"
    return f"{low:,}" if low == top else f"between {low:,} and {top:,}"


def _from_on(low: int) -> str:
    """At least 12; "more than 400,000" for 400,001, as nobody counts one beyond."""
    beyond = low - 1
    is_round = beyond >= 100 and beyond % 100 == 0
    return f"more than {beyond:,}" if is_round else f"at least {low:,}"


def number_of(count: int, thing: str) -> str:
    """1 report, 2 reports."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def day_words(day: date) -> str:
    """17 September 2017."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def when_words(when: When | None) -> str:
    """A stretch of time in words, with its precision."""
    if when is None:
        return "date not said, or not to be told"
    if when.first is None:
        return f"on or before {day_words(when.end)}"
    if when.precision is DatePrecision.MONTH:
        return f"some time in {_MONTHS[when.start.month - 1]} {when.start.year}"
    if when.start == when.end:
        return day_words(when.start)
    if when.precision is DatePrecision.WEEK:
        return f"some time from {day_words(when.start)} to {day_words(when.end)}"
    return f"{day_words(when.start)} to {day_words(when.end)}"


def radius_words(place: Place) -> str:
    """How far from its point the place may be: "within about 5 km"."""
    if place.point is None:
        return "in no gazetteer, so without coordinates"
    if place.uncertainty_km is None:
        return "how exactly is not known"
    if place.uncertainty_km < 1:
        return f"within about {place.uncertainty_km * 1000:.0f} m"
    return f"within about {place.uncertainty_km:,.0f} km"


def place_words(place: Place | None, countries: Mapping[str, str]) -> str:
    """A place by its name, region and country, as exactly as it is known.

    `countries` gives the names of countries by their codes.
    """
    if place is None:
        return "place not said"
    parts = [place.canonical_name or place.name]
    country = countries.get(place.country or "", place.country)
    parts += [p for p in (place.admin1, country) if p and p != parts[-1]]
    coarse = place.precision in (PlacePrecision.REGION, PlacePrecision.COUNTRY)
    return f"somewhere in {', '.join(parts)}" if coarse else ", ".join(parts)
