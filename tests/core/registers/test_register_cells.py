"""One cell: a value, or the reason why there is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.core.registers.cells import (
    NotOnEarth,
    Unreadable,
    day_of,
    degrees_of,
    number_of,
    parts_of,
)
from bilan.core.reports.cells import escaped, unescaped

FRENCH = ("%d/%m/%Y",)


def test_the_thirty_first_of_february_is_no_day() -> None:
    with pytest.raises(Unreadable, match="no day of the calendar"):
        day_of("31/02/2017", FRENCH)


def test_a_day_is_never_read_in_a_format_that_nobody_named() -> None:
    assert day_of("02/03/2017", FRENCH) == date(2017, 3, 2)
    with pytest.raises(Unreadable):
        day_of("2017-03-02", FRENCH)
    with pytest.raises(Unreadable):
        day_of("spring 2017", FRENCH)


@pytest.mark.parametrize(("cell", "number"), [("5", 5), (" 5 ", 5), ("5.0", 5), ("٥", 5)])
def test_a_whole_number_is_read_as_spreadsheets_write_it(cell: str, number: int) -> None:
    assert number_of(cell) == number


@pytest.mark.parametrize("cell", ["-1", "5+", "4-5", "about 5", "5.5", "1,200", "12345678901"])
def test_anything_else_is_no_number_of_people(cell: str) -> None:
    with pytest.raises(Unreadable):
        number_of(cell)


def test_degrees_beyond_the_earth_are_told_from_words() -> None:
    assert degrees_of("-35.5", most=90) == -35.5
    with pytest.raises(NotOnEarth):
        degrees_of("4239.004", most=180)
    with pytest.raises(Unreadable, match="decimal degrees"):
        degrees_of("35°01'N", most=90)


def test_a_cell_of_several_gives_each_once_in_order() -> None:
    assert parts_of(" B1; A2 ;;B1", ";") == ("B1", "A2")
    assert parts_of("A, B", "") == ("A, B",)


@given(st.text(alphabet="'=+-@\t\r\na1", max_size=8))
def test_an_escaped_cell_is_found_again(cell: str) -> None:
    assert unescaped(escaped(cell)) == cell or escaped(cell) == cell


@pytest.mark.parametrize("cell", ["=1+1", "+SUM(A1)", "-2+3", "@x", "\t=1", "'=1"])
def test_what_a_spreadsheet_would_run_is_escaped(cell: str) -> None:
    assert escaped(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-12.5", "+3", "", "a=b", "'quoted'"])
def test_a_number_and_plain_words_stay_as_they_are(cell: str) -> None:
    assert escaped(cell) == cell
