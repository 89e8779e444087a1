"""G8 and G9: counts over a million incidents against DuckDB, the map's payload against GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

import numpy as np

from benchmarks.speed.contest import cpu_seconds
from benchmarks.speed.goals import Result
from benchmarks.speed.peers import peer
from bilan.core.incidents.codes import ALPHABET, check_character
from bilan.engines.incident_table import EPOCH, Box, IncidentTable, Names, count_by, view
from bilan.engines.map_payload import payload

INCIDENTS = 1_000_000
ON_MAP = 200_000
VIEW_MS = 50.0
QUESTIONS = (("party",), ("place",), ("month",), ("grade",), ("party", "month"), ("place", "grade"))
_DAYS = 3650
_GRADES = ("Confirmed", "Fair", "Weak", "Contested", "Discounted", "Ungraded")
_CAUSES = ("airstrike", "artillery_shelling", "drone", "rocket_missile", "ied_mine", "unknown")


def incidents(count: int, *, seed: int = 1) -> IncidentTable:
    """Invented incidents, the same for the same seed."""
    chance = np.random.default_rng(seed)

    def drawn(names: tuple[str, ...], number: int = count) -> Names:
        weights = 1 / np.arange(1, len(names) + 1)
        return Names(names, chance.choice(len(names), number, p=weights / weights.sum()))

    day = date(2014, 1, 1).toordinal() - EPOCH + chance.integers(0, _DAYS, count)
    low = np.where(chance.random(count) < 0.2, -1, chance.geometric(0.15, count))
    high = np.where(chance.random(count) < 0.2, -1, low + chance.integers(0, 6, count))
    party = drawn(tuple(f"Party {n}" for n in range(12)), count * 5 // 4)
    country = drawn(("SY", "IQ", "UA", "YE", "SD", "PS", "LY", "SO"))
    return IncidentTable(
        codes=_codes(day, country, chance) if count <= ON_MAP else (),
        day=day,
        lat=np.round(chance.uniform(31, 38, count), 3),
        lon=np.round(chance.uniform(35, 50, count), 3),
        country=country,
        place=drawn(tuple(f"Town {n}" for n in range(3000))),
        cause=drawn(_CAUSES),
        grade=drawn(_GRADES),
        low=low,
        high=np.where(low < 0, -1, high),
        party=party,
        party_row=np.sort(chance.integers(0, count, len(party.of))),
    )


def _codes(day: Any, country: Names, chance: np.random.Generator) -> tuple[str, ...]:
    letters = chance.integers(0, len(ALPHABET), (len(day), 4)).tolist()
    codes = []
    for number, of, four in zip(day.tolist(), country.of.tolist(), letters, strict=True):
        told = (date.fromordinal(EPOCH) + timedelta(number)).isoformat()
        stem = f"{country.names[of]}-{told}-{''.join(ALPHABET[n] for n in four)}"
        codes.append(stem + check_character(stem))
    return tuple(codes)


def counting() -> Iterator[Result]:
    """G8: six cross tables of a million incidents, and views of the map."""
    table = incidents(INCIDENTS)
    duckdb = peer("duckdb")
    jobs: dict[str, Any] = {"bilan": lambda: [count_by(table, by) for by in QUESTIONS]}
    if duckdb is not None:
        base = _loaded(duckdb, table)
        asked = [_query(by) for by in QUESTIONS]
        same = all(_agree(base, table, by) for by in QUESTIONS)
        jobs["duckdb"] = lambda: [base.execute(query).fetchall() for query in asked]
    taken = cpu_seconds(jobs)
    said = f"{taken['bilan'] * 1000 / len(QUESTIONS):.1f} ms a table"
    if duckdb is None:
        yield Result("G8", "counts", f"{said}; not held: DuckDB is not here")
    else:
        said += f"; DuckDB {taken['duckdb'] * 1000 / len(QUESTIONS):.1f}"
        said += "; the same counts" if same else "; OTHER counts"
        yield Result("G8", "counts", said, taken["bilan"] / taken["duckdb"], 2.0)
    for name, box in VIEWS.items():
        took = cpu_seconds({"view": partial(view, table, box)})["view"] * 1000
        yield Result(
            "G8", f"view: {name}", f"ms; {view(table, box).total:,} incidents", took, VIEW_MS
        )


VIEWS = {
    "the world": Box(),
    "a region": Box(south=33, west=36, north=37, east=42),
    "a town, a year": Box(south=35, west=39, north=35.2, east=39.2, first=17_000, last=17_365),
}


def _loaded(duckdb: Any, table: IncidentTable) -> Any:
    base = duckdb.connect()
    base.execute("SET threads TO 1")  # CPU seconds are compared
    columns = {"day": table.day, "low": table.low, "high": table.high}
    for name in ("place", "grade"):
        columns[name] = getattr(table, name).of
    columns["month"] = table.day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    party = {"party": table.party.of, "incident": table.party_row}
    base.register("given", columns)
    base.register("blamed", party)
    base.execute("CREATE TABLE incidents AS SELECT * FROM given")
    base.execute(
        "CREATE TABLE parties AS SELECT b.party, g.* FROM blamed b JOIN "
        "(SELECT row_number() OVER () - 1 AS n, * FROM given) g ON b.incident = g.n"
    )
    return base


def _query(by: tuple[str, ...]) -> str:
    source, names = "parties" if "party" in by else "incidents", ", ".join(by)
    return (
        f"SELECT {names}, count(*), sum(greatest(low, 0)), "  # noqa: S608 - names of our own
        "sum(CASE WHEN high >= 0 THEN high ELSE greatest(low, 0) END), "
        "count(*) FILTER (high < 0 AND low >= 0), count(*) FILTER (high < 0 AND low < 0) "
        f"FROM {source} GROUP BY {names}"
    )


def _agree(base: Any, table: IncidentTable, by: tuple[str, ...]) -> bool:
    theirs = sorted(tuple(row[len(by) :]) for row in base.execute(_query(by)).fetchall())
    cells = count_by(table, by)
    ours = sorted((c.incidents, c.low, c.high, c.open_above, c.unknown) for c in cells)
    return theirs == ours


def mapping() -> Iterator[Result]:
    """G9: the payload of 200,000 incidents, codes included."""
    table = incidents(ON_MAP)
    taken = cpu_seconds({"bilan": lambda: payload(table), "geojson": lambda: _geojson(table)})
    ours, theirs = len(payload(table)), len(_geojson(table))
    said = f"{taken['bilan'] * 1000:.0f} ms; GeoJSON {taken['geojson'] * 1000:.0f} ms"
    yield Result("G9", "map payload, CPU", said, taken["bilan"] / taken["geojson"], 0.1)
    said = f"{ours / ON_MAP:.1f} bytes an incident; GeoJSON {theirs / ON_MAP:.1f}"
    yield Result("G9", "map payload, bytes", said, ours / theirs, 0.1)


def _geojson(table: IncidentTable) -> bytes:
    """The least that says the same: code, point, killed, cause, grade; the day is in the code."""
    rows = zip(
        table.codes, table.lon.tolist(), table.lat.tolist(), table.low.tolist(),
        table.high.tolist(), table.cause.of.tolist(), table.grade.of.tolist(), strict=True,
    )  # fmt: skip
    features = [
        {
            "type": "Feature",
            "id": code,
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {
                "killed": [None if low < 0 else low, None if high < 0 else high],
                "cause": _CAUSES[cause],
                "grade": _GRADES[grade],
            },
        }
        for code, lon, lat, low, high, cause, grade in rows
    ]
    made = {"type": "FeatureCollection", "features": features}
    return json.dumps(made, separators=(",", ":")).encode()
