"""Somebody who may write the files has been at the objects or the tables: each is named."""

from __future__ import annotations

import pytest
from django.db import connection

from bilan.acts.rebuild import rebuild
from bilan.store import keyfile
from bilan.store.models import (
    Capture,
    IncidentReport,
    IncidentRow,
    Person,
    RecordInfo,
    ShelfIndex,
    ShelfValue,
    StoredObject,
)
from bilan.store.verify.whole import verify
from tests.acts.conftest import Folder, item, told

__all__ = ["told"]  # a fixture of the acts' tests

FIVE = "2017-09-16 | Marsa 35.0 40.0 | killed 5 | said by SOHR"
FAR = "2017-10-02 | Harbour 36.0 38.0 | killed 3 | said by SOHR"


@pytest.fixture
def kept(told: Folder) -> Folder:
    """A record with two reports."""
    told.add(item("d01", FIVE), item("d02", FAR))
    return told


def found(folder: Folder) -> list[tuple[str, str]]:
    return [(fault.code, fault.where) for fault in verify(folder.record).faults]


def test_a_changed_byte_in_an_object_is_named_with_its_report(kept: Folder) -> None:
    name = Capture.objects.get(report="d02").words
    path = kept.record.objects.path(name)
    data = bytearray(path.read_bytes())
    data[30] ^= 1
    path.write_bytes(bytes(data))
    (fault,) = verify(kept.record).faults
    assert fault.where == f"object {name[:12]} of report d02"
    assert "was changed" in fault.message


def test_a_deleted_object_is_named(kept: Folder) -> None:
    name = Capture.objects.get(report="d01").bytes
    kept.record.objects.path(name).unlink()
    (fault,) = verify(kept.record).faults
    assert fault.where == f"object {name[:12]} of report d01" and "is missing" in fault.message


def test_two_objects_that_changed_places_are_named(kept: Folder) -> None:
    one, two = (capture.words for capture in Capture.objects.all())
    first, second = kept.record.objects.path(one), kept.record.objects.path(two)
    held = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(held)
    assert [code for code, _ in found(kept)] == ["object.damaged", "object.damaged"]


def test_a_destroyed_key_that_no_entry_explains_is_named(kept: Folder) -> None:
    name = Capture.objects.get(report="d01").words
    keyfile.destroy_keys(kept.record.objects.keys, name)
    assert found(kept) == [("object.damaged", f"object {name[:12]} of report d01")]


def test_an_object_marked_erased_without_an_entry_is_named(kept: Folder) -> None:
    name = Capture.objects.get(report="d01").words
    StoredObject.objects.filter(pk=name).update(erased=True)
    assert ("object.erased", f"object {name[:12]} of report d01") in found(kept)


def test_a_file_that_nobody_put_there_is_noted(kept: Folder) -> None:
    stray = kept.record.objects.path("ab" * 32)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"?")
    verdict = verify(kept.record)
    assert verdict.holds and [note.code for note in verdict.notes] == ["object.leftover"]


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (IncidentRow, {"killed_min": 1}),
        (IncidentRow, {"grade": "Confirmed"}),
        (Person, {"duty": "signs"}),
        (ShelfValue, {"value": '"x"'}),
        (ShelfIndex, {"value": "d77#0"}),
        (IncidentReport, {"told": "answer"}),
    ],
)
def test_a_derived_row_that_does_not_follow_is_named_and_made_good(
    kept: Folder, model: type, change: dict[str, object]
) -> None:
    first = model.objects.order_by("pk").first()  # type: ignore[attr-defined]
    model.objects.filter(pk=first.pk).update(**change)  # type: ignore[attr-defined]
    faults = verify(kept.record).faults
    assert faults and {fault.code for fault in faults} == {"derived"}
    assert all(fault.where.startswith(model._meta.db_table) for fault in faults)  # type: ignore[attr-defined]
    assert rebuild(kept.record).changed
    assert verify(kept.record).holds


def test_a_derived_row_that_is_missing_or_too_many_is_named(kept: Folder) -> None:
    (row, _) = IncidentRow.objects.order_by("code")
    code = row.code
    row.delete()
    IncidentRow(code="XX-1", state="open", cause="x", reports=1, origins=1, independent=1).save()
    messages = {fault.where: fault.message for fault in verify(kept.record).faults}
    assert messages[f"incident {code}"] == "follows from the ledger and is missing"
    assert messages["incident XX-1"] == "stands there and follows from no entry"


def test_tables_that_stopped_are_named(kept: Folder) -> None:
    RecordInfo.objects.update(derived_seq=3)
    assert ("derived.behind", "entry 3 of 11") in found(kept)


def test_a_long_list_of_wrong_rows_is_summed_up(kept: Folder) -> None:
    ShelfIndex.objects.all().delete()
    faults = verify(kept.record).faults
    assert len(faults) <= 21 and "more rows do not follow" in faults[-1].message


def test_a_check_changes_nothing(kept: Folder) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA query_only = ON")
        else:
            cursor.execute("SET default_transaction_read_only = on")
    assert verify(kept.record).holds
    connection.close()
