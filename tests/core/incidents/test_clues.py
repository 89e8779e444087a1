"""What two tellings share in words: a copy repeats an event, a form filled in tells another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.core.incidents.clues import Comparisons
from bilan.core.incidents.lexis import Lexis
from bilan.core.incidents.pair import Match
from bilan.core.incidents.weights import default_weights, interpolated
from bilan.core.values import Cause, Place, PlacePrecision, Point

from .made import ASHARAH, MAYADIN, Record, account, at, report, tellings

POST = (
    "Correspondent: warplanes carried out an air strike on the town of {}, and early figures from"
    " rescue teams speak of {} civilians killed and dozens of houses damaged near the market."
)
STORY = " ".join(f"sentence{n} about what neighbours{n} saw that morning" for n in range(20))
RAQQAH = at("Ar Raqqah", 35.95, 39.01)


def compared(one: tuple[Place, str, str], other: tuple[Place, str, str]) -> Match:
    """Two reports of eight killed, each with its place, day and text, in a record of many."""
    first, second = (
        tellings(report(name, account(place, day, killed=8), published=day, text=text))[0]
        for name, (place, day, text) in zip("ab", (one, other), strict=True)
    )
    return Comparisons(default_weights(), Lexis(reports=1000)).of(first, second)


@pytest.mark.parametrize(
    ("place", "day"),
    [(MAYADIN, "2017-09-30"), (RAQQAH, "2017-09-16"), (RAQQAH, "2018-03-01")],
)
def test_a_short_post_in_the_usual_words_about_another_strike_is_no_copy(
    place: Place, day: str
) -> None:
    here = (MAYADIN, "2017-09-16", POST.format("Mayadin", 8))
    assert compared(here, (place, day, POST.format(place.name, 8))).against


def test_a_short_post_that_is_copied_the_day_after_is_a_copy() -> None:
    text = POST.format("Mayadin", 8)
    found = compared((MAYADIN, "2017-09-16", text), (MAYADIN, "2017-09-17", text))
    assert "words.copy" in {clue.name for clue in found.clues}


def test_a_copied_story_of_which_the_day_was_read_wrong_is_still_a_copy() -> None:
    found = compared((MAYADIN, "2017-09-16", STORY), (MAYADIN, "2017-09-30", STORY))
    assert "words.copy" in {clue.name for clue in found.clues}


def test_a_channel_that_reports_every_strike_in_the_same_words_tells_of_many_incidents() -> None:
    record = Record()
    for number, (place, day) in enumerate(
        (place, f"2017-09-{day:02d}") for day in (2, 9, 16, 23) for place in (MAYADIN, ASHARAH)
    ):
        text = POST.format(place.name, 8)
        record.add(report(f"r{number}", account(place, day, killed=8), published=day, text=text))
    assert sorted(len(group) for group in record.groups()) == [1] * 8


@pytest.mark.parametrize("victim", ["Qadriyan Haldun", "Zubaydan Fawzar"])
def test_a_rare_name_in_two_short_posts_weighs_more_than_none(victim: str) -> None:
    """Of a dozen words there are never enough for a likeness: one name has to do."""
    named = compared(
        (MAYADIN, "2017-09-16", f"{victim} was killed in the town this evening"),
        (MAYADIN, "2017-09-16", f"People mourn {victim}, whose house was hit before sunset"),
    )
    other = compared(
        (MAYADIN, "2017-09-16", f"{victim} was killed in the town this evening"),
        (MAYADIN, "2017-09-16", "People mourn Talhadun Merzaq, whose house was hit before sunset"),
    )
    assert marked(named) > marked(other) + 0.5


def test_in_long_texts_the_likeness_alone_speaks_of_words() -> None:
    told = " ".join(f"witness{n} remembers street{n}" for n in range(60))
    found = compared(
        (MAYADIN, "2017-09-16", f"{told} one"), (MAYADIN, "2017-09-16", "two " + told[40:] + told)
    )
    assert "words.marked" not in {clue.name for clue in found.clues}


def marked(found: Match) -> float:
    """What the words weigh that few other reports have."""
    return sum(clue.weight for clue in found.clues if clue.name == "words.marked")


def shootings(one: tuple[str, str], other: tuple[str, str]) -> Match:
    """Two reports of one shot dead, each with the day told and the day of publication."""
    first, second = (
        tellings(
            report(
                name,
                account(MAYADIN, told, killed=1, cause=Cause.SMALL_ARMS),
                published=published,
                text=STORY,
            )
        )[0]
        for name, (told, published) in zip("ab", (one, other), strict=True)
    )
    return Comparisons(default_weights(), Lexis(reports=1000)).of(first, second)


def time_clue(found: Match) -> tuple[str, float]:
    return next((c.name, c.weight) for c in found.clues if c.name in ("time.news", "time.followed"))


def test_fresh_news_of_two_shootings_in_one_town_months_apart_is_told_apart() -> None:
    fresh = shootings(("2016-03-05", "2016-03-06"), ("2016-08-01", "2016-08-01"))
    late = shootings(("2016-03-05", "2016-03-06"), ("2016-07-01", "2016-08-01"))
    assert time_clue(fresh)[0] == "time.news"
    assert time_clue(late)[0] == "time.followed"
    assert time_clue(fresh)[1] < time_clue(late)[1]


def test_a_report_of_unknown_day_of_publication_is_not_taken_for_fresh_news() -> None:
    first, second = (
        tellings(report(name, account(MAYADIN, told, cause=Cause.SMALL_ARMS), published=published))[
            0
        ]
        for name, told, published in (("a", "2016-03-05", "2016-03-06"), ("b", "2016-08-01", None))
    )
    found = Comparisons(default_weights(), Lexis(reports=1000)).of(first, second)
    assert time_clue(found)[0] == "time.followed"


@given(apart=st.integers(2, 1500))
def test_fresh_news_of_other_days_never_speaks_more_for_one_event_than_late_news(
    apart: int,
) -> None:
    weights = default_weights()
    assert interpolated(apart, weights.news) <= interpolated(apart, weights.followed)


CONNECTICUT = Place(
    "Monroe",
    "Monroe",
    "Connecticut",
    "US",
    Point(41.33, -73.21),
    PlacePrecision.SETTLEMENT,
    5,
    "g:1",
)
OHIO = Place(
    "Dayton", "Dayton", "Ohio", "US", Point(39.76, -84.19), PlacePrecision.SETTLEMENT, 5, "g:2"
)


def far_apart(one: str, other: str, cause: Cause = Cause.SMALL_ARMS) -> Match:
    """A report read to be in Monroe and one read to be in Dayton, of one day, with their texts."""
    first, second = (
        tellings(
            report(name, account(place, killed=1, cause=cause), published="2017-09-16", text=text)
        )[0]
        for name, place, text in (("a", CONNECTICUT, one), ("b", OHIO, other))
    )
    return Comparisons(default_weights(), Lexis(reports=1000)).of(first, second)


def test_two_reports_that_name_the_place_of_each_other_are_not_told_apart_by_places() -> None:
    here, there = "A man was shot in Monroe, Dayton police said.", "Monroe man shot near Dayton"
    assert "place.both_named" in {c.name for c in far_apart(here, there).clues}
    assert "place.named" in {c.name for c in far_apart("Shot in Monroe.", there).clues}
    assert far_apart("A man was shot in Monroe.", "A man was shot in Dayton.").against


def test_a_report_of_one_air_strike_that_names_other_towns_is_not_about_those() -> None:
    here, there = "A raid on Monroe followed one on Dayton.", "Dayton was hit after Monroe."
    names = {c.name for c in far_apart(here, there, Cause.AIRSTRIKE).clues}
    assert "place.astray" in names
    assert "place.both_named" not in names


BEIT_HERE = Place(
    "Deir Amin",
    "Deir Amin",
    "Deir ez-Zor",
    "SY",
    Point(35.0, 40.4),
    PlacePrecision.SETTLEMENT,
    5,
    "g:3",
)
BEIT_THERE = Place(
    "Deir Amin",
    "Dayr Amin",
    "Mount Lebanon",
    "LB",
    Point(33.8, 35.6),
    PlacePrecision.SETTLEMENT,
    5,
    "g:4",
)


def of_two_places(one: Place, other: Place, text: str = "") -> Match:
    """Two reports of one air strike that kills eight, of one day, each with its place."""
    first, second = (
        tellings(report(name, account(place, killed=8), published="2017-09-16", text=text))[0]
        for name, place in (("a", one), ("b", other))
    )
    return Comparisons(default_weights(), Lexis(reports=1000)).of(first, second)


def test_one_name_read_as_two_towns_does_not_part_two_reports_of_one_strike() -> None:
    found = of_two_places(BEIT_HERE, BEIT_THERE)
    assert "place.namesakes" in {clue.name for clue in found.clues}
    assert found.score >= default_weights()["decide.join"]


def test_quarters_of_one_name_in_two_cities_are_told_apart() -> None:
    here = at("Revolution Quarter", 35.95, 39.01, "neighbourhood", 1)
    there = replace(here, point=Point(36.20, 37.16), gazetteer_id="g:5")
    assert of_two_places(here, there).against
