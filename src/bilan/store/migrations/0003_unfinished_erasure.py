"""An index of the erasures that are not finished, which every writer asks for."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One small index; no row changes."""

    dependencies: ClassVar = [
        ("store", "0002_registers"),
    ]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="storedobject",
            index=models.Index(
                condition=models.Q(("erased", True), ("slot__isnull", False)),
                fields=["sha256"],
                name="unfinished_erasure",
            ),
        ),
    ]
