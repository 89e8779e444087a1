"""What a party's own document finds: verdict, day, places and concession, none of them a toll."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bilan.core.assessments.answers import State
from bilan.core.assessments.findings import finding_in, findings_in, verdict_of
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
        if at < 0:
            return []
        return [PlaceMention(Span(at, at + len(name)), Place(name, country="SY"))]


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


LIST = """Non-credible Reports

1. March 4, 2018, near Al Asharah, Syria, via media report. The closest strike was in another town.

2. March 5, 2018, near Al Asharah, Syria, via media report. It was assessed that two civilians were
unintentionally killed.
"""


def test_every_entry_of_a_list_is_a_finding_with_its_own_words() -> None:
    report, reading = document(LIST)
    first, second = findings_in(report, reading, party=PARTY)
    assert (first.sought.when, second.sought.when) == (
        When.on(date(2018, 3, 4)),
        When.on(date(2018, 3, 5)),
    )
    assert first.span.of(LIST).startswith("March 4, 2018")
    assert second.killed == Count.exactly(2)


def test_where_the_words_find_nothing_the_heading_above_holds() -> None:
    report, reading = document(LIST)
    first, second = findings_in(report, reading, party=PARTY)
    assert first.state is State.NON_CREDIBLE
    assert second.state is State.CREDIBLE


def test_a_place_that_no_gazetteer_knows_is_sought_by_the_words_of_the_head() -> None:
    report, reading = document(
        "March 4, 2018, near the old mill, Hajin, Syria, via media report. No strike was conducted."
    )
    assert finding_in(report, reading, party=PARTY).sought.names[:2] == ("the old mill", "Hajin")
