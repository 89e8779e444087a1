"""`bilan init, add, rebuild, reread, erase`: a record from the command line."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bilan.acts.add_reports import Added, Outcome, add_reports
from bilan.acts.erase_report import erase_report
from bilan.acts.erase_row import erase_row, row_named
from bilan.acts.init_record import init_record
from bilan.acts.rebuild import rebuild as rebuild_record
from bilan.acts.reread import (
    NewReading,
    RowChange,
    checked_reports,
    read_anew,
    what_would_change,
    write_readings,
)
from bilan.capture.files import captured_in
from bilan.cli.asking import IfItMatters, Jobs, Lang, Published, PublishedBy, asked_record
from bilan.cli.exits import Exit
from bilan.cli.harmless import harmless
from bilan.cli.progress import Progress
from bilan.cli.reader import Reader
from bilan.core.reports.report import Stated
from bilan.store.folder import find_folder
from bilan.store.record import Record, open_record
from bilan.store.reports import is_report

app = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="Say it as JSON.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who does it: `bilan people`.")]
Because = Annotated[str, typer.Option("--because", metavar="TEXT", help="Why, in words.")]


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


def opened(context: typer.Context) -> Record:
    """The record that was asked for, else the nearest one."""
    return open_record(find_folder(asked_record(context)))


def say_json(value: Any) -> None:
    """One JSON value, indented."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def say(text: str) -> None:
    """One line that does a terminal no harm, whatever a report put into it."""
    typer.echo(harmless(text))


@app.command()
def init(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="The folder; this one by default.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Begin a record: a folder, or a folder with its tables in PostgreSQL (DATABASE_URL)."""
    record = init_record(folder or asked_record(context) or Path.cwd(), at=now())
    if as_json:
        say_json({"record": record.id, "folder": str(record.folder)})
        return
    say(f"record {record.id[:8]} in {record.folder}")
    say('Next: `bilan people add "YOUR NAME"`, then `bilan add FILES`.')


@app.command()
def add(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATHS | -", help="As `bilan read`.")],
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who adds them, if it matters.")
    ] = None,
    published: Published = None,
    lang: Lang = None,
    publisher: PublishedBy = None,
    as_lines: Annotated[
        bool, typer.Option("--jsonl", help="Take standard input as JSON lines.")
    ] = False,
    jobs: Jobs = 1,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line per report.")] = False,
) -> None:
    """Add reports: keep their bytes, read them, tie them to incidents.

    What is there already is not read again; killed at any moment, run it again and it continues.
    """
    record = opened(context)
    stated = Stated(lang=lang and lang.lower(), published=published, publisher=publisher)
    items = captured_in(paths, stdin=sys.stdin.buffer, stated=stated, as_lines=as_lines)
    reader = Reader()
    counts = dict.fromkeys(Outcome, 0)
    faulty = False
    with Progress("went through") as progress:
        added = add_reports(
            record, items, lambda some: reader.read_all(some, jobs=jobs), clock=now, by=by
        )
        for one in added:
            progress.step()
            counts[one.outcome] += 1
            faulty = faulty or bool(one.faults)
            _say_added(one, as_json=as_json)
    if not as_json:
        say(", ".join(f"{n} {outcome}" for outcome, n in counts.items() if n) or "nothing to add")
    raise typer.Exit(Exit.FAULTS if faulty else Exit.DONE)


def _say_added(one: Added, *, as_json: bool) -> None:
    if as_json:
        line = {**asdict(one), "faults": [str(fault) for fault in one.faults]}
        typer.echo(json.dumps(line, ensure_ascii=False))
        return
    for fault in one.faults:
        typer.echo(harmless(str(fault)), err=True)


@app.command()
def rebuild(context: typer.Context, as_json: AsJson = False) -> None:
    """Make every table again from the ledger. Nothing is read anew, nothing is lost."""
    made = rebuild_record(opened(context), progress=moving(shown=not as_json))
    if as_json:
        say_json(asdict(made))
        return
    for fault in made.changed:
        say(f"made good  {fault.where}: {fault.message}")
    say(f"{made.entries} entries replayed, {made.removed} leftovers removed")
    say(f"tables  {made.digest}")


@app.command()
def reread(
    context: typer.Context,
    reports: Annotated[
        list[str] | None, typer.Argument(metavar="[REPORTS]", help="Ids; all by default.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it, not only show it.")] = False,
    by: IfItMatters = None,
    jobs: Jobs = 1,
    as_json: AsJson = False,
) -> None:
    """Read kept reports with today's reader. Shows what would change; --yes writes it.

    Decisions stand; a signed grade whose ground moves is marked "to be reviewed".
    """
    record = opened(context)
    reader = Reader()
    with Progress("reports read differently", shown=not as_json) as progress:
        new: list[NewReading] = []
        named = checked_reports(reports) if reports else None
        for one in read_anew(record, lambda i: reader.read_all(i, jobs=jobs), reports=named):
            progress.step()
            new.append(one)
    changes = what_would_change(record, new)
    written = list(write_readings(record, new, clock=now, by=by)) if yes else []
    if as_json:
        differ = [{"report": one.report.id, "parts": one.parts} for one in new]
        incidents = [asdict(change) for change in changes]
        say_json({"reports": differ, "incidents": incidents, "written": written})
        return
    _say_changes(new, changes)
    if yes:
        say(f"{len(written)} new readings written")
    elif new:
        say("Nothing was written. Run it again with --yes to write these readings.")


def _say_changes(new: list[NewReading], changes: tuple[RowChange, ...]) -> None:
    for one in new:
        say(f"{one.report.id}: {', '.join(one.parts)}")
    for change in changes:
        say(f"{change.code}: {change.column} {change.before} -> {change.after}")
    say(f"{len(new)} reports read differently, {len({c.code for c in changes})} incidents change")


@app.command()
def erase(
    context: typer.Context,
    report: Annotated[
        str, typer.Argument(metavar="REPORT", help="Its id; REGISTER:KEY for a row of a register.")
    ],
    by: By,
    because: Because,
    word: Annotated[
        str, typer.Option("--confirm", metavar="ID", help="The report's id once more.")
    ] = "",
    table: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of the register, if a key is in several.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Destroy a report's words, by law or withdrawn consent. This cannot be undone."""
    if word != report:
        raise typer.BadParameter(
            f"this destroys the words of {report} for ever: add --confirm {report}"
        )
    record = opened(context)
    if ":" in report and not is_report(report):
        row = erase_row(record, row_named(report, table), by=by, because=because, at=now())
        if as_json:
            say_json(asdict(row))
        else:
            say(f"erased: the cells of {report} ({row.versions} versions); values stay")
        return
    done = erase_report(record, report, by=by, because=because, at=now())
    if as_json:
        say_json(asdict(done))
        return
    say(f"erased: {', '.join(done.reports)} ({done.objects} objects); values and hashes stay")


class _Moving:
    """A moving line on stderr, where a person watches."""

    def __init__(self, *, shown: bool) -> None:
        self.shown = shown and sys.stderr.isatty()

    def __call__(self, what: str, done: int, total: int) -> None:
        if self.shown:
            end = "\n" if done >= total else ""
            sys.stderr.write(f"\r{what} {done:,} of {total:,}{end}")
            sys.stderr.flush()


def moving(*, shown: bool) -> _Moving:
    """A moving line on stderr, where a person watches and `shown` allows it."""
    return _Moving(shown=shown)
