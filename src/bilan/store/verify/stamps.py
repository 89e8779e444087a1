"""Do the stamps hold, and do they cover what stands in the ledger now?"""

from __future__ import annotations

import json

from bilan.core.errors import IntegrityError
from bilan.core.values import Fault
from bilan.store.chain import Link
from bilan.store.ledger import links
from bilan.store.models import Entry, RecordInfo
from bilan.store.stamps import STAMPED, checked
from bilan.store.verify.verdict import Verdict


def check_stamps(verdict: Verdict) -> None:
    """Every stamp, offline, with the certificates that were kept with it."""
    record = RecordInfo.objects.get(pk=1).record
    for link in links(kinds=[STAMPED]):
        wrong = _wrong(record, link, verdict)
        if wrong is not None:
            verdict.faults.append(Fault("stamp", wrong, f"the stamp in entry {link.seq}"))


def _wrong(record: str, link: Link, verdict: Verdict) -> str | None:
    try:
        body = json.loads(link.body)
        stamp = checked(record, body)
    except IntegrityError as error:
        return error.message
    except (KeyError, TypeError, ValueError):
        return "cannot be read"
    covered = Entry.objects.filter(pk=stamp.seq).values_list("hash", flat=True).first()
    if covered != body["head"] or stamp.seq >= link.seq:
        return f"covers another entry {stamp.seq} than the one that stands there"
    verdict.stamps.append(stamp)
    return None
