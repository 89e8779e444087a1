"""The numbers and the dates of a text, read together because each needs the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bilan.core.claims.dates.datelines import dateline, with_datelines
from bilan.core.claims.dates.dates import DateMention, dates_in
from bilan.core.claims.dates.rules import date_rules
from bilan.core.claims.numbers.amounts import amounts
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
    return numerals(words, found, language, dated=dated, numbers=bare), dates


def own_day(words: Words, hits: Sequence[Hit], language: Language) -> date | None:
    """The day that a text without a day of publication gives as its own, or None."""
    found, written = Found(hits), date_rules(language.code).written
    dates = dates_in(words, found, language, None)
    return dateline(words, with_datelines(words, dates, written), written)
