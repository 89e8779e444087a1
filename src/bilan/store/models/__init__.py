"""The tables, one file for each stage."""

from bilan.store.models.derived import Capture, ReadingMade, ShelfIndex, ShelfValue
from bilan.store.models.incidents import IncidentParty, IncidentReport, IncidentRow
from bilan.store.models.ledger import Entry, RecordInfo
from bilan.store.models.objects import StoredObject
from bilan.store.models.people import Person
from bilan.store.models.registers import (
    RegisterCode,
    RegisterEdition,
    RegisterRefused,
    RegisterRow,
)

__all__ = [
    "Capture",
    "Entry",
    "IncidentParty",
    "IncidentReport",
    "IncidentRow",
    "Person",
    "ReadingMade",
    "RecordInfo",
    "RegisterCode",
    "RegisterEdition",
    "RegisterRefused",
    "RegisterRow",
    "ShelfIndex",
    "ShelfValue",
    "StoredObject",
]
