"""The hash chain: from entries to the faults in them.

Pure: standard library only, so that a court can read these lines and check a record with them.
The bytes are written down in `docs/reference/record-format.md`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bilan.core.values import Fault

FORMAT = "bilan-entry-1"
FIRST_PREV = "0" * 64  # what the first entry follows


def canonical(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no spaces, UTF-8 as it is, no NaN.

    No raw control character survives JSON, so the text is one line.
    """
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def sha256(data: bytes) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the ledger, as it is stored.

    `at` is UTC, ISO 8601 with microseconds and Z; `body` is canonical JSON; `key` and `signature`
    are hexadecimal, both empty where nobody signed.
    """

    seq: int
    at: str
    by: str
    kind: str
    body: str
    prev: str
    key: str
    signature: str
    hash: str

    @property
    def signed_bytes(self) -> bytes:
        """What a signature covers: the entry, its place in the order, and all that came before."""
        lines = (FORMAT, str(self.seq), self.at, self.by, self.kind, self.prev, self.body)
        return "".join(f"{line}\n" for line in lines).encode("utf-8")

    @property
    def due_hash(self) -> str:
        """The hash that the entry must carry."""
        return sha256(self.signed_bytes + f"{self.key}\n{self.signature}\n".encode())


SeqOf = Callable[[str], "int | None"]  # the hash of an entry -> where it stands, if it does


def chain_faults(links: Iterable[Link], *, seq_of: SeqOf) -> Iterator[Fault]:
    """What is wrong with a ledger, read in the order of `seq`: one fault for each wrong entry."""
    previous: Link | None = None
    for link in links:
        yield from _order(previous, link, seq_of)
        if link.hash != link.due_hash:
            yield _fault("changed", link.seq, "was changed after it was written")
        previous = link


def _order(previous: Link | None, link: Link, seq_of: SeqOf) -> Iterator[Fault]:
    due = previous.seq + 1 if previous else 1
    if link.seq != due:
        missing = str(due) if link.seq == due + 1 else f"{due} to {link.seq - 1}"
        yield Fault("ledger.removed", f"is missing ({missing})", f"entry {due}")
        return
    if link.prev == (previous.hash if previous else FIRST_PREV):
        return
    elsewhere = seq_of(link.prev)
    if elsewhere is None:
        yield _fault("broken", link.seq, f"does not follow entry {link.seq - 1} as it now stands")
    else:
        yield _fault("reordered", link.seq, f"was written after entry {elsewhere}: order changed")


def _fault(code: str, seq: int, message: str) -> Fault:
    return Fault(f"ledger.{code}", message, f"entry {seq}")


def clock_notes(links: Iterable[Link]) -> Iterator[Fault]:
    """Entries dated before the one that they follow. Order is by `seq`; the clock went back."""
    previous: Link | None = None
    for link in links:
        if previous is not None and link.at < previous.at:
            message = f"is dated {link.at}, before the entry that it follows ({previous.at})"
            yield Fault("ledger.clock", message, f"entry {link.seq}")
        previous = link
