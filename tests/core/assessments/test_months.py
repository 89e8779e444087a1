"""Figures of a month that do not add up are said with both numbers, and never mended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.core.assessments.months import Month, month_in, sums_between, sums_of
from bilan.core.values import Report

MAY = """The task force carried over {carried} open reports from previous months and received {new}
new reports. It completed the assessment of {done} reports: {yes} were determined to be credible,
{no} were assessed to be non-credible and {twice} were duplicates. {left} reports are still open.
"""


def month(text: str = MAY, **figures: object) -> Month:
    given_figures = {
        "carried": 31, "new": 12, "done": 9, "yes": 2, "no": 6, "twice": 1, "left": 34,
    } | figures  # fmt: skip
    return month_in(Report("m", text.format(**given_figures), lang="en"))


def test_a_month_that_adds_up_is_not_flagged() -> None:
    assert [one.holds for one in sums_of(month())] == [True, True]


def test_a_faulty_sum_says_both_numbers() -> None:
    still, _ = sums_of(month(left=30))
    assert not still.holds
    assert str(still) == (
        "31 carried over + 12 new - 9 completed = 34, but the document says 30: 4 unaccounted for"
    )


def test_what_was_completed_has_to_be_what_the_cases_came_to() -> None:
    _, closed = sums_of(month(yes=3))
    assert not closed.holds
    assert (closed.reckoned, closed.stated) == (10, 9)


def test_carried_over_is_no_more_than() -> None:
    assert month()["carried"].value == 31


@pytest.mark.parametrize(("left", "holds"), [(34, True), (36, True), (35, False)])
def test_reopened_cases_are_among_the_new_ones_or_beside_them(left: int, holds: bool) -> None:
    found = month(MAY + "Two cases were reopened.", left=left)
    assert sums_of(found)[0].holds is holds


def test_numbers_in_words_are_numbers() -> None:
    assert sums_of(month(yes="two", no="six", twice="one"))[1].holds


def test_without_all_of_its_numbers_no_sum_is_made_up() -> None:
    found = month_in(Report("m", "The task force received nine new reports.", lang="en"))
    assert found["received"].value == 9
    assert sums_of(found) == ()


def test_entries_of_the_list_are_no_figures_of_the_month() -> None:
    entry = "1. May 4, 2018, near Hajin, Syria, via media report. 7 reports were credible.\n"
    assert "credible" not in month_in(Report("m", entry, lang="en"))


def test_what_stayed_open_is_what_the_next_month_carries_over() -> None:
    (held,) = sums_between(month(), month(carried=34))
    (lost,) = sums_between(month(), month(carried=33))
    assert held.holds
    assert (lost.reckoned, lost.stated) == (34, 33)


def test_those_killed_so_far_grow_by_those_of_the_month() -> None:
    so_far = "To date {far} civilians have been unintentionally killed. "
    april = month(so_far, far=850)
    may = month(so_far + "Two reports resulted in five unintentional civilian deaths.", far=856)
    (grown,) = sums_between(april, may)
    assert (grown.reckoned, grown.stated) == (855, 856)


def test_a_language_without_such_lists_has_no_figures() -> None:
    assert month_in(Report("m", MAY, lang="fr")) == {}


COUNTS = st.integers(0, 500)


@given(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, st.integers(-5, 5))
def test_a_sum_holds_exactly_where_the_numbers_do(
    carried: int, new: int, yes: int, no: int, twice: int, slip: int
) -> None:
    done = yes + no + twice
    left = carried + new - done + slip
    if left < 0:
        return
    found = sums_of(
        month(carried=carried, new=new, done=done, yes=yes, no=no, twice=twice, left=left)
    )
    assert [one.holds for one in found] == [slip == 0, True]
