"""What a passphrase puts between a backup and whoever finds it.

The key comes from the passphrase by scrypt; each file is AES-256-GCM under it, tied to its name;
objects, which are encrypted already, get names that say nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from bilan.core.errors import DataError, IntegrityError, Refused

MAGIC = b"BILAN-B1"
_NONCE = 12  # bytes, as AES-GCM wants them
# 128 MB and about half a second for each guess (OWASP's choice for passwords, 2023). They stand
# in the backup itself, so that they may grow with the machines.
SCRYPT = {"n": 2**17, "r": 8, "p": 1}
_MOST = {"n": 2**22, "r": 32, "p": 16}  # beyond, a forged header would eat the memory
_CHECK = b"the passphrase opens this backup"
SHORTEST = 12  # characters; fewer are guessed


@dataclass(frozen=True, slots=True)
class Cover:
    """Seals and opens the files of a backup; without a key it leaves them as they are."""

    record: str
    key: bytes | None = None

    def seal(self, name: str, data: bytes) -> bytes:
        """The bytes as they are to lie in the backup under this name."""
        if self.key is None:
            return data
        nonce = secrets.token_bytes(_NONCE)
        return MAGIC + nonce + AESGCM(self.key).encrypt(nonce, data, self._bound(name))

    def open(self, name: str, data: bytes) -> bytes:
        """What a file of the backup says; IntegrityError where it was changed or moved."""
        if self.key is None:
            return data
        head = len(MAGIC) + _NONCE
        try:
            if data[: len(MAGIC)] != MAGIC:
                raise InvalidTag
            words = data[head:]
            return AESGCM(self.key).decrypt(data[len(MAGIC) : head], words, self._bound(name))
        except InvalidTag as error:
            raise IntegrityError(
                f"{name} of the backup was changed.", hint="Use another copy of the backup."
            ) from error

    def name_of(self, sha256: str) -> str:
        """The name of an object in the backup: who knows the words cannot find them by it."""
        if self.key is None:
            return sha256
        return hmac.new(self.key, f"object {sha256}".encode(), hashlib.sha256).hexdigest()

    def _bound(self, name: str) -> bytes:
        return MAGIC + f"{self.record} {name}".encode()


def new_cover(record: str, passphrase: str) -> tuple[Cover, dict[str, Any]]:
    """A cover, and what the backup's header says so that the passphrase opens it again."""
    if len(passphrase) < SHORTEST:
        raise Refused(
            f"A passphrase has {SHORTEST} characters or more.", hint="Five random words are good."
        )
    salt = secrets.token_bytes(16)
    cover = Cover(record, _derived(passphrase, salt, SCRYPT))
    says = {"kdf": "scrypt", "salt": salt.hex(), **SCRYPT}
    return cover, {**says, "check": cover.seal("check", _CHECK).hex()}


def cover_of(record: str, says: Mapping[str, Any], passphrase: str) -> Cover:
    """The cover that a header describes; Refused where the passphrase is another."""
    try:
        sizes = {name: int(says[name]) for name in SCRYPT}
        salt, check = bytes.fromhex(says["salt"]), bytes.fromhex(says["check"])
        known = says["kdf"] == "scrypt"
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"The backup's header is malformed: {error}.") from error
    if not known or any(not 1 <= sizes[name] <= _MOST[name] for name in sizes):
        raise DataError("The backup's header asks for a key derivation that Bilan does not know.")
    cover = Cover(record, _derived(passphrase, salt, sizes))
    try:
        cover.open("check", check)
    except IntegrityError as error:
        raise Refused(
            "The passphrase does not open this backup.", hint="Nobody can open it without."
        ) from error
    return cover


def _derived(passphrase: str, salt: bytes, sizes: Mapping[str, int]) -> bytes:
    kdf = Scrypt(salt=salt, length=32, n=sizes["n"], r=sizes["r"], p=sizes["p"])
    return kdf.derive(passphrase.encode())
