"""What a number counts, as far as the words beside it say: people perhaps, or years, hours, km.

The words are data: [lexicon.unit], [lexicon.unit_before], [numbers.ordinals] of each language.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from bilan.core.claims.numbers.amounts import Amount, number_words
from bilan.core.claims.text.found import Found
from bilan.core.claims.text.language import Language, load_language
from bilan.core.claims.text.tokens import Words, fold

_FIRST_YEAR, _LAST_YEAR = 1900, 2100  # four digits between them are a year unless people follow
_PEOPLE = ("person", "harm")
_CODE_DIGITS = 8  # digits without grouping; so long a number is a code (a telephone, a post)
_PERCENT = frozenset("%٪‰")
_MONEY = frozenset("$€£₪₺₽¥")
_YEARS, _OF = "years", "of"
_ASIDE = frozenset(",،(")
_LINKS = frozenset("/@#_\\=&")


class NumberKind(StrEnum):
    """What a number counts."""

    COUNT = "count"  # may count people
    DATE = "date"
    YEAR = "year"
    TIME = "time"
    AGE = "age"
    DURATION = "duration"
    MEASURE = "measure"
    PERCENT = "percent"
    FRACTION = "fraction"
    MONEY = "money"
    ORDINAL = "ordinal"
    LIST = "list_number"
    CODE = "code"  # numbers of documents, roads, weapons, telephones, coordinates


@cache
def _ordinal_endings(code: str) -> frozenset[str]:
    table = load_language(code).table("numbers")
    return frozenset(fold(e) or e for e in table.get("ordinal_endings", ()))


@cache
def _particles(code: str) -> frozenset[str]:
    """What may be written onto a number and leave it one."""
    table = load_language(code).table("numbers")
    return frozenset(fold(p) for p in (*table.get("prefixes", ()), *table.get("and", ())))


@cache
def _joining(code: str) -> frozenset[str]:
    """Words and signs that join the members of a list."""
    entries = load_language(code).lexicon.entries
    ands = (e.phrase for e in entries if e.category == "link" and e.key == "and")
    return frozenset({",", "،", *(fold(word) for word in ands if " " not in word)})


class KindReader:
    """Tells what each number of one text counts."""

    def __init__(
        self, words: Words, found: Found, language: Language, dated: Sequence[tuple[int, int]]
    ) -> None:
        self._words, self._count = words, len(words)
        self._units = found.by_first("unit")
        self._before = found.by_last("unit_before")
        self._links = found.by_first("link")
        self._joins = _joining(language.code)
        self._people = [found.by_first(category) for category in _PEOPLE]
        self._endings = _ordinal_endings(language.code)
        self._table = number_words(language.code).pieces
        self._particles = _particles(language.code)
        self._dated = {i for first, last in dated for i in range(first, last)}

    def is_dated(self, at: int) -> bool:
        """Whether a token belongs to a date."""
        return at in self._dated

    def kind(self, core: tuple[int, int], amount: Amount | None, *, qualified: bool) -> NumberKind:
        """The kind of the number on the tokens of `core`."""
        first, last = core
        if first in self._dated:
            # "sa fille de six ans" has the words of a date, and is none
            age = self._by_words(first, last) is NumberKind.AGE
            return NumberKind.AGE if age else NumberKind.DATE
        if amount is not None and amount.digits:
            by_signs = self._by_signs(first, last)
            if by_signs is not None:
                return by_signs
        by_words = self._by_words(first, last)
        if by_words is not None:
            return by_words
        if amount is None or not amount.digits:
            return NumberKind.COUNT
        return self._by_value(first, last, amount, qualified)

    def _by_signs(self, first: int, last: int) -> NumberKind | None:
        """What signs and letters written onto the digits say."""
        words = self._words
        before = words.norms[first - 1] if first else "\n"
        after = words.norms[last] if last < self._count else "\n"
        if self._stands_free(first, last, before):
            return None
        if after in _PERCENT or before in _PERCENT:
            return NumberKind.PERCENT
        if before in _MONEY or after in _MONEY:
            return NumberKind.MONEY
        if self._is_time(first, last):
            return NumberKind.TIME
        return self._by_glue(first, last) or self._by_layout(first, last, before, after)

    def _stands_free(self, first: int, last: int, before: str) -> bool:
        """Whether words or numbers stand on both sides, blanks between: the common case."""
        words = self._words
        if before[0] == "\n" or last == self._count:
            return False
        if words.kinds[first - 1] == "s" or words.kinds[last] in "sl":
            return False
        return words.starts[last] > words.ends[last - 1] and (
            words.starts[first] > words.ends[first - 1]
        )

    def _by_glue(self, first: int, last: int) -> NumberKind | None:
        """What is written onto the digits without a blank: 16th, M4, T-72, 35°."""
        words = self._words
        if last < self._count and words.starts[last] == words.ends[last - 1]:
            if words.norms[last] in self._endings or self._hyphen_ending(last):
                return NumberKind.ORDINAL
            if words.norms[last] == "°" or self._is_label(last):
                return NumberKind.CODE
        glued = first > 0 and words.ends[first - 1] == words.starts[first]
        if glued and (words.norms[first - 1] in _LINKS or self._is_code(first)):
            return NumberKind.CODE
        return None

    def _is_label(self, at: int) -> bool:
        """Whether Latin letters written behind digits are no word: 9M55, 2h, 47w."""
        letters = self._words.norms[at]
        known = at in self._units or letters in self._table
        return letters.isascii() and letters.isalpha() and len(letters) <= 3 and not known

    def _by_layout(self, first: int, last: int, before: str, after: str) -> NumberKind | None:
        """ "1." or "2)" at the beginning of a line; "1/2" and "3:2"."""
        words = self._words
        if before[0] == "\n" and after in ".)-" and words.kinds[first] == "n":
            spaced = last + 1 < self._count and words.starts[last + 1] > words.ends[last]
            if spaced and words.starts[last] == words.ends[last - 1]:
                return NumberKind.LIST
        if self._ratio(last, 1) or (first >= 2 and self._ratio(first - 1, -1)):
            return NumberKind.FRACTION
        return None

    def _ratio(self, at: int, step: int) -> bool:
        words = self._words
        if not 0 < at < self._count - 1 or words.norms[at] not in "/:" or words.kinds[at] == "l":
            return False
        whole = words.ends[at - 1] == words.starts[at] and words.ends[at] == words.starts[at + 1]
        return whole and words.kinds[at + step] == "n"

    def _hyphen_ending(self, last: int) -> bool:
        """An ending behind a hyphen: 36-я, 5-го."""
        words = self._words
        return (
            last + 1 < self._count
            and words.norms[last] in "-'’"
            and words.starts[last + 1] == words.ends[last]
            and words.norms[last + 1] in self._endings
        )

    def _is_code(self, first: int) -> bool:
        """Digits written onto letters (M4) or behind them with a hyphen (T-72, Il-76)."""
        words = self._words
        if words.kinds[first - 1] == "w":
            # Arabic writes "and" and "for" onto a number; any other letters make it a label.
            return words.norms[first - 1] not in self._particles
        return (
            words.norms[first - 1] == "-"
            and first >= 2
            and words.ends[first - 2] == words.starts[first - 1]
            and (self._is_short_name(first - 2) or self._between_hyphens(first))
        )

    def _is_short_name(self, at: int) -> bool:
        """The letters of T-72 and Il-76."""
        words = self._words
        return words.kinds[at] == "w" and words.raw(at)[0].isupper() and len(words.norms[at]) <= 4

    def _between_hyphens(self, at: int) -> bool:
        """The 10 of 2010-10-CA-040."""
        words = self._words
        return (
            at + 1 < self._count
            and words.norms[at + 1] == "-"
            and words.starts[at + 1] == words.ends[at]
        )

    def _is_time(self, first: int, last: int) -> bool:
        """12:30, 14h30."""
        words = self._words
        if last + 1 < self._count and words.kinds[last + 1] == "n" and words.norms[last] in ":h":
            return words.ends[last] == words.starts[last + 1] and len(words.norms[last + 1]) == 2
        return (
            first >= 2
            and words.norms[first - 1] in ":h"
            and words.kinds[first - 2] == "n"
            and words.starts[first - 1] == words.ends[first - 2]
            and words.starts[first] == words.ends[first - 1]
        )

    def _by_words(self, first: int, last: int) -> NumberKind | None:
        """What a unit or another word right beside the number says."""
        words = self._words
        if words.norms[last : last + 1] == (")",) and words.norms[first - 1] == "(":
            last += 1  # "(45) years"
        hyphen = last < self._count and words.norms[last] in "-‑"
        unit = self._units.get(last) or (self._units.get(last + 1) if hyphen else None)
        cue = self._before.get(first)
        if cue is None and first and words.norms[first - 1] in ":-":
            cue = self._before.get(first - 1)
        if cue is not None and cue.key == NumberKind.AGE:
            return NumberKind.AGE
        if unit is not None and unit.key == _YEARS:
            aged = cue is not None and cue.key == _OF
            return NumberKind.AGE if aged or self._is_aside(first) else NumberKind.DURATION
        if unit is not None:
            return NumberKind(unit.key)
        if self._counts_pages(first):
            return NumberKind.CODE
        return None if cue is None or cue.key == _OF else NumberKind(cue.key)

    def _counts_pages(self, first: int) -> bool:
        """Whether a number says how many a page shows: "Image 1 of 33", "photo 2/12"."""
        words, at = self._words, first - 1
        if at < 1 or words.kinds[at - 1] != "n":
            return False
        link = self._links.get(at)
        if words.norms[at] != "/" and (link is None or link.key != _OF or link.last != first):
            return False
        cue = self._before.get(at - 1)
        return cue is not None and cue.key == NumberKind.CODE

    def _is_aside(self, first: int) -> bool:
        """Whether a comma, a bracket or "of" opens it: ", 34 years", "de 5 et 9 ans"."""
        words, at = self._words, first - 1
        while at > 1 and words.norms[at] in self._joins and self._is_number(at - 1):
            at -= 2
        cue = self._before.get(at + 1)
        return at >= 0 and (words.norms[at] in _ASIDE or (cue is not None and cue.key == _OF))

    def _is_number(self, at: int) -> bool:
        return self._words.kinds[at] == "n" or self._words.norms[at] in self._table

    def _by_value(self, first: int, last: int, amount: Amount, qualified: bool) -> NumberKind:
        """What the digits themselves say."""
        whole = amount.whole
        if whole is None:
            return NumberKind.FRACTION
        plain = self._words.norms[first].isdigit() and last == first + 1
        digits = self._words.norms[first]
        if plain and (len(digits) >= _CODE_DIGITS or (len(digits) > 1 and int(digits[0]) == 0)):
            return NumberKind.CODE
        if plain and _FIRST_YEAR <= whole <= _LAST_YEAR and not qualified:
            return NumberKind.COUNT if self._people_follow(last) else NumberKind.YEAR
        return NumberKind.COUNT

    def _people_follow(self, last: int) -> bool:
        return any(last in table or last + 1 in table for table in self._people)
