"""Builds the gazetteer's file: all of it or nothing; the old one stays until the new is whole."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path

from bilan.core.errors import GazetteerError
from bilan.core.places.gazetteer import Entry, Match
from bilan.core.places.keys import is_article, key_of, skeleton_of, without_article
from bilan.engines.bloom import Bloom
from bilan.engines.gazetteer import FORMAT, OnProgress, SqliteGazetteer

_SCHEMA = """
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE source (row INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, version TEXT NOT NULL,
    licence TEXT NOT NULL, places INTEGER NOT NULL, names INTEGER NOT NULL, added TEXT NOT NULL);
  CREATE TABLE place (row INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL,
    kind TEXT NOT NULL, country TEXT, admin1 TEXT, population INTEGER NOT NULL, lat REAL NOT NULL,
    lon REAL NOT NULL, radius_km REAL NOT NULL, source TEXT NOT NULL);
  CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, match INTEGER NOT NULL,
    PRIMARY KEY (key, place)) WITHOUT ROWID;
  CREATE TABLE sound (key TEXT NOT NULL, place INTEGER NOT NULL, match INTEGER NOT NULL,
    PRIMARY KEY (key, place)) WITHOUT ROWID;
  CREATE TABLE filter (bits BLOB NOT NULL);
"""
_TAKE_OVER = (
    """INSERT INTO fresh_name SELECT key, place + :offset, match FROM old.name WHERE place IN
       (SELECT row FROM old.place WHERE source NOT IN (SELECT name FROM main.source))""",
    """INSERT INTO fresh_sound SELECT key, place + :offset, match FROM old.sound WHERE place IN
       (SELECT row FROM old.place WHERE source NOT IN (SELECT name FROM main.source))""",
    """INSERT INTO place SELECT row + :offset, id, name, kind, country, admin1, population, lat,
       lon, radius_km, source FROM old.place
       WHERE source NOT IN (SELECT name FROM main.source)""",
    """INSERT INTO source (name, version, licence, places, names, added)
       SELECT name, version, licence, places, names, added FROM old.source
       WHERE name NOT IN (SELECT name FROM main.source)""",
)
_ROWS_AT_ONCE = 5_000
# Countries whose place names are written in Arabic letters, so that their Latin and Cyrillic
# spellings vary with the writer (ISO 3166-1 alpha-2).
TRANSLITERATED = frozenset(
    [
        "SY",
        "IQ",
        "YE",
        "LY",
        "PS",
        "LB",
        "JO",
        "IL",
        "EG",
        "SD",
        "SS",
        "DZ",
        "MA",
        "TN",
        "MR",
        "EH",
        "SA",
        "OM",
        "AE",
        "QA",
        "BH",
        "KW",
        "AF",
        "IR",
        "PK",
        "TD",
        "SO",
        "DJ",
        "ER",
    ]
)


@dataclass(frozen=True, slots=True)
class Named:
    """An entry with every name it goes by; the first is its own."""

    entry: Entry
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where entries come from: a name of one word, a version, a licence, and the entries."""

    name: str
    version: str
    licence: str
    entries: Iterable[Named]
    expected: int  # at least so many entries; fewer means that the input was cut off


def keys_of(named: Named) -> dict[str, Match]:
    """Every key by which an entry is found, with how well each fits."""
    keys: dict[str, Match] = {}
    for position, name in enumerate(named.names):
        key = key_of(name)
        if key:
            keys.setdefault(key, Match.NAME if position == 0 else Match.ALTERNATE)
    if named.entry.country in TRANSLITERATED:
        for key, match in list(keys.items()):
            bare = without_article(key)
            if bare:
                # The article comes and goes in print: no worse than the name with it.
                keys[bare] = min(keys.get(bare, match), match)
            inner = _without_inner_articles(key)
            if inner:
                keys.setdefault(inner, Match.VARIANT)
    return keys


def _without_inner_articles(key: str) -> str | None:
    first, *rest = key.split()
    kept = [first, *(part for part in rest if not is_article(part))]
    return " ".join(kept) if rest and len(kept) > 1 and len(kept) <= len(rest) else None


def _batches(rows: Iterable[Named]) -> Iterator[list[Named]]:
    rows = iter(rows)
    while batch := list(islice(rows, _ROWS_AT_ONCE)):
        yield batch


def write_source(
    db: sqlite3.Connection, source: Source, *, added: str, on_progress: OnProgress
) -> tuple[int, int]:
    """Write the entries of one source; how many places and names they were."""
    places = names = 0
    (row,) = db.execute("SELECT coalesce(max(row), 0) FROM place").fetchone()
    for batch in _batches(source.entries):
        place_rows: list[tuple[object, ...]] = []
        name_rows: list[tuple[str, int, int]] = []
        sound_rows: list[tuple[str, int, int]] = []
        for named in batch:
            row += 1
            entry = named.entry
            place_rows.append((row, *entry))
            keys = keys_of(named)
            name_rows.extend((key, row, int(match)) for key, match in keys.items())
            if entry.country in TRANSLITERATED:
                sounds = {skeleton_of(key) for key in keys}
                sound_rows.extend((s, row, int(Match.SOUND)) for s in sounds if s)
        db.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", place_rows)
        db.executemany("INSERT OR IGNORE INTO fresh_name VALUES (?, ?, ?)", name_rows)
        db.executemany("INSERT OR IGNORE INTO fresh_sound VALUES (?, ?, ?)", sound_rows)
        places += len(place_rows)
        names += len(name_rows)
        on_progress(source.name, min(1.0, places / max(1, source.expected)))
    if places < source.expected:
        raise GazetteerError(
            f"{source.name} gave {places} places, at least {source.expected} were expected",
            hint="install the package again",
        )
    db.execute(
        "INSERT INTO source (name, version, licence, places, names, added) VALUES (?,?,?,?,?,?)",
        (source.name, source.version, source.licence, places, names, added),
    )
    return places, names


def open_fresh(db: sqlite3.Connection) -> None:
    """Tables that take names in any order, until `settle` sorts them in."""
    for table in ("fresh_name", "fresh_sound"):
        db.execute(f"CREATE TEMP TABLE {table} (key TEXT, place INTEGER, match INTEGER)")


def settle(db: sqlite3.Connection) -> None:
    """Sort the fresh names into the tables: written in order, a large table fills quickly."""
    db.execute(
        "INSERT OR IGNORE INTO name SELECT key, place, min(match) FROM fresh_name"
        " GROUP BY key, place ORDER BY key, place"
    )
    db.execute(
        "INSERT OR IGNORE INTO sound SELECT key, place, min(match) FROM fresh_sound"
        " GROUP BY key, place ORDER BY key, place"
    )
    db.execute("DROP TABLE fresh_name")
    db.execute("DROP TABLE fresh_sound")


def with_beginnings(keys: Iterable[tuple[str]]) -> Iterator[str]:
    """Each key, and each of its beginnings with the blank after it."""
    for (key,) in keys:
        yield key
        end = key.find(" ")
        while end > 0:
            yield key[: end + 1]
            end = key.find(" ", end + 1)


def write_filter(db: sqlite3.Connection) -> None:
    """The filter over all keys and their beginnings."""
    (keys,) = db.execute("SELECT count(DISTINCT key) FROM name").fetchone()
    bloom = Bloom.sized(2 * keys)
    bloom.add_all(with_beginnings(db.execute("SELECT DISTINCT key FROM name")))
    db.execute("DELETE FROM filter")
    db.execute("INSERT INTO filter VALUES (?)", (bytes(bloom),))


def stamp(db: sqlite3.Connection) -> str:
    """Write and give the version: every source with its version, and a digest over them."""
    rows = list(db.execute("SELECT name, version, places, names FROM source ORDER BY row"))
    digest = sha256(repr((FORMAT, rows)).encode()).hexdigest()[:8]
    version = "+".join(f"{name}-{version}" for name, version, *_ in rows) + f"#{digest}"
    db.executemany(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)",
        [("format", str(FORMAT)), ("version", version)],
    )
    return version


def build(
    path: Path, sources: Iterable[Source], *, added: str, on_progress: OnProgress = lambda *_: None
) -> str:
    """Build a gazetteer of these sources at `path` and give its version.

    Lists that were added to the one that stood there are taken over.

    Written beside it under another name, checked, synced, then renamed: whoever reads the old one
    meanwhile goes on reading it, and a build that is killed leaves it untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with closing(sqlite3.connect(f"{fresh.resolve().as_uri()}", uri=True)) as db:
            version = _fill(db, sources, path, added=added, on_progress=on_progress)
        SqliteGazetteer(fresh).close()
        _sync(fresh)
        fresh.replace(path)
        _sync(path.parent)
    finally:
        with suppress(FileNotFoundError):
            fresh.unlink()
    return version


def _fill(
    db: sqlite3.Connection,
    sources: Iterable[Source],
    old: Path,
    *,
    added: str,
    on_progress: OnProgress,
) -> str:
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA temp_store = FILE")
    db.executescript(_SCHEMA)
    open_fresh(db)
    for source in sources:
        write_source(db, source, added=added, on_progress=on_progress)
    _take_over(db, old)
    on_progress("index", 0.0)
    settle(db)
    write_filter(db)
    version = stamp(db)
    db.commit()
    _check(db)
    on_progress("index", 1.0)
    return version


def _take_over(db: sqlite3.Connection, old: Path) -> None:
    """Copy the lists of the gazetteer at `old` that no source of the new one replaces."""
    try:
        SqliteGazetteer(old).close()
    except GazetteerError:
        return  # there is none, or one of another format: its lists have to be added again
    db.commit()
    db.execute("ATTACH ? AS old", (f"{old.resolve().as_uri()}?mode=ro",))
    (offset,) = db.execute("SELECT coalesce(max(row), 0) FROM place").fetchone()
    for statement in _TAKE_OVER:
        db.execute(statement, {"offset": offset})
    db.commit()
    db.execute("DETACH old")


def _check(db: sqlite3.Connection) -> None:
    (verdict,) = db.execute("PRAGMA quick_check").fetchone()
    (places,) = db.execute("SELECT count(*) FROM place").fetchone()
    (promised,) = db.execute("SELECT coalesce(sum(places), 0) FROM source").fetchone()
    (unnamed,) = db.execute(
        "SELECT count(*) FROM place WHERE row NOT IN (SELECT place FROM name)"
    ).fetchone()
    if verdict != "ok" or places != promised or unnamed:
        raise GazetteerError(
            f"the build is unsound ({verdict}; {places} of {promised} places, {unnamed} unnamed)",
            hint="build again; a full disk may be the cause",
        )


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
