#!/usr/bin/env python3
"""Check a record, or a signed export of one, without Bilan.

    python check_record.py FOLDER [--against MANIFEST]

Needs Python 3.11 and the package `cryptography`. FOLDER is a signed export (it holds
manifest.json) or a record on SQLite (it holds bilan.json). `--against`: the manifest.json of an
export made before; the record must still go on from there. Says what is wrong, line by line, and
ends with 1; with 0 where everything holds. It reads, never writes, and asks nobody.

It was written from docs/reference/record-format.md and shares no line with Bilan, so that each
checks the other.
"""

import base64
import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.x509 import Certificate, ExtendedKeyUsage, load_der_x509_certificate
from cryptography.x509.oid import ExtendedKeyUsageOID

COLUMNS = ("seq", "at", "by", "kind", "body", "prev", "key", "signature", "hash")
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
Entry = dict[str, Any]


def canonical(value: Any) -> str:
    """The one JSON text of a value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(data: bytes) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def signed_part(entry: Entry) -> bytes:
    """What the signature of an entry covers."""
    order = ("seq", "at", "by", "kind", "prev", "body")
    lines = ["bilan-entry-1", *(str(entry[name]) for name in order)]
    return "".join(f"{line}\n" for line in lines).encode()


def wrong_in_chain(entries: list[Entry]) -> Iterator[str]:
    """Entries that are missing, moved, changed, or signed by somebody else."""
    seq, prev, keys = 0, "0" * 64, dict[str, str]()
    for entry in entries:
        here = f"entry {entry['seq']}"
        if entry["seq"] != seq + 1:
            yield f"entry {seq + 1}: is missing"
        elif entry["prev"] != prev:
            yield f"{here}: does not follow entry {seq} as it now stands"
        ending = f"{entry['key']}\n{entry['signature']}\n".encode()
        if sha256(signed_part(entry) + ending) != entry["hash"]:
            yield f"{here}: was changed after it was written"
        if entry["kind"] == "joined":
            says = body_of(entry)
            keys.setdefault(says.get("name", ""), says.get("key", ""))
        yield from wrong_signature(entry, keys)
        seq, prev = entry["seq"], entry["hash"]


def body_of(entry: Entry) -> dict[str, Any]:
    """What an entry says; nothing where it cannot be read."""
    try:
        says = json.loads(entry["body"])
    except ValueError:
        return {}
    return says if isinstance(says, dict) else {}


def wrong_signature(entry: Entry, keys: dict[str, str]) -> Iterator[str]:
    """A signature that the person named did not make for this entry."""
    if not entry["key"] and not entry["signature"]:
        return
    if keys.get(entry["by"]) != entry["key"]:
        yield f"entry {entry['seq']}: is signed with a key that is not {entry['by']}'s"
    elif not ed25519_holds(entry["key"], entry["signature"], signed_part(entry)):
        yield f"entry {entry['seq']}: carries a signature that {entry['by']} did not make for it"


def ed25519_holds(key: str, signature: str, data: bytes) -> bool:
    """Whether the holder of a key signed these bytes."""
    try:
        public = ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def named_objects(entries: list[Entry]) -> tuple[dict[str, str], set[str]]:
    """The objects that the entries name, each with what rests on it; those erased."""
    named, of_report, gone = dict[str, str](), dict[str, set[str]](), set[str]()
    for entry in entries:
        says = body_of(entry)
        kept = says.get("objects")
        if entry["kind"] == "erased":
            gone |= of_report.get(says.get("report", ""), set())
        elif entry["kind"] == "row-erased":
            gone |= set(says.get("replaced", {}))
            named |= dict.fromkeys(says.get("replaced", {}).values(), f"entry {entry['seq']}")
        elif isinstance(kept, dict):
            rests = says.get("report", f"entry {entry['seq']}")
            for name in kept.values():
                named.setdefault(name, rests)
                of_report.setdefault(rests, set()).add(name)
    return named, gone


def wrong_in_objects(folder: Path, entries: list[Entry]) -> Iterator[str]:
    """Objects of a record that are missing, changed, without a key, or back after an erasure."""
    named, gone = named_objects(entries)
    slots = slots_in(folder / "objects.keys")
    for name, rests in named.items():
        here, path = f"object {name[:12]} of {rests}", folder / "objects" / name[:2] / name[2:]
        key = slots.get(name)
        if name in gone:
            if path.exists() or key is not None:
                yield f"{here}: was erased by an entry and is still there"
        elif key is None:
            yield f"{here}: its key is missing or was changed"
        elif not path.exists():
            yield f"{here}: is missing"
        elif not says_its_name(path.read_bytes(), key, name):
            yield f"{here}: was changed"


def slots_in(path: Path) -> dict[str, bytes | None]:
    """The key of each object; None where it was destroyed or does not hold."""
    data, found = path.read_bytes() if path.exists() else b"", dict[str, bytes | None]()
    for start in range(80, len(data) - 79, 80):
        name, key, check = (
            data[start : start + 32],
            data[start + 32 : start + 64],
            data[start + 64 :],
        )
        holds = hashlib.sha256(b"bilan-key" + name + key).digest()[:16] == check[:16]
        found[name.hex()] = key if holds else None
    return found


def says_its_name(data: bytes, key: bytes, name: str) -> bool:
    """Whether an encrypted object says what its name is the hash of."""
    try:
        bound = b"BILAN-1\n" + bytes.fromhex(name)
        clear = AESGCM(key).decrypt(data[8:20], data[20:], bound)
    except (InvalidTag, ValueError):
        return False
    return data[:8] == b"BILAN-1\n" and sha256(clear) == name


def wrong_in_stamps(record: str, entries: list[Entry]) -> Iterator[str]:
    """Stamps that do not hold, or cover something else than what stands there."""
    hash_of = {entry["seq"]: entry["hash"] for entry in entries}
    for entry in entries:
        if entry["kind"] != "stamped":
            continue
        here, says = f"the stamp in entry {entry['seq']}", body_of(entry)
        try:
            covered = f"bilan-head-1\n{record}\n{says['seq']}\n{says['head']}\n".encode()
            if says["seq"] >= entry["seq"] or hash_of.get(says["seq"]) != says["head"]:
                yield f"{here}: covers another entry than the one that stands there"
            kept = [load_der_x509_certificate(base64.b64decode(c)) for c in says["certificates"]]
            wrong = wrong_stamp(base64.b64decode(says["answer"]), covered, kept)
        except (KeyError, IndexError, TypeError, ValueError):
            wrong = "cannot be read"
        if wrong:
            yield f"{here}: {wrong}"


def parts(data: bytes, at: int = 0) -> list[tuple[int, bytes, bytes]]:
    """The DER values in these bytes: tag, content, the whole."""
    found = []
    while at < len(data):
        tag, size, start = data[at], data[at + 1], at + 2
        if size & 0x80:
            start += size & 0x7F
            size = int.from_bytes(data[at + 2 : start], "big")
        if start + size > len(data):
            raise ValueError("a value is cut")
        found.append((tag, data[start : start + size], data[at : start + size]))
        at = start + size
    return found


HASHES: dict[str, hashes.HashAlgorithm] = {
    "608648016503040201": hashes.SHA256(),
    "608648016503040202": hashes.SHA384(),
    "608648016503040203": hashes.SHA512(),
}
MESSAGE_DIGEST = "2a864886f70d010904"


def digest_named(algorithm: bytes, data: bytes) -> tuple[hashes.HashAlgorithm, bytes]:
    """The hash that an AlgorithmIdentifier names, and that of these bytes."""
    kind = HASHES[parts(algorithm)[0][1].hex()]
    made = hashes.Hash(kind)
    made.update(data)
    return kind, made.finalize()


def wrong_stamp(answer: bytes, covered: bytes, kept: list[Certificate]) -> str:
    """What is wrong with an authority's answer about these bytes; nothing where it holds."""
    _, token = parts(parts(answer)[0][1])[:2]
    signed = parts(parts(parts(token[1])[1][1])[0][1])
    content = parts(parts(parts(signed[2][1])[1][1])[0][2])[0][1]
    sent = [load_der_x509_certificate(p[2]) for s in signed if s[0] == 0xA0 for p in parts(s[1])]
    told = parts(parts(content)[0][1])
    imprint = parts(told[2][1])
    if digest_named(imprint[0][1], covered)[1] != imprint[1][1]:
        return "covers something else"
    stamped = datetime.strptime(told[4][1].decode()[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    signer = parts(parts(signed[-1][1])[0][1])
    issuer, serial = parts(signer[1][1])
    number = int.from_bytes(serial[1], "big")
    own = [c for c in [*sent, *kept] if c.serial_number == number]
    own = [c for c in own if c.issuer.public_bytes() == issuer[2]]
    if not own:
        return "the certificate of its signer is not kept"
    return wrong_seal(signer, content, own[0]) or wrong_certificate(own[0], sent, kept, stamped)


def wrong_seal(signer: list[tuple[int, bytes, bytes]], content: bytes, own: Certificate) -> str:
    """Whether the signer signed what is told."""
    kind, digest = digest_named(signer[2][1], content)
    attributes = {parts(p[1])[0][1].hex(): parts(p[1])[1][1] for p in parts(signer[3][1])}
    if parts(attributes[MESSAGE_DIGEST])[0][1] != digest:
        return "what it tells was changed"
    data, seal, key = b"\x31" + signer[3][2][1:], signer[5][1], own.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(seal, data, padding.PKCS1v15(), kind)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(seal, data, ec.ECDSA(kind))
        else:
            return "is signed in a way that this program does not know"
    except InvalidSignature:
        return "its signature does not hold"
    return ""


def wrong_certificate(
    own: Certificate, sent: list[Certificate], kept: list[Certificate], at: datetime
) -> str:
    """Whether the signer may stamp, and rests on a root that was kept."""
    usage = own.extensions.get_extension_for_class(ExtendedKeyUsage)
    if ExtendedKeyUsageOID.TIME_STAMPING not in usage.value or not usage.critical:
        return "its signer may not stamp"
    one, seen = own, 0
    while one.issuer != one.subject and seen < 10:
        if not one.not_valid_before_utc <= at <= one.not_valid_after_utc:
            return "its certificate was not valid then"
        above = [c for c in [*kept, *sent] if c.subject == one.issuer and issued(c, one)]
        if not above:
            return "does not rest on a root that was kept"
        one, seen = above[0], seen + 1
    return "" if one in kept else "does not rest on a root that was kept"


def issued(above: Certificate, one: Certificate) -> bool:
    """Whether one certificate was signed by the other."""
    try:
        one.verify_directly_issued_by(above)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def wrong_in_export(folder: Path) -> Iterator[str]:
    """Everything that is wrong with a signed export."""
    text = (folder / MANIFEST).read_bytes()
    manifest = json.loads(text)
    yield from wrong_in_files(folder, manifest["files"])
    lines = lines_of(folder / "ledger.jsonl")
    entries = [dict(zip(COLUMNS, line, strict=True)) for line in lines]
    yield from wrong_in_chain(entries)
    yield from wrong_end(entries, manifest["seq"], manifest["head"])
    yield from wrong_in_stamps(manifest["record"], entries)
    yield from wrong_manifest(folder, text, manifest, entries)
    yield from wrong_clear_objects(folder, entries)
    if digest_of(lines_of(folder / "tables.jsonl")) != manifest["tables"]:
        yield "tables.jsonl: is not the tables that were signed"


def lines_of(path: Path) -> list[list[Any]]:
    """The JSON lines of a file; none where it is missing, which is said elsewhere."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return [json.loads(line) for line in text.splitlines()]


def wrong_in_files(folder: Path, files: dict[str, str]) -> Iterator[str]:
    """Files that were changed, removed or added since the manifest was signed."""
    for name, digest in files.items():
        path = folder / name
        if not path.is_file():
            yield f"{name}: is missing"
        elif sha256(path.read_bytes()) != digest:
            yield f"{name}: was changed"
    there = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    for name in sorted(there - {*files, MANIFEST, SIGNATURE}):
        yield f"{name}: was added"


def wrong_manifest(
    folder: Path, text: bytes, manifest: dict[str, Any], entries: list[Entry]
) -> Iterator[str]:
    """Whether a person of the record signed this manifest with the key that the ledger gives."""
    says = [body_of(entry) for entry in entries if entry["kind"] == "joined"]
    keys = {one.get("name"): one.get("key") for one in reversed(says)}
    signature = (folder / SIGNATURE).read_text().strip() if (folder / SIGNATURE).exists() else ""
    if not manifest["key"] or keys.get(manifest["by"]) != manifest["key"]:
        yield f"{MANIFEST}: is signed with a key that is not {manifest['by']}'s"
    elif not ed25519_holds(manifest["key"], signature, b"bilan-export-1\n" + text):
        yield f"{MANIFEST}: carries a signature that {manifest['by']} did not make for it"


def wrong_clear_objects(folder: Path, entries: list[Entry]) -> Iterator[str]:
    """Objects of an export: in clear, named by their hash; all that were not erased."""
    named, gone = named_objects(entries)
    for name, rests in named.items():
        path = folder / "objects" / name
        if name in gone and path.exists():
            yield f"object {name[:12]} of {rests}: was erased by an entry and is still there"
        elif name not in gone and not path.exists():
            yield f"object {name[:12]} of {rests}: is missing"
        elif path.exists() and sha256(path.read_bytes()) != name:
            yield f"object {name[:12]} of {rests}: was changed"


def wrong_end(entries: list[Entry], seq: int, head: str) -> Iterator[str]:
    """Whether the ledger ends where it should."""
    last: Entry = entries[-1] if entries else {"seq": 0, "hash": ""}
    if last["seq"] < seq:
        yield f"entry {last['seq'] + 1}: is missing at the end ({last['seq'] + 1} to {seq})"
    elif (last["seq"], last["hash"]) != (seq, head):
        yield f"entry {last['seq']}: is not the entry that the record ended with"


def digest_of(rows: list[list[Any]]) -> str:
    """The digest of the derived tables from their rows, each led by its table's name."""
    tables = dict[str, list[bytes]]()
    for row in rows:
        tables.setdefault(row[0], []).append(hashlib.sha256(canonical(row).encode()).digest())
    return sha256(b"".join(b"".join(sorted(found)) for found in tables.values()))


def wrong_in_record(folder: Path, against: dict[str, Any] | None) -> Iterator[str]:
    """Everything that is wrong with a record on SQLite."""
    address = f"{(folder / 'record.sqlite').absolute().as_uri()}?mode=ro"
    database = sqlite3.connect(address, uri=True)
    database.row_factory = sqlite3.Row
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    entries = [dict(row) for row in database.execute(f"SELECT {names} FROM ledger ORDER BY seq")]  # noqa: S608 - names of our own
    info = dict(database.execute("SELECT * FROM record_info").fetchone())
    yield from wrong_in_chain(entries)
    yield from wrong_end(entries, info["head_seq"], info["head_hash"])
    if not entries or body_of(entries[0]).get("record") != info["record"]:
        yield "entry 1: does not open this record"
    yield from wrong_in_stamps(info["record"], entries)
    yield from wrong_in_objects(folder, entries)
    guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger'"
    there = {row[0] for row in database.execute(guards)}
    for name in sorted({"ledger_no_update", "ledger_no_delete", "ledger_in_order"} - there):
        yield f"ledger: the guard {name} was removed"
    if against is not None:
        yield from wrong_against(database, entries, against)


def wrong_against(
    database: sqlite3.Connection, entries: list[Entry], against: dict[str, Any]
) -> Iterator[str]:
    """Whether a record still goes on from an earlier signed manifest, tables included."""
    then = next((e["hash"] for e in entries if e["seq"] == against["seq"]), None)
    if then != against["head"]:
        yield f"entry {against['seq']}: is not the one that {against['by']} signed for"
    elif all(e["kind"] in ("handed", "stamped") for e in entries if e["seq"] > against["seq"]):
        rows = []
        for name, columns in against["columns"]:
            wanted = ", ".join(f'"{column}"' for column in columns)
            for row in database.execute(f'SELECT {wanted} FROM "{name}"'):  # noqa: S608 - signed
                truths = against["truths"].get(name, ())
                rows.append([name, *as_signed(columns, row, truths)])
        if digest_of(rows) != against["tables"]:
            yield f"the derived tables: are not those that {against['by']} signed for"


def as_signed(columns: list[str], row: sqlite3.Row, truths: list[str]) -> list[Any]:
    """A row's values; SQLite keeps truth as 0 and 1."""
    pairs = zip(columns, row, strict=True)
    return [bool(v) if name in truths and v is not None else v for name, v in pairs]


def main(arguments: list[str]) -> int:
    """Say what is wrong; 0 where nothing is."""
    if not arguments or arguments[0].startswith("-"):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    folder, against = Path(arguments[0]), None
    if arguments[1:2] == ["--against"] and len(arguments) == 3:
        against = json.loads(Path(arguments[2]).read_text(encoding="utf-8"))
    if (folder / MANIFEST).exists():
        found = list(wrong_in_export(folder))
    elif (folder / "bilan.json").exists():
        found = list(wrong_in_record(folder, against))
    else:
        sys.stderr.write(f"{folder} is no record on SQLite and no signed export\n")
        return 2
    for line in found:
        sys.stdout.write(f"WRONG  {line}\n")
    sys.stdout.write("everything holds\n" if not found else f"{len(found)} things are wrong\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
