"""The index of the objects, derived from the ledger and the key file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class StoredObject(models.Model):
    """Bytes that the record keeps, by the SHA-256 of what they say in clear.

    `slot` is the place of the object's key in the key file, None once the key was destroyed.
    `erased` with a slot: the erasure was decided and is not finished.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    slot = models.BigIntegerField(null=True)
    erased = models.BooleanField(default=False)

    class Meta:
        """By name."""

        db_table = "stored_object"
        indexes: ClassVar = [
            # Every writer asks whether an erasure is unfinished, and hardly ever is one.
            models.Index(
                fields=["sha256"],
                name="unfinished_erasure",
                condition=models.Q(erased=True, slot__isnull=False),
            )
        ]
