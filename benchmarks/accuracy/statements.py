"""A party's documents, each tied to an incident of a register, with its verdict and concession."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.accuracy.running import rows
from bilan.capture.files import captured_in
from bilan.cli.asking import Scope, Spans
from bilan.cli.reader import Reader
from bilan.core.assessments.answers import State
from bilan.core.assessments.findings import Finding, finding_in
from bilan.core.errors import UnknownName
from bilan.core.incidents.register import Known, Located, Register, assign
from bilan.core.publication.selection import party_named
from bilan.core.values import Count, Point, When

Row = dict[str, Any]
VERDICTS = {
    State.CREDIBLE: "credible",
    State.NON_CREDIBLE: "non_credible",
    State.UNDER_ASSESSMENT: "open",
}


def statements(folder: Path) -> Iterator[Row]:
    """One row per document: the incident meant, the verdict, what is conceded."""
    register = Register(_known(row) for row in rows(folder / "candidates.jsonl"))
    items = captured_in([str(folder / "reports.jsonl")], stdin=sys.stdin.buffer)
    reader = Reader(scope=Scope.ANY, spans=Spans.ALL)
    found = [
        (item.report, finding_in(item.report, reading, party=item.report.publisher.name))
        for item, reading in reader.read_all(items, jobs=os.cpu_count() or 1)
        if item.report is not None and reading is not None
    ]
    offers = [register.offers(finding.sought) for _, finding in found]
    for (report, finding), chosen, offered in zip(found, assign(offers), offers, strict=True):
        yield {
            "id": report.id,
            "verdict": finding.state and VERDICTS.get(finding.state),
            "conceded_killed": _plain(finding.killed),
            "conceded_injured": _plain(finding.injured),
            "accounts": [
                _account(chosen.code if chosen else None, [o.code for o in offered], finding)
            ],
        }


def _account(code: str | None, offered: list[str], finding: Finding) -> Row:
    account: Row = {"candidates": [code, *(c for c in offered if c != code)] if code else []}
    account |= {"killed": _plain(finding.killed), "injured": _plain(finding.injured)}
    return account | ({"incident": code} if code else {})


def _plain(count: Count | None) -> Row | None:
    return None if count is None else {"min": count.min, "max": count.max}


def _party(name: str) -> str:
    """The canonical name where we have one; the register's own otherwise."""
    try:
        return party_named(name.replace(".", ""))
    except UnknownName:
        return name


def _point(lat: float | None, lon: float | None) -> Point | None:
    """The point, or None for one that is not on this Earth: registers hold slips of the pen."""
    on_earth = lat is not None and lon is not None and abs(lat) <= 90 and abs(lon) <= 180
    return Point(lat, lon) if on_earth and lat is not None and lon is not None else None


# Accuracies that only the party's own release of coordinates gives (field practice, 2.2).
BY_THE_PARTY = frozenset({"within_1m", "within_100m", "exact_location_coalition"})
EXACTLY = frozenset({"exact_location", "exact_location_other"})


def _located(precision: str) -> Located | None:
    if precision in BY_THE_PARTY:
        return Located.BY_PARTY
    if precision in EXACTLY:
        return Located.EXACTLY
    return Located.ROUGHLY if precision else None


def _known(row: Row) -> Known:
    start = row["date"] and date.fromisoformat(row["date"])
    end = date.fromisoformat(row["date_end"]) if row["date_end"] else start
    return Known(
        code=row["incident"],
        when=When(start, end) if start and end and end >= start else None,
        names=tuple(n for n in (row["place_en"], row["place_local"]) if n),
        province=row["admin1"] or None,
        point=_point(row["lat"], row["lon"]),
        parties=tuple(_party(name) for name in row["parties"]),
        located=_located(row["precision"]),
        told_there=bool(row["place_local"]),
    )
