"""Tables of the registers of other recorders."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Rows, codes, refused rows and editions of registers."""

    dependencies: ClassVar = [
        ("store", "0001_initial"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="RegisterEdition",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("register", models.CharField(max_length=40)),
                ("part", models.CharField(max_length=40)),
                ("mapping", models.CharField(max_length=80)),
                ("file", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("as_of", models.DateField()),
                ("rows", models.BigIntegerField()),
                ("new", models.BigIntegerField()),
                ("changed", models.BigIntegerField()),
                ("same", models.BigIntegerField()),
                ("refused", models.BigIntegerField()),
            ],
            options={
                "db_table": "register_edition",
                "ordering": ("seq",),
            },
        ),
        migrations.CreateModel(
            name="RegisterCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.CharField(max_length=40)),
                ("part", models.CharField(max_length=40)),
                ("fold", models.CharField(db_index=True, max_length=220)),
                ("row", models.CharField(max_length=220)),
                ("seq", models.BigIntegerField()),
                ("use", models.CharField(max_length=8)),
                ("as_of", models.DateField()),
                ("code", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "register_code",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("register", "part", "fold", "row", "seq", "use"),
                        name="one_register_code",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterRefused",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.CharField(max_length=40)),
                ("part", models.CharField(max_length=40)),
                ("line", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("seq", models.BigIntegerField()),
                ("pos", models.IntegerField()),
                ("faults", models.TextField()),
            ],
            options={
                "db_table": "register_refused",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("register", "part", "line", "digest"), name="one_refused_row"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.CharField(max_length=40)),
                ("part", models.CharField(max_length=40)),
                ("fold", models.CharField(max_length=220)),
                ("key", models.CharField(max_length=220)),
                ("seq", models.BigIntegerField(db_index=True)),
                ("pos", models.IntegerField()),
                ("line", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("as_of", models.DateField()),
                ("kind", models.CharField(max_length=12)),
                ("code", models.CharField(blank=True, max_length=200)),
                ("of", models.CharField(blank=True, db_index=True, max_length=200)),
                ("mark", models.CharField(blank=True, max_length=12)),
                ("first_day", models.DateField(db_index=True, null=True)),
                ("last_day", models.DateField(null=True)),
                ("town", models.CharField(blank=True, max_length=200)),
                ("admin1", models.CharField(blank=True, max_length=200)),
                ("country", models.CharField(blank=True, max_length=60)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("killed_min", models.IntegerField(null=True)),
                ("killed_max", models.IntegerField(null=True)),
                ("injured_min", models.IntegerField(null=True)),
                ("injured_max", models.IntegerField(null=True)),
                ("grade", models.CharField(blank=True, max_length=20)),
                ("defects", models.TextField(blank=True)),
            ],
            options={
                "db_table": "register_row",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("register", "part", "fold"), name="one_register_row"
                    )
                ],
            },
        ),
    ]
