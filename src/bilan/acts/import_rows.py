"""Take a register of another recorder into a record, row by row, apart from our own readings.

What a row asserts goes into the ledger as values; its cells, exactly as they came, go into an
object (`store/objects.py`), so that the file can be written again and words can be erased. Killed
at any moment, the record holds whole pieces: run it again and it continues.
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from bilan.capture.sheets import Row, Sheet
from bilan.core.incidents.plain import to_plain
from bilan.core.registers.asserted import Asserted
from bilan.core.registers.codes import fold, uses_of
from bilan.core.registers.mapping import Shape, Table
from bilan.core.registers.rowreader import RowReader, digest_of
from bilan.core.values import Fault
from bilan.store.chain import canonical, sha256
from bilan.store.ledger import Draft
from bilan.store.models import RegisterEdition, RegisterRefused, RegisterRow, StoredObject
from bilan.store.objects import Sealed
from bilan.store.pen import OBJECTS
from bilan.store.people import Duty, machine_or
from bilan.store.record import Record
from bilan.store.register_rows import EDITION, IMPORTED
from bilan.store.registers import shared_defects
from bilan.store.seen import Seen, seen_keys
from bilan.store.trouble import told_plainly

PIECE = 100  # rows of one entry: others wait for it some tens of milliseconds
LARGE = 1_000_000  # characters after which a piece ends: rows may be four million long each
_NUMBER = re.compile(r"#\d+$")  # of a key that may come again
NAMED = 20  # rows that are no longer in a register, named one by one


class Outcome(StrEnum):
    """What became of a row."""

    NEW = "new"
    CHANGED = (
        "changed"  # the record has the row with other cells; the new ones are its next version
    )
    SAME = "unchanged"
    DIFFERS = "different"  # the same, and nobody asked for an update: nothing was written
    REFUSED = "refused"


WRITTEN = (Outcome.NEW, Outcome.CHANGED)


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked: which register and table a sheet is, whether known rows may change.

    `as_of` is the day of the register's edition: the day that its codes are dated by.
    """

    shape: Shape
    table: Table
    register: str
    as_of: date
    update: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """What became of some rows, in the order of the file, once they are safe on the disk."""

    outcomes: Counter[Outcome]
    faults: tuple[Fault, ...]
    defects: Counter[str]


@dataclass(slots=True)
class _Taken:
    """One row on its way in. Without a key it is refused; only what is written is read."""

    row: Row
    digest: str
    key: str | None
    faults: tuple[Fault, ...] = ()
    outcome: Outcome = Outcome.REFUSED
    bare: str = ""  # the folded key before it was numbered
    asserted: Asserted | None = None

    @property
    def fold(self) -> str:
        return fold(self.key) if self.key is not None else ""


@dataclass(slots=True)
class Import:
    """One import: iterate over it until its end; then `missing` and `end` say the rest."""

    record: Record
    sheet: Sheet
    order: Order
    clock: Callable[[], datetime]
    by: str | None = None
    moved: Callable[[int], object] = lambda _: None
    missing: tuple[str, ...] = ()  # keys of the record that the file does not have
    absent: int = 0
    shared: Counter[str] = field(default_factory=Counter)  # defects that only all rows show
    total: Counter[Outcome] = field(default_factory=Counter)

    def __iter__(self) -> Iterator[Piece]:
        """What became of each piece of the file. Small writes of others pass between two pieces."""
        if self.by is not None:
            machine_or(self.by, Duty.RECORDS)  # says so before an hour of work, not after
        reader = self.reader()
        with seen_keys() as seen:
            for batch in _pieces(self.sheet.rows(moved=self.moved)):
                piece = self._piece([_taken(row, reader) for row in batch], reader, seen)
                self.total += piece.outcomes
                yield piece
            self._end(seen)

    def reader(self) -> RowReader:
        """What reads the rows of this sheet."""
        order = self.order
        name = self.sheet.path.name
        return RowReader(order.table, self.sheet.columns, file=name, today=order.as_of)

    def late_notes(self) -> tuple[Fault, ...]:
        """What was wrong with the file as a whole and only showed at its end."""
        return tuple(note for note in self.sheet.notes if note.code.startswith("archive"))

    # -- one piece --------------------------------------------------------------------------

    def _piece(self, batch: list[_Taken], reader: RowReader, seen: Seen) -> Piece:
        self._tell_apart(batch, seen)
        self._judge(batch)
        for one in batch:
            if one.key is not None and (self.order.dry_run or one.outcome in WRITTEN):
                _read(one, reader)
        if self.order.dry_run:
            seen.note_codes(_codes(batch))
        if not self.order.dry_run and self._to_write(batch):
            self._write(batch)
        told = [one.asserted for one in batch if one.asserted is not None]
        return Piece(
            Counter(one.outcome for one in batch),
            tuple(fault for one in batch for fault in one.faults),
            Counter(defect for one in told for defect in one.defects),
        )

    def _tell_apart(self, batch: list[_Taken], seen: Seen) -> None:
        """Refuse a key that came before in the file; number those that may come again."""
        known = seen.known([one.fold for one in batch])
        for one in batch:
            if one.key is None:
                continue
            key, folded = one.key, one.fold
            one.bare = folded
            before = known.get(folded)
            if before is None:
                known[folded] = (key, one.row.line, 1)
                continue
            known[folded] = (*before[:2], before[2] + 1)
            if self.order.table.repeats:
                one.key = f"{key}#{before[2] + 1}"
            else:
                self._refuse(one, *_why_again(key, before[0], f"row {before[1]}"))
        seen.note([(f, *known[f]) for f in dict.fromkeys(o.bare for o in batch) if f in known])

    def _refuse(self, one: _Taken, code: str, said: str) -> None:
        where = f"{self.sheet.path.name}, row {one.row.line}, column"
        columns = ", ".join(self.order.table.key)
        one.key, one.outcome = None, Outcome.REFUSED
        one.faults = (*one.faults, Fault(code, said, f"{where} {columns}"))

    def _judge(self, batch: Sequence[_Taken]) -> None:
        """What is to become of each row, as the record stands now."""
        home = {"register": self.order.register, "part": self.order.table.name}
        folds = [one.fold for one in batch if one.key is not None]
        rows = RegisterRow.objects.filter(**home, fold__in=folds)
        known = {f: (key, digest) for f, key, digest in rows.values_list("fold", "key", "digest")}
        for one in batch:
            if one.key is not None:
                self._judge_one(one, one.key, known.get(one.fold))
        refused = [one for one in batch if one.key is None]
        if refused:
            there = RegisterRefused.objects.filter(**home, line__in=[o.row.line for o in refused])
            kept = set(there.values_list("line", "digest"))
            for one in refused:
                if (one.row.line, one.digest) in kept:
                    one.digest = ""  # kept as it came already: not once more

    def _judge_one(self, one: _Taken, key: str, known: tuple[str, str] | None) -> None:
        if known is None:
            one.outcome = Outcome.NEW
        elif known[0] != key:
            self._refuse(one, *_why_again(key, known[0], "the record"))
        elif known[1] == one.digest:
            one.outcome = Outcome.SAME
        elif self.order.update:
            one.outcome = Outcome.CHANGED
        elif one.outcome is not Outcome.DIFFERS:
            one.outcome = Outcome.DIFFERS
            said = f"the record has {key} with other cells, or read by another mapping: --update"
            where = f"{self.sheet.path.name}, row {one.row.line}"
            one.faults = (*one.faults, Fault("row_differs", said, where))

    def _to_write(self, batch: Sequence[_Taken]) -> bool:
        return any(one.outcome in WRITTEN or _fresh(one) for one in batch)

    def _write(self, batch: list[_Taken]) -> None:
        what = f"rows {batch[0].row.line} to {batch[-1].row.line} of {self.sheet.path.name}"
        with told_plainly(what):
            sealed, body = self._prepared(batch)
        try:
            with self.record.writing(what) as pen:
                expected = [one.outcome for one in batch]
                self._judge(batch)
                if self._to_write(batch):
                    if [one.outcome for one in batch] != expected:  # another was faster
                        sealed.part.unlink()
                        sealed, body = self._prepared(batch)
                    self._keep(sealed)
                    author = machine_or(self.by, Duty.RECORDS)
                    pen.write([Draft(IMPORTED, body)], author=author, at=self.clock())
        finally:
            sealed.part.unlink(missing_ok=True)

    def _prepared(self, batch: Sequence[_Taken]) -> tuple[Sealed, dict[str, Any]]:
        """The object and the entry of a piece: the slow part, before the lock is taken."""
        sealed = self.record.objects.seal(self._kept(batch))
        return sealed, self._body(batch, sealed.sha256)

    def _keep(self, sealed: Sealed) -> None:
        if not StoredObject.objects.filter(pk=sealed.sha256).exists():
            self.record.objects.keep([sealed])

    def _kept(self, batch: Sequence[_Taken]) -> bytes:
        """The cells as they came, of rows and refused rows in the order of the entry."""
        rows = [[one.row.line, one.row.cells] for one in batch if one.outcome in WRITTEN]
        refused = [[one.row.line, _cells_of(one.row)] for one in batch if _fresh(one)]
        body = {"columns": self.sheet.columns, "rows": rows, "refused": refused}
        return canonical({**body, "file": self.sheet.sha256}).encode("utf-8")

    def _body(self, batch: Sequence[_Taken], name: str) -> dict[str, Any]:
        order = self.order
        refused = [
            {
                "line": one.row.line,
                "digest": one.digest,
                "faults": sorted({fault.code for fault in one.faults}),
            }
            for one in batch
            if _fresh(one)
        ]
        rows = [to_plain(one.asserted) for one in batch if one.outcome in WRITTEN]
        return {**self._head(), OBJECTS: {"rows": name}, "rows": rows, "refused": refused} | {
            "recorder": order.shape.recorder,
            "mapping": {"name": order.shape.name, "sha256": order.shape.digest},
        }

    def _head(self) -> dict[str, Any]:
        return {
            "register": self.order.register,
            "part": self.order.table.name,
            "as_of": self.order.as_of.isoformat(),
            "sha256": self.sheet.sha256,
        }

    # -- the end ----------------------------------------------------------------------------

    def _end(self, seen: Seen) -> None:
        self._look_for_missing(seen)
        self.shared = seen.shared() if self.order.dry_run else self._shared()
        if self.order.dry_run or self.late_notes() or self._closed_before():
            return
        counts = {
            "rows": self.total.total(),
            "new": self.total[Outcome.NEW],
            "changed": self.total[Outcome.CHANGED],
            "same": self.total[Outcome.SAME] + self.total[Outcome.DIFFERS],
            "refused": self.total[Outcome.REFUSED],
        }
        named = {"mapping": self.order.shape.name, "file": self.sheet.path.name[:200]}
        with self.record.writing(f"the end of {self.sheet.path.name}") as pen:
            author = machine_or(self.by, Duty.RECORDS)
            body = {**self._head(), **named, **counts}
            pen.write([Draft(EDITION, body)], author=author, at=self.clock())

    def _shared(self) -> Counter[str]:
        found = shared_defects(self.order.register, self.order.table.name)
        return Counter(defect for defects in found.values() for defect in defects)

    def _closed_before(self) -> bool:
        """Whether this very file was taken in to its end before, and brought nothing now."""
        if any(self.total[outcome] for outcome in WRITTEN):
            return False
        home = {"register": self.order.register, "part": self.order.table.name}
        return RegisterEdition.objects.filter(**home, sha256=self.sheet.sha256).exists()

    def _look_for_missing(self, seen: Seen) -> None:
        """The rows that the record has and the file has not: said, never removed."""
        home = {"register": self.order.register, "part": self.order.table.name}
        rows = RegisterRow.objects.filter(**home).order_by("line").values_list("key", flat=True)
        found = rows.iterator()
        while some := list(islice(found, PIECE)):
            there = seen.known([self._bare(key) for key in some])
            gone = [key for key in some if self._bare(key) not in there]
            self.absent += len(gone)
            self.missing += tuple(gone[: NAMED - len(self.missing)])

    def _bare(self, key: str) -> str:
        return fold(_NUMBER.sub("", key) if self.order.table.repeats else key)


def _pieces(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in their order, as many at a time as are written together."""
    piece: list[Row] = []
    size = 0
    for row in rows:
        piece.append(row)
        size += sum(map(len, row.cells or ())) + len(row.raw)
        if len(piece) == PIECE or size > LARGE:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _taken(row: Row, reader: RowReader) -> _Taken:
    """A row with its key, or the reason why it has none."""
    digest = digest_of(row.cells, reader.by) if row.cells is not None else sha256(row.raw)
    if row.cells is None or row.faults:
        return _Taken(row, digest, None, row.faults)
    key = reader.key(row.line, row.cells)
    return _Taken(row, digest, key) if isinstance(key, str) else _Taken(row, digest, None, (key,))


def _read(one: _Taken, reader: RowReader) -> None:
    """What the row asserts; a row of which nothing can be read is refused after all."""
    assert one.row.cells is not None and one.key is not None
    read = reader.read(one.row.line, one.row.cells, one.key, one.digest, guessed=one.row.guessed)
    one.asserted, one.faults = read.asserted, (*one.faults, *read.faults)
    if read.asserted is None:
        one.key, one.outcome = None, Outcome.REFUSED


def _codes(batch: Sequence[_Taken]) -> Iterator[tuple[str, str, str]]:
    for one in batch:
        if one.asserted is not None:
            for code, use in uses_of(one.asserted.code, one.asserted.former):
                yield fold(code), one.fold, use


def _cells_of(row: Row) -> Any:
    """The cells of a refused row, or its bytes where it could not be taken apart."""
    if row.cells is not None:
        return row.cells
    return {"base64": base64.b64encode(row.raw).decode("ascii")}


def _fresh(one: _Taken) -> bool:
    return one.outcome is Outcome.REFUSED and bool(one.digest)


def _why_again(key: str, known: str, where: str) -> tuple[str, str]:
    if key == known:
        return "duplicate_key", f"{key} stands in {where} already"
    return "key_case", f"{key} differs from {known} ({where}) only in case or look-alike letters"
