from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from bilan.acts.add_person import add_person, note_departure
from bilan.core.errors import Refused, UnknownName, UsageError
from bilan.store.ledger import links
from bilan.store.models import Person
from bilan.store.people import Duty, who_may
from bilan.store.record import Record
from bilan.store.signing import keys_folder, signed_by

Clock = Callable[[], datetime]
Cast = Callable[[Record], Record]


def test_a_person_signs_their_own_entry(record: Record, clock: Clock) -> None:
    amal = add_person(record, "Amal", at=clock())
    entry = list(links())[-1]
    assert entry.by == "Amal" and entry.key == amal.key
    assert signed_by(amal.key, entry.signature, entry.signed_bytes)


def test_a_private_key_never_lies_in_the_record(sqlite_record: Record, clock: Clock) -> None:
    amal = add_person(sqlite_record, "Amal", at=clock())
    (pem,) = keys_folder().iterdir()
    assert pem.name == f"{amal.key}.pem"
    assert stat.S_IMODE(pem.stat().st_mode) == 0o600
    assert not list(Path(sqlite_record.folder).rglob("*.pem"))


def test_two_people_are_two_keys(sqlite_record: Record, clock: Clock) -> None:
    one = add_person(sqlite_record, "Amal", at=clock())
    two = add_person(sqlite_record, "Boris", at=clock())
    assert one.key != two.key


def test_without_a_key_nobody_signs(sqlite_record: Record, clock: Clock) -> None:
    add_person(sqlite_record, "Amal", at=clock(), with_key=False)
    author = who_may("amal", Duty.SIGNS)
    assert (author.name, author.key, author.sign(b"x")) == ("Amal", "", "")


def test_a_key_that_lies_elsewhere_does_not_sign_here(
    sqlite_record: Record, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    add_person(sqlite_record, "Amal", at=clock())
    monkeypatch.setenv("BILAN_KEYS", str(tmp_path / "another computer"))
    assert who_may("Amal", Duty.SIGNS).sign(b"x") == ""


def test_the_cast_may_do_what_its_duty_says(record: Record, cast: Cast) -> None:
    cast(record)
    assert who_may("Amal", Duty.RECORDS).name == "Amal"
    assert who_may("boris", Duty.SIGNS).name == "Boris"
    with pytest.raises(Refused, match="Amal records"):
        who_may("Amal", Duty.SIGNS)
    with pytest.raises(Refused, match="Chloe reads"):
        who_may("Chloe", Duty.RECORDS)
    with pytest.raises(Refused, match="Daniel has left"):
        who_may("Daniel", Duty.RECORDS)
    with pytest.raises(UnknownName, match="Emil") as caught:
        who_may("Emil", Duty.RECORDS)
    assert "bilan people add" in caught.value.hint


@pytest.mark.parametrize("name", ["", "   ", "bilan", "a\x07b", "x" * 101])
def test_what_is_no_name_is_refused(sqlite_record: Record, clock: Clock, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be a person's name"):
        add_person(sqlite_record, name, at=clock())
    assert not Person.objects.exists()


def test_a_name_is_given_once(record: Record, cast: Cast, clock: Clock) -> None:
    cast(record)
    with pytest.raises(Refused, match="Amal is in the record already"):
        add_person(record, "AMAL", at=clock())
    with pytest.raises(Refused, match="Daniel is in the record already and has left"):
        add_person(record, "daniel", at=clock())
    with pytest.raises(Refused, match="left already"):
        note_departure(record, "Daniel", by="Boris", because="again", at=clock())
