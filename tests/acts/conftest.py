"""Reports in a small language of our own, so that a test says what each one tells.

    2017-09-16 | Marsa 35.0 40.0 | killed 5 | said by SOHR

One line for each account; anything else is only words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

import pytest

from bilan.acts.add_reports import Added, add_reports
from bilan.capture.captured import Captured
from bilan.core.claims.account import Account, Informant, Label, LabelledSpan, Reading
from bilan.core.values import (
    Cause,
    Count,
    Place,
    Point,
    Publisher,
    PublisherKind,
    Report,
    Span,
    When,
)
from bilan.store.record import Record

LINE = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d) \| (?P<place>[^|\n]+?) (?P<lat>[\d.]+) (?P<lon>[\d.]+)"
    r" \| killed (?P<killed>\d+) \| said by (?P<by>[^\n]+)"
)


def read(report: Report) -> Reading:
    """A reading of the small language."""
    accounts, spans = [], []
    for index, found in enumerate(LINE.finditer(report.text)):
        killed = Count.exactly(int(found["killed"]))
        by = Informant(found["by"], Span(*found.span("by")))
        place = Place(
            name=found["place"],
            canonical_name=found["place"].title(),
            country="SY",
            point=Point(float(found["lat"]), float(found["lon"])),
            uncertainty_km=2.0,
        )
        accounts.append(
            Account(
                when=When.on(date.fromisoformat(found["day"])),
                place=place,
                place_span=Span(*found.span("place")),
                cause=Cause.AIRSTRIKE,
                killed=killed,
                alleged_by=(by,),
            )
        )
        span = Span(*found.span("killed"))
        spans.append(LabelledSpan(span, Label.KILLED, (index,), killed, said_by=by))
    return Reading(
        id=report.id,
        lang="en",
        published=report.published,
        relevant=bool(accounts),
        accounts=tuple(accounts),
        spans=tuple(spans),
        reader="small 1",
    )


def read_all(items: Iterable[Captured]) -> Iterator[tuple[Captured, Reading | None]]:
    """As the command line reads."""
    for item in items:
        yield item, read(item.report) if item.report else None


def item(report: str, text: str, *, kind: PublisherKind = PublisherKind.LOCAL_MEDIA) -> Captured:
    """A report as capture hands it on."""
    made = Report(
        id=report,
        text=text,
        published=date(2017, 9, 18),
        publisher=Publisher(name="The Marsa Post", kind=kind),
        title=f"News {report}",
    )
    return Captured(f"{report}.txt", f"id: {report}\n{text}".encode(), made)


@dataclass
class Folder:
    """A record with its clock, to which a test adds in one line."""

    record: Record
    clock: Callable[[], datetime]

    def add(self, *items: Captured, by: str | None = None) -> list[Added]:
        return list(add_reports(self.record, items, read_all, clock=self.clock, by=by))

    def tell(self, report: str, text: str) -> Added:
        (added,) = self.add(item(report, text))
        return added


@pytest.fixture
def told(record: Record, cast: Callable[[Record], Record], clock: Callable[[], datetime]) -> Folder:
    """A record with the cast, on each database."""
    return Folder(cast(record), clock)
