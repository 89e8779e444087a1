"""People told one by one, and deaths that no number tells, in sentences of our own (synthetic)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from bilan.core.claims.account import Account
from bilan.core.claims.read import read
from bilan.core.values import (
    Cause,
    Count,
    Place,
    PlaceMention,
    Point,
    Publisher,
    PublisherKind,
    Report,
    Span,
)

_TOWN = Place("Sarmin", "Sarmin", "Idlib", "SY", Point(35.90, 36.73), uncertainty_km=1.0)
ONE, TWO = Count.exactly(1), Count.exactly(2)


class OneTown:
    """A gazetteer of one town."""

    version = "one-1"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        at = text.find("Sarmin")
        return [PlaceMention(Span(at, at + 6), _TOWN)] if at >= 0 else []


def first(text: str, lang: str = "en") -> Account:
    publisher = Publisher("Sarmin Post", PublisherKind.LOCAL_MEDIA)
    report = Report("r1", text, lang, date(2019, 5, 14), publisher)
    return read(report, OneTown(), scope="any").accounts[0]


@pytest.mark.parametrize(
    "text",
    [
        "A 23-year-old man was shot in Sarmin on Monday. The man died in hospital.",
        "A woman was shot in the chest in Sarmin. She was pronounced dead at the scene.",
        "A baker was hit by a bullet in Sarmin. He later died.",
        "Police in Sarmin are investigating a fatal shooting. Officers found a man shot in a car.",
    ],
)
def test_who_died_of_a_wound_is_not_counted_as_hurt(text: str) -> None:
    account = first(text)
    assert account.killed is not None
    assert account.killed.min == 1
    assert account.injured is None


@pytest.mark.parametrize(
    "text",
    [
        "A man was shot dead in Sarmin. A woman was shot in the leg.",
        "A 30-year-old man was killed in Sarmin and a 12-year-old boy was wounded.",
        "One person was killed and another was wounded in Sarmin.",
    ],
)
def test_the_hurt_who_is_another_person_stays_hurt(text: str) -> None:
    account = first(text)
    assert (account.killed, account.injured) == (ONE, ONE)


@pytest.mark.parametrize(
    ("lang", "text", "killed"),
    [
        ("en", "Witnesses spoke of a deadly raid on Sarmin.", Count(1, None)),
        ("en", "A man was arrested over a double homicide in Sarmin.", TWO),
        ("fr", "Des témoins racontent un raid meurtrier sur Sarmin.", Count(1, None)),
    ],
)
def test_a_deadly_raid_kills_at_least_one(lang: str, text: str, killed: Count) -> None:
    assert first(text, lang).killed == killed


def test_an_attempted_murder_kills_nobody() -> None:
    text = "A man was charged with attempted murder after a shooting in Sarmin wounded two."
    assert first(text).killed is None


def test_those_hit_of_whom_one_died_are_one_dead() -> None:
    assert first("Four people were shot in Sarmin, one of whom died.").killed == ONE


@pytest.mark.parametrize(
    "text",
    [
        "A raid on Sarmin killed Rami Haddad, 34, who sold bread.",
        "A raid on Sarmin killed a baker. He was 34.",
        "A raid on Sarmin killed a baker. Channel 34 showed the street.",
    ],
)
def test_an_age_is_no_toll(text: str) -> None:
    assert first(text).killed == ONE


def test_the_lower_body_is_no_dead_body() -> None:
    account = first("A shepherd was shot in the lower body in Sarmin.")
    assert (account.killed, account.injured) == (None, ONE)


def test_killed_one_and_wounded_two_keeps_each_verb_with_its_people() -> None:
    account = first("Gunmen killed one farmer and wounded two drivers in Sarmin.")
    assert (account.killed, account.injured) == (ONE, TWO)


def test_victims_who_were_taken_to_hospital_are_hurt() -> None:
    account = first("Four victims were taken to hospital after a blast in Sarmin.")
    assert (account.killed, account.injured) == (None, Count.exactly(4))


def test_who_harms_is_not_among_the_harmed() -> None:
    account = first("Two drivers were killed by a 19-year-old soldier in Sarmin.")
    assert account.killed == TWO
    assert account.fighters_killed is None


def test_an_arrest_in_a_forces_own_release_is_an_account_without_counts() -> None:
    text = "A patrol detained two men during a security operation in Sarmin on Monday."
    account = first(text)
    assert account.place is not None
    assert (account.killed, account.injured, account.cause) == (None, None, Cause.UNKNOWN)


def test_one_of_the_dead_who_was_a_child_is_a_child_among_them() -> None:
    text = "Two people died in Sarmin. One of the dead was a 12-year-old boy."
    account = first(text)
    assert (account.killed, account.killed_children) == (TWO, ONE)


def test_a_number_before_two_nouns_counts_both() -> None:
    account = first("Soldiers rounded up and shot 17 men and teenage boys in Sarmin.")
    assert (account.killed, account.killed_children) == (Count.exactly(17), None)


def test_an_age_in_years_makes_a_child_in_french() -> None:
    account = first("Une frappe sur Sarmin a tué une mère et sa fille de six ans.", "fr")
    assert (account.killed, account.killed_children, account.killed_women) == (TWO, ONE, ONE)


def test_what_the_dead_are_checked_against_is_no_toll() -> None:
    text = "Nine people were killed in Sarmin. A list of the dead against four accounts agrees."
    assert first(text).killed == Count.exactly(9)


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        (
            "At least ten people were killed in Sarmin. Orontes Radio reported that 14 died.",
            Count(10, 14),
        ),
        (
            "Ten people were killed in Sarmin. Orontes Radio said that nine were killed.",
            Count(9, 10),
        ),
        (
            "Ten people were killed in Sarmin. A film shows four people dead, Orontes Radio said.",
            Count.exactly(10),
        ),
    ],
)
def test_a_monitors_finding_is_widened_only_by_figures_near_it(text: str, killed: Count) -> None:
    publisher = Publisher("Sarmin Monitor", PublisherKind.MONITOR)
    report = Report("r1", text, "en", date(2019, 5, 14), publisher)
    assert read(report, OneTown(), scope="any").accounts[0].killed == killed


def test_several_of_those_fired_at_are_no_part_of_a_toll() -> None:
    text = "Troops fired at armed men in Sarmin, killing several of them."
    account = first(text)
    assert (account.killed or account.fighters_killed) == Count(3, None)


def test_a_leader_named_with_his_group_is_one_fighter() -> None:
    assert first("Soldiers killed a Taliban leader in Sarmin.").fighters_killed == ONE


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "استشهد ثلاثة مزارعين بينهم ولد عمره 9 سنوات في قصف Sarmin أمس"),
        ("en", "Three farmers, one boy, 9 years old among them, were killed in Sarmin."),
    ],
)
def test_the_age_of_one_makes_no_children_of_the_others(lang: str, text: str) -> None:
    assert first(text, lang).killed == Count.exactly(3)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "В Sarmin вчера погибли двое мужчин и женщина, ранены пятеро."),
        ("uk", "У Sarmin учора загинули двоє чоловіків і жінка, поранені п'ятеро."),
    ],
)
def test_the_last_of_the_dead_is_not_lost_to_the_hurt_behind_her(lang: str, text: str) -> None:
    account = first(text, lang)
    assert (account.killed, account.injured) == (Count.exactly(3), Count.exactly(5))
