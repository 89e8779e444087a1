"""`bilan gazetteer`: build the list of place names, add to it, take from it, say what it holds."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bilan.cli.exits import Exit
from bilan.engines.gazetteer import SqliteGazetteer, gazetteer_path, sources_of
from bilan.engines.gazetteer_change import add_list, remove_list
from bilan.engines.gazetteer_home import build_gazetteer, open_gazetteer
from bilan.engines.gazetteer_lists import read_list

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def gazetteer() -> None:
    """Build, extend and list the gazetteer: the places that reading knows by name."""


@app.command()
def build() -> None:
    """Build it anew from the installed packages; added lists are kept. About 20 seconds."""
    build_here()


@app.command()
def add(
    file: Annotated[
        Path, typer.Argument(help="A GeoNames country file (SY.txt, SY.zip) or a CSV.")
    ],
) -> None:
    """Add the places of a file; a list of the same name is replaced."""
    read = read_list(file)
    for fault in read.faults:
        typer.echo(f"bilan: {fault}", err=True)
    open_gazetteer(on_progress=_say).close()
    version = add_list(gazetteer_path(), read.source, added=_today())
    typer.echo(f"{read.source.name}: {read.source.expected:,} places added; gazetteer {version}")
    if read.faults:
        raise typer.Exit(Exit.FAULTS)


@app.command()
def remove(
    name: Annotated[str, typer.Argument(help="The list's name, as `list` shows it.")],
) -> None:
    """Take an added list out again."""
    version = remove_list(gazetteer_path(), name)
    typer.echo(f"{name} removed; gazetteer {version}")


@app.command(name="list")
def show(
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Say which lists it holds: versions, counts, licences."""
    path = gazetteer_path()
    opened = SqliteGazetteer(path)
    version = opened.version
    opened.close()
    sources = sources_of(path)
    if as_json:
        typer.echo(json.dumps({"path": str(path), "version": version, "lists": sources}))
        return
    for source in sources:
        typer.echo(f"{source['name']} {source['version']} ({source['added']})")
        typer.echo(f"  {source['places']:,} places, {source['names']:,} names")
        typer.echo(f"  {source['licence']}")
    typer.echo(f"gazetteer {version}\n{path}")


def build_here() -> None:
    """Build this user's gazetteer, with progress on stderr."""
    version = build_gazetteer(on_progress=_say)
    typer.echo(f"gazetteer {version}", err=True)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _say(what: str, share: float) -> None:
    if share in (0.0, 1.0):
        typer.echo(f"building the gazetteer: {what} {share:.0%}", err=True)
