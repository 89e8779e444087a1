"""Which words of a vocabulary a raw text may hold, told without cutting it into words first.

Only pieces between blanks that are not known to say nothing are looked at, and each is remembered:
that costs a tenth of cutting a text into words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import filterfalse

from bilan.core.claims.text.language import Language
from bilan.core.claims.text.lexicon import Entry, Hit, Lexicon, unit_forms, units_of
from bilan.core.claims.text.tokens import norms_of, words_of
from bilan.core.frozen import dataclass

_REMEMBERED = 1 << 17  # pieces of text remembered per vocabulary; about 20 MB when full
_LONGEST = 64  # characters of a piece worth remembering


@dataclass(frozen=True, slots=True)
class Note:
    """What a piece says by itself, and of which longer phrases it holds a word (their units)."""

    tells: int
    units: frozenset[str]


_NOTHING = Note(0, frozenset())
Notes = Mapping[str, Note]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase of several words: what it tells, and the words by which it is noticed."""

    tells: int
    units: frozenset[str]
    length: int


class Noticer:
    """Notices the phrases of a language of which `tells` says something (flags; 0 = nothing)."""

    def __init__(self, language: Language, tells: Callable[[str, str], int]) -> None:
        """`tells` takes the category and the key of a phrase."""
        self._tells = tells
        kept = [e for e in language.lexicon.entries if tells(e.category, e.key)]
        common = language.folded("detect", "words")
        single = [entry for entry in kept if len(units_of(entry.phrase)) == 1]
        alone = {(entry.phrase, tells(entry.category, entry.key)) for entry in single}
        self._by_unit: dict[str, list[_Phrase]] = {}
        for phrase in self._phrases(kept, alone, common):
            self._by_unit.setdefault(min(phrase.units), []).append(phrase)
        units = {unit for group in self._by_unit.values() for p in group for unit in p.units}
        self.vocabulary: Lexicon = language.lexicon.of(kept)
        self._singles = language.lexicon.of(
            [*single, *(Entry(unit, "unit", unit) for unit in sorted(units))]
        )
        forms = (f for e in kept for unit in units_of(e.phrase) for f, _ in unit_forms(unit))
        self._has_digits = any(form[:1].isdecimal() for form in forms)
        self._plain: set[str] = set()  # pieces known to say nothing
        self._noted: dict[str, Note] = {}

    def _phrases(
        self, entries: Iterable[Entry], alone: set[tuple[str, int]], common: frozenset[str]
    ) -> Iterator[_Phrase]:
        """The phrases of several words; not those around a word that tells the same by itself."""
        for entry in entries:
            units, tells = units_of(entry.phrase), self._tells(entry.category, entry.key)
            if len(units) > 1 and not any((unit, tells) in alone for unit in units):
                rare = [unit for unit in units if _letters(unit) and not _is_common(unit, common)]
                yield _Phrase(tells, frozenset(rare or [max(units, key=_letters)]), len(units))

    def told_by(self, hits: Iterable[Hit]) -> int:
        """What some phrases tell together."""
        told = 0
        for hit in hits:
            told |= self._tells(hit.category, hit.key)
        return told

    def notes(self, pieces: Iterable[str]) -> Notes:
        """What the pieces say that may say anything, by their wording."""
        unknown = set(filterfalse(self._plain.__contains__, pieces))
        found = ((piece, self._note(piece)) for piece in unknown)
        return {piece: note for piece, note in found if note.tells or note.units}

    def at_most(self, notes: Iterable[Note]) -> int:
        """What a stretch of text with these notes may tell: never less than what it does."""
        told, units = told_and_units(notes)
        for unit in units:
            for phrase in self._by_unit.get(unit, ()):
                if phrase.units <= units:
                    told |= phrase.tells
        return told

    def longer(
        self, pieces: Sequence[str], notes: Notes, units: frozenset[str], told: int
    ) -> Iterator[int]:
        """What is told with each phrase of several words whose words all are in the text."""
        for unit in sorted(units):  # so that every process looks in the same order
            for phrase in self._by_unit.get(unit, ()):
                if phrase.tells & ~told and phrase.units <= units:
                    told |= self._around(pieces, notes, unit, phrase)
                    yield told

    def _around(self, pieces: Sequence[str], notes: Notes, unit: str, phrase: _Phrase) -> int:
        """What is told where a piece holds a unit of a phrase, and those near it the others."""
        told = 0
        for i in _positions(pieces, [p for p, note in notes.items() if unit in note.units]):
            near = pieces[max(0, i - phrase.length) : i + phrase.length]
            _, units = told_and_units(notes[piece] for piece in near if piece in notes)
            if phrase.units <= units:
                told |= self.told_by(self.vocabulary.find(words_of(" ".join(near))))
        return told

    def _note(self, piece: str) -> Note:
        note = self._noted.get(piece)
        if note is not None:
            return note
        if piece.isdecimal() and not self._has_digits:
            return _NOTHING  # every text has numbers that no other has
        hits = self._singles.find_among(norms_of(piece))
        units = frozenset(hit.key for hit in hits if hit.category == "unit")
        note = Note(self.told_by(hit for hit in hits if hit.category != "unit"), units)
        self._remember(piece, note)
        return note

    def _remember(self, piece: str, note: Note) -> None:
        if len(piece) > _LONGEST:
            return
        if len(self._plain) + len(self._noted) >= _REMEMBERED:
            self._plain.clear()
            self._noted.clear()
        if note.tells or note.units:
            self._noted[piece] = note
        else:
            self._plain.add(piece)


def _positions(pieces: Sequence[str], wanted: Iterable[str]) -> Iterator[int]:
    """Where the wanted pieces stand."""
    for piece in wanted:
        at = -1
        for _ in range(pieces.count(piece)):
            at = pieces.index(piece, at + 1)
            yield at


def told_and_units(notes: Iterable[Note]) -> tuple[int, frozenset[str]]:
    """What the notes tell together, and the units of longer phrases that they hold."""
    told, units = 0, set[str]()
    for note in notes:
        told |= note.tells
        units |= note.units
    return told, frozenset(units)


def _letters(unit: str) -> int:
    return min(len(form) if form.isalnum() else 0 for form, _ in unit_forms(unit))


def _is_common(unit: str, common: frozenset[str]) -> bool:
    return any(form in common for form, _ in unit_forms(unit))
