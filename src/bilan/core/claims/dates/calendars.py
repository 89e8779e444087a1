"""Days of the three calendars in which the news is dated: Gregorian, Islamic, Iranian.

Islamic dates follow the Umm al-Qura calendar (package hijridate); a month may begin a day earlier
or later elsewhere, so that such a date is three days wide. Iranian leap years follow the 33-year
cycle, which agrees with the observed equinox from 1244 to 1472 (1865 to 2093).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from hijridate import Gregorian, Hijri

from bilan.core.values import DatePrecision, When

_DAY = timedelta(days=1)
_KEPT_MONTHS = 1 << 12  # months remembered with their days; under 2 MB when full
_JALALI_LEAPS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})  # of the year within the 33-year cycle
_JALALI_FIRST, _JALALI_LAST = 1244, 1472
_NOWRUZ = (1396, date(2017, 3, 21))  # a New Year's Day from which the others are counted
_LONG_MONTHS = 6  # the first six months of an Iranian year have 31 days, the others 30
_HIJRI_FIRST, _HIJRI_LAST = 1343, 1500  # years that hijridate knows


YEARS = range(1000, 3000)  # years of which news may speak; beyond them a date is a slip


class Calendar(StrEnum):
    """Which calendar a month belongs to; the letter is the one in the language files."""

    GREGORIAN = "g"
    HIJRI = "h"
    JALALI = "j"


def day_of(calendar: Calendar, year: int, month: int, day: int) -> When | None:
    """The day of a date, three days wide for an Islamic one; None where there is no such day."""
    try:
        if calendar is Calendar.GREGORIAN:
            return When.on(date(year, month, day)) if year in YEARS else None
        if calendar is Calendar.JALALI:
            return When.on(_from_jalali(year, month, day))
        if not _HIJRI_FIRST <= year <= _HIJRI_LAST:
            return None
        middle = date.fromordinal(Hijri(year, month, day).to_gregorian().toordinal())
        return When(middle - _DAY, middle + _DAY)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=_KEPT_MONTHS)
def month_of(calendar: Calendar, year: int, month: int) -> When | None:
    """A whole month; None where the calendar has no such month."""
    last = {Calendar.GREGORIAN: 31, Calendar.HIJRI: 30, Calendar.JALALI: 31}[calendar]
    first = day_of(calendar, year, month, 1)
    ends = (day_of(calendar, year, month, day) for day in range(last, 26, -1))
    end = next((when for when in ends if when is not None), None)
    if first is None or end is None:
        return None
    return When(first.start, end.end, DatePrecision.MONTH)


def year_of(calendar: Calendar, day: date) -> int:
    """The year of a calendar in which a day lies; about, outside the years that it covers."""
    if calendar is Calendar.GREGORIAN:
        return day.year
    if calendar is Calendar.HIJRI:
        try:
            return int(Gregorian.fromdate(day).to_hijri().year)
        except OverflowError:
            return day.year - 579
    if not _JALALI_FIRST <= day.year - 621 <= _JALALI_LAST:
        return day.year - 621
    return day.year - (621 if day >= _nowruz(day.year - 621) else 622)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last day where that month is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _from_jalali(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12 or not 1 <= day <= _jalali_length(year, month):
        raise ValueError(f"no such day: {year}-{month}-{day}")
    before = sum(_jalali_length(year, m) for m in range(1, month))
    return _nowruz(year) + timedelta(days=before + day - 1)


def _jalali_length(year: int, month: int) -> int:
    if month <= _LONG_MONTHS:
        return 31
    return 29 if month == 12 and year % 33 not in _JALALI_LEAPS else 30


def _nowruz(year: int) -> date:
    """The first day of an Iranian year."""
    if not _JALALI_FIRST <= year <= _JALALI_LAST:
        raise ValueError(f"no such year: {year}")
    known, day = _NOWRUZ
    step = 1 if year > known else -1
    leaps = sum(1 for y in _between(known, year) if y % 33 in _JALALI_LEAPS)
    return day + timedelta(days=365 * (year - known) + step * leaps)


def _between(known: int, year: int) -> range:
    return range(known, year) if year > known else range(year, known)
