"""A row is taken as it stands: what is wrong with it is named, nothing is mended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from bilan.core.registers.asserted import Asserted, Bounds
from bilan.core.registers.mapping import read_shape
from bilan.core.registers.rowreader import ReadRow, RowReader, digest_of
from bilan.core.values import Fault

SHAPE = """
format = 1
name = "mine"
title = "A register of my own"
register = "mine"
recorder = "Amal"

[[table]]
name = "events"
kind = "incident"
key = ["No"]
dates = ["%d/%m/%Y"]
lists = ";"
zero_is_unknown = ["injured"]
unknown = ["n/a"]

[table.fields]
code = "Code"
former = "Old"
start = "From"
end = "To"
country = "Country"
lat = "Lat"
lon = "Lon"
cause = "Weapon"

[table.counts]
killed = ["Dead", "Dead max"]
killed_children = ["Kids", "Kids"]
killed_women = ["Women", "Women"]
injured = ["Hurt", "Hurt"]

[[table.parties]]
name = "Party {n}"
role_from = "Role {n}"
"""
COLUMNS = (
    "No Code Old From To Country Lat Lon Weapon Dead Dead_max Kids Women Hurt Party_1 Role_1 Note"
)
NAMES = [name.replace("_", " ") for name in COLUMNS.split()]
PLAIN = {
    "No": "7",
    "Code": "N7 Q7",
    "Old": "N1;N2",
    "From": "16/09/2017",
    "Country": "Syria",
    "Lat": "35.02",
    "Lon": "40.45",
    "Weapon": "Airstrike",
    "Dead": "4",
    "Dead max": "5",
    "Party 1": "Russian Military",
    "Role 1": "Suspected",
}


def read(**cells: str) -> ReadRow:
    table = read_shape(SHAPE, where="mine.toml").tables[0]
    reader = RowReader(table, NAMES, file="mine.csv", today=date(2026, 3, 1))
    given = {**PLAIN, **{name.replace("_", " "): cell for name, cell in cells.items()}}
    row = [given.get(name, "") for name in NAMES]
    return _read(reader, row)


def _read(reader: RowReader, row: Sequence[str]) -> ReadRow:
    key = reader.key(9, row)
    if isinstance(key, Fault):
        return ReadRow(None, (key,))
    return reader.read(9, row, key, digest_of(row))


def told(**cells: str) -> Asserted:
    asserted = read(**cells).asserted
    assert asserted is not None
    return asserted


def test_a_plain_row_says_what_it_says() -> None:
    row = told()
    assert (row.key, row.code, row.former) == ("7", "N7 Q7", ("N1", "N2"))
    assert (row.start, row.end) == (date(2017, 9, 16), None)
    assert (row.country, row.lat, row.lon, row.cause) == ("SY", 35.02, 40.45, "airstrike")
    assert row.counts == (Bounds("killed", 4, 5),)
    assert [(p.name, p.party, p.role) for p in row.parties] == [
        ("Russian Military", "Russia", "suspected")
    ]
    assert row.defects == ()


def test_unknown_is_not_zero_and_zero_is_what_the_register_means_by_it() -> None:
    assert told(Dead="", Dead_max="n/a").count("killed") == Bounds("killed", None, None)
    assert told(Dead="0").count("killed").low == 0
    assert told(Hurt="0").count("injured").low is None


@pytest.mark.parametrize(
    ("cells", "defect"),
    [
        ({"From": ""}, "date_missing"),
        ({"From": "31/02/2017"}, "date_unreadable"),
        ({"From": "16/09/1917"}, "date_implausible"),
        ({"From": "16/09/2027"}, "date_implausible"),
        ({"To": "15/09/2017"}, "end_before_start"),
        ({"To": "16/12/2017"}, "span_over_60_days"),
        ({"Dead": "6"}, "min_over_max"),
        ({"Dead": "six"}, "number_unreadable"),
        ({"Dead": "-6"}, "number_unreadable"),
        ({"Kids": "3", "Women": "3"}, "parts_exceed_total"),
        ({"Lat": ""}, "coordinates_missing"),
        ({"Lat": "0", "Lon": "0.0"}, "coordinates_zero"),
        ({"Lat": "48.85", "Lon": "2.35"}, "coordinates_outside_country"),
        ({"Lat": "4239.0"}, "coordinates_outside_country"),
        ({"Lat": "north"}, "coordinates_unreadable"),
        ({"Weapon": "trebuchet"}, "word_unknown"),
    ],
)
def test_a_defect_is_flagged_and_the_row_goes_in(cells: dict[str, str], defect: str) -> None:
    assert told(**cells).defects == (defect,)


def test_nothing_is_mended() -> None:
    row = told(From="16/09/2017", To="15/09/2017", Dead="6")
    assert (row.start, row.end) == (date(2017, 9, 16), date(2017, 9, 15))
    assert row.count("killed") == Bounds("killed", 6, 5)


def test_a_cell_that_cannot_be_read_is_named_with_row_column_and_reason() -> None:
    (fault,) = read(From="31/02/2017").faults
    assert fault.where == "mine.csv, row 9, column From"
    assert "no day of the calendar" in fault.message


def test_a_second_row_of_column_names_is_no_row() -> None:
    row = read(No="no.", From="day", Dead="least", Dead_max="most", Lat="north", Lon="east")
    assert row.asserted is None
    assert [fault.code for fault in row.faults] == ["header_again"]


def test_a_row_without_a_key_cannot_be_taken_in() -> None:
    assert [fault.code for fault in read(No=" ").faults] == ["key_missing"]
    assert [fault.code for fault in read(No="7" * 201).faults] == ["key_too_long"]


def test_a_row_of_another_width_cannot_be_taken_in() -> None:
    table = read_shape(SHAPE, where="mine.toml").tables[0]
    reader = RowReader(table, NAMES, file="mine.csv", today=date(2026, 3, 1))
    assert [fault.code for fault in _read(reader, ["7"]).faults] == ["row_width"]


def test_the_digest_changes_with_any_cell_but_not_with_an_escape() -> None:
    assert digest_of(["a", "b"]) != digest_of(["ab", ""])
    assert digest_of(["a"]) != digest_of(["a "])
    assert digest_of(["'=1"]) == digest_of(["=1"])
