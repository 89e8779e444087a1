"""What the number says with which a command ends: scripts trust it, so it never changes."""

from __future__ import annotations

from enum import IntEnum

from bilan.core.errors import (
    BilanError,
    Conflict,
    DataError,
    GazetteerError,
    IntegrityError,
    NoAnswer,
    NotWritten,
    RecordBusy,
    RecordError,
    UsageError,
)


class Exit(IntEnum):
    """Exit codes; `docs/reference/commands.md` lists them for people."""

    DONE = 0
    FAULTS = 1  # done, but something of the input could not be used; each fault was shown
    USAGE = 2  # nothing was done: ask differently
    INSTALLATION = 3  # a data file or the gazetteer is missing or malformed
    RECORD = 4  # the record cannot be opened or read
    BUSY = 5  # another process is writing: try again
    NOT_WRITTEN = 6  # the disk refused: make room, try again
    NOT_INTACT = 7  # a stored byte is not the byte that was kept
    CHANGED = 8  # what was to be decided about changed meanwhile: look again
    NO_ANSWER = 9  # a server that was asked did not answer: try again
    DEFECT = 70  # a fault of Bilan itself
    INTERRUPTED = 130
    NOBODY_READS = 141  # the reader of a pipe went away


# The first that fits decides, so a class stands before the class that it belongs to.
_BY_ERROR: tuple[tuple[type[BilanError], Exit], ...] = (
    (Conflict, Exit.CHANGED),
    (UsageError, Exit.USAGE),
    (DataError, Exit.INSTALLATION),
    (GazetteerError, Exit.INSTALLATION),
    (NoAnswer, Exit.NO_ANSWER),
    (RecordBusy, Exit.BUSY),
    (NotWritten, Exit.NOT_WRITTEN),
    (IntegrityError, Exit.NOT_INTACT),
    (RecordError, Exit.RECORD),
)


def exit_for(error: BilanError) -> Exit:
    """The exit code of a broken promise."""
    return next((code for kind, code in _BY_ERROR if isinstance(error, kind)), Exit.DEFECT)
