"""The tables, one file for each stage."""

from bilan.store.models.ledger import Entry, RecordInfo
from bilan.store.models.objects import StoredObject
from bilan.store.models.people import Person

__all__ = ["Entry", "Person", "RecordInfo", "StoredObject"]
