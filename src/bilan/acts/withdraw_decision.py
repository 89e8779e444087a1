"""Take a decision back. It stays in the ledger; it no longer counts."""

from __future__ import annotations

from datetime import datetime

from bilan.acts.deciding import Decision, decide, reason
from bilan.core.errors import Refused, UnknownName
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.entries import Withdrawn
from bilan.store.record import Record


def withdraw_decision(record: Record, seq: int, *, by: str, because: str, at: datetime) -> Decision:
    """The decision of that entry no longer stands, whoever took it."""
    why = reason(because)

    def withdrawn(book: Casebook) -> Withdrawn:
        standing = book.shelf.decisions.get(seq)
        if standing is None:
            raise UnknownName(
                f"Entry {seq} is no decision.", hint="`bilan show CODE` lists decisions by number."
            )
        if not standing.stands:
            raise Refused(
                f"Decision {seq} was withdrawn already (entry {standing.withdrawn_by}).",
                hint="Decide anew if it should hold again.",
            )
        return Withdrawn(seq, why)

    return decide(record, f"that decision {seq} is withdrawn", withdrawn, by=by, at=at)
