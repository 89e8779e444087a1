from __future__ import annotations

import pytest

from bilan.acts.add_person import add_person
from bilan.acts.add_reports import Outcome
from bilan.acts.grade_incident import grade_incident
from bilan.acts.judge_one import accept, reject
from bilan.acts.judge_pair import judge_different, judge_same
from bilan.acts.rebuild import rebuild
from bilan.acts.set_field import set_field
from bilan.acts.withdraw_decision import withdraw_decision
from bilan.core.errors import Refused, UnknownName, UsageError
from bilan.core.publication.questions import questions_about_links
from bilan.core.values import Count
from bilan.store.ledger import links
from bilan.store.models import IncidentRow
from bilan.store.replay import digest
from bilan.store.verify.whole import verify
from tests.acts.conftest import Folder, item

FIVE = "2017-09-16 | Marsa 35.0 40.0 | killed 5 | said by SOHR"
SAME = "It was told again. 2017-09-16 | Marsa 35.0 40.0 | killed 5 | said by the Marsa network"
FAR = "2017-10-02 | Harbour 36.0 38.0 | killed 3 | said by SOHR"
WHY = "the same street and hour"


@pytest.fixture
def two(told: Folder) -> Folder:
    """Two incidents: d01 and d02 tell of Marsa, d03 of the harbour."""
    told.add(item("d01", FIVE), item("d02", SAME), item("d03", FAR))
    return told


def codes(folder: Folder, *reports: str) -> list[str]:
    book = folder.record.casebook()
    return [next(iter(book.codes_of(report)), "") for report in reports]


def test_people_join_what_the_scores_keep_apart(two: Folder) -> None:
    marsa, harbour = codes(two, "d01", "d03")
    assert marsa != harbour
    done = judge_same(two.record, marsa, harbour, by="Amal", because=WHY, at=two.clock())
    assert done.signed and len(set(codes(two, "d01", "d02", "d03"))) == 1
    book = two.record.casebook()
    assert book.resolve(marsa) == book.resolve(harbour)
    assert verify(two.record).holds


def test_people_keep_apart_what_the_scores_join(two: Folder) -> None:
    assert len(set(codes(two, "d01", "d02"))) == 1
    judge_different(two.record, "d01", "d02", by="Boris", because="two streets", at=two.clock())
    assert len(set(codes(two, "d01", "d02"))) == 2
    assert verify(two.record).holds


def test_a_withdrawn_decision_stays_withdrawn(two: Folder) -> None:
    before = codes(two, "d01", "d02", "d03")
    done = judge_same(two.record, "d01", "d03", by="Amal", because=WHY, at=two.clock())
    withdraw_decision(two.record, done.seq, by="Boris", because="wrong street", at=two.clock())
    assert codes(two, "d01", "d02", "d03") == before
    same = digest()
    rebuild(two.record)
    assert (codes(two, "d01", "d02", "d03"), digest()) == (before, same)
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_decision(two.record, done.seq, by="Boris", because="again", at=two.clock())


def test_what_is_no_decision_cannot_be_withdrawn(two: Folder) -> None:
    for seq in (1, 999):
        with pytest.raises(UnknownName, match="is no decision"):
            withdraw_decision(two.record, seq, by="Boris", because="x", at=two.clock())


def test_contradicting_decisions_are_both_kept_and_shown(two: Folder) -> None:
    first = judge_same(two.record, "d01", "d03", by="Amal", because=WHY, at=two.clock())
    second = judge_different(two.record, "d01", "d03", by="Boris", because="no", at=two.clock())
    assert [(note.code, note.where) for note in second.notes] == [
        ("contradiction", f"entry {second.seq}")
    ]
    assert f"entry {first.seq}" in second.notes[0].message
    kinds = [link.seq for link in links(kinds=["decided"])]
    assert kinds == [first.seq, second.seq]
    assert len(set(codes(two, "d01", "d03"))) == 1
    withdraw_decision(two.record, first.seq, by="Amal", because="I was wrong", at=two.clock())
    assert len(set(codes(two, "d01", "d03"))) == 2
    assert verify(two.record).holds


def test_the_same_one_is_not_tied_to_itself(two: Folder) -> None:
    (marsa,) = codes(two, "d01")
    with pytest.raises(Refused, match="one telling already"):
        judge_same(two.record, marsa, marsa, by="Amal", because=WHY, at=two.clock())


@pytest.mark.parametrize("name", ["SY-2017-09-16-nope2", "d99", "", "d01#7"])
def test_what_nobody_knows_cannot_be_decided_about(two: Folder, name: str) -> None:
    with pytest.raises(UnknownName):
        judge_same(two.record, "d01", name, by="Amal", because=WHY, at=two.clock())


def test_a_decision_needs_its_reason_and_its_person(two: Folder) -> None:
    before = len(list(links()))
    with pytest.raises(UsageError, match="needs its reason"):
        judge_same(two.record, "d01", "d03", by="Amal", because="  ", at=two.clock())
    with pytest.raises(Refused, match="Chloe reads"):
        judge_same(two.record, "d01", "d03", by="Chloe", because=WHY, at=two.clock())
    with pytest.raises(Refused, match="Daniel has left"):
        judge_same(two.record, "d01", "d03", by="Daniel", because=WHY, at=two.clock())
    with pytest.raises(UnknownName):
        judge_same(two.record, "d01", "d03", by="Emil", because=WHY, at=two.clock())
    assert len(list(links())) == before


def test_a_person_may_set_what_reports_do_not_know(two: Folder) -> None:
    (marsa,) = codes(two, "d01")
    set_field(two.record, marsa, "killed", Count(4, 5), by="Amal", because="graves", at=two.clock())
    row = IncidentRow.objects.get(code=marsa)
    assert (row.killed_min, row.killed_max) == (4, 5)
    with pytest.raises(UnknownName, match="Nobody can set colour"):
        set_field(two.record, marsa, "colour", None, by="Amal", because="x", at=two.clock())
    assert verify(two.record).holds


def test_a_number_that_cannot_be_is_refused_and_nothing_is_written(two: Folder) -> None:
    (marsa,) = codes(two, "d01")
    before = len(list(links()))
    for field, count, match in (
        ("killed", Count.exactly(10**20), "No incident has"),
        ("best", Count(4, 5), "one number, not a range"),
        ("named_killed", Count(4, None), "one number, not a range"),
    ):
        with pytest.raises(UsageError, match=match):
            set_field(two.record, marsa, field, count, by="Amal", because="x", at=two.clock())
    assert len(list(links())) == before


def test_a_code_with_a_sign_that_only_looks_right_is_refused_with_the_one_meant(
    two: Folder,
) -> None:
    (marsa,) = codes(two, "d01")
    looks = marsa.replace("-", "\u2010")
    with pytest.raises(UnknownName) as refused:
        judge_same(two.record, looks, "d03", by="Amal", because=WHY, at=two.clock())
    assert marsa in str(refused.value.hint)


def test_a_grade_is_signed_by_who_signs_and_two_where_it_matters(two: Folder) -> None:
    (marsa,) = codes(two, "d01")
    with pytest.raises(Refused, match="Amal records"):
        grade_incident(two.record, marsa, "Weak", by="Amal", because="one", at=two.clock())
    done = grade_incident(two.record, marsa, "fair", by="Boris", because="two", at=two.clock())
    assert done.notes == ()
    row = IncidentRow.objects.get(code=marsa)
    assert (row.grade, row.signed, row.review) == ("Fair", True, False)
    with pytest.raises(UnknownName, match="Splendid is no grade"):
        grade_incident(two.record, marsa, "Splendid", by="Boris", because="x", at=two.clock())


def test_where_it_matters_two_keys_sign_and_one_person_is_not_two(two: Folder) -> None:
    (marsa,) = codes(two, "d01")
    add_person(two.record, "Farah", at=two.clock())
    add_person(two.record, "Georg", at=two.clock(), with_key=False)

    def graded(by: str) -> tuple[str, bool, list[str]]:
        done = grade_incident(two.record, marsa, "Discounted", by=by, because="x", at=two.clock())
        row = IncidentRow.objects.get(code=marsa)
        return row.grade, row.signed, [note.code for note in done.notes]

    assert graded("Boris") == ("Weak", False, ["second"])
    assert graded("Boris") == ("Weak", False, ["second"])
    assert graded("Georg") == ("Weak", False, ["second"])  # recorded as Georg, not signed
    assert graded("Farah") == ("Discounted", True, [])
    assert verify(two.record).holds


def test_what_is_no_grade_is_refused(two: Folder) -> None:
    (marsa,) = codes(two, "d01")
    with pytest.raises(UnknownName, match="Splendid is no grade"):
        grade_incident(two.record, marsa, "Splendid", by="Boris", because="x", at=two.clock())


def test_a_grade_whose_ground_moved_is_to_be_reviewed(two: Folder) -> None:
    (marsa,) = codes(two, "d01")
    grade_incident(two.record, marsa, "Weak", by="Boris", because="thin", at=two.clock())
    two.tell("d04", FIVE.replace("SOHR", "the mayor of Marsa himself"))
    row = IncidentRow.objects.get(code=codes(two, "d04")[0])
    assert (row.code, row.grade, row.review) == (marsa, "Weak", True)


def test_a_rejected_report_sets_no_bound(two: Folder) -> None:
    two.tell("d04", FIVE.replace("killed 5", "killed 50").replace("SOHR", "a rumour"))
    (marsa,) = codes(two, "d04")
    assert IncidentRow.objects.get(code=marsa).killed_max == 50
    done = reject(
        two.record, "d04", field="killed", by="Amal", because="a typing error", at=two.clock()
    )
    assert IncidentRow.objects.get(code=marsa).killed_max == 5
    withdraw_decision(two.record, done.seq, by="Amal", because="it was right", at=two.clock())
    assert IncidentRow.objects.get(code=marsa).killed_max == 50


def test_an_incident_may_be_accepted_or_rejected(two: Folder) -> None:
    marsa, harbour = codes(two, "d01", "d03")
    accept(two.record, marsa, by="Amal", because="well told", at=two.clock())
    reject(two.record, harbour.lower(), by="Amal", because="an exercise", at=two.clock())
    states = dict(IncidentRow.objects.values_list("code", "state"))
    assert states == {marsa: "accepted", harbour: "rejected"}
    with pytest.raises(UnknownName, match="not proposed"):
        accept(two.record, "link:d01#0", by="Amal", because="x", at=two.clock())
    assert verify(two.record).holds


def test_a_decision_survives_a_new_capture(two: Folder) -> None:
    judge_same(two.record, "d01", "d03", by="Amal", because=WHY, at=two.clock())
    assert two.tell("d03", FAR + " More words.").outcome is Outcome.NEW_CAPTURE
    assert len(set(codes(two, "d01", "d03"))) == 1
    assert verify(two.record).holds


def test_what_is_told_apart_from_an_incident_stays_apart_from_all_of_it(two: Folder) -> None:
    two.tell("d04", FIVE + " | told by a third outlet")
    (marsa,) = codes(two, "d01")
    assert set(codes(two, "d02", "d04")) == {marsa}
    judge_different(two.record, "d02", marsa, by="Boris", because="a street", at=two.clock())
    apart, *rest = codes(two, "d02", "d01", "d04")
    assert set(rest) == {marsa} != {apart}
    two.tell("d05", SAME + " More words.")
    assert codes(two, "d02")[0] != codes(two, "d01")[0]
    assert verify(two.record).holds


def test_people_may_say_how_many_of_the_wounded_died(two: Folder) -> None:
    (marsa,) = codes(two, "d01")
    set_field(two.record, marsa, "injured", Count(9, 9), by="Amal", because="list", at=two.clock())
    done = set_field(
        two.record, marsa, "died_later", Count(1, 1), by="Amal", because="ward", at=two.clock()
    )
    assert done.incidents == (marsa,)
    assert verify(two.record).holds


def test_a_rejected_proposal_stays_rejected_whatever_comes_in_later(two: Folder) -> None:
    two.tell("d05", "2017-09-17 | Marsa 35.0 40.0 | killed 9 | said by the mayor")
    (question,) = questions_about_links(two.record.casebook())
    marsa, next_day = codes(two, "d01", "d05")
    assert set(question.incidents) == {marsa, next_day}
    done = reject(two.record, question.id, by="Boris", because="two nights", at=two.clock())
    assert list(questions_about_links(two.record.casebook())) == []
    both = "2017-09-16 | Marsa 35.0 40.0 | killed 9 | said by the mayor"
    two.tell("d06", both)  # between the two: it would tie them
    assert len(set(codes(two, "d01", "d05"))) == 2
    assert list(codes(two, "d01", "d05")) == [marsa, next_day]
    withdraw_decision(two.record, done.seq, by="Boris", because="unsure", at=two.clock())
    assert verify(two.record).holds
