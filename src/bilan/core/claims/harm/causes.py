"""What did the harm: the words for weapons and acts to the closed list of causes.

The vocabulary is `[lexicon.cause]` of each language, a key per cause; key `general` holds words
that any weapon can answer for ("strike", "bombing"): they are an air strike where aircraft are
named beside them, or where only an air force is blamed.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.marks import Marks
from bilan.core.frozen import dataclass
from bilan.core.values import Cause

GENERAL = "general"
# Words for what forces did without saying that they struck: an arrest, a search. No cause of harm.
OPERATION = "operation"
# Words that name a cause only where nothing in the account names another: Russian and Ukrainian
# "обстрел" is shelling, but also said of rockets.
WEAK = {"shelling": Cause.ARTILLERY}
# Causes that explain the harm whatever else is named beside them, strongest first.
_DECISIVE = (Cause.CHEMICAL, Cause.DETENTION)
# What falls from aircraft is an air strike, whatever it is called.
_DROPPED = frozenset({Cause.ROCKET, Cause.ARTILLERY})
# States and coalitions whose unqualified "strike" or "bombing" is one from the air.
_FROM_THE_AIR = frozenset({"state", "coalition"})


@dataclass(frozen=True, slots=True)
class CauseMention:
    """Tokens [first, last) that name a cause; `cause` None for words like "attack".

    `weak`: named only where nothing else is.
    """

    first: int
    last: int
    cause: Cause | None
    sentence: int
    weak: bool = False


def causes_in(marks: Marks, sentences: Sequence[tuple[int, int]]) -> list[CauseMention]:
    """Every cause named, in order, but for weapons that are a target or a store."""
    found: list[CauseMention] = []
    for number, (first, last) in enumerate(sentences):
        for hit in marks.within("cause", first, last):
            if any(h.last - h.first > 1 for h in marks.over("military", hit.first)):
                continue
            found.append(_mention(hit, number))
    return found


def _mention(hit: Hit, sentence: int) -> CauseMention:
    named = hit.key not in (GENERAL, OPERATION)
    cause = WEAK.get(hit.key) or Cause(hit.key) if named else None
    weak = hit.key in WEAK or hit.key == OPERATION
    return CauseMention(hit.first, hit.last, cause, sentence, weak)


def cause_of(
    mentions: Sequence[CauseMention],
    sentences: Container[int],
    tolls: Container[int] = (),
    *,
    air_power: bool = False,
    without: Container[int] = (),
) -> tuple[Cause, CauseMention | None]:
    """The cause of an incident told in the sentences, and the words that say it.

    `tolls` are the sentences with its tolls: what they name goes first. `without` are tokens that
    do not tell what happened (a party's answer, evidence). `air_power`: whoever is blamed strikes
    from the air.
    """
    told = [m for m in mentions if m.sentence in sentences and m.first not in without]
    told = [m for m in told if m.cause or not m.weak]
    near = [m for m in told if m.sentence in tolls]
    named = [m for m in told if m.cause]
    specific = [m for m in near if m.cause and not m.weak] or [m for m in named if not m.weak]
    specific = specific or named
    if not specific:
        if not told:
            return Cause.UNKNOWN, None
        return (Cause.AIRSTRIKE if air_power else Cause.UNKNOWN), told[0]
    for cause in _DECISIVE:
        decisive = next((m for m in specific if m.cause is cause), None)
        if decisive is not None:
            return cause, decisive
    first = specific[0]
    if first.cause in _DROPPED:
        from_above = next((m for m in specific if m.cause is Cause.AIRSTRIKE), None)
        if from_above is not None and from_above.sentence == first.sentence:
            return Cause.AIRSTRIKE, from_above
    return first.cause or Cause.UNKNOWN, first


def strikes_from_the_air(kind: str) -> bool:
    """Whether a party of this kind has aircraft, as far as its kind says."""
    return kind in _FROM_THE_AIR
