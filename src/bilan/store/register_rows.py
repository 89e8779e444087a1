"""From an entry about a register to its rows, and whether the rows that stand there follow.

Every row follows from one entry alone, so that a register of any size is checked and made again
entry by entry, holding one entry at a time.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bilan.core.registers.codes import fold, uses_of
from bilan.core.values import Fault
from bilan.store.asking import Letter
from bilan.store.chain import Link
from bilan.store.ledger import links
from bilan.store.tables import (
    CODES,
    EDITIONS,
    OF_REGISTERS,
    REFUSED,
    REGISTER_ROWS,
    Key,
    Pending,
    Row,
    Table,
)

IMPORTED, EDITION, ROW_ERASED = "imported", "edition", "row-erased"
KINDS = (IMPORTED, EDITION)  # those that rows follow from
SHORT, PLAIN = 200, 60  # characters of a name in the columns; the entry has all of it
NAMED = 20  # differences that are named one by one


def rows_of_entry(link: Link, says: Mapping[str, Any]) -> Iterator[tuple[Table, Key, Row]]:
    """The rows that follow from an entry; none from one that is about something else."""
    if link.kind == EDITION:
        columns = (says[name] for name in EDITIONS.columns if name != "as_of")
        row = [*columns]
        row.insert(EDITIONS.columns.index("as_of"), date.fromisoformat(says["as_of"]))
        yield EDITIONS, (link.seq,), tuple(row)
    elif link.kind == IMPORTED:
        yield from _rows(link.seq, says)


def _rows(seq: int, says: Mapping[str, Any]) -> Iterator[tuple[Table, Key, Row]]:
    home = (says["register"], says["part"])
    as_of = date.fromisoformat(says["as_of"])
    for pos, told in enumerate(says.get("rows", ())):
        folded = fold(told["key"])
        yield REGISTER_ROWS, (*home, folded), _row(told, seq, pos, as_of)
        for code, use in uses_of(told.get("code"), told.get("former", ())):
            yield CODES, (*home, fold(code), folded, seq, str(use)), (code, as_of)
    for pos, refused in enumerate(says.get("refused", ())):
        faults = "; ".join(refused["faults"])
        yield REFUSED, (*home, refused["line"], refused["digest"]), (seq, pos, faults)


def _row(told: Mapping[str, Any], seq: int, pos: int, as_of: date) -> Row:
    start, end = told.get("start"), told.get("end")
    killed, injured = _bounds(told, "killed"), _bounds(told, "injured")
    return (
        told["key"],
        seq,
        pos,
        told["line"],
        told["digest"],
        as_of,
        told.get("kind", "incident"),
        told.get("code", ""),
        told.get("of", ""),
        told.get("person", {}).get("mark", ""),
        date.fromisoformat(start) if start else None,
        date.fromisoformat(end) if end else None,
        told.get("place", "")[:SHORT],
        told.get("admin1", "")[:SHORT],
        told.get("country", "")[:PLAIN],
        told.get("lat"),
        told.get("lon"),
        *killed,
        *injured,
        told.get("grade", ""),
        " ".join(told.get("defects", ())),
    )


def _bounds(told: Mapping[str, Any], name: str) -> tuple[int | None, int | None]:
    for bounds in told.get("counts", ()):
        if bounds["name"] == name:
            return bounds.get("low"), bounds.get("high")
    return None, None


def write_registers() -> None:
    """Make the rows of all registers from the ledger; within the write lock, the tables empty."""
    pending = Pending()
    for link in links(kinds=KINDS):
        for table, key, row in rows_of_entry(link, json.loads(link.body)):
            pending.put(table, key, row)
        letter = Letter()
        pending.write(letter)
        letter.send()


def register_differences() -> Iterator[Fault]:
    """How the rows of registers that stand there differ from what their entries say."""
    found = _differences()
    for count, fault in enumerate(found, start=1):
        if count > NAMED:
            more = sum(1 for _ in found) + 1
            yield Fault("derived", f"and {more} more rows do not follow", "registers")
            return
        yield fault


def _differences() -> Iterator[Fault]:
    matched: Counter[str] = Counter()
    for link in links(kinds=KINDS):
        due: dict[str, dict[Key, Row]] = {}
        for table, key, row in rows_of_entry(link, json.loads(link.body)):
            due.setdefault(table.name, {})[key] = row
        for table in OF_REGISTERS:
            wanted = due.get(table.name, {})
            standing = _standing(table, wanted, link.seq)
            for key, row in wanted.items():
                matched[table.name] += standing.get(key) == row
                yield from _difference(table, key, row, standing.get(key))
    for table in OF_REGISTERS:
        extra = table.model._default_manager.count() - matched[table.name]
        if extra > 0:
            yield Fault("derived", f"{extra} rows stand there and follow from no entry", table.name)


def _standing(table: Table, wanted: Mapping[Key, Row], seq: int) -> dict[Key, Row]:
    """The rows that stand under these keys: those of this entry, or of one that came later."""
    if not wanted:
        return {}
    if "seq" in table.key:
        return _read(table, {"seq": seq})
    column = table.key[-1] if table is REGISTER_ROWS else "line"
    place = table.key.index(column)
    one = next(iter(wanted))
    held = {"register": one[0], "part": one[1], f"{column}__in": {k[place] for k in wanted}}
    return _read(table, held)


def _read(table: Table, which: Mapping[str, Any]) -> dict[Key, Row]:
    cut = len(table.key)
    rows = table.model._default_manager.filter(**which).order_by()
    found = rows.values_list(*table.key, *table.columns)
    return {tuple(row[:cut]): tuple(row[cut:]) for row in found.iterator()}


def _difference(table: Table, key: Key, due: Row, standing: Row | None) -> Iterator[Fault]:
    where = f"{table.name} {' '.join(map(str, key))}"
    if standing is None:
        yield Fault("derived", "follows from the ledger and is missing", where)
        return
    if standing == due:
        return
    if "seq" in table.columns:
        at = table.columns.index("seq")
        if standing[at] > due[at]:
            return  # a later version of the row took its place
    names = [n for n, a, b in zip(table.columns, standing, due, strict=True) if a != b]
    yield Fault("derived", f"does not follow from the ledger ({', '.join(names)})", where)
