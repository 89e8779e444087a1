"""Writing to the ledger and reading it.

The only functions that touch the table. `append` runs within `Record.writing`, which holds the
record's one write lock, so that two processes never write the same number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.db import transaction

from bilan.core.errors import IntegrityError, Refused
from bilan.store.asking import Letter, marks, one, rows
from bilan.store.chain import Link, canonical
from bilan.store.models import Entry, RecordInfo
from bilan.store.signing import Author

PAGE = 2000  # entries fetched at a time; more only costs memory
_COLUMNS = ", ".join(f'"{name}"' for name in Link.__slots__)


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


def head(*, using: str = "default") -> Head:
    """Where the ledger ends now."""
    asked = "SELECT head_seq, head_hash FROM record_info WHERE id = 1"
    return Head(*one(asked, using=using))


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


def append(links: Sequence[Link], letter: Letter) -> None:
    """Entries at the end of the ledger, as statements; within the write lock."""
    if links:
        letter.add_rows(f"INSERT INTO ledger ({_COLUMNS})", "", [_told(link) for link in links])
        end = links[-1]
        head = "UPDATE record_info SET head_seq = %s, head_hash = %s WHERE id = 1"
        letter.add(head, (end.seq, end.hash))


def take_over(chain: Iterable[Link], *, record: str, using: str = "default") -> Head:
    """Write the entries of this record that another database or a backup holds; where it ends.

    They are as they were written there: nothing is signed or hashed anew. Entries that are here
    already are passed over; IntegrityError where they differ, or where one does not follow the
    one before. Each page is written whole, so that what was interrupted is continued.
    """
    info = RecordInfo.objects.using(using).get(pk=1)
    if info.record != record:
        raise Refused(
            f"The database holds record {info.record[:8]} already.", hint="Use another database."
        )
    end = Head(info.head_seq, info.head_hash)
    following = iter(chain)
    while page := list(islice(following, PAGE)):
        page = _fresh(page, end)
        if not page:
            continue
        with transaction.atomic(using=using):
            Entry.objects.using(using).bulk_create((_row(link) for link in page), PAGE)
            end = Head(page[-1].seq, page[-1].hash)
            rows = RecordInfo.objects.using(using).filter(pk=1)
            rows.update(head_seq=end.seq, head_hash=end.hash)
    return end


def _fresh(page: list[Link], end: Head) -> list[Link]:
    """The links of a page that come after the end; IntegrityError where two pasts differ."""
    for link in page:
        differs = link.seq == end.seq and link.hash != end.hash
        if differs or (link.seq == end.seq + 1 and link.prev != end.hash):
            raise IntegrityError(
                f"Entry {link.seq} is another one there than here: two pasts of one record.",
                hint="Nothing was mixed. `bilan verify` each of them to see which one holds.",
            )
    fresh = [link for link in page if link.seq > end.seq]
    if fresh and fresh[0].seq != end.seq + 1:
        raise IntegrityError(f"Entry {end.seq + 1} is missing.", hint="Use another copy.")
    return fresh


def _sealed(bare: Link, author: Author) -> Link:
    signed = replace(bare, key=author.key, signature=author.sign(bare.signed_bytes))
    return replace(signed, hash=signed.due_hash)


def _told(link: Link) -> tuple[int | str, ...]:
    """The values of a link, in the order of `_COLUMNS`."""
    return tuple(getattr(link, name) for name in Link.__slots__)


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


def links(
    *, after: int = 0, kinds: Iterable[str] | None = None, using: str = "default"
) -> Iterator[Link]:
    """Entries after a number, in order, of some kinds only if asked."""
    found = Entry.objects.using(using).order_by("seq")
    if kinds is not None:
        found = found.filter(kind__in=list(kinds))
    while True:
        page = list(found.filter(seq__gt=after)[:PAGE])
        if not page:
            return
        for row in page:
            yield row.link()
        after = page[-1].seq


def news(after: int, kinds: Sequence[str]) -> Iterator[Link]:
    """The entries of some kinds since somebody looked: few, found by number and not by kind."""
    # The empty text keeps SQLite from the index of kinds, with which it sorts the whole ledger.
    asked = (
        f"SELECT {_COLUMNS} FROM ledger WHERE seq > %s AND kind || '' IN {marks(kinds)}"  # noqa: S608 - our own names
        f" ORDER BY seq LIMIT {PAGE}"
    )
    while page := [Link(*row) for row in rows(asked, (after, *kinds))]:
        yield from page
        after = page[-1].seq


def seq_of(digest: str) -> int | None:
    """Where the entry with this hash stands, None if nowhere."""
    return Entry.objects.filter(hash=digest).values_list("seq", flat=True).first()
