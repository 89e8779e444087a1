"""A party's list of findings is split into its entries, each with its day, place and source."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.core.claims.speech.entries import Brought, Section, brought_by, entries_in
from bilan.core.values import Report, When

LIST = """The task force completed the assessment of four reports in May.

Credible Reports

1. March 4, 2018, near Al Asharah, Syria, via self-report: During a strike on a store, two civilians
were unintentionally killed.

2. Mar. 30 - Apr. 1, 2018, in Hajin and Al Bahrah, Syria, via Human Rights Watch report. A civilian
was unintentionally injured.

Non-Credible Reports:

3) 5 April 2018 near the old mill, Hajin, Syria, via media report. The report contains insufficient
information to assess its credibility.

Reports are kept on file and may be opened again.
"""


def test_each_entry_has_its_own_day_and_place_and_words() -> None:
    first, second, third = entries_in(LIST, "en")
    assert first.when == When.on(date(2018, 3, 4))
    assert second.when == When(date(2018, 3, 30), date(2018, 4, 1))
    assert third.when == When.on(date(2018, 4, 5))
    assert first.places == ("Al Asharah", "Syria")
    assert second.places == ("Hajin", "Al Bahrah", "Syria")
    assert third.places == ("the old mill", "Hajin", "Syria")
    assert first.span.of(LIST).endswith("were unintentionally killed.")
    assert third.span.of(LIST).endswith("to assess its credibility.")


def test_a_heading_speaks_for_all_entries_below_it_and_for_none_above() -> None:
    sections = [entry.section for entry in entries_in(LIST, "en")]
    assert sections == [Section.CREDIBLE, Section.CREDIBLE, Section.NOT_CREDIBLE]


def test_who_brought_an_allegation_is_known_by_how_they_know() -> None:
    report = Report("r", LIST, lang="en")
    brought = [brought_by(entry, report) for entry in entries_in(LIST, "en")]
    assert brought == [Brought.OWN, Brought.VISITED, Brought.READ]


@pytest.mark.parametrize(
    "head",
    [
        "March 4, 2018, near Al Asharah, Syria: a store was struck.",
        "On March 4, 2018, near Al Asharah, Syria, during a strike on a store a man was hurt.",
        "(12.) Mar. 4, 2018, Al Asharah, Syria, via social media report. No strike was made.",
        "04 MAR 18 Al Asharah, Deir ez-Zor Province, Syria, Air, 2 civilians killed",
    ],
)
def test_a_head_is_read_in_every_way_that_armed_forces_write_it(head: str) -> None:
    (entry,) = entries_in(head, "en")
    assert entry.when == When.on(date(2018, 3, 4))
    assert entry.places[0] == "Al Asharah"


@pytest.mark.parametrize(
    "text",
    [
        "On March 4, 2018 the mayor of Hajin spoke of two dead, and of a school in ruins.",
        "Feb. 30, 2018, near Hajin, Syria, via media report. No strike was made.",
        "Two people died near Hajin, Syria.",
        "",
    ],
)
def test_what_only_looks_like_an_entry_is_none(text: str) -> None:
    assert entries_in(text, "en") == ()


def test_a_language_in_which_no_army_writes_lists_has_no_entries() -> None:
    assert entries_in(LIST, "fr") == ()
    assert entries_in(LIST, "und") == ()


@given(st.text(alphabet="Mar. 4,2018\nnear Hj:via()5", max_size=300))
def test_entries_never_overlap_and_lie_within_the_text(text: str) -> None:
    end = 0
    for entry in entries_in(text, "en"):
        assert end <= entry.span.start <= entry.head.end <= entry.span.end <= len(text)
        end = entry.span.end
