"""`bilan`: from the words of a command line to the command, importing only what it needs.

A command is a function of the Typer `app` of the module that `MODULES` names for it; a family
(`bilan gazetteer build`) is a whole such app. So `bilan read` never pays for the record.
"""

from __future__ import annotations

import io
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Annotated, Any

import typer
import typer.core
from typer.main import get_group

from bilan import __version__
from bilan.cli.exits import Exit, exit_for
from bilan.cli.harmless import harmless
from bilan.core.errors import BilanError, Conflict, NotWritten

MODULES = {
    "read": "bilan.cli.read",
    "init": "bilan.cli.record_commands",
    "add": "bilan.cli.record_commands",
    "import": "bilan.cli.importing",
    "registers": "bilan.cli.registers",
    "incidents": "bilan.cli.questions",
    "show": "bilan.cli.questions",
    "count": "bilan.cli.questions",
    "why": "bilan.cli.why",
    "answers": "bilan.cli.answers",
    "people": "bilan.cli.people",
    "decide": "bilan.cli.decide",
    "export": "bilan.cli.export",
    "verify": "bilan.cli.verifying",
    "rebuild": "bilan.cli.record_commands",
    "reread": "bilan.cli.record_commands",
    "erase": "bilan.cli.record_commands",
    "victims": "bilan.cli.victims",
    "backup": "bilan.cli.keeping",
    "restore": "bilan.cli.keeping",
    "move": "bilan.cli.keeping",
    "scan": "bilan.cli.scan",
    "tally": "bilan.cli.tally",
    "map": "bilan.cli.tally",
    "stamp": "bilan.cli.keeping",
    "hand-over": "bilan.cli.keeping",
    "gazetteer": "bilan.cli.gazetteer",
}


class _Commands(typer.core.TyperGroup):
    """The commands by name, each imported when it is asked for; every way out has its code."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [*super().list_commands(ctx), *MODULES]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in MODULES:
            return super().get_command(ctx, cmd_name)
        family = get_group(import_module(MODULES[cmd_name]).app)
        family.name = cmd_name
        for command in (family, *family.commands.values()):
            if isinstance(command, typer.core.TyperCommand | typer.core.TyperGroup):
                command.rich_markup_mode = None  # help in plain words, as everything else
        return family.commands.get(cmd_name, family)

    def invoke(self, ctx: Any) -> Any:
        sys.excepthook = _own_up  # here, since Typer sets one of its own before
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BilanError as error:
            complain(error)
            raise typer.Exit(exit_for(error)) from error
        except KeyboardInterrupt as error:
            typer.echo("bilan: interrupted", err=True)
            raise typer.Exit(Exit.INTERRUPTED) from error
        except BrokenPipeError as error:
            # Python would complain once more while it closes stdout.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(Exit.NOBODY_READS) from error
        except OSError as error:
            complain(_refused(error))
            raise typer.Exit(Exit.NOT_WRITTEN) from error
        return result


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"bilan {__version__}")
        raise typer.Exit


@app.callback()
def bilan(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version."),
    ] = False,
    record: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The record to work on.", show_default=False),
    ] = None,
) -> None:
    """Keep the count of civilian harm: from public reports to accounts one can answer for."""


def complain(error: BilanError) -> None:
    """Say on stderr what was not done and what to do next."""
    typer.echo(f"bilan: {error.message}", err=True)
    for change in error.changes if isinstance(error, Conflict) else ():
        typer.echo(harmless(f"  {change}"), err=True)
    if error.hint:
        typer.echo(f"  {error.hint}", err=True)


def _refused(error: OSError) -> NotWritten:
    """What the disk refused, where nobody knew better what it was for."""
    said = (error.strerror or str(error)).lower()
    where = f"{error.filename}: " if error.filename else ""
    return NotWritten(
        f"{where}{said}.", hint="Check that the disk has room and the folder can be written."
    )


def _own_up(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A defect: say so in a line, keep the traceback for those who ask for it."""
    typer.echo(f"bilan: this is a defect of Bilan, not of your input: {kind.__name__}", err=True)
    if os.environ.get("BILAN_TRACEBACK"):
        traceback.print_exception(kind, error, trace)
    else:
        typer.echo("  Set BILAN_TRACEBACK=1, run it again to see where, and tell us.", err=True)
    sys.exit(Exit.DEFECT)


def _speak_utf8() -> None:
    """Reports come in every script, so pipes carry UTF-8 whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def run() -> None:
    """The entry point: never a traceback, always an exit code that means something."""
    _speak_utf8()
    app()
