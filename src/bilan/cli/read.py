"""`bilan read`: what reports say, for people or as JSON, without a record and without a network."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib import import_module
from typing import Annotated

import typer

from bilan.capture.captured import Captured
from bilan.capture.files import STDIN, captured_in
from bilan.cli.asking import Jobs, Lang, Published, PublishedBy, Scope, Spans
from bilan.cli.exits import Exit
from bilan.cli.harmless import harmless
from bilan.cli.progress import Progress
from bilan.cli.reader import Read, Reader
from bilan.core.claims.account import Reading
from bilan.core.claims.shape import reading_to_json
from bilan.core.errors import UsageError
from bilan.core.reports.report import Stated
from bilan.core.values import Fault, Report

app = typer.Typer()


@app.command()
def read(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILES | -",
            help="Reports: .txt, .md, .html, .jsonl, a folder of them, or - for standard input.",
            show_default=False,
        ),
    ] = None,
    published: Published = None,
    lang: Lang = None,
    publisher: PublishedBy = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object per report, indented.")
    ] = False,
    as_jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help="One JSON line per report; `-` is taken as JSON lines too."),
    ] = False,
    spans: Annotated[
        Spans, typer.Option(help="all: list every date, place and number of the text too.")
    ] = Spans.CLAIMS,
    scope: Annotated[
        Scope, typer.Option(help="any: read violence outside armed conflicts too.")
    ] = Scope.CONFLICT,
    link: Annotated[
        bool, typer.Option("--link", help="Say which accounts tell of one incident.")
    ] = False,
    jobs: Jobs = 1,
) -> None:
    """Read reports into accounts: what, where, when, how many by whose word, who is blamed.

    Every value stands beside the words that say it. Numbers that are no toll are listed with the
    reason. Nothing is kept: `bilan add` keeps.
    """
    stated = Stated(lang=lang and lang.lower(), published=published, publisher=publisher)
    items = captured_in(_named(files), stdin=sys.stdin.buffer, stated=stated, as_lines=as_jsonl)
    reader = Reader(scope=scope, spans=spans)
    readings = reader.read_all(items, jobs=jobs)
    if link:
        readings = import_module("bilan.cli.linking").linked(readings)
    raise typer.Exit(_say(readings, as_json=as_json, as_jsonl=as_jsonl))


def _named(files: list[str] | None) -> list[str]:
    """What is to be read: without a name, what is piped in."""
    if files:
        return files
    if sys.stdin.isatty():
        raise UsageError("Nothing to read.", hint="Name a file or a folder, or pipe a text in.")
    return [STDIN]


def _say(readings: Iterable[Read], *, as_json: bool, as_jsonl: bool) -> Exit:
    """Print each reading as it comes; the exit code says whether there were faults."""
    say = _say_json if as_json else _say_line if as_jsonl else _for_people()
    faulty = False
    with Progress("read", shown=as_jsonl) as progress:
        for item, reading in readings:
            progress.step()
            if item.report is None or reading is None:
                _complain(item)
            else:
                reading = replace(reading, faults=_together(item, reading))
                say(item.report, reading, item.where)
            faulty = faulty or reading is None or bool(reading.faults)
    return Exit.FAULTS if faulty else Exit.DONE


def _for_people() -> Callable[[Report, Reading, str], None]:
    # rich takes 80 ms to import, which scripts that ask for JSON need not pay.
    say: Callable[[Report, Reading, str], None] = import_module("bilan.cli.screen").for_people()
    return say


def _together(item: Captured, reading: Reading) -> tuple[Fault, ...]:
    """The faults of capture and of reading, each once."""
    return tuple(dict.fromkeys((*item.faults, *reading.faults)))


def _say_json(report: Report, reading: Reading, _where: str) -> None:
    typer.echo(json.dumps(reading_to_json(reading, report.text), ensure_ascii=False, indent=2))


def _say_line(report: Report, reading: Reading, _where: str) -> None:
    typer.echo(json.dumps(reading_to_json(reading, report.text), ensure_ascii=False))


def _complain(item: Captured) -> None:
    for fault in item.faults:
        typer.echo(harmless(str(fault)), err=True)
