"""The numbers and the dates of a text, read together because each needs the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from bilan.core.claims.dates.datelines import dateline, with_datelines
from bilan.core.claims.dates.dates import DateMention, atoms_in, dates_of
from bilan.core.claims.dates.rules import date_rules
from bilan.core.claims.numbers.amounts import amounts
from bilan.core.claims.numbers.kinds import NumberKind
from bilan.core.claims.numbers.numbers import Numeral, numerals
from bilan.core.claims.text.found import Found
from bilan.core.claims.text.language import Language
from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.tokens import Words


class NumbersAndDates:
    """The bare numbers and the parts of dates of a text, read once whatever day it was written."""

    def __init__(self, words: Words, hits: Sequence[Hit], language: Language) -> None:
        self._words, self._language = words, language
        self._found = Found(hits)
        self._bare = amounts(words, self._found, language)
        self._atoms = atoms_in(words, self._found, language, self._bare)
        self._written = date_rules(language.code).written
        self._undated: list[DateMention] | None = None

    def own_day(self) -> date | None:
        """The day that a text without a day of publication gives as its own, or None."""
        return dateline(self._words, self._dates(None), self._written)

    def read(self, published: date | None) -> tuple[list[Numeral], list[DateMention]]:
        """The numbers and the dates, in the order of the text. Numbers within dates are of kind
        DATE."""
        dates = self._dates(published)
        dated = [(d.first, d.last) for d in dates]
        read = numerals(self._words, self._found, self._language, dated=dated, numbers=self._bare)
        ages = [n.first for n in read if n.kind is NumberKind.AGE]
        return read, [d for d in dates if not _holds_any(d, ages)]

    def _dates(self, published: date | None) -> list[DateMention]:
        """The dates as they are resolved by a day of publication, datelines told apart."""
        if published is None and self._undated is not None:
            return self._undated
        dates = dates_of(self._words, self._found, self._language, published, self._atoms)
        dates = with_datelines(self._words, dates, self._written)
        if published is None:
            self._undated = dates
        return dates


def numbers_and_dates(
    words: Words, hits: Sequence[Hit], language: Language, published: date | None
) -> tuple[list[Numeral], list[DateMention]]:
    """Both, in the order of the text. Numbers within dates are of kind DATE."""
    return NumbersAndDates(words, hits, language).read(published)


def _holds_any(day: DateMention, ages: Sequence[int]) -> bool:
    """Whether the words of a date are those of an age, as a year of birth is one."""
    at = bisect_left(ages, day.first)
    return at < len(ages) and ages[at] < day.last
