"""Make every derived table again from the ledger; nothing is read anew, nothing is lost."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from bilan.core.values import Fault
from bilan.store import keyfile
from bilan.store.models import RecordInfo, StoredObject
from bilan.store.objects import Objects
from bilan.store.record import Record
from bilan.store.register_rows import register_differences, write_registers
from bilan.store.replay import differences, digest, replayed
from bilan.store.tables import empty
from bilan.store.verify.objects import named_objects
from bilan.store.verify.verdict import Progress, silent

HOUR = 3600.0  # seconds; a file left aside for longer belongs to no process that still writes


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was made again: `changed` are the rows that were not as they should have been."""

    entries: int
    digest: str
    changed: tuple[Fault, ...]
    removed: int  # leftovers of interrupted writes


def rebuild(record: Record, *, progress: Progress = silent) -> Rebuilt:
    """Replay the ledger into empty tables, in one transaction: killed, the old rows stand."""
    with record.rebuilding("the derived tables"):
        info = RecordInfo.objects.get(pk=1)
        due = replayed(info.head_seq, progress).collect()
        changed = tuple(difference.fault() for difference in differences(due))
        changed += tuple(register_differences())
        empty()
        due.write()
        write_registers()
        RecordInfo.objects.filter(pk=1).update(derived_seq=info.head_seq)
        named, gone = named_objects()
        _index_objects(record.objects, named, gone)
        removed = _sweep(record.objects, named)
        return Rebuilt(info.head_seq, digest(), changed, removed)


def _index_objects(objects: Objects, named: dict[str, str], gone: set[str]) -> None:
    """The index of the objects from the key file: the last key of each counts."""
    slots = {slot.sha256: slot for slot in keyfile.slots(objects.keys)}
    StoredObject.objects.all().delete()
    rows = []
    for sha256 in named:
        slot = slots.get(sha256)
        number = slot.number if slot is not None and slot.key is not None else None
        size = objects.size(sha256)
        rows.append(StoredObject(sha256=sha256, size=size, slot=number, erased=sha256 in gone))
    StoredObject.objects.bulk_create(rows, 500)


def _sweep(objects: Objects, named: dict[str, str]) -> int:
    """Remove what interrupted writes left: files that no entry names, and their keys."""
    strays = [sha256 for sha256 in objects.names() if sha256 not in named]
    for sha256 in strays:
        objects.destroy(sha256)
    old = [path for path in objects.unfinished() if _age(path) > HOUR]
    for path in old:
        path.unlink(missing_ok=True)
    return len(strays) + len(old)


def _age(path: Path) -> float:
    """Seconds since a file was written, by the clock that dated it."""
    return time.time() - path.stat().st_mtime
