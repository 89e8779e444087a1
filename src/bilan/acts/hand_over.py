"""Hand a record over as plain files that anybody can check, signed by a person."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bilan import __version__
from bilan.acts.deciding import reason
from bilan.core.errors import Refused
from bilan.store.chain import sha256
from bilan.store.disk import ASIDE, sync_folder
from bilan.store.handover.manifest import (
    CHECKER,
    MANIFEST,
    README,
    SIGNATURE,
    checker,
    ledger_lines,
    manifest_of,
    signed_bytes,
    table_lines,
)
from bilan.store.ledger import Draft, Head, head, instant
from bilan.store.people import Duty, who_may
from bilan.store.record import Record
from bilan.store.replay import digest
from bilan.store.signing import Author
from bilan.store.trouble import told_plainly
from bilan.store.verify.objects import named_objects
from bilan.store.verify.verdict import Progress, silent

HANDED = "handed"  # the kind of the entry that says so


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was handed over: the end of the ledger, files, objects, and the manifest's hash."""

    seq: int
    head: str
    files: int
    objects: int
    manifest: str


def hand_over(
    record: Record,
    folder: Path,
    *,
    by: str,
    because: str,
    at: datetime,
    progress: Progress = silent,
) -> HandedOver:
    """The whole record in a new folder: ledger, derived rows, objects in clear, a checker.

    It holds every word that was not erased, in clear: it is for those who have to see them. The
    ledger notes that it was handed over, by whom and why. Interrupted, the folder is not there.
    """
    why, folder = reason(because), folder.absolute()
    author = who_may(by, Duty.SIGNS)
    if author.private is None:
        raise Refused(f"{author.name} has no key here to sign with.", hint="`bilan people`")
    if folder.exists():
        raise Refused(f"{folder} is there already.", hint="Name a new folder.")
    aside = folder.with_name(folder.name + ASIDE)
    what = f"the export {folder}"
    with told_plainly(what):
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True, mode=0o700)
        with record.reading(), told_plainly(what):
            done = _written(record, aside, author, at, progress)
        sync_folder(aside)
        aside.replace(folder)
        sync_folder(folder.parent)
    body = {"seq": done.seq, "head": done.head, "manifest": done.manifest, "because": why}
    with record.writing(f"that {folder.name} was handed over") as pen:
        pen.write([Draft(HANDED, body)], author=author, at=at)
    return done


def _written(
    record: Record, folder: Path, author: Author, at: datetime, progress: Progress
) -> HandedOver:
    end = head()
    objects = _objects(record, folder / "objects", progress)
    _lines(folder / "ledger.jsonl", ledger_lines())
    _lines(folder / "tables.jsonl", table_lines())
    (folder / CHECKER).write_bytes(checker())
    (folder / "README.txt").write_text(README, encoding="utf-8")
    manifest = manifest_of(folder, _says(record, end, author, at))
    (folder / MANIFEST).write_bytes(manifest)
    (folder / SIGNATURE).write_text(author.sign(signed_bytes(manifest)) + "\n", encoding="utf-8")
    return HandedOver(end.seq, end.hash, objects + 4, objects, sha256(manifest))


def _says(record: Record, end: Head, author: Author, at: datetime) -> dict[str, object]:
    return {
        "record": record.id,
        "at": instant(at),
        "by": author.name,
        "key": author.key,
        "made_with": f"bilan {__version__}",
        "seq": end.seq,
        "head": end.hash,
        "tables": digest(),
    }


def _objects(record: Record, folder: Path, progress: Progress) -> int:
    """The objects in clear, each checked against its name."""
    folder.mkdir()
    named, gone = named_objects()
    kept = [name for name in named if name not in gone]
    for done, name in enumerate(kept, start=1):
        data = record.objects.read(name)
        if data is not None:
            (folder / name).write_bytes(data)
        progress("objects", done, len(kept))
    return len(kept)


def _lines(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
