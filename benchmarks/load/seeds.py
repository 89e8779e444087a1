"""Incidents to work on: one synthetic report each, read without a reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random

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

TEXT = "{words} The Lamp Post says that {killed} people were killed in Town {number}."
_WORDS = 14  # made-up words of a report, so that no two look like copies of one
_FIRST_DAY = date(2016, 1, 1)


def items(numbers: Iterable[int]) -> Iterator[Captured]:
    """A report of each number, of a place and a day of its own."""
    for number in numbers:
        text = TEXT.format(words=_words(number), killed=1 + number % 9, number=number)
        day = _FIRST_DAY + timedelta(days=number % 900)
        outlet = Publisher(name="The Lamp Post", kind=PublisherKind.LOCAL_MEDIA)
        report = Report(id=f"load-{number}", text=text, published=day, publisher=outlet)
        yield Captured(f"load-{number}.txt", text.encode(), report)


def _words(number: int) -> str:
    chance = Random(number)  # noqa: S311 - no secret
    return " ".join("".join(chance.choices("abdegiklmnorstu", k=7)) for _ in range(_WORDS))


def read_all(some: Iterable[Captured]) -> Iterator[tuple[Captured, Reading | None]]:
    """What such a report tells, by its number: the measure is of the record, not of reading."""
    for item in some:
        yield item, _reading(item.report) if item.report else None


def _reading(report: Report) -> Reading:
    number = int(report.id.rpartition("-")[2])
    killed = Count.exactly(1 + number % 9)
    start = report.text.index(f" {killed.min} ") + 1
    span = Span(start, start + len(str(killed.min)))
    said = report.text.index("The Lamp Post")
    by = Informant("The Lamp Post", Span(said, said + len("The Lamp Post")))
    town = report.text.index("Town")
    # A degree apart: nobody asks whether two of them are one.
    point = Point(-60.0 + number % 120, -170.0 + number // 120 % 340)
    account = Account(
        when=When.on(report.published or _FIRST_DAY),
        place=Place(name=report.text[town:-1], country="SY", point=point, uncertainty_km=2.0),
        place_span=Span(town, len(report.text) - 1),
        cause=Cause.AIRSTRIKE,
        killed=killed,
        alleged_by=(by,),
    )
    return Reading(
        id=report.id,
        lang="en",
        published=report.published,
        relevant=True,
        accounts=(account,),
        spans=(LabelledSpan(span, Label.KILLED, (0,), killed, said_by=by),),
        reader="load 1",
    )
