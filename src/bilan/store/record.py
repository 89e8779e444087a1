"""Opening a record, and the one lock under which it is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from bilan.core.errors import RecordError, Refused
from bilan.core.incidents.casebook import Casebook
from bilan.store.asking import one, row, rows_changed
from bilan.store.chain import FIRST_PREV
from bilan.store.databases import BUSY_SECONDS, postgresql_database, sqlite_database
from bilan.store.folder import DATABASE, read_marker
from bilan.store.ledger import Head, links
from bilan.store.models import RecordInfo
from bilan.store.objects import Objects
from bilan.store.pen import Follower, Pen
from bilan.store.start import point_at
from bilan.store.trouble import told_plainly
from bilan.store.turns import turn

FORMAT = 4  # version of the tables; a record made by a newer version is refused
_WHERE_IT_ENDS = """SELECT head_seq, head_hash, derived_seq,
    EXISTS (SELECT 1 FROM stored_object WHERE erased AND slot IS NOT NULL)
    FROM record_info WHERE id = 1"""
_WRITE_LOCK = 0x42494C41  # PostgreSQL advisory lock; "BILA"


@dataclass(slots=True)
class _Desk:
    """What this process remembers between two acts; worth nothing once another one has written."""

    follower: Follower | None = None
    whole: bool = False  # hold everything in memory

    def follower_at(self, seq: int) -> Follower:
        """What this process remembers, brought up to an entry that another may have written.

        Only who holds everything can follow others; else the tables, which are up to date, are
        asked anew.
        """
        if self.follower is not None and self.whole and self.follower.seq < seq:
            self.follower.follow(links(after=self.follower.seq))
            self.follower.forget_pending()
        if self.follower is None or self.follower.seq != seq:
            self.follower = Follower(seq=seq)
            if self.whole:
                self.follower.shelf.load_all()
        return self.follower


@dataclass(frozen=True, slots=True)
class Record:
    """An open record. One at a time for each process.

    `seen` is the entry up to which the person saw the record who is about to decide; None where
    nobody says. A decision about what changed since is refused (`acts.changes`).
    """

    folder: Path
    id: str
    seen: int | None = None
    _desk: _Desk = field(default_factory=_Desk, repr=False, compare=False)

    @property
    def objects(self) -> Objects:
        """The preserved bytes."""
        return Objects(self.folder)

    def seen_at(self, seq: int | None) -> Record:
        """The same record, as somebody saw it who is about to decide."""
        return replace(self, seen=seq)

    def remember_all(self) -> None:
        """Hold the whole casebook in memory from the next act on, for a long addition."""
        if not self._desk.whole:
            self._desk.whole, self._desk.follower = True, None

    @contextmanager
    def writing(self, what: str) -> Iterator[Pen]:
        """Hold the write lock; everything within is written, or nothing of it.

        `what` is what an error says was not written. Keep it short: other writers wait.
        """
        try:
            with told_plainly(what), self._turn(what), transaction.atomic():
                _take_lock()
                pen = Pen(*self._follower())
                yield pen
                pen.finish()
        except BaseException:
            self._desk.follower = None  # it remembers what was not written
            raise

    @contextmanager
    def rebuilding(self, what: str) -> Iterator[None]:
        """Hold the write lock while the derived tables are made anew."""
        self._desk.follower = None
        with told_plainly(what), self._turn(what), transaction.atomic():
            _take_lock()
            yield

    def _turn(self, what: str) -> AbstractContextManager[None]:
        """One queue for who writes to SQLite; PostgreSQL keeps its own."""
        if connection.vendor == "postgresql":
            return nullcontext()
        return turn(self.objects.keys, seconds=BUSY_SECONDS, what=what)

    def _follower(self) -> tuple[Follower, Head]:
        """What keeps the tables in step, and where the ledger ends; within the write lock."""
        seq, hashed, derived, erasing = row(_WHERE_IT_ENDS) or (0, FIRST_PREV, 0, False)
        if erasing:
            self.objects.finish_erasures()
        if derived != seq:
            raise RecordError(
                f"The tables follow entry {derived} of {seq}.", hint="Run `bilan rebuild`."
            )
        return self._desk.follower_at(seq), Head(seq, hashed)

    def casebook(self, *, whole: bool = False) -> Casebook:
        """The state of the record for questions; nothing that it is asked is written.

        `whole`: load everything at once, for questions about all incidents.
        """
        (seq,) = one("SELECT derived_seq FROM record_info WHERE id = 1")
        follower = Follower(seq=seq)
        if whole:
            follower.shelf.load_all()
        return follower.casebook

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See one moment of the record throughout the block, whoever writes meanwhile."""
        with told_plainly("nothing: the record was being read"):
            began = not connection.in_atomic_block
            if began:
                _begin_snapshot()
            try:
                yield
            finally:
                if began:
                    _end_snapshot()


def _take_lock() -> None:
    """SQLite took its lock with BEGIN IMMEDIATE; PostgreSQL is asked for one, in one journey."""
    if connection.vendor == "postgresql":
        rows_changed(
            f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'; SELECT pg_advisory_xact_lock(%s)",
            [_WRITE_LOCK],
        )


def _begin_snapshot() -> None:
    isolation = "" if connection.vendor == "sqlite" else " ISOLATION LEVEL REPEATABLE READ"
    with connection.cursor() as cursor:
        cursor.execute("BEGIN" + isolation)


def _end_snapshot() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ROLLBACK")


def open_record(folder: Path) -> Record:
    """Open a record where it lies; a newer one is refused, an older one is brought up to date."""
    marker = read_marker(folder)
    point_at(database_of(folder))
    with told_plainly("nothing: the record could not be opened"):
        _bring_up_to_date(folder)
        info = _info(folder)
    if info.record != marker.record:
        raise RecordError(
            f"The database holds record {info.record[:8]}, the folder is {marker.record[:8]}.",
            hint="Set DATABASE_URL to this record's database, or name the other folder.",
        )
    return Record(folder, marker.record)


def database_of(folder: Path) -> dict[str, Any]:
    """What Django wants to know of the database in which a record's tables lie."""
    marker = read_marker(folder)
    url = os.environ.get("DATABASE_URL")
    if marker.database == "postgresql":
        if not url:
            raise RecordError(
                f"{folder} keeps its tables in PostgreSQL.", hint="Set DATABASE_URL to them."
            )
        return postgresql_database(url)
    path = folder / DATABASE
    if not path.is_file():
        raise RecordError(f"{path} is missing.", hint="Restore it from a backup.")
    return sqlite_database(path, frozen=_is_frozen(path))


def _is_frozen(path: Path) -> bool:
    """Whether the file can only be read; then nobody may have left a journal beside it."""
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return False
    journal = path.with_name(path.name + "-wal")
    if journal.exists() and journal.stat().st_size:
        raise RecordError(
            f"{path.parent} cannot be written, and its last entries are still in the journal.",
            hint="Copy the whole folder to a disk that can be written and open it there.",
        )
    return True


def _info(folder: Path) -> RecordInfo:
    info = RecordInfo.objects.filter(pk=1).first()
    if info is None:
        raise RecordError(f"{folder} was never finished.", hint=f"Run `bilan init {folder}` again.")
    return info


def _bring_up_to_date(folder: Path) -> None:
    """Run the migrations that an older record lacks, after refusing a newer one."""
    made = _format()
    if made > FORMAT:
        raise Refused(
            f"{folder} was made by a newer Bilan (format {made}; this one knows {FORMAT}).",
            hint="Install the newer version; nothing was changed.",
        )
    if made < FORMAT:
        make_tables()


def _format() -> int:
    """The version of the tables as the database says; 0 where there are none yet."""
    if "record_info" not in connection.introspection.table_names():
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT format FROM record_info WHERE id = 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def make_tables() -> None:
    """Make the tables, or bring them up to this version; each step whole or not at all."""
    if connection.vendor == "sqlite":
        _use_wal()
    call_command("migrate", interactive=False, verbosity=0)
    RecordInfo.objects.filter(pk=1).update(format=FORMAT)


def _use_wal() -> None:
    """The journal mode is a property of the file: set once, by one who is alone with it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=WAL")
        mode = cursor.fetchone()[0]
    if mode != "wal":
        raise RecordError(
            f"SQLite cannot keep a write-ahead log here (it says {mode}).",
            hint="Put the record on a local disk, or keep its tables in PostgreSQL.",
        )
