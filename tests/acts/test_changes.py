"""Nobody decides about what they did not see: what changed meanwhile is named, and decided anew."""

from __future__ import annotations

from datetime import date

import pytest

from bilan.acts.changes import SHOWN
from bilan.acts.grade_incident import grade_incident
from bilan.acts.judge_pair import judge_different, judge_same
from bilan.acts.set_field import Value, set_field
from bilan.acts.withdraw_decision import withdraw_decision
from bilan.core.errors import Conflict, Refused
from bilan.core.values import Cause, Count, When
from bilan.store.ledger import head
from bilan.store.models import IncidentRow
from tests.acts.conftest import Folder

HERE = "2017-09-16 | Marsa 35.0 40.0 | killed 5 | said by SOHR"
THERE = "2017-10-02 | Harbour 36.0 38.0 | killed 3 | said by SOHR"


def code_of(folder: Folder, report: str) -> str:
    (code,) = folder.record.casebook().codes_of(report)
    return code


def set_killed(folder: Folder, code: str, killed: int, *, seen: int | None, by: str) -> int:
    record = folder.record.seen_at(seen)
    count = Count.exactly(killed)
    why = "the list of names"
    return set_field(record, code, "killed", count, by=by, because=why, at=folder.clock()).seq


def test_a_decision_on_what_another_changed_is_refused_and_says_what_changed(told: Folder) -> None:
    told.tell("d1", HERE)
    code, seen = code_of(told, "d1"), head().seq
    set_killed(told, code, 6, seen=seen, by="Boris")
    end = head()
    with pytest.raises(Conflict) as caught:
        set_killed(told, code, 7, seen=seen, by="Amal")
    (change,) = caught.value.changes
    assert f"entry {end.seq}, " in change
    assert "Boris: set killed to 6 (the list of names)." in change
    assert f"Not written: the killed of {code}." in caught.value.message
    assert f"--seen {end.seq}" in caught.value.hint
    assert head() == end
    assert IncidentRow.objects.get(code=code).killed_max == 6
    set_killed(told, code, 7, seen=end.seq, by="Amal")
    assert IncidentRow.objects.get(code=code).killed_max == 7


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("killed", Count(6, None), "set killed to 6 or more"),
        ("killed", Count(6, 8), "set killed to 6 to 8"),
        ("injured", Count(None, 30), "set injured to up to 30"),
        ("killed", None, "set killed to unknown"),
        ("when", When.on(date(2017, 9, 18)), "set when to 2017-09-18"),
        ("cause", Cause.ARTILLERY, "set cause to artillery_shelling"),
    ],
)
def test_who_is_refused_reads_what_the_other_one_said(
    told: Folder, field: str, value: Value, said: str
) -> None:
    told.tell("d1", HERE)
    code, seen = code_of(told, "d1"), head().seq
    set_field(told.record, code, field, value, by="Boris", because="a list", at=told.clock())
    with pytest.raises(Conflict) as caught:
        set_killed(told, code, 7, seen=seen, by="Amal")
    assert f"Boris: {said} (a list)." in caught.value.changes[0]


def test_what_changed_elsewhere_keeps_nobody_from_deciding(told: Folder) -> None:
    told.tell("d1", HERE)
    told.tell("d2", THERE)
    here, there, seen = code_of(told, "d1"), code_of(told, "d2"), head().seq
    set_killed(told, there, 4, seen=seen, by="Boris")
    set_killed(told, here, 6, seen=seen, by="Amal")


def test_a_report_that_came_in_meanwhile_is_a_change(told: Folder) -> None:
    told.tell("d1", HERE)
    code, seen = code_of(told, "d1"), head().seq
    told.tell("d2", HERE)
    assert code_of(told, "d2") == code
    with pytest.raises(Conflict, match="d2 tied to it"):
        grade_incident(
            told.record.seen_at(seen), code, "Fair", by="Boris", because="two", at=told.clock()
        )


def test_a_merge_and_its_withdrawal_are_changes_of_both_incidents(told: Folder) -> None:
    told.tell("d1", HERE)
    told.tell("d2", THERE)
    here, there, seen = code_of(told, "d1"), code_of(told, "d2"), head().seq
    merged = judge_same(told.record, here, there, by="Boris", because="one road", at=told.clock())
    for code in (here, there):
        with pytest.raises(Conflict, match=r"same \(one road\)"):
            set_killed(told, code, 6, seen=seen, by="Amal")
    seen = head().seq
    withdraw_decision(told.record, merged.seq, by="Boris", because="no", at=told.clock())
    with pytest.raises(Conflict, match=f"decision {merged.seq} withdrawn"):
        set_killed(told, here, 6, seen=seen, by="Amal")


def test_two_people_who_part_and_join_at_once_are_not_both_heard(told: Folder) -> None:
    told.tell("d1", HERE)
    told.tell("d2", HERE)
    seen = head().seq
    as_seen, why, at = told.record.seen_at(seen), "names differ", told.clock()
    judge_different(as_seen, "d1", "d2", by="Boris", because=why, at=at)
    with pytest.raises(Conflict, match="different"):
        judge_same(as_seen, "d1", "d2", by="Amal", because=why, at=at)


def test_who_missed_a_lot_is_told_the_last_of_it(told: Folder) -> None:
    told.tell("d1", HERE)
    code, seen = code_of(told, "d1"), head().seq
    for killed in range(SHOWN + 3):
        set_killed(told, code, killed, seen=None, by="Boris")
    with pytest.raises(Conflict) as caught:
        set_killed(told, code, 7, seen=seen, by="Amal")
    assert len(caught.value.changes) == SHOWN + 1
    assert caught.value.changes[0] == "3 earlier changes."


def test_nobody_has_seen_the_future(told: Folder) -> None:
    told.tell("d1", HERE)
    with pytest.raises(Refused, match="Nobody can have seen entry 999"):
        set_killed(told, code_of(told, "d1"), 7, seen=999, by="Amal")
