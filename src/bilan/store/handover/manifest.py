"""A signed export as plain files: what each of them is, and the manifest that covers them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models

from bilan.store.chain import Link, canonical, sha256
from bilan.store.ledger import links
from bilan.store.tables import TABLES, Table

FORMAT = 1
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
CHECKER = "check_record.py"
_LINK = tuple(field.name for field in fields(Link))
README = """A signed export of a record of civilian harm.

    python check_record.py .

says whether every entry, signature, stamp, object and row is what was signed (Python 3.11 or newer
with the package "cryptography"). Take check_record.py from a source that you trust, not from this
folder: its hash stands in the manifest and in the documentation of Bilan.

    ledger.jsonl    every entry, one line each: number, time, by whom, kind, body, hash before,
                    key, signature, hash
    tables.jsonl    what follows from them (incidents, ranges, grades), one row each
    objects/        the preserved bytes and the texts that were read, named by their SHA-256
    manifest.json   the SHA-256 of every file, and who signs for them; manifest.sig the signature
"""


def signed_bytes(manifest: bytes) -> bytes:
    """What the signature of a manifest covers."""
    return b"bilan-export-1\n" + manifest


def ledger_lines() -> Iterator[str]:
    """Every entry as a line."""
    for link in links():
        yield canonical([getattr(link, name) for name in _LINK])


def table_lines() -> Iterator[str]:
    """Every derived row as a line: the table's name, then its columns."""
    for table in TABLES:
        for key, row in table.rows():
            plain = [v.isoformat() if isinstance(v, date) else v for v in (*key, *row)]
            yield canonical([table.name, *plain])


def shape() -> dict[str, Any]:
    """The derived tables in the order of their digest, and the columns that hold a truth."""
    return {
        "columns": [[table.name, [*table.key, *table.columns]] for table in TABLES],
        "truths": {table.name: found for table in TABLES if (found := _truths(table))},
    }


def _truths(table: Table) -> list[str]:
    concrete = table.model._meta.concrete_fields
    return [field.attname for field in concrete if isinstance(field, models.BooleanField)]


def checker() -> bytes:
    """The program that checks a record without Bilan, to travel with it."""
    return Path(__file__).with_name(CHECKER).read_bytes()


def manifest_of(folder: Path, says: dict[str, Any]) -> bytes:
    """A manifest of every file in the folder, with what else it says."""
    names = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
    files = {name: sha256((folder / name).read_bytes()) for name in names}
    text = json.dumps(
        {"format": FORMAT, **says, **shape(), "files": files}, ensure_ascii=False, indent=1
    )
    return f"{text}\n".encode()
