"""The people of a record, derived from the ledger."""

from __future__ import annotations

from django.db import models


class Person(models.Model):
    """Somebody who may act. `key` is the public key (hexadecimal), empty without one."""

    name = models.CharField(max_length=200, primary_key=True)
    duty = models.CharField(max_length=20)
    key = models.CharField(max_length=64, blank=True)
    since_seq = models.BigIntegerField()
    left_seq = models.BigIntegerField(null=True)

    class Meta:
        """In the order in which they came."""

        db_table = "person"
        ordering = ("since_seq",)
