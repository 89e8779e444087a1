"""`bilan export`: the record as a file for others, and what was left out of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from bilan.cli.asking import Scheme
from bilan.cli.export_register import export_register, registers_plain
from bilan.cli.record_commands import AsJson, now, opened, say_json
from bilan.cli.wording import number_of
from bilan.core.errors import UsageError
from bilan.core.incidents.casebook import Casebook
from bilan.core.publication.audience import (
    Audience,
    for_public,
    for_team,
    withheld_from_public,
)
from bilan.core.publication.check import check_record
from bilan.core.publication.full import full_record
from bilan.core.publication.geojson import feature_collection
from bilan.core.publication.policy import public_policy
from bilan.core.publication.rows import table
from bilan.core.tolls.schemes import scheme_named
from bilan.store.disk import write_durably
from bilan.store.trouble import told_plainly

app = typer.Typer()

_STDOUT = "-"


class Format(StrEnum):
    """The shape of a `.json` export."""

    FULL = "full"
    CHECK = "check"


def _as_json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


_WRITERS: dict[str, Callable[[dict[str, Any]], str]] = {
    ".json": _as_json,
    ".csv": table,
    ".geojson": lambda record: _as_json(feature_collection(record)),
}


@app.command()
def export(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE | -", help=".json, .csv or .geojson; - is JSON.")
    ],
    shape: Annotated[
        Format, typer.Option("--format", help="Of .json: full, or check (the short shape).")
    ] = Format.FULL,
    audience: Annotated[
        Audience, typer.Option(help="public leaves out what may harm; team leaves out nothing.")
    ] = Audience.PUBLIC,
    scheme: Scheme = "airwars",
    register: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The rows of another recorder's register (.csv)."),
    ] = None,
    part: Annotated[
        str | None, typer.Option("--table", metavar="NAME", help="Which table of the register.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the record to a file for others. What was left out is said and stands in the file.

    For the public: coordinates coarsened and delayed by policy, no names, no strike release
    without a claim of harm. The rows of a register go out as they came in, to the team only.
    """
    if register is not None:
        export_register(opened(context), file, register, part, audience, as_json=as_json)
        return
    write = _writer_for(file, shape)
    scheme_named(scheme)
    record = opened(context)
    with record.reading():
        shown = _for(audience, record.casebook(), shape, scheme)
    text = write(shown)
    if file == _STDOUT:
        typer.echo(text, nl=False)
    else:
        with told_plainly(file):
            write_durably(Path(file).absolute(), text.encode("utf-8"))
    if as_json and file != _STDOUT:
        kept = ("audience", "policy", "omitted")
        facts = {key: shown[key] for key in kept if key in shown}
        say_json({"file": file, "incidents": len(shown["incidents"]), **facts})
        return
    _say_what(file, shown)


def _writer_for(file: str, shape: Format) -> Callable[[dict[str, Any]], str]:
    ending = ".json" if file == _STDOUT else Path(file).suffix.lower()
    if ending not in _WRITERS:
        raise UsageError(
            f"There is no export to {ending or file!r} files.",
            hint=f"Name a file that ends in {', '.join(_WRITERS)}.",
        )
    if file != _STDOUT and not Path(file).absolute().parent.is_dir():
        raise UsageError(f"There is no folder {Path(file).parent}.", hint="Make it first.")
    if shape is Format.CHECK and ending != ".json":
        raise UsageError("--format check is a shape of .json files.", hint="Name a .json file.")
    return _WRITERS[ending]


def _for(audience: Audience, book: Casebook, shape: Format, scheme: str) -> dict[str, Any]:
    record = (
        check_record(book, scheme=scheme)
        if shape is Format.CHECK
        else full_record(book, scheme=scheme)
    )
    if audience is Audience.TEAM:
        return for_team(record | (registers_plain() if shape is Format.CHECK else {}))
    return for_public(record, withheld_from_public(book), public_policy(), today=now().date())


def _say_what(file: str, shown: dict[str, Any]) -> None:
    typer.echo(
        f"{file}: {number_of(len(shown['incidents']), 'incident')}, for the {shown['audience']}",
        err=True,
    )
    for omitted in shown["omitted"]:
        kinds = [k for k in ("report", "incident") if f"{k}s" in omitted]
        numbers = ", ".join(number_of(omitted[f"{k}s"], k) for k in kinds)
        typer.echo(f"  left out: {omitted['what']}{f' ({numbers})' if numbers else ''}", err=True)
