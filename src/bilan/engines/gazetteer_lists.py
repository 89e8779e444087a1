"""A recorder's own lists of places: GeoNames country files and CSV, read with their faults."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from bilan.core.errors import DataError, UsageError
from bilan.core.places.gazetteer import Entry, PlaceKind
from bilan.core.places.keys import key_of
from bilan.core.values import Fault
from bilan.engines.gazetteer_build import Named, Source
from bilan.engines.gazetteer_sources import (
    GEONAMES_LICENCE,
    Regions,
    is_junk,
    plain_name,
    region_names,
    settlement_radius,
)

CSV_COLUMNS = ("name", "alternate_names", "country", "admin1", "latitude", "longitude")
OWN_LICENCE = "a list of this recorder's own"
_GEONAMES_COLUMNS = 19
_LARGEST_FILE = 2_000_000_000  # bytes; the largest country file of GeoNames has 0.4 GB
_DISTRICT_KM = 15.0  # radius of a second-level division: a middling district of Syria or Iraq
_MOST_FAULTS = 1_000  # shown; a file with more is of another kind
# GeoNames feature classes and codes, by what they are here; the rest (schools, hotels, streams)
# stays out: it would multiply the homonyms of every village.
_DISTRICTS = frozenset({"ADM2", "ADM3", "ADM4"})
_NEIGHBOURHOODS = frozenset({"PPLX", "STLMT"})
_SITES = frozenset({"DAM", "AIRP", "AIRB", "AIRF", "BDG", "HSP", "MNRT", "CMP", "CMPRF"})
_LEFT_OUT = frozenset({"PPLH", "PPLQ", "PPLW"})  # abandoned, destroyed, historical


@dataclass
class ReadList:
    """The places of a file and what was wrong with it."""

    source: Source
    faults: list[Fault] = field(default_factory=list)


def read_list(path: Path) -> ReadList:
    """The places of a GeoNames country file (`SY.txt`, also zipped) or of a CSV in our columns.

    A row that cannot be used is a fault with row, column and reason; the rest is read. Raises
    UsageError for a file that is neither, DataError for one of which no row can be used.
    """
    if not path.is_file():
        raise UsageError(f"there is no file {path}")
    content = _bytes_of(path)
    text = _text_of(content, path)
    faults = _Faults(path)
    if text.split("\n", 1)[0].count("\t") == _GEONAMES_COLUMNS - 1:
        rows, licence = list(_geonames_rows(text, path, faults)), GEONAMES_LICENCE
    else:
        rows, licence = list(_csv_rows(text, path, faults)), OWN_LICENCE
    if not rows:
        first = f": {faults.found[0]}" if faults.found else ""
        raise DataError(f"{path.name} holds no place that can be used{first}")
    digest = sha256(content).hexdigest()[:8]
    return ReadList(Source(list_name(path), digest, licence, rows, len(rows)), faults.found)


def list_name(path: Path) -> str:
    """The name under which a file's places are kept: the file's, without endings and blanks."""
    return key_of(path.name.split(".")[0]).replace(" ", "-") or "list"


def _bytes_of(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST_FILE:
        raise UsageError(f"{path.name} is larger than {_LARGEST_FILE // 10**9} GB")
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if member.filename.endswith(".txt") and member.filename.lower() != "readme.txt":
                if member.file_size > _LARGEST_FILE:
                    raise UsageError(f"{member.filename} unpacks to more than 2 GB")
                return archive.read(member)
    raise UsageError(f"{path.name} holds no GeoNames file")


def _text_of(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path.name} is not UTF-8 (byte {error.start})", hint="save it as UTF-8 and try again"
        ) from error


class _Faults:
    """What is wrong with the rows of one file."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.found: list[Fault] = []

    def add(self, row: int, column: str, reason: str) -> None:
        """One more; beyond a thousand they say nothing new."""
        if len(self.found) < _MOST_FAULTS:
            where = f"{self.name}, row {row}, column {column}"
            self.found.append(Fault("bad_row", reason, where))


# ---------------------------------------------------------------------- our CSV
def _csv_rows(text: str, path: Path, faults: _Faults) -> Iterator[Named]:
    reader = csv.DictReader(io.StringIO(text))
    missing = [c for c in CSV_COLUMNS if c not in (reader.fieldnames or ())]
    if missing:
        raise UsageError(
            f"{path.name} is neither a GeoNames country file nor a CSV of places",
            hint=f"columns: {','.join(CSV_COLUMNS)} (missing: {','.join(missing)})",
        )
    source = list_name(path)
    taken: set[str] = set()
    for row in reader:
        plain = {column: (row.get(column) or "").strip() for column in CSV_COLUMNS}
        named = _csv_row(plain, reader.line_num, source, faults)
        if named is not None and named.entry.id in taken:
            faults.add(reader.line_num, "name", "stands there twice")
        elif named is not None:
            taken.add(named.entry.id)
            yield named


def _csv_row(row: dict[str, str], line: int, source: str, faults: _Faults) -> Named | None:
    name, country = row["name"], row["country"].upper()
    point = _point(row["latitude"], row["longitude"], line, faults)
    if not key_of(name):
        faults.add(line, "name", "is empty")
        return None
    if len(country) != 2 or not country.isalpha():
        faults.add(line, "country", f"{country!r} is no ISO code of two letters")
        return None
    if point is None:
        return None
    alternates = [n.strip() for n in row["alternate_names"].split("|") if n.strip()]
    slug = f"{country}-{key_of(row['admin1'])}-{key_of(name)}".replace(" ", "-")
    entry = Entry(
        id=f"{source}:{slug}",
        name=name,
        kind=PlaceKind.SETTLEMENT,
        country=country,
        admin1=row["admin1"] or None,
        population=0,
        lat=point[0],
        lon=point[1],
        radius_km=settlement_radius(0),
        source=source,
    )
    return Named(entry, (name, *alternates))


def _point(latitude: str, longitude: str, line: int, faults: _Faults) -> tuple[float, float] | None:
    lat = _degrees(latitude, 90, line, "latitude", faults)
    lon = _degrees(longitude, 180, line, "longitude", faults)
    return None if lat is None or lon is None else (lat, lon)


def _degrees(written: str, most: int, line: int, column: str, faults: _Faults) -> float | None:
    try:
        value = float(written)
    except ValueError:
        faults.add(line, column, f"{written!r} is no number of degrees")
        return None
    if not -most <= value <= most:
        faults.add(line, column, f"{written} lies outside -{most}..{most}")
        return None
    return value


# ---------------------------------------------------------------------- GeoNames
def _geonames_rows(text: str, path: Path, faults: _Faults) -> Iterator[Named]:
    source, regions = list_name(path), region_names()
    for line, written in enumerate(text.split("\n"), start=1):
        fields = written.rstrip("\r").split("\t")
        if len(fields) == _GEONAMES_COLUMNS:
            named = _geonames_row(fields, line, source, regions, faults)
            if named is not None:
                yield named
        elif written.strip():
            faults.add(line, "all", f"{len(fields)} columns, not {_GEONAMES_COLUMNS}")


def _geonames_row(
    fields: list[str], line: int, source: str, regions: Regions, faults: _Faults
) -> Named | None:
    kind = _geonames_kind(fields[6], fields[7])
    if kind is None:
        return None
    point = _point(fields[4], fields[5], line, faults)
    if point is None:
        return None
    country, population = fields[8], int(fields[14]) if fields[14].isdigit() else 0
    division = regions.get(country, {}).get(fields[10])
    entry = Entry(
        id=f"geonames:{fields[0]}",
        name=plain_name(fields[1], country),
        kind=kind,
        country=country,
        admin1=division[0] if division else None,
        population=population,
        lat=point[0],
        lon=point[1],
        radius_km=_DISTRICT_KM if kind is PlaceKind.DISTRICT else settlement_radius(population),
        source=source,
    )
    alternates = [n.strip() for n in fields[3].split(",") if n.strip() and not is_junk(n.strip())]
    return Named(entry, tuple(dict.fromkeys([fields[1], *alternates])))


def _geonames_kind(feature_class: str, code: str) -> PlaceKind | None:
    if feature_class == "P" and code not in _LEFT_OUT:
        return PlaceKind.NEIGHBOURHOOD if code in _NEIGHBOURHOODS else PlaceKind.SETTLEMENT
    if feature_class == "A" and code in _DISTRICTS:
        return PlaceKind.DISTRICT
    return PlaceKind.SITE if code in _SITES else None
