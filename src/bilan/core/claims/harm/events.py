"""The type of event that conflict coders would give a report, finer than its cause.

Coders of event data (ACLED and sets built on it) tell a suicide bombing from another bomb and a
grenade from a rifle, where the closed list of causes does not. The words are `[lexicon.event]`.
"""

from __future__ import annotations

from bilan.core.claims.text.marks import Marks
from bilan.core.values import Cause

_BY_CAUSE = {
    Cause.AIRSTRIKE: "AIR_STRIKE",
    Cause.DRONE: "AIR_STRIKE",
    Cause.ARTILLERY: "ART_MISS_ATTACK",
    Cause.ROCKET: "ART_MISS_ATTACK",
    Cause.IED_MINE: "REM_EXPLOS",
    Cause.CHEMICAL: "CHEM_WEAP",
    Cause.SMALL_ARMS: "ATTACK",
    Cause.DETENTION: "ATTACK",
}
_BOMBS = frozenset({Cause.IED_MINE, Cause.SMALL_ARMS, Cause.UNKNOWN})
_HARMED = frozenset({"killed", "injured", "missing", "both"})


def event_type_of(marks: Marks, cause: Cause) -> str | None:
    """The type of event of a report whose first account has this cause; None where none fits."""
    words = {hit.key for hit in marks.all("event")}
    if "industrial" in words and cause in (Cause.CHEMICAL, Cause.OTHER, Cause.UNKNOWN):
        return "MAN_MADE_DISASTER"
    if "suicide" in words and cause in _BOMBS:
        return "SUIC_BOMB"
    if "foiled" in words and not _tells_harm(marks):
        return "DISR_WEAP"
    if "grenade" in words and cause in _BOMBS:
        return "GRENADE"
    return _BY_CAUSE.get(cause)


def _tells_harm(marks: Marks) -> bool:
    return any(hit.key.split("_")[0] in _HARMED for hit in marks.all("harm"))
