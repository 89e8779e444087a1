"""What registers of other recorders assert, in rows of their own: never mixed with our incidents.

Each row follows from one entry of the ledger alone, so that they can be checked entry by entry.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class RegisterRow(models.Model):
    """The last version of a row of a register: where it stands, and what is asked of it most.

    `seq` and `pos` say which entry holds it, and where in that entry.
    """

    register = models.CharField(max_length=40)
    part = models.CharField(max_length=40)
    fold = models.CharField(max_length=220)
    key = models.CharField(max_length=220)
    seq = models.BigIntegerField(db_index=True)
    pos = models.IntegerField()
    line = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    as_of = models.DateField()
    kind = models.CharField(max_length=12)
    code = models.CharField(max_length=200, blank=True)
    of = models.CharField(max_length=200, blank=True, db_index=True)
    mark = models.CharField(max_length=12, blank=True)
    first_day = models.DateField(null=True, db_index=True)
    last_day = models.DateField(null=True)
    town = models.CharField(max_length=200, blank=True)
    admin1 = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=60, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    killed_min = models.IntegerField(null=True)
    killed_max = models.IntegerField(null=True)
    injured_min = models.IntegerField(null=True)
    injured_max = models.IntegerField(null=True)
    grade = models.CharField(max_length=20, blank=True)
    defects = models.TextField(blank=True)

    class Meta:
        """One row for each key of a table."""

        db_table = "register_row"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["register", "part", "fold"], name="one_register_row"),
        ]


class RegisterCode(models.Model):
    """A code that a version of a row carries: its own, one of several, or a former one.

    Versions are kept, so that an alias has its dates: those of the entries that carry it.
    """

    register = models.CharField(max_length=40)
    part = models.CharField(max_length=40)
    fold = models.CharField(max_length=220, db_index=True)
    row = models.CharField(max_length=220)
    seq = models.BigIntegerField()
    use = models.CharField(max_length=8)
    as_of = models.DateField()
    code = models.CharField(max_length=200)

    class Meta:
        """Each use of a code once for each version of a row."""

        db_table = "register_code"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["register", "part", "fold", "row", "seq", "use"], name="one_register_code"
            ),
        ]


class RegisterRefused(models.Model):
    """A row that could not be taken in: kept as it came, counted nowhere."""

    register = models.CharField(max_length=40)
    part = models.CharField(max_length=40)
    line = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    seq = models.BigIntegerField()
    pos = models.IntegerField()
    faults = models.TextField()

    class Meta:
        """The same bytes at the same line are refused once."""

        db_table = "register_refused"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["register", "part", "line", "digest"], name="one_refused_row"
            ),
        ]


class RegisterEdition(models.Model):
    """An edition of a register that was taken in to its end, and what it brought."""

    seq = models.BigIntegerField(primary_key=True)
    register = models.CharField(max_length=40)
    part = models.CharField(max_length=40)
    mapping = models.CharField(max_length=80)
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    as_of = models.DateField()
    rows = models.BigIntegerField()
    new = models.BigIntegerField()
    changed = models.BigIntegerField()
    same = models.BigIntegerField()
    refused = models.BigIntegerField()

    class Meta:
        """In the order in which they came."""

        db_table = "register_edition"
        ordering = ("seq",)
