"""Tellings made for tests of the columns: an air strike, in a village or in its province's seat."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bilan.core.claims.account import Account
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.traits import Traits
from bilan.core.values import (
    Cause,
    Count,
    DatePrecision,
    Place,
    PlacePrecision,
    Point,
    Publisher,
    When,
)

SEAT = Place(
    name="Hama", canonical_name="Hama", admin1="Hama", country="SY", point=Point(35.13, 36.75),
    precision=PlacePrecision.SETTLEMENT, uncertainty_km=5.0, gazetteer_id="seat",
)  # fmt: skip
VILLAGE = replace(
    SEAT, name="Kafr", canonical_name="Kafr", point=Point(35.42, 36.49), gazetteer_id="village"
)
DAY = date(2016, 5, 17)


def telling(number: int, place: Place, *, words: range, killed: int = 5, days: int = 0) -> Telling:
    """A telling by a publisher of its own, of a strike so many `days` after the first."""
    day = DAY + timedelta(days=days)
    return Telling(
        report=f"r{number:02}",
        index=0,
        account=Account(
            when=When(day, day, DatePrecision.DAY),
            place=place,
            cause=Cause.AIRSTRIKE,
            killed=Count(killed, killed),
        ),
        published=DAY,
        publisher=Publisher(f"p{number}"),
        lang="en",
        voices=(),
        traits=Traits(sketch=(), words=tuple(words)),
        place_mark=None,
    )
