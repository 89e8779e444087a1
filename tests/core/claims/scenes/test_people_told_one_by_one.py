"""Who is counted once, who died of it, whose age is no number: sentences of our own (synthetic)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from bilan.core.claims.account import Account
from bilan.core.claims.read import read
from bilan.core.values import (
    Count,
    Place,
    PlaceMention,
    Point,
    Publisher,
    PublisherKind,
    Report,
    Span,
)
from tests.core.claims.nowhere import NoTowns

_PUBLISHER = Publisher("Sarmin Post", PublisherKind.LOCAL_MEDIA)
_POINTS = {"Sarmin": Point(35.9, 36.7), "Henry": Point(41.1, -89.4), "Oxford": Point(51.7, -1.3)}


class Towns:
    """A gazetteer in which people and streets bear the names of towns."""

    version = "towns-1"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        found = []
        for town, point in _POINTS.items():
            at = text.find(town)
            while at >= 0:
                place = Place(town, town, None, "SY", point, uncertainty_km=1.0)
                found.append(PlaceMention(Span(at, at + len(town)), place))
                at = text.find(town, at + 1)
        return sorted(found, key=lambda p: p.span.start)


def accounts(text: str, places: Towns | NoTowns) -> tuple[Account, ...]:
    report = Report("r1", text, "en", date(2019, 5, 14), _PUBLISHER)
    return read(report, places, scope="any").accounts


def first(text: str) -> Account:
    return accounts(text, NoTowns())[0]


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Rami Aziz III, 23, was found dead on a pavement in the town.", 1),
        ("Two boys aged 9 and 12 were killed on Monday by a shell.", 2),
        ("A man, 34, and his wife, 29, were killed on Monday.", 2),
        ("A girl of six and her mother, 30, were shot dead on Monday.", 2),
        ("A baker was hit in the leg on Monday and later died at a hospital.", 1),
        ("The teenager shot himself in the chest and died last week.", 1),
        ("Gunmen opened fire. Karim Haddad, 40, was shot eight times and pronounced dead.", 1),
        ("An 18-month old is dead after a shooting on Monday.", 1),
        ("The victim, a 17-year-old boy, was pronounced dead on Monday.", 1),
        ("One victim, Karim Haddad, was pronounced dead on Monday.", 1),
        ("The driver, a passenger and a guard were killed on Monday.", 3),
        ("The shooting death of a girl of nine came as she and her brother slept.", 1),
        ("A mother and her friend are facing charges after a girl was shot and killed.", 1),
        ("One of five people hurt in a shooting on Monday has died.", 1),
        ("One of five people shot outside a bar on Monday has died.", 1),
        ("A girl shot on Dec. 25 has died, her family said.", 1),
        ("A man and a woman were taken to a hospital on Monday, where they later died.", 2),
        ("A raid on Monday killed a man and seriously wounded three others.", 1),
    ],
)
def test_no_age_is_a_number_of_dead_and_nobody_dies_twice(text: str, killed: int) -> None:
    assert first(text).killed == Count.exactly(killed)


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        ("A shooting injured three adults and an 11-year-old child on Monday.", 4),
        ("Two teenagers and a young man were shot on Friday night. One was treated.", 3),
        ("Four people, including a girl of nine, were shot. One man was hit in the leg.", 4),
        ("He and three others were shot on Monday. The boy was in critical condition.", 4),
        ("2 dead after 4 shot on Monday. Two others who were shot are expected to live.", 2),
        ("Police gave no details about the five victims who were injured on Monday.", 5),
        ("First responders found a man with a gunshot wound on Monday.", 1),
        ("A shot rang out on Monday; a clerk was wounded. Paramedics rushed her to hospital.", 1),
        ("Several people were hurt in the blast on Monday. Medics said four were injured.", 4),
        ("One of five people hurt in a shooting on Monday has died.", 4),
        ("One of five people shot outside a bar on Monday has died.", 4),
        ("Four people were struck by gunfire and one was killed on Monday.", 3),
        ("Two people were seriously injured and three were slightly injured on Monday.", 5),
        ("Five people were injured on Monday, two seriously and three slightly.", 5),
        ("Two people were seriously injured on Monday, one of them critically.", 2),
        ("A raid on Monday killed a man and seriously wounded three others.", 3),
        ("Officers found Karim and Sami Haddad, both 31, with gunshot wounds on Monday.", 2),
        ("A boy shot himself on Monday. At first the boy's age was reported as four.", 1),
        ("Police could not yet talk to a clerk who was injured on Monday.", 1),
        ("A guard is charged with attempted murder in the shooting of a clerk on Monday.", 1),
        ("A baker was shot on Monday. He had several friends over at his home.", 1),
    ],
)
def test_those_told_one_by_one_are_counted_once(text: str, injured: int) -> None:
    assert first(text).injured == Count.exactly(injured)


def test_an_attempted_murder_kills_nobody() -> None:
    text = (
        "A bomb hurt a clerk on Monday. A man is charged with the attempted murder of three people."
    )
    assert first(text).killed is None


def test_wounds_that_are_not_fatal_kill_nobody() -> None:
    text = "Four people were found on Monday, all suffering non-fatal gunshot wounds."
    assert first(text).killed is None


def test_one_who_died_is_not_hurt_beside_another_who_lives() -> None:
    account = first(
        "A 15-year-old has died after a shooting on Friday. The teen was rushed to a hospital, "
        "where he was pronounced dead. Another teen, also 15, was shot in the foot. "
        "He was treated and released."
    )
    assert (account.killed, account.injured) == (Count.exactly(1), Count.exactly(1))


def test_an_accidental_shot_is_violence_where_all_violence_is_read() -> None:
    account = first("A boy of 15 died from an accidental gunshot wound on Monday, the town said.")
    assert account.killed == Count.exactly(1)


def test_medics_who_are_killed_are_counted() -> None:
    assert first("Two medics who rushed to the scene on Monday were killed.").killed == (
        Count.exactly(2)
    )


def test_harm_dated_before_a_vigil_is_what_the_report_tells_of() -> None:
    account = first(
        "Neighbours met on Friday night to remember a baker who was killed earlier this month. "
        "Police said a guard shot and killed him on May 5."
    )
    assert account.killed == Count.exactly(1)
    assert account.when is not None
    assert account.when.start == date(2019, 5, 5)


@pytest.mark.parametrize(
    "text",
    [
        "Two people were killed in Sarmin on Monday. Henry Haddad, 44, was also wounded.",
        "Two people were killed in Sarmin on Monday. Sgt. Karim Henry said three were wounded.",
        "Four people were shot in Sarmin on Monday. Two people died on Oxford Drive.",
        "Four people were shot in Sarmin on Monday. Two people died in the 200 block of Oxford.",
        "SARMIN, Ariz. — Two people were killed in Sarmin on Monday and 3 were wounded.",
        "17-Year-Old Killed in Sarmin. A 17-year-old boy was killed in Sarmin on Monday.",
    ],
)
def test_a_person_or_a_street_that_bears_a_towns_name_makes_no_second_incident(text: str) -> None:
    found = accounts(text, Towns())
    assert len(found) == 1
    assert found[0].place is not None
    assert found[0].place.name == "Sarmin"


def test_a_second_town_is_a_second_incident_though_a_person_bears_its_name() -> None:
    found = accounts(
        "Two people were killed in Sarmin on Monday. Three people were killed in Henry.", Towns()
    )
    assert [account.killed for account in found] == [Count.exactly(2), Count.exactly(3)]


@pytest.mark.parametrize(
    ("text", "killed", "fighters"),
    [
        ("Seventeen killed in Sarmin. A raid killed seventeen insurgents on Monday.", None, 17),
        (
            "Police killed two insurgents on Monday. Fired at, they killed the two attackers.",
            None,
            2,
        ),
        ("Three people were killed on Monday, and three militants were killed too.", 3, 3),
        ("Three civilians were killed on Monday. A raid killed three militants too.", 3, 3),
        (
            "Three people were killed on Monday, residents said. The army said it killed three "
            "militants.",
            3,
            3,
        ),
    ],
)
def test_no_fighter_is_counted_among_the_people_too(
    text: str, killed: int | None, fighters: int
) -> None:
    account = first(text)
    assert account.killed == (None if killed is None else Count.exactly(killed))
    assert account.fighters_killed == Count.exactly(fighters)
