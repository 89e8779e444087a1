"""Make a record again from a backup, on either database."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bilan.acts.backup_record import wrong_object
from bilan.acts.rebuild import rebuild
from bilan.core.errors import IntegrityError, Refused
from bilan.store import keyfile
from bilan.store.backups.place import ANOTHER, KEYS, Moment, Place, open_place
from bilan.store.chain import FIRST_PREV, Link
from bilan.store.databases import postgresql_database, sqlite_database
from bilan.store.disk import sync_folders, write_durably
from bilan.store.folder import DATABASE, MARKER, Marker, write_marker
from bilan.store.ledger import take_over
from bilan.store.models import RecordInfo
from bilan.store.record import FORMAT, Record, make_tables
from bilan.store.start import point_at
from bilan.store.trouble import told_plainly
from bilan.store.verify.objects import named_objects
from bilan.store.verify.verdict import Progress, silent


@dataclass(frozen=True, slots=True)
class Restored:
    """What was made again. `same`: the derived tables are those of that moment, row by row.

    `forgotten`: what rested on words that were erased after that moment, from the backup too.
    """

    record: Record
    moment: Moment
    objects: int
    tables: str
    same: bool
    forgotten: tuple[str, ...]


def restore_record(
    backup: Path,
    folder: Path,
    *,
    moment: int | None = None,
    passphrase: str | None = None,
    progress: Progress = silent,
) -> Restored:
    """A moment of a backup as a record in `folder`, its tables in `DATABASE_URL` if that is set.

    Every entry and object is checked on its way; what does not hold stops it, named. The marker
    is written last: interrupted, it is no record yet, and running it again goes on.
    """
    folder = folder.absolute()
    if (folder / MARKER).exists():
        raise Refused(f"{folder} is a record already.", hint="Name a new folder.")
    with told_plainly(f"the record {folder}"):
        place = open_place(backup, passphrase)
        taken = place.moment(moment)
        record, kind = _begun(folder, place)
        take_over(_counted(place.links(taken), taken.seq, progress), record=place.record)
        objects, forgotten = _put_back(record, place, progress)
        made = rebuild(record, progress=progress)
        write_marker(folder, Marker(place.record, kind))
    same = made.digest == taken.tables
    return Restored(record, taken, objects, made.digest, same, forgotten)


def _begun(folder: Path, place: Place) -> tuple[Record, str]:
    """The folder with its keys, and empty tables, or those that an interrupted restore left."""
    keys = place.read(KEYS)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / "objects").mkdir(exist_ok=True, mode=0o700)
    _keep_keys(folder / "objects.keys", keys)
    url = os.environ.get("DATABASE_URL")
    point_at(postgresql_database(url) if url else sqlite_database(folder / DATABASE))
    make_tables()
    open_tables(place.record)
    return Record(folder, place.record), "postgresql" if url else "sqlite"


def open_tables(record: str) -> None:
    """The one row about a record in tables that are new; `take_over` refuses another one's."""
    RecordInfo.objects.get_or_create(
        pk=1, defaults={"record": record, "format": FORMAT, "head_hash": FIRST_PREV}
    )


def _keep_keys(path: Path, keys: bytes) -> None:
    if path.exists() and not keyfile.continues(keys, path.read_bytes()):
        raise Refused(f"{path.parent} holds the keys of something else.", hint="Name a new folder.")
    write_durably(path, keys, mode=0o600)


def _counted(chain: Iterable[Link], total: int, progress: Progress) -> Iterable[Link]:
    for link in chain:
        if link.seq % 500 == 0 or link.seq == total:
            progress("entries", link.seq, total)
        yield link


def _put_back(record: Record, place: Place, progress: Progress) -> tuple[int, tuple[str, ...]]:
    """The objects in their places; what rested on those that were erased later."""
    named, gone = named_objects()
    slots = {slot.sha256: slot for slot in keyfile.slots(record.objects.keys)}
    forgotten: dict[str, None] = {}
    back = 0
    for done, (name, rests) in enumerate(named.items(), start=1):
        progress("objects", done, len(named))
        if name in gone:
            continue
        slot = slots.get(name)
        if slot is not None and slot.key is None:
            forgotten[rests] = None
            continue
        wrong = wrong_object(place, name, slot)
        if wrong is not None:
            raise IntegrityError(f"Object {name[:12]} of the backup {wrong}.", hint=ANOTHER)
        if not record.objects.path(name).exists():
            record.objects.put_back(name, place.object(name).read_bytes())
        back += 1
    sync_folders({path for path in record.objects.folder.iterdir() if path.is_dir()})
    return back, tuple(forgotten)
