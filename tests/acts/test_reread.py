from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from bilan.acts.erase_report import erase_report
from bilan.acts.grade_incident import grade_incident
from bilan.acts.judge_pair import judge_same
from bilan.acts.reread import checked_reports, read_anew, what_would_change, write_readings
from bilan.capture.captured import Captured
from bilan.core.claims.account import Reading
from bilan.core.errors import UnknownName
from bilan.core.values import Count
from bilan.store.ledger import links
from bilan.store.models import IncidentRow
from bilan.store.replay import digest
from bilan.store.verify.whole import verify
from tests.acts.conftest import Folder, item, read, read_all

FIVE = "2017-09-16 | Marsa 35.0 40.0 | killed 5 | said by SOHR"
FAR = "2017-10-02 | Harbour 36.0 38.0 | killed 3 | said by SOHR"


def plus_one(count: Count | None) -> Count | None:
    return Count.exactly((count.max or 0) + 1) if count else None


def one_more(items: Iterable[Captured]) -> Iterator[tuple[Captured, Reading | None]]:
    """A newer reader, which finds one more person in each account."""
    for one in items:
        assert one.report is not None
        reading = read(one.report)
        spans = tuple(replace(span, value=plus_one(span.value)) for span in reading.spans)
        accounts = tuple(replace(a, killed=plus_one(a.killed)) for a in reading.accounts)
        yield one, replace(reading, accounts=accounts, spans=spans, reader="small 2")


def newer_by_name(items: Iterable[Captured]) -> Iterator[tuple[Captured, Reading | None]]:
    """A reader of another version that reads the same."""
    for one, reading in read_all(items):
        yield one, reading and replace(reading, reader="small 2")


def test_the_same_reading_makes_no_entry(told: Folder) -> None:
    told.add(item("d01", FIVE), item("d02", "only words"))
    assert list(read_anew(told.record, read_all)) == []
    assert list(read_anew(told.record, newer_by_name)) == []


def test_what_would_change_is_shown_and_nothing_is_written(told: Folder) -> None:
    told.add(item("d01", FIVE), item("d03", FAR))
    before, entries = digest(), len(list(links()))
    new = list(read_anew(told.record, one_more))
    assert [(one.report.id, "told" in one.parts) for one in new] == [("d01", True), ("d03", True)]
    changes = what_would_change(told.record, new)
    (marsa,) = told.record.casebook().codes_of("d01")
    mine = {c.column: (c.before, c.after) for c in changes if c.code == marsa}
    assert mine == {"killed_min": (5, 6), "killed_max": (5, 6)}
    assert (digest(), len(list(links()))) == (before, entries)


def test_new_readings_are_new_entries_and_decisions_stand(told: Folder) -> None:
    told.add(item("d01", FIVE), item("d03", FAR))
    judge_same(told.record, "d01", "d03", by="Amal", because="one quay", at=told.clock())
    (code,) = told.record.casebook().codes_of("d01")
    grade_incident(told.record, code, "Weak", by="Boris", because="thin", at=told.clock())
    new = list(read_anew(told.record, one_more))
    assert list(write_readings(told.record, new, clock=told.clock)) == ["d01", "d03"]
    readers = [link.body.split('"reader":"')[1][:7] for link in links(kinds=["read"])]
    assert readers == ["small 1", "small 1", "small 2", "small 2"]
    assert told.record.casebook().codes_of("d03") == {code}
    row = IncidentRow.objects.get(code=code)
    assert (row.killed_max, row.grade, row.signed) == (6, "Weak", True)
    assert verify(told.record).holds
    assert list(read_anew(told.record, one_more)) == []


def test_an_erased_report_is_not_read_again(told: Folder) -> None:
    told.add(item("d01", FIVE), item("d03", FAR))
    erase_report(told.record, "d01", by="Boris", because="the law", at=told.clock())
    assert [one.report.id for one in read_anew(told.record, one_more)] == ["d03"]


def test_a_report_that_came_in_anew_meanwhile_keeps_its_own_reading(told: Folder) -> None:
    told.tell("d01", FIVE)
    new = list(read_anew(told.record, one_more))
    told.tell("d01", FIVE.replace("killed 5", "killed 9"))
    assert list(write_readings(told.record, new, clock=told.clock)) == []
    assert IncidentRow.objects.get().killed_max == 9


def test_only_reports_of_the_record_are_read_again(told: Folder) -> None:
    told.add(item("d01", FIVE), item("d03", FAR))
    only = read_anew(told.record, one_more, reports=checked_reports(["d03"]))
    assert [one.report.id for one in only] == ["d03"]
    with pytest.raises(UnknownName, match="d99"):
        checked_reports(["d03", "d99"])
