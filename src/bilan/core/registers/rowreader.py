"""From the cells of a row to what it asserts, with every defect and the reason for each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from bilan.core.registers.asserted import Asserted, Bounds, Defect, Involved, Kind, Somebody
from bilan.core.registers.cells import (
    NotOnEarth,
    Unreadable,
    day_of,
    degrees_of,
    number_of,
    parts_of,
)
from bilan.core.registers.codes import LONGEST
from bilan.core.registers.countries import country_code
from bilan.core.registers.defects import defects_of
from bilan.core.registers.mapping import Parties, Table, plain_word
from bilan.core.reports.cells import unescaped
from bilan.core.reports.sketches import mark_of
from bilan.core.values import DatePrecision, Fault, PlacePrecision

MOST_PARTIES = 99  # numbered columns of parties that are looked for ({n})
MARKED = "|"

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What a row asserts, or None where it cannot be taken in, and what is wrong with it."""

    asserted: Asserted | None
    faults: tuple[Fault, ...] = ()


def digest_of(cells: Sequence[str], by: str = "") -> str:
    """What identifies a row as it was read: the SHA-256 of its cells and of their meaning.

    `by` is the digest of the table. A cell that an export escaped counts as what it was, so that
    an export comes in as unchanged.
    """
    plain = json.dumps([by, *map(unescaped, cells)], ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


class RowReader:
    """Reads the rows of one table, whose columns stand in the order given."""

    def __init__(self, table: Table, columns: Sequence[str], *, file: str, today: date) -> None:
        """`today`: a day after it is implausible. `file` is what faults are said of."""
        self.table, self.file, self.today = table, file, today
        self.at = {name.strip().casefold(): i for i, name in enumerate(columns)}
        self.columns = tuple(columns)
        self.by = table.digest
        self.parties = [p for spec in table.parties for p in self._numbered(spec)]

    def _numbered(self, spec: Parties) -> Iterator[Parties]:
        if "{n}" not in spec.name:
            yield spec
            return
        for number in range(1, MOST_PARTIES + 1):
            if spec.name.format(n=number).casefold() not in self.at:
                return
            role, answer = spec.role_from, spec.answer_from
            yield replace(
                spec,
                name=spec.name.format(n=number),
                role_from=role and role.format(n=number),
                answer_from=answer and answer.format(n=number),
            )

    def unmapped(self) -> tuple[str, ...]:
        """The columns that mean nothing here: their cells are kept as they came."""
        used = {c.casefold() for c in self.table.required}
        for one in self.parties:
            used |= {c.casefold() for c in (one.name, one.role_from, one.answer_from) if c}
        return tuple(c for c in self.columns if c.strip().casefold() not in used)

    def key(self, line: int, cells: Sequence[str]) -> str | Fault:
        """What identifies a row, or why it cannot be taken in at all."""
        row = _Row(self, line, cells)
        return row.refusal() or row.key()

    def read(
        self, line: int, cells: Sequence[str], key: str, digest: str, *, guessed: bool = False
    ) -> ReadRow:
        """What a row of that key asserts. `guessed`: its encoding was."""
        row = _Row(self, line, cells)
        if guessed:
            row.defects.append(Defect.ENCODING_GUESSED)
        asserted = row.asserted(key, digest)
        if row.typed == 0 and len(row.unread) > 1:
            said = "no date and no number of it can be read: perhaps a second row of column names"
            return ReadRow(None, (row.fault("header_again", said),))
        return ReadRow(asserted, tuple(row.unread))


@dataclass(slots=True)
class _Row:
    """One row while it is read."""

    reader: RowReader
    line: int
    cells: Sequence[str]
    defects: list[str] = field(default_factory=list)
    unread: list[Fault] = field(default_factory=list)
    typed: int = 0  # dates and numbers that could be read

    def fault(self, code: str, said: str, column: str = "") -> Fault:
        where = f"{self.reader.file}, row {self.line}"
        return Fault(code, said, f"{where}, column {column}" if column else where)

    def refusal(self) -> Fault | None:
        """Why the row cannot be taken in at all."""
        wanted = len(self.reader.columns)
        if len(self.cells) != wanted:
            said = f"it has {len(self.cells)} cells, and there are {wanted} columns"
            return self.fault("row_width", said)
        key = self.key()
        if not key.strip(MARKED):
            columns = ", ".join(self.reader.table.key)
            return self.fault("key_missing", "nothing says which row it is", columns)
        named = (key, self.text("code") or "", self.text("of") or "", *self.former())
        if any(len(name) > LONGEST for name in named):
            return self.fault("key_too_long", f"a key or code of more than {LONGEST} characters")
        return None

    def key(self) -> str:
        """The cells that identify the row; those that may name a person only as a mark."""
        return MARKED.join(map(self.key_part, self.reader.table.key))

    def key_part(self, column: str) -> str:
        cell = self.cells[self.reader.at[column.casefold()]].strip()
        return mark_of(cell) if cell and column.casefold() in self.reader.table.hidden else cell

    # -- cells ------------------------------------------------------------------------------

    def cell(self, column: str | None) -> str | None:
        """What a column says; None where it says nothing."""
        if column is None:
            return None
        cell = self.cells[self.reader.at[column.casefold()]]
        return None if plain_word(cell) in self.reader.table.unknown else cell

    def text(self, name: str) -> str | None:
        table = self.reader.table
        said = self.cell(table.fields.get(name))
        return said.strip() if said is not None else table.constant.get(name)

    def word(self, name: str, cell: str | None, column: str) -> str | None:
        """What another recorder's word means here; one that nobody knows is flagged."""
        if cell is None:
            return None
        meaning = self.reader.table.words[name].get(plain_word(cell))
        if meaning is None:
            self.defects.append(Defect.WORD_UNKNOWN)
            said = f"{cell.strip()[:40]!r} is in no list of words for {name}"
            self.unread.append(self.fault("word_unknown", said, column))
        return meaning or None

    def worded(self, name: str, words: str | None = None) -> str | None:
        column = self.reader.table.fields.get(name)
        return self.word(words or name, self.text(name), column or name)

    def number(self, column: str, defect: Defect = Defect.NUMBER_UNREADABLE) -> int | None:
        cell = self.cell(column)
        return None if cell is None else self.value(number_of, cell, column, defect)

    def day(self, name: str) -> date | None:
        column = self.reader.table.fields.get(name)
        cell = self.cell(column)
        if cell is None or column is None:
            return None
        formats = self.reader.table.dates
        return self.value(lambda c: day_of(c, formats), cell, column, Defect.DATE_UNREADABLE)

    def degrees(self, name: str, most: int) -> float | None:
        column = self.reader.table.fields.get(name)
        cell = self.cell(column)
        if cell is None or column is None:
            return None
        wrong = Defect.COORDINATES_UNREADABLE
        return self.value(lambda c: degrees_of(c, most=most), cell, column, wrong)

    def value(
        self, read: Callable[[str], Value], cell: str, column: str, defect: Defect
    ) -> Value | None:
        try:
            found = read(cell)
        except Unreadable as error:
            named = Defect.COORDINATES_OUTSIDE if isinstance(error, NotOnEarth) else defect
            self.defects.append(named)
            self.unread.append(self.fault(str(named), str(error), column))
            return None
        self.typed += 1
        return found

    # -- fields -----------------------------------------------------------------------------

    def former(self) -> tuple[str, ...]:
        cell = self.text("former")
        return parts_of(cell, self.reader.table.lists) if cell else ()

    def bounds(self) -> Iterator[Bounds]:
        table = self.reader.table
        for name, (low, high) in table.counts.items():
            least = self.number(low)
            most = least if low == high else self.number(high)
            if name in table.zero_is_unknown:
                least, most = least or None, most or None
            if least is not None or most is not None:
                yield Bounds(name, least, most)

    def involved(self) -> Iterator[Involved]:
        known: Mapping[str, str] = self.reader.table.words["party"]
        for spec in self.reader.parties:
            cell = self.cell(spec.name)
            role = spec.role or self.word("role", self.cell(spec.role_from), spec.role_from or "")
            finding = self.cell(spec.answer_from)
            answer = self.word("answer", finding, spec.answer_from or "")
            for name in parts_of(cell, spec.lists) if cell else ():
                if plain_word(name) != "unknown":
                    yield Involved(name, known.get(plain_word(name)), role, answer)

    def somebody(self) -> Somebody | None:
        if self.reader.table.kind is not Kind.PERSON:
            return None
        name = self.text("person")
        group, sex = self.worded("age_group"), self.worded("sex")
        same = MARKED.join((name or "", group or "", sex or "", self.text("age") or ""))
        return Somebody(mark_of(same) if name else None, group, sex, self.worded("outcome"))

    def cause(self) -> str | None:
        """The cause that all words of the cell mean; several different ones are none."""
        cell = self.text("cause")
        column = self.reader.table.fields.get("cause", "cause")
        whole = self.reader.table.words["cause"].get(plain_word(cell)) if cell else None
        if cell is None or whole is not None:
            return whole or None
        causes = {self.word("cause", part, column) for part in parts_of(cell, ",;")}
        return causes.pop() if len(causes) == 1 else None

    def asserted(self, key: str, digest: str) -> Asserted:
        table, country = self.reader.table, self.text("country")
        precision = self.worded("place_precision", "precision")
        told = Asserted(
            key=key,
            line=self.line,
            digest=digest,
            kind=table.kind,
            of=self.text("of"),
            code=self.text("code"),
            former=self.former(),
            start=self.day("start"),
            end=self.day("end"),
            precision=DatePrecision(self.worded("date_precision") or "day"),
            place=self.text("place"),
            place_local=self.text("place_local"),
            admin1=self.text("admin1"),
            country=country and (country_code(country) or country),
            lat=self.degrees("lat", 90),
            lon=self.degrees("lon", 180),
            place_precision=PlacePrecision(precision) if precision else None,
            cause=self.cause(),
            grade=self.worded("grade"),
            url=self.text("url"),
            counts=tuple(self.bounds()),
            parties=tuple(self.involved()),
            person=self.somebody(),
        )
        found = (*self.defects, *defects_of(told, table, today=self.reader.today))
        return replace(told, defects=tuple(dict.fromkeys(map(str, _settled(found)))))


def _settled(defects: Sequence[str]) -> Sequence[str]:
    """A cell that cannot be read is not also missing."""
    gone = {
        Defect.DATE_UNREADABLE: Defect.DATE_MISSING,
        Defect.COORDINATES_UNREADABLE: Defect.COORDINATES_MISSING,
        Defect.COORDINATES_OUTSIDE: Defect.COORDINATES_MISSING,
    }
    hidden = {missing for unread, missing in gone.items() if unread in defects}
    return [d for d in defects if d not in hidden]
