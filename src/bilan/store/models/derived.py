"""The tables that follow from the ledger: `rebuild` makes them again, to the same rows.

No table holds a report's words: those are cut from the objects when they are shown.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Capture(models.Model):
    """A report came in: which bytes, and which object holds its words. By number of the entry."""

    seq = models.BigIntegerField(primary_key=True)
    report = models.CharField(max_length=200, db_index=True)
    bytes = models.CharField(max_length=64, db_index=True)
    words = models.CharField(max_length=64, db_index=True)

    class Meta:
        """In the order in which they came."""

        db_table = "capture"
        ordering = ("seq",)


class ReadingMade(models.Model):
    """A reading of a report. The reading itself stands in the ledger's entry of that number."""

    seq = models.BigIntegerField(primary_key=True)
    report = models.CharField(max_length=200, db_index=True)
    reader = models.CharField(max_length=200)

    class Meta:
        """The last one of a report counts."""

        db_table = "reading"
        ordering = ("seq",)


class ShelfValue(models.Model):
    """The casebook's state: one value of one of its mappings, as canonical JSON."""

    shelf = models.CharField(max_length=12)
    key = models.CharField(max_length=220)
    value = models.TextField()

    class Meta:
        """One value for each key."""

        db_table = "shelf_value"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shelf", "key"], name="one_value"),
        ]


class ShelfIndex(models.Model):
    """The casebook's state: one entry of one of its indexes."""

    shelf = models.CharField(max_length=12)
    key = models.CharField(max_length=220)
    value = models.CharField(max_length=220)

    class Meta:
        """Each entry once."""

        db_table = "shelf_index"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shelf", "key", "value"], name="one_entry"),
        ]
