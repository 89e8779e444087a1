"""What a report may touch is found once for all that come in with it, and stays what it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.clues import Comparisons
from bilan.core.incidents.lexis import Lexis, Likenesses
from bilan.core.incidents.neighbourhood import Surroundings
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.weights import default_weights

from .made import ASHARAH, MAHKAN, MAYADIN, Record, account, report, tellings

DAYS = ("2017-09-15", "2017-09-16", "2017-09-18")
PLACES = (MAYADIN, MAHKAN, ASHARAH)
NUMBERS = st.integers(0, len(PLACES) * len(DAYS) - 1)


def of_number(name: str, numbers: list[int]) -> Record:
    """One report after the other, each of one or more events of one week."""
    record = Record()
    for n, number in enumerate(numbers):
        told = [
            account(PLACES[m % 3], DAYS[m // 3], killed=3 + m)
            for m in dict.fromkeys((number, (number + n) % 9))
        ]
        record.add(report(f"{name}{n}", *told))
    return record


def surroundings(book: Casebook, most: int) -> Surroundings:
    compared = Comparisons(default_weights(), Lexis())
    return Surroundings(book.shelf, likely=compared.likely, joins=compared.joins, most=most)


@settings(max_examples=25, deadline=None)
@given(st.lists(NUMBERS, min_size=3, max_size=8), st.integers(2, 30))
def test_who_was_asked_for_before_changes_nobody_s_neighbourhood(
    numbers: list[int], most: int
) -> None:
    book = of_number("r", numbers).book
    seeds = sorted(book.shelf.tellings)
    one_after_the_other = surroundings(book, most)
    for seed in seeds:
        alone = surroundings(book, most).of([seed])
        assert one_after_the_other.of([seed]) == alone


def test_reports_of_one_busy_week_are_compared_once_while_they_come_in_together() -> None:
    book = of_number("r", list(range(9))).book
    asked: list[tuple[str, str]] = []
    compared = Comparisons(default_weights(), Lexis())

    def likely(one: Telling, other: Telling) -> bool:
        asked.append((one.id, other.id))
        return compared.likely(one, other)

    together = Surroundings(book.shelf, likely=likely, joins=likely, most=10)
    for seed in (*book.shelf.tellings, *book.shelf.tellings):
        together.of([seed])
    tellings_known = len(book.shelf.tellings)
    assert tellings_known < len(asked) <= 2 * tellings_known * (tellings_known - 1)


def test_the_words_of_two_reports_are_weighed_once_however_much_each_of_them_tells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    weighed: list[set[str]] = []
    meant = Likenesses.between

    def counted(self: Likenesses, a: Telling, b: Telling) -> float:
        weighed.append({a.report, b.report})
        return meant(self, a, b)

    monkeypatch.setattr(Likenesses, "between", counted)
    told = [account(place, day) for place in PLACES for day in DAYS]
    texts = ("people ran from the market that burned", "the market burned while people ran")
    one, other = (
        tellings(report(name, *told, text=text)) for name, text in zip("ab", texts, strict=True)
    )
    compared = Comparisons(default_weights(), Lexis(reports=500))
    for mine in one:
        for theirs in other:
            compared.of(mine, theirs)
            assert compared.of(theirs, mine) == compared.of(mine, theirs)
    assert weighed == [{"a", "b"}]


def test_a_changed_copy_of_a_telling_keeps_no_number_of_the_one_before() -> None:
    (telling,) = tellings(report("a", account(killed=(4, None))))
    changed = replace(telling, index=1, account=account(killed=7))
    assert (telling.id, telling.killed_sizes) == ("a#0", frozenset({4}))
    assert (changed.id, changed.killed_sizes) == ("a#1", frozenset({7}))
