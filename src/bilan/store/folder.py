"""The record's folder: what makes a folder a record, and how one is found."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from bilan.core.errors import RecordError, UsageError
from bilan.store.disk import write_durably

MARKER = "bilan.json"  # the file that makes a folder a record; written last
DATABASE = "record.sqlite"


@dataclass(frozen=True, slots=True)
class Marker:
    """What the marker says: the record's id, and the database that holds its tables."""

    record: str
    database: str  # "sqlite" or "postgresql"


def find_folder(named: Path | None = None) -> Path:
    """The folder named, else `$BILAN_RECORD`, else the nearest folder upward that is a record."""
    given = named or (Path(os.environ["BILAN_RECORD"]) if "BILAN_RECORD" in os.environ else None)
    if given is not None:
        if not (given / MARKER).is_file():
            raise UsageError(f"{given} is no record.", hint=f"Make one with `bilan init {given}`.")
        return given.absolute()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file():
            return folder
    raise UsageError(
        "There is no record here.",
        hint="Make one with `bilan init`, or name one with --record DIR or BILAN_RECORD.",
    )


def read_marker(folder: Path) -> Marker:
    """What the marker of a record says."""
    try:
        says = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        return Marker(says["record"], says["database"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordError(
            f"{folder / MARKER} cannot be read: {error}.", hint="Restore it from a backup."
        ) from error


def write_marker(folder: Path, marker: Marker) -> None:
    """Make the folder a record."""
    says = {"record": marker.record, "database": marker.database}
    write_durably(folder / MARKER, (json.dumps(says, indent=1) + "\n").encode())
