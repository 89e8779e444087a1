"""The objects: bytes kept by the SHA-256 of what they say, each encrypted with its own key.

The name is the hash of the bytes in clear, so that anyone who holds the original can check it.
An object is AES-256-GCM: without its key in the key file it says nothing, in any backup.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bilan.core.errors import IntegrityError
from bilan.store import keyfile
from bilan.store.chain import sha256 as digest
from bilan.store.disk import ASIDE, sync_folder, sync_folders, write_aside
from bilan.store.models import StoredObject

MAGIC = b"BILAN-1\n"
_NONCE = 12  # bytes, as AES-GCM wants them
_TAG = 16
RESTORE = "Restore it from a backup, then run `bilan verify`."


@dataclass(frozen=True, slots=True)
class Sealed:
    """Bytes encrypted and synced under a name of their own, not yet in the record."""

    sha256: str
    size: int
    key: bytes
    part: Path


@dataclass(frozen=True, slots=True)
class Objects:
    """The objects of one record."""

    record: Path

    @property
    def folder(self) -> Path:
        """Where the files lie, in 256 folders by the first two digits."""
        return self.record / "objects"

    @property
    def keys(self) -> Path:
        """The key file."""
        return self.record / "objects.keys"

    def path(self, sha256: str) -> Path:
        """Where the object of that name lies."""
        return self.folder / sha256[:2] / sha256[2:]

    def seal(self, data: bytes) -> Sealed:
        """Encrypt and sync aside: the slow part, done before the write lock is taken."""
        name, key, nonce = digest(data), secrets.token_bytes(32), secrets.token_bytes(_NONCE)
        words = AESGCM(key).encrypt(nonce, data, MAGIC + bytes.fromhex(name))
        return Sealed(name, len(data), key, write_aside(self.folder, MAGIC + nonce + words))

    def keep(self, sealed: Sequence[Sealed]) -> None:
        """Put sealed objects in their places; within the write lock, before the entry is written.

        The key is synced first: an object without its key would be lost, a key without its object
        is only a leftover.
        """
        if not sealed:
            return
        slots = keyfile.add_keys(self.keys, [(s.sha256, s.key) for s in sealed])
        self._make_folders(sealed)
        for one in sealed:
            one.part.replace(self.path(one.sha256))
        sync_folders({self.path(one.sha256).parent for one in sealed})
        StoredObject.objects.bulk_create(
            StoredObject(sha256=s.sha256, size=s.size, slot=slot)
            for s, slot in zip(sealed, slots, strict=True)
        )

    def _make_folders(self, sealed: Sequence[Sealed]) -> None:
        folders = {self.path(one.sha256).parent for one in sealed}
        new = [folder for folder in folders if not folder.is_dir()]
        for folder in new:
            folder.mkdir(exist_ok=True)
        if new:
            sync_folder(self.folder)

    def read(self, sha256: str) -> bytes | None:
        """The bytes, checked against their name; None where they were erased."""
        row = StoredObject.objects.filter(pk=sha256).first()
        if row is None:
            raise IntegrityError(f"The record knows no object {sha256[:12]}.", hint=RESTORE)
        if row.erased:
            return None
        if row.slot is None:
            raise IntegrityError(f"The key of object {sha256[:12]} is missing.", hint=RESTORE)
        return self.opened(sha256, row.slot)

    def opened(self, sha256: str, slot: int) -> bytes:
        """The bytes of an object whose key lies in that slot, checked against their name."""
        key = keyfile.slot_at(self.keys, slot)
        if not key.whole or key.key is None or key.sha256 != sha256:
            raise IntegrityError(f"The key of object {sha256[:12]} was changed.", hint=RESTORE)
        return decrypted(sha256, key.key, self.sealed(sha256))

    def sealed(self, sha256: str) -> bytes:
        """The encrypted bytes as they lie on the disk."""
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise IntegrityError(f"Object {sha256[:12]} is missing.", hint=RESTORE) from error

    def put_back(self, sha256: str, data: bytes) -> None:
        """Write the encrypted bytes of an object that a backup kept, synced."""
        path = self.path(sha256)
        path.parent.mkdir(exist_ok=True)
        write_aside(self.folder, data).replace(path)

    def finish_erasures(self) -> None:
        """Destroy what was decided to be erased; within the write lock.

        The decision is written first, so that a process killed in between leaves an erasure to
        finish and never a loss that nothing explains.
        """
        pending = StoredObject.objects.filter(erased=True, slot__isnull=False)
        for sha256 in pending.values_list("sha256", flat=True):
            self.destroy(sha256)
            StoredObject.objects.filter(pk=sha256).update(slot=None)

    def destroy(self, sha256: str) -> None:
        """The key, then the file: nobody can read the bytes again, in no backup of objects/."""
        keyfile.destroy_keys(self.keys, sha256)
        self.path(sha256).unlink(missing_ok=True)
        if self.path(sha256).parent.is_dir():
            sync_folder(self.path(sha256).parent)

    def size(self, sha256: str) -> int:
        """How many bytes an object says, told by its file; 0 where there is none."""
        path = self.path(sha256)
        return path.stat().st_size - len(MAGIC) - _NONCE - _TAG if path.is_file() else 0

    def names(self) -> Iterator[str]:
        """The names of all files that look like objects, in order."""
        for folder in sorted(p for p in self.folder.iterdir() if p.is_dir()):
            for path in sorted(folder.iterdir()):
                yield folder.name + path.name

    def unfinished(self) -> list[Path]:
        """Files that an interrupted write left aside."""
        return sorted(self.folder.glob(f"*{ASIDE}"))


def decrypted(sha256: str, key: bytes, data: bytes) -> bytes:
    """What encrypted bytes say, checked against their name."""
    changed = IntegrityError(f"Object {sha256[:12]} was changed on the disk.", hint=RESTORE)
    head = len(MAGIC)
    if data[:head] != MAGIC or len(data) < head + _NONCE:
        raise changed
    nonce, words = data[head : head + _NONCE], data[head + _NONCE :]
    try:
        clear = AESGCM(key).decrypt(nonce, words, MAGIC + bytes.fromhex(sha256))
    except InvalidTag as error:
        raise changed from error
    if digest(clear) != sha256:
        raise changed
    return clear
