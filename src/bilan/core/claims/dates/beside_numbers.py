"""The numbers and the dates of a text, read together because each needs the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from bilan.core.claims.dates.datelines import dateline, with_datelines
from bilan.core.claims.dates.dates import DateMention, dates_in
from bilan.core.claims.dates.rules import date_rules
from bilan.core.claims.numbers.amounts import amounts
from bilan.core.claims.numbers.kinds import NumberKind
from bilan.core.claims.numbers.numbers import Numeral, numerals
from bilan.core.claims.text.found import Found
from bilan.core.claims.text.language import Language
from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.tokens import Words


def numbers_and_dates(
    words: Words, hits: Sequence[Hit], language: Language, published: date | None
) -> tuple[list[Numeral], list[DateMention]]:
    """Both, in the order of the text. Numbers within dates are of kind DATE."""
    found = Found(hits)
    bare = amounts(words, found, language)
    dates = dates_in(words, found, language, published, numbers=bare)
    dates = with_datelines(words, dates, date_rules(language.code).written)
    dated = [(d.first, d.last) for d in dates]
    read = numerals(words, found, language, dated=dated, numbers=bare)
    ages = [n.first for n in read if n.kind is NumberKind.AGE]
    return read, [d for d in dates if not _holds_any(d, ages)]


def _holds_any(day: DateMention, ages: Sequence[int]) -> bool:
    """Whether the words of a date are those of an age, as a year of birth is one."""
    at = bisect_left(ages, day.first)
    return at < len(ages) and ages[at] < day.last


def own_day(words: Words, hits: Sequence[Hit], language: Language) -> date | None:
    """The day that a text without a day of publication gives as its own, or None."""
    found, written = Found(hits), date_rules(language.code).written
    dates = dates_in(words, found, language, None)
    return dateline(words, with_datelines(words, dates, written), written)
