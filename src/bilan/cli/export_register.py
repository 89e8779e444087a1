"""The rows of a register as they came, and what the short shape says about registers."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any, TextIO

import typer

from bilan.cli.record_commands import say_json
from bilan.cli.registers import part_named
from bilan.cli.wording import number_of
from bilan.core.errors import Refused, UsageError
from bilan.core.publication.audience import Audience
from bilan.core.registers.asserted import Defect, Kind
from bilan.core.reports.cells import escaped
from bilan.store.disk import ASIDE
from bilan.store.record import Record
from bilan.store.registers import (
    Part,
    columns_of_part,
    defects_by_row,
    in_columns,
    parts,
    persons_by_incident,
    resolutions,
    rows_as_they_came,
)
from bilan.store.trouble import told_plainly


def export_register(
    record: Record,
    file: str,
    register: str,
    table: str | None,
    audience: Audience,
    *,
    as_json: bool,
) -> None:
    """Write the rows of a table as they came in; every cell that would run is escaped."""
    if audience is not Audience.TEAM:
        raise Refused(
            "The rows of a register are its recorder's own words, and may name people.",
            hint="They are for the team: --audience team. Mind the recorder's terms.",
        )
    path = Path(file).absolute()
    if path.suffix.lower() != ".csv" or not path.parent.is_dir():
        raise UsageError("The rows of a register go to a .csv file.", hint="Name one: FILE.csv.")
    part = part_named(register, table)
    aside = path.with_name(path.name + ASIDE)
    with told_plainly(file), record.reading():
        try:
            with aside.open("w", encoding="utf-8", newline="") as out:
                rows, cells = _write(record, part, out)
                out.flush()
                os.fsync(out.fileno())
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    if as_json:
        say_json({"file": file, "register": register, "table": part.part, "rows": rows})
        return
    typer.echo(f"{file}: {rows:,} rows of {register}, as they came in, for the team", err=True)
    if cells:
        typer.echo(f"  {number_of(cells, 'cell')} escaped: a spreadsheet would run it", err=True)


def _write(record: Record, part: Part, out: TextIO) -> tuple[int, int]:
    """How many rows were written, and how many cells were escaped in them."""
    columns = columns_of_part(record.objects, part.register, part.part)
    writer = csv.writer(out)
    writer.writerow(columns)
    rows = changed = 0
    for row in rows_as_they_came(record.objects, part.register, part.part):
        cells = in_columns(row, columns)
        safe = [escaped(cell) for cell in cells]
        writer.writerow(safe)
        rows += 1
        changed += sum(a != b for a, b in zip(cells, safe, strict=True))
    return rows, changed


def registers_plain() -> dict[str, Any]:
    """The part of the short shape that tells of registers; nothing where there is none."""
    held = parts()
    if not held:
        return {}
    people = (p for p in held if p.kind is Kind.PERSON)
    again = [
        f"{part.register} {part.part} {key}"
        for part in people
        for key, defects in defects_by_row(part.register, part.part)
        if Defect.DUPLICATE_PERSON in defects
    ]
    return {
        "import": {
            "persons": dict(sorted(persons_by_incident().items())),
            "flagged_duplicates": again,
            "resolve": {alias: code or "ambiguous" for alias, code in resolutions()},
        }
    }
