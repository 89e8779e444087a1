"""Who did the harm and died of it, in sentences of our own (synthetic)."""

from __future__ import annotations

from datetime import date

import pytest

from bilan.core.claims.account import Account
from bilan.core.claims.read import read
from bilan.core.values import Count, Publisher, PublisherKind, Report
from tests.core.claims.nowhere import NoTowns


def first(text: str, *, scope: str = "any") -> Account:
    publisher = Publisher("Sarmin Post", PublisherKind.LOCAL_MEDIA)
    report = Report("r1", text, "en", date(2019, 5, 14), publisher)
    return read(report, NoTowns(), scope=scope).accounts[0]


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("A father killed two children on Monday, then fatally shot himself.", 2 + 1),
        ("A baker shot and killed his wife and then killed himself, police said.", 1 + 1),
        ("Two bailiffs were shot dead in court before officers killed the gunman.", 2 + 1),
        ("Three people were found dead. The shooter had killed himself, police said.", 3),
        (
            "Police found the bodies of four people, after a man shot his wife and killed himself.",
            4,
        ),
        ("A 40-year-old man killed himself with a pistol on Monday, police said.", 1),
        ("A student killed four classmates and himself on Monday, police said.", 4 + 1),
        ("Seven people were slain by a gunman on Monday, who then killed himself.", 7 + 1),
        ("At 9 a.m. 14 people were killed. Two suspects were killed by police.", 14 + 2),
        ("A gunman fatally shot three singers, then himself. The two dead brothers sang.", 3 + 1),
        ("A man shot two clerks and blamed his neighbour and himself; one clerk died.", 1),
    ],
)
def test_who_killed_others_and_died_is_counted_where_all_violence_is_read(
    text: str, killed: int
) -> None:
    assert first(text).killed == Count.exactly(killed)


def test_a_suspect_who_only_stands_near_a_death_is_not_dead() -> None:
    account = first(
        "A raid killed five adults on Monday. Police, asked about the killing, named a suspect."
    )
    assert account.killed == Count.exactly(5)


def test_in_a_war_who_killed_himself_adds_nothing_to_the_civilians() -> None:
    text = (
        "Shelling by the army killed two villagers in the besieged town on Monday, rebels said. "
        "A deserter then killed himself."
    )
    account = first(text, scope="conflict")
    assert account.killed is not None
    assert account.killed.min == 2
