"""Posts as captured, with the English stamp of the network behind words of another language."""

from __future__ import annotations

from datetime import date

from bilan.core.claims.read import read
from bilan.core.incidents.entries import captured, reading_made, tellings_in
from bilan.core.values import Count, Publisher, PublisherKind, Report, When
from tests.core.claims.nowhere import NoTowns

DAY = date(2017, 9, 16)
CHANNEL = Publisher("Channel", PublisherKind.SOCIAL)


def post(text: str, published: date | None = None) -> Report:
    return Report("r1", text, "ar", published, CHANNEL)


def test_the_year_of_a_stamp_does_not_take_the_toll_away() -> None:
    text = "مقتل مدنيين اثنين جراء قصف مدفعي على البلدة.7:08 PM · Sep 16, 2017·Twitter for Android"
    account = read(post(text), NoTowns(), scope="any").accounts[0]
    assert (account.killed, account.when) == (Count.exactly(2), When.on(DAY))


def test_a_post_of_which_nobody_stated_the_day_is_linked_by_its_stamp() -> None:
    report = post("القناةSeptember 16, 2017 · Shared with Publicمقتل مدنيين اثنين جراء قصف مدفعي")
    reading = read(report, NoTowns(), scope="any")
    (telling,) = tellings_in(captured(report), reading_made(report, reading))
    assert (reading.published, telling.published) == (None, DAY)


def test_a_stated_day_of_publication_stands_above_the_stamp() -> None:
    report = post(
        "القناةSeptember 16, 2017 · Shared with Publicمقتل مدنيين اثنين جراء قصف", date(2017, 9, 18)
    )
    reading = read(report, NoTowns(), scope="any")
    (telling,) = tellings_in(captured(report), reading_made(report, reading))
    assert telling.published == date(2017, 9, 18)
