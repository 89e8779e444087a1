"""Whether a text can tell of harm at all: most of the world's text cannot, and is read no further.

A text without any phrase of harm, and without a cause beside an armed party, holds no account
whatever its grammar.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntFlag
from functools import cache

from bilan.core.claims.text.apart import opens_harm
from bilan.core.claims.text.language import Language, load_language
from bilan.core.claims.text.noticing import Noticer, told_and_units
from bilan.core.claims.text.tokens import pieces_of

_HARMLESS_FATES = frozenset({"other"})


class Tells(IntFlag):
    """What a piece of text, or a phrase, speaks of."""

    NOTHING = 0
    HARM = 1
    STRIKE = 2  # a weapon of war at work: an air raid, shelling, rockets
    CAUSE = 4  # what also does harm outside wars: a shot, a mine, an explosion
    PARTY = 8


# A party's release on its own act names no harm, so a cause beside a party is enough; outside armed
# conflicts any cause is. Plain integers: flags of an enumeration take ten times as long to join.
_ENOUGH = {
    "conflict": tuple(map(int, (Tells.HARM, Tells.STRIKE, Tells.CAUSE | Tells.PARTY))),
    "any": tuple(map(int, (Tells.HARM, Tells.STRIKE, Tells.CAUSE))),
}
_STRIKES = frozenset({"airstrike", "drone", "artillery_shelling", "rocket_missile", "shelling"})


class Triage:
    """Sorts out the texts of one language that hold no account."""

    def __init__(self, language: Language) -> None:
        self._noticer = Noticer(language, _tells)

    def may_tell(self, text: str, *, scope: str = "conflict") -> bool:
        """False only where no phrase of the vocabulary could make an account of the text."""
        return bool(self.told(text, scope=scope))

    def told(self, text: str, *, scope: str = "conflict") -> int:
        """What the text speaks of (`Tells`, perhaps not all of it); 0 = it can hold no account."""
        enough = _ENOUGH[scope]
        pieces = pieces_of(text)
        notes = self._noticer.notes(pieces)
        if not notes:
            return 0
        told, units = told_and_units(notes.values())
        if _any_of(enough, told):
            return told
        longer = self._noticer.longer(pieces, notes, units, told)
        return next((more for more in longer if _any_of(enough, more)), 0)


def _tells(category: str, key: str) -> int:
    if category == "harm":
        return 0 if key.partition("_")[0] in _HARMLESS_FATES else int(Tells.HARM)
    if opens_harm(category, key):
        return int(Tells.HARM)
    if category == "deadly":
        return int(Tells.HARM) if key != "0" else 0
    if category == "cause":
        return int(Tells.STRIKE if key in _STRIKES else Tells.CAUSE)
    return int(Tells.PARTY) if category.startswith("party") else 0


def _any_of(enough: Iterable[int], told: int) -> bool:
    return any(told & wanted == wanted for wanted in enough)


@cache
def triage(code: str) -> Triage:
    """The triage of a language, compiled once."""
    return Triage(load_language(code))
