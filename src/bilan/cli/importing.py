"""`bilan import`: the register of another recorder, apart from our own readings."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from bilan.acts.import_rows import Import, Order, Outcome
from bilan.capture.sheets import Sheet, open_sheet
from bilan.cli.asking import IfItMatters, as_day
from bilan.cli.exits import Exit
from bilan.cli.harmless import harmless
from bilan.cli.progress import Bar
from bilan.cli.record_commands import AsJson, now, opened, say, say_json
from bilan.core.errors import UsageError
from bilan.core.registers.mapping import Shape, Table, read_shape, shape_named
from bilan.store.record import Record

app = typer.Typer()

MOST_FAULTS = 1_000  # of one file shown on the screen; `bilan registers rows` has them all


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asked for."""

    shape: Shape
    table: str | None
    register: str
    as_of: date
    encoding: str | None
    delimiter: str | None
    update: bool
    dry_run: bool
    by: str | None


@dataclass
class Told:
    """What became of one file."""

    file: str
    table: str
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    defects: Counter[str] = field(default_factory=Counter)
    faults: int = 0
    absent: int = 0


@app.command("import")
def import_(
    context: typer.Context,
    path: Annotated[
        Path, typer.Argument(metavar="FILE | DIR", help="A CSV, also zipped; or a folder of them.")
    ],
    mapping: Annotated[
        str,
        typer.Option(metavar="NAME | FILE.toml", help="What the columns mean: `bilan registers`."),
    ],
    table: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which table of the mapping, if in doubt.")
    ] = None,
    register: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose rows they are, if not the mapping's.")
    ] = None,
    as_of: Annotated[
        date | None,
        typer.Option(parser=as_day, metavar="DATE", help="Day of the edition; today by default."),
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help="Take changed rows as new versions of known ones.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would come in; write nothing.")
    ] = False,
    encoding: Annotated[
        str | None, typer.Option(metavar="NAME", help="utf-8, cp1256 ...; told from the file.")
    ] = None,
    delimiter: Annotated[
        str | None, typer.Option(metavar="CHAR", help="What divides cells; told from the file.")
    ] = None,
    by: IfItMatters = None,
    as_json: AsJson = False,
) -> None:
    """Take in a register: what another recorder asserts, as accounts of theirs, beside our own.

    Look first with --dry-run. Defects are flagged and nothing is mended; a row that cannot be used
    is named with its column and reason, and the rest goes in. Killed at any moment, run it again.
    """
    shape = _shape(mapping)
    asked = Asked(
        shape,
        table,
        register or shape.register,
        as_of or now().date(),
        encoding,
        {"\\t": "\t", "tab": "\t"}.get(delimiter or "", delimiter),
        update,
        dry_run,
        by,
    )
    record = opened(context)
    told = [_one(record, file, asked, as_json=as_json) for file in _files(path, shape)]
    if as_json:
        say_json([_plain(one) for one in told])
    elif dry_run:
        say("Nothing was written. Run it again without --dry-run to take it in.")
    raise typer.Exit(Exit.FAULTS if any(one.faults for one in told) else Exit.DONE)


def _shape(name: str) -> Shape:
    if not name.endswith(".toml"):
        return shape_named(name)
    path = Path(name)
    if not path.is_file():
        raise UsageError(
            f"There is no mapping {name}.", hint="`bilan registers` lists those known."
        )
    return read_shape(path.read_text(encoding="utf-8"), where=path.name)


def _files(path: Path, shape: Shape) -> list[Path]:
    """The file, or those of a folder that the mapping knows, in the mapping's order."""
    if not path.is_dir():
        return [path]
    found = [file for table in shape.tables for file in sorted(path.glob(table.file))]
    if not found:
        names = ", ".join(table.file for table in shape.tables)
        raise UsageError(f"There is none of {names} in {path}.", hint="Name the file itself.")
    return list(dict.fromkeys(found))


def _one(record: Record, path: Path, asked: Asked, *, as_json: bool) -> Told:
    sheet = open_sheet(
        path, lambda cells: _fits(cells, asked), encoding=asked.encoding, delimiter=asked.delimiter
    )
    table = _table(asked, path, sheet.columns)
    order = Order(asked.shape, table, asked.register, asked.as_of, asked.update, asked.dry_run)
    made = Import(record, sheet, order, now, asked.by)
    if not as_json:
        _say_sheet(sheet, table, made)
    told = _run(made, Told(path.name, table.name), shown=not as_json)
    if not as_json:
        _say_told(told, made)
    return told


def _fits(cells: Sequence[str], asked: Asked) -> bool:
    there = {cell.strip().casefold() for cell in cells}
    tables = [asked.shape.table(asked.table)] if asked.table else asked.shape.tables
    return any(all(c.casefold() in there for c in table.required) for table in tables)


def _table(asked: Asked, path: Path, columns: Sequence[str]) -> Table:
    if asked.table is not None:
        return asked.shape.table(asked.table)
    return asked.shape.table_for(path.name, columns)


def _run(made: Import, told: Told, *, shown: bool) -> Told:
    bar = Bar("read" if made.order.dry_run else "taken in", made.sheet.size, shown=shown)
    made.moved = bar.moved
    for piece in made:
        bar.rows(piece.outcomes.total())
        told.outcomes += piece.outcomes
        told.defects += piece.defects
        for fault in piece.faults:
            told.faults += 1
            _complain(str(fault), told.faults, bar)
    bar.end()
    for note in made.late_notes():
        told.faults += 1
        _complain(str(note), 0, bar)
    told.defects += made.shared
    told.absent = made.absent
    return told


def _complain(words: str, number: int, bar: Bar) -> None:
    if number <= MOST_FAULTS:
        bar.end()
        typer.echo(harmless(words), err=True)
    if number == MOST_FAULTS:
        typer.echo("… more faults: `bilan registers refused` and `rows` have them all", err=True)


def _say_sheet(sheet: Sheet, table: Table, made: Import) -> None:
    say(f"{sheet.path.name}: {table.name} of {made.order.register} ({made.order.shape.recorder})")
    for note in sheet.notes:
        say(f"  note: {note.message}")
    kept = made.reader().unmapped()
    if kept:
        say(f"  kept as they came, without a meaning here: {', '.join(kept)}")


def _say_told(told: Told, made: Import) -> None:
    rows = ", ".join(f"{n:,} {outcome}" for outcome, n in _ordered(told.outcomes)) or "none"
    say(f"  {told.outcomes.total():,} rows: {rows}")
    if told.defects:
        found = ", ".join(f"{defect} {n:,}" for defect, n in sorted(told.defects.items()))
        say(f"  flagged, not mended: {found}")
    if told.absent and (made.order.update or made.order.dry_run):
        some = ", ".join(made.missing[:5])
        say(f"  {told.absent:,} rows of the record are not in this file, and stay: {some} …")
    sys.stdout.flush()


def _ordered(outcomes: Counter[Outcome]) -> Iterator[tuple[Outcome, int]]:
    return ((outcome, outcomes[outcome]) for outcome in Outcome if outcomes[outcome])


def _plain(told: Told) -> dict[str, Any]:
    return {
        "file": told.file,
        "table": told.table,
        "rows": {str(outcome): n for outcome, n in _ordered(told.outcomes)},
        "defects": dict(sorted(told.defects.items())),
        "faults": told.faults,
        "absent": told.absent,
    }
