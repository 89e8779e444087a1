"""What a party's own document finds: verdict, day, places and concession, none of them a toll."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bilan.core.assessments.answers import State
from bilan.core.assessments.findings import finding_in, verdict_of
from bilan.core.claims.account import Account, Reading, Statement
from bilan.core.claims.read import read
from bilan.core.values import (
    Count,
    Place,
    PlaceMention,
    Publisher,
    PublisherKind,
    Report,
    Span,
    Stance,
    When,
)

PARTY = "US-led Coalition"


class _OneTown:
    """A gazetteer of one town."""

    version = "none"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        name = "Al Asharah"
        at = text.find(name)
        found = PlaceMention(Span(at, at + len(name)), Place(name, country="SY"))
        return [found] if at >= 0 else []


def says(*stances: Stance, killed: int | None = None) -> Account:
    statements = tuple(Statement(PARTY, stance, Span(0, 1), True) for stance in stances)
    return Account(killed=None if killed is None else Count.exactly(killed), statements=statements)


def document(text: str) -> tuple[Report, Reading]:
    publisher = Publisher(PARTY, PublisherKind.OFFICIAL, party=PARTY)
    report = Report("f1", text, lang="en", published=date(2019, 5, 31), publisher=publisher)
    return report, read(report, _OneTown(), scope="any", spans="all")


def test_a_finding_that_nothing_was_struck_is_a_verdict_though_it_tells_of_no_harm() -> None:
    report, reading = document(
        "March 4, 2018, near Al Asharah, Syria, via media report. All flight records were examined"
        " and no Coalition strikes took place in that district on the day."
    )
    finding = finding_in(report, reading, party=PARTY)
    assert finding.state is State.NON_CREDIBLE
    assert finding.sought.when == When.on(date(2018, 3, 4))
    assert finding.killed is None


def test_what_is_conceded_stands_in_the_finding() -> None:
    report, reading = document(
        "March 4, 2018, near Al Asharah, Syria. During a strike on a weapons store, it was assessed"
        " that two civilians were unintentionally killed."
    )
    finding = finding_in(report, reading, party=PARTY)
    assert finding.killed == Count.exactly(2)


def test_a_finding_outweighs_an_inquiry_and_a_concession_a_denial() -> None:
    assert verdict_of([says(Stance.OPENS_INQUIRY)]) is State.UNDER_ASSESSMENT
    assert verdict_of([says(Stance.OPENS_INQUIRY, Stance.FINDS_NOT_CREDIBLE)]) is State.NON_CREDIBLE
    both = (Stance.FINDS_CREDIBLE, Stance.FINDS_NOT_CREDIBLE)
    assert verdict_of([says(*both)]) is State.NON_CREDIBLE
    assert verdict_of([says(*both, killed=2)]) is State.CREDIBLE


def test_a_document_that_says_nothing_comes_to_nothing() -> None:
    assert verdict_of([says(Stance.ACKNOWLEDGES_STRIKE)]) is None
    assert verdict_of([]) is None
