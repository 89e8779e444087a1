"""From the words of a report to its numbers: how many, between which bounds, counted how.

The words are data: in `languages/<code>.toml`, [lexicon.vague] says that "dozens" is 24 or more,
[lexicon.qualifier] what "at least" does, [numbers.range] how two numbers bound one count. The
conventions stand in docs/reference/counting-words.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from math import ceil, floor
from typing import NamedTuple

from bilan.core.claims.numbers.amounts import Amount, amounts
from bilan.core.claims.numbers.kinds import KindReader, NumberKind
from bilan.core.claims.numbers.phrases import Phrasing, phrasing
from bilan.core.claims.text.found import Found
from bilan.core.claims.text.language import Language
from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.tokens import Words
from bilan.core.frozen import dataclass
from bilan.core.values import Count

_SMALL = 20  # below it "about N" is N-1..N+1 (conventions)
_TENTH = 10  # "about N" is N ± N / 10, rounded inwards; "nearly N" is 0.9 N..N (conventions)
_WIDEST = 5  # the higher bound of "A or B" and "A-B" is at most so many times the lower
_FILLERS = 2  # tokens between a qualifier and its number ("at least another 10")
_BEHIND = 4  # tokens between a number and a qualifier behind it ("12 people or more")
_CHANGE_AFTER = 4  # tokens from "to" over its number to such a verb: "до одиннадцати выросло"
_CHANGE_REACH = 8  # tokens between a verb of change and "from A to B"
_TO = "to"
_FULL = "full"  # "une bonne douzaine": not less than the round number
_QUOTES = frozenset("\"'’«»“”„‘")
_STOPS = frozenset(".!?؟;؛")


class Form(StrEnum):
    """How a number is worded."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    UP_TO = "up_to"
    LESS_THAN = "less_than"
    RANGE = "range"
    ABOUT = "about"
    NEARLY = "nearly"
    VAGUE = "vague"
    DUAL = "dual"  # a noun in the dual (قتيلان)
    NONE = "none"  # "no", "nobody"
    ORDINAL = "ordinal"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number on tokens [first, last), qualifiers included; `core` is the bare number.

    `count` holds its bounds (an age, a year or an ordinal has its value there too). `weak`: a word
    that may be a mere article ("un", "bir"), or a "no" that may deny something else. `definite`:
    "the five", الخمسة.
    """

    first: int
    last: int
    count: Count
    form: Form
    core: tuple[int, int]
    kind: NumberKind = NumberKind.COUNT
    weak: bool = False
    definite: bool = False


class _Draft(NamedTuple):
    """A number being read: its bounds, and the round number that a qualifier starts from."""

    first: int
    last: int
    core: tuple[int, int]
    low: int
    high: int | None
    base: int
    form: Form
    amount: Amount | None = None


def numerals(
    words: Words,
    hits: Sequence[Hit] | Found,
    language: Language,
    *,
    dated: Sequence[tuple[int, int]] = (),
    numbers: Sequence[Amount] | None = None,
) -> list[Numeral]:
    """Every number of a text with its bounds, in the order of the text; linear in its length.

    `numbers` are the bare numbers of the text, where `amounts` has read them already.
    `dated` are the tokens of its dates, from `dates_in`: numbers there are of kind DATE.
    """
    reader = _Reader(words, Found.of(hits), language)
    numbers = amounts(words, reader.found, language) if numbers is None else numbers
    drafts = reader.with_ranges(reader.drafts(numbers))
    kinds = KindReader(words, reader.found, language, dated)
    return reader.finished(drafts, kinds)


class _Reader:
    """Reads one text."""

    def __init__(self, words: Words, found: Found, language: Language) -> None:
        self.words, self.found, self._language = words, found, language
        self._phrasing: Phrasing = phrasing(language.code)
        self._behind = found.by_first("qualifier_after")
        self._ending = found.by_last("qualifier")
        self._full = {h.first: h.last for h in found.hits("qualifier") if h.key == _FULL}

    # -- single numbers ------------------------------------------------------------------------

    def drafts(self, bare: Sequence[Amount]) -> list[_Draft]:
        """Bare numbers, vague words, duals and words for nobody, in the order of the text."""
        vague = self.found.by_first("vague")
        ordinals = self.found.by_first("ordinal")
        units = {i for h in self.found.hits("unit") for i in range(h.first + 1, h.last)}
        numbers = [
            amount
            for amount in bare
            if not self._is_vague(amount, vague) and amount.first not in units
        ]
        taken = {i for a in numbers for i in range(a.first, a.last)}
        taken |= {i for h in self.found.hits("qualifier") for i in range(h.first, h.last)}
        articles = {self._full.get(a.last, a.last): a.first for a in numbers if a.weak}
        drafts = [
            _exact(a) for a in numbers if not a.weak or self._full.get(a.last, a.last) not in vague
        ]
        drafts += [
            self._vague(h, articles.get(h.first, h.first))
            for h in vague.values()
            if h.first not in taken
        ]
        drafts += [self._ordinal(h) for h in ordinals.values() if h.first not in taken]
        drafts += [self._nobody(h) for h in self.found.hits("none") if h.first not in taken]
        drafts += [self._dual(i) for i in self._duals() if i not in taken]
        return self._apart(sorted(drafts, key=lambda d: (d.first, -d.last)))

    @staticmethod
    def _is_vague(amount: Amount, vague: dict[int, Hit]) -> bool:
        """Whether the words of a number are a vague word: a bare "thousands", "several dozen"."""
        hit = vague.get(amount.first)
        return hit is not None and hit.last >= amount.last

    @staticmethod
    def _apart(drafts: list[_Draft]) -> list[_Draft]:
        kept: list[_Draft] = []
        for draft in drafts:
            if not kept or draft.first >= kept[-1].last:
                kept.append(draft)
        return kept

    @staticmethod
    def _vague(hit: Hit, first: int) -> _Draft:
        bounds, _, base = hit.key.partition("@")
        low, _, high = bounds.partition("..")
        core = (first, hit.last)
        top = int(high) if high else None
        if first < hit.first - 1:  # "une bonne douzaine"
            low = base
        return _Draft(*core, core, int(low), top, int(base or low), Form.VAGUE)

    @staticmethod
    def _ordinal(hit: Hit) -> _Draft:
        core, value = (hit.first, hit.last), int(hit.key)
        return _Draft(*core, core, value, value, value, Form.ORDINAL)

    @staticmethod
    def _nobody(hit: Hit) -> _Draft:
        core = (hit.first, hit.last)
        return _Draft(*core, core, 0, 0, 0, Form.NONE)

    @staticmethod
    def _dual(at: int) -> _Draft:
        return _Draft(at, at + 1, (at, at + 1), 2, 2, 2, Form.DUAL)

    def _duals(self) -> list[int]:
        duals = self._phrasing.duals
        return [i for i, norm in enumerate(self.words.norms) if norm in duals] if duals else []

    # -- two numbers that bound one count ------------------------------------------------------

    def with_ranges(self, drafts: list[_Draft]) -> list[_Draft]:
        """The same, with "between A and B", "A-B", "A, perhaps B" made one; qualifiers applied."""
        done: list[_Draft] = []
        at = 0
        while at < len(drafts):
            pair = self._range(drafts[at], drafts[at + 1]) if at + 1 < len(drafts) else None
            following = at + (2 if pair else 1)
            ends = drafts[following].first if following < len(drafts) else len(self.words)
            begins = done[-1].last if done else 0
            draft = self._qualified(pair or drafts[at], begins, ends)
            closed = self._closed(done[-1], draft) if done else None
            if closed is not None:
                done[-1] = closed
            else:
                done.append(draft)
            at = following
        return done

    def _range(self, low: _Draft, high: _Draft) -> _Draft | None:
        if not self._may_bound(low, high):
            return None
        gap = self.words.norms[low.last : high.first]
        open_at = self._opens(low.first, self._phrasing.between)
        if open_at is not None:
            joined = high.amount is not None and high.amount.joined
            if gap in self._phrasing.between_and or (not gap and joined):
                return self._bounded(low, high, open_at)
        open_at = self._opens(low.first, self._phrasing.from_)
        if open_at is not None and gap in self._phrasing.from_to:
            changed = self.found.near("change", open_at, _CHANGE_REACH)
            return None if changed else self._bounded(low, high, open_at)
        if gap not in self._phrasing.to or low.base * _WIDEST < high.base:
            return None
        return self._bounded(low, high, low.first)

    def _may_bound(self, low: _Draft, high: _Draft) -> bool:
        if high.first - low.last > self._phrasing.longest or Form.ORDINAL in (low.form, high.form):
            return False
        plain = {Form.EXACT, Form.VAGUE}
        rising = low.base < high.base and low.low < high.base
        return low.form in plain and high.form in plain and rising

    def _opens(self, first: int, openers: frozenset[tuple[str, ...]]) -> int | None:
        """The first token of an opening phrase ("between") that ends at `first`."""
        norms = self.words.norms
        for length in self._phrasing.opener_lengths:
            start = first - length
            if start >= 0 and norms[start:first] in openers:
                return start
        return None

    @staticmethod
    def _bounded(low: _Draft, high: _Draft, first: int) -> _Draft:
        core = (low.first, high.last)
        bottom = low.base if low.form is Form.EXACT else low.low
        top = high.base if high.form is Form.EXACT else high.high
        amount = low.amount and low.amount._replace(weak=False)
        return _Draft(first, high.last, core, bottom, top, low.base, Form.RANGE, amount)

    def _closed(self, low: _Draft, high: _Draft) -> _Draft | None:
        """ "At least 12 and up to 15": one count with both bounds."""
        if low.form is not Form.AT_LEAST or high.form is not Form.UP_TO or low.low > high.base:
            return None
        gap = self.words.norms[low.last : high.first]
        if gap not in self._phrasing.closing:
            return None
        core = (low.core[0], high.core[1])
        return high._replace(first=low.first, core=core, low=low.low, form=Form.RANGE)

    # -- qualifiers ----------------------------------------------------------------------------

    def _qualified(self, draft: _Draft, begins: int, ends: int) -> _Draft:
        """The number with its qualifiers, which stand between the tokens `begins` and `ends`."""
        if draft.form in (Form.ORDINAL, Form.NONE):
            return draft
        before = self._before(draft.first, begins, draft.base)
        if before is None:
            return self._behind_it(draft, ends)
        # "at least some 20": the outer word decides.
        further = self._before(before.first, begins, draft.base) or before
        return _apply(draft._replace(first=further.first), further.key.partition("@")[0])

    def _before(self, at: int, begins: int, base: int) -> Hit | None:
        norms, fillers = self.words.norms, self._phrasing.fillers
        for _ in range(_FILLERS + 1):
            hit = self._ending.get(at)
            if hit is not None and hit.first >= begins:
                return hit if self._holds(hit, base) else None
            at -= 1
            if at < begins or not (norms[at] in fillers or norms[at] in _QUOTES):
                return None
        return None

    def _holds(self, hit: Hit, base: int) -> bool:
        """Whether a qualifier is one here: "over" from ten up, "to" unless after "rose"."""
        if hit.key == _TO:
            follows = self.found.near("change", hit.last + _CHANGE_AFTER, _CHANGE_AFTER)
            return not (follows or self.found.near("change", hit.first, _CHANGE_REACH))
        return base >= int(hit.key.partition("@")[2] or 0)

    def _behind_it(self, draft: _Draft, ends: int) -> _Draft:
        """A qualifier behind the number, or behind the noun that it counts."""
        words = self.words
        following = self._ending.get(ends) if ends < len(words) else None
        for at in range(draft.last, min(draft.last + _BEHIND + 1, ends)):
            hit = self._behind.get(at)
            if hit is not None:
                ahead = following is not None and following.first < hit.last
                aside = at > draft.last and hit.key == Form.ABOUT
                return draft if ahead or aside else _apply(draft._replace(last=hit.last), hit.key)
            if words.kinds[at] == "l" or words.norms[at] in _STOPS:
                return draft
        return draft

    # -- finished ------------------------------------------------------------------------------

    def finished(self, drafts: Sequence[_Draft], kinds: KindReader) -> list[Numeral]:
        """The numerals, with what each counts."""
        return [self._numeral(draft, kinds) for draft in drafts]

    def _numeral(self, draft: _Draft, kinds: KindReader) -> Numeral:
        low = draft.low if draft.form not in (Form.UP_TO, Form.LESS_THAN) else None
        amount = draft.amount
        if draft.form is Form.ORDINAL and not kinds.is_dated(draft.first):
            kind = NumberKind.ORDINAL
        else:
            kind = kinds.kind(draft.core, amount, qualified=draft.form is not Form.EXACT)
        before = self.words.norms[draft.core[0] - 1] if draft.core[0] else ""
        definite = before in self._phrasing.articles or (amount is not None and amount.definite)
        return Numeral(
            draft.first,
            draft.last,
            Count(low, draft.high),
            draft.form if kind is not NumberKind.ORDINAL else Form.ORDINAL,
            draft.core,
            kind,
            weak=amount.weak if amount else self._is_weak(draft),
            definite=definite,
        )

    def _is_weak(self, draft: _Draft) -> bool:
        return draft.form is Form.NONE and draft.last - draft.first == 1


def _exact(amount: Amount) -> _Draft:
    first, last, value = amount[:3]
    if isinstance(value, int):
        return _Draft(first, last, (first, last), value, value, value, Form.EXACT, amount)
    low = floor(value)
    return _Draft(first, last, (first, last), low, ceil(value), low, Form.EXACT, amount)


def _apply(draft: _Draft, key: str) -> _Draft:
    """The bounds after a qualifier (conventions, the table of wordings)."""
    return draft if key == _FULL and draft.form is Form.EXACT else _BOUNDS[key](draft)


def _full(draft: _Draft) -> _Draft:
    return draft._replace(low=draft.base)


def _at_least(draft: _Draft) -> _Draft:
    return draft._replace(low=draft.base, high=None, form=Form.AT_LEAST)


def _more_than(draft: _Draft) -> _Draft:
    return draft._replace(low=draft.base + 1, high=None, form=Form.MORE_THAN)


def _up_to(draft: _Draft) -> _Draft:
    high = draft.high if draft.form is Form.RANGE else draft.base
    return draft._replace(high=high, form=Form.UP_TO)


def _less_than(draft: _Draft) -> _Draft:
    return draft._replace(high=max(draft.base - 1, 0), form=Form.LESS_THAN)


def _has_bounds(draft: _Draft) -> bool:
    """Whether "about" adds nothing: "10 to 12", "dozens", "une dizaine"."""
    return draft.form is Form.RANGE or draft.form is Form.VAGUE


def _nearly(draft: _Draft) -> _Draft:
    if _has_bounds(draft) and draft.high is None:
        return draft
    low = -(-draft.base * (_TENTH - 1) // _TENTH)
    return draft._replace(low=low, high=draft.base, form=Form.NEARLY)


def _about(draft: _Draft) -> _Draft:
    base = draft.base
    if _has_bounds(draft):
        return draft
    low, high = (base - 1, base + 1) if base < _SMALL else _within_a_tenth(base)
    return draft._replace(low=max(low, 0), high=high, form=Form.ABOUT)


def _within_a_tenth(base: int) -> tuple[int, int]:
    return -(-base * (_TENTH - 1) // _TENTH), base * (_TENTH + 1) // _TENTH


_BOUNDS: dict[str, Callable[[_Draft], _Draft]] = {
    _FULL: _full,
    Form.AT_LEAST: _at_least,
    Form.MORE_THAN: _more_than,
    Form.UP_TO: _up_to,
    _TO: _up_to,
    Form.LESS_THAN: _less_than,
    Form.NEARLY: _nearly,
    Form.ABOUT: _about,
}
