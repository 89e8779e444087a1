"""`bilan gazetteer`: build the list of place names, add to it, take from it, say what it holds."""

from __future__ import annotations

import typer

from bilan.engines.gazetteer_home import build_gazetteer

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Build, extend and list the gazetteer."
)


@app.callback()
def gazetteer() -> None:
    """Build, extend and list the gazetteer: the places that reading knows by name."""


@app.command()
def build() -> None:
    """Build the gazetteer anew from the installed packages (about 20 seconds)."""
    build_here()


def build_here() -> None:
    """Build this user's gazetteer, with progress on stderr."""
    version = build_gazetteer(on_progress=_say)
    typer.echo(f"gazetteer {version}", err=True)


def _say(what: str, share: float) -> None:
    if share in (0.0, 1.0):
        typer.echo(f"building the gazetteer: {what} {share:.0%}", err=True)
