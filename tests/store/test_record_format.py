"""`docs/reference/record-format.md` is enough to check a record without Bilan's code."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bilan.core.errors import IntegrityError
from bilan.core.values import Span
from bilan.store.record import Record
from bilan.store.words import ERASED, NOT_KEPT, fetch, stow, without_quotes
from tests.acts.conftest import Folder, item
from tests.conftest import Clock

FIVE = "2017-09-16 | Marsa 35.0 40.0 | killed 5 | said by SOHR"


@pytest.fixture
def folder(sqlite_record: Record, cast: Callable[[Record], Record], clock: Clock) -> Folder:
    made = Folder(cast(sqlite_record), clock)
    made.add(item("d01", FIVE), item("d02", "Only words, مع كلمات."))
    return made


def test_the_chain_can_be_checked_by_hand(folder: Folder) -> None:
    database = sqlite3.connect(folder.record.folder / "record.sqlite")
    rows = database.execute(
        "SELECT seq, at, by, kind, prev, body, key, signature, hash FROM ledger ORDER BY seq"
    ).fetchall()
    database.close()
    before, signed = "0" * 64, 0
    for number, row in enumerate(rows, start=1):
        *said, key, signature, digest = row
        assert (row[0], row[4]) == (number, before)
        assert json.dumps(
            json.loads(row[5]), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        ) == str(row[5])
        data = "".join(f"{part}\n" for part in ("bilan-entry-1", *said)).encode()
        if signature:
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
            public.verify(bytes.fromhex(signature), data)
            signed += 1
        assert hashlib.sha256(data + f"{key}\n{signature}\n".encode()).hexdigest() == digest
        before = digest
    assert signed == 5


def test_an_object_can_be_opened_by_hand(folder: Folder) -> None:
    record = folder.record.folder
    keys = {}
    data = (record / "objects.keys").read_bytes()
    assert data[:80] == b"bilan-keys-1\n".ljust(80, b"\0")
    for start in range(80, len(data), 80):
        of, key, check = data[start:][:32], data[start + 32 :][:32], data[start + 64 :][:16]
        assert check == hashlib.sha256(b"bilan-key" + of + key).digest()[:16]
        keys[of.hex()] = key
    opened = {}
    for path in (record / "objects").glob("??/*"):
        name, whole = path.parent.name + path.name, path.read_bytes()
        assert whole[:8] == b"BILAN-1\n"
        clear = AESGCM(keys[name]).decrypt(whole[8:20], whole[20:], whole[:8] + bytes.fromhex(name))
        assert hashlib.sha256(clear).hexdigest() == name
        opened[name] = clear
    texts = [json.loads(clear) for clear in opened.values() if clear.startswith(b"{")]
    assert {FIVE, "Only words, مع كلمات."} == {text["text"] for text in texts}


def test_an_object_of_another_name_does_not_open(folder: Folder) -> None:
    paths = sorted((folder.record.folder / "objects").glob("??/*"))
    paths[0].write_bytes(paths[1].read_bytes())
    name = paths[0].parent.name + paths[0].name
    with pytest.raises(IntegrityError, match="was changed"):
        folder.record.objects.read(name)


@pytest.mark.parametrize(
    ("words", "span", "stowed"),
    [
        ("the mayor", Span(4, 13), {}),
        ("the mayor", None, {"at": [4, 13]}),
        ("of the town", None, {"at": [14, 25], "squeezed": True}),
        ("the governor", None, {"lost": True}),
        ("", None, {"lost": True}),
    ],
)
def test_words_are_kept_as_places_in_the_text(
    words: str, span: Span | None, stowed: dict[str, object]
) -> None:
    text = "say the mayor of the\ntown"
    assert stow(words, text, span) == stowed
    lost = stowed == {"lost": True}
    assert fetch(stowed, text, span) == (NOT_KEPT if lost else words)
    assert fetch(stowed, None, span) == (NOT_KEPT if lost else ERASED)


def test_what_the_program_says_is_kept_without_what_it_quotes() -> None:
    text = "The mill burned for an hour"
    assert without_quotes("after «The mill burned» it says so", text) == "after «…» it says so"
    assert without_quotes('"rises to" replaces an older figure', text).startswith('"rises to"')
