"""Adds a list to the gazetteer, or takes one out: in one transaction, seen whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bilan.core.errors import GazetteerError, Refused, UnknownName
from bilan.engines.bloom import Bloom
from bilan.engines.gazetteer import SqliteGazetteer
from bilan.engines.gazetteer_build import (
    Source,
    open_fresh,
    settle,
    stamp,
    with_beginnings,
    write_filter,
    write_source,
)

DEFAULT_SOURCES = frozenset({"geonames", "countries", "regions", "landmarks"})
_TAKE_OUT = (
    "DELETE FROM name WHERE place IN (SELECT row FROM place WHERE source = ?)",
    "DELETE FROM sound WHERE place IN (SELECT row FROM place WHERE source = ?)",
    "DELETE FROM place WHERE source = ?",
)
_MANY_NAMES = 50_000  # beyond so many the filter is made anew, lest it say yes too often


def add_list(path: Path, source: Source, *, added: str) -> str:
    """Add a list to the gazetteer at `path`, in place of one of the same name; the new version."""
    if source.name in DEFAULT_SOURCES:
        raise Refused(
            f"{source.name} is the name of a list that Bilan ships", hint="rename the file"
        )
    with _changing(path) as db:
        _take_out(db, source.name)
        open_fresh(db)
        _, names = write_source(db, source, added=added, on_progress=lambda *_: None)
        fresh = db.execute("SELECT DISTINCT key FROM fresh_name").fetchall()
        settle(db)
        if names > _MANY_NAMES:
            write_filter(db)
        else:
            _extend_filter(db, fresh)
        return stamp(db)


def remove_list(path: Path, name: str) -> str:
    """Take a list out of the gazetteer at `path`; the new version."""
    if name in DEFAULT_SOURCES:
        raise Refused(f"{name} is part of every gazetteer", hint="only added lists can be removed")
    with _changing(path) as db:
        if not _take_out(db, name):
            raise UnknownName(
                f"the gazetteer has no list {name!r}", hint="bilan gazetteer list shows the names"
            )
        return stamp(db)


@contextmanager
def _changing(path: Path) -> Iterator[sqlite3.Connection]:
    SqliteGazetteer(path).close()  # says what is wrong where it is none
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        try:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise GazetteerError(
                f"the gazetteer at {path} was not changed: {error}",
                hint="another process may be changing it, or the disk may be full",
            ) from error


def _take_out(db: sqlite3.Connection, name: str) -> bool:
    for statement in _TAKE_OUT:
        db.execute(statement, (name,))
    return db.execute("DELETE FROM source WHERE name = ?", (name,)).rowcount > 0


def _extend_filter(db: sqlite3.Connection, keys: list[tuple[str]]) -> None:
    (bits,) = db.execute("SELECT bits FROM filter").fetchone()
    bloom = Bloom(bytearray(bits))
    bloom.add_all(with_beginnings(keys))
    db.execute("UPDATE filter SET bits = ?", (bytes(bloom),))
