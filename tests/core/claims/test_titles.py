"""The title is kept apart, and read only where it says what the body does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bilan.core.claims.account import Reading
from bilan.core.claims.read import read
from bilan.core.values import Count, PlaceMention, Publisher, PublisherKind, Report, Span


class Nowhere:
    """A gazetteer that knows no place."""

    version = "nowhere-1"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        return []


def told(text: str, title: str | None) -> Reading:
    publisher = Publisher("Test Desk", PublisherKind.LOCAL_MEDIA)
    report = Report("t", text, "en", date(2021, 3, 14), publisher, title=title)
    return read(report, Nowhere())


def test_a_title_fills_what_the_body_leaves_open_and_says_so() -> None:
    reading = told("Shelling by soldiers wounded seven villagers.", "Shelling kills four villagers")
    assert reading.accounts[0].killed == Count.exactly(4)
    assert reading.accounts[0].injured == Count.exactly(7)
    assert [f.code for f in reading.faults] == ["title_only"]


def test_a_title_never_outranks_the_body() -> None:
    reading = told("Shelling by soldiers killed five villagers.", "Shelling kills four villagers")
    assert reading.accounts[0].killed == Count.exactly(5)


def test_a_report_behind_a_login_wall_is_told_by_its_title() -> None:
    reading = told("Log in to read on.", "Air strike by army jets kills four villagers")
    assert reading.relevant
    assert reading.accounts[0].killed == Count.exactly(4)
    assert not reading.spans
