"""Move a record's tables from one database to the other; objects and keys stay in the folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bilan.acts.rebuild import rebuild
from bilan.acts.restore_record import open_tables
from bilan.core.errors import IntegrityError, Refused, UsageError
from bilan.store.chain import Link
from bilan.store.databases import postgresql_database, sqlite_database
from bilan.store.folder import DATABASE, Marker, write_marker
from bilan.store.guards import close_ledger, reopen_ledger
from bilan.store.ledger import Head, head, links, take_over
from bilan.store.record import Record, database_of, make_tables
from bilan.store.replay import digest
from bilan.store.start import OTHER, point_at
from bilan.store.trouble import told_plainly
from bilan.store.verify.verdict import Progress, silent

PLACES = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class Moved:
    """Where the record lies now, and what both databases say of it."""

    to: str
    head: Head
    tables: str


def move_record(record: Record, to: str, *, progress: Progress = silent) -> Moved:
    """The record in the other database, to the same entries and the same derived rows.

    People may work on while the entries are copied. In the end the ledger here is closed, what
    came in meanwhile is copied, both are compared, and the folder's marker names the new place.
    Killed at any moment, the record lies where the marker says; run it again and it goes on.
    The tables that were left stay, closed: moving back adds to them what came since.
    """
    here = database_of(record.folder)
    there = _target(record.folder, to)
    if _kind(here) == to:
        raise Refused(f"The record's tables are in {to} already.", hint="Nothing is to be moved.")
    with told_plainly(f"the move of the record to {to}"):
        _prepare(record, here, there, progress)
        end = _close(record, here, there)
        tables = _compare(record, here, there, end, progress)
        write_marker(record.folder, Marker(record.id, to))
        return Moved(to, end, tables)


def _kind(database: dict[str, Any]) -> str:
    return "sqlite" if database["ENGINE"].endswith("sqlite3") else "postgresql"


def _target(folder: Path, to: str) -> dict[str, Any]:
    if to not in PLACES:
        raise UsageError(f"{to} is no database.", hint=f"One of {', '.join(PLACES)}.")
    if to == "sqlite":
        return sqlite_database(folder / DATABASE)
    url = os.environ.get("DATABASE_URL")
    if not url:
        raise UsageError("DATABASE_URL does not say where to.", hint="Set it, and keep it set.")
    return postgresql_database(url)


def _prepare(
    record: Record, here: dict[str, Any], there: dict[str, Any], progress: Progress
) -> None:
    """Tables there that follow the ledger as far as it goes now; nobody has to wait for it."""
    point_at(there, other=here)
    make_tables()
    open_tables(record.id)
    reopen_ledger()
    total = head(using=OTHER).seq
    take_over(_counted(links(using=OTHER), total, progress), record=record.id)
    rebuild(record, progress=progress)


def _counted(chain: Iterable[Link], total: int, progress: Progress) -> Iterable[Link]:
    for link in chain:
        if link.seq % 500 == 0 or link.seq == total:
            progress("entries", link.seq, total)
        yield link


def _close(record: Record, here: dict[str, Any], there: dict[str, Any]) -> Head:
    """Copy what came in meanwhile and close the ledger here, so that nothing comes after it."""
    point_at(here, other=there)
    with record.rebuilding("the end of the move"):
        copied = head(using=OTHER)
        end = take_over(links(after=copied.seq), record=record.id, using=OTHER)
        if end != head():
            raise IntegrityError("Another past lies there.", hint="Move to an empty database.")
        close_ledger()
    return end


def _compare(
    record: Record, here: dict[str, Any], there: dict[str, Any], end: Head, progress: Progress
) -> str:
    """The digest of the tables, equal on both sides; else the ledger here is opened again."""
    ours = digest()
    point_at(there, other=here)
    made = rebuild(record, progress=progress)
    if made.digest == ours and head() == end:
        return ours
    point_at(here)
    reopen_ledger()
    raise IntegrityError(
        "The tables there are not the same as here: the record stays where it is.",
        hint="Run `bilan rebuild`, which mends them here, then move again.",
    )
