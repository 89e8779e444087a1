"""People called by name beside a word of harm, in sentences and with names of our own."""

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
    ("text", "killed"),
    [
        ("Detectives were looking for Orla Fenwick. Fenwick was pronounced dead at the scene.", 1),
        (
            "The driver, Orla Fenwick, was found in bed. Fenwick, who died there, was alone.",
            1,
        ),
        ("A driver shot and killed Orla Fenwick, 21, and Jasper Quill, 22, on Monday.", 2),
        ("Orla Fenwick, 21, and Jasper Quill, 22, were killed in a shooting on Monday.", 2),
        ("Orla Fenwick was shot dead on Monday. Fenwick was killed at her door.", 1),
        ("Orla Fenwick was shot dead on Monday. Jasper Quill was killed next to her.", 2),
    ],
)
def test_each_person_called_by_name_counts_once(text: str, killed: int) -> None:
    assert first(text).killed == Count.exactly(killed)


def test_a_word_that_is_no_name_given_in_full_counts_nobody() -> None:
    account = first("A man was shot in the leg on Monday. Parliament died of boredom, he joked.")
    assert account.killed is None


def test_a_name_in_another_case_or_order_of_words_does_not_break_reading() -> None:
    assert first("ORLA FENWICK, 21, was killed on Monday, and Jasper Quill and, 22,").killed


def test_a_hospital_where_somebody_died_is_nobody() -> None:
    text = "Orla Fenwick was shot on Monday and taken to Cedar Medical Center, where she died."
    assert first(text).killed == Count.exactly(1)
