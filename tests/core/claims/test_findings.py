"""A party's list of findings is read entry by entry, findings of no harm among them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bilan.core.claims.account import Label, Outcome, Reading
from bilan.core.claims.read import read
from bilan.core.values import (
    Count,
    Place,
    PlaceMention,
    PlacePrecision,
    Point,
    Publisher,
    PublisherKind,
    Report,
    Span,
    Stance,
    When,
)

PARTY = "US-led Coalition"
TOWNS = {"Al Asharah": Point(34.92, 40.56), "Hajin": Point(34.69, 40.83)}
MONTHLY = """In May the task force found two reports credible, with nine civilians killed.

Credible Reports

1. March 4, 2018, near Al Asharah, Syria, via self-report: During a strike on a store, it was
assessed that two civilians were unintentionally killed.

2. March 4, 2018, near Al Asharah, Syria, via media report: During a strike on a bridge, it was
assessed that seven civilians were unintentionally killed.

Non-credible Reports

3. April 5, 2018, near Hajin, Syria, via media report. No strikes were conducted in the area.

Duplicate Reports

4. April 6, 2018, near Hajin, Syria, via media report. A duplicate of the report of March 4, 2018.
"""


class _Towns:
    """A gazetteer of two towns."""

    version = "none"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        found = []
        for name, point in TOWNS.items():
            place = Place(name, name, "SY", point=point, precision=PlacePrecision.SETTLEMENT)
            at = text.find(name)
            while at >= 0:
                found.append(PlaceMention(Span(at, at + len(name)), place))
                at = text.find(name, at + 1)
        return sorted(found, key=lambda m: m.span.start)


def reading_of(text: str, *, kind: PublisherKind = PublisherKind.OFFICIAL) -> Reading:
    publisher = Publisher(PARTY if kind is PublisherKind.OFFICIAL else "The Daily Lamp", kind)
    return read(
        Report("m", text, lang="en", published=date(2018, 6, 1), publisher=publisher), _Towns()
    )


def test_two_entries_about_one_town_on_one_day_stay_two_accounts() -> None:
    first, second, *_ = reading_of(MONTHLY).accounts
    assert (first.when, second.when) == (When.on(date(2018, 3, 4)), When.on(date(2018, 3, 4)))
    assert (first.killed, second.killed) == (Count.exactly(2), Count.exactly(7))


def test_a_finding_that_nothing_was_struck_is_an_account_with_its_statement() -> None:
    account = reading_of(MONTHLY).accounts[2]
    assert account.killed is None
    assert account.place is not None
    assert account.place.canonical_name == "Hajin"
    (statement,) = account.statements
    assert (statement.party, statement.stance) == (PARTY, Stance.FINDS_NOT_CREDIBLE)
    assert statement.own_words


def test_every_entry_names_the_party_at_whose_door_the_harm_was_laid() -> None:
    assert {a.alleged_perpetrators for a in reading_of(MONTHLY).accounts} == {(PARTY,)}


def test_a_duplicate_is_told_apart_from_a_finding() -> None:
    account = reading_of(MONTHLY).accounts[3]
    assert account.when == When.on(date(2018, 4, 6))
    assert [s.outcome for s in account.statements] == [Outcome.DUPLICATE]


def test_a_single_entry_without_harm_is_relevant() -> None:
    text = "April 5, 2018, near Hajin, Syria, via media report. The report was found not credible."
    reading = reading_of(text)
    assert reading.relevant
    (account,) = reading.accounts
    assert [s.stance for s in account.statements] == [Stance.FINDS_NOT_CREDIBLE]


def test_figures_of_the_month_are_no_toll_of_an_incident() -> None:
    reading = reading_of(MONTHLY)
    assert len(reading.accounts) == 4
    nine = [s for s in reading.spans if s.value == Count.exactly(9)]
    assert nine
    assert all(s.accounts == () for s in nine)


def test_every_span_of_an_entry_lies_in_the_entry_and_says_what_stands_there() -> None:
    reading = reading_of(MONTHLY)
    days = [s for s in reading.spans if s.label is Label.DATE and s.accounts == (2,)]
    assert [s.span.of(MONTHLY) for s in days] == ["April 5, 2018"]
    for account in reading.accounts:
        assert all(s.span.of(MONTHLY).strip() for s in account.statements)


def test_a_newspaper_that_prints_the_list_is_no_party() -> None:
    reading = reading_of(MONTHLY, kind=PublisherKind.INTERNATIONAL_MEDIA)
    assert all(s.outcome is None for a in reading.accounts for s in a.statements)
