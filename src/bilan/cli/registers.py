"""`bilan registers`: what was taken in of other recorders, its rows and its defects."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from bilan.cli.asking import From, To, Where
from bilan.cli.record_commands import AsJson, opened, say, say_json
from bilan.cli.show_register import bounds_words
from bilan.cli.wording import number_of
from bilan.core.errors import UnknownName
from bilan.core.registers.asserted import Bounds
from bilan.core.registers.mapping import shape_named, shape_names
from bilan.store.models import RegisterEdition, RegisterRefused, RegisterRow
from bilan.store.registers import Part, Wanted, defects_by_row, editions, entries, parts

app = typer.Typer(rich_markup_mode=None)

Named = Annotated[str, typer.Argument(metavar="REGISTER", help="Its name.")]
Of = Annotated[str | None, typer.Option("--table", metavar="NAME", help="Which table, if several.")]


@app.callback(invoke_without_command=True)
def registers(context: typer.Context, as_json: AsJson = False) -> None:
    """Say which registers of other recorders the record holds, beside our own incidents."""
    if context.invoked_subcommand is not None:
        return
    opened(context)
    found, taken = parts(), list(editions())
    if as_json:
        say_json({"tables": [_plain(p) for p in found], "editions": [_edition(e) for e in taken]})
        return
    for part in found:
        say(f"{part.register}  {part.part}: {part.rows:,} rows ({part.kind})")
    for one in taken:
        say(
            f"  entry {one.seq}: {one.file} as of {one.as_of}: {one.new:,} new,"
            f" {one.changed:,} changed, {one.same:,} unchanged, {one.refused:,} refused"
        )
    if not found:
        say("None yet: `bilan import FILE --mapping NAME`; `bilan registers mappings` lists them.")


@app.command()
def mappings(as_json: AsJson = False) -> None:
    """List the mappings that ship with Bilan; a file of your own is one, too."""
    shapes = [shape_named(name) for name in shape_names()]
    if as_json:
        say_json([{"name": s.name, "title": s.title, "terms": s.terms} for s in shapes])
        return
    for shape in shapes:
        tables = ", ".join(table.name for table in shape.tables)
        say(f"{shape.name}: {shape.title} ({tables}). Terms: {shape.terms}")


@app.command("entries")
def entries_(
    context: typer.Context,
    register: Named,
    place: Where = None,
    since: From = None,
    until: To = None,
    grade: Annotated[str | None, typer.Option(metavar="GRADE", help="Their own grade.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the incidents that a register tells of, as it has them. They are in no count of ours."""
    opened(context)
    part_named(register, None)
    found = list(entries(Wanted(register, place, since, until, grade)))
    if as_json:
        say_json([_entry(row) for row in found])
        return
    for row in found:
        day = row.first_day or "no day"
        where = ", ".join(w for w in (row.town, row.admin1, row.country) if w) or "no place"
        flags = f"; flagged: {row.defects}" if row.defects else ""
        say(f"{row.code or row.key}  {day}, {where}, killed {_killed(row)}{flags}")
    known = [row for row in found if row.killed_min is not None or row.killed_max is not None]
    low = sum(min(_both(row)) for row in known)
    high = sum(max(_both(row)) for row in known)
    say(
        f"{number_of(len(found), 'incident')}: killed"
        f" {low:,} to {high:,} in {len(known):,}, not said in {len(found) - len(known):,}; as"
        f" {register} has it, contradictions included"
    )


def _both(row: RegisterRow) -> tuple[int, ...]:
    return tuple(n for n in (row.killed_min, row.killed_max) if n is not None)


def _killed(row: RegisterRow) -> str:
    return bounds_words(Bounds("killed", row.killed_min, row.killed_max))


def _entry(row: RegisterRow) -> dict[str, Any]:
    return {
        "register": row.register,
        "key": row.key,
        "code": row.code or None,
        "date_start": row.first_day.isoformat() if row.first_day else None,
        "date_end": row.last_day.isoformat() if row.last_day else None,
        "place": {"name": row.town or None, "admin1": row.admin1 or None, "lat": row.lat}
        | {"lon": row.lon, "country": row.country or None},
        "killed": {"min": row.killed_min, "max": row.killed_max},
        "injured": {"min": row.injured_min, "max": row.injured_max},
        "grade": row.grade or None,
        "flags": row.defects.split(),
    }


@app.command()
def rows(context: typer.Context, register: Named, table: Of = None) -> None:
    """Every row with its flags, one JSON line each: {"id": its key, "flags": [...]}."""
    opened(context)
    part = part_named(register, table)
    for key, flags in defects_by_row(part.register, part.part):
        typer.echo(json.dumps({"id": key, "flags": flags}, ensure_ascii=False))


@app.command()
def refused(context: typer.Context, register: Named, table: Of = None) -> None:
    """The rows that could not be taken in, one JSON line each; they are kept as they came."""
    opened(context)
    part = part_named(register, table)
    found = RegisterRefused.objects.filter(register=part.register, part=part.part).order_by("line")
    for row in found.iterator():
        line = {"table": row.part, "row": row.line, "faults": row.faults.split("; ")}
        typer.echo(json.dumps({**line, "entry": row.seq}, ensure_ascii=False))


def part_named(register: str, table: str | None) -> Part:
    """The table of a register that is meant: the first one where none is named."""
    found = [p for p in parts() if p.register == register and table in (None, p.part)]
    incidents_first = sorted(found, key=lambda p: (p.kind != "incident", p.part))
    if incidents_first:
        return incidents_first[0]
    known = ", ".join(f"{p.register} ({p.part})" for p in parts()) or "none yet"
    raise UnknownName(
        f"There is no {table or 'table'} of {register} here.", hint=f"There is {known}."
    )


def _plain(part: Part) -> dict[str, Any]:
    return {"register": part.register, "table": part.part, "kind": part.kind, "rows": part.rows}


def _edition(one: RegisterEdition) -> dict[str, Any]:
    return {
        "entry": one.seq,
        "register": one.register,
        "table": one.part,
        "mapping": one.mapping,
        "file": one.file,
        "sha256": one.sha256,
        "as_of": one.as_of.isoformat(),
        "rows": {
            "all": one.rows,
            "new": one.new,
            "changed": one.changed,
            "unchanged": one.same,
            "refused": one.refused,
        },
    }
