"""Is the ledger what was written? Chain, order, end, signatures, guards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bilan.core.values import Fault
from bilan.store.chain import Link, chain_faults, clock_notes
from bilan.store.guards import missing_guards
from bilan.store.ledger import links, seq_of
from bilan.store.models import RecordInfo
from bilan.store.people import JOINED
from bilan.store.signing import MACHINE, signed_by
from bilan.store.verify.verdict import Progress, Verdict

STEP = 500  # entries between two words of progress


def check_ledger(verdict: Verdict, progress: Progress) -> None:
    """One pass over the ledger."""
    info = RecordInfo.objects.get(pk=1)
    signatures = _Signatures(verdict)
    seen = _Seen(info.head_seq, progress)
    verdict.faults += chain_faults(seen.through(signatures.through(links())), seq_of=seq_of)
    verdict.notes += clock_notes(links())
    verdict.entries, verdict.head = seen.count, seen.last.hash if seen.last else ""
    _check_start_and_end(verdict, info, seen)
    for name in missing_guards():
        verdict.faults.append(Fault("ledger.unguarded", f"the guard {name} was removed", "ledger"))


def said(link: Link) -> dict[str, Any]:
    """What an entry says; nothing where it cannot be read, as the chain's check then names it."""
    try:
        body = json.loads(link.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


class _Seen:
    """Counts entries on their way past."""

    def __init__(self, total: int, progress: Progress) -> None:
        self.total, self.progress = total, progress
        self.count = 0
        self.first: Link | None = None
        self.last: Link | None = None

    def through(self, chain: Iterator[Link]) -> Iterator[Link]:
        for link in chain:
            self.first = self.first or link
            self.last = link
            self.count += 1
            if self.count % STEP == 0:
                self.progress("ledger", self.count, max(self.total, self.count))
            yield link
        self.progress("ledger", self.count, self.count)


def _check_start_and_end(verdict: Verdict, info: RecordInfo, seen: _Seen) -> None:
    last = seen.last.seq if seen.last else 0
    if last < info.head_seq:
        missing = f"{last + 1} to {info.head_seq}" if info.head_seq - last > 1 else f"{last + 1}"
        fault = Fault("ledger.cut", f"is missing at the end ({missing})", f"entry {last + 1}")
        verdict.faults.append(fault)
    elif last > info.head_seq or (seen.last and seen.last.hash != info.head_hash):
        fault = Fault("ledger.end", "is not the entry that the record ended with", f"entry {last}")
        verdict.faults.append(fault)
    opened = said(seen.first).get("record") if seen.first else None
    if opened != info.record:
        fault = Fault("ledger.start", "does not open this record", "entry 1")
        verdict.faults.append(fault)


class _Signatures:
    """Who signed what: the keys of the people as the ledger itself gives them, in order."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self.keys: dict[str, str] = {}

    def through(self, chain: Iterator[Link]) -> Iterator[Link]:
        for link in chain:
            if link.kind == JOINED:
                body = said(link)
                self.keys.setdefault(body.get("name", ""), body.get("key", ""))
            self._check(link)
            yield link

    def _check(self, link: Link) -> None:
        if not link.signature and not link.key:
            self.verdict.recorded += link.by != MACHINE
            return
        if self.keys.get(link.by, "") != link.key:
            message = f"is signed with a key that is not {link.by}'s"
        elif not signed_by(link.key, link.signature, link.signed_bytes):
            message = f"carries a signature that {link.by} did not make for it"
        else:
            self.verdict.signed += 1
            return
        self.verdict.faults.append(Fault("ledger.forged", message, f"entry {link.seq}"))
