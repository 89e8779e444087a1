"""The record as a table: one row per incident, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from bilan.core.reports.cells import escaped

_MEASURES = ("killed", "injured", "missing", "killed_children", "killed_women", "killed_men")
_PLACE = ("name", "admin1", "country", "lat", "lon", "precision", "uncertainty_km")

COLUMNS = (
    "code",
    "date_start",
    "date_end",
    "date_precision",
    *(f"place_{name}" for name in _PLACE),
    "cause",
    *(f"{name}_{bound}" for name in _MEASURES for bound in ("min", "max", "open_above")),
    "suspected",
    "blame",
    "grade",
    "grade_given_by_people",
    "reports",
    "origins",
    "independent_origins",
    "scheme",
    "audience",
)


def table(record: Mapping[str, Any]) -> str:
    """A full record as CSV (RFC 4180), in the order of the codes; unknown cells are empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(map(cell, row) for row in _rows(record))
    return out.getvalue()


def _rows(record: Mapping[str, Any]) -> Iterable[list[Any]]:
    for incident in record["incidents"]:
        place, grading = incident["place"], incident["grading"]
        suspected = [p["party"] for p in incident["parties"] if p["role"] == "suspected"]
        yield [
            incident["code"],
            incident["date_start"],
            incident["date_end"],
            incident["date_precision"],
            *(place[name] for name in _PLACE),
            incident["cause"],
            *(bound for name in _MEASURES for bound in _bounds(incident[name])),
            "; ".join(suspected),
            incident["attribution"]["blame"],
            incident["grade"],
            _truth(grading["given"] is not None),
            len(incident["reports"]),
            incident["origins"],
            incident["independent_origins"],
            record["scheme"],
            record["audience"],
        ]


def _bounds(count: Mapping[str, Any] | None) -> tuple[Any, Any, Any]:
    if count is None:
        return None, None, None
    return count["min"], count["max"], _truth(count["open_above"])


def _truth(holds: bool) -> str:
    return "yes" if holds else "no"


def cell(value: Any) -> Any:
    """A cell that no spreadsheet runs; nothing known is an empty one."""
    if isinstance(value, str):
        return escaped(value)
    return "" if value is None else value
