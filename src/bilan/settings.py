"""Django's settings for the record that `BILAN_RECORD` or `DATABASE_URL` names.

Acts point Django at the record they open; what stands here is what Django's own commands see.
"""

import os
from pathlib import Path

from bilan.store.databases import postgresql_database, sqlite_database

INSTALLED_APPS = ["bilan.store"]
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_URL = os.environ.get("DATABASE_URL")
_FOLDER = Path(os.environ.get("BILAN_RECORD", "."))
DATABASES = {
    "default": postgresql_database(_URL) if _URL else sqlite_database(_FOLDER / "record.sqlite")
}
