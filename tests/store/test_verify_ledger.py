"""Somebody who may write the files has been at the ledger: each change is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection

from bilan.store.chain import Link
from bilan.store.ledger import Draft, links
from bilan.store.models import RecordInfo
from bilan.store.people import Duty, who_may
from bilan.store.record import Record
from bilan.store.signing import Author, new_key
from bilan.store.verify.verdict import Verdict
from bilan.store.verify.whole import verify

Clock = Callable[[], datetime]
COLUMNS = ("seq", "at", "by", "kind", "body", "prev", "key", "signature", "hash")


@pytest.fixture
def noted(record: Record, cast: Callable[[Record], Record], clock: Clock) -> Record:
    """A record with the cast and six notes, two of them signed by Boris: entries 1 to 12."""
    cast(record)
    with record.writing("notes") as pen:
        for n in range(6):
            author = who_may("Boris", Duty.SIGNS) if n % 3 == 0 else Author("bilan")
            pen.write([Draft("note", {"n": n})], author=author, at=clock())
    return record


def unguarded(*statements: str) -> None:
    """Run statements with the triggers out of the way, then set them again."""
    from bilan.store.guards import remove_guards, set_guards

    with connection.schema_editor() as editor:
        remove_guards(None, editor)
        for statement in statements:
            editor.execute(statement)
        set_guards(None, editor)


def rewritten(links: list[Link]) -> None:
    """Write entries over what stands there, and the head with them: a forger with patience."""
    statements = [f"DELETE FROM ledger WHERE seq >= {links[0].seq}"]
    for link in links:
        values = ", ".join("'" + str(getattr(link, c)).replace("'", "''") + "'" for c in COLUMNS)
        names = ", ".join(f'"{c}"' for c in COLUMNS)
        statements.append(f"INSERT INTO ledger ({names}) VALUES ({values})")
    unguarded(*statements)
    RecordInfo.objects.update(head_seq=links[-1].seq, head_hash=links[-1].hash)


def rechained(links: list[Link]) -> list[Link]:
    """The entries with new hashes all the way down, signatures as they are."""
    done: list[Link] = []
    for link in links:
        moved = replace(link, prev=done[-1].hash) if done else link
        done.append(replace(moved, hash=moved.due_hash))
    return done


def found(verdict: Verdict) -> list[tuple[str, str]]:
    return [(fault.code, fault.where) for fault in verdict.faults]


def test_a_record_that_nobody_touched_holds(noted: Record) -> None:
    verdict = verify(noted)
    assert verdict.holds and verdict.notes == []
    assert (verdict.entries, verdict.recorded) == (12, 0)
    assert verdict.signed == 4 + 1 + 2  # who joined, who left, two notes


def test_an_edited_entry_is_named(noted: Record) -> None:
    unguarded("UPDATE ledger SET body = '{\"n\":99}' WHERE seq = 9")
    assert found(verify(noted)) == [("ledger.changed", "entry 9")]


@pytest.mark.parametrize("column", ["at", "by", "kind"])
def test_an_edited_envelope_is_named(noted: Record, column: str) -> None:
    unguarded(f"UPDATE ledger SET \"{column}\" = 'x' WHERE seq = 9")
    assert ("ledger.changed", "entry 9") in found(verify(noted))


def test_an_edited_entry_with_its_hash_made_good_is_named(noted: Record) -> None:
    ninth = list(links())[8]
    forged = replace(ninth, body='{"n":99}')
    unguarded(f"UPDATE ledger SET body = '{forged.body}', hash = '{forged.due_hash}' WHERE seq = 9")
    assert found(verify(noted)) == [("ledger.broken", "entry 10")]


def test_a_removed_entry_is_named(noted: Record) -> None:
    unguarded("DELETE FROM ledger WHERE seq = 8")
    assert found(verify(noted)) == [("ledger.removed", "entry 8")]


def test_entries_removed_from_the_end_are_named(noted: Record) -> None:
    unguarded("DELETE FROM ledger WHERE seq >= 11")
    (fault,) = verify(noted).faults
    assert (fault.code, fault.message) == ("ledger.cut", "is missing at the end (11 to 12)")


def test_an_entry_added_behind_the_records_back_is_named(noted: Record, clock: Clock) -> None:
    last = list(links())[-1]
    more = replace(last, seq=13, prev=last.hash)
    names = ", ".join(f'"{c}"' for c in COLUMNS)
    values = ", ".join(f"'{getattr(replace(more, hash=more.due_hash), c)}'" for c in COLUMNS)
    unguarded(f"INSERT INTO ledger ({names}) VALUES ({values})")
    assert ("ledger.end", "entry 13") in found(verify(noted))


def test_a_changed_order_is_named(noted: Record) -> None:
    unguarded(
        "UPDATE ledger SET seq = 99 WHERE seq = 9",
        "UPDATE ledger SET seq = 9 WHERE seq = 10",
        "UPDATE ledger SET seq = 10 WHERE seq = 99",
    )
    codes = found(verify(noted))
    assert ("ledger.changed", "entry 9") in codes and ("ledger.changed", "entry 10") in codes
    assert any(code == "ledger.reordered" for code, _ in codes)


def test_a_forged_signature_is_named_though_every_hash_is_made_good(noted: Record) -> None:
    chain = list(links())
    forged = [*chain[:9], replace(chain[9], body='{"n":99}'), *chain[10:]]
    assert chain[9].signature
    rewritten(rechained(forged))
    assert found(verify(noted)) == [("ledger.forged", "entry 10")]


def test_a_past_rewritten_under_a_signature_is_named(noted: Record) -> None:
    chain = list(links())
    assert not chain[8].signature and chain[9].signature
    rewritten(rechained([*chain[:8], replace(chain[8], body='{"n":99}'), *chain[9:]]))
    assert found(verify(noted)) == [("ledger.forged", "entry 10")]


def test_somebody_elses_key_is_not_a_signature(noted: Record) -> None:
    chain = list(links())
    thief = Author("Boris", new_key())
    bare = replace(chain[9], body='{"n":99}', key=thief.key)
    signed = replace(bare, signature=thief.sign(bare.signed_bytes))
    rewritten(rechained([*chain[:9], signed, *chain[10:]]))
    (fault,) = verify(noted).faults
    assert (fault.code, fault.where) == ("ledger.forged", "entry 10")
    assert "a key that is not Boris's" in fault.message


def test_a_decision_without_a_key_is_recorded_not_signed(record: Record, clock: Clock) -> None:
    from bilan.acts.add_person import add_person

    add_person(record, "Amal", at=clock(), with_key=False)
    with record.writing("a note") as pen:
        pen.write([Draft("note", {})], author=who_may("Amal", Duty.SIGNS), at=clock())
    verdict = verify(record)
    assert (verdict.holds, verdict.signed, verdict.recorded) == (True, 0, 1)


def test_a_guard_that_was_removed_is_named(noted: Record) -> None:
    where = " ON ledger" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER ledger_no_update" + where)
    (fault,) = verify(noted).faults
    assert fault.code == "ledger.unguarded" and "ledger_no_update" in fault.message


def test_progress_is_told(noted: Record) -> None:
    told: list[tuple[str, int, int]] = []
    verify(noted, progress=lambda *words: told.append(words))
    assert ("ledger", 12, 12) in told
