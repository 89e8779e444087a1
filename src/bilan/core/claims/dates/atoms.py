"""From the words of a report to the parts of its dates: days, months, weekdays, "two days ago".

What the parts mean together is said in `dates`. The words are data: the categories month,
weekday, daypart, dateword, turn, ago, time_unit, date_part of [lexicon], and the table [dates].
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from bilan.core.claims.dates.calendars import Calendar
from bilan.core.claims.dates.parts import Atom, AtomKind
from bilan.core.claims.dates.rules import DateRules
from bilan.core.claims.dates.stretches import stretches, with_days
from bilan.core.claims.numbers.amounts import Amount
from bilan.core.claims.text.found import Found
from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.tokens import Words
from bilan.core.frozen import replace

_FULL = re.compile(r"(\d{1,4})([./\\_\-–])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_SHORT = re.compile(r"(\d{1,2})[/.\\-](\d{1,2})(?![\d/.\\\-])")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100  # a lone number between them is a year
_LAST_DAY, _LAST_MONTH = 31, 12
_OLD_YEAR = 1600  # a written year below belongs to the Islamic or Iranian calendar
_NOT_A_YEAR = ("person", "harm", "unit", "thing")
_LONGEST_TO = 3  # tokens between the two ends of a stretch
_DAY_GAP = 2  # tokens between a day and its month ("16th of September")


class AtomReader:
    """Finds the parts of dates of one text."""

    def __init__(
        self,
        words: Words,
        found: Found,
        rules: DateRules,
        amounts: Sequence[Amount],
        *,
        certain: bool = False,
    ) -> None:
        """`certain`: somebody else says that the words are a date, so that "may" is a month."""
        self._certain = certain
        self._words, self._found, self._rules = words, found, rules
        self._amounts = amounts
        self._amount_till = {a.last: a for a in amounts}
        self._months = found.by_first("month")
        self._ordinal_till = found.by_last("ordinal")
        self._people = [found.by_first(category) for category in _NOT_A_YEAR]
        self._used: set[int] = set()

    def atoms(self) -> list[Atom]:
        """All parts in the order of the text, none overlapping another."""
        found = [*self._take(self._numeric()), *self._take(self._by_month())]
        found += self._take(self._simple("dateword", AtomKind.WORD))
        found += self._take(self._simple("date_part", AtomKind.SHADE))
        found += self._take(self._counted())
        for category, kind in _SIMPLE:
            found += self._take(self._simple(category, kind))
        found += self._take(self._years())
        return sorted(found, key=lambda atom: atom.first)

    def _take(self, atoms: Iterator[Atom]) -> Iterator[Atom]:
        for atom in atoms:
            tokens = range(atom.first, atom.last)
            if self._used.isdisjoint(tokens):
                self._used.update(tokens)
                yield atom

    # -- digits only ---------------------------------------------------------------------------

    def _numeric(self) -> Iterator[Atom]:
        words, text = self._words, self._words.text
        for amount in self._amounts:
            at = amount.first
            if not amount.digits or text[words.ends[at] : words.ends[at] + 1] not in _MARKS:
                continue
            start = words.starts[at]
            if start and (text[start - 1].isalnum() or text[start - 1] in "./-"):
                continue
            match = _FULL.match(text, start)
            atom = self._full(at, match) if match else self._short(at)
            if atom is not None:
                yield atom

    def _full(self, at: int, match: re.Match[str]) -> Atom | None:
        a, b, c = int(match[1]), int(match[3]), int(match[4])
        last = bisect_left(self._words.ends, match.end(), lo=at) + 1
        if len(match[1]) == 4:
            return self._dated(at, last, a, b, c)
        if len(match[1]) == 3 or (len(match[4]) == 2 and match[2] in "-–"):
            return None
        return self._day_month(at, last, a, b, _century(c) if len(match[4]) == 2 else c)

    def _short(self, at: int) -> Atom | None:
        """Day and month in digits, after a word or weekday that says it is a date."""
        before = at - 1
        told = before >= 0 and (
            self._words.norms[before] in self._rules.on
            or at in self._found.by_last("weekday")
            or before in self._found.by_last("weekday")
        )
        match = _SHORT.match(self._words.text, self._words.starts[at]) if told else None
        if match is None:
            return None
        last = bisect_left(self._words.ends, match.end(), lo=at) + 1
        return self._day_month(at, last, int(match[1]), int(match[2]), None)

    def _day_month(self, at: int, last: int, a: int, b: int, year: int | None) -> Atom | None:
        day, month = (b, a) if self._rules.month_first else (a, b)
        if month > _LAST_MONTH:
            day, month = month, day
        either = a <= _LAST_MONTH and b <= _LAST_MONTH and a != b
        atom = self._dated(at, last, year, month, day)
        if atom is None or not either:
            return atom
        return Atom(at, last, AtomKind.DAY, "", atom.calendar, year, month, day, either=True)

    def _dated(self, at: int, last: int, year: int | None, month: int, day: int) -> Atom | None:
        if not (1 <= month <= _LAST_MONTH and 1 <= day <= _LAST_DAY):
            return None
        old = year is not None and year < _OLD_YEAR
        calendar = self._rules.calendar if old else Calendar.GREGORIAN
        return Atom(at, last, AtomKind.DAY, "", calendar, year, month, day)

    # -- days of "this month" --------------------------------------------------------------------

    def _counted(self) -> Iterator[Atom]:
        """Stretches of time, and days of the month that one names.

        The months that a Persian text calls this and last are not those of this calendar.
        """
        told = stretches(self._words, self._found, self._rules, self._amounts)
        if self._rules.calendar is Calendar.JALALI:
            return told
        return with_days(told, self._found.hits("turn"), self._lone_day)

    def _lone_day(self, at: int, bare: bool) -> tuple[int, int] | None:
        """The day that ends at a token and is told to be one: "on the 12th", "Tuesday 12".

        A `bare` one also before an "of": "the 12th of".
        """
        if bare and self._words.norms[at - 1] in self._rules.of:
            return self._day_till(at)
        day = self._day_ending(at)
        if day is None or not day[0]:
            return None
        told = self._words.norms[day[0] - 1] in self._rules.on
        return day if told or day[0] in self._found.by_last("weekday") else None

    # -- names of months -----------------------------------------------------------------------

    def _by_month(self) -> Iterator[Atom]:
        for hit in self._found.hits("month"):
            atom = self._month(hit)
            if atom is not None:
                yield atom

    def _month(self, hit: Hit) -> Atom | None:
        weak = hit.key.endswith("?") and not self._certain
        calendar, month = Calendar(hit.key[0]), int(hit.key[1:].rstrip("?"))
        right = self._past_name(hit.last)
        first, last, day, day_to = hit.first, right, None, None
        left = self._days_before(hit.first)
        if left is not None:
            first, day, day_to = left
        elif self._rules.month_day and (behind := self._days_behind(right)) is not None:
            last, day, day_to = behind
        year, last = self._year_behind(last, day)
        if weak and not self._is_month(hit.first, (day is not None) + (year is not None)):
            return None
        kind = AtomKind.MONTH if day is None else AtomKind.DAY
        return Atom(first, last, kind, "", calendar, year, month, day, day_to)

    def _is_month(self, at: int, beside: int) -> bool:
        """Whether a word that is no month elsewhere is one here; `beside`: a day, a year."""
        if beside == 2:
            return True
        if self._rules.capital_months and not self._capital(at):
            return False
        return beside > 0 or (at > 0 and self._words.norms[at - 1] in self._rules.in_)

    def _capital(self, at: int) -> bool:
        letter = self._words.text[self._words.starts[at]]
        return letter.isupper() or not letter.islower()

    def _past_name(self, at: int) -> int:
        """Past a full stop and the same month by another name: أيلول/سبتمبر, أيلول (سبتمبر)."""
        norms = self._words.norms
        if at + 1 < len(norms) and norms[at] in "/(-" and at + 1 in self._months:
            at = self._months[at + 1].last
            if at < len(norms) and norms[at] == ")":
                at += 1
        if (
            at < len(norms)
            and norms[at] == "."
            and self._words.starts[at] == self._words.ends[at - 1]
        ):
            follows = at + 1 < len(norms) and self._words.kinds[at + 1] == "n"
            return at + 1 if follows else at
        return at

    def _days_before(self, at: int) -> tuple[int, int, int | None] | None:
        """First token, day and last day of what stands before a month."""
        found = self._day_till(at)
        if found is None:
            return None
        first, day = found
        for length in range(1, _LONGEST_TO + 1):
            start = first - length
            if start > 0 and self._words.norms[start:first] in self._rules.to:
                earlier = self._day_till(start, gap=1)
                if earlier is not None and earlier[1] < day:
                    return earlier[0], earlier[1], day
        return first, day, None

    def _day_till(self, at: int, gap: int = _DAY_GAP) -> tuple[int, int] | None:
        """The day that ends at a token or just before it: its first token and value."""
        norms = self._words.norms
        for _ in range(gap + 1):
            day = self._day_ending(at)
            if day is not None:
                return day
            at -= 1
            if at <= 0 or not (norms[at] in self._rules.of or norms[at] in self._rules.ordinals):
                return None
        return None

    def _day_ending(self, at: int) -> tuple[int, int] | None:
        amount = self._amount_till.get(at)
        value = amount.whole if amount is not None else None
        if amount is not None and value is not None and not self._plain(amount):
            return None
        ordinal = self._ordinal_till.get(at)
        if ordinal is not None and amount is not None and ordinal.first < amount.first:
            value = None  # "السادس عشر": the sixteenth, no ten
        if value is None and ordinal is not None:
            return (ordinal.first, int(ordinal.key)) if int(ordinal.key) <= _LAST_DAY else None
        if amount is None or value is None or not 1 <= value <= _LAST_DAY:
            return None
        return amount.first, value

    def _plain(self, amount: Amount) -> bool:
        """Digits of a day are one or two, with no letter or sign written onto them before."""
        if not amount.digits:
            return True
        words, at = self._words, amount.first
        start = words.starts[at]
        if len(words.norms[at]) > 2 or not words.norms[at].isdigit():
            return False
        return not (start and words.text[start - 1] in "$€£:/.,")

    def _days_behind(self, at: int) -> tuple[int, int, int | None] | None:
        """Past what stands behind a month: the next token, day and last day."""
        words = self._words
        if at >= len(words) or words.kinds[at] != "n":
            return None
        day, last = self._day_at(at)
        stopped = words.norms[at - 1] == "." and last not in self._people[0]  # "Dec. 25 has died"
        if day is None or (self._counts(last) and not stopped):
            return None
        for length in range(1, _LONGEST_TO + 1):
            end = last + length
            if end < len(words) and words.norms[last:end] in self._rules.to:
                later, after = self._day_at(end)
                if later is not None and later > day and not self._counts(after):
                    return after, day, later
        return last, day, None

    def _day_at(self, at: int) -> tuple[int | None, int]:
        """The day in digits at a token, and the token after it and its ending."""
        words = self._words
        token = words.norms[at]
        if words.kinds[at] != "n" or not token.isdigit() or len(token) > 2:
            return None, at
        last = at + 1
        if last < len(words) and words.norms[last] in self._rules.ordinals:
            last += 1
        elif last < len(words) and words.norms[last] == ":":
            return None, at
        return (int(token) if 1 <= int(token) <= _LAST_DAY else None), last

    def _counts(self, at: int, *, told: int = 0) -> bool:
        """Whether a number before this token counts people or things: no day, no year.

        `told`: the token of a year, which an article shows to be one ("a 2008 raid").
        """
        before = self._words.norms[told - 1] if told else ""
        if before in self._rules.articles or before in self._rules.the:
            return at in self._people[0]
        if at < len(self._words) and self._words.norms[at] in self._rules.marks:
            return False
        return any(at in table for table in self._people)

    def _year_behind(self, at: int, day: int | None) -> tuple[int | None, int]:
        """The year that follows a month, and the token after it."""
        words, norms, start = self._words, self._words.norms, at
        for _ in range(_DAY_GAP):
            if at < len(norms) and (norms[at] in ",،'’" or norms[at] in self._rules.of):
                at += 1
        if at >= len(norms) or words.kinds[at] != "n" or not norms[at].isdigit():
            return None, start
        year = self._year_at(at, short=at == start and day is not None)
        if year is None or self._counts(at + 1):
            return None, start
        return year, self._past_mark(at + 1)

    def _year_at(self, at: int, *, short: bool) -> int | None:
        token = self._words.norms[at]
        if len(token) == 4 and 1300 <= int(token) <= _LAST_YEAR:
            return int(token)
        quoted = self._words.norms[at - 1] in "'’"
        if len(token) == 2 and (quoted or (short and self._rules.short_year and int(token) > 31)):
            return _century(int(token))
        return None

    def _past_mark(self, at: int) -> int:
        """Past a word for "year" behind a year (2017 года, 2017م)."""
        norms = self._words.norms
        if at < len(norms) and norms[at] in self._rules.marks:
            at += 1
            if at < len(norms) and norms[at] == "." and len(norms[at - 1]) == 1:
                at += 1
        return at

    # -- single words --------------------------------------------------------------------------

    def _simple(self, category: str, kind: AtomKind) -> Iterator[Atom]:
        for hit in self._found.by_first(category).values():
            if kind is AtomKind.WEEKDAY and not self._is_weekday(hit):
                continue
            yield self._with_day(Atom(hit.first, hit.last, kind, hit.key.rstrip("?")))

    def _with_day(self, atom: Atom) -> Atom:
        """A weekday with the day of its month: "samedi 16"."""
        at = atom.last
        if atom.kind is not AtomKind.WEEKDAY or at >= len(self._words):
            return atom
        at += self._words.norms[at] in self._rules.of
        day, last = self._day_at(at) if at < len(self._words) else (None, at)
        if day is None or self._counts(last) or last >= len(self._words):
            return atom
        if self._words.kinds[last] == "w" and self._words.norms[last] not in self._rules.glue:
            return atom
        return replace(atom, last=last, day=day)

    def _is_weekday(self, hit: Hit) -> bool:
        norms = self._words.norms
        if hit.first and norms[hit.first - 1] in self._rules.every:
            return False
        if not hit.key.endswith("?"):
            return True
        at = hit.last + (hit.last < len(norms) and norms[hit.last] in ".,")
        dated = at < len(norms) and (self._words.kinds[at] == "n" or at in self._months)
        return dated and self._capital(hit.first)

    def _years(self) -> Iterator[Atom]:
        for amount in self._amounts:
            if amount.digits and self._is_year(amount):
                yield self._year(amount)

    def _is_year(self, amount: Amount) -> bool:
        words, at = self._words, amount.first
        token = words.norms[at]
        if len(token) != 4 or not token.isdigit() or amount.last != at + 1:
            return False
        if not _FIRST_YEAR <= int(token) <= _LAST_YEAR or self._counts(at + 1, told=at):
            return False
        start, end = words.starts[at], words.ends[at]
        before, after = words.text[start - 1 : start], words.text[end : end + 1]
        if before in _BOUND_BEFORE or after in _BOUND_AFTER:
            return False
        return at not in self._found.by_last("qualifier")

    def _year(self, amount: Amount) -> Atom:
        words, at, year = self._words, amount.first, int(self._words.norms[amount.first])
        if at + 2 < len(words) and words.norms[at + 1] in "-–" and words.norms[at + 2].isdigit():
            later = words.norms[at + 2]
            until = int(str(year)[: 4 - len(later)] + str(int(later)).zfill(len(later)))
            if len(later) in (2, 4) and year < until <= _LAST_YEAR:
                return Atom(at, at + 3, AtomKind.YEAR, year=year, year_to=until)
        return Atom(at, self._past_mark(at + 1), AtomKind.YEAR, year=year)


_MARKS = frozenset("./\\_-–0123456789")
_BOUND_BEFORE = frozenset("$€£-/.#@_")
_BOUND_AFTER = frozenset("%€$")
_SIMPLE = (
    ("weekday", AtomKind.WEEKDAY),
    ("daypart", AtomKind.PART),
    ("turn", AtomKind.TURN),
)


def _century(year: int) -> int:
    """The year behind two digits: 1950 to 2049."""
    return 2000 + year if year < 50 else 1900 + year
