"""The gazetteer of this user: one SQLite file, opened in an instant, asked in batches."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path

from bilan.core.errors import GazetteerError
from bilan.core.places.gazetteer import Entry, Found, Match, PlaceKind
from bilan.engines.bloom import Bloom

FORMAT = 2  # of the file; another number asks for a new build
_BATCH = 500  # keys a query; SQLite takes 999 parameters in its oldest builds
_KEPT_ANSWERS = 50_000  # keys remembered a process, found or not; about 20 MB when full
_PAGES_KB = 8_000  # SQLite's page cache

OnProgress = Callable[[str, float], None]
"""Told what is being done and which share of it, 0 to 1."""

_ANSWER = """
  SELECT n.key, n.match, p.id, p.name, p.kind, p.country, p.admin1, p.population, p.lat, p.lon,
         p.radius_km, p.source
  FROM {table} n JOIN place p ON p.row = n.place WHERE n.key IN ({marks})
"""


def gazetteer_path() -> Path:
    """Where this user's gazetteer is: `$BILAN_GAZETTEER`, else below the XDG data folder."""
    named = os.environ.get("BILAN_GAZETTEER")
    if named:
        return Path(named).expanduser()
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser() / "bilan" / "gazetteer.sqlite"


class SqliteGazetteer:
    """Implements `bilan.core.places.gazetteer.Gazetteer` over one file, read only."""

    def __init__(self, path: Path) -> None:
        """Raises GazetteerError when there is none, or when it is not one of this format."""
        self.path = path
        if not path.is_file():
            raise GazetteerError(f"no gazetteer at {path}", hint="run: bilan gazetteer build")
        self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            self._db.execute(f"PRAGMA cache_size = -{_PAGES_KB}")
            meta = dict(self._db.execute("SELECT key, value FROM meta"))
            (bits,) = self._db.execute("SELECT bits FROM filter").fetchone()
        except (sqlite3.DatabaseError, TypeError) as error:
            self._db.close()
            raise GazetteerError(
                f"{path} is no gazetteer: {error}", hint="run: bilan gazetteer build"
            ) from error
        if meta.get("format") != str(FORMAT):
            self._db.close()
            raise GazetteerError(
                f"{path} was built by another version of Bilan", hint="run: bilan gazetteer build"
            )
        self._version = meta["version"]
        self._filter = Bloom(bytearray(bits))
        self._names: dict[str, tuple[Found, ...]] = {}
        self._sounds: dict[str, tuple[Found, ...]] = {}

    @property
    def version(self) -> str:
        """Which sources in which versions answer."""
        return str(self._version)

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    def may_hold(self, key: str) -> bool:
        """Whether the key may be a name."""
        return key in self._filter

    def may_begin(self, key: str) -> bool:
        """Whether longer names may begin with this key."""
        return f"{key} " in self._filter

    def named(self, keys: Iterable[str]) -> Mapping[str, tuple[Found, ...]]:
        """The entries of each key that has any."""
        return self._answer("name", keys, self._names)

    def sounding(self, skeletons: Iterable[str]) -> Mapping[str, tuple[Found, ...]]:
        """The entries of each consonant skeleton that has any."""
        return self._answer("sound", skeletons, self._sounds)

    def _answer(
        self, table: str, keys: Iterable[str], kept: dict[str, tuple[Found, ...]]
    ) -> dict[str, tuple[Found, ...]]:
        wanted = list(dict.fromkeys(keys))
        missing = [key for key in wanted if key not in kept]
        if len(kept) + len(missing) > _KEPT_ANSWERS:
            kept.clear()
            missing = wanted
        for start in range(0, len(missing), _BATCH):
            self._fetch(table, missing[start : start + _BATCH], kept)
        return {key: kept[key] for key in wanted if kept[key]}

    def _fetch(self, table: str, keys: list[str], kept: dict[str, tuple[Found, ...]]) -> None:
        # Neither name comes from outside: one of two tables, and a row of question marks.
        query = _ANSWER.format(table=table, marks=",".join("?" * len(keys)))
        found: dict[str, list[Found]] = {key: [] for key in keys}
        for key, match, *row in self._db.execute(query, keys):
            found[key].append(Found(_entry(row), Match(match)))
        kept.update((key, tuple(entries)) for key, entries in found.items())


def _entry(row: list[object]) -> Entry:
    return Entry._make([*row[:2], PlaceKind(str(row[2])), *row[3:]])


def sources_of(path: Path) -> list[dict[str, object]]:
    """What the gazetteer at `path` was made of: name, version, licence, places, names, added."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        rows = db.execute(
            "SELECT name, version, licence, places, names, added FROM source ORDER BY row"
        )
        fields = ("name", "version", "licence", "places", "names", "added")
        return [dict(zip(fields, row, strict=True)) for row in rows]


def country_names(path: Path) -> dict[str, str]:
    """The names of all countries by their two-letter codes, as the gazetteer at `path` has them."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        return dict(db.execute("SELECT country, name FROM place WHERE kind = 'country'"))
