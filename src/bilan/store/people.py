"""The people of a record: who they are and what they may do, as the ledger says."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from bilan.core.errors import Refused, UnknownName
from bilan.store.asking import row
from bilan.store.models import Person
from bilan.store.signing import MACHINE, Author, author_for, keys_folder

JOINED, LEFT = "joined", "left"
KINDS = (JOINED, LEFT)


class Duty(StrEnum):
    """What somebody does in a record: each may do what those before may do."""

    READS = "reads"
    RECORDS = "records"  # adds reports, decides
    SIGNS = "signs"  # grades, erases


_COLUMNS = ("name", "duty", "key", "since_seq", "left_seq")
_PERSON = f"SELECT {', '.join(_COLUMNS)} FROM person WHERE name = %s"  # noqa: S608 - our own names
_RANK = {Duty.READS: 0, Duty.RECORDS: 1, Duty.SIGNS: 2}


def tidy_name(name: str) -> str:
    """A name as it is kept: NFC, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def person(name: str) -> Person:
    """The person of that name, whatever its case."""
    tidy = tidy_name(name)
    as_written = row(_PERSON, (tidy,))
    if as_written is not None:
        return Person(**dict(zip(_COLUMNS, as_written, strict=True)))
    wanted = tidy.casefold()
    for known in Person.objects.all():
        if known.name.casefold() == wanted:
            return known
    raise UnknownName(
        f"Nobody called {name} belongs to this record.",
        hint=f'Add them with `bilan people add "{name}"`; `bilan people` lists those who do.',
    )


def who_may(name: str, duty: Duty) -> Author:
    """The author of that name, if the record lets them do this; refused with the reason."""
    known = person(name)
    if known.left_seq is not None:
        raise Refused(
            f"{known.name} has left the record (entry {known.left_seq}).",
            hint="What they decided stands; somebody else must decide this.",
        )
    if _RANK[Duty(known.duty)] < _RANK[duty]:
        raise Refused(
            f"{known.name} {known.duty}; this needs somebody who {duty}.",
            hint="`bilan people` shows who that is.",
        )
    return author_for(known.name, known.key, keys_folder())


def machine_or(name: str | None, duty: Duty) -> Author:
    """The program itself where nobody is named, else `who_may`."""
    return Author(MACHINE) if name is None else who_may(name, duty)
