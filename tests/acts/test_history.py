"""The entries about one incident, picked from the ledger, tell what the whole ledger tells."""

from __future__ import annotations

from datetime import date

import pytest

from bilan.acts.judge_pair import judge_different, judge_same
from bilan.acts.set_field import set_field
from bilan.acts.withdraw_decision import withdraw_decision
from bilan.core.publication.history import History, history_of, watch_one
from bilan.core.values import Count
from bilan.store.history import end_of, entries_about, entries_until
from tests.acts.conftest import Folder, item
from tests.acts.test_decisions import FAR, FIVE, SAME, WHY, codes

LATE = date(9000, 1, 1)


@pytest.fixture
def moved(told: Folder) -> Folder:
    """Two incidents put together by a person, set, and taken apart again."""
    told.add(item("d01", FIVE), item("d02", SAME), item("d03", FAR))
    marsa, harbour = codes(told, "d01", "d03")
    done = judge_same(told.record, marsa, harbour, by="Amal", because=WHY, at=told.clock())
    graves = {"by": "Amal", "because": "graves", "at": told.clock()}
    set_field(told.record, marsa, "injured", Count(2, 5), **graves)  # type: ignore[arg-type]
    withdraw_decision(told.record, done.seq, by="Boris", because="a slip", at=told.clock())
    judge_different(told.record, "d01", "d02", by="Boris", because="two", at=told.clock())
    told.add(item("d04", f"Told again. {FAR}"))
    return told


def test_no_entry_that_moved_an_incident_is_missed(moved: Folder) -> None:
    known = set(codes(moved, "d01", "d02", "d03", "d04"))
    with moved.record.reading():
        last = end_of(LATE)
        for code in known:
            watch = watch_one(code, scheme="airwars")
            picked = history_of(entries_about(code, last), watch, after=0)
            whole = history_of(entries_until(last), watch, after=0)
            assert told_by(picked) == told_by(whole)
            assert picked.steps


def told_by(found: History) -> list[tuple[object, ...]]:
    return [
        (s.entry, s.what, [(m.field, m.after.low, m.after.high, m.came, m.went) for m in s.moved])
        for s in found.steps
    ]


def test_a_day_before_the_record_began_has_no_entry(moved: Folder) -> None:
    with moved.record.reading():
        assert end_of(date(1999, 1, 1)) == 0
        assert end_of(LATE) > 0
