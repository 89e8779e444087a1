"""The figures of a party's monthly report, and whether they add up.

Open at the start plus new reports, less what was completed, is open at the end; what was completed
is credible, not credible or duplicate; those killed so far are those of the month before and those
of this month. A sum that does not hold is said with both numbers and never mended (field, 2.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bilan.core.claims.numbers.amounts import Amount, amounts
from bilan.core.claims.speech.entries import any_of, entries_in, wordings
from bilan.core.claims.speech.verdicts import unwrapped
from bilan.core.claims.text.found import Found
from bilan.core.claims.text.language import known_languages, load_language
from bilan.core.claims.text.sentences import sentences_of
from bilan.core.claims.text.tokens import Words, words_of
from bilan.core.values import Report, Span

_WITHIN = 14  # tokens between a number and the phrase that says what it counts


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the month and the words that give it."""

    value: int
    span: Span


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum of a month in words, what it comes to, and what the document says instead."""

    words: str
    reckoned: int
    stated: int

    @property
    def holds(self) -> bool:
        """Whether the document's own number is what the sum comes to."""
        return self.reckoned == self.stated

    def __str__(self) -> str:
        if self.holds:
            return f"{self.words} = {self.reckoned:,}, as the document says"
        return (
            f"{self.words} = {self.reckoned:,}, but the document says {self.stated:,}:"
            f" {abs(self.reckoned - self.stated):,} unaccounted for"
        )


Month = Mapping[str, Figure]


def month_in(report: Report) -> Month:
    """The figures of a monthly report by what they count; empty where there are none.

    Entries of the document are about single cases and are not looked at. The first figure of each
    kind counts.
    """
    if report.lang not in known_languages() or "figures" not in wordings(report.lang):
        return {}
    text = _without_entries(report)
    words, language = words_of(text), load_language(report.lang)
    # Bare numbers: the "over" of "carried over 31" is no "more than 31".
    numbers = amounts(words, Found.of(language.lexicon.find(words)), language)
    found: dict[str, Figure] = {}
    for first, last in sentences_of(words):
        inside = [n for n in numbers if first <= n.first < last and n.whole is not None]
        for kind, figure in _in_sentence(words, (first, last), inside, report.lang):
            found.setdefault(kind, figure)
    return found


def _without_entries(report: Report) -> str:
    """The text with its entries blank, every offset kept."""
    text = unwrapped(report.text)
    for entry in entries_in(report.text, report.lang):
        start, end = entry.span.start, entry.span.end
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _in_sentence(
    words: Words, sentence: tuple[int, int], numbers: list[Amount], lang: str
) -> Iterator[tuple[str, Figure]]:
    """What the numbers of a sentence count, each phrase with the nearest number on its side."""
    low, high = words.starts[sentence[0]], words.ends[sentence[1] - 1]
    for kind, is_before, pattern in _patterns(lang):
        for match in pattern.finditer(words.text, low, high):
            at = _nearest(words, numbers, match, is_before=is_before)
            if at is not None and at.whole is not None:
                yield kind, Figure(at.whole, words.span(at.first, at.last))


def _nearest(
    words: Words, numbers: list[Amount], match: re.Match[str], *, is_before: bool
) -> Amount | None:
    """The number next to a phrase on its side, or within it ("nine of the new reports")."""

    def apart(n: Amount) -> int:
        if is_before:
            between = words.text[words.ends[n.last - 1] : match.start()]
        else:
            between = words.text[match.end() : words.starts[n.first]]
        return len(between.split())

    def on_side(n: Amount) -> bool:
        if is_before:
            return words.ends[n.last - 1] <= match.start()
        return words.starts[n.first] >= match.end()

    beside = [n for n in numbers if on_side(n) and apart(n) <= _WITHIN]
    return min(beside, key=apart, default=None)


@cache
def _patterns(lang: str) -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    """What is counted, whether its number comes before the phrase, and the phrases."""
    tables = wordings(lang)["figures"]
    return tuple(
        (kind, side == "before", re.compile(rf"\b(?:{any_of(phrases)})\b", re.IGNORECASE))
        for side in ("before", "after")
        for kind, phrases in tables[side].items()
    )


def sums_of(month: Month) -> tuple[Sum, ...]:
    """The sums within a month for which it gives all the numbers."""
    return tuple(found for found in (_open(month), _completed(month)) if found is not None)


def sums_between(earlier: Month, later: Month) -> tuple[Sum, ...]:
    """The sums from one month to the next: what stayed open, and how many were killed so far."""
    found = []
    if {"open"} <= earlier.keys() and {"carried"} <= later.keys():
        left, taken = earlier["open"].value, later["carried"].value
        found.append(Sum(f"{left:,} left open the month before", left, taken))
    if "deaths_so_far" in earlier and {"deaths_so_far", "deaths"} <= later.keys():
        before, new = earlier["deaths_so_far"].value, later["deaths"].value
        words = f"{before:,} killed so far the month before + {new:,} conceded this month"
        found.append(Sum(words, before + new, later["deaths_so_far"].value))
    return tuple(found)


def _open(month: Month) -> Sum | None:
    """Carried over + new - completed = open. Reopened cases are within the new ones or beside them:
    parties count them either way, so the sum holds if it holds in one of the two."""
    if not {"carried", "received", "open"} <= month.keys():
        return None
    done = _done(month)
    if done is None:
        return None
    carried, new, still = (month[k].value for k in ("carried", "received", "open"))
    words = f"{carried:,} carried over + {new:,} new - {done:,} completed"
    plain = Sum(words, carried + new - done, still)
    if plain.holds or "reopened" not in month:
        return plain
    again = month["reopened"].value
    with_them = Sum(f"{words} + {again:,} reopened", plain.reckoned + again, still)
    return with_them if with_them.holds else plain


def _done(month: Month) -> int | None:
    """What was completed: as the document says, else the sum of what it came to."""
    if "completed" in month:
        return month["completed"].value
    parts = [month[k].value for k in CLOSINGS if k in month]
    return sum(parts) if {"credible", "non_credible"} <= month.keys() else None


CLOSINGS = ("credible", "non_credible", "duplicate")


def _completed(month: Month) -> Sum | None:
    """Credible + not credible + duplicate = completed."""
    if not {"credible", "non_credible", "completed"} <= month.keys():
        return None
    named = [(k.replace("non_", "not "), month[k].value) for k in CLOSINGS if k in month]
    words = " + ".join(f"{value:,} {kind}" for kind, value in named)
    return Sum(words, sum(value for _, value in named), month["completed"].value)
