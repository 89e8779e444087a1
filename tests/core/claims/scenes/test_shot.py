"""People said to be shot: how many of them are hurt (synthetic sentences)."""

from __future__ import annotations

from datetime import date

import pytest

from bilan.core.claims.account import Account
from bilan.core.claims.read import read
from bilan.core.values import Count, Publisher, PublisherKind, Report
from tests.core.claims.nowhere import NoTowns


def first(text: str) -> Account:
    publisher = Publisher("Sarmin Post", PublisherKind.LOCAL_MEDIA)
    report = Report("r1", text, "en", date(2019, 5, 14), publisher)
    return read(report, NoTowns(), scope="any").accounts[0]


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        ("Four people were shot on Monday. One of them, a clerk, was taken to hospital.", 4),
        ("Five people were shot on Monday, one fatally. A woman was taken to hospital.", 4),
        ("Three people were shot and six more were wounded on Monday.", 6),
        ("A man in his 20's was shot on Monday and is in hospital.", 1),
    ],
)
def test_those_shot_are_all_counted_as_hurt_though_one_is_told_of_apart(
    text: str, injured: int
) -> None:
    assert first(text).injured == Count.exactly(injured)
