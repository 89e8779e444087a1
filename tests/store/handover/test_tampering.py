"""Somebody who may write the files has been at a record, in twenty ways and more: each is found and
named by `verify`, and by the program that shares no line with it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection, connections

from bilan.store import keyfile
from bilan.store.handover import check_record
from bilan.store.ledger import links
from bilan.store.models import Capture, IncidentRow, Person, RecordInfo, ShelfIndex
from bilan.store.signing import Author, new_key
from bilan.store.verify.whole import verify
from tests.store.handover.conftest import Evidence
from tests.store.test_verify_ledger import rechained, rewritten, unguarded

Tamper = Callable[[Evidence], str]  # does it, and says what has to be named


def of_kind(kind: str) -> int:
    return next(link.seq for link in links(kinds=[kind]))


def edited_entry(_: Evidence) -> str:
    seq = of_kind("decided")
    unguarded(f'UPDATE ledger SET body = \'{{"verb":"same"}}\' WHERE seq = {seq}')
    return f"entry {seq}"


def another_author(_: Evidence) -> str:
    seq = of_kind("decided")
    unguarded(f"UPDATE ledger SET \"by\" = 'Amal' WHERE seq = {seq}")
    return f"entry {seq}"


def another_time(_: Evidence) -> str:
    seq = of_kind("captured")
    unguarded(f"UPDATE ledger SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = {seq}")
    return f"entry {seq}"


def another_kind(_: Evidence) -> str:
    seq = of_kind("decided")
    unguarded(f"UPDATE ledger SET kind = 'note' WHERE seq = {seq}")
    return f"entry {seq}"


def hash_made_good(_: Evidence) -> str:
    seq = of_kind("read")
    forged = replace(next(links(after=seq - 1)), body='{"n":1}')
    unguarded(
        f"UPDATE ledger SET body = '{forged.body}', hash = '{forged.due_hash}' WHERE seq = {seq}"
    )
    return f"entry {seq + 1}"


def removed_entry(_: Evidence) -> str:
    seq = of_kind("decided")
    unguarded(f"DELETE FROM ledger WHERE seq = {seq}")
    return f"entry {seq}"


def removed_end(_: Evidence) -> str:
    last = RecordInfo.objects.get(pk=1).head_seq
    unguarded(f"DELETE FROM ledger WHERE seq = {last}")
    return f"entry {last}"


def removed_start(_: Evidence) -> str:
    unguarded("DELETE FROM ledger WHERE seq = 1")
    return "entry 1"


def changed_order(_: Evidence) -> str:
    unguarded(
        "UPDATE ledger SET seq = 99 WHERE seq = 4",
        "UPDATE ledger SET seq = 4 WHERE seq = 5",
        "UPDATE ledger SET seq = 5 WHERE seq = 99",
    )
    return "entry 4"


def added_entry(_: Evidence) -> str:
    last = list(links())[-1]
    more = replace(last, seq=last.seq + 1, prev=last.hash, key="", signature="")
    rewritten([replace(more, hash=more.due_hash)])
    RecordInfo.objects.update(head_seq=last.seq, head_hash=last.hash)
    return f"entry {more.seq}"


def rewritten_past(_: Evidence) -> str:
    chain = list(links())
    seq = of_kind("captured")
    signed = next(one.seq for one in chain if one.seq > seq and one.signature)
    forged = replace(chain[seq - 1], body='{"n":1}')
    rewritten(rechained([*chain[: seq - 1], forged, *chain[seq:]]))
    return f"entry {signed}"


def stolen_name(_: Evidence) -> str:
    chain, thief = list(links()), Author("Boris", new_key())
    at = of_kind("decided") - 1
    bare = replace(chain[at], body=chain[at].body.replace("one night", "a lie"), key=thief.key)
    forged = replace(bare, signature=thief.sign(bare.signed_bytes))
    rewritten(rechained([*chain[:at], forged, *chain[at + 1 :]]))
    return f"entry {at + 1}"


def removed_signature(_: Evidence) -> str:
    seq = of_kind("decided")
    unguarded(f"UPDATE ledger SET signature = '', \"key\" = '' WHERE seq = {seq}")
    return f"entry {seq}"


def moved_stamp(_: Evidence) -> str:
    chain = list(links())
    at = of_kind("stamped") - 1
    body = {**json.loads(chain[at].body), "seq": 2, "head": chain[1].hash}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    rewritten(rechained([*chain[:at], replace(chain[at], body=text), *chain[at + 1 :]]))
    return f"the stamp in entry {at + 1}"


def changed_object(evidence: Evidence) -> str:
    name = Capture.objects.get(report="d02").words
    path = evidence.record.objects.path(name)
    data = bytearray(path.read_bytes())
    data[-20] ^= 1
    path.write_bytes(bytes(data))
    return f"object {name[:12]}"


def removed_object(evidence: Evidence) -> str:
    name = Capture.objects.get(report="d01").bytes
    evidence.record.objects.path(name).unlink()
    return f"object {name[:12]}"


def swapped_objects(evidence: Evidence) -> str:
    one, two = (Capture.objects.get(report=report).words for report in ("d01", "d02"))
    first, second = evidence.record.objects.path(one), evidence.record.objects.path(two)
    held = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(held)
    return f"object {one[:12]}"


def destroyed_key(evidence: Evidence) -> str:
    name = Capture.objects.get(report="d01").words
    keyfile.destroy_keys(evidence.record.objects.keys, name)
    return f"object {name[:12]}"


def changed_key(evidence: Evidence) -> str:
    name = Capture.objects.get(report="d02").bytes
    path = evidence.record.objects.keys
    (slot,) = (s for s in keyfile.slots(path) if s.sha256 == name)
    data = bytearray(path.read_bytes())
    data[80 * (slot.number + 1) + 40] ^= 1
    path.write_bytes(bytes(data))
    return f"object {name[:12]}"


def object_back(evidence: Evidence) -> str:
    name = Capture.objects.get(report="d03").words
    path = evidence.record.objects.path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"what was erased")
    return f"object {name[:12]}"


def raised_toll(_: Evidence) -> str:
    IncidentRow.objects.update(killed_min=99)
    return "incident"


def raised_grade(_: Evidence) -> str:
    IncidentRow.objects.update(grade="Confirmed")
    return "incident"


def hidden_incident(_: Evidence) -> str:
    IncidentRow.objects.order_by("code")[0].delete()
    return "incident"


def another_duty(_: Evidence) -> str:
    Person.objects.filter(name="Amal").update(duty="reads")
    return "person"


def changed_state(_: Evidence) -> str:
    ShelfIndex.objects.order_by("pk")[0].delete()
    return "shelf_index"


def removed_guard(_: Evidence) -> str:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER ledger_no_delete")
    return "ledger_no_delete"


def another_record(_: Evidence) -> str:
    RecordInfo.objects.update(record="ab" * 16)
    return "entry 1"


WAYS: tuple[Tamper, ...] = (
    edited_entry,
    another_author,
    another_time,
    another_kind,
    hash_made_good,
    removed_entry,
    removed_end,
    removed_start,
    changed_order,
    added_entry,
    rewritten_past,
    stolen_name,
    removed_signature,
    moved_stamp,
    changed_object,
    removed_object,
    swapped_objects,
    destroyed_key,
    changed_key,
    object_back,
    raised_toll,
    raised_grade,
    hidden_incident,
    another_duty,
    changed_state,
    removed_guard,
    another_record,
)
IN_TABLES = ("incident", "person", "shelf_index")


def alone(evidence: Evidence) -> list[str]:
    """What the stand-alone program finds in the record."""
    connections.close_all()
    return list(check_record.wrong_in_record(evidence.record.folder, evidence.manifest))


def test_what_nobody_touched_holds_for_both(evidence: Evidence) -> None:
    assert verify(evidence.record).holds and len(verify(evidence.record).stamps) == 1
    assert alone(evidence) == []
    assert list(check_record.wrong_in_export(evidence.export)) == []


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_tampering_is_found_and_named_by_both(evidence: Evidence, way: Tamper) -> None:
    where = way(evidence)
    said = [f"{fault.where}: {fault.message}" for fault in verify(evidence.record).faults]
    assert any(where in line for line in said), said
    named = "the derived tables" if where in IN_TABLES else where
    found = alone(evidence)
    assert any(named in line for line in found), found


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(
    "name",
    ["ledger.jsonl", "tables.jsonl", "README.txt", "check_record.py", "manifest.json", "objects"],
)
@pytest.mark.parametrize("harm", ["changed", "missing"])
def test_a_tampered_export_is_found_and_the_file_is_named(
    evidence: Evidence, name: str, harm: str
) -> None:
    path = evidence.export / name
    path = sorted(path.iterdir())[0] if path.is_dir() else path
    if harm == "changed" and name.endswith((".json", ".jsonl")):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("Boris", "Amal"), encoding="utf-8")
        if name == "tables.jsonl":
            path.write_text(text.replace("5", "6"), encoding="utf-8")
    elif harm == "changed":
        flip(path)
    else:
        path.unlink()
    checker = Path(check_record.__file__)
    command = [sys.executable, "-I", str(checker), str(evidence.export)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    if path.name != "manifest.json" or harm == "changed":
        assert path.name in done.stdout


def test_an_added_file_and_a_borrowed_signature_are_found(evidence: Evidence) -> None:
    (evidence.export / "objects" / ("ab" * 32)).write_bytes(b"planted")
    (evidence.export / "manifest.sig").write_text("00" * 64)
    found = list(check_record.wrong_in_export(evidence.export))
    assert any("was added" in line for line in found)
    assert any("signature that Boris did not make" in line for line in found)


def test_the_checker_needs_one_library_and_nothing_of_bilan(evidence: Evidence) -> None:
    script = (
        "import sys, runpy\n"
        "class Gate:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name.partition('.')[0] in ('bilan', 'django', 'rfc3161_client'):\n"
        "            raise ImportError(name)\n"
        "sys.meta_path.insert(0, Gate())\n"
        "sys.argv = sys.argv[1:]\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')\n"
    )
    checker = evidence.export / "check_record.py"
    command = [sys.executable, "-c", script, str(checker), str(evidence.export)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "everything holds\n"), done.stderr
