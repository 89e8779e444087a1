"""What is killed: each kind of work, done over and over. A new kind is one more line in WORK."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.load.seeds import items, read_all
from bilan.acts.add_reports import add_reports
from bilan.acts.backup_record import backup_record
from bilan.acts.erase_report import erase_report
from bilan.acts.import_rows import Import, Order
from bilan.acts.rebuild import rebuild
from bilan.acts.set_field import set_field
from bilan.capture.sheets import open_sheet
from bilan.core.registers.mapping import shape_named
from bilan.core.values import Count
from bilan.store.disk import ASIDE
from bilan.store.models import IncidentRow
from bilan.store.record import Record

WHO = "Boris"
_HEAD = (
    "code,previous_codes,date,place,lat,lon,killed_min,killed_max,injured_min,injured_max,note\n"
)


def now() -> datetime:
    """This instant."""
    return datetime.now(UTC)


def add(record: Record, number: int) -> None:
    """Three reports in one batch."""
    some = items(range(10 * number, 10 * number + 3))
    list(add_reports(record, some, read_all, clock=now))


def decide(record: Record, number: int) -> None:
    """A toll set by a person, as they saw it."""
    code = IncidentRow.objects.order_by("code")[0].code
    killed = Count.exactly(number % 50)
    set_field(record, code, "killed", killed, by=WHO, because="a drill", at=now())


def erase(record: Record, number: int) -> None:
    """A report that came in just before loses its words."""
    add(record, number)
    erase_report(record, f"load-{10 * number}", by=WHO, because="a drill", at=now())


def remake(record: Record, _: int) -> None:
    """Every derived table made again: where nothing is wrong it would only look, so something is
    left aside long ago."""
    left = record.objects.folder / f"{'0' * 16}{ASIDE}"
    left.write_bytes(b"")
    os.utime(left, (0, 0))
    if not rebuild(record).removed:
        raise RuntimeError("nothing was made anew")


def back_up(record: Record, number: int) -> None:
    """New reports, then one more moment in the backup beside the record."""
    add(record, number)
    backup_record(record, backup_of(record), at=now())


def take_register(record: Record, number: int) -> None:
    """Forty rows of a register, each under a key of its own."""
    path = record.folder.parent / f"register-{number}.csv"
    rows = (f"K{number}-{row},,2017-09-16,Marsa,35.0,40.0,1,2,,,\n" for row in range(40))
    path.write_text(_HEAD + "".join(rows), encoding="utf-8")
    shape = shape_named("small-register")
    table = shape.table("incidents")
    sheet = open_sheet(path, lambda cells: set(table.required) <= set(cells))
    order = Order(shape, table, "north", date(2026, 3, 1), update=False, dry_run=False)
    list(Import(record, sheet, order, now, None))


def backup_of(record: Record) -> Path:
    """Where the backups of these records lie."""
    return record.folder.parent / "backup"


WORK: dict[str, Callable[[Record, int], None]] = {
    "add": add,
    "import": take_register,
    "decide": decide,
    "erase": erase,
    "rebuild": remake,
    "backup": back_up,
}
