"""A dateline says when a text was written: what it tells of was then or before (synthetic)."""

from __future__ import annotations

from datetime import date

import pytest

from bilan.cli.wording import when_words
from bilan.core.claims.account import Account
from bilan.core.claims.read import read
from bilan.core.claims.shape import account_to_json
from bilan.core.values import Publisher, PublisherKind, Report, When
from tests.core.claims.nowhere import NoTowns

WRITTEN = date(1990, 5, 3)


def first(text: str, kind: PublisherKind = PublisherKind.AGENCY) -> Account:
    report = Report("r1", text, "en", WRITTEN, Publisher("Wire", kind))
    return read(report, NoTowns(), scope="any").accounts[0]


@pytest.mark.parametrize(
    "text",
    [
        "LIMA, 3 MAY 90 (EFE) -- [TEXT] GUNMEN KILLED TWO PEASANTS IN A HAMLET.",
        "LIMA, 3 MAY 90 -- [TEXT] GUNMEN KILLED TWO PEASANTS IN A HAMLET.",
        "LIMA, May 3 - Gunmen killed two peasants in a hamlet.",
    ],
)
def test_a_dateline_alone_gives_the_latest_day_and_no_first(text: str) -> None:
    account = first(text)
    assert account.when == When.by(WRITTEN)
    shape = account_to_json(account, text)
    assert (shape["date_start"], shape["date_end"]) == (None, "1990-05-03")
    assert when_words(account.when) == "on or before 3 May 1990"


@pytest.mark.parametrize(
    "text",
    [
        "LIMA, 3 MAY 90 (EFE) -- [TEXT] GUNMEN TODAY KILLED TWO PEASANTS IN A HAMLET.",
        "LIMA, May 3 - Gunmen killed two peasants in a hamlet this morning.",
    ],
)
def test_a_day_that_the_text_tells_goes_before_its_dateline(text: str) -> None:
    assert first(text).when == When.on(WRITTEN)


def test_the_dateline_of_a_release_is_the_day_that_it_reports() -> None:
    text = "KABUL, Afghanistan (May 3, 1990) — A patrol killed two insurgents in a village."
    assert first(text, PublisherKind.OFFICIAL).when == When.on(WRITTEN)


def test_the_stamp_of_a_post_is_the_day_that_it_tells_of() -> None:
    text = "LIMA, May 3 - Gunmen killed two peasants in a hamlet."
    assert first(text, PublisherKind.SOCIAL).when == When.on(WRITTEN)


def test_the_day_of_a_confirmation_is_not_the_day_of_the_harm() -> None:
    text = "Officials today confirmed that gunmen killed two peasants in a hamlet on May 1."
    assert first(text).when == When.on(date(1990, 5, 1))
