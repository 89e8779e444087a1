"""What a database or a disk says when it refuses, in words that say what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, OperationalError

from bilan.core.errors import NotWritten, RecordBusy, RecordError

_FULL = ("disk is full", "no space left", "could not extend file", "disk quota")
_SEALED = ("readonly database", "read-only", "unable to open database file", "permission denied")
_BUSY = ("database is locked", "lock timeout", "canceling statement due to lock")
_MOVED = "the record has moved"  # what `guards.close_ledger` lets the database say
_BROKEN = ("malformed", "not a database", "disk i/o error", "disk image")

FULL_HINT = "The disk is full. Make room, then run the same command again: it continues."
SEALED_HINT = "The folder cannot be written. Check its owner and mount, or copy it elsewhere."


@contextmanager
def told_plainly(what: str) -> Iterator[None]:
    """Turn a refusal within the block into an error that names `what` was not written."""
    try:
        yield
    except DatabaseError as error:
        raise _of_database(error, what) from error
    except OSError as error:
        raise of_disk(error, what) from error


def _of_database(error: DatabaseError, what: str) -> RecordError:
    said = str(error).lower()
    refused = _not_now(said, what)
    if refused is not None:
        return refused
    if any(words in said for words in _BROKEN):
        return RecordError(
            f"The record's database cannot be read: {error}.",
            hint="Restore the record from a backup; the objects are not touched.",
        )
    if isinstance(error, OperationalError):
        return RecordError(
            f"The record's database does not answer: {error}.",
            hint="Check DATABASE_URL and that the server runs.",
        )
    return RecordError(f"Not written: {what}. The database refused: {error}.")


def _not_now(said: str, what: str) -> RecordError | None:
    """What may succeed once something outside has changed."""
    if any(words in said for words in _BUSY):
        return RecordBusy(
            f"Not written: {what}. Another process is writing to the record.",
            hint="Nothing is lost; run the same command again.",
        )
    if _MOVED in said:
        return RecordBusy(
            f"Not written: {what}. The record has moved to another database.",
            hint="Set DATABASE_URL if it lies in PostgreSQL now, and run the same command again.",
        )
    if any(words in said for words in _FULL):
        return NotWritten(f"Not written: {what}.", hint=FULL_HINT)
    if any(words in said for words in _SEALED):
        return NotWritten(f"Not written: {what}.", hint=SEALED_HINT)
    return None


def of_disk(error: OSError, what: str) -> RecordError:
    """The error for a refusal of the file system."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return NotWritten(f"Not written: {what}.", hint=FULL_HINT)
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return NotWritten(f"Not written: {what}.", hint=SEALED_HINT)
    return RecordError(f"Not written: {what}. The disk refused: {error}.")
