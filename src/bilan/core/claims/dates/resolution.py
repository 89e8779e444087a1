"""From the parts of a date to days, against the day of publication."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bilan.core.claims.dates.calendars import day_of, month_of, months_before, year_of
from bilan.core.claims.dates.parts import Atom, AtomKind
from bilan.core.values import DatePrecision, When

_AHEAD = timedelta(days=1)  # a report may be dated a day before it was written, east of Greenwich
_LONG = timedelta(days=366)  # a date in digits lies rather within a year before publication
_FORMULA = re.compile(r"([DAWMYE])([+-]\d+)?([dwmyh]|min)?(?:\.\.D([+-]\d+)?)?")
_PERIOD = re.compile(r"P(\d+)([hdwmy])")
_DAYS = {"d": 1, "w": 7}
_HOURS = 24
_THIRDS = {"first_days": (1, 10), "early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_FARTHEST = 40_000  # days from publication that a stretch may reach back; about a century
_FIRST_DAY = date.min + timedelta(days=2 * _FARTHEST)
_LAST_DAY = date.max - timedelta(days=2 * _FARTHEST)


class Resolver:
    """Resolves dates against one day of publication, or none."""

    def __init__(self, published: date | None) -> None:
        # A day so near the ends of the calendar that a century does not fit is a slip, no date.
        fits = published is not None and _FIRST_DAY <= published <= _LAST_DAY
        self._today = published if fits else None

    def single(self, atom: Atom) -> When | None:
        """What one part alone says of the day; None where it says nothing or cannot be known."""
        if atom.kind is AtomKind.DAY:
            return self._nearest(atom)
        if atom.kind is AtomKind.WEEKDAY:
            return self.weekday(int(atom.key), "", None, into=False)
        return self.formula(atom.key)[0] if atom.kind is AtomKind.WORD else None

    # -- days ----------------------------------------------------------------------------------

    def day(self, atom: Atom, *, into: bool = False) -> When | None:
        """A day, or the night that leads to it; without a year the nearest past one."""
        when = self._nearest(atom)
        if when is None or not into:
            return when
        return When(when.start - timedelta(days=1), when.end)

    def stretch(self, atom: Atom, end: Atom) -> When | None:
        """From one day to another; the first takes its year from the second."""
        last = self._nearest(end)
        if last is None:
            return None
        for year in (
            atom.year,
            year_of(end.calendar, last.end),
            year_of(end.calendar, last.end) - 1,
        ):
            first = self._on(atom, year) if year is not None else None
            if first is not None and first.start <= last.end:
                return When(first.start, last.end)
        return last

    def _nearest(self, atom: Atom) -> When | None:
        if atom.key:
            return self._in_month(atom)
        if atom.year is not None:
            return self._either(atom)
        if self._today is None:
            return None
        this = year_of(atom.calendar, self._today + _AHEAD)
        for year in (this, this - 1, this - 2, this - 3, this - 4):
            when = self._on(atom, year)
            if when is not None and when.start <= self._today + _AHEAD:
                return when
        return None

    def _in_month(self, atom: Atom) -> When | None:
        """A day of this month or of the last one, as the key tells: "the 12th of last month"."""
        month, _ = self.formula(atom.key)
        if month is None or atom.day is None:
            return None
        day = month.start + timedelta(days=atom.day - 1)
        return When.on(day) if day <= month.end else None

    def _either(self, atom: Atom) -> When | None:
        """Digits that may be day-month or month-day: the one within a year before publication."""
        written = self._on(atom, atom.year)
        if not atom.either or self._today is None or self._is_recent(written):
            return written
        swapped = self._on(_swapped(atom), atom.year)
        return swapped if self._is_recent(swapped) else written

    def _is_recent(self, when: When | None) -> bool:
        today = self._today
        return (
            when is not None
            and today is not None
            and (today - _LONG <= when.start <= today + _AHEAD)
        )

    @staticmethod
    def _on(atom: Atom, year: int | None) -> When | None:
        if year is None or atom.month is None or atom.day is None:
            return None
        first = day_of(atom.calendar, year, atom.month, atom.day)
        if first is None or atom.day_to is None:
            return first
        last = day_of(atom.calendar, year, atom.month, atom.day_to)
        return first if last is None else When(first.start, last.end)

    def numbered(self, weekday: int, day: int) -> When | None:
        """ "Saturday 16": the last such day that is a Saturday, within three months."""
        if self._today is None:
            return None
        days = (self._today + _AHEAD - timedelta(days=back) for back in range(92))
        fitting = (d for d in days if d.day == day and d.weekday() == weekday)
        return next((When.on(d) for d in fitting), None)

    def weekday(self, day: int, turn: str, until: int | None, *, into: bool) -> When | None:
        """The last such day on or before publication; with `until` the stretch that ends so."""
        if self._today is None:
            return None
        end = day if until is None else until
        back = (self._today.weekday() - end) % 7
        if turn == "last" and back == 0:
            back = 7
        if turn == "next":
            back -= 7
        last = self._today - timedelta(days=back)
        length = (end - day) % 7 if until is not None else int(into)
        return When(last - timedelta(days=length), last)

    def part(self, key: str) -> When | None:
        """A mere part of the day: of the day of publication; an unnamed night spans two days."""
        if self._today is None:
            return None
        return self._from(self._today, -1 if key == "night" else 0)

    @staticmethod
    def _from(day: date, shift: int) -> When:
        other = day + timedelta(days=shift)
        return When(min(day, other), max(day, other))

    # -- weeks, months, years ------------------------------------------------------------------

    def month(self, atom: Atom, turn: str) -> When | None:
        """A whole month; without a year the nearest that has begun."""
        if atom.month is None:
            return None
        if atom.year is not None:
            return month_of(atom.calendar, atom.year, atom.month)
        if self._today is None:
            return None
        this = year_of(atom.calendar, self._today)
        for year in (this + 1, this, this - 1) if turn == "next" else (this, this - 1):
            when = month_of(atom.calendar, year, atom.month)
            if when is None:
                continue
            current = when.start <= self._today <= when.end
            comes = when.start > self._today
            if not (comes and turn != "next") and not (current and turn == "last"):
                return when
        return None

    @staticmethod
    def year(atom: Atom, until: int | None, shade: str) -> When | None:
        """A whole year, or a stretch of years."""
        if atom.year is None:
            return None
        last = until if until is not None and until >= atom.year else atom.year
        when = When(date(atom.year, 1, 1), date(last, 12, 31), DatePrecision.UNKNOWN)
        if shade in ("first_days", "early"):
            return When(when.start, date(atom.year, 4, 30), DatePrecision.UNKNOWN)
        return when

    @staticmethod
    def shaded(when: When | None, shade: str) -> When | None:
        """ "The first days of March" is 1..10, precision week (conventions, rule 7)."""
        if when is None or shade not in _THIRDS:
            return when
        low, high = _THIRDS[shade]
        start = when.start + timedelta(days=low - 1)
        end = min(when.end, when.start + timedelta(days=high - 1))
        return When(start, end, DatePrecision.WEEK)

    def since(self, when: When | None) -> When | None:
        """From the beginning of a date to publication."""
        if when is None or self._today is None or when.start > self._today:
            return when
        return When(when.start, self._today, when.precision)

    # -- the small language of [lexicon.dateword] ----------------------------------------------

    def formula(self, key: str) -> tuple[When | None, int]:
        """What a formula means, and the days from the event for one that counts from it."""
        match = _FORMULA.fullmatch(key)
        if match is None:
            return self._period(key), 0
        base, number, unit = match[1], int(match[2] or 0), match[3] or "d"
        shift = number * _DAYS.get(unit, 0)
        if self._today is None or abs(number) * 31 > _FARTHEST:
            return None, shift
        if base in "DA":
            return self._shifted(number, unit, spans=".." in key, until=int(match[4] or 0)), shift
        return self._whole(base, number), shift

    def _shifted(self, number: int, unit: str, *, spans: bool, until: int) -> When | None:
        today = self._today
        if today is None:
            return None
        if unit == "m":
            return _month_around(months_before(today, -number))
        if unit == "y":
            return _year_around(months_before(today, -12 * number))
        days = number * _DAYS[unit] if unit in _DAYS else number // _HOURS if number < 0 else 0
        if unit == "h" and abs(number) < _HOURS:
            days = 0
        first = today + timedelta(days=days)
        last = today + timedelta(days=until) if spans else first
        precision = DatePrecision.WEEK if unit == "w" else DatePrecision.DAY
        return When(min(first, last), max(first, last), precision)

    def _whole(self, base: str, number: int) -> When | None:
        today = self._today
        if today is None:
            return None
        if base == "M":
            return _month_around(months_before(today, -number))
        if base == "Y":
            return _year_around(months_before(today, -12 * number))
        back = 0 if base == "E" and number < 0 and today.weekday() < 5 else 7 * number
        monday = today - timedelta(days=today.weekday()) + timedelta(days=back)
        if base == "E":
            # "The weekend" of a Monday's report is over; on a Saturday it is the one that began.
            saturday = monday + timedelta(days=5 if today.weekday() >= 5 or number > 0 else -2)
            return When(saturday, saturday + timedelta(days=1))
        return When(monday, monday + timedelta(days=6), DatePrecision.WEEK)

    def _period(self, key: str) -> When | None:
        match = _PERIOD.fullmatch(key)
        if match is None or self._today is None:
            return None
        number, unit = int(match[1]), match[2]
        if number * 31 > _FARTHEST:
            return None
        if unit in "my":
            start = months_before(self._today, number * (12 if unit == "y" else 1))
            return When(start, self._today)
        days = -(-number // _HOURS) if unit == "h" else number * _DAYS[unit]
        return When(self._today - timedelta(days=days), self._today)


def _swapped(atom: Atom) -> Atom:
    return Atom(
        atom.first, atom.last, atom.kind, "", atom.calendar, atom.year, atom.day, atom.month
    )


def _month_around(day: date) -> When:
    first = day.replace(day=1)
    last = months_before(first, -1) - timedelta(days=1)
    return When(first, last, DatePrecision.MONTH)


def _year_around(day: date) -> When:
    return When(date(day.year, 1, 1), date(day.year, 12, 31), DatePrecision.UNKNOWN)
