"""The map's payload: incidents as small columns, a tenth of the bytes of GeoJSON.

Layout: the letters BMAP1, the length of a head (4 bytes, little-endian), the head as JSON, then the
columns one after the other. Each column is of whole numbers in the smallest kind that holds them
less their least one: the head gives name, kind (`<u1`, `<u2`, `<u4`) and that least one. Rows stand
in the order of their days; `day` holds the days since the row before. `kind` is the country, the
cause, the grade as one number; `low` and `high` are the killed plus one, 0 where none is told (of
`high`: or no ceiling is set). Codes are whole: country, day and the four letters as one number; the
check character follows from them (`core.incidents.codes`).

Only what a release may show goes in: hand it rows of `for_public`, not of a team's record.
Needs the extra `[scale]` (numpy).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from bilan.core.errors import DataError
from bilan.core.incidents.codes import ALPHABET, LENGTH, UNDATED, check_character
from bilan.engines.incident_table import EPOCH, Array, IncidentTable

MAGIC = b"BMAP1"
STEP = 0.001  # degrees; a hundred metres, finer than any incident is published
NAMES = ("country", "cause", "grade")


def payload(table: IncidentTable) -> bytes:
    """The payload of a table."""
    order = np.argsort(table.day, kind="stable")
    day = np.maximum(table.day[order], 0)  # rows without a day stand first
    names = [getattr(table, name) for name in NAMES]
    columns = {
        "day": np.diff(day, prepend=day[:1]),
        "lat": _steps(table.lat[order]),
        "lon": _steps(table.lon[order]),
        "letters": _letters(table.codes)[order],
        "low": table.low[order] + 1,
        "high": table.high[order] + 1,
        "kind": _joined(names)[order],
    }
    packed = {name: _packed(values) for name, values in columns.items()}
    head = json.dumps(
        {
            "count": len(table),
            "undated": int((table.day < 0).sum()),
            "pointless": bool(np.isnan(table.lat).any()),  # then the least step says: no point
            "first": int(day[0]) if len(day) else 0,
            "names": {name: list(one.names) for name, one in zip(NAMES, names, strict=True)},
            "columns": [[name, kind, least] for name, (kind, least, _) in packed.items()],
        }
    ).encode()
    body = b"".join(content for _, _, content in packed.values())
    return MAGIC + len(head).to_bytes(4, "little") + head + body


def _joined(names: list[Any]) -> Array:
    joined: Array = np.zeros(len(names[0].of), np.int64)
    for one in names:
        joined = joined * max(1, len(one.names)) + one.of
    return joined


def _packed(values: Array) -> tuple[str, int, bytes]:
    """Numbers in the smallest kind that holds them, its name, and the least of them."""
    least = int(values.min()) if len(values) else 0
    width = int(values.max() - least).bit_length() if len(values) else 0
    kind = "<u1" if width <= 8 else "<u2" if width <= 16 else "<u4"
    return kind, least, (values - least).astype(kind).tobytes()


def _steps(degrees: Array) -> Array:
    """Steps of a coordinate; one less than the least of them where there is none."""
    known = ~np.isnan(degrees)
    steps = np.round(np.where(known, degrees, 0) / STEP).astype(np.int64)
    if known.all():
        return steps
    least = steps[known].min() if known.any() else 0
    return np.where(known, steps, least - 1)


_VALUE = np.zeros(256, np.int64)
_VALUE[[ord(letter) for letter in ALPHABET]] = range(len(ALPHABET))


def _letters(codes: tuple[str, ...]) -> Array:
    """The four letters of each code as one number."""
    tails = "".join(code[-LENGTH - 1 : -1] for code in codes).encode("ascii", "replace")
    values = _VALUE[np.frombuffer(tails, np.uint8)].reshape(len(codes), LENGTH)
    return values @ (len(ALPHABET) ** np.arange(LENGTH))


@dataclass(frozen=True, slots=True)
class Shown:
    """One incident as a map shows it."""

    code: str
    lat: float | None
    lon: float | None
    low: int | None
    high: int | None
    cause: str
    grade: str


def shown_in(content: bytes) -> list[Shown]:
    """The incidents of a payload; a DataError where it is none."""
    if not content.startswith(MAGIC):
        raise DataError("this is no map payload of Bilan")
    size = int.from_bytes(content[5:9], "little")
    head = json.loads(content[9 : 9 + size])
    columns, at = {}, 9 + size
    for name, kind, least in head["columns"]:
        stored = np.frombuffer(content, kind, head["count"], at)
        columns[name], at = stored.astype(np.int64) + least, at + stored.nbytes
    columns["day"] = np.cumsum(columns["day"]) + head["first"]
    if head["pointless"]:
        least = {name: n for name, _, n in head["columns"]}
        none = columns["lat"] == least["lat"]
        columns["lat"] = np.where(none, _NO_POINT, columns["lat"])
    rows = zip(*(columns[name].tolist() for name in _ORDER), strict=True)
    return [_shown(row, n < head["undated"], head["names"]) for n, row in enumerate(rows)]


_ORDER = ("day", "lat", "lon", "letters", "low", "high", "kind")
_NO_POINT = 1 << 40


def _shown(row: tuple[int, ...], undated: bool, names: dict[str, list[str]]) -> Shown:
    day, lat, lon, letters, low, high, kind = row
    kind, grade = divmod(kind, max(1, len(names["grade"])))
    country, cause = divmod(kind, max(1, len(names["cause"])))
    told = UNDATED if undated else (date.fromordinal(EPOCH) + timedelta(day)).isoformat()
    stem = f"{names['country'][country]}-{told}-{_spelled(letters)}"
    return Shown(
        code=stem + check_character(stem),
        lat=None if lat == _NO_POINT else round(lat * STEP, 3),
        lon=None if lat == _NO_POINT else round(lon * STEP, 3),
        low=None if low == 0 else low - 1,
        high=None if high == 0 else high - 1,
        cause=names["cause"][cause],
        grade=names["grade"][grade],
    )


def _spelled(number: int) -> str:
    letters = ""
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        letters += ALPHABET[digit]
    return letters
