"""Begin a record."""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from pathlib import Path

from bilan import __version__
from bilan.core.errors import Refused
from bilan.store import keyfile
from bilan.store.chain import FIRST_PREV
from bilan.store.databases import postgresql_database, sqlite_database
from bilan.store.folder import DATABASE, MARKER, Marker, write_marker
from bilan.store.ledger import Draft
from bilan.store.models import RecordInfo
from bilan.store.record import FORMAT, Record, make_tables
from bilan.store.signing import MACHINE, Author
from bilan.store.start import point_at
from bilan.store.trouble import told_plainly


def init_record(folder: Path, *, at: datetime) -> Record:
    """A new, empty record in `folder`, its tables in `DATABASE_URL` if that is set.

    The marker is written last: a folder where this was interrupted is no record yet, and running
    it again finishes it.
    """
    folder = folder.absolute()
    if (folder / MARKER).exists():
        raise Refused(f"{folder} is a record already.", hint="Add to it with `bilan add`.")
    with told_plainly(f"the record {folder}"):
        begun = (folder / "objects.keys").exists()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / "objects").mkdir(exist_ok=True, mode=0o700)
        keyfile.create(folder / "objects.keys")
        kind = _point_at_database(folder)
        make_tables()
        record = _open_ledger(folder, begun=begun, at=at)
        write_marker(folder, Marker(record.id, kind))
    return record


def _point_at_database(folder: Path) -> str:
    url = os.environ.get("DATABASE_URL")
    point_at(postgresql_database(url) if url else sqlite_database(folder / DATABASE))
    return "postgresql" if url else "sqlite"


def _open_ledger(folder: Path, *, begun: bool, at: datetime) -> Record:
    info = RecordInfo.objects.filter(pk=1).first()
    if info is not None:
        if not begun or info.head_seq != 1:
            raise Refused(
                f"The database holds record {info.record[:8]} already.",
                hint="Use another database, or the folder that belongs to this one.",
            )
        return Record(folder, info.record)
    record = Record(folder, secrets.token_hex(16))
    with record.writing(f"the record {folder}") as pen:
        RecordInfo.objects.create(record=record.id, format=FORMAT, head_hash=FIRST_PREV)
        body = {"record": record.id, "made_with": f"bilan {__version__}"}
        pen.write([Draft("opened", body)], author=Author(MACHINE), at=at)
    return record
