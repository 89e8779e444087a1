"""Writing to the ledger and reading it.

The only functions that touch the table. `append` runs within `Record.writing`, which holds the
record's one write lock, so that two processes never write the same number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bilan.store.chain import Link, canonical
from bilan.store.models import Entry, RecordInfo
from bilan.store.signing import Author

PAGE = 2000  # entries fetched at a time; more only costs memory


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before it has its place: what kind, and a body of plain JSON values."""

    kind: str
    body: Mapping[str, Any]


def instant(at: datetime) -> str:
    """UTC with microseconds: always 27 characters, so that text order is time order."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, slots=True)
class Head:
    """Where a ledger ends: the number and the hash of its last entry."""

    seq: int
    hash: str


def head() -> Head:
    """Where the ledger ends now."""
    info = RecordInfo.objects.get(pk=1)
    return Head(info.head_seq, info.head_hash)


def chained(drafts: Sequence[Draft], *, after: Head, author: Author, at: datetime) -> list[Link]:
    """Drafts as entries that follow `after`, in the order given; nothing is written."""
    links: list[Link] = []
    seq, prev = after.seq, after.hash
    for draft in drafts:
        seq += 1
        body = canonical(draft.body)
        bare = Link(seq, instant(at), author.name, draft.kind, body, prev, "", "", "")
        links.append(_sealed(bare, author))
        prev = links[-1].hash
    return links


def append(links: Sequence[Link]) -> None:
    """Write entries at the end of the ledger; within the write lock."""
    if links:
        Entry.objects.bulk_create((_row(link) for link in links), PAGE)
        end = links[-1]
        RecordInfo.objects.filter(pk=1).update(head_seq=end.seq, head_hash=end.hash)


def _sealed(bare: Link, author: Author) -> Link:
    signed = replace(bare, key=author.key, signature=author.sign(bare.signed_bytes))
    return replace(signed, hash=signed.due_hash)


def _row(link: Link) -> Entry:
    return Entry(
        seq=link.seq,
        at=link.at,
        by=link.by,
        kind=link.kind,
        body=link.body,
        prev=link.prev,
        key=link.key,
        signature=link.signature,
        hash=link.hash,
    )


def links(*, after: int = 0, kinds: Iterable[str] | None = None) -> Iterator[Link]:
    """Entries after a number, in order, of some kinds only if asked."""
    rows = Entry.objects.order_by("seq")
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    while True:
        page = list(rows.filter(seq__gt=after)[:PAGE])
        if not page:
            return
        for row in page:
            yield row.link()
        after = page[-1].seq


def seq_of(digest: str) -> int | None:
    """Where the entry with this hash stands, None if nowhere."""
    return Entry.objects.filter(hash=digest).values_list("seq", flat=True).first()
