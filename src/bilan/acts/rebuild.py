"""Make every derived table again from the ledger; nothing is read anew, nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bilan.core.values import Fault
from bilan.store import keyfile
from bilan.store.asking import Letter
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
    """Replay the ledger; where a row does not follow from it, make every row anew.

    While nothing is found wrong, nobody has to wait: people write on, and a record that is right is
    never locked. To mend it takes the lock, since nobody should decide on rows that are wrong,
    and one transaction: killed, the old rows stand.
    """
    with record.reading():
        right = _already_right(record, progress)
    return right or _made_anew(record, progress)


def _already_right(record: Record, progress: Progress) -> Rebuilt | None:
    """What a rebuild would find where nothing is to be done; None where something is."""
    info = RecordInfo.objects.get(pk=1)
    if info.derived_seq != info.head_seq:
        return None
    due = replayed(info.head_seq, progress).collect()
    if next(differences(due), None) or next(iter(register_differences()), None):
        return None
    named, gone = named_objects()
    columns = ("sha256", "size", "slot", "erased")
    due_index = {tuple(getattr(row, c) for c in columns) for row in _index(record, named, gone)}
    if due_index != set(StoredObject.objects.values_list(*columns)):
        return None
    if _strays(record.objects, named) or _left_aside(record.objects):
        return None
    return Rebuilt(info.head_seq, digest(), (), 0)


def _made_anew(record: Record, progress: Progress) -> Rebuilt:
    with record.rebuilding("the derived tables"):
        info = RecordInfo.objects.get(pk=1)
        due = replayed(info.head_seq, progress).collect()
        changed = tuple(difference.fault() for difference in differences(due))
        changed += tuple(register_differences())
        empty()
        letter = Letter()
        due.write(letter)
        letter.send()
        write_registers()
        RecordInfo.objects.filter(pk=1).update(derived_seq=info.head_seq)
        named, gone = named_objects()
        StoredObject.objects.all().delete()
        StoredObject.objects.bulk_create(_index(record, named, gone), 500)
        removed = _sweep(record.objects, named)
        return Rebuilt(info.head_seq, digest(), changed, removed)


def _index(record: Record, named: dict[str, str], gone: set[str]) -> Iterator[StoredObject]:
    """The index of the objects from the key file: the last key of each counts."""
    slots = {slot.sha256: slot for slot in keyfile.slots(record.objects.keys)}
    for sha256 in named:
        slot = slots.get(sha256)
        number = slot.number if slot is not None and slot.key is not None else None
        size = record.objects.size(sha256)
        yield StoredObject(sha256=sha256, size=size, slot=number, erased=sha256 in gone)


def _sweep(objects: Objects, named: dict[str, str]) -> int:
    """Remove what interrupted writes left: files that no entry names, and their keys."""
    strays, old = _strays(objects, named), _left_aside(objects)
    for sha256 in strays:
        objects.destroy(sha256)
    for path in old:
        path.unlink(missing_ok=True)
    return len(strays) + len(old)


def _strays(objects: Objects, named: dict[str, str]) -> list[str]:
    return [sha256 for sha256 in objects.names() if sha256 not in named]


def _left_aside(objects: Objects) -> list[Path]:
    return [path for path in objects.unfinished() if _age(path) > HOUR]


def _age(path: Path) -> float:
    """Seconds since a file was written, by the clock that dated it."""
    return time.time() - path.stat().st_mtime
