"""The ledger: one table that only grows, and the row that says where it ends."""

from __future__ import annotations

from django.db import models

from bilan.store.chain import Link


class Entry(models.Model):
    """One thing that happened to the record. Triggers refuse to change or remove a row."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=27)
    by = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, db_index=True)
    body = models.TextField()
    prev = models.CharField(max_length=64)
    key = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=128, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        """Order is by `seq`, never by the clock."""

        db_table = "ledger"
        ordering = ("seq",)

    def link(self) -> Link:
        """The entry as a plain value."""
        return Link(
            seq=self.seq,
            at=self.at,
            by=self.by,
            kind=self.kind,
            body=self.body,
            prev=self.prev,
            key=self.key,
            signature=self.signature,
            hash=self.hash,
        )


class RecordInfo(models.Model):
    """The one row about the record itself.

    `format` is the version of the tables; `head_*` name the last entry, so that a ledger cut
    short is noticed; `derived_seq` is the entry up to which the derived tables follow.
    """

    id = models.IntegerField(primary_key=True, default=1)
    record = models.CharField(max_length=32)
    format = models.IntegerField()
    head_seq = models.BigIntegerField(default=0)
    head_hash = models.CharField(max_length=64)
    derived_seq = models.BigIntegerField(default=0)

    class Meta:
        """One row."""

        db_table = "record_info"
