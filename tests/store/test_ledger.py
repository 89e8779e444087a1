from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection
from hypothesis import given
from hypothesis import strategies as st

from bilan.acts.add_person import add_person
from bilan.core.errors import RecordBusy
from bilan.store.chain import FIRST_PREV, Link, canonical, chain_faults, clock_notes
from bilan.store.ledger import Draft, instant, links, seq_of
from bilan.store.record import Record
from bilan.store.signing import Author, new_key, signed_by

Clock = Callable[[], datetime]
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda v: st.lists(v) | st.dictionaries(st.text(), v),
)


def written(record: Record, clock: Clock, *, many: int = 5) -> list[Link]:
    with record.writing("some notes") as pen:
        pen.write(
            [Draft("note", {"n": n}) for n in range(many)], author=Author("bilan"), at=clock()
        )
    return list(links())


def test_each_entry_covers_the_one_before(record: Record, clock: Clock) -> None:
    chain = written(record, clock)
    assert chain[0].prev == FIRST_PREV
    assert [link.prev for link in chain[1:]] == [link.hash for link in chain[:-1]]
    assert list(chain_faults(chain, seq_of=seq_of)) == []


def test_the_ledger_refuses_to_be_changed(record: Record, clock: Clock) -> None:
    written(record, clock)
    for statement in (
        "UPDATE ledger SET body = '{}' WHERE seq = 3",
        "DELETE FROM ledger WHERE seq = 6",
        "INSERT INTO ledger (seq, at, by, kind, body, prev, key, signature, hash)"
        " VALUES (9, '', '', '', '', '', '', '', 'x')",
    ):
        with pytest.raises(DatabaseError, match="only grows"), connection.cursor() as cursor:
            cursor.execute(statement)


def test_nothing_is_written_of_an_act_that_fails_halfway(record: Record, clock: Clock) -> None:
    before = list(links())
    with pytest.raises(ZeroDivisionError), record.writing("two notes") as pen:
        pen.write([Draft("note", {})], author=Author("bilan"), at=clock())
        raise ZeroDivisionError
    assert list(links()) == before
    assert len(written(record, clock, many=1)) == len(before) + 1


def test_a_clock_that_goes_backwards_is_flagged_and_order_stays(
    record: Record, clock: Clock
) -> None:
    with record.writing("notes") as pen:
        pen.write([Draft("note", {"n": 1})], author=Author("bilan"), at=clock())
        early = datetime(1999, 1, 1, tzinfo=UTC)
        pen.write([Draft("note", {"n": 2})], author=Author("bilan"), at=early)
    chain = list(links())
    assert [link.body for link in chain[-2:]] == ['{"n":1}', '{"n":2}']
    assert [note.where for note in clock_notes(chain)] == ["entry 3"]
    assert list(chain_faults(chain, seq_of=seq_of)) == []


def test_a_signature_covers_the_place_in_the_order(record: Record, clock: Clock) -> None:
    boris = Author("Boris", new_key())
    with record.writing("a note") as pen:
        (link,) = pen.write([Draft("note", {})], author=boris, at=clock())
    assert signed_by(link.key, link.signature, link.signed_bytes)
    moved = Link(9, *(getattr(link, name) for name in Link.__slots__[1:]))
    assert not signed_by(link.key, link.signature, moved.signed_bytes)
    assert not signed_by("00", "zz", link.signed_bytes)


@given(PLAIN)
def test_one_value_has_one_text(value: object) -> None:
    import json

    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text
    assert "\n" not in text


def test_text_order_of_instants_is_time_order() -> None:
    early = datetime(2026, 3, 1, 9, 59, tzinfo=UTC)
    assert instant(early) == "2026-03-01T09:59:00.000000Z" < instant(early.replace(hour=10))


def test_a_record_that_somebody_else_writes_says_busy(
    sqlite_record: Record, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    other = sqlite3.connect(sqlite_record.folder / "record.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(RecordBusy, match="that Amal belongs") as caught:
        add_person(sqlite_record, "Amal", at=clock())
    assert caught.value.again
    other.execute("ROLLBACK")
    add_person(sqlite_record, "Amal", at=clock())
    other.close()
