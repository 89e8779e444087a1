"""Stretches of time counted from a day: "two days ago", "the past 24 hours", "last week".

They become words of the small language of [lexicon.dateword]: a day D, W, M, Y or E (weekend) of
publication or A of the event that the text tells, and how far from it ("D-2d", "A+1d", "W-1");
P24h is the stretch of 24 hours before publication, P?d some days before it; T3d lasts three days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from bilan.core.claims.dates.parts import Atom, AtomKind
from bilan.core.claims.dates.rules import DateRules
from bilan.core.claims.numbers.amounts import Amount
from bilan.core.claims.text.found import Found
from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.tokens import Words

_SIGNS = {"ago": "D-", "in": "D+", "earlier": "A-", "later": "A+"}
# Finds the day of a month that ends at a token, one before an "of" or another.
DayBefore = Callable[[int, bool], tuple[int, int] | None]

_MONTHS = frozenset({"M", "M-1"})  # this month, last month
_STEPS = {"last": "-1", "this": "", "next": "+1"}


def stretches(
    words: Words, found: Found, rules: DateRules, amounts: Sequence[Amount]
) -> Iterator[Atom]:
    """The stretches of a text, those counted from a day first."""
    units = found.hits("time_unit")
    if not units:
        return
    reader = _Reader(words, found, rules, amounts)
    for unit in units:
        yield from reader.counted(unit)
        yield from reader.turned(unit)
        yield from reader.lasting(unit)


def with_days(told: Iterable[Atom], turns: Iterable[Hit], day_before: DayBefore) -> Iterator[Atom]:
    """Stretches, those that name a month with the day before them: "the 12th of this month"."""
    for atom in told:
        day = day_before(atom.first, True) if atom.key in _MONTHS else None
        yield atom if day is None else Atom(day[0], atom.last, AtomKind.DAY, atom.key, day=day[1])
    for turn in turns:
        day = day_before(turn.first, False) if turn.key == "this" else None
        if day is not None:
            yield Atom(day[0], turn.last, AtomKind.DAY, "M", day=day[1])


def _letter(unit: Hit) -> str:
    return unit.key.rstrip("s")[-1]


class _Reader:
    def __init__(
        self, words: Words, found: Found, rules: DateRules, amounts: Sequence[Amount]
    ) -> None:
        self._words, self._rules = words, rules
        self._amount_at = {a.first: a for a in amounts}
        self._amount_till = {a.last: a for a in amounts}
        self._qualifiers = found.by_last("qualifier")
        self._behind, self._ahead = found.by_first("ago"), found.by_last("ago_ahead")
        self._turn_at, self._turn_till = found.by_first("turn"), found.by_last("turn")

    def counted(self, unit: Hit) -> Iterator[Atom]:
        """ "Two days ago", "il y a deux jours", "a week later"."""
        amount = self._amount_till.get(unit.first)
        first = self._past_article(unit.first) if amount is None else amount.first
        count = int(unit.key[0]) if unit.key[0].isdigit() else 1
        if amount is not None and amount.whole is not None:
            count = amount.whole
        elif amount is not None or unit.key.endswith("s"):
            return
        behind, ahead = self._behind.get(unit.last), self._ahead.get(first)
        formula = f"{count}{_letter(unit)}"
        if behind is not None:
            yield Atom(first, behind.last, AtomKind.WORD, _SIGNS[behind.key] + formula)
        elif ahead is not None:
            yield Atom(ahead.first, unit.last, AtomKind.WORD, _SIGNS[ahead.key] + formula)

    def _past_article(self, at: int) -> int:
        return at - 1 if at and self._words.norms[at - 1] in self._rules.articles else at

    def lasting(self, unit: Hit) -> Iterator[Atom]:
        """ "Three days", "nearly four years", "weeks": how long, no day."""
        amount = self._amount_till.get(unit.first)
        if amount is None and not unit.key.endswith("s"):
            return
        first = unit.first if amount is None else self._lowest(amount).first
        qualifier = self._qualifiers.get(first)
        if qualifier is not None and amount is not None:
            first = qualifier.first
        yield Atom(
            first, unit.last, AtomKind.WORD, f"T{amount.value if amount else '?'}{_letter(unit)}"
        )

    def _lowest(self, amount: Amount) -> Amount:
        """The first number of "six or seven hours"."""
        for length in range(1, 3):
            lower = self._amount_till.get(amount.first - length)
            if lower is not None and self._words.norms[lower.last : amount.first] in self._rules.to:
                return lower
        return amount

    def _past(self, at: int) -> int:
        """Past an article that stands apart from its number (الـ24)."""
        norms = self._words.norms
        return at + 1 if at < len(norms) and norms[at] in self._rules.articles else at

    def turned(self, unit: Hit) -> Iterator[Atom]:
        """ "Last week", "the past 24 hours", "les dernières 24 heures"."""
        sides = self._before(unit) or self._after(unit)
        if sides is None:
            return
        first, last, turn, amount = sides
        formula = self._formula(unit, turn, amount)
        if formula is not None:
            if formula[0] == "P" and first and self._words.norms[first - 1] in self._rules.the:
                first -= 1
            yield Atom(first, last, AtomKind.WORD, formula)

    def _before(self, unit: Hit) -> tuple[int, int, Hit, Amount | None] | None:
        """A turn before the unit, with a number before or behind it."""
        amount = self._amount_till.get(unit.first)
        turn = self._turn_till.get(unit.first if amount is None else amount.first)
        if turn is None:
            return None
        first = turn.first
        if amount is None and (amount := self._amount_till.get(first)) is not None:
            first = amount.first
        return first, unit.last, turn, amount

    def _after(self, unit: Hit) -> tuple[int, int, Hit, Amount | None] | None:
        """A turn behind the unit, with a number between them or before the unit."""
        at = self._past(unit.last)
        between = self._amount_at.get(at)
        turn = self._turn_at.get(unit.last if between is None else between.last)
        if turn is None:
            return None
        before = self._amount_till.get(unit.first) if between is None else None
        first = unit.first if before is None else before.first
        return first, turn.last, turn, between or before

    @staticmethod
    def _formula(unit: Hit, turn: Hit, amount: Amount | None) -> str | None:
        letter, dual = _letter(unit), unit.key[0].isdigit()
        if amount is not None or dual:
            count = int(unit.key[0]) if amount is None else amount.whole
            return f"P{count}{letter}" if turn.key == "last" and count is not None else None
        if unit.key.endswith("s"):
            return f"P?{letter}" if turn.key == "last" else None
        return letter.upper() + _STEPS[turn.key] if letter in _WHOLE else None


_WHOLE: Mapping[str, str] = {"w": "week", "m": "month", "y": "year", "e": "weekend"}
