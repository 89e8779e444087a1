"""The tables, one file for each stage."""

from bilan.store.models.derived import Capture, ReadingMade, ShelfIndex, ShelfValue
from bilan.store.models.incidents import IncidentParty, IncidentReport, IncidentRow
from bilan.store.models.ledger import Entry, RecordInfo
from bilan.store.models.objects import StoredObject
from bilan.store.models.people import Person

__all__ = [
    "Capture",
    "Entry",
    "IncidentParty",
    "IncidentReport",
    "IncidentRow",
    "Person",
    "ReadingMade",
    "RecordInfo",
    "ShelfIndex",
    "ShelfValue",
    "StoredObject",
]
