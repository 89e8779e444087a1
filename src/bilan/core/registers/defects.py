"""What is wrong within one row, told by what it asserts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bilan.core.registers.asserted import Asserted, Defect, Kind, span_over
from bilan.core.registers.countries import box_of, lies_in
from bilan.core.registers.mapping import Table

PARTS = ("killed_children", "killed_women", "killed_men")  # of the killed


def defects_of(told: Asserted, table: Table, *, today: date) -> Iterator[str]:
    """The defects of a row of an incident; rows of other kinds only have those of their counts."""
    yield from _of_counts(told)
    if told.kind is Kind.INCIDENT:
        yield from _of_days(told, table, today)
        yield from _of_point(told, table)


def _of_days(told: Asserted, table: Table, today: date) -> Iterator[str]:
    if told.start is None:
        yield Defect.DATE_MISSING
        return
    if not table.limits.earliest <= told.start <= today:
        yield Defect.DATE_IMPLAUSIBLE
    if told.end is not None and told.end < told.start:
        yield Defect.END_BEFORE_START
    elif told.end is not None and (told.end - told.start).days > table.limits.longest_days:
        yield span_over(table.limits.longest_days)


def _of_counts(told: Asserted) -> Iterator[str]:
    for bounds in told.counts:
        if bounds.low is not None and bounds.high is not None and bounds.low > bounds.high:
            yield Defect.MIN_OVER_MAX
    total = told.count("killed").high
    parts = sum(told.count(name).high or 0 for name in PARTS)
    if total is not None and parts > total:
        yield Defect.PARTS_EXCEED_TOTAL


def _of_point(told: Asserted, table: Table) -> Iterator[str]:
    if "lat" not in table.fields:
        return
    if told.lat is None or told.lon is None:
        yield Defect.COORDINATES_MISSING
        return
    if told.lat == 0 and told.lon == 0:
        yield Defect.COORDINATES_ZERO
        return
    box = table.limits.box or (box_of(told.country) if told.country else None)
    if box is not None and not lies_in(box, told.lat, told.lon):
        yield Defect.COORDINATES_OUTSIDE
