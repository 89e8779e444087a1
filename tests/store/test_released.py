"""A record made by any released version opens here, holds and goes on; a newer one is refused."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from bilan.core.errors import Refused
from bilan.store.ledger import head
from bilan.store.models import IncidentRow, RecordInfo, RegisterRow
from bilan.store.record import FORMAT, open_record
from bilan.store.reports import stored_report
from bilan.store.verify.whole import verify
from tests.acts.conftest import Folder, item
from tests.conftest import Clock

RELEASED = sorted((Path(__file__).parent / "released").glob("format-*"))


def reopened(kept: Path, folder: Path) -> Path:
    """The record as that version left it."""
    shutil.copytree(kept, folder, ignore=shutil.ignore_patterns("record.sql", "says.json"))
    with sqlite3.connect(folder / "record.sqlite") as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.executescript((kept / "record.sql").read_text(encoding="utf-8"))
    database.close()
    return folder


def test_there_is_something_to_open() -> None:
    """One for each format before this one: make it with `released/make.py` before you raise it."""
    kept = {path.name for path in RELEASED}
    assert kept >= {f"format-{number}" for number in range(1, FORMAT)}


@pytest.mark.parametrize("kept", RELEASED, ids=lambda kept: kept.name)
def test_a_record_of_an_older_version_opens_holds_and_goes_on(
    kept: Path, own_folders: Path, clock: Clock
) -> None:
    says = json.loads((kept / "says.json").read_text(encoding="utf-8"))
    record = open_record(reopened(kept, own_folders / "old"))
    assert RecordInfo.objects.get(pk=1).format == FORMAT
    assert (head().seq, head().hash) == (says["entries"], says["head"])
    verdict = verify(record)
    assert [fault for fault in verdict.faults if fault.code != "derived"] == []
    assert verdict.erased == 2
    assert RegisterRow.objects.count() == says.get("register_rows", 0)
    words = stored_report(record.objects, "d01")
    assert words is not None and "killed 5" in words.text
    from bilan.acts.rebuild import rebuild

    rebuild(record)
    assert verify(record).holds and IncidentRow.objects.count() == 1
    text = "2018-01-02 | Quay 30.0 44.0 | killed 1 | said by SOHR"
    assert Folder(record, clock).add(item("d04", text))[0].outcome == "new"
    assert verify(record).holds


def test_a_newer_record_is_refused_and_not_touched(own_folders: Path) -> None:
    folder = reopened(RELEASED[0], own_folders / "new")
    with sqlite3.connect(folder / "record.sqlite") as database:
        database.execute("UPDATE record_info SET format = 99")
    database.close()
    before = (folder / "record.sqlite").read_bytes()
    with pytest.raises(Refused, match="made by a newer Bilan"):
        open_record(folder)
    assert (folder / "record.sqlite").read_bytes() == before
