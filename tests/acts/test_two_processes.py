"""Several processes add to one record at once: nobody is refused, nothing is lost or doubled."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from django.db import connections

from bilan.acts.add_reports import Outcome, add_reports
from bilan.store.chain import chain_faults
from bilan.store.ledger import links, seq_of
from bilan.store.models import Capture
from bilan.store.record import Record, open_record
from bilan.store.verify.whole import verify
from tests.acts.conftest import Folder, item, read_all
from tests.acts.killed import now, text_of
from tests.conftest import Clock

WRITERS = 3
EACH = 40  # reports of each writer; more than a batch, so that a whole casebook follows others


def adding(record: Record, first: int) -> int:
    """A process of its own that adds reports, half of which another one adds as well."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        items = [item(f"d{number}", text_of(number)) for number in range(first, first + EACH)]
        added = list(add_reports(open_record(record.folder), items, read_all, clock=now))
        status = 0 if len(added) == EACH else 2
    finally:
        os._exit(status)


@pytest.fixture(params=["sqlite", "postgres"])
def folder(
    request: pytest.FixtureRequest, cast: Callable[[Record], Record], clock: Clock
) -> Folder:
    return Folder(cast(request.getfixturevalue(f"{request.param}_record")), clock)


def test_writers_at_once_lose_nothing_and_double_nothing(folder: Folder) -> None:
    folder.tell("warm", text_of(1))
    connections.close_all()  # a connection is never taken across a fork
    children = [adding(folder.record, part * EACH // 2) for part in range(WRITERS)]
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 3
    folder.record = open_record(folder.record.folder)
    reports = sorted(Capture.objects.values_list("report", flat=True))
    assert reports == sorted(["warm", *(f"d{n}" for n in range(EACH * (WRITERS + 1) // 2))])
    assert list(chain_faults(links(), seq_of=seq_of)) == []
    assert verify(folder.record).faults == []


def test_who_remembers_everything_follows_what_others_wrote(folder: Folder) -> None:
    folder.record.remember_all()
    folder.tell("d1", text_of(1))
    other = Folder(open_record(folder.record.folder), folder.clock)
    other.tell("d2", text_of(2))
    assert folder.tell("d2", text_of(2)).outcome is Outcome.ALREADY_THERE
    folder.tell("d3", text_of(3))
    assert verify(folder.record).faults == []
