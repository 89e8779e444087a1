from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from bilan.core.errors import IntegrityError
from bilan.store import keyfile
from bilan.store.chain import sha256
from bilan.store.models import StoredObject
from bilan.store.record import Record

WORDS = b"A shell fell on the mill; the miller is missing."


def kept(record: Record, data: bytes = WORDS) -> str:
    sealed = record.objects.seal(data)
    with record.writing("an object"):
        record.objects.keep([sealed])
    return sealed.sha256


def erased(record: Record, name: str) -> None:
    with record.writing("an erasure"):
        StoredObject.objects.filter(pk=name).update(erased=True)
    with record.writing("what is left of it"):
        pass


def test_what_was_kept_comes_back(record: Record) -> None:
    name = kept(record)
    assert name == sha256(WORDS)
    assert record.objects.read(name) == WORDS
    assert record.objects.unfinished() == []


def test_no_word_lies_on_the_disk_in_clear(record: Record) -> None:
    kept(record)
    for path in (p for p in record.folder.rglob("*") if p.is_file()):
        assert b"miller" not in path.read_bytes()


def test_two_objects_have_two_keys(sqlite_record: Record) -> None:
    kept(sqlite_record)
    kept(sqlite_record, b"another")
    keys = {slot.key for slot in keyfile.slots(sqlite_record.objects.keys)}
    assert len(keys) == 2 and None not in keys


@pytest.mark.parametrize("where", [0, 8, 25, -1])
def test_one_changed_byte_is_found(sqlite_record: Record, where: int) -> None:
    path = sqlite_record.objects.path(kept(sqlite_record))
    data = bytearray(path.read_bytes())
    data[where] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(IntegrityError, match="was changed"):
        sqlite_record.objects.read(sha256(WORDS))


def test_a_deleted_object_is_called_missing(sqlite_record: Record) -> None:
    sqlite_record.objects.path(kept(sqlite_record)).unlink()
    with pytest.raises(IntegrityError, match="is missing"):
        sqlite_record.objects.read(sha256(WORDS))


def test_a_changed_key_is_found(sqlite_record: Record) -> None:
    name = kept(sqlite_record)
    with sqlite_record.objects.keys.open("r+b") as file:
        file.seek(keyfile.SLOT + 40)
        file.write(b"\0\0\0\0")
    with pytest.raises(IntegrityError, match="key of object"):
        sqlite_record.objects.read(name)


def test_erasing_leaves_no_key_and_no_bytes(record: Record) -> None:
    name = kept(record)
    (slot,) = keyfile.slots(record.objects.keys)
    copy = record.objects.path(name).read_bytes()
    erased(record, name)
    assert record.objects.read(name) is None
    assert not record.objects.path(name).exists()
    assert slot.key is not None
    for path in (p for p in record.folder.rglob("*") if p.is_file()):
        assert slot.key not in path.read_bytes()
    record.objects.path(name).write_bytes(copy)  # a backup of the objects comes back
    assert record.objects.read(name) is None


def test_every_key_of_an_object_that_was_sealed_twice_is_destroyed(sqlite_record: Record) -> None:
    objects = sqlite_record.objects
    keyfile.add_keys(objects.keys, [(sha256(WORDS), b"k" * 32)])  # left by a killed process
    name = kept(sqlite_record)
    assert objects.read(name) == WORDS
    erased(sqlite_record, name)
    assert [slot.key for slot in keyfile.slots(objects.keys)] == [None, None]


def test_a_torn_slot_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    keyfile.create(path)
    with path.open("ab") as file:
        file.write(b"torn")
    assert keyfile.add_keys(path, [("ab" * 32, b"k" * 32), ("cd" * 32, b"l" * 32)]) == [0, 1]
    assert [slot.key for slot in keyfile.slots(path)] == [b"k" * 32, b"l" * 32]
    assert all(slot.whole for slot in keyfile.slots(path))


def test_the_key_file_is_for_its_owner_alone(sqlite_record: Record) -> None:
    assert oct(sqlite_record.objects.keys.stat().st_mode & 0o777) == "0o600"


def test_an_object_whose_entry_was_never_written_can_be_kept_again(
    sqlite_record: Record, clock: Callable[[], datetime]
) -> None:
    sealed = sqlite_record.objects.seal(WORDS)
    with pytest.raises(ZeroDivisionError), sqlite_record.writing("an object"):
        sqlite_record.objects.keep([sealed])
        raise ZeroDivisionError
    assert sqlite_record.objects.read(kept(sqlite_record)) == WORDS
