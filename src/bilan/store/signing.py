"""Who writes: a name, and the key that signs for it if this person has one here.

Private keys never lie in the record: a copy of the record cannot sign. They lie in the user's own
data folder (`$BILAN_KEYS`, else `$XDG_DATA_HOME/bilan/keys`), one file for each public key, for
the owner's eyes only (0600).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from bilan.core.errors import DataError
from bilan.store.disk import write_durably

MACHINE = "bilan"  # the name under which the program itself writes


@dataclass(frozen=True, slots=True)
class Author:
    """A name, and the private key that signs for it, if there is one."""

    name: str
    private: Ed25519PrivateKey | None = None

    @property
    def key(self) -> str:
        """The public key, 64 hexadecimal digits, or nothing."""
        return self.private.public_key().public_bytes_raw().hex() if self.private else ""

    def sign(self, data: bytes) -> str:
        """The signature, 128 hexadecimal digits, or nothing."""
        return self.private.sign(data).hex() if self.private else ""


def keys_folder() -> Path:
    """Where this user's private keys lie."""
    named = os.environ.get("BILAN_KEYS")
    if named:
        return Path(named)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "bilan" / "keys"


def new_key() -> Ed25519PrivateKey:
    """A key that nobody else has."""
    return Ed25519PrivateKey.generate()


def keep_key(private: Ed25519PrivateKey, folder: Path) -> Path:
    """Write the key into the user's folder; the path."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{private.public_key().public_bytes_raw().hex()}.pem"
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_durably(path, pem, mode=0o600)
    return path


def author_for(name: str, key: str, folder: Path) -> Author:
    """The author of that name, able to sign where the private half of `key` lies here."""
    path = folder / f"{key}.pem"
    if not key or not path.is_file():
        return Author(name)
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise DataError(f"{path} is no private key.", hint="Restore it from a backup.") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise DataError(f"{path} is no Ed25519 key.", hint="Restore it from a backup.")
    return Author(name, private)


def signed_by(key: str, signature: str, data: bytes) -> bool:
    """Whether the holder of `key` signed these bytes."""
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True
