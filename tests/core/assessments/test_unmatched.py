"""An answer that fits no incident is kept and shown with its reason, never lost or forced."""

from __future__ import annotations

from bilan.core.assessments.unmatched import unmatched_answers
from bilan.core.incidents.entries import Decided, Verb
from tests.core.incidents.made import COALITION, MAYADIN, Record, account, at, report, says

FAR = at("Albu Kamal", 34.4523, 40.9185)
NEWS = report("a", account(MAYADIN, killed=5, alleged_perpetrators=(COALITION,)))


def test_an_answer_to_what_nobody_reported_is_shown_with_the_reason() -> None:
    answer = report(
        "o", account(FAR, statements=says(COALITION, "finds_not_credible")), kind="official"
    )
    (found,) = unmatched_answers(Record(NEWS, answer).book)
    assert (found.telling.report, found.parties) == ("o", (COALITION,))
    assert found.why == ("answers no incident that is told",)


def test_a_strike_release_is_no_answer_that_waits_for_an_incident() -> None:
    release = report(
        "o", account(FAR, statements=says(COALITION, "acknowledges_strike")), kind="official"
    )
    assert list(unmatched_answers(Record(NEWS, release).book)) == []


def test_a_finding_about_an_incident_that_was_set_aside_is_said() -> None:
    answer = report(
        "o", account(MAYADIN, statements=says(COALITION, "finds_not_credible")), kind="official"
    )
    record = Record(NEWS, answer)
    assert list(unmatched_answers(record.book)) == []
    code = record.code("a#0")
    record.decide(Decided(Verb.REJECT, "a road accident", (code,), ("a#0",)))
    (found,) = unmatched_answers(record.book)
    assert found.why == (f"answers {code}, which amal set aside",)
