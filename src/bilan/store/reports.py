"""Reports out of the record: their words, as they came in, and what was read in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

from bilan.core.claims.account import Reading
from bilan.core.errors import UnknownName
from bilan.core.incidents.plain import from_plain, to_plain
from bilan.core.values import Report
from bilan.store.chain import canonical
from bilan.store.models import Capture, Entry, ReadingMade
from bilan.store.objects import Objects
from bilan.store.readings import reading_of
from bilan.store.words import ERASED


def words_of_report(report: Report) -> bytes:
    """All that a report says, its id apart, as one object: text, title, publisher, address."""
    return canonical(to_plain(replace(report, id=""))).encode("utf-8")


def report_ids() -> Iterator[str]:
    """The ids of all reports, in the order in which they first came in."""
    seen: set[str] = set()
    for report in Capture.objects.order_by("seq").values_list("report", flat=True).iterator():
        if report not in seen:
            seen.add(report)
            yield report


def is_report(name: str) -> bool:
    """Whether a report of that id is in the record."""
    return Capture.objects.filter(report=name).exists()


def report_named(name: str) -> str:
    """The id of a report of that name; UnknownName where there is none."""
    if is_report(name):
        return name
    raise UnknownName(f"No report {name} is in the record.", hint="`bilan show` lists ids.")


def stored_report(objects: Objects, report: str) -> Report | None:
    """A report as it last came in; None where its words were erased."""
    last = Capture.objects.filter(report=report_named(report)).order_by("-seq")[0]
    data = objects.read(last.words)
    if data is None:
        return None
    plain = cast("dict[str, Any]", json.loads(data))
    return cast("Report", from_plain(Report, {**plain, "id": report}))


def stored_reading(objects: Objects, report: str) -> tuple[Reading, str | None]:
    """The last reading of a report, and the text that it was read in; None = erased.

    A reading of an erased report keeps its values, and its words read "(erased)".
    """
    made = ReadingMade.objects.filter(report=report_named(report)).order_by("-seq")[0]
    before = Capture.objects.filter(report=report, seq__lt=made.seq).order_by("-seq")[0]
    data = objects.read(before.words)
    text = None if data is None else cast("str", json.loads(data)["text"])
    return reading_of(json.loads(Entry.objects.get(pk=made.seq).body), text), text


def quote(text: str | None, start: int, end: int) -> str:
    """The words between two offsets, or what stands for them after an erasure."""
    return ERASED if text is None else text[start:end]
