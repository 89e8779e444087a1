"""Take a whole moment of a record into a backup, while everybody works on."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from bilan import __version__
from bilan.core.errors import IntegrityError, Refused
from bilan.core.values import Fault
from bilan.store import keyfile
from bilan.store.backups.place import (
    HEADER,
    KEYS,
    Moment,
    Part,
    Place,
    is_place,
    make_place,
    open_place,
)
from bilan.store.chain import FIRST_PREV
from bilan.store.disk import write_durably
from bilan.store.ledger import Head, head, instant, links
from bilan.store.objects import decrypted
from bilan.store.record import Record
from bilan.store.replay import digest
from bilan.store.trouble import told_plainly
from bilan.store.turns import turn
from bilan.store.verify.objects import named_objects
from bilan.store.verify.verdict import Progress, silent

ENTRIES = 20_000  # of one part of the ledger; about 20 MB in memory
WRITERS = 8  # files synced at once; a disk takes eight syncs in half the time of one by one
PATIENCE = 5  # seconds to wait for another backup into the same folder


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was taken: up to which entry, how much of it was new. `faults`: what could not be."""

    seq: int
    head: str
    entries: int
    objects: int
    forgotten: int  # objects that the record erased, removed from the backup too
    faults: tuple[Fault, ...]


def backup_record(
    record: Record,
    folder: Path,
    *,
    at: datetime,
    passphrase: str | None = None,
    progress: Progress = silent,
) -> BackedUp:
    """The record as it is at one moment, beside the moments that the folder holds already.

    Only what is new is written, everything is checked on its way. The manifest comes last: killed
    before it, the moment is not there, and the next backup goes on with what is. Words that the
    record erased leave the backup, with their keys, from every moment in it.
    """
    what = f"the backup in {folder}"
    with told_plainly(what):
        place = _opened(record, folder, passphrase)
        waiting = turn(folder / HEADER, seconds=PATIENCE, what=what)
        with waiting, record.reading(), told_plainly(what):
            place.sweep()
            return _taken(record, place, at, progress)


def _opened(record: Record, folder: Path, passphrase: str | None) -> Place:
    if not is_place(folder):
        return make_place(folder, record.id, passphrase)
    place = open_place(folder, passphrase)
    if place.record != record.id:
        raise Refused(
            f"{folder} is a backup of record {place.record[:8]}, this is {record.id[:8]}.",
            hint="Name another folder.",
        )
    if passphrase is not None and place.cover.key is None:
        raise Refused(
            f"{folder} is not encrypted.", hint="Begin an encrypted backup in a folder of its own."
        )
    return place


def _taken(record: Record, place: Place, at: datetime, progress: Progress) -> BackedUp:
    end = head()
    last = place.moment() if place.moments() else None
    after = _same_past(last)
    tables = digest()
    objects, forgotten, faults = _objects(record, place, progress)
    parts = list(last.parts if last else ())
    parts += _parts(place, after, end, progress)
    moment = Moment(
        record.id, instant(at), f"bilan {__version__}", end.seq, end.hash, tables, tuple(parts)
    )
    place.keep_moment(moment)
    return BackedUp(end.seq, end.hash, end.seq - after.seq, objects, forgotten, tuple(faults))


def _same_past(last: Moment | None) -> Head:
    """Where the backup ends; Refused where the record went another way since."""
    if last is None:
        return Head(0, FIRST_PREV)
    there = next((link for link in links(after=last.seq - 1)), None)
    if there is None or there.seq != last.seq or there.hash != last.head:
        raise Refused(
            f"The backup goes on to entry {last.seq} in another way than this record.",
            hint="An older moment was restored, or the record was changed: `bilan verify`;"
            " then begin a backup in another folder.",
        )
    return Head(last.seq, last.head)


def _parts(place: Place, after: Head, end: Head, progress: Progress) -> Iterator[Part]:
    """The entries since the last moment, checked, in parts."""
    following = links(after=after.seq)
    seq, prev = after.seq, after.hash
    while some := list(islice(following, ENTRIES)):
        for link in some:
            if (link.seq, link.prev) != (seq + 1, prev) or link.hash != link.due_hash:
                raise IntegrityError(f"Entry {seq + 1} does not hold.", hint="Run `bilan verify`.")
            seq, prev = link.seq, link.hash
        yield place.keep_part(some)
        progress("entries", seq - after.seq, end.seq - after.seq)


# -- objects --------------------------------------------------------------------------------------


def _objects(record: Record, place: Place, progress: Progress) -> tuple[int, int, list[Fault]]:
    """Copy the objects that are new, then the keys; remove what was erased."""
    named, gone = named_objects()
    keys = keyfile.copied(record.objects.keys)
    _keep_keys(place, keys)
    slots = {slot.sha256: slot for slot in keyfile.in_bytes(keys)}
    wanted = [name for name in named if name not in gone and _is_new(record, place, name)]
    faults: list[Fault] = []
    with _at_once() as pool:
        results = pool.map(lambda name: _copied(record, place, name, slots.get(name)), wanted)
        for done, (name, wrong) in enumerate(zip(wanted, results, strict=True), start=1):
            progress("objects", done, len(wanted))
            if wrong is not None:
                faults.append(_fault(name, named[name], wrong))
    place.sync_objects()
    gone_here = [name for name in gone if place.object(name).exists()]
    for name in gone_here:
        place.object(name).unlink()
    return len(wanted) - len(faults), len(gone_here), faults


@contextmanager
def _at_once() -> Iterator[ThreadPoolExecutor]:
    """Workers that stop at the first failure."""
    with ThreadPoolExecutor(WRITERS) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _keep_keys(place: Place, keys: bytes) -> None:
    """The keys as they are now: who was forgotten since is forgotten in every earlier moment."""
    if (place.folder / KEYS).exists():
        earlier = place.read(KEYS)
        if earlier == keys:
            return
        if not keyfile.continues(keys, earlier):
            raise Refused(
                "The keys of the backup are not those of this record.",
                hint="An older moment was restored: begin a backup in another folder.",
            )
    write_durably(place.folder / KEYS, place.cover.seal(KEYS, keys), mode=0o600)


def _is_new(record: Record, place: Place, name: str) -> bool:
    kept = place.object(name)
    if not kept.exists():
        return True
    live = record.objects.path(name)
    return live.exists() and live.stat().st_size != kept.stat().st_size


def _copied(
    record: Record, place: Place, name: str, slot: keyfile.Slot | None
) -> IntegrityError | None:
    """Copy an object that says what its name says; what is wrong with it, else."""
    try:
        if slot is None or slot.key is None:
            return None if _was_erased(record, name) else IntegrityError("has no key")
        data = record.objects.sealed(name)
        decrypted(name, slot.key, data)
        place.keep_object(name, data)
    except IntegrityError as error:
        return None if _was_erased(record, name) else error
    return None


def _was_erased(record: Record, name: str) -> bool:
    """Whether somebody erased it while the backup was taken: then it is not to be kept."""
    found = (slot for slot in keyfile.slots(record.objects.keys) if slot.sha256 == name)
    keys = [slot.key for slot in found]
    return bool(keys) and keys[-1] is None


def _fault(name: str, rests: str, wrong: IntegrityError) -> Fault:
    where = f"object {name[:12]} of {rests}"
    return Fault("object.damaged", f"is not in the backup: {wrong.message}", where)


# -- checking -----------------------------------------------------------------------------------


def check_backup(
    folder: Path, *, passphrase: str | None = None, progress: Progress = silent
) -> tuple[Moment, tuple[Fault, ...]]:
    """The last moment of a backup, and what is wrong with it: every entry, key and object."""
    with told_plainly("nothing: the backup was being read"):
        place = open_place(folder, passphrase)
        moment = place.moment()
        faults: list[Fault] = []
        try:
            chain = list(place.links(moment))
            keys = {s.sha256: s for s in keyfile.in_bytes(place.read(KEYS))}
        except IntegrityError as error:
            return moment, (Fault("backup", error.message, str(folder)),)
        named, gone = named_objects(chain)
        kept = [name for name in named if name not in gone]
        for done, name in enumerate(kept, start=1):
            wrong = wrong_object(place, name, keys.get(name))
            if wrong is not None:
                faults.append(Fault("backup", wrong, f"object {name[:12]} of {named[name]}"))
            progress("objects", done, len(kept))
        return moment, tuple(faults)


def wrong_object(place: Place, name: str, slot: keyfile.Slot | None) -> str | None:
    """What is wrong with an object of a backup; nothing with one that was erased later."""
    if slot is not None and slot.key is None:
        return None
    if slot is None or slot.key is None or not slot.whole:
        return "its key is missing or was changed"
    try:
        decrypted(name, slot.key, place.object(name).read_bytes())
    except FileNotFoundError:
        return "is missing"
    except IntegrityError:
        return "was changed"
    return None
