"""Erase the words of one row of a register, by law or withdrawn consent. Its values stay."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bilan.acts.deciding import reason
from bilan.core.errors import Refused, UnknownName
from bilan.core.registers.codes import fold
from bilan.store.chain import canonical
from bilan.store.ledger import Draft, links
from bilan.store.models import RegisterRow, StoredObject
from bilan.store.people import Duty, who_may
from bilan.store.record import Record
from bilan.store.register_rows import IMPORTED, ROW_ERASED
from bilan.store.registers import object_now


@dataclass(frozen=True, slots=True)
class RowErasure:
    """A row whose words are gone, and how many versions of it had them."""

    register: str
    part: str
    key: str
    versions: int


def erase_row(
    record: Record, row: RegisterRow, *, by: str, because: str, at: datetime
) -> RowErasure:
    """Write each piece that holds a version of the row anew without its cells; destroy the old.

    The ledger keeps the values, the hashes, the reason and the date; the cells read "(erased)".
    """
    why = reason(because)
    what = f"that {row.register}:{row.key} is erased"
    with record.writing(what) as pen:
        author = who_may(by, Duty.SIGNS)
        replaced = _without(record, row)
        if not replaced:
            raise Refused(
                f"{row.register}:{row.key} was erased before.", hint="Nothing is left of its words."
            )
        body = {
            "register": row.register,
            "part": row.part,
            "key": row.key,
            "because": why,
            "replaced": replaced,
        }
        pen.write([Draft(ROW_ERASED, body)], author=author, at=at)
        StoredObject.objects.filter(pk__in=replaced).update(erased=True)
    with record.writing(f"the end of the erasure of {row.key}"):
        pass  # whoever writes next destroys what was decided; this is that writer
    return RowErasure(row.register, row.part, row.key, len(replaced))


def row_named(name: str, table: str | None = None) -> RegisterRow:
    """The row that REGISTER:KEY names, in a table of that name where several have the key."""
    register, _, key = name.partition(":")
    found = RegisterRow.objects.filter(register=register, fold=fold(key))
    if table is not None:
        found = found.filter(part=table)
    rows = list(found.order_by("part"))
    if len(rows) == 1:
        return rows[0]
    if rows:
        tables = ", ".join(row.part for row in rows)
        raise Refused(f"{name} stands in {len(rows)} tables.", hint=f"Say --table: {tables}.")
    raise UnknownName(f"No row is called {name}.", hint="`bilan registers rows` lists keys.")


def _without(record: Record, row: RegisterRow) -> dict[str, str]:
    """The pieces that hold versions of the row, by the object that takes the place of each."""
    replaced: dict[str, str] = {}
    for link in links(kinds=(IMPORTED,)):
        body = json.loads(link.body)
        places = _places(body, row)
        if not places:
            continue
        old = object_now(body["objects"]["rows"])
        piece = _blank(record.objects.read(old), places)
        if piece is not None:
            sealed = record.objects.seal(canonical(piece).encode("utf-8"))
            record.objects.keep([sealed])
            replaced[old] = sealed.sha256
    return replaced


def _places(body: dict[str, Any], row: RegisterRow) -> list[int]:
    if (body["register"], body["part"]) != (row.register, row.part):
        return []
    return [n for n, told in enumerate(body["rows"]) if fold(told["key"]) == row.fold]


def _blank(data: bytes | None, places: list[int]) -> dict[str, Any] | None:
    """The piece without the cells of these rows; None where they were gone already."""
    if data is None:
        return None
    piece: dict[str, Any] = json.loads(data)
    if all(piece["rows"][place][1] is None for place in places):
        return None
    for place in places:
        piece["rows"][place][1] = None
    return piece
