"""Have the end of the ledger stamped by somebody else's clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from cryptography.x509 import Certificate

from bilan.core.errors import Refused
from bilan.store.ledger import Draft, head, seq_of
from bilan.store.people import Duty, machine_or
from bilan.store.record import Record
from bilan.store.stamps import STAMPED, Stamp, check, own_chain, stamp_body, stamped_bytes

Ask = Callable[[str, bytes], bytes]  # an authority's address and a message -> its answer


def stamp_head(
    record: Record,
    address: str,
    ask: Ask,
    *,
    at: datetime,
    certificates: Sequence[Certificate] = (),
    by: str | None = None,
) -> Stamp:
    """A stamp on everything up to the last entry, kept as the next one with its certificates.

    `certificates` are those on which the authority's word rests, its root above all; without them
    those are kept that it sent, if a root is among them. Nothing is written unless the stamp
    holds.
    """
    end = head()
    answer = ask(address, stamped_bytes(record.id, end))
    kept = list(certificates)
    kept += [
        one for one in own_chain(answer) if one not in kept and (not kept or not _is_root(one))
    ]
    stamp = check(record.id, end, answer, kept)
    with record.writing(f"the stamp on entry {end.seq}") as pen:
        author = machine_or(by, Duty.RECORDS)
        if seq_of(end.hash) != end.seq:
            raise Refused("What was stamped is no longer in the ledger.", hint="`bilan verify`.")
        body = stamp_body(end, address, answer, kept)
        pen.write([Draft(STAMPED, body)], author=author, at=at)
    return stamp


def _is_root(one: Certificate) -> bool:
    return one.subject == one.issuer
