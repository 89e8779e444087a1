"""Whether a text can tell of harm at all: most of the world's text cannot, and is read no further.

A text without any phrase of harm, and without a cause beside an armed party, holds no account
whatever its grammar. Looking for these phrases costs a tenth of cutting the text into words: only
pieces between blanks that are not known to say nothing are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntFlag
from functools import cache

from bilan.core.claims.language import Language, load_language
from bilan.core.claims.lexicon import Entry, unit_forms, units_of
from bilan.core.claims.tokens import fold, words_of

_REMEMBERED = 1 << 17  # pieces of text remembered per language; about 20 MB when full
_LONGEST = 64  # characters of a piece worth remembering
_HARMLESS_FATES = frozenset({"other"})


class Tells(IntFlag):
    """What a piece of text, or a phrase, speaks of."""

    NOTHING = 0
    HARM = 1
    STRIKE = 2  # a weapon of war at work: an air raid, shelling, rockets
    CAUSE = 4  # what also does harm outside wars: a shot, a mine, an explosion
    PARTY = 8


# A party's release on its own act names no harm, so a cause beside a party is enough; outside armed
# conflicts any cause is.
_ENOUGH = {
    "conflict": (Tells.HARM, Tells.STRIKE, Tells.CAUSE | Tells.PARTY),
    "any": (Tells.HARM, Tells.STRIKE, Tells.CAUSE),
}
_STRIKES = frozenset({"airstrike", "drone", "artillery_shelling", "rocket_missile", "shelling"})


@dataclass(frozen=True, slots=True)
class _Noted:
    """What a piece says by itself, and of which longer phrases it holds a word (their units)."""

    tells: Tells
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase of several words: what it tells, and the words by which it is noticed."""

    tells: Tells
    units: frozenset[str]
    length: int


class Triage:
    """Sorts out the texts of one language that hold no account."""

    def __init__(self, language: Language) -> None:
        kept = [entry for entry in language.lexicon.entries if _of_entry(entry)]
        common = frozenset(fold(word) for word in language.table("detect").get("words", ()))
        single = [entry for entry in kept if len(units_of(entry.phrase)) == 1]
        alone = {(entry.phrase, _of_entry(entry)) for entry in single}
        self._by_unit: dict[str, list[_Phrase]] = {}
        for phrase in _phrases(kept, alone, common):
            self._by_unit.setdefault(min(phrase.units), []).append(phrase)
        units = {unit for group in self._by_unit.values() for p in group for unit in p.units}
        self._vocabulary = language.lexicon.of(kept)
        self._singles = language.lexicon.of(
            [*single, *(Entry(unit, "unit", unit) for unit in sorted(units))]
        )
        self._plain: set[str] = set()  # pieces known to say nothing
        self._noted: dict[str, _Noted] = {}

    def may_tell(self, text: str, *, scope: str = "conflict") -> bool:
        """False only where no phrase of the vocabulary could make an account of the text."""
        enough = _ENOUGH[scope]
        pieces = text.split()
        noted = [self._note(piece) for piece in set(pieces).difference(self._plain)]
        told = Tells.NOTHING
        for note in noted:
            told |= note.tells
        if _any_of(enough, told):
            return True
        units = frozenset(unit for note in noted for unit in note.units)
        return any(_any_of(enough, more) for more in self._longer(pieces, units, told))

    def _note(self, piece: str) -> _Noted:
        note = self._noted.get(piece)
        if note is not None:
            return note
        tells, units = Tells.NOTHING, set()
        for hit in self._singles.find(words_of(piece)):
            if hit.category == "unit":
                units.add(hit.key)
            else:
                tells |= _tells(hit.category, hit.key)
        note = _Noted(tells, frozenset(units))
        self._remember(piece, note)
        return note

    def _remember(self, piece: str, note: _Noted) -> None:
        if len(piece) > _LONGEST:
            return
        if len(self._plain) + len(self._noted) >= _REMEMBERED:
            self._plain.clear()
            self._noted.clear()
        if note.tells or note.units:
            self._noted[piece] = note
        else:
            self._plain.add(piece)

    def _longer(self, pieces: Sequence[str], units: frozenset[str], told: Tells) -> Iterator[Tells]:
        """What is told with each phrase of several words whose words all are in the text."""
        for unit in units:
            for phrase in self._by_unit.get(unit, ()):
                if phrase.tells & ~told and phrase.units <= units:
                    told |= self._around(pieces, unit, phrase.length)
                    yield told

    def _around(self, pieces: Sequence[str], unit: str, length: int) -> Tells:
        """What is told near the pieces that hold a unit."""
        told = Tells.NOTHING
        for i, piece in enumerate(pieces):
            if piece not in self._plain and unit in self._note(piece).units:
                near = words_of(" ".join(pieces[max(0, i - length) : i + length]))
                for hit in self._vocabulary.find(near):
                    told |= _tells(hit.category, hit.key)
        return told


def _tells(category: str, key: str) -> Tells:
    if category == "harm":
        return Tells.NOTHING if key.partition("_")[0] in _HARMLESS_FATES else Tells.HARM
    if category == "cause":
        return Tells.STRIKE if key in _STRIKES else Tells.CAUSE
    return Tells.PARTY if category.startswith("party") else Tells.NOTHING


def _any_of(enough: Iterable[Tells], told: Tells) -> bool:
    return any(told & wanted == wanted for wanted in enough)


def _of_entry(entry: Entry) -> Tells:
    return _tells(entry.category, entry.key)


def _phrases(
    entries: Iterable[Entry], alone: set[tuple[str, Tells]], common: frozenset[str]
) -> Iterator[_Phrase]:
    """The phrases of several words; not those around a word that tells the same by itself."""
    for entry in entries:
        units, tells = units_of(entry.phrase), _of_entry(entry)
        if len(units) > 1 and not any((unit, tells) in alone for unit in units):
            rare = [unit for unit in units if _letters(unit) and not _is_common(unit, common)]
            yield _Phrase(tells, frozenset(rare or [max(units, key=_letters)]), len(units))


def _letters(unit: str) -> int:
    return min(len(form) if form.isalnum() else 0 for form, _ in unit_forms(unit))


def _is_common(unit: str, common: frozenset[str]) -> bool:
    return any(form in common for form, _ in unit_forms(unit))


@cache
def triage(code: str) -> Triage:
    """The triage of a language, compiled once."""
    return Triage(load_language(code))
