"""The number words of a language, compiled from its [numbers] tables.

[numbers.words]  value = forms: what is added ("20" = ["twenty"]).
[numbers.scales] value = forms: what multiplies ("1000" = ["thousand"]).
[numbers] and        words for "and" between parts; and_after = after which parts it may stand
          and_before before which values it stands after tens (vingt et un)
          plain_after after which parts the next follows with nothing between
                      ("ten", "tens", "hundreds", "thousands")
          prefixes   written-on particles; `joining` are those that mean "and", `definite` "the"
          suffixes   endings that any number word may take; not_numbers = forms so made that are
                     other words; exact = words told from others by their accents alone
          glued      what stands between parts written as one word
          dotted     abbreviations that a full stop may follow
          weak       number words that are articles as well
          units_first  units before tens (خمسة وعشرون); teens = words for ten after a unit
          vigesimal  sixty and eighty take ten to nineteen (soixante-dix, quatre-vingts)
          digits_after_scale  digits may follow a scale with nothing between (23 bin 708)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from fractions import Fraction
from typing import Any, NamedTuple

from bilan.core.claims.text.tokens import fold
from bilan.core.frozen import dataclass

Value = int | Fraction


class Piece(NamedTuple):
    """One part of a number."""

    value: int
    scale: bool = False
    joined: bool = False
    definite: bool = False
    weak: bool = False
    teen: bool = False
    vigesimal: bool = False
    digits: bool = False
    amount: Value = 0

    @classmethod
    def of_digits(cls, value: Value) -> Piece:
        """A part written in digits."""
        return cls(int(value), digits=True, amount=value)


NO_PIECES: tuple[Piece, ...] = ()


def _size(value: int) -> str:
    """The size of the last part of a number: what may follow it depends on it."""
    if value % 1000 == 0:
        return "thousands"
    if value % 100 == 0:
        return "hundreds"
    if value % 10:
        return "units"
    return "ten" if value % 100 == 10 else "tens"


_ROOM = {"thousands": 1000, "hundreds": 100, "tens": 10, "ten": 10, "units": 0}


@dataclass(frozen=True)
class NumberWords:
    """Pieces by folded word, and the rules by which they follow each other."""

    pieces: Mapping[str, tuple[Piece, ...]]
    joints: frozenset[str]
    and_after: frozenset[str]
    plain_after: frozenset[str]
    and_before: frozenset[int]
    units_first: bool
    vigesimal: bool
    digits_after_scale: bool
    dotted: frozenset[str]  # abbreviations, which a full stop may follow
    heads: frozenset[str]  # first halves of words that an apostrophe may split
    exact: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> NumberWords:
        """Compiled from the [numbers] table of a language."""
        forms = _Forms(table)
        return cls(
            pieces=forms.pieces,
            joints=frozenset(fold(w) for w in table.get("and", ())),
            and_after=frozenset(table.get("and_after", ())),
            plain_after=frozenset(table.get("plain_after", ())),
            and_before=frozenset(table.get("and_before", ())),
            units_first=bool(table.get("units_first", False)),
            vigesimal=bool(table.get("vigesimal", False)),
            digits_after_scale=bool(table.get("digits_after_scale", False)),
            dotted=frozenset(fold(w) for w in table.get("dotted", ())),
            heads=frozenset(forms.heads),
            exact={fold(w): w.casefold() for w in table.get("exact", ())},
        )

    def admits(
        self, group: Value | None, scale: int, digits: bool, piece: Piece, joined: bool
    ) -> bool:
        """Whether a part may follow what was read so far."""
        if piece.scale:
            return self._admits_scale(group, scale, piece.value, joined)
        if piece.digits:
            return self._admits_digits(group, scale, piece, joined)
        if group is None:
            return 0 < piece.value < scale and self._follows("thousands", joined)
        if digits or group.denominator != 1:
            return False
        return self._admits_word(int(group), piece, joined)

    def _follows(self, size: str, joined: bool) -> bool:
        return size in (self.and_after if joined else self.plain_after)

    def _admits_scale(self, group: Value | None, scale: int, value: int, joined: bool) -> bool:
        if scale and value >= scale:
            return False
        if group is None:
            return self._follows("thousands", joined)
        if value < 1000:
            return not joined and group < 100 and (value != 100 or group < 10)
        return not joined

    def _admits_digits(self, group: Value | None, scale: int, piece: Piece, joined: bool) -> bool:
        if group is not None or not scale or piece.value >= scale or piece.amount.denominator > 1:
            return False
        return joined if "thousands" in self.and_after and joined else self.digits_after_scale

    def _admits_word(self, group: int, piece: Piece, joined: bool) -> bool:
        rest, value = group % 100, piece.value
        if piece.teen and not joined:
            return 0 < rest < 10
        if self.units_first and joined and 0 < rest < 10:
            return value % 10 == 0 and 20 <= value < 100
        if self.vigesimal and not joined and self._admits_vigesimal(rest, piece):
            return True
        size = _size(group)
        if joined and value in self.and_before:
            return rest == 60 if value > 10 else size == "tens"
        return 0 < value < _ROOM[size] and self._follows(size, joined)

    @staticmethod
    def _admits_vigesimal(rest: int, piece: Piece) -> bool:
        """Quatre-vingts; soixante-dix, quatre-vingt-onze; dix-sept."""
        if rest == 4:
            return piece.vigesimal
        if rest in (60, 80):
            return 0 < piece.value < 20
        return rest == 10 and 7 <= piece.value <= 9


class _Forms:
    """Every written form of every number word."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = table
        self._weak = {fold(w) for w in table.get("weak", ())}
        self._teens = {fold(w) for w in table.get("teens", ())}
        self._not = {fold(w) for w in table.get("not_numbers", ())}
        self._vigesimal = bool(table.get("vigesimal", False))
        self._suffixes = tuple(fold(s) for s in table.get("suffixes", ()))
        self.pieces: dict[str, tuple[Piece, ...]] = {}
        self.heads: set[str] = set()
        base = [*self._listed("words", False), *self._listed("scales", True)]
        for word, piece in [*base, *self._glued(base)]:
            self._add(word, piece)
        for word, piece in list(self._prefixed()):
            self._add(word, piece, twice=False)

    def _listed(self, name: str, scale: bool) -> Iterator[tuple[str, Piece]]:
        for value, forms in self._table.get(name, {}).items():
            for form in forms:
                yield fold(form), self._piece(fold(form), int(value), scale)
                self._note_head(form)

    def _piece(self, word: str, value: int, scale: bool) -> Piece:
        return Piece(
            value,
            scale,
            weak=word in self._weak,
            teen=word in self._teens,
            vigesimal=self._vigesimal and value == 20,
            amount=value,
        )

    def _note_head(self, form: str) -> None:
        head, mark, _ = form.partition("ʼ")
        if mark:
            self.heads.add(fold(head))

    def _add(self, word: str, piece: Piece, *, twice: bool = True) -> None:
        self._put(word.replace("ʼ", ""), piece, twice=twice)
        if "ʼ" in word:
            self._put(word, piece, twice=twice)
        if twice:
            for suffix in self._suffixes:
                if word + suffix not in self._not:
                    self._put(word + suffix, piece, twice=False)

    def _put(self, word: str, piece: Piece, *, twice: bool) -> None:
        known = self.pieces.get(word, NO_PIECES)
        # واحد is "one", and وأحد "and one": both stay possible.
        same = any(p.value == piece.value for p in known)
        if not known or ((twice or same) and piece not in known):
            self.pieces[word] = (*known, piece)

    def _glued(self, base: Sequence[tuple[str, Piece]]) -> Iterator[tuple[str, Piece]]:
        """Parts written as one word: twenty-five, two hundred, five thousand."""
        small = [(w, p.value) for w, p in base if not p.scale and 0 < p.value < 100]
        hundreds = [(w, p.value) for w, p in base if p.value % 100 == 0 and 0 < p.value < 1000]
        for glue in self._table.get("glued", ()):
            two = [
                (w + fold(glue) + v, a + b)
                for w, a in small
                for v, b in small
                if a % 10 == 0 and a >= 10 and 0 < b < 10 and a + b >= 11 + 10 * (glue != "")
            ]
            below = [*small, *two]
            three = [(w + fold(glue) + v, a + b) for w, a in hundreds for v, b in below]
            times = self._times("100", [s for s in small if 1 < s[1] < 10])
            thousands = self._times("1000", [*below, *hundreds])
            for word, value in [*two, *three, *times, *thousands]:
                yield word, self._piece(word, value, False)

    def _times(self, scale: str, factors: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
        """A scale written onto what it multiplies."""
        for form in self._table.get("scales", {}).get(scale, ()):
            yield from ((word + fold(form), value * int(scale)) for word, value in factors)

    def _prefixed(self) -> Iterator[tuple[str, Piece]]:
        joining = {fold(p) for p in self._table.get("joining", ())}
        definite = {fold(p) for p in self._table.get("definite", ())}
        for written in self._table.get("prefixes", ()):
            prefix = fold(written)
            joined = any(prefix.startswith(j) for j in joining)
            the = any(prefix.endswith(d) for d in definite)
            for word, known in list(self.pieces.items()):
                if prefix + word in self._not:
                    continue
                yield prefix + word, known[0]._replace(joined=joined, definite=the)
