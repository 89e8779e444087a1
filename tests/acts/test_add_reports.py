from __future__ import annotations

import json
from pathlib import Path

import pytest

from bilan.acts.add_reports import Outcome
from bilan.acts.rebuild import rebuild
from bilan.capture.captured import Captured
from bilan.core.errors import Refused, UnknownName
from bilan.core.values import Fault, PublisherKind
from bilan.store.ledger import links
from bilan.store.models import Capture, StoredObject
from bilan.store.replay import digest
from bilan.store.reports import stored_reading, stored_report
from bilan.store.verify.whole import verify
from tests.acts.conftest import Folder, item, read

FIVE = "2017-09-16 | Marsa 35.0 40.0 | killed 5 | said by SOHR"
SAME = "It was told again. 2017-09-16 | Marsa 35.0 40.0 | killed 5 | said by the Marsa network"
FAR = "2017-10-02 | Harbour 36.0 38.0 | killed 3 | said by SOHR"


def test_a_report_comes_back_as_it_came_in(told: Folder) -> None:
    came = item("d01", FIVE)
    assert told.add(came)[0].outcome is Outcome.NEW
    objects = told.record.objects
    kept = stored_report(objects, "d01")
    assert came.report is not None and kept is not None
    assert (kept.text, kept.title, kept.publisher) == (
        came.report.text,
        came.report.title,
        came.report.publisher,
    )
    assert objects.read(Capture.objects.get().bytes) == came.content
    assert stored_reading(objects, "d01") == (read(came.report), FIVE)


def test_the_ledger_holds_no_word_of_a_report(told: Folder) -> None:
    told.tell("d01", f"The wheat was burning in the barn. {FIVE}")
    whole = "\n".join(link.body for link in links())
    for word in ("wheat", "SOHR", "News d01", "Marsa network"):
        assert word not in whole
    assert "The Marsa Post" in whole  # an institution may be named


def test_a_private_poster_is_not_named_in_the_ledger(told: Folder) -> None:
    told.add(item("d01", FIVE, kind=PublisherKind.SOCIAL))
    assert "Marsa Post" not in "\n".join(link.body for link in links())
    report = stored_report(told.record.objects, "d01")
    assert report is not None and report.publisher.name == "The Marsa Post"


def test_two_reports_of_one_strike_are_one_incident_and_a_far_one_is_another(
    told: Folder,
) -> None:
    told.tell("d01", FIVE)
    told.tell("d02", SAME)
    told.tell("d03", FAR)
    book = told.record.casebook()
    assert book.codes_of("d01") == book.codes_of("d02") != book.codes_of("d03")
    assert len(list(book.codes())) == 2


def test_the_same_bytes_twice_are_one_object_and_no_new_entry(told: Folder) -> None:
    told.tell("d01", FIVE)
    before = len(list(links()))
    assert told.tell("d01", FIVE).outcome is Outcome.ALREADY_THERE
    both = told.add(item("d02", FAR), item("d02", FAR))
    assert [one.outcome for one in both] == [Outcome.NEW, Outcome.ALREADY_THERE]
    assert len([link for link in links() if link.seq > before and link.kind == "captured"]) == 1
    assert verify(told.record).notes == []


def test_the_same_report_with_other_bytes_is_a_new_capture(told: Folder) -> None:
    told.tell("d01", FIVE)
    assert told.tell("d01", FIVE.replace("killed 5", "killed 7")).outcome is Outcome.NEW_CAPTURE
    assert Capture.objects.filter(report="d01").count() == 2
    reading, text = stored_reading(told.record.objects, "d01")
    assert text is not None and "killed 7" in text
    assert reading.accounts[0].killed is not None and reading.accounts[0].killed.min == 7
    assert verify(told.record).holds


def test_the_same_bytes_under_two_ids_are_one_object_and_two_captures(told: Folder) -> None:
    one, two = item("d01", FIVE), item("d02", FIVE)
    told.add(one, Captured("d02.txt", one.content, two.report))
    assert Capture.objects.count() == 2
    assert len({capture.bytes for capture in Capture.objects.all()}) == 1
    assert verify(told.record).holds


def test_a_bad_file_does_not_stop_the_others(told: Folder) -> None:
    bad = Captured("x.txt", b"", None, (Fault("empty", "there is nothing in it", "x.txt"),))
    outcomes = {one.where: one.outcome for one in told.add(item("d01", FIVE), bad, item("d2", FAR))}
    assert outcomes == {
        "d01.txt": Outcome.NEW,
        "x.txt": Outcome.REFUSED,
        "d2.txt": Outcome.NEW,
    }


def test_who_adds_is_in_the_ledger_and_must_be_allowed_to(told: Folder) -> None:
    told.add(item("d01", FIVE), by="amal")
    captured = next(links(kinds=["captured"]))
    assert captured.by == "Amal" and captured.signature
    with pytest.raises(Refused, match="Chloe reads"):
        told.add(item("d02", FAR), by="Chloe")
    with pytest.raises(UnknownName):
        told.add(item("d02", FAR), by="Emil")
    assert [link.by for link in links(kinds=["linked"])] == ["bilan"]


def test_rebuilding_gives_the_same_tables(told: Folder) -> None:
    for number, text in enumerate((FIVE, SAME, FAR, "only words")):
        told.tell(f"d{number}", text)
    before = digest()
    made = rebuild(told.record)
    assert (made.digest, made.changed) == (before, ())
    verdict = verify(told.record)
    assert verdict.holds and verdict.digest == before
    told.tell("d9", FAR.replace("killed 3", "killed 4"))
    assert verify(told.record).holds


def test_what_an_interrupted_write_left_is_noted_and_swept(told: Folder) -> None:
    stray = told.record.objects.seal(b"never written")
    with pytest.raises(ZeroDivisionError), told.record.writing("nothing"):
        told.record.objects.keep([stray])
        raise ZeroDivisionError
    verdict = verify(told.record)
    assert verdict.holds and [note.code for note in verdict.notes] == ["object.leftover"]
    assert rebuild(told.record).removed == 1
    assert verify(told.record).notes == []


def test_a_lost_index_is_made_again_from_the_key_file(told: Folder) -> None:
    told.tell("d01", FIVE)
    StoredObject.objects.all().delete()
    assert {fault.code for fault in verify(told.record).faults} == {"object.unknown"}
    rebuild(told.record)
    assert verify(told.record).holds
    assert stored_report(told.record.objects, "d01") is not None


def test_nothing_but_whole_files_lies_in_the_record(told: Folder) -> None:
    told.tell("d01", FIVE)
    folder: Path = told.record.folder
    assert not list(folder.rglob("*.part"))
    assert json.loads((folder / "bilan.json").read_text())["record"] == told.record.id
