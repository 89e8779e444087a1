"""Counts, days, places and causes as people type them."""

from __future__ import annotations

import calendar
import re
from datetime import date

import typer

from bilan.acts.set_field import Value
from bilan.core.values import Cause, Count, DatePrecision, Place, Point, When

UNKNOWN = "unknown"
_COUNT = re.compile(r"(\d+)?(\.\.|\+)?(\d+)?")
_POINT = re.compile(r"(-?\d+(?:\.\d+)?),\s*(-?\d+(?:\.\d+)?)\s+(.+)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")


def count_of(words: str) -> Count | None:
    """5; 5..7; 5+ (at least); ..30 (up to); unknown."""
    if words == UNKNOWN:
        return None
    found = _COUNT.fullmatch(words.replace(" ", ""))
    low, how, high = found.groups() if found else (None, None, None)
    try:
        if how == "..":
            return Count(int(low) if low else None, int(high) if high else None)
        if low and not high:
            return Count(int(low), None if how == "+" else int(low))
    except ValueError as error:
        raise typer.BadParameter(f"{words} is no count: {error}") from error
    raise typer.BadParameter(f"{words} is no count: write 5, 5..7, 5+, ..30 or unknown")


def value_of(field: str, words: str) -> Value:
    """The value of a field as typed."""
    if words == UNKNOWN and field != "cause":
        return None
    if field == "when":
        return _when(words)
    if field == "place":
        return _place(words)
    if field == "cause":
        return _cause(words)
    return count_of(words)


def _when(words: str) -> When:
    try:
        month = _MONTH.fullmatch(words)
        if month:
            year, number = int(month[1]), int(month[2])
            last = calendar.monthrange(year, number)[1]
            ends = date(year, number, 1), date(year, number, last)
            return When(*ends, DatePrecision.MONTH)
        first, _, end = words.partition("..")
        return When(date.fromisoformat(first), date.fromisoformat(end or first))
    except ValueError as error:
        hint = "write 2017-09-16, 2017-09-16..2017-09-17 or 2017-09"
        raise typer.BadParameter(f"{words} is no day: {hint}") from error


def _place(words: str) -> Place:
    found = _POINT.fullmatch(words.strip())
    if not found:
        raise typer.BadParameter(f"{words} is no place: write '35.02,40.45 Name of the place'")
    try:
        point = Point(float(found[1]), float(found[2]))
    except ValueError as error:
        raise typer.BadParameter(f"{words} is no place: {error}") from error
    return Place(name=found[3], canonical_name=found[3], point=point)


def _cause(words: str) -> Cause:
    try:
        return Cause(words)
    except ValueError as error:
        raise typer.BadParameter(f"{words} is no cause: one of {', '.join(Cause)}") from error
