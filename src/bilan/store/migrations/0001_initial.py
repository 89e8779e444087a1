"""The first tables, and the triggers that keep the ledger append-only."""

from typing import ClassVar

from django.db import migrations, models

from bilan.store.guards import remove_guards, set_guards

ID = (
    "id",
    models.BigAutoField(auto_created=True, verbose_name="ID", primary_key=True, serialize=False),
)


class Migration(migrations.Migration):
    """Ledger, record, people, objects, what follows from them."""

    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.CharField(max_length=27)),
                ("by", models.CharField(max_length=200)),
                ("kind", models.CharField(db_index=True, max_length=40)),
                ("body", models.TextField()),
                ("prev", models.CharField(max_length=64)),
                ("key", models.CharField(blank=True, max_length=64)),
                ("signature", models.CharField(blank=True, max_length=128)),
                ("hash", models.CharField(max_length=64, unique=True)),
            ],
            options={"db_table": "ledger", "ordering": ("seq",)},
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("name", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("duty", models.CharField(max_length=20)),
                ("key", models.CharField(blank=True, max_length=64)),
                ("since_seq", models.BigIntegerField()),
                ("left_seq", models.BigIntegerField(null=True)),
            ],
            options={"db_table": "person", "ordering": ("since_seq",)},
        ),
        migrations.CreateModel(
            name="RecordInfo",
            fields=[
                ("id", models.IntegerField(default=1, primary_key=True, serialize=False)),
                ("record", models.CharField(max_length=32)),
                ("format", models.IntegerField()),
                ("head_seq", models.BigIntegerField(default=0)),
                ("head_hash", models.CharField(max_length=64)),
                ("derived_seq", models.BigIntegerField(default=0)),
            ],
            options={"db_table": "record_info"},
        ),
        migrations.CreateModel(
            name="StoredObject",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("slot", models.BigIntegerField(null=True)),
                ("erased", models.BooleanField(default=False)),
            ],
            options={"db_table": "stored_object"},
        ),
        migrations.CreateModel(
            name="Capture",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("report", models.CharField(db_index=True, max_length=200)),
                ("bytes", models.CharField(db_index=True, max_length=64)),
                ("words", models.CharField(db_index=True, max_length=64)),
            ],
            options={"db_table": "capture", "ordering": ("seq",)},
        ),
        migrations.CreateModel(
            name="ReadingMade",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("report", models.CharField(db_index=True, max_length=200)),
                ("reader", models.CharField(max_length=200)),
            ],
            options={"db_table": "reading", "ordering": ("seq",)},
        ),
        migrations.CreateModel(
            name="ShelfValue",
            fields=[
                ID,
                ("shelf", models.CharField(max_length=12)),
                ("key", models.CharField(max_length=220)),
                ("value", models.TextField()),
            ],
            options={
                "db_table": "shelf_value",
                "constraints": [models.UniqueConstraint(fields=("shelf", "key"), name="one_value")],
            },
        ),
        migrations.CreateModel(
            name="ShelfIndex",
            fields=[
                ID,
                ("shelf", models.CharField(max_length=12)),
                ("key", models.CharField(max_length=220)),
                ("value", models.CharField(max_length=220)),
            ],
            options={
                "db_table": "shelf_index",
                "constraints": [
                    models.UniqueConstraint(fields=("shelf", "key", "value"), name="one_entry")
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentRow",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("state", models.CharField(max_length=10)),
                ("first_day", models.DateField(db_index=True, null=True)),
                ("last_day", models.DateField(null=True)),
                ("cause", models.CharField(max_length=30)),
                ("country", models.CharField(blank=True, max_length=10)),
                ("admin1", models.CharField(blank=True, max_length=120)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("killed_min", models.IntegerField(null=True)),
                ("killed_max", models.IntegerField(null=True)),
                ("killed_open", models.BooleanField(default=False)),
                ("injured_min", models.IntegerField(null=True)),
                ("injured_max", models.IntegerField(null=True)),
                ("injured_open", models.BooleanField(default=False)),
                ("reports", models.IntegerField()),
                ("origins", models.IntegerField()),
                ("independent", models.IntegerField()),
                ("grade", models.CharField(db_index=True, max_length=20)),
                ("signed", models.BooleanField(default=False)),
                ("review", models.BooleanField(default=False)),
            ],
            options={"db_table": "incident", "ordering": ("first_day", "code")},
        ),
        migrations.CreateModel(
            name="IncidentParty",
            fields=[
                ID,
                ("code", models.CharField(max_length=40)),
                ("party", models.CharField(db_index=True, max_length=200)),
                ("role", models.CharField(max_length=30)),
            ],
            options={
                "db_table": "incident_party",
                "constraints": [
                    models.UniqueConstraint(fields=("code", "party", "role"), name="one_part")
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentReport",
            fields=[
                ID,
                ("code", models.CharField(max_length=40)),
                ("report", models.CharField(db_index=True, max_length=200)),
                ("told", models.CharField(max_length=10)),
            ],
            options={
                "db_table": "incident_report",
                "constraints": [
                    models.UniqueConstraint(fields=("code", "report", "told"), name="one_report")
                ],
            },
        ),
        migrations.RunPython(set_guards, remove_guards),
    ]
