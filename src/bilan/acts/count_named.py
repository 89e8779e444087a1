"""Take the number of distinct dead whom lists name for an incident; the names stay in the lists."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bilan.acts.deciding import Decision, decide, incident_meant, reason
from bilan.core.errors import Refused
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.entries import Decided, Verb
from bilan.core.incidents.plain import to_plain
from bilan.core.tolls.named import NAMED
from bilan.core.values import Count
from bilan.core.victims.answers import Answers
from bilan.core.victims.entry import Entry
from bilan.core.victims.floor import Floor, floor_of
from bilan.core.victims.matching import proposals
from bilan.store.record import Record

SHOWN = 5  # pairs that an error names; the table of pairs has them all


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted, and the decision that it became."""

    floor: Floor
    decision: Decision


def count_named(
    record: Record,
    incident: str,
    entries: Collection[Entry],
    answers: Answers,
    *,
    by: str,
    because: str,
    at: datetime,
) -> Counted:
    """The distinct people under this incident's code raise the floor of its killed.

    Refused while somebody on the lists is, or may be, one person under two incidents.
    """
    why = reason(because)
    asked = proposals(entries)
    found: list[Floor] = []

    def decided(book: Casebook) -> Decided:
        code = incident_meant(book, incident)

        def within(cell: str) -> bool:
            return cell in book.shelf.codes and book.resolve(cell) == code

        floor = floor_of(entries, answers, asked, within=within)
        _check(floor, code)
        found.append(floor)
        from_lists = f"{floor.entries} entries of {', '.join(floor.lists)}"
        return Decided(
            Verb.SET,
            f"{why} ({from_lists})",
            (code,),
            tellings=(book.anchor(code),),
            field=NAMED,
            value=to_plain(Count.exactly(floor.people)),
        )

    done = decide(record, f"the named dead of {incident}", decided, by=by, at=at)
    return Counted(found[-1], done)


def _check(floor: Floor, code: str) -> None:
    if not floor.entries:
        raise Refused(
            f"No entry of these lists stands under {code}.",
            hint="Write the incident's code into the column `incident` of those who died there.",
        )
    if floor.elsewhere:
        pairs = "; ".join(f"{one} and {other}" for one, other in floor.elsewhere[:SHOWN])
        raise Refused(
            f"One person may be counted twice, under two incidents: {pairs}.",
            hint="Answer these pairs (`bilan victims match --out`), or mend the column `incident`.",
        )
