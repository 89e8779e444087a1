"""A record moves from one database to the other and back; nothing changes but where it lies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections

from benchmarks.postgres import PostgresServer
from bilan.acts import move_record as moving
from bilan.acts.move_record import move_record
from bilan.core.errors import IntegrityError, RecordBusy, Refused, UsageError
from bilan.store.databases import sqlite_database
from bilan.store.folder import DATABASE, read_marker
from bilan.store.ledger import head
from bilan.store.record import Record, open_record
from bilan.store.replay import digest
from bilan.store.start import point_at
from bilan.store.verify.whole import verify
from tests.acts.conftest import Folder, item
from tests.conftest import Clock

FIVE = "2017-09-16 | Marsa 35.0 40.0 | killed 5 | said by SOHR"


@pytest.fixture
def here(
    sqlite_record: Record,
    cast: Callable[[Record], Record],
    clock: Clock,
    postgres: PostgresServer,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Folder]:
    """A record on SQLite, and an empty PostgreSQL database to which it may go."""
    monkeypatch.setenv("DATABASE_URL", postgres.new_database())
    folder = Folder(cast(sqlite_record), clock)
    folder.add(item("d01", FIVE), item("d02", FIVE.replace("5", "6")))
    yield folder
    connections.close_all()


def lies_in(folder: Folder) -> str:
    return read_marker(folder.record.folder).database


def test_there_and_back_nothing_is_lost(here: Folder) -> None:
    before, end = digest(), head()
    there = move_record(here.record, "postgresql")
    assert (there.tables, there.head, lies_in(here)) == (before, end, "postgresql")
    here.record = open_record(here.record.folder)
    assert connections["default"].vendor == "postgresql"
    assert verify(here.record).holds and (digest(), head()) == (before, end)
    here.tell("d03", FIVE)
    after = digest(), head()
    back = move_record(here.record, "sqlite")
    assert ((back.tables, back.head), lies_in(here)) == (after, "sqlite")
    here.record = open_record(here.record.folder)
    here.tell("d04", FIVE)
    assert verify(here.record).holds
    again = move_record(here.record, "postgresql")
    assert again.head == head() and verify(open_record(here.record.folder)).holds


def test_who_still_writes_to_the_old_place_is_told_and_nothing_forks(here: Folder) -> None:
    end = head()
    move_record(here.record, "postgresql")
    point_at(sqlite_database(here.record.folder / DATABASE))
    with pytest.raises(RecordBusy, match="has moved to another database"):
        here.tell("d03", FIVE)
    assert head() == end
    here.record = open_record(here.record.folder)
    here.tell("d03", FIVE)
    assert verify(here.record).holds


def test_what_comes_in_while_it_moves_comes_along(
    here: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    close = moving._close

    def late(record: Record, old: dict[str, object], new: dict[str, object]) -> object:
        point_at(old)
        Folder(record, here.clock).tell("d03", FIVE)
        return close(record, old, new)

    monkeypatch.setattr(moving, "_close", late)
    move_record(here.record, "postgresql")
    here.record = open_record(here.record.folder)
    assert here.record.casebook().codes_of("d03") and verify(here.record).holds


@pytest.mark.parametrize("step", ["_close", "_compare", "write_marker"])
def test_a_move_that_was_interrupted_is_finished_by_the_next(
    here: Folder, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before, end = digest(), head()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(moving, step, killed)
        with pytest.raises(KeyboardInterrupt):
            move_record(here.record, "postgresql")
    assert lies_in(here) == "sqlite"
    here.record = open_record(here.record.folder)
    assert verify(here.record).holds and (digest(), head()) == (before, end)
    move_record(here.record, "postgresql")
    here.record = open_record(here.record.folder)
    assert verify(here.record).holds and (digest(), head()) == (before, end)


def test_tables_that_do_not_follow_stay_where_they_are(here: Folder) -> None:
    from bilan.store.models import IncidentRow

    IncidentRow.objects.update(killed_min=99)
    with pytest.raises(IntegrityError, match="stays where it is"):
        move_record(here.record, "postgresql")
    here.record = open_record(here.record.folder)
    assert lies_in(here) == "sqlite"
    here.tell("d03", FIVE)


def test_a_database_with_another_record_is_refused(
    here: Folder, own_folders: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bilan.acts.init_record import init_record

    init_record(own_folders / "other", at=here.clock())
    here.record = open_record(here.record.folder)
    with pytest.raises(Refused, match="holds record"):
        move_record(here.record, "postgresql")
    with pytest.raises(Refused, match="already"):
        move_record(open_record(here.record.folder), "sqlite")
    monkeypatch.delenv("DATABASE_URL")
    with pytest.raises(UsageError, match="DATABASE_URL"):
        move_record(open_record(here.record.folder), "postgresql")
