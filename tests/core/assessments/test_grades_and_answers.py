"""Grades that are only proposed, axes apart, and answers whose history stays."""

from __future__ import annotations

from datetime import date

from bilan.core.assessments.answers import CaseFile, State, case_files
from bilan.core.assessments.axes import Axes, NearAction, axes_of
from bilan.core.assessments.grades import Grade, graded, propose, rules
from bilan.core.assessments.parties import Blame, PartyRole
from bilan.core.incidents.entries import Decided, ReadingMade, ReportCaptured, Verb
from bilan.core.incidents.incident import Incident
from bilan.core.reports.origins import Voice
from bilan.core.values import Stance
from tests.core.incidents.made import (
    COALITION,
    DEIR_EZ_ZOR,
    RUSSIA,
    SANA,
    Record,
    account,
    report,
    says,
)

MONITOR, NETWORK = Voice("m", "monitor"), Voice("n", "network")
BLAMES = report("a", account(killed=5, alleged_perpetrators=(COALITION,)), voices=[MONITOR])


def incident(*reports: tuple[ReportCaptured, ReadingMade]) -> Incident:
    book = Record(*reports).book
    (code,) = book.codes()
    return book.incident(code)


def axes(*reports: tuple[ReportCaptured, ReadingMade]) -> Axes:
    return axes_of(incident(*reports))


def grade(*reports: tuple[ReportCaptured, ReadingMade]) -> Grade:
    return propose(axes(*reports)).grade


def file_of(party: str, *reports: tuple[ReportCaptured, ReadingMade]) -> CaseFile:
    return next(f for f in case_files(incident(*reports)) if f.party == party)


def answer(
    name: str, *stances: str, published: str = "2018-06-28"
) -> tuple[ReportCaptured, ReadingMade]:
    told = account(statements=says(COALITION, *stances))
    return report(name, told, kind="official", published=published)


def test_one_origin_is_weak_and_two_with_action_nearby_are_fair() -> None:
    other = report("b", account(killed=6), voices=[NETWORK])
    assert grade(BLAMES) is Grade.WEAK
    assert grade(BLAMES, other) is Grade.FAIR


def test_two_origins_without_action_nearby_are_weak_and_flagged() -> None:
    silent = [report(v.identity, account(killed=5), voices=[v]) for v in (MONITOR, NETWORK)]
    proposal = propose(axes(*silent))
    assert proposal.grade is Grade.WEAK
    assert "no_near_action" in proposal.flags


def test_media_of_a_party_that_accuses_its_adversary_do_not_raise_the_grade() -> None:
    agency = report("s", account(killed=12, alleged_perpetrators=(COALITION,)), voices=[SANA])
    found = axes(BLAMES, agency)
    assert (found.corroboration.origins, found.corroboration.independent) == (2, 1)
    assert propose(found).grade is Grade.WEAK
    assert "party_affiliated" in propose(found).flags


def test_parties_blamed_instead_of_one_another_make_it_contested() -> None:
    other = report("r", account(killed=5, alleged_perpetrators=(RUSSIA,)), voices=[NETWORK])
    found = axes(BLAMES, other)
    assert found.attribution.blame is Blame.ALTERNATIVE
    assert propose(found).grade is Grade.CONTESTED


def test_forces_that_are_only_nearby_never_make_it_contested() -> None:
    nearby = report("c", account(killed=5, context_parties=(RUSSIA,)), voices=[NETWORK])
    found = axes(BLAMES, nearby)
    assert found.attribution.blame is Blame.SOLE
    assert (RUSSIA, PartyRole.CONTEXT) in {(p.party, p.role) for p in found.parts}
    assert propose(found).grade is Grade.FAIR


def test_only_a_party_that_accepts_the_harm_confirms_it() -> None:
    assert grade(BLAMES, answer("o", "finds_credible")) is Grade.CONFIRMED
    assert grade(BLAMES, answer("o", "acknowledges_strike")) is Grade.WEAK
    assert grade(BLAMES, answer("o", "finds_not_credible")) is Grade.WEAK


def test_what_a_narrator_puts_in_a_partys_mouth_is_no_answer_and_is_flagged() -> None:
    told = account(
        killed=5,
        statements=(
            *says(COALITION, "acknowledges_harm", own=False),
            *says(COALITION, "refers_for_assessment"),
        ),
    )
    file = file_of(COALITION, report("n", told, voices=[MONITOR]))
    assert [s.stance for s in file.said] == [Stance.REFERS]
    (reported,) = file.reported
    assert reported.contradicted is not None
    assert not file.accepts_harm


def test_an_answer_is_a_history_that_a_later_finding_does_not_overwrite() -> None:
    asked = report(
        "q",
        account(
            killed=5,
            alleged_perpetrators=(COALITION,),
            statements=says(COALITION, "acknowledges_strike", "refers_for_assessment"),
        ),
        voices=[MONITOR],
    )
    file = file_of(
        COALITION,
        asked,
        answer("o", "finds_not_credible"),
        answer("p", "finds_credible", published="2019-04-25"),
    )
    assert [s.state for s in file.steps] == [
        State.ALLEGED,
        State.UNDER_ASSESSMENT,
        State.NON_CREDIBLE,
        State.REOPENED,
        State.CREDIBLE,
    ]
    assert file.steps[2].day == date(2018, 6, 28)
    assert file.accepts_harm


def test_a_party_that_said_nothing_has_no_answer() -> None:
    file = file_of(COALITION, BLAMES)
    assert file.state is State.ALLEGED
    assert file.said == ()


def test_what_a_party_concedes_stays_out_of_the_range() -> None:
    conceded = report(
        "o",
        account(killed=2, statements=says(COALITION, "finds_credible")),
        kind="official",
        published="2018-06-28",
    )
    record = Record(BLAMES, conceded)
    file = case_files(record.book.incident(record.code("a#0")))[0]
    assert file.conceded_killed is not None
    assert file.conceded_killed.min == 2
    assert file.conceded_injured is None


def test_a_strike_release_declares_and_never_blames() -> None:
    release = report(
        "d",
        account(DEIR_EZ_ZOR, statements=says(COALITION, "acknowledges_strike")),
        kind="official",
        text="One strike sank a boat.",
    )
    tells = report("a", account(killed=5), voices=[MONITOR], text="A boat was hit on the river.")
    found = axes(tells, release)
    assert {p.role for p in found.parts} == {PartyRole.DECLARED, PartyRole.STRIKE_ACKNOWLEDGED}
    assert found.near_action is NearAction.DECLARED
    assert found.attribution.blame is Blame.NOBODY


def test_a_signed_grade_whose_ground_moved_is_to_be_reviewed_and_never_changed() -> None:
    record = Record(BLAMES)
    code = record.code("a#0")
    ground = propose(axes_of(record.book.incident(code))).ground
    record.decide(Decided(Verb.GRADE, "read", (code,), ("a#0",), value="Weak", ground=ground))
    before = graded(record.book.incident(code), axes_of(record.book.incident(code)))
    assert (before.grade, before.by, before.review) == (Grade.WEAK, ("amal",), False)
    record.add(report("b", account(killed=6), voices=[NETWORK]))
    after = graded(record.book.incident(code), axes_of(record.book.incident(code)))
    assert (after.grade, after.proposed.grade, after.review) == (Grade.WEAK, Grade.FAIR, True)


def test_every_proposal_says_what_it_rests_on() -> None:
    proposal = propose(axes(BLAMES))
    assert proposal.words
    assert {c.name for c in proposal.criteria} == {
        "harm_accepted",
        "several_blamed",
        "two_independent",
        "one_origin",
        "near_action",
    }
    assert proposal.version == rules()[0]


def test_the_leader_of_a_coalition_is_no_second_suspect() -> None:
    leader = account(killed=5, alleged_perpetrators=("United States",))
    other = report("b", leader, voices=[NETWORK])
    assert axes(BLAMES, other).attribution.blame is Blame.SOLE
