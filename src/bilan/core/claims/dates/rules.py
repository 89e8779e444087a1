"""How a language writes dates: its [dates] table, compiled once.

[dates] order       "dmy" or "mdy": how 3/4/2017 is read where both are possible
        month_day   a day may follow its month (September 16)
        capital_months  months that are other words too begin with a capital
        short_year  a year of two digits may follow a month without a mark (6 Jan 90)
        calendar    the calendar of written years below 1600 ("h" Islamic, "j" Iranian)
        glue        words that may stand between the parts of one date
        to          what stands between the two ends of a stretch ("8 to 9 February")
        of          what may stand between a day and its month
        in          what stands before a month that is another word as well ("in May")
        on          what stands before a short date in digits ("on 16/9")
        every       what makes a weekday a habit ("every Friday")
        articles    words that count as one before a unit of time ("a week ago")
        the         articles that belong to a stretch of time ("the past three days")
        ordinals    endings of days in digits (1st, 1er)
        written     words before the day of writing ("Posted: Monday, March 31, 2014")
        marks       what may stand before or behind a year (г., م)
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from bilan.core.claims.dates.calendars import Calendar
from bilan.core.claims.numbers.phrases import Pattern, patterns
from bilan.core.claims.text.language import load_language
from bilan.core.claims.text.tokens import fold
from bilan.core.frozen import dataclass


@dataclass(frozen=True)
class DateRules:
    """The rules of one language; words are folded."""

    month_first: bool
    month_day: bool
    capital_months: bool
    short_year: bool
    calendar: Calendar
    glue: frozenset[str]
    to: frozenset[Pattern]
    of: frozenset[str]
    in_: frozenset[str]
    on: frozenset[str]
    every: frozenset[str]
    articles: frozenset[str]
    the: frozenset[str]
    ordinals: frozenset[str]
    marks: frozenset[str]
    written: frozenset[str]


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(w) or w for w in words)


@cache
def date_rules(code: str) -> DateRules:
    """The rules of a language, compiled once."""
    table = load_language(code).table("dates")
    return DateRules(
        month_first=table.get("order", "dmy") == "mdy",
        month_day=bool(table.get("month_day", False)),
        capital_months=bool(table.get("capital_months", False)),
        short_year=bool(table.get("short_year", False)),
        calendar=Calendar(table.get("calendar", "g")),
        glue=_folded(table.get("glue", ())) | {",", "،", "(", ")"},
        to=frozenset(p for phrase in table.get("to", ("-",)) for p in patterns(phrase)),
        of=_folded(table.get("of", ())),
        in_=_folded(table.get("in", ())),
        on=_folded(table.get("on", ())),
        every=_folded(table.get("every", ())),
        articles=_folded(table.get("articles", ())),
        the=_folded(table.get("the", ())),
        ordinals=_folded(table.get("ordinals", ())),
        marks=_folded(table.get("marks", ())),
        written=_folded(table.get("written", ())),
    )
