"""Mappings are data: those that ship are sound, and a slip of the pen is named."""

from __future__ import annotations

import pytest

from bilan.core.assessments.answers import State
from bilan.core.assessments.grades import Grade
from bilan.core.assessments.parties import PartyRole
from bilan.core.claims.text.language import parties
from bilan.core.errors import DataError, UnknownName
from bilan.core.registers.countries import box_of, country_code, lies_in
from bilan.core.registers.mapping import common_words, read_shape, shape_named, shape_names
from bilan.core.values import Cause, DatePrecision, PlacePrecision

MINE = """
format = 1
name = "mine"
title = "A register of my own"
register = "mine"
recorder = "Amal"

[[table]]
name = "events"
kind = "incident"
key = ["No"]

[table.fields]
start = "Day"
"""


@pytest.mark.parametrize("name", shape_names())
def test_every_mapping_that_ships_can_be_read(name: str) -> None:
    shape = shape_named(name)
    assert shape.name == name
    assert all(table.required for table in shape.tables)


@pytest.mark.parametrize("name", shape_names())
def test_the_words_of_others_mean_words_of_the_closed_lists(name: str) -> None:
    lists: dict[str, set[str]] = {
        "precision": set(map(str, PlacePrecision)),
        "date_precision": set(map(str, DatePrecision)),
        "grade": set(map(str, Grade)),
        "cause": set(map(str, Cause)),
        "role": set(map(str, PartyRole)),
        "answer": set(map(str, State)),
        "party": {str(party["name"]) for party in parties().values()},
    }
    for table in shape_named(name).tables:
        for kind, known in lists.items():
            assert set(table.words[kind].values()) - {""} <= known, kind


def test_the_common_words_are_written_as_they_are_compared() -> None:
    for words in common_words().values():
        assert all("_" not in w and "-" not in w and w == w.casefold() for w in words)


def test_a_mapping_of_ones_own_is_as_good() -> None:
    shape = read_shape(MINE, where="mine.toml")
    assert shape.table_for("any.csv", ["no", "DAY", "more"]).name == "events"
    with pytest.raises(DataError, match="without the columns Day"):
        shape.table_for("any.csv", ["No"])
    with pytest.raises(UnknownName):
        shape.table("others")


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        (("start =", "strat ="), "strat"),
        (("format = 1", "format = 2"), "format"),
        (('kind = "incident"', 'kind = "event"'), "event"),
        (
            (
                'key = ["No"]',
                "",
            ),
            "key",
        ),
        (('recorder = "Amal"', 'recorder = "Amal"\ncolour = 1'), "colour"),
        (('recorder = "Amal"', "recorder = Amal"), "mine.toml"),
    ],
)
def test_a_slip_of_the_pen_loses_no_column_in_silence(slip: tuple[str, str], said: str) -> None:
    with pytest.raises(DataError, match=said):
        read_shape(MINE.replace(*slip), where="mine.toml")


def test_countries_are_known_by_the_names_that_registers_use() -> None:
    assert country_code("سوريا") == country_code("Syrian Arab Republic") == "SY"
    assert country_code("Nowhere") is None
    box = box_of("SY")
    assert box is not None
    assert lies_in(box, 35.0, 40.4)
    assert not lies_in(box, 0.0, 0.0)
