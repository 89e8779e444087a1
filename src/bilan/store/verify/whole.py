"""The whole check, in the order in which one fault would explain the next."""

from __future__ import annotations

from bilan.store.record import Record
from bilan.store.verify.derived import check_derived
from bilan.store.verify.ledger import check_ledger
from bilan.store.verify.objects import check_objects
from bilan.store.verify.stamps import check_stamps
from bilan.store.verify.verdict import Progress, Verdict, silent


def verify(record: Record, *, progress: Progress = silent) -> Verdict:
    """What is wrong with a record: time is linear in its size, and nobody is kept from writing."""
    verdict = Verdict()
    with record.reading():
        check_ledger(verdict, progress)
        check_stamps(verdict)
        check_objects(record, verdict, progress)
        check_derived(verdict, progress)
    return verdict
