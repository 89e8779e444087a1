"""A backup holds whole moments of a record, and gives them back on either database."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections

from bilan.acts.backup_record import BackedUp, backup_record, check_backup
from bilan.acts.erase_report import erase_report
from bilan.acts.judge_pair import judge_same
from bilan.acts.restore_record import Restored, restore_record
from bilan.core.errors import BilanError, IntegrityError, Refused, UsageError
from bilan.store.backups import cover
from bilan.store.backups.cover import MAGIC
from bilan.store.ledger import head
from bilan.store.record import Record, open_record
from bilan.store.replay import digest
from bilan.store.reports import stored_report
from bilan.store.verify.whole import verify
from tests.acts.conftest import Folder, item

FIVE = "2017-09-16 | Marsa 35.0 40.0 | killed 5 | said by SOHR"
FAR = "2017-10-02 | Harbour 36.0 38.0 | killed 3 | said by SOHR"
PASSPHRASE = "lamp harbour seven olive rope"


@pytest.fixture
def kept(told: Folder) -> Folder:
    """A record with two reports and a decision."""
    told.add(item("d01", FIVE), item("d02", FAR))
    judge_same(told.record, "d01", "d02", by="Boris", because="one night", at=told.clock())
    return told


@pytest.fixture
def small(sqlite_record: Record, cast: Callable[[Record], Record], clock: object) -> Folder:
    folder = Folder(cast(sqlite_record), clock)  # type: ignore[arg-type]  # the cast's own clock
    folder.add(item("d01", FIVE), item("d02", FAR))
    return folder


def back_up(folder: Folder, place: Path, passphrase: str | None = None) -> BackedUp:
    return backup_record(folder.record, place, at=folder.clock(), passphrase=passphrase)


def on_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    connections.close_all()
    monkeypatch.delenv("DATABASE_URL", raising=False)


def test_what_is_restored_is_what_was_backed_up(
    kept: Folder, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, before, end = back_up(kept, own_folders / "backup"), digest(), head()
    assert (done.faults, done.objects, done.seq) == ((), 4, end.seq)
    on_sqlite(monkeypatch)
    made = restore_record(own_folders / "backup", own_folders / "again")
    assert made.same and made.objects == 4 and made.forgotten == ()
    assert (digest(), head()) == (before, end)
    again = open_record(own_folders / "again")
    assert verify(again).holds and verify(again).notes == []
    words = stored_report(again.objects, "d01")
    assert words is not None and words.text.endswith(FIVE)
    kept.record = again
    kept.tell("d03", FIVE)
    assert verify(again).holds


def test_the_next_backup_writes_only_what_is_new(kept: Folder, own_folders: Path) -> None:
    place = own_folders / "backup"
    back_up(kept, place)
    there = {path: path.stat().st_mtime_ns for path in place.rglob("*") if path.is_file()}
    kept.tell("d03", "2018-01-02 | Quay 30.0 44.0 | killed 1 | said by SOHR")
    done = back_up(kept, place)
    assert (done.objects, done.entries) == (2, 3)
    unchanged = {path for path, at in there.items() if path.stat().st_mtime_ns == at}
    assert {path.name for path in set(there) - unchanged} == {"objects.keys"}
    assert check_backup(place)[1] == ()
    nothing = back_up(kept, place)
    assert (nothing.objects, nothing.entries) == (0, 0)


def test_an_earlier_moment_can_be_restored(small: Folder, own_folders: Path) -> None:
    place = own_folders / "backup"
    first, before = back_up(small, place), digest()
    small.tell("d03", FIVE)
    back_up(small, place)
    made = restore_record(place, own_folders / "again", moment=first.seq)
    assert made.same and (head().seq, digest()) == (first.seq, before)
    with pytest.raises(UsageError, match="no such moment"):
        restore_record(place, own_folders / "third", moment=3)


def test_what_was_erased_leaves_the_backup_and_its_earlier_moments(
    small: Folder, own_folders: Path
) -> None:
    place = own_folders / "backup"
    first = back_up(small, place)
    erase_report(small.record, "d01", by="Boris", because="a court", at=small.clock())
    done = back_up(small, place)
    assert done.forgotten == 2
    assert restore_record(place, own_folders / "now").forgotten == ()
    now = open_record(own_folders / "now")
    assert verify(now).holds and stored_report(now.objects, "d01") is None
    made = restore_record(place, own_folders / "then", moment=first.seq)
    assert made.forgotten == ("report d01",)
    then = open_record(own_folders / "then")
    erase_report(then, "d01", by="Boris", because="a court", at=small.clock())
    assert verify(then).holds


def test_a_passphrase_hides_everything_and_another_one_opens_nothing(
    small: Folder, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The header says how slow a guess is; a test does not wait for it.
    monkeypatch.setattr(cover, "SCRYPT", {"n": 2**10, "r": 8, "p": 1})
    place = own_folders / "backup"
    back_up(small, place, PASSPHRASE)
    names = {name for capture in small.record.objects.names() for name in (capture, capture[2:])}
    for path in place.rglob("*"):
        assert path.name not in names
        if path.is_file() and path.suffix in (".json", ".gz", ".keys"):
            hidden = path.read_bytes().startswith(MAGIC)
            assert hidden or path.name == "bilan-backup.json"
            assert b"Boris" not in path.read_bytes() and b"Marsa" not in path.read_bytes()
    for wrong in (None, "not the passphrase at all"):
        with pytest.raises(Refused):
            restore_record(place, own_folders / "again", passphrase=wrong)
    assert restore_record(place, own_folders / "again", passphrase=PASSPHRASE).same
    assert check_backup(place, passphrase=PASSPHRASE)[1] == ()


def test_a_short_passphrase_is_no_passphrase(small: Folder, own_folders: Path) -> None:
    with pytest.raises(Refused, match="12 characters"):
        back_up(small, own_folders / "backup", "secret")


def without_manifest(place: Path) -> None:
    for path in (place / "moments").iterdir():
        path.unlink()


def test_half_a_backup_is_not_taken_for_whole(small: Folder, own_folders: Path) -> None:
    place = own_folders / "backup"
    back_up(small, place)
    without_manifest(place)
    with pytest.raises(UsageError, match="no such moment"):
        restore_record(place, own_folders / "again")
    back_up(small, place)
    assert restore_record(place, own_folders / "again").same


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("kind", ["ledger/*.gz", "objects/*/*", "moments/*.json", "objects.keys"])
@pytest.mark.parametrize("harm", ["flipped", "missing"])
def test_a_damaged_backup_is_found_and_not_restored(
    small: Folder, own_folders: Path, kind: str, harm: str
) -> None:
    place = own_folders / "backup"
    back_up(small, place)
    path = sorted(place.glob(kind))[-1]
    if harm == "flipped":
        flipped(path)
    else:
        path.unlink()
    try:
        assert check_backup(place)[1] != ()
    except BilanError as error:
        assert isinstance(error, IntegrityError | UsageError)
    with pytest.raises(BilanError):
        restore_record(place, own_folders / "again")
    assert not (own_folders / "again" / "bilan.json").exists()
    if kind == "objects/*/*":
        path.unlink(missing_ok=True)
        small.record = open_record(small.record.folder)
        back_up(small, place)
        assert check_backup(place)[1] == () and restore_record(place, own_folders / "again").same


def test_a_damaged_object_is_named_and_the_good_copy_stays(
    small: Folder, own_folders: Path
) -> None:
    place = own_folders / "backup"
    back_up(small, place)
    small.tell("d03", "2018-01-02 | Quay 30.0 44.0 | killed 1 | said by SOHR")
    for report in ("d01", "d03"):
        words = small.record.objects.path(capture_of(report))
        flipped(words)
    done = back_up(small, place)
    (fault,) = done.faults
    assert "of report d03" in fault.where and "is not in the backup" in fault.message


def capture_of(report: str) -> str:
    from bilan.store.models import Capture

    return Capture.objects.get(report=report).words


def test_another_record_or_another_past_is_not_mixed_in(
    small: Folder, own_folders: Path, clock: Callable[..., object]
) -> None:
    from bilan.acts.init_record import init_record

    place = own_folders / "backup"
    first = back_up(small, place)
    small.tell("d03", FIVE)
    back_up(small, place)
    then = Folder(restored(place, own_folders / "then", first.seq).record, small.clock)
    with pytest.raises(Refused, match="in another way"):
        back_up(then, place)
    other = init_record(own_folders / "other", at=small.clock())
    with pytest.raises(Refused, match="is a backup of record"):
        back_up(Folder(other, small.clock), place)


def restored(place: Path, folder: Path, moment: int) -> Restored:
    return restore_record(place, folder, moment=moment)


def test_a_backup_is_not_made_among_other_things(small: Folder, own_folders: Path) -> None:
    (own_folders / "photos").mkdir()
    (own_folders / "photos" / "one.jpg").touch()
    with pytest.raises(Refused, match="holds something else"):
        back_up(small, own_folders / "photos")


def test_a_backup_made_by_a_newer_version_is_refused(small: Folder, own_folders: Path) -> None:
    place = own_folders / "backup"
    back_up(small, place)
    header = place / "bilan-backup.json"
    header.write_text(header.read_text().replace('"format": 1', '"format": 2'))
    with pytest.raises(Refused, match="newer Bilan"):
        restore_record(place, own_folders / "again")


def test_an_interrupted_restore_is_no_record_and_goes_on(small: Folder, own_folders: Path) -> None:
    place, again = own_folders / "backup", own_folders / "again"
    back_up(small, place)
    (one, *_) = sorted(place.glob("objects/*/*"))
    held = one.read_bytes()
    one.unlink()
    with pytest.raises(IntegrityError, match="is missing"):
        restore_record(place, again)
    with pytest.raises(BilanError):
        open_record(again)
    one.write_bytes(held)
    assert restore_record(place, again).same
    assert verify(open_record(again)).holds
    with pytest.raises(Refused, match="is a record already"):
        restore_record(place, again)
    shutil.rmtree(again)
