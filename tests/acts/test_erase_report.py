from __future__ import annotations

import pytest

from bilan.acts.add_reports import Outcome
from bilan.acts.erase_report import erase_report
from bilan.acts.judge_pair import judge_different
from bilan.acts.rebuild import rebuild
from bilan.capture.captured import Captured
from bilan.core.errors import Refused, UnknownName
from bilan.store import keyfile
from bilan.store.ledger import links
from bilan.store.models import IncidentRow, StoredObject
from bilan.store.replay import digest
from bilan.store.reports import stored_reading, stored_report
from bilan.store.verify.whole import verify
from bilan.store.words import ERASED
from tests.acts.conftest import Folder, item

FIVE = "The miller wept. 2017-09-16 | Marsa 35.0 40.0 | killed 5 | said by SOHR"
LAW = "the family withdrew its consent"


def erase(folder: Folder, report: str) -> tuple[str, ...]:
    done = erase_report(folder.record, report, by="Boris", because=LAW, at=folder.clock())
    return done.reports


def test_words_are_gone_and_values_stay(told: Folder) -> None:
    told.tell("d01", FIVE)
    (before,) = IncidentRow.objects.values()
    assert erase(told, "d01") == ("d01",)
    assert stored_report(told.record.objects, "d01") is None
    reading, text = stored_reading(told.record.objects, "d01")
    account = reading.accounts[0]
    assert text is None and account.killed is not None and account.killed.min == 5
    assert account.place is not None and account.place.name == ERASED
    assert [one.name for one in account.alleged_by] == [ERASED]
    assert IncidentRow.objects.values().get() == before
    assert told.record.casebook().shelf.erased["d01"] == LAW


def test_verify_says_erased_and_not_missing(told: Folder) -> None:
    told.tell("d01", FIVE)
    told.tell("d02", FIVE.replace("wept", "wrote"))
    erase(told, "d01")
    verdict = verify(told.record)
    assert (verdict.holds, verdict.objects, verdict.erased) == (True, 2, 2)
    assert verdict.notes == []


def test_no_key_and_no_file_of_an_erased_report_is_left(told: Folder) -> None:
    told.tell("d01", FIVE)
    paths = [path for path in told.record.objects.folder.rglob("*") if path.is_file()]
    assert len(paths) == 2
    erase(told, "d01")
    assert not any(path.exists() for path in paths)
    assert [slot.key for slot in keyfile.slots(told.record.objects.keys)] == [None, None]


def test_what_was_erased_is_not_taken_in_again(told: Folder) -> None:
    told.tell("d01", FIVE)
    erase(told, "d01")
    again = told.tell("d01", FIVE)
    assert again.outcome is Outcome.REFUSED and again.faults[-1].code == "erased"
    other = told.add(Captured("copy.txt", b"other bytes, same words", item("d01", FIVE).report))
    assert other[0].outcome is Outcome.REFUSED
    assert verify(told.record).holds


def test_reports_of_the_same_bytes_are_erased_together_and_named(told: Folder) -> None:
    one, two = item("d01", FIVE), item("d02", FIVE)
    told.add(one, Captured("d02.txt", one.content, two.report))
    assert erase(told, "d01") == ("d01", "d02")
    assert verify(told.record).holds


def test_an_erasure_that_was_killed_is_finished_by_the_next_act(told: Folder) -> None:
    told.tell("d01", FIVE)
    erase(told, "d01")
    (sha256,) = StoredObject.objects.values_list("pk", flat=True)[:1]
    keyfile.add_keys(told.record.objects.keys, [(sha256, b"k" * 32)])  # as if not destroyed yet
    StoredObject.objects.filter(pk=sha256).update(slot=2)
    verdict = verify(told.record)
    assert verdict.holds and [note.code for note in verdict.notes] == ["object.unerased"]
    judge = item("d02", "2017-10-02 | Harbour 36.0 38.0 | killed 3 | said by SOHR")
    told.add(judge)
    assert verify(told.record).notes == []
    assert list(keyfile.slots(told.record.objects.keys))[2].key is None


def test_a_file_that_comes_back_after_an_erasure_is_named(told: Folder) -> None:
    told.tell("d01", FIVE)
    (path, _) = sorted(p for p in told.record.objects.folder.rglob("*") if p.is_file())
    data = path.read_bytes()
    erase(told, "d01")
    path.write_bytes(data)
    assert [fault.code for fault in verify(told.record).faults] == ["object.back"]


def test_rebuilding_after_an_erasure_gives_the_same_rows(told: Folder) -> None:
    told.tell("d01", FIVE)
    told.tell("d02", FIVE.replace("wept", "wrote"))
    judge_different(told.record, "d01", "d02", by="Amal", because="two mills", at=told.clock())
    erase(told, "d01")
    before = digest()
    assert rebuild(told.record).digest == before
    assert told.tell("d01", FIVE).outcome is Outcome.REFUSED
    assert verify(told.record).holds


def test_only_who_signs_erases_with_a_reason_and_once(told: Folder) -> None:
    told.tell("d01", FIVE)
    with pytest.raises(Refused, match="Amal records"):
        erase_report(told.record, "d01", by="Amal", because=LAW, at=told.clock())
    with pytest.raises(UnknownName, match="No report d99"):
        erase(told, "d99")
    erase(told, "d01")
    with pytest.raises(Refused, match="was erased before"):
        erase(told, "d01")
    (entry,) = links(kinds=["erased"])
    assert entry.by == "Boris" and entry.signature and LAW in entry.body
