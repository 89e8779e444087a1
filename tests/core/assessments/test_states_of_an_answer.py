"""A party's answer moves from state to state in time; nothing is skipped, mended or forgotten."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.core.assessments.answers import (
    CLOSED,
    NEXT,
    NO_ANSWER,
    CaseFile,
    State,
    case_files,
    waiting,
)
from bilan.core.claims.account import Outcome, Statement
from bilan.core.incidents.entries import Decided, ReadingMade, ReportCaptured, Verb
from bilan.core.values import Count, Span, Stance
from tests.core.incidents.made import COALITION, Record, account, report, says

BLAMES = report("a", account(killed=5, alleged_perpetrators=(COALITION,)))
Reported = tuple[ReportCaptured, ReadingMade]


def answer(name: str, *stances: str, on: str | None = "2018-06-28", killed: int = 0) -> Reported:
    told = account(killed=killed or None, statements=says(COALITION, *stances))
    return report(name, told, kind="official", published=on)


def outcome(name: str, stance: str, what: str, *, on: str = "2018-06-28") -> Reported:
    said = Statement(COALITION, Stance(stance), Span(0, 1), outcome=Outcome(what))
    return report(name, account(statements=(said,)), kind="official", published=on)


def file_of(*reports: Reported) -> CaseFile:
    book = Record(BLAMES, *reports).book
    (code,) = book.codes()
    return next(f for f in case_files(book.incident(code)) if f.party == COALITION)


def states(*reports: Reported) -> list[str]:
    return [str(step.state) for step in file_of(*reports).steps]


def test_an_inquiry_leads_to_a_finding() -> None:
    found = states(
        answer("o", "refers_for_assessment"), answer("p", "finds_credible", on="2018-08-30")
    )
    assert found == ["alleged_publicly", "under_assessment", "credible"]


def test_a_finding_without_an_inquiry_is_no_fault() -> None:
    file = file_of(answer("o", "finds_not_credible"))
    assert file.state is State.NON_CREDIBLE
    assert file.flags == ()


def test_a_duplicate_closes_a_case_and_is_no_finding() -> None:
    file = file_of(outcome("o", "refers_for_assessment", "duplicate"))
    assert file.state is State.DUPLICATE
    assert not file.accepts_harm


def test_a_case_that_was_closed_is_reopened_before_it_is_closed_again() -> None:
    found = states(
        answer("o", "finds_not_credible"),
        outcome("p", "opens_inquiry", "reopened", on="2018-09-27"),
        answer("q", "finds_credible", on="2019-04-25"),
    )
    assert found == ["alleged_publicly", "non_credible", "reopened", "credible"]


def test_reopening_what_nobody_knows_to_be_closed_is_kept_and_flagged() -> None:
    file = file_of(outcome("o", "opens_inquiry", "reopened"))
    assert file.state is State.REOPENED
    (flag,) = file.flags
    assert "no closed answer is known" in flag


def test_two_findings_of_one_day_are_both_kept_and_their_order_is_left_open() -> None:
    file = file_of(answer("o", "finds_not_credible"), answer("p", "finds_credible"))
    assert {"credible", "non_credible"} <= {str(step.state) for step in file.steps}
    (flag,) = file.flags
    assert "on one day, 2018-06-28" in flag


def test_a_finding_without_a_date_leaves_the_order_open() -> None:
    file = file_of(answer("o", "finds_not_credible"), answer("p", "finds_credible", on=None))
    (flag,) = file.flags
    assert "a date is missing" in flag


def test_the_same_finding_again_changes_nothing() -> None:
    found = states(
        answer("o", "finds_not_credible"), answer("p", "finds_not_credible", on="2018-08-30")
    )
    assert found == ["alleged_publicly", "non_credible"]


def test_what_was_conceded_before_stays_in_the_history() -> None:
    file = file_of(
        answer("o", "finds_credible", killed=2),
        answer("p", "finds_credible", on="2019-04-25", killed=3),
    )
    assert [c.killed for c in file.concessions] == [Count.exactly(2), Count.exactly(3)]
    assert file.conceded_killed == Count.exactly(3)


def test_a_number_in_a_finding_of_no_harm_is_not_conceded() -> None:
    file = file_of(answer("o", "finds_not_credible", killed=7))
    assert file.concessions == ()
    assert file.conceded_killed is None


def test_what_is_no_longer_found_credible_is_no_longer_conceded() -> None:
    file = file_of(
        answer("o", "finds_credible", killed=2), answer("p", "finds_not_credible", on="2019-04-25")
    )
    assert file.conceded_killed is None
    assert [c.killed for c in file.concessions] == [Count.exactly(2)]


def test_a_case_waits_from_its_last_step_and_never_once_it_is_closed() -> None:
    asked = file_of(answer("o", "refers_for_assessment", on="2018-06-28"))
    assert waiting(asked, today=date(2018, 12, 28), days=180) == 3
    assert waiting(asked, today=date(2018, 7, 1), days=180) is None
    closed = file_of(answer("o", "finds_not_credible"))
    assert waiting(closed, today=date(2030, 1, 1), days=1) is None
    undated = file_of(answer("o", "refers_for_assessment", on=None))
    assert waiting(undated, today=date(2030, 1, 1), days=1) is None


@pytest.mark.parametrize("state", State)
def test_every_state_leads_somewhere_and_only_reopening_leaves_a_closed_one(state: State) -> None:
    assert NEXT[state]
    if state in CLOSED:
        assert NEXT[state] == {State.REOPENED}


ANSWERS = st.lists(
    st.tuples(
        st.sampled_from(
            ["refers_for_assessment", "opens_inquiry", "finds_credible", "finds_not_credible"]
        ),
        st.integers(1, 9),
    ),
    max_size=5,
)


@given(ANSWERS)
def test_every_step_is_one_that_the_states_allow_or_carries_a_flag(
    given_answers: list[tuple[str, int]],
) -> None:
    reports = [
        answer(f"o{n}", stance, on=f"2018-0{month}-01")
        for n, (stance, month) in enumerate(given_answers)
    ]
    steps = file_of(*reports).steps
    now = State.NONE
    for step in steps:
        assert step.state in NEXT[now] or step.flag
        now = step.state
    days = [step.day for step in steps[1:] if step.day]
    assert days == sorted(days)


def noted(*notes: tuple[str, str], reports: tuple[Reported, ...] = ()) -> CaseFile:
    record = Record(BLAMES, *reports)
    (code,) = record.book.codes()
    for state, day in notes:
        record.decide(
            Decided(
                Verb.CASE,
                "a letter",
                (code,),
                (record.book.anchor(code),),
                field=COALITION,
                value={"state": state, "day": day},
            )
        )
    return next(f for f in case_files(record.book.incident(code)) if f.party == COALITION)


def test_a_case_that_was_asked_about_is_not_answered() -> None:
    file = noted(("submitted", "2017-10-01"), ("acknowledged", "2017-10-04"))
    assert file.state is State.ACKNOWLEDGED and file.state in NO_ANSWER
    assert (file.said, file.flags) == ((), ())
    assert waiting(file, today=date(2018, 10, 4), days=180) == 185


def test_what_was_asked_stands_before_what_was_answered_whenever_it_was_noted() -> None:
    answered = answer("o", "finds_not_credible", on="2018-06-28")
    file = noted(("submitted", "2017-10-01"), reports=(answered,))
    assert [str(s.state) for s in file.steps] == ["alleged_publicly", "submitted", "non_credible"]
    assert file.flags == ()


def test_asking_on_does_not_send_a_case_back() -> None:
    answered = answer("o", "opens_inquiry", on="2017-10-05")
    file = noted(("submitted", "2017-10-01"), ("submitted", "2017-11-01"), reports=(answered,))
    assert file.state is State.UNDER_ASSESSMENT
    assert len(file.noted) == 2


def test_an_answer_after_a_case_was_given_up_opens_it_again() -> None:
    late = answer("o", "finds_credible", on="2019-02-01")
    file = noted(("submitted", "2017-10-01"), ("no_response_closed", "2018-10-01"), reports=(late,))
    states_ = [str(step.state) for step in file.steps]
    assert states_[-3:] == ["no_response_closed", "reopened", "credible"]


def test_asking_anew_after_a_finding_opens_the_case_again() -> None:
    answered = answer("o", "finds_not_credible", on="2018-06-28")
    file = noted(("submitted", "2019-01-01"), reports=(answered,))
    assert [str(s.state) for s in file.steps][-3:] == ["non_credible", "reopened", "submitted"]
    assert file.flags == ()
