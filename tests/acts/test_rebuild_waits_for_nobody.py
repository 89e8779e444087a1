"""A rebuild of a record that is right keeps nobody from writing."""

from __future__ import annotations

import pytest

from bilan.acts.erase_report import erase_report
from bilan.acts.rebuild import rebuild
from bilan.store.models import IncidentRow
from bilan.store.record import Record
from bilan.store.verify.whole import verify
from tests.acts.conftest import Folder

FIVE = "2017-09-16 | Marsa 35.0 40.0 | killed 5 | said by SOHR"


def test_a_record_that_is_right_is_never_locked(
    told: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    told.tell("d01", FIVE)
    told.tell("d02", FIVE + " and more words")
    erase_report(told.record, "d02", by="Boris", because="a court", at=told.clock())

    def locked(*_: object) -> None:
        raise AssertionError("the record was locked")

    before = rebuild(told.record)
    with monkeypatch.context() as patch:
        patch.setattr(Record, "rebuilding", locked)
        again = rebuild(told.record)
    assert (again.digest, again.changed, again.removed) == (before.digest, (), 0)
    IncidentRow.objects.update(killed_min=99)
    assert rebuild(told.record).changed and verify(told.record).holds
