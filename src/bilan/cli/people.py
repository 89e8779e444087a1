"""`bilan people`: who belongs to a record, and what each may do."""

from __future__ import annotations

from typing import Annotated

import typer

from bilan.acts.add_person import add_person, note_departure
from bilan.cli.record_commands import AsJson, Because, By, now, opened, say, say_json
from bilan.store.models import Person
from bilan.store.people import Duty
from bilan.store.signing import keys_folder

app = typer.Typer(rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def people(context: typer.Context, as_json: AsJson = False) -> None:
    """Say who belongs to the record; add somebody, or note that they have left."""
    if context.invoked_subcommand is not None:
        return
    opened(context)
    rows = list(Person.objects.all())
    if as_json:
        say_json([_plain(row) for row in rows])
        return
    for row in rows:
        say(_line(row))
    if not rows:
        say('Nobody yet: `bilan people add "NAME"`.')


def _plain(row: Person) -> dict[str, object]:
    here = bool(row.key) and (keys_folder() / f"{row.key}.pem").is_file()
    return {
        "name": row.name,
        "duty": row.duty,
        "key": row.key or None,
        "signs_here": here,
        "left": row.left_seq is not None,
    }


def _line(row: Person) -> str:
    plain = _plain(row)
    how = "no key: recorded as a name" if not row.key else f"key {row.key[:8]}"
    if row.key and not plain["signs_here"]:
        how += ", not on this computer"
    return f"{row.name}  {'has left' if plain['left'] else row.duty}  {how}"


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    duty: Annotated[
        Duty, typer.Option(help="reads; records: adds and decides; signs: grades and erases too.")
    ] = Duty.SIGNS,
    key: Annotated[
        bool, typer.Option("--key/--no-key", help="Make a key that signs on this computer.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Add somebody, with a key of their own on this computer."""
    row = add_person(opened(context), name, at=now(), duty=duty, with_key=key)
    if as_json:
        say_json(_plain(row))
        return
    say(_line(row))
    if row.key:
        say(f"The key lies in {keys_folder()}: keep a copy where only {row.name} can read it.")


@app.command()
def left(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    by: By,
    because: Because,
) -> None:
    """Note that somebody has left: what they decided stands, they decide no more."""
    say(_line(note_departure(opened(context), name, by=by, because=because, at=now())))
