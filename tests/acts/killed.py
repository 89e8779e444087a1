"""What a test kills: work that adds reports to a record and rebuilds it, over and over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bilan.acts.add_reports import add_reports
from bilan.acts.erase_report import erase_report
from bilan.acts.judge_pair import judge_same
from bilan.acts.rebuild import rebuild
from bilan.core.errors import UsageError
from bilan.store.record import open_record
from tests.acts.conftest import item, read_all

TEXT = "2017-09-{:02} | Marsa {:.2f} 40.0 | killed {} | said by SOHR"


def now() -> datetime:
    return datetime.now(UTC)


def text_of(number: int) -> str:
    return TEXT.format(number % 28 + 1, 35 + number % 7, number % 9 + 1)


def work(folder: Path, first: int, tell: Callable[[], object]) -> None:
    """Write until killed; `tell` is called once the record is open, and after each act."""
    record = open_record(folder)
    tell()
    for number in range(first, first + 10_000):
        items = [item(f"d{number}-{part}", text_of(number + part)) for part in range(4)]
        list(add_reports(record, items, read_all, clock=now))
        tell()
        try:
            pair = f"d{number}-0", f"d{number}-3"
            judge_same(record, *pair, by="Boris", because="a drill", at=now())
            tell()
            erase_report(record, f"d{number}-2", by="Boris", because="a drill", at=now())
        except UsageError:
            pass
        tell()
        rebuild(record)
        tell()
