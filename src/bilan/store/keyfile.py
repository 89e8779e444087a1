"""The key file: one key for each object, in slots of 80 bytes, which erasing overwrites in place.

It lies beside the objects and not in the database: a database keeps old rows in journals, dead
tuples, replicas and dumps, where a destroyed key would live on. Writers hold the record's write
lock. Byte by byte in `docs/reference/record-format.md`.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bilan.core.errors import IntegrityError
from bilan.store.disk import overwrite, sync_folder, write_durably

SLOT = 80  # bytes: SHA-256 of the object (32), key (32), check (16)
HEADER = b"bilan-keys-1\n".ljust(SLOT, b"\0")
_NO_KEY = bytes(48)
_PAGE = 4096  # slots read at a time


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot. `key` is None where it was destroyed; `whole` is False where bytes were changed."""

    number: int
    sha256: str
    key: bytes | None
    whole: bool = True


def create(path: Path) -> None:
    """An empty key file, for its owner's eyes only; one that is there stays as it is."""
    if not path.exists():
        write_durably(path, HEADER, mode=0o600)


def add_keys(path: Path, keys: Sequence[tuple[str, bytes]]) -> list[int]:
    """Append keys, synced; the slot number of each. A slot torn by a power cut is written over."""
    handle = os.open(path, os.O_RDWR)
    try:
        first = (os.fstat(handle).st_size - SLOT) // SLOT
        data = b"".join(_packed(sha256, key) for sha256, key in keys)
        if os.pwrite(handle, data, SLOT * (first + 1)) != len(data):
            os.ftruncate(handle, SLOT * (first + 1))
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        os.fsync(handle)
    finally:
        os.close(handle)
    return list(range(first, first + len(keys)))


def _packed(sha256: str, key: bytes) -> bytes:
    return bytes.fromhex(sha256) + key + _check(bytes.fromhex(sha256), key)


def _check(sha256: bytes, key: bytes) -> bytes:
    return hashlib.sha256(b"bilan-key" + sha256 + key).digest()[:16]


def slot_at(path: Path, number: int) -> Slot:
    """The slot of that number."""
    with path.open("rb") as file:
        file.seek(SLOT * (number + 1))
        data = file.read(SLOT)
    if len(data) != SLOT:
        raise IntegrityError(
            f"{path.name} has no slot {number}.", hint="Restore the key file from a backup."
        )
    return _unpacked(number, data)


def slots(path: Path) -> Iterator[Slot]:
    """Every slot, in order; a torn one at the end is left out."""
    with path.open("rb") as file:
        file.seek(SLOT)
        number = 0
        while page := file.read(SLOT * _PAGE):
            for start in range(0, len(page) - SLOT + 1, SLOT):
                yield _unpacked(number, page[start : start + SLOT])
                number += 1


def _unpacked(number: int, data: bytes) -> Slot:
    sha256, key, check = data[:32], data[32:64], data[64:]
    if data[32:] == _NO_KEY:
        return Slot(number, sha256.hex(), None)
    return Slot(number, sha256.hex(), key, whole=check == _check(sha256, key))


def copied(path: Path) -> bytes:
    """The whole key file while others write to it: a slot caught half overwritten is read again."""
    data = path.read_bytes()
    data = data[: len(data) - len(data) % SLOT]
    for start in range(SLOT, len(data), SLOT):
        slot = _unpacked(start // SLOT - 1, data[start : start + SLOT])
        if not slot.whole:
            with path.open("rb") as file:
                file.seek(start)
                data = data[:start] + file.read(SLOT) + data[start + SLOT :]
    return data


def in_bytes(data: bytes) -> Iterator[Slot]:
    """Every slot of a copied key file, in order."""
    for number, start in enumerate(range(SLOT, len(data), SLOT)):
        yield _unpacked(number, data[start : start + SLOT])


def continues(data: bytes, earlier: bytes) -> bool:
    """Whether a copy is a later one of the same file: the same objects in the same slots."""
    if len(data) < len(earlier):
        return False
    starts = range(SLOT, len(earlier), SLOT)
    return all(data[start : start + 32] == earlier[start : start + 32] for start in starts)


def destroy_keys(path: Path, sha256: str) -> int:
    """Overwrite every key of an object where it lies, synced; how many there were."""
    found = [s.number for s in slots(path) if s.sha256 == sha256 and s.key is not None]
    for number in found:
        overwrite(path, SLOT * (number + 1) + 32, _NO_KEY)
    sync_folder(path.parent)
    return len(found)
