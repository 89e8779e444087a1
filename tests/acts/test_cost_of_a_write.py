"""What a write costs depends on what it changes, not on how much the record holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from bilan.acts.set_field import set_field
from bilan.core.values import Count
from bilan.store import asking
from bilan.store.ledger import head
from bilan.store.record import Record
from tests.acts.conftest import Folder
from tests.acts.killed import text_of
from tests.conftest import Clock

Statement = tuple[str, Any]


@contextmanager
def asked() -> Iterator[list[Statement]]:
    """Every statement that is sent within the block."""
    sent: list[Statement] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent


def folder_of(record: Record, clock: Callable[[], datetime], reports: int) -> Folder:
    folder = Folder(record, clock)
    for number in range(reports):
        folder.tell(f"d{number}", text_of(number))
    return folder


def decide(folder: Folder, code: str) -> None:
    """A decision of somebody who says what they saw."""
    record = folder.record.seen_at(head().seq)
    seven = Count.exactly(7)
    set_field(record, code, "killed", seven, by="Boris", because="a list", at=folder.clock())


def scans(sent: list[Statement]) -> list[str]:
    """The statements for which SQLite looks through a whole table."""
    found = []
    tables = set(connection.introspection.table_names())  # the parts of a union are no tables
    for sql, params in sent:
        if not sql.startswith("SELECT"):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            steps = [str(row[3]) for row in cursor.fetchall()]
        looked = [step.split() for step in steps if "unfinished" not in step]
        found += [sql for verb, name, *_ in looked if verb == "SCAN" and name in tables]
    return found


def test_a_look_through_a_whole_table_is_seen(sqlite_record: Record) -> None:
    look = "SELECT * FROM stored_object WHERE size > 3"
    assert scans([(look, ())]) == [look]


def test_no_write_looks_through_a_whole_table(
    sqlite_record: Record, cast: Callable[[Record], Record], clock: Clock
) -> None:
    folder = folder_of(cast(sqlite_record), clock, 3)
    (code,) = folder.record.casebook().codes_of("d1")
    with asked() as sent:
        folder.tell("later", text_of(40))
        decide(folder, code)
    assert scans(sent) == [] and len(sent) > 30


def test_a_decision_asks_no_more_often_in_a_larger_record(told: Folder) -> None:
    folder = folder_of(told.record, told.clock, 2)
    (code,) = folder.record.casebook().codes_of("d1")
    decide(folder, code)
    with asked() as few:
        decide(folder, code)
    for number in range(2, 12):
        folder.tell(f"d{number}", text_of(number))
    with asked() as many:
        decide(folder, code)
    assert len(many) <= len(few)


def test_an_incident_often_decided_about_is_asked_for_no_more_often(told: Folder) -> None:
    folder = folder_of(told.record, told.clock, 2)
    (code,) = folder.record.casebook().codes_of("d1")
    decide(folder, code)
    with asked() as few:
        folder.record.casebook().incident(code)
    for _ in range(10):
        decide(folder, code)
    with asked() as many:
        incident = folder.record.casebook().incident(code)
    assert len(incident.decisions) == 11
    assert len(many) == len(few) < 6


def test_more_than_one_statement_takes_is_asked_for_in_pieces(
    told: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(told.record, told.clock, 2)
    (code,) = folder.record.casebook().codes_of("d1")
    for _ in range(5):
        decide(folder, code)
    whole = folder.record.casebook().incident(code)
    monkeypatch.setattr(asking, "SOME", 2)
    assert folder.record.casebook().incident(code) == whole


def test_a_report_that_meets_many_words_asks_for_them_at_once(told: Folder) -> None:
    folder_of(told.record, told.clock, 2)
    with asked() as sent:
        told.tell("later", text_of(40))
    assert len([sql for sql, _ in sent if "shelf_index" in sql]) < 15
