"""Do the derived tables follow from the ledger, row by row?"""

from __future__ import annotations

from bilan.core.errors import BilanError
from bilan.core.values import Fault
from bilan.store.models import RecordInfo
from bilan.store.register_rows import register_differences
from bilan.store.replay import differences, digest, replayed
from bilan.store.verify.verdict import Progress, Verdict


def check_derived(verdict: Verdict, progress: Progress) -> None:
    """Replay the ledger beside the tables, and compare."""
    info = RecordInfo.objects.get(pk=1)
    if info.derived_seq != info.head_seq:
        where = f"entry {info.derived_seq} of {info.head_seq}"
        verdict.faults.append(Fault("derived.behind", "is where the tables stopped", where))
    try:
        due = replayed(info.head_seq, progress).collect()
    except (BilanError, AttributeError, KeyError, TypeError, ValueError) as error:
        message = f"cannot be replayed: {error}"
        verdict.faults.append(Fault("derived.stuck", message, "the ledger"))
        return
    verdict.faults += [difference.fault() for difference in differences(due)]
    verdict.faults += register_differences()
    verdict.digest = digest()
