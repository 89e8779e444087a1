"""An entry of a list of the dead, and how a row of a table becomes one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bilan.core.values import Fault
from bilan.core.victims.names import Name, name_of

COLUMNS = ("id", "name", "name_local", "sex", "age", "died_on", "place", "incident")
OLDEST = 120  # years; nobody older is taken for rightly read


class Sex(StrEnum):
    """As a list gives it; nothing is concluded from a name."""

    FEMALE = "female"
    MALE = "male"


_SEXES = {
    "f": Sex.FEMALE, "female": Sex.FEMALE, "w": Sex.FEMALE, "woman": Sex.FEMALE, "girl": Sex.FEMALE,
    "m": Sex.MALE, "male": Sex.MALE, "man": Sex.MALE, "boy": Sex.MALE,
    "femme": Sex.FEMALE, "homme": Sex.MALE, "أنثى": Sex.FEMALE, "ذكر": Sex.MALE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One person as one list has them. `names` are as heard, in each script that the list gives.

    `id` is the list's name and the row's own id; no field holds a name as it is written.
    """

    id: str
    list: str
    names: tuple[Name, ...]
    sex: Sex | None = None
    age: int | None = None
    died_on: date | None = None
    place: Name | None = None
    incident: str | None = None


def entries_of(
    rows: Iterable[tuple[str, Mapping[str, str]]], *, of_list: str
) -> Iterator[Entry | Fault]:
    """Rows (where, cells by column) as entries; a fault for each that cannot be used.

    Columns: `COLUMNS`; only `id` and `name` must be filled. An id twice is a fault: two people
    under one id cannot be told apart.
    """
    seen: set[str] = set()
    for where, row in rows:
        made = _entry(row, of_list, where)
        if isinstance(made, Entry):
            if made.id in seen:
                made = Fault("duplicate_id", f"the id {made.id} stands twice", where)
            else:
                seen.add(made.id)
        yield made


def _entry(row: Mapping[str, str], of_list: str, where: str) -> Entry | Fault:
    cells = {key: (row.get(key) or "").strip() for key in COLUMNS}
    if not cells["id"]:
        return Fault("no_id", "a row needs an id", where)
    names = tuple(n for n in map(name_of, (cells["name"], cells["name_local"])) if n.parts)
    if not names:
        return Fault("no_name", f"no name is heard in row {cells['id']}", where)
    try:
        return Entry(
            f"{of_list}:{cells['id']}",
            of_list,
            names,
            _sex(cells["sex"]),
            _age(cells["age"]),
            date.fromisoformat(cells["died_on"]) if cells["died_on"] else None,
            name_of(cells["place"]) if cells["place"] else None,
            cells["incident"] or None,
        )
    except ValueError as error:
        return Fault("not_read", f"row {cells['id']}: {error}", where)


def _sex(cell: str) -> Sex | None:
    if cell and cell.casefold() not in _SEXES:
        raise ValueError(f"sex {cell!r} is neither female nor male; leave it empty if not known")
    return _SEXES.get(cell.casefold())


def _age(cell: str) -> int | None:
    if not cell:
        return None
    age = int(float(cell))
    if not 0 <= age <= OLDEST:
        raise ValueError(f"age {cell} is not between 0 and {OLDEST}")
    return age
