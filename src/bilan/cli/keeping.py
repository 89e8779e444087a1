"""`bilan backup, restore, move, stamp, hand-over`: a record that outlives its disk."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bilan.acts.backup_record import BackedUp, backup_record, check_backup
from bilan.acts.hand_over import hand_over as hand_over_record
from bilan.acts.move_record import move_record
from bilan.acts.restore_record import Restored, restore_record
from bilan.acts.stamp_head import stamp_head
from bilan.capture.stamps import ask_for_stamp
from bilan.cli.asking import IfItMatters
from bilan.cli.exits import Exit
from bilan.cli.record_commands import AsJson, Because, By, moving, now, opened, say, say_json
from bilan.core.errors import UsageError
from bilan.core.values import Fault
from bilan.store.stamps import certificates_in

app = typer.Typer()

Secret = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="The file whose first line is the passphrase."),
]


def _passphrase(file: Path | None) -> str | None:
    if file is None:
        return None
    lines = file.read_text(encoding="utf-8").splitlines()
    if not lines or not lines[0]:
        raise UsageError(f"{file} holds no passphrase.", hint="Its first line is the passphrase.")
    return lines[0]


def _say_faults(faults: tuple[Fault, ...]) -> None:
    for fault in faults:
        say(f"WRONG  {fault.where}: {fault.message}")


@app.command()
def backup(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="On another disk.")],
    check: Annotated[
        bool, typer.Option("--check", help="Only check the backup that is there.")
    ] = False,
    passphrase_file: Secret = None,
    as_json: AsJson = False,
) -> None:
    """Back up the record as it is now, while people work. Only what is new is written.

    With a passphrase from the first time on, the whole backup is encrypted.
    """
    passphrase, progress = _passphrase(passphrase_file), moving(shown=not as_json)
    if check:
        moment, faults = check_backup(folder, passphrase=passphrase, progress=progress)
        if as_json:
            say_json({"moment": asdict(moment), "faults": [str(fault) for fault in faults]})
        else:
            _say_faults(faults)
            say(f"entry {moment.seq} of {moment.at}: {'wrong' if faults else 'the backup holds'}")
        raise typer.Exit(Exit.NOT_INTACT if faults else Exit.DONE)
    record = opened(context)
    done = backup_record(record, folder, at=now(), passphrase=passphrase, progress=progress)
    _say_backup(done, folder, as_json=as_json)
    raise typer.Exit(Exit.NOT_INTACT if done.faults else Exit.DONE)


def _say_backup(done: BackedUp, folder: Path, *, as_json: bool) -> None:
    if as_json:
        say_json({**asdict(done), "faults": [str(fault) for fault in done.faults]})
        return
    _say_faults(done.faults)
    say(f"{done.entries} new entries, {done.objects} new objects in {folder}")
    if done.forgotten:
        say(f"{done.forgotten} erased objects removed from it")
    say(f"up to entry {done.seq}, head {done.head}")


@app.command()
def restore(
    backup: Annotated[Path, typer.Argument(metavar="BACKUP", help="The folder of the backup.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The new folder of the record.")],
    moment: Annotated[
        int | None, typer.Option(metavar="ENTRY", help="An earlier moment than the last one.")
    ] = None,
    passphrase_file: Secret = None,
    as_json: AsJson = False,
) -> None:
    """Make a record again from a backup; its tables in PostgreSQL if DATABASE_URL says so.

    Everything is checked on its way. Interrupted, run it again and it continues.
    """
    done = restore_record(
        backup,
        folder,
        moment=moment,
        passphrase=_passphrase(passphrase_file),
        progress=moving(shown=not as_json),
    )
    if as_json:
        plain = asdict(done.moment) | {"parts": len(done.moment.parts)}
        say_json({"moment": plain, "objects": done.objects, "same": done.same})
        return
    _say_restored(done, folder)


def _say_restored(done: Restored, folder: Path) -> None:
    say(f"{done.moment.seq} entries, {done.objects} objects in {folder}")
    say(f"head    {done.moment.head}")
    same = "as in the backup" if done.same else f"reckoned anew (then {done.moment.made_with})"
    say(f"tables  {done.tables} {same}")
    for what in done.forgotten:
        say(f"note   {what} was erased later: its words are gone; `bilan erase` it here too")


class Database(StrEnum):
    """Where a record's tables may lie."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


@app.command()
def move(
    context: typer.Context,
    to: Annotated[Database, typer.Option(help="postgresql: the one that DATABASE_URL names.")],
    as_json: AsJson = False,
) -> None:
    """Move the record's tables to the other database. Objects and keys stay where they are.

    People may work meanwhile; in the end both are compared, and only then the folder says so.
    """
    done = move_record(opened(context), str(to), progress=moving(shown=not as_json))
    if as_json:
        say_json(asdict(done))
        return
    say(f"{done.head.seq} entries are in {done.to} now, equal in both")
    say(f"head    {done.head.hash}")
    say(f"tables  {done.tables}")


@app.command()
def stamp(
    context: typer.Context,
    authority: Annotated[
        str, typer.Option("--tsa", metavar="URL", help="The time-stamping authority (RFC 3161).")
    ],
    certificate: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Its root certificate (PEM), if it does not send it."),
    ] = None,
    by: IfItMatters = None,
    as_json: AsJson = False,
) -> None:
    """Have the end of the ledger stamped: nobody can change later what stands there now.

    The authority learns a hash and nothing else. `bilan verify` checks stamps without it.
    """
    known = certificates_in(certificate.read_bytes()) if certificate else []
    record = opened(context)
    made = stamp_head(record, authority, ask_for_stamp, at=now(), certificates=known, by=by)
    if as_json:
        say_json(asdict(made))
        return
    say(f"stamped up to entry {made.seq} at {made.at:%Y-%m-%d %H:%M:%S} UTC by {made.authority}")
    say(f"It rests on certificate {made.root}: compare it with what the authority publishes.")


@app.command("hand-over")
def hand_over(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")],
    by: By,
    because: Because,
    as_json: AsJson = False,
) -> None:
    """Export the whole record, signed, with a program that checks it without Bilan.

    It holds every word that was not erased, in clear, for a court or an archive. The record notes
    who handed it over, and why.
    """
    progress = moving(shown=not as_json)
    done = hand_over_record(
        opened(context), folder, by=by, because=because, at=now(), progress=progress
    )
    if as_json:
        say_json(asdict(done))
        return
    say(f"{done.seq} entries, {done.objects} objects in {folder}, with their words in clear")
    say(f"head      {done.head}")
    say(f"manifest  {done.manifest}")
    say(f"Check it anywhere: python {folder}/check_record.py {folder}")
