"""From a record folder or a DATABASE_URL to what Django wants to know about a database."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from bilan.core.errors import UsageError

BUSY_SECONDS = 60  # how long a writer waits for another; each holds the record for milliseconds

# WAL: readers never wait for the writer. FULL: what was said to be written survives a power cut.
# secure_delete: bytes that leave a table are overwritten, not only forgotten.
SQLITE_PRAGMAS = "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY"


def sqlite_database(path: Path, *, frozen: bool = False) -> dict[str, Any]:
    """An SQLite file. `frozen`: on a medium that cannot be written, and nobody else does."""
    if frozen:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": f"{path.absolute().as_uri()}?mode=ro&immutable=1",
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": BUSY_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_PRAGMAS,
        },
    }


def postgresql_database(url: str) -> dict[str, Any]:
    """A PostgreSQL database: `postgresql://user:password@host:port/name?sslmode=require`."""
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise UsageError(
            "DATABASE_URL is not the address of a PostgreSQL database.",
            hint="Write postgresql://USER@HOST/NAME, or unset it to use the record's own SQLite.",
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
    }
