"""What is reckoned of each incident, in columns that can be searched and summed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class IncidentRow(models.Model):
    """An incident as it stands under the default scheme.

    Counts are null where nothing is known. `state` is open, accepted or rejected; `signed`
    holds where people gave the grade, `review` where the ground of such a grade moved.
    """

    code = models.CharField(max_length=40, primary_key=True)
    state = models.CharField(max_length=10)
    first_day = models.DateField(null=True, db_index=True)
    last_day = models.DateField(null=True)
    cause = models.CharField(max_length=30)
    country = models.CharField(max_length=10, blank=True)
    admin1 = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    killed_min = models.IntegerField(null=True)
    killed_max = models.IntegerField(null=True)
    killed_open = models.BooleanField(default=False)
    injured_min = models.IntegerField(null=True)
    injured_max = models.IntegerField(null=True)
    injured_open = models.BooleanField(default=False)
    reports = models.IntegerField()
    origins = models.IntegerField()
    independent = models.IntegerField()
    grade = models.CharField(max_length=20, db_index=True)
    signed = models.BooleanField(default=False)
    review = models.BooleanField(default=False)

    class Meta:
        """By day, then code."""

        db_table = "incident"
        ordering = ("first_day", "code")


class IncidentParty(models.Model):
    """A part that a party has in an incident."""

    code = models.CharField(max_length=40)
    party = models.CharField(max_length=200, db_index=True)
    role = models.CharField(max_length=30)

    class Meta:
        """Each part once."""

        db_table = "incident_party"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "party", "role"], name="one_part"),
        ]


class IncidentReport(models.Model):
    """A report that tells of an incident: as news, as a recall, or as a party's answer."""

    code = models.CharField(max_length=40)
    report = models.CharField(max_length=200, db_index=True)
    told = models.CharField(max_length=10)

    class Meta:
        """Each once."""

        db_table = "incident_report"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "report", "told"], name="one_report"),
        ]
