"""Values of given time expressions, in the notation of TIMEX3 (ISO 8601 with its extensions).

Here somebody else says where the expressions stand; Bilan says what they mean: "2017-09-16",
"2017-W37", "2017-09", "2017-Q3", "PAST_REF", "P2D". A language that has a [timex] table can do
this; its words are looked up here only, so that plain reading pays nothing for them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from bilan.core.claims.dates.atoms import AtomReader
from bilan.core.claims.dates.parts import Atom, AtomKind
from bilan.core.claims.dates.resolution import Resolver
from bilan.core.claims.dates.rules import date_rules
from bilan.core.claims.numbers.amounts import Amount, amounts
from bilan.core.claims.text.found import Found
from bilan.core.claims.text.language import Language, load_language
from bilan.core.claims.text.lexicon import Entry, Hit, Lexicon
from bilan.core.claims.text.tokens import Words, fold, words_of
from bilan.core.frozen import dataclass
from bilan.core.values import Span

_REACH = 8  # tokens on each side of a day in which a verb may say that it is still to come
_STOPS = frozenset(".;!?")
_UNITS = {"d": "D", "w": "W", "m": "M", "y": "Y", "q": "Q"}
_SEASONS = frozenset({"SP", "SU", "FA", "WI"})
_DAYS_APART = 7
_YEAR_BEFORE = "Y-1Q"  # "a year earlier", of the quarter that a text compares


def date_values(
    text: str,
    spans: Iterable[Span],
    lang: str,
    published: date | None,
    kinds: Iterable[str] = (),
) -> list[str | None]:
    """The value of each expression, in the order given; None where Bilan cannot tell.

    `kinds` says of each whether it is a DATE, TIME, DURATION or SET, where that is known.

    The spans are read in the order of the text, because "the next day" counts from the day named
    before it. Raises KeyError for a language without a file.
    """
    language = load_language(lang)
    reader = _Reader(text, language, published)
    spans, told = list(spans), list(kinds)
    order = sorted(range(len(spans)), key=lambda i: spans[i])
    values: list[str | None] = [None] * len(spans)
    for i in order:
        values[i] = reader.value(spans[i], told[i] if i < len(told) else "")
    return values


@cache
def _vocabulary(code: str) -> Lexicon:
    """The phrases of [timex.refs] and [timex.near], compiled once."""
    table = load_language(code).table("timex")
    refs, near = table.get("refs", {}), table.get("near", {})
    entries = [Entry(phrase, "timex", key) for key, known in refs.items() for phrase in known]
    entries += [Entry(phrase, key, key) for key, known in near.items() for phrase in known]
    return Lexicon(entries)


@dataclass(slots=True)
class _Expression:
    """One expression: its words, parts, numbers, and its place in the text."""

    words: Words
    found: Found
    atoms: list[Atom]
    numbers: list[Amount]
    first: int  # its first token in the text

    def atom(self, kind: AtomKind) -> Atom | None:
        return next((a for a in self.atoms if a.kind is kind), None)

    def hit(self, category: str) -> Hit | None:
        hits = self.found.hits(category)
        return max(hits, key=lambda h: h.last - h.first) if hits else None


class _Reader:
    """Reads the expressions of one text, in its order."""

    def __init__(self, text: str, language: Language, published: date | None) -> None:
        self._language, self._today = language, published
        self._words = words_of(text)
        self._vocabulary = _vocabulary(language.code)
        self._found = self._phrases(self._words)
        self._resolver = Resolver(published)
        self._anchor: date | None = published
        self._quarter: tuple[int, int] | None = None
        self._table: Mapping[str, Any] = language.table("timex")

    def value(self, span: Span, kind: str) -> str | None:
        """The value of one expression."""
        expression = self._expression(span)
        value = self._of_kind(expression, kind)
        if value is None:
            value = self._of_parts(expression) or self._of_words(expression)
        if value is not None and len(value) == len("2017-09-16") and value[4] == value[7] == "-":
            self._anchor = date.fromisoformat(value)
        return value

    def _phrases(self, words: Words) -> Found:
        return Found([*self._language.lexicon.find(words), *self._vocabulary.find(words)])

    def _of_kind(self, expression: _Expression, kind: str) -> str | None:
        """What only the kind of the expression tells: "the year" may be P1Y or 2017."""
        units = expression.found.hits("time_unit")
        if kind == "DURATION" and units and not expression.found.hits("ago"):
            return self._duration(expression, units[0])
        bare = units and not expression.numbers and not expression.atoms
        if kind == "DATE" and bare and units[0].key in "dwmy" and self._today is not None:
            plain = not expression.found.hits("timex")
            return _shaped(self._today, units[0].key) if plain else None
        return None

    def _expression(self, span: Span) -> _Expression:
        words = words_of(span.of(self._words.text))
        found = self._phrases(words)
        numbers = amounts(words, found, self._language)
        rules = date_rules(self._language.code)
        atoms = AtomReader(words, found, rules, numbers, certain=True).atoms()
        return _Expression(
            words, found, atoms, numbers, bisect_left(self._words.starts, span.start)
        )

    # -- days, months, years -------------------------------------------------------------------

    def _of_parts(self, expression: _Expression) -> str | None:
        day = expression.atom(AtomKind.DAY)
        if day is not None:
            return self._day(expression, day)
        word = expression.atom(AtomKind.WORD)
        month = expression.atom(AtomKind.MONTH)
        if word is not None and month is not None and month.month and word.key[0] == "Y":
            year = self._word(expression, word)
            return None if year is None else f"{year}-{month.month:02d}"
        if word is not None and not (".." in word.key and expression.atom(AtomKind.WEEKDAY)):
            return self._word(expression, word)
        weekday = expression.atom(AtomKind.WEEKDAY)
        if weekday is not None:
            return self._weekday(expression, weekday)
        return self._quarters(expression) or self._coarse(expression) or self._lone(expression)

    def _spoken_year(self, expression: _Expression) -> int | None:
        """A year said in two numbers: nineteen ninety-six."""
        pair = [n.whole for n in expression.numbers if not n.digits]
        if len(pair) != 2 or pair[0] not in (18, 19, 20) or pair[1] is None:
            return None
        return pair[0] * 100 + pair[1] if 0 < pair[1] < 100 else None

    def _day(self, expression: _Expression, atom: Atom) -> str | None:
        turn = expression.atom(AtomKind.TURN)
        if atom.year is not None or atom.month is None or atom.day is None:
            when = self._resolver.day(atom)
            return None if when is None else when.start.isoformat()
        return self._yearless(expression, atom.month, atom.day, turn)

    def _yearless(
        self, expression: _Expression, month: int, day: int, turn: Atom | None
    ) -> str | None:
        """The year of a day without one: ahead where the verb says so, else the nearest past."""
        today = self._today
        if today is None:
            return None
        days = [d for y in (-1, 0, 1) if (d := _day_or_none(today.year + y, month, day))]
        key = turn.key if turn is not None else ""
        if key == "next" or (key != "last" and self._ahead(expression)):
            coming = [d for d in days if d >= today]
            return coming[0].isoformat() if coming else None
        past = [d for d in days if d <= today + timedelta(days=1)]
        return past[-1].isoformat() if past else None

    def _weekday(self, expression: _Expression, atom: Atom) -> str | None:
        if self._today is None:
            return None
        turn = expression.atom(AtomKind.TURN)
        key = turn.key if turn is not None and turn.key != "this" else ""
        ahead = key == "" and self._ahead(expression)
        back = (self._today.weekday() - int(atom.key)) % _DAYS_APART
        if key == "next" or (ahead and back):
            return (self._today + timedelta(days=_DAYS_APART - back)).isoformat()
        when = self._resolver.weekday(int(atom.key), key, None, into=False)
        return None if when is None else when.start.isoformat()

    def _word(self, expression: _Expression, atom: Atom) -> str | None:
        key, today = atom.key, self._today
        if today is None:
            return None
        if key[0] == "P":
            return _period(key)
        if key[0] == "A":
            return self._from_anchor(key)
        compared = any(h.key == _YEAR_BEFORE for h in expression.found.hits("timex"))
        if compared and self._quarter is not None:
            return f"{self._quarter[0] - 1}-Q{self._quarter[1]}"
        when, _ = self._resolver.formula("D" if key == "D..D+1" else key.partition("..")[0])
        if when is None:
            return None
        unit = key[-1] if key[-1] in "wmy" else key[0].lower()
        return _shaped(when.start, unit)

    def _from_anchor(self, key: str) -> str | None:
        if self._anchor is None:
            return None
        when, _ = Resolver(self._anchor).formula(key)
        if when is None:
            return None
        return _shaped(when.start, key[-1] if key[-1] in "wmy" else "d")

    def _coarse(self, expression: _Expression) -> str | None:
        month, year = expression.atom(AtomKind.MONTH), expression.atom(AtomKind.YEAR)
        if month is not None and month.month is not None:
            return self._month(expression, month, month.month, year)
        if year is not None:
            return str(year.year)
        spoken = self._spoken_year(expression)
        if spoken is not None:
            return str(spoken)
        season = next((h for h in expression.found.hits("timex") if h.key in _SEASONS), None)
        if season is not None and self._today is not None:
            return f"{self._today.year}-{season.key}"
        return None

    def _month(
        self, expression: _Expression, atom: Atom, month: int, year: Atom | None
    ) -> str | None:
        told = atom.year or (year.year if year is not None else self._spoken_year(expression))
        if told is None and self._today is not None:
            turn = expression.atom(AtomKind.TURN)
            key = turn.key if turn is not None else ""
            this = self._today.month
            if key == "next" or (key == "" and month != this and self._ahead(expression)):
                told = self._today.year + (month < this)
            else:
                told = self._today.year - (month > this or (key == "last" and month == this))
        return None if told is None else f"{told:04d}-{month:02d}"

    def _lone(self, expression: _Expression) -> str | None:
        """A mere day of the month: "el día 13", "del 6" before "al 9 de abril"."""
        if len(expression.numbers) != 1 or expression.found.hits("time_unit")[1:]:
            return None
        day = expression.numbers[0].whole
        if (
            day is None
            or not 1 <= day <= 31
            or self._today is None
            or not self._is_lone(expression)
        ):
            return None
        month = next(
            (h for h in self._found.hits("month") if 0 < h.first - expression.first <= _REACH), None
        )
        if month is None or not month.key[1:].isdigit():
            found = _day_or_none(self._today.year, self._today.month, day)
            return None if found is None else found.isoformat()
        return self._yearless(expression, int(month.key[1:]), day, None)

    def _is_lone(self, expression: _Expression) -> bool:
        units = expression.found.hits("time_unit")
        return all(unit.key == "d" for unit in units) and expression.numbers[0].digits

    # -- quarters ------------------------------------------------------------------------------

    def _quarters(self, expression: _Expression) -> str | None:
        told = next((h for h in expression.found.hits("timex") if h.key in ("Q", "H")), None)
        if told is None or self._today is None:
            return None
        ordinal = expression.hit("ordinal")
        year = expression.atom(AtomKind.YEAR)
        number = int(ordinal.key) if ordinal is not None else 0
        this = self._quarter or (self._today.year, (self._today.month - 1) // 3)
        if told.key == "H":
            return None if year is None else f"{year.year}-H{number or 1}"
        quarter = number or this[1] or 4
        at = this[0] if number == 0 else self._today.year
        if any(h.key == _YEAR_BEFORE for h in expression.found.hits("timex")):
            return f"{at - 1}-Q{quarter}"
        if year is not None and year.year is not None:
            at = year.year
        elif number and quarter > (self._today.month + 2) // 3:
            at -= 1
        if year is None:
            self._quarter = (at, quarter)
        return f"{at}-Q{quarter}"

    # -- words and durations -------------------------------------------------------------------

    def _of_words(self, expression: _Expression) -> str | None:
        word = expression.hit("timex")
        if word is not None and word.key not in _SEASONS | {"Q", "H", _YEAR_BEFORE}:
            return word.key
        if word is not None and word.key == _YEAR_BEFORE and self._today is not None:
            return str(self._today.year - 1)
        unit = next(iter(expression.found.hits("time_unit")), None)
        return None if unit is None else self._duration(expression, unit)

    def _duration(self, expression: _Expression, unit: Hit) -> str:
        letter, many = unit.key.rstrip("s")[-1], unit.key.endswith("s")
        number = expression.numbers[0].whole if expression.numbers else None
        vague = {fold(w) for w in self._table.get("many", ())}
        if number is None and (many or vague & set(expression.words.norms)):
            count = "X"
        else:
            count = str(number if number is not None else 1)
        if letter == "h":
            return f"PT{count}H"
        return f"P{count}{_UNITS.get(letter, 'D')}"

    # -- still to come -------------------------------------------------------------------------

    def _ahead(self, expression: _Expression) -> bool:
        """Whether the words around a day say that it is still to come."""
        words, first = self._words, expression.first
        low, high = self._clause(first, first + len(expression.words))
        ahead = [h.first for h in self._found.hits("ahead") if low <= h.first < high]
        ahead += [i for i in range(low, high) if self._is_future(i)]
        if not ahead:
            return False
        behind = [h.first for h in self._found.hits("behind") if low <= h.first < high]
        nearest = min(abs(i - first) for i in ahead)
        return all(abs(i - first) >= nearest for i in behind) or words.norms[first - 1] in ("by",)

    def _clause(self, first: int, last: int) -> tuple[int, int]:
        low, high, norms = first, last, self._words.norms
        while low > 0 and first - low < _REACH and norms[low - 1] not in _STOPS:
            low -= 1
        while high < len(norms) and high - last < _REACH and norms[high] not in _STOPS:
            high += 1
        return low, high

    def _is_future(self, at: int) -> bool:
        endings: Sequence[str] = self._table.get("ahead_endings", ())
        return bool(endings) and self._words.raw(at).casefold().endswith(tuple(endings))


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _period(key: str) -> str | None:
    number, unit = key[1:-1].replace("?", "X"), key[-1]
    if unit == "h":
        return f"PT{number}H"
    return f"P{number}{_UNITS[unit]}" if unit in _UNITS else None


def _shaped(day: date, unit: str) -> str:
    """A day as the week, month or year that holds it."""
    if unit == "w":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02d}"
    if unit == "e":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02d}-WE"
    return {"m": day.isoformat()[:7], "y": str(day.year)}.get(unit, day.isoformat())
