"""Records to work on, on each database, and the cast: Amal, Boris, Chloe and Daniel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.postgres import PostgresServer, server_programs

if TYPE_CHECKING:
    from bilan.store.record import Record

NO_SERVER = "no PostgreSQL server on this machine (initdb not found): its tests are skipped"


@dataclass
class Clock:
    """Time that a test controls: each look is one second later."""

    now: datetime = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for all tests that want one."""
    programs = server_programs()
    if programs is None:
        pytest.skip(NO_SERVER)
    server = PostgresServer(programs)
    yield server
    from django.db import connections

    connections.close_all()
    server.stop()


@pytest.fixture
def clock() -> Clock:
    """A clock that only a test moves."""
    return Clock()


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folders that are nobody else's."""
    monkeypatch.setenv("BILAN_KEYS", str(tmp_path / "keys"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("BILAN_RECORD", raising=False)
    return tmp_path


@pytest.fixture
def sqlite_record(own_folders: Path, clock: Clock) -> Record:
    """A record on SQLite."""
    from bilan.acts.init_record import init_record

    return init_record(own_folders / "record", at=clock())


@pytest.fixture
def postgres_record(
    postgres: PostgresServer, own_folders: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Record:
    """A record on PostgreSQL."""
    from bilan.acts.init_record import init_record

    monkeypatch.setenv("DATABASE_URL", postgres.new_database())
    return init_record(own_folders / "record", at=clock())


@pytest.fixture(params=["sqlite", "postgres"])
def record(request: pytest.FixtureRequest) -> Record:
    """A record on each database."""
    made: Record = request.getfixturevalue(f"{request.param}_record")
    return made


@pytest.fixture
def cast(clock: Clock) -> Callable[[Record], Record]:
    """Amal records, Boris signs, Chloe reads, Daniel has left."""
    from bilan.acts.add_person import add_person, note_departure
    from bilan.store.people import Duty

    def with_cast(record: Record) -> Record:
        add_person(record, "Amal", duty=Duty.RECORDS, at=clock())
        add_person(record, "Boris", duty=Duty.SIGNS, at=clock())
        add_person(record, "Chloe", duty=Duty.READS, at=clock())
        add_person(record, "Daniel", duty=Duty.SIGNS, at=clock())
        note_departure(record, "Daniel", by="Boris", because="moved on", at=clock())
        return record

    return with_cast
