"""The tree of errors: broken promises, as opposed to faults of the input.

    BilanError
      UsageError           what was asked cannot be done as asked; asking differently helps
        UnknownName        a code, person, place or party that is not there
        Refused            a rule forbids it (a decision about something withdrawn, a newer record)
        Conflict           what was decided about changed since the person looked; each change named
      DataError            a file that ships with Bilan, or that the user configured, is malformed
      GazetteerError       no gazetteer, or one that cannot be opened
      NoAnswer             a server that was asked gave no usable answer; trying again may help
      RecordError          the record cannot be opened, read or written
        RecordBusy         another process is writing; trying again helps
        NotWritten         the disk refused (full, read-only); what was not written is named
        IntegrityError     a stored byte is not the byte that was kept

Wrong input from the world is no error: it is a `Fault` (see `bilan.core.values`), collected and
shown with its place.
"""


class BilanError(Exception):
    """Something promised did not hold. `again` says whether trying again may help."""

    again = False

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(BilanError):
    """What was asked cannot be done as asked."""


class UnknownName(UsageError):
    """A code, person, place or party that is not there."""


class Refused(UsageError):
    """A rule forbids what was asked."""


class Conflict(UsageError):
    """What was to be decided about changed meanwhile; `changes` says how, one line each."""

    def __init__(self, message: str, *, changes: tuple[str, ...], hint: str) -> None:
        super().__init__(message, hint=hint)
        self.changes = changes

    def __str__(self) -> str:
        return " ".join((self.message, *self.changes, self.hint))


class DataError(BilanError):
    """A data file is malformed: the message names file and place."""


class GazetteerError(BilanError):
    """There is no gazetteer, or it cannot be opened."""


class NoAnswer(BilanError):
    """A server that was asked gave no answer that can be used."""

    again = True


class RecordError(BilanError):
    """The record cannot be opened, read or written."""


class RecordBusy(RecordError):
    """Another process is writing."""

    again = True


class NotWritten(RecordError):
    """The disk refused a write; the message names what was not written."""

    again = True


class IntegrityError(RecordError):
    """A stored byte is not the byte that was kept."""
