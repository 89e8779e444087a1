"""Which incident a party's document answers, and which it cannot mean."""

from __future__ import annotations

from bilan.core.incidents.answers import Tie, tie
from bilan.core.incidents.summary import Summary
from bilan.core.values import Place
from tests.core.incidents.made import (
    ASHARAH,
    COALITION,
    DEIR_EZ_ZOR,
    MAHKAN,
    MAYADIN,
    account,
    at,
    report,
    says,
    tellings,
)

FAR = at("Albu Kamal", 34.4523, 40.9185)


def tied(where: Place, *incidents: Place, stance: str = "acknowledges_strike") -> Tie:
    said = report("o", account(where, statements=says(COALITION, stance)), kind="official")
    known = {
        n: Summary(tellings(report(f"n{n}", account(p, killed=3)))) for n, p in enumerate(incidents)
    }
    (answer,) = tellings(said)
    return tie(answer, known)


def test_a_document_that_names_the_place_is_tied_to_the_incident_there() -> None:
    found = tied(MAYADIN, MAYADIN, FAR)
    assert (found.tied, found.clusters) == (True, (0,))


def test_a_release_about_another_town_asks_nothing_about_an_incident_seventy_km_away() -> None:
    found = tied(FAR, MAYADIN, MAHKAN)
    assert found == Tie((), False, ())


def test_a_finding_about_the_next_town_is_put_to_a_person() -> None:
    found = tied(ASHARAH, MAHKAN, stance="finds_not_credible")
    assert not found.tied
    assert found.clusters == (0,)


def test_a_release_that_names_only_the_seat_may_mean_all_of_the_province() -> None:
    found = tied(DEIR_EZ_ZOR, FAR)
    assert not found.tied
    assert found.clusters == (0,)


def test_an_answer_to_what_nobody_reported_is_tied_to_nothing() -> None:
    assert tied(MAYADIN) == Tie((), False, ())
