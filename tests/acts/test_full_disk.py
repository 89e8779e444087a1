"""A disk that is full: what was not written is named, nothing is lost, and work goes on."""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from bilan.acts.add_reports import Outcome
from bilan.acts.judge_pair import judge_same
from bilan.acts.rebuild import rebuild
from bilan.core.errors import NotWritten
from bilan.store import keyfile
from bilan.store.models import Capture
from bilan.store.record import Record
from bilan.store.replay import digest
from bilan.store.verify.whole import verify
from tests.acts.conftest import Folder
from tests.acts.killed import text_of
from tests.conftest import Clock

ROOT = Path(__file__).parents[2]
SMALL = "size=8m"  # full after some twenty reports, most of it the journal
WORK = """
import sys
from pathlib import Path
from django.db import connection
from bilan.acts.init_record import init_record
from bilan.acts.add_person import add_person
from bilan.acts.add_reports import add_reports
from bilan.acts.judge_pair import judge_same
from bilan.acts.rebuild import rebuild
from bilan.core.errors import NotWritten
from bilan.store.ledger import links
from bilan.store.verify.whole import verify
from tests.acts.conftest import item, read_all
from tests.acts.killed import now, take_in, text_of

disk = Path(sys.argv[1])
(disk / "spare").write_bytes(b"x" * 3_000_000)
record = init_record(disk / "record", at=now())
add_person(record, "Boris", at=now())
added = 0
try:
    for number in range(10_000):
        for _ in add_reports(record, [item(f"d{number}", text_of(number))], read_all, clock=now):
            added += 1
except NotWritten as error:
    print("add:", error.message, "|", error.hint)
assert not list(disk.rglob("*.part")), "something is left aside"
assert sum(1 for link in links(kinds=["captured"])) == added
for name, act in (
    ("decide", lambda: judge_same(record, "d0", "d8", by="Boris", because="x" * 1999, at=now())),
    ("rebuild", lambda: rebuild(record)),
    ("import", lambda: take_in(record, 1, Path(sys.argv[2]))),
):
    (disk / "spare").unlink(missing_ok=True)
    (disk / "ballast").write_bytes(b"")
    with connection.cursor() as cursor:  # a row for rebuild to mend, and a journal without room
        cursor.execute("UPDATE incident SET place = 'elsewhere'")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    try:
        with (disk / "ballast").open("ab", buffering=0) as ballast:
            while ballast.write(b"x" * 512):
                pass
    except OSError:
        pass
    try:
        act()
        print(f"{name}: done")
    except NotWritten as error:
        print(f"{name}:", error.message, "|", error.hint)
(disk / "ballast").unlink()
print("mended:", len(rebuild(record).changed) > 0)
verdict = verify(record)
print("verify:", verdict.faults)
take_in(record, 1, Path(sys.argv[2]))
(one,) = add_reports(record, [item("after", text_of(3))], read_all, clock=now)
print("after:", one.outcome, verify(record).holds)
"""


def on_small_disk(
    disk: Path, work: str = WORK, size: str = SMALL
) -> subprocess.CompletedProcess[str]:
    """Run the work on a tmpfs of its own, in a name space of its own."""
    script = f'mount -t tmpfs -o {size} tmpfs "$2" && "{sys.executable}" -c "$1" "$2" "$3"'
    command = ["unshare", "-rm", "sh", "-c", script, "sh", work, str(disk), str(disk.parent)]
    return subprocess.run(command, capture_output=True, text=True, timeout=600, cwd=ROOT)


BACKUP = """
import sys
from pathlib import Path
from bilan.acts.backup_record import backup_record, check_backup
from bilan.acts.restore_record import restore_record
from bilan.acts.init_record import init_record
from bilan.acts.add_reports import add_reports
from bilan.core.errors import NotWritten
from bilan.store.record import open_record
from bilan.store.verify.whole import verify
from tests.acts.conftest import item, read_all
from tests.acts.killed import now, text_of

disk = Path(sys.argv[1])
record = init_record(disk.parent / "record", at=now())
list(add_reports(record, [item(f"d{n}", text_of(n)) for n in range(8)], read_all, clock=now))
place = disk / "backup"

def filled(left):
    with (disk / "ballast").open("wb", buffering=0) as ballast:
        try:
            while ballast.write(b"x" * 512):
                pass
        except OSError:
            pass
        ballast.truncate(max(0, ballast.tell() - left))

for left in (0, 20_000, 40_000):
    filled(left)
    try:
        backup_record(record, place, at=now())
    except NotWritten as error:
        print(f"full with {left} left:", error.message, "|", error.hint)
    (disk / "ballast").unlink()
    print("moments:", len(list(place.glob("moments/*.json"))))
backup_record(record, place, at=now())
print("check:", check_backup(place)[1])
filled(0)
try:
    restore_record(place, disk / "again")
except NotWritten as error:
    print("restore:", error.message)
print("marker:", (disk / "again" / "bilan.json").exists())
(disk / "ballast").unlink()
print("same:", restore_record(place, disk / "again").same)
print("verify:", verify(open_record(disk / "again")).faults)
"""


@pytest.fixture
def disk(own_folders: Path) -> Path:
    """Where a small disk can be mounted."""
    probe = ["unshare", "-rm", "true"]
    if shutil.which("unshare") is None or subprocess.run(probe, capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    folder = own_folders / "disk"
    folder.mkdir()
    return folder


def test_a_backup_that_does_not_fit_is_not_taken_for_whole(disk: Path) -> None:
    done = on_small_disk(disk, BACKUP, "size=12m")
    assert done.returncode == 0, done.stderr
    said = [line.split(": ", 1) for line in done.stdout.splitlines()]
    full = [words for name, words in said if name.startswith("full")]
    assert len(full) == 3 and all(words.startswith("Not written: the backup in") for words in full)
    assert all("Make room" in words for words in full)
    assert [words for name, words in said if name == "moments"] == ["0", "0", "0"]
    last = dict(said)
    assert last["check"] == "()" and last["restore"].startswith("Not written: the record")
    assert (last["marker"], last["same"], last["verify"]) == ("False", "True", "[]")


def test_a_full_disk_is_named_and_loses_nothing(disk: Path) -> None:
    done = on_small_disk(disk)
    said = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    assert done.returncode == 0, done.stderr
    assert said["add"].startswith("Not written: d")
    assert "Make room" in said["add"]
    assert said["decide"].startswith("Not written: that d0 and d8 tell of one incident. | The disk")
    assert said["rebuild"].startswith("Not written: the derived tables. | The disk is full.")
    assert said["import"].startswith("Not written: rows 2 to 7 of north.csv. | The disk is full.")
    assert (said["mended"], said["verify"]) == ("True", "[]")
    assert said["after"] == f"{Outcome.NEW} True"


def test_tables_that_cannot_grow_name_the_act_and_keep_the_rest(
    sqlite_record: Record, cast: Callable[[Record], Record], clock: Clock
) -> None:
    folder = Folder(cast(sqlite_record), clock)
    for number in range(30):
        folder.tell(f"d{number}", text_of(number))
    before = digest()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    with pytest.raises(NotWritten, match="that d0 and d8 tell of one incident") as caught:
        for _ in range(50):
            judge_same(folder.record, "d0", "d8", by="Boris", because="x" * 1999, at=clock())
    assert "Make room" in caught.value.hint
    assert rebuild(folder.record).changed == ()  # where nothing is wrong it writes nothing
    connection.close()
    assert verify(folder.record).holds
    assert Capture.objects.count() == 30 and digest() != ""
    assert before != "" and rebuild(folder.record).changed == ()


def test_a_disk_that_refuses_a_key_leaves_no_half_of_a_report(
    sqlite_record: Record,
    cast: Callable[[Record], Record],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = Folder(cast(sqlite_record), clock)

    def refuse(*_: object) -> list[int]:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(keyfile, "add_keys", refuse)
        with pytest.raises(NotWritten, match=r"Not written: d01\.txt"):
            folder.tell("d01", text_of(1))
    assert not Capture.objects.exists()
    assert verify(folder.record).holds
    assert folder.tell("d01", text_of(1)).outcome is Outcome.NEW
