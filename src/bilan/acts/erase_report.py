"""Erase a report's words, by law or withdrawn consent. What was counted stays counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bilan.acts.deciding import reason
from bilan.core.errors import Refused
from bilan.core.incidents.entries import Erased
from bilan.core.incidents.plain import body_to_plain, kind_of
from bilan.store.ledger import Draft
from bilan.store.models import Capture
from bilan.store.people import Duty, who_may
from bilan.store.record import Record
from bilan.store.reports import report_named


@dataclass(frozen=True, slots=True)
class Erasure:
    """The reports whose words are gone: the one named, and those that were the same bytes."""

    reports: tuple[str, ...]
    objects: int


def erase_report(record: Record, report: str, *, by: str, because: str, at: datetime) -> Erasure:
    """Destroy the keys and the bytes of every capture of a report.

    The ledger keeps the hashes, the reason and the date; offsets and values stay, words read
    "(erased)". A report that rests on the same bytes loses them too and is named.
    """
    why = reason(because)
    with record.writing(f"that {report} is erased") as pen:
        author = who_may(by, Duty.SIGNS)
        if report_named(report) in pen.casebook.shelf.erased:
            raise Refused(f"{report} was erased before.", hint="`bilan show` says when and why.")
        reports, names = _concerned(report)
        fresh = [name for name in reports if name not in pen.casebook.shelf.erased]
        bodies = [Erased(name, why) for name in fresh]
        pen.write([Draft(kind_of(b), body_to_plain(b)) for b in bodies], author=author, at=at)
    with record.writing(f"the end of the erasure of {report}"):
        pass  # whoever writes next destroys what was decided; this is that writer
    return Erasure(tuple(fresh), len(names))


def _concerned(report: str) -> tuple[list[str], set[str]]:
    """The report and all that share an object with it, and their objects."""
    reports, names = [report], set[str]()
    for name in reports:  # grows while it is walked
        for capture in Capture.objects.filter(report=name):
            names |= {capture.bytes, capture.words}
        shared = Capture.objects.filter(bytes__in=names) | Capture.objects.filter(words__in=names)
        found = shared.order_by("seq").values_list("report", flat=True)
        reports += [other for other in dict.fromkeys(found) if other not in reports]
    return reports, names
