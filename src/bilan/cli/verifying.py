"""`bilan verify`: whether a record holds, in a module of its own: it alone checks certificates."""

from __future__ import annotations

from dataclasses import asdict

import typer

from bilan.cli.exits import Exit
from bilan.cli.record_commands import AsJson, moving, opened, say, say_json
from bilan.store.verify.verdict import Verdict
from bilan.store.verify.whole import verify as verify_record

app = typer.Typer()


@app.command()
def verify(context: typer.Context, as_json: AsJson = False) -> None:
    """Check every entry, signature, object and table; name each thing that is wrong."""
    record = opened(context)
    verdict = verify_record(record, progress=moving(shown=not as_json))
    if as_json:
        say_json({**asdict(verdict), "record": record.id, "holds": verdict.holds})
    else:
        _say_verdict(verdict)
    raise typer.Exit(Exit.DONE if verdict.holds else Exit.NOT_INTACT)


def _say_verdict(verdict: Verdict) -> None:
    for fault in verdict.faults:
        say(f"WRONG  {fault.where}: {fault.message}")
    for note in verdict.notes:
        say(f"note   {note.where}: {note.message}")
    say(
        f"{verdict.entries} entries ({verdict.signed} signed, {verdict.recorded} recorded as a"
        f" name), {verdict.objects} objects, {verdict.erased} erased"
    )
    for stamp in verdict.stamps:
        say(f"stamp   up to entry {stamp.seq}, {stamp.at:%Y-%m-%d %H:%M} UTC, {stamp.authority}")
        say(f"        rests on certificate {stamp.root}")
    say(f"head    {verdict.head}")
    say(f"tables  {verdict.digest}")
    say("the record holds" if verdict.holds else f"{len(verdict.faults)} things are wrong")
