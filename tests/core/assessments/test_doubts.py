"""What a team should look at in a party's document, and in nobody else's."""

from __future__ import annotations

from bilan.core.assessments.doubts import doubts_in
from bilan.core.claims.account import Account, Reading
from bilan.core.values import (
    Place,
    PlacePrecision,
    Point,
    Publisher,
    PublisherKind,
    Report,
    Span,
)

TEXT = """The task force carried over 31 open reports from previous months and received 12 new
reports.
It completed the assessment of 9 reports. 30 reports are still open.

1. May 4, 2018, near Hajin, Syria, via media report. At 36.20 N, 37.15 E no strikes were conducted.

2. May 5, 2018, near Hajin, Syria, via media report. At 34.69 N, 40.83 E no strikes were conducted.
"""


def doubts(kind: PublisherKind) -> list[tuple[str, str]]:
    publisher = Publisher("US-led Coalition", kind)
    hajin = Place("Hajin", "Hajin", "Deir ez-Zor", "SY", Point(34.69, 40.83), uncertainty_km=3.0)
    first = TEXT.index("Hajin")
    at = (first, TEXT.index("Hajin", first + 1))
    accounts = [Account(place=hajin, place_span=Span(n, n + 5)) for n in at]
    report = Report("m", TEXT, lang="en", publisher=publisher)
    reading = Reading("m", "en", None, True, tuple(accounts))
    return [(fault.code, fault.message) for fault in doubts_in(report, reading)]


def test_a_sum_and_coordinates_that_cannot_be_right_are_said() -> None:
    total, coordinates = doubts(PublisherKind.OFFICIAL)
    assert total[0] == "sum"
    assert "the document says 30" in total[1]
    assert coordinates[0] == "coordinates"
    assert coordinates[1].startswith("36.20 N, 37.15 E: the coordinates lie about 373 km")


def test_a_newspaper_is_not_doubted_in_this_way() -> None:
    assert doubts(PublisherKind.INTERNATIONAL_MEDIA) == []


def test_coordinates_that_are_the_place_are_not_compared_with_themselves() -> None:
    exact = Place("34.69 N", point=Point(34.69, 40.83), precision=PlacePrecision.EXACT)
    account = Account(place=exact, place_span=Span(0, 5))
    publisher = Publisher("US-led Coalition", PublisherKind.OFFICIAL)
    report = Report("m", "34.69 N, 40.83 E was struck.", lang="en", publisher=publisher)
    assert doubts_in(report, Reading("m", "en", None, True, (account,))) == ()
