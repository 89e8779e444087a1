"""Questions about the registers of other recorders that were taken in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any, cast

from django.db.models import Count, F, Min, Q, QuerySet

from bilan.core.incidents.plain import from_plain
from bilan.core.incidents.register import Known
from bilan.core.registers.asserted import Asserted, Defect, Kind
from bilan.core.registers.codes import Meaning, Use, certain, fold
from bilan.core.values import Point, When
from bilan.store.ledger import links
from bilan.store.models import Entry, RegisterCode, RegisterEdition, RegisterRow
from bilan.store.objects import Objects
from bilan.store.register_rows import ROW_ERASED
from bilan.store.words import ERASED

_SOME = 500  # keys asked for at once
_PIECES = 8  # pieces held while rows are written in the order of their lines


@dataclass(frozen=True, slots=True)
class Part:
    """One table of one register, and how many rows it has."""

    register: str
    part: str
    kind: Kind
    rows: int


def parts() -> list[Part]:
    """Every table of every register."""
    found = RegisterRow.objects.values_list("register", "part", "kind").annotate(n=Count("id"))
    return [Part(r, p, Kind(k), n) for r, p, k, n in found.order_by("register", "part", "kind")]


def editions(register: str | None = None) -> QuerySet[RegisterEdition]:
    """The editions that were taken in to their end, in order."""
    found = RegisterEdition.objects.all()
    return found if register is None else found.filter(register=register)


def asserted_of(row: RegisterRow) -> Asserted:
    """All that a row asserts, from the ledger."""
    body = json.loads(Entry.objects.get(pk=row.seq).body)
    return cast("Asserted", from_plain(Asserted, body["rows"][row.pos]))


def recorder_of(row: RegisterRow) -> str:
    """Whose account a row is."""
    return str(json.loads(Entry.objects.get(pk=row.seq).body)["recorder"])


# -- codes ----------------------------------------------------------------------------------


def meanings_of(code: str) -> tuple[Meaning, ...]:
    """Every row of a register that carries a code or carried it; the newest use of each.

    "REGISTER:KEY" names one row for certain.
    """
    named = _named(code)
    if named is not None:
        return (named,)
    found: dict[tuple[str, str, str], Meaning] = {}
    uses = RegisterCode.objects.filter(fold=fold(code)).order_by("register", "part", "row", "seq")
    for use in uses:
        home = (use.register, use.part, use.row)
        row = RegisterRow.objects.filter(register=use.register, part=use.part, fold=use.row).get()
        first = found[home].since if home in found else use.as_of
        until = None if use.seq == row.seq else _next_edition(use, row)
        kept = found.get(home)
        if kept is not None and kept.until is None and until is None and kept.use is Use.CODE:
            continue
        found[home] = Meaning(use.register, use.part, row.key, row.code, Use(use.use), first, until)
    return tuple(found[home] for home in sorted(found))


def _named(name: str) -> Meaning | None:
    register, colon, key = name.partition(":")
    if not colon:
        return None
    rows = RegisterRow.objects.filter(register=register, fold=fold(key), kind=Kind.INCIDENT)
    row = rows.order_by("part").first()
    if row is None:
        return None
    return Meaning(row.register, row.part, row.key, row.code, Use.CODE, row.as_of)


def _next_edition(use: RegisterCode, row: RegisterRow) -> date:
    later = RegisterCode.objects.filter(
        register=use.register, part=use.part, row=use.row, seq__gt=use.seq
    )
    return later.aggregate(day=Min("as_of"))["day"] or row.as_of


def row_of(meaning: Meaning) -> RegisterRow:
    """The row that a code means."""
    return RegisterRow.objects.get(
        register=meaning.register, part=meaning.part, fold=fold(meaning.key)
    )


def rows_about(row: RegisterRow) -> list[RegisterRow]:
    """The rows of other tables of the register that belong to an incident: parties, people."""
    found = RegisterRow.objects.filter(register=row.register, of=row.code).exclude(code=row.code)
    return list(found.order_by("part", "line")) if row.code else []


# -- defects that only the whole register shows ----------------------------------------------


def _doubtful(register: str, part: str) -> list[list[tuple[str, Use, int]]]:
    """The uses of each code that more than one row carries or carried: row, use, entry.

    One walk over the codes in their order, so that a database without statistics is as fast.
    """
    codes = RegisterCode.objects.filter(register=register, part=part).order_by("fold")
    found = codes.values_list("fold", "row", "use", "seq").iterator()
    grouped = (
        [(row, Use(use), seq) for _, row, use, seq in uses]
        for _, uses in groupby(found, key=lambda code: code[0])
    )
    return [uses for uses in grouped if len({row for row, _, _ in uses}) > 1]


def _entries_of(register: str, part: str, folds: Sequence[str]) -> dict[str, int]:
    """The entry that holds the version of each row that stands now."""
    held: dict[str, int] = {}
    for start in range(0, len(folds), _SOME):
        rows = RegisterRow.objects.filter(
            register=register, part=part, fold__in=folds[start : start + _SOME]
        )
        held.update(rows.values_list("fold", "seq"))
    return held


def shared_defects(register: str, part: str) -> dict[str, list[str]]:
    """By folded key: duplicate codes, aliases of several rows, aliases that are codes today."""
    doubtful = _doubtful(register, part)
    held = _entries_of(register, part, sorted({row for uses in doubtful for row, _, _ in uses}))
    found: dict[str, list[str]] = {}
    for uses in doubtful:
        standing = [(row, use) for row, use, seq in uses if held.get(row) == seq]
        for row, defect in _of_one_code(standing):
            defects = found.setdefault(row, [])
            if defect not in defects:
                defects.append(defect)
    for fold_ in _people_again(register, part):
        found.setdefault(fold_, []).append(str(Defect.DUPLICATE_PERSON))
    return found


def _of_one_code(uses: Sequence[tuple[str, Use]]) -> Iterator[tuple[str, str]]:
    """The rows that one code makes doubtful, each with the defect."""
    own = {row for row, use in uses if use is Use.CODE}
    held = {row for row, use in uses if use is not Use.FORMER}
    former = {row for row, use in uses if use is Use.FORMER}
    if len(own) > 1:
        yield from ((row, str(Defect.DUPLICATE_CODE)) for row in sorted(own))
    if len(former) > 1:
        yield from ((row, str(Defect.ALIAS_AMBIGUOUS)) for row in sorted(former))
    yield from ((row, str(Defect.ALIAS_IN_USE)) for row in sorted(former) if held - {row})


def _people_again(register: str, part: str) -> Iterator[str]:
    """Rows of people that name one who stands in an earlier row of the same incident."""
    seen: set[tuple[str, str]] = set()
    people = RegisterRow.objects.filter(register=register, part=part, kind=Kind.PERSON)
    rows = people.exclude(mark="").order_by("line").values_list("fold", "of", "mark")
    for folded, of, mark in rows.iterator():
        if (of, mark) in seen:
            yield folded
        seen.add((of, mark))


def defects_by_row(register: str, part: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every row's key with all of its defects, in the order of the file."""
    shared = shared_defects(register, part)
    rows = RegisterRow.objects.filter(register=register, part=part).order_by("line", "seq", "pos")
    for key, folded, own in rows.values_list("key", "fold", "defects").iterator():
        yield key, tuple(dict.fromkeys((*own.split(), *shared.get(folded, ()))))


def persons_by_incident() -> Counter[str]:
    """How many different people the registers name for each incident, by its code."""
    people = RegisterRow.objects.filter(kind=Kind.PERSON).exclude(of="").order_by()
    marked = people.exclude(mark="").values_list("register", "of", "mark").distinct()
    nameless = people.filter(mark="").values_list("of", flat=True)
    return Counter(of for _, of, _ in marked.iterator()) + Counter(nameless.iterator())


def resolutions() -> Iterator[tuple[str, str | None]]:
    """Every alias with the code that it means; None where it may mean more than one entry.

    Aliases are former codes, and single codes of a cell that holds several.
    """
    by_fold: dict[str, list[Meaning]] = {}
    spelt: dict[str, str] = {}
    uses = RegisterCode.objects.exclude(use=Use.CODE).order_by("fold")
    wanted = uses.values("fold")
    rows = {
        (r, p, f): (key, code)
        for r, p, f, key, code in RegisterRow.objects.values_list(
            "register", "part", "fold", "key", "code"
        ).iterator()
    }
    for use in RegisterCode.objects.filter(fold__in=wanted).iterator():
        key, code = rows[use.register, use.part, use.row]
        meaning = Meaning(use.register, use.part, key, code, Use(use.use), use.as_of)
        by_fold.setdefault(use.fold, []).append(meaning)
        spelt.setdefault(use.fold, use.code)
    for folded, meanings in sorted(by_fold.items()):
        one = certain(meanings)
        yield spelt[folded], one.code if one else None


# -- the rows as they came ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cells:
    """A row as it came: the columns of its file, and its cells; erased cells are None."""

    columns: tuple[str, ...]
    cells: tuple[str, ...] | None


def columns_of_part(objects: Objects, register: str, part: str) -> tuple[str, ...]:
    """The columns of a table: those of its last edition, then those that only older ones had."""
    names: dict[str, None] = {}
    seqs = RegisterRow.objects.filter(register=register, part=part).order_by("-seq")
    for seq in seqs.values_list("seq", flat=True).distinct().iterator():
        piece = _piece(objects, seq)
        names.update(dict.fromkeys(piece["columns"] if piece else ()))
    return tuple(names)


def rows_as_they_came(objects: Objects, register: str, part: str) -> Iterator[Cells]:
    """The last version of every row, in the order of the lines."""
    load = lru_cache(maxsize=_PIECES)(lambda seq: _piece(objects, seq))
    rows = RegisterRow.objects.filter(register=register, part=part).order_by("line", "seq", "pos")
    for seq, pos in rows.values_list("seq", "pos").iterator():
        piece = load(seq)
        if piece is None:
            yield Cells((), None)
        else:
            cells = piece["rows"][pos][1]
            yield Cells(tuple(piece["columns"]), None if cells is None else tuple(cells))


def object_now(name: str) -> str:
    """The object that holds a piece now: erasing a row writes its piece anew without it."""
    replaced: dict[str, str] = {}
    for link in links(kinds=(ROW_ERASED,)):
        replaced |= json.loads(link.body)["replaced"]
    while name in replaced:
        name = replaced[name]
    return name


def _piece(objects: Objects, seq: int) -> dict[str, Any] | None:
    name = json.loads(Entry.objects.get(pk=seq).body)["objects"]["rows"]
    data = objects.read(object_now(name))
    return None if data is None else cast("dict[str, Any]", json.loads(data))


def in_columns(row: Cells, columns: Sequence[str]) -> list[str]:
    """The cells of a row under these columns; what its file did not have stays empty."""
    if row.cells is None:
        return [ERASED] * len(columns)
    held = dict(zip(row.columns, row.cells, strict=True))
    return [held.get(name, "") for name in columns]


# -- beside our own incidents -----------------------------------------------------------------


def known_between(first: date, last: date) -> dict[str, tuple[RegisterRow, Known]]:
    """The incidents of registers that begin within these days, each under an id of its own."""
    rows = RegisterRow.objects.filter(kind=Kind.INCIDENT, first_day__range=(first, last))
    return {f"{row.register} {row.code or row.key}": (row, _known(row)) for row in rows}


def _known(row: RegisterRow) -> Known:
    when = None
    if row.first_day is not None:
        when = When(row.first_day, max(row.first_day, row.last_day or row.first_day))
    point = None
    if row.lat is not None and row.lon is not None and abs(row.lat) <= 90 and abs(row.lon) <= 180:
        point = Point(row.lat, row.lon)
    names = (row.town,) if row.town else ()
    return Known(f"{row.register} {row.code or row.key}", when, names, row.admin1 or None, point)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents of registers are asked for. None: all. Days are included."""

    register: str | None = None
    place: str | None = None
    since: date | None = None
    until: date | None = None
    grade: str | None = None


def entries(wanted: Wanted) -> QuerySet[RegisterRow]:
    """The incidents that registers tell of, by day, then code; their own words, not ours."""
    found = RegisterRow.objects.filter(kind=Kind.INCIDENT)
    if wanted.register is not None:
        found = found.filter(register=wanted.register)
    if wanted.place is not None:
        name = wanted.place
        at = Q(town__icontains=name) | Q(admin1__icontains=name) | Q(country__iexact=name)
        found = found.filter(at)
    if wanted.since is not None:
        found = found.filter(Q(first_day__gte=wanted.since) | Q(last_day__gte=wanted.since))
    if wanted.until is not None:
        found = found.filter(first_day__lte=wanted.until)
    if wanted.grade is not None:
        found = found.filter(grade__iexact=wanted.grade)
    return found.order_by("register", F("first_day").asc(nulls_last=True), "code", "key")
