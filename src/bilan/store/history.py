"""The ledger as history: where a day ended, and the entries that can have moved an incident."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import TypeVar

from django.db.models import Max

from bilan.core.incidents.entries import Entry
from bilan.core.incidents.telling import report_of
from bilan.store.chain import Link
from bilan.store.ledger import links
from bilan.store.models import Capture, ReadingMade
from bilan.store.models import Entry as EntryRow
from bilan.store.pen import core_body

ALWAYS = ("linked", "decided", "withdrawn", "erased")  # small entries: all of them are replayed
AT_ONCE = 500  # numbers in one question to the database, which SQLite limits


def end_of(day: date) -> int:
    """The number of the last entry of that day, by UTC, or of an earlier one; 0 if there is none.

    The ledger's order is by number: where a clock once stood wrong, what came before counts too.
    """
    next_day = (day + timedelta(days=1)).isoformat()
    return EntryRow.objects.filter(at__lt=next_day).aggregate(Max("seq"))["seq__max"] or 0


def entries_until(last: int) -> Iterator[Entry]:
    """Every entry about incidents, in order, up to that number."""
    return _entries(links(), last)


def entries_about(code: str, last: int) -> Iterator[Entry]:
    """The entries that can have moved one incident, and those that are needed to place them."""
    seqs = sorted(s for s in _told_by(_reports_ever(code)) if s <= last)
    read = (row.link() for part in _parts(seqs) for row in _rows(part))
    always = links(kinds=ALWAYS)
    return _entries(heapq.merge(read, always, key=lambda link: link.seq), last)


def _entries(found: Iterable[Link], last: int) -> Iterator[Entry]:
    for link in found:
        if link.seq > last:
            return
        body = core_body(link, json.loads(link.body))
        if body is not None:
            yield Entry(link.seq, link.at, link.by, body, signed=bool(link.signature))


T = TypeVar("T")


def _parts(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in parts that one question to the database can hold."""
    following = iter(values)
    while part := list(islice(following, AT_ONCE)):
        yield part


def _rows(seqs: Iterable[int]) -> Iterator[EntryRow]:
    return EntryRow.objects.filter(seq__in=list(seqs)).order_by("seq").iterator()


def _told_by(reports: set[str]) -> Iterator[int]:
    """The numbers of the entries by which these reports came in and were read."""
    for part in _parts(sorted(reports)):
        for table in (Capture, ReadingMade):
            yield from table.objects.filter(report__in=part).values_list("seq", flat=True)


def _reports_ever(code: str) -> set[str]:
    """The reports that ever told of an incident, under any code that became it or it became."""
    placed: dict[str, set[str]] = {}
    kin: dict[str, set[str]] = {}
    for link in links(kinds=("linked",)):
        says = json.loads(link.body)
        for one in says.get("placed", ()):
            if one.get("code"):
                placed.setdefault(one["code"], set()).add(report_of(one["telling"]))
        for old, new in says.get("retired", ()):
            kin.setdefault(old, set()).add(new)
            kin.setdefault(new, set()).add(old)
    family, ring = {code}, {code}
    while ring:
        ring = {other for one in ring for other in kin.get(one, ())} - family
        family |= ring
    return set().union(*(placed.get(one, set()) for one in family))
