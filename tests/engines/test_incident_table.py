"""Counts by anything, views of the map, and the map's payload: what goes in comes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.speed.counting import incidents
from bilan.core.errors import DataError, UsageError
from bilan.core.incidents.codes import check_character, passes
from bilan.engines.incident_table import MOST_POINTS, Box, count_by, table_of, view
from bilan.engines.map_payload import payload, shown_in


def code(country: str, day: str | None, letters: str) -> str:
    stem = f"{country}-{day or 'undated'}-{letters}"
    return stem + check_character(stem)


def incident(
    letters: str,
    day: str | None = "2017-09-16",
    killed: tuple[int | None, int | None] | None = (12, 24),
    *parties: str,
    point: tuple[float, float] | None = (35.02, 40.452),
) -> Mapping[str, Any]:
    return {
        "code": code("SY", day, letters),
        "date_start": day,
        "place": {"name": "Al Mayadin", "lat": point and point[0], "lon": point and point[1]},
        "cause": "airstrike",
        "grade": "Fair",
        "killed": killed and {"min": killed[0], "max": killed[1], "open_above": killed[1] is None},
        "parties": [{"party": p, "role": "suspected"} for p in parties],
    }


SOME = [
    incident("aaaa", "2017-09-16", (12, 24), "Party A", "Party B"),
    incident("bbbb", "2017-09-20", (3, None), "Party A"),
    incident("cccc", "2017-10-01", None),
    incident("dddd", None, (1, 1), point=None),
]


def test_unknown_adds_nothing_and_is_counted_apart() -> None:
    (fair,) = count_by(table_of(SOME), ["grade"])
    assert (fair.incidents, fair.low, fair.high) == (4, 16, 28)
    assert (fair.open_above, fair.unknown) == (1, 1)


def test_an_incident_of_two_parties_is_in_the_cell_of_each() -> None:
    cells = {c.values: (c.incidents, c.low) for c in count_by(table_of(SOME), ["party", "month"])}
    assert cells == {("Party A", "2017-09"): (2, 15), ("Party B", "2017-09"): (1, 12)}


def test_what_has_no_day_stands_in_a_month_of_its_own() -> None:
    cells = {c.values[0]: c.incidents for c in count_by(table_of(SOME), ["month"])}
    assert cells == {"2017-09": 2, "2017-10": 1, "unknown": 1}


def test_nothing_is_counted_by_what_it_is_not() -> None:
    with pytest.raises(UsageError, match="blame"):
        count_by(table_of(SOME), ["blame"])


def test_every_cross_table_adds_up_to_all_incidents() -> None:
    table = incidents(3_000)
    for by in (["place"], ["grade", "month"], ["place", "month", "cause"]):
        assert sum(cell.incidents for cell in count_by(table, by)) == 3_000


def test_a_view_shows_each_incident_or_counts_them_all() -> None:
    table = incidents(3_000)
    near = view(table, Box(south=34, west=38, north=36, east=42))
    assert 0 < near.total == len(near.rows) <= MOST_POINTS
    world = view(table, Box())
    assert world.count.sum() == world.total == 3_000
    assert not len(world.rows)


def test_the_payload_gives_back_every_incident_with_its_whole_code() -> None:
    shown = {one.code: one for one in shown_in(payload(table_of(SOME)))}
    assert set(shown) == {row["code"] for row in SOME}
    assert all(passes(one) for one in shown)
    first, last = shown[str(SOME[0]["code"])], shown[str(SOME[3]["code"])]
    assert (first.lat, first.lon, first.low, first.high) == (35.02, 40.452, 12, 24)
    assert (first.cause, first.grade) == ("airstrike", "Fair")
    assert (last.lat, last.lon) == (None, None)
    assert shown[str(SOME[1]["code"])].high is None
    assert shown[str(SOME[2]["code"])].low is None


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 60), st.integers(1, 9))
def test_a_payload_is_lossless(count: int, seed: int) -> None:
    table = incidents(count, seed=seed)
    shown = sorted(shown_in(payload(table)), key=lambda one: one.code)
    order = np.argsort(np.array(table.codes)) if count else np.empty(0, int)
    assert [one.code for one in shown] == [table.codes[n] for n in order]
    assert [one.lat for one in shown] == [float(table.lat[n]) for n in order]
    assert [one.low for one in shown] == [None if table.low[n] < 0 else table.low[n] for n in order]


def test_what_is_no_payload_is_refused() -> None:
    with pytest.raises(DataError):
        shown_in(b"{}")
