from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection

from bilan.acts.init_record import init_record
from bilan.core.errors import RecordError, Refused, UsageError
from bilan.store.databases import postgresql_database
from bilan.store.folder import MARKER, find_folder
from bilan.store.ledger import Draft, links
from bilan.store.models import RecordInfo
from bilan.store.record import Record, open_record
from bilan.store.signing import Author

Clock = Callable[[], datetime]


def test_a_record_opens_where_it_lies(record: Record) -> None:
    assert open_record(record.folder).id == record.id
    assert [link.kind for link in links()] == ["opened"]


def test_a_record_is_not_begun_twice(record: Record, clock: Clock) -> None:
    with pytest.raises(Refused, match="is a record already"):
        init_record(record.folder, at=clock())


def test_a_begun_record_is_finished_by_running_it_again(record: Record, clock: Clock) -> None:
    (record.folder / MARKER).unlink()
    with pytest.raises(UsageError, match="is no record"):
        find_folder(record.folder)
    assert init_record(record.folder, at=clock()).id == record.id
    assert len(list(links())) == 1


def test_a_database_that_holds_a_record_is_not_given_to_another(
    postgres_record: Record, clock: Clock, own_folders: Path
) -> None:
    with pytest.raises(Refused, match="holds record"):
        init_record(own_folders / "second", at=clock())


def test_a_record_made_by_a_newer_version_is_refused(record: Record) -> None:
    RecordInfo.objects.update(format=99)
    with pytest.raises(Refused, match="newer Bilan"):
        open_record(record.folder)


def test_the_nearest_folder_upward_is_found(
    sqlite_record: Record, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    within = sqlite_record.folder / "objects"
    monkeypatch.chdir(within)
    assert find_folder() == sqlite_record.folder
    monkeypatch.chdir(own_folders)
    with pytest.raises(UsageError, match="no record here") as caught:
        find_folder()
    assert "bilan init" in caught.value.hint
    monkeypatch.setenv("BILAN_RECORD", str(sqlite_record.folder))
    assert find_folder() == sqlite_record.folder


def test_a_record_opened_with_another_ones_database_is_refused(
    own_folders: Path, clock: Clock
) -> None:
    one = init_record(own_folders / "one", at=clock())
    two = init_record(own_folders / "two", at=clock())
    connection.close()
    (one.folder / "record.sqlite").replace(two.folder / "record.sqlite")
    with pytest.raises(RecordError, match="The database holds record"):
        open_record(two.folder)
    with pytest.raises(RecordError, match=r"record\.sqlite is missing"):
        open_record(one.folder)


def test_a_database_that_is_no_database_says_so(sqlite_record: Record) -> None:
    connection.close()
    (sqlite_record.folder / "record.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(RecordError, match="cannot be read"):
        open_record(sqlite_record.folder)


def test_a_reader_sees_one_moment(record: Record, clock: Clock) -> None:
    with record.reading():
        before = len(list(links()))
        script = (
            "import sys; from pathlib import Path; from datetime import datetime, UTC;"
            "from bilan.acts.add_person import add_person;"
            "from bilan.store.record import open_record;"
            "add_person(open_record(Path(sys.argv[1])), 'Amal', at=datetime.now(UTC))"
        )
        subprocess.run([sys.executable, "-c", script, str(record.folder)], check=True, timeout=60)
        assert len(list(links())) == before
    assert len(list(links())) == before + 1


def test_two_processes_write_one_chain(record: Record, clock: Clock) -> None:
    script = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC;"
        "from bilan.acts.init_record import Author, Draft;"
        "from bilan.store.record import open_record;"
        "record = open_record(Path(sys.argv[1]))\n"
        "for n in range(50):\n"
        "  with record.writing('a note') as pen:\n"
        "    pen.write([Draft('note', {'n': n})], author=Author('bilan'), at=datetime.now(UTC))\n"
    )
    command = [sys.executable, "-c", script, str(record.folder)]
    running = [subprocess.Popen(command) for _ in range(3)]
    for n in range(50):
        with record.writing("a note") as pen:
            pen.write([Draft("note", {"n": n})], author=Author("bilan"), at=clock())
    assert [one.wait(timeout=60) for one in running] == [0, 0, 0]
    chain = list(links())
    assert len(chain) == 201
    assert [link.prev for link in chain[1:]] == [link.hash for link in chain[:-1]]


def test_a_folder_that_cannot_be_written_can_be_read(sqlite_record: Record) -> None:
    connection.close()
    script = (
        "import os, sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from bilan.acts.add_person import add_person\n"
        "from bilan.core.errors import NotWritten\n"
        "from bilan.store.ledger import links\n"
        "from bilan.store.record import connection, open_record\n"
        "connection.vendor\n"
        "if os.getuid() == 0: os.setuid(65534)\n"
        "record = open_record(Path(sys.argv[1])); print(len(list(links())))\n"
        "try: add_person(record, 'Amal', at=datetime.now(UTC))\n"
        "except NotWritten as error: print(error)\n"
    )
    with tempfile.TemporaryDirectory() as shared:
        folder = shutil.copytree(sqlite_record.folder, Path(shared) / "record")
        for path in (Path(shared), folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        command = [sys.executable, "-c", script, str(folder)]
        said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
        for path in (Path(shared), folder, *folder.rglob("*")):
            path.chmod(0o755)
    assert said.stdout.splitlines()[0] == "1"
    assert "Not written: that Amal belongs to the record." in said.stdout
    assert "cannot be written" in said.stdout


@pytest.mark.parametrize("url", ["mysql://a/b", "postgresql://", "nonsense", "sqlite:///x.db"])
def test_an_address_that_is_no_postgresql_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="DATABASE_URL"):
        postgresql_database(url)


def test_an_address_is_taken_apart() -> None:
    made = postgresql_database("postgresql://amal:s%40fe@db.example:5433/count?sslmode=require")
    wanted = {"NAME": "count", "USER": "amal", "PASSWORD": "s@fe", "HOST": "db.example"}
    assert wanted.items() <= made.items()
    assert (made["PORT"], made["OPTIONS"]) == ("5433", {"sslmode": "require"})
