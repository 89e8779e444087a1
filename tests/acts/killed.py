"""What a test kills: work that adds reports and a register and rebuilds, over and over."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from bilan.acts.add_reports import add_reports
from bilan.acts.erase_report import erase_report
from bilan.acts.import_rows import Import, Order
from bilan.acts.judge_pair import judge_same
from bilan.acts.rebuild import rebuild
from bilan.capture.sheets import open_sheet
from bilan.core.errors import UsageError
from bilan.core.registers.mapping import shape_named
from bilan.store.disk import ASIDE
from bilan.store.record import Record, open_record
from tests.acts.conftest import item, read_all

HEAD = "code,previous_codes,date,place,lat,lon,killed_min,killed_max,injured_min,injured_max"
TEXT = "2017-09-{:02} | Marsa {:.2f} 40.0 | killed {} | said by SOHR"


def now() -> datetime:
    return datetime.now(UTC)


def text_of(number: int) -> str:
    return TEXT.format(number % 28 + 1, 35 + number % 7, number % 9 + 1)


def take_in(record: Record, number: int, folder: Path | None = None) -> None:
    """A register of a few rows, one of which changes with each edition."""
    path = (folder or record.folder) / "north.csv"
    rows = (f"N{number}-{n},,2017-09-16,Marsa,35.0,40.0,{n},{n + 1},," for n in range(5))
    path.write_text("\n".join((HEAD, f"N0,S0,2017-09-16,Marsa,,,{number},,,", *rows)) + "\n")
    shape = shape_named("small-register")
    table = shape.table("incidents")
    sheet = open_sheet(path, lambda cells: set(table.required) <= set(cells))
    order = Order(shape, table, "north", date(2026, 3, 1), update=True)
    for _ in Import(record, sheet, order, now):
        pass


def left_aside(record: Record) -> None:
    """What a write of yesterday left: a rebuild that finds nothing wrong would only look."""
    left = record.objects.folder / f"{'0' * 16}{ASIDE}"
    left.write_bytes(b"")
    os.utime(left, (0, 0))


def work(folder: Path, first: int, tell: Callable[[], object]) -> None:
    """Write until killed; `tell` is called once the record is open, and after each act."""
    record = open_record(folder)
    tell()
    for number in range(first, first + 10_000):
        items = [item(f"d{number}-{part}", text_of(number + part)) for part in range(4)]
        list(add_reports(record, items, read_all, clock=now))
        tell()
        take_in(record, number)
        tell()
        try:
            pair = f"d{number}-0", f"d{number}-3"
            judge_same(record, *pair, by="Boris", because="a drill", at=now())
            tell()
            erase_report(record, f"d{number}-2", by="Boris", because="a drill", at=now())
        except UsageError:
            pass
        tell()
        left_aside(record)
        rebuild(record)
        tell()
