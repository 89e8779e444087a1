"""Scores readings against our own set: fields of accounts aligned one to one, and roles of counts.

A count is right when both bounds are (`killed_min`: the lower alone), a place within 25 km, a date
when both ends are. Background accounts are neither asked for nor held against a reader.
"""

from __future__ import annotations

import math
import random
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from benchmarks.accuracy.own_set import COUNTS

Row = Mapping[str, Any]
Tally = list[int]  # right, wrongly claimed, missed
Tallies = dict[str, dict[str, Tally]]  # field -> report -> tally

NEAR_KM = 25.0  # the tolerance of the reading rules; a town and its outskirts
RESAMPLES, SEED = 500, 20170916  # bootstrap over reports: steady to about .005 at this size
TOP = 6  # accounts up to which the alignment tries every pairing


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure with its 95 % interval and the number of things asked for."""

    value: float
    low: float
    high: float
    n: int


def score(answers: Iterable[Row], readings: Iterable[Row]) -> tuple[Tallies, dict[str, str]]:
    """Tallies per field and report, and the language of each report."""
    given = {reading["id"]: reading for reading in readings}
    tallies: Tallies = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    languages = {}
    for answer in answers:
        languages[answer["id"]] = answer["lang"]
        for field, (right, wrong, missed) in _tell(answer, given.get(answer["id"], {})):
            tally = tallies[field][answer["id"]]
            tally[0] += right
            tally[1] += wrong
            tally[2] += missed
    return tallies, languages


def figure(by_report: Mapping[str, Tally], *, resamples: int = RESAMPLES) -> Figure | None:
    """F1 over the reports, with a bootstrap interval; None where nothing was asked or claimed."""
    tallies = list(by_report.values())
    value = _f1(tallies)
    if value is None:
        return None
    chance = random.Random(SEED)  # noqa: S311 - resampling, no secret
    drawn = sorted(
        f
        for _ in range(resamples)
        if (f := _f1(chance.choices(tallies, k=len(tallies)))) is not None
    )
    n = sum(t[0] + t[2] for t in tallies)
    if not drawn:
        return Figure(value, value, value, n)
    return Figure(value, drawn[int(0.025 * len(drawn))], drawn[int(0.975 * len(drawn)) - 1], n)


def _f1(tallies: Iterable[Tally]) -> float | None:
    right, wrong, missed = (sum(column) for column in zip(*tallies, strict=True))
    asked = 2 * right + wrong + missed
    return 2 * right / asked if asked else None


def _tell(answer: Row, reading: Row) -> Iterable[tuple[str, tuple[int, int, int]]]:
    wanted = answer["accounts"]
    told = reading.get("accounts") or []
    said, meant = bool(reading.get("relevant", bool(told))), bool(answer["relevant"])
    right = said == meant
    yield "relevance", (int(right), int(said and not right), int(meant and not right))
    pairs = align(wanted, told)
    for index, account in enumerate(wanted):
        if account["role"] != "background":
            other = told[pairs[index]] if index in pairs else None
            yield "incidents", (int(other is not None), 0, int(other is None))
            yield from _compare(account, other)
    for index, account in enumerate(told):
        if index not in pairs.values() and account.get("role") != "background":
            yield "incidents", (0, 1, 0)
            yield from _compare(None, account)
    yield "roles of counts", _roles(answer["spans"], reading.get("spans") or [])


def align(wanted: list[Row], told: list[Row]) -> dict[int, int]:
    """Which told account answers which wanted one: the pairing with the greatest likeness."""
    if not wanted or not told:
        return {}
    if max(len(wanted), len(told)) > TOP:
        return _greedy(wanted, told)
    slots = [*range(len(told)), *[None] * max(0, len(wanted) - len(told))]
    best: tuple[float, dict[int, int]] = (-1.0, {})
    for chosen in permutations(slots, len(wanted)):
        pairs = {a: b for a, b in enumerate(chosen) if b is not None}
        likeness = sum(_likeness(wanted[a], told[b]) for a, b in pairs.items())
        if likeness > best[0]:
            best = (likeness, pairs)
    return best[1]


def _greedy(wanted: list[Row], told: list[Row]) -> dict[int, int]:
    ranked = sorted(
        ((_likeness(a, b), -i, -j) for i, a in enumerate(wanted) for j, b in enumerate(told)),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for _, i, j in ranked:
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return pairs


def _likeness(wanted: Row, told: Row) -> float:
    """How alike two accounts are; place and day tell most. Always above 0: any pairing helps."""
    likeness: float = 0.01 + 2 * _same_place(wanted["place"], told.get("place"))
    likeness += 1.5 * (_dates(wanted) == _dates(told))
    for field in ("killed", "injured"):
        likeness += _bounds(wanted, field) is not None and _bounds(wanted, field) == _bounds(
            told, field
        )
    likeness += 0.3 * (wanted["cause"] == told.get("cause"))
    return likeness


def _compare(wanted: Row | None, told: Row | None) -> Iterable[tuple[str, tuple[int, int, int]]]:
    wanted, told = wanted or {}, told or {}
    for field in COUNTS:
        yield field, _one(_bounds(wanted, field), _bounds(told, field))
    yield "killed_min", _one(*((_bounds(a, "killed") or (None,))[0] for a in (wanted, told)))
    yield "date", _one(_dates(wanted), _dates(told))
    yield "place", _place(wanted.get("place"), told.get("place"))
    yield "cause", _one(*(a.get("cause") or "unknown" for a in (wanted, told)), nothing="unknown")
    yield "shared_toll", _one(_shared(wanted), _shared(told))
    for field, items in _SETS.items():
        yield field, _overlap(items(wanted), items(told))
    yield "civilian_status", _one(*(a.get("killed_civilian_status") for a in (wanted, told)))
    yield "sources", _sources(wanted.get("alleged_by") or [], told.get("alleged_by") or [])
    yield "is_update", _one(*(a.get("is_update") or None for a in (wanted, told)))


_SETS: dict[str, Callable[[Row], set[Hashable]]] = {
    "perpetrators": lambda a: set(a.get("alleged_perpetrators") or []),
    "statements": lambda a: {(s["party"], s["stance"]) for s in a.get("statements") or []},
    "evidence": lambda a: {
        (e["kind"], e["verified"]) for e in a.get("evidence") or [] if e["kind"] != "none"
    },
}


def _one(wanted: object, told: object, *, nothing: object = None) -> tuple[int, int, int]:
    right = wanted == told and wanted != nothing
    return int(right), int(told != nothing and not right), int(wanted != nothing and not right)


def _overlap(wanted: set[Hashable], told: set[Hashable]) -> tuple[int, int, int]:
    return len(wanted & told), len(told - wanted), len(wanted - told)


def _bounds(account: Row, field: str) -> tuple[int | None, int | None] | None:
    count = account.get(field)
    return (count["min"], count["max"]) if count else None


def _shared(account: Row) -> tuple[int | None, int | None] | None:
    """The shared toll's bounds; the answer states them bare, a reading under `total`."""
    shared = account.get("shared_toll")
    count = shared.get("total", shared) if shared else None
    return (count["min"], count["max"]) if count else None


def _dates(account: Row) -> tuple[str, str] | None:
    start = account.get("date_start")
    return (start, account.get("date_end") or start) if start else None


def _place(wanted: Row | None, told: Row | None) -> tuple[int, int, int]:
    right = bool(wanted and told and _same_place(wanted, told))
    return int(right), int(bool(told) and not right), int(bool(wanted) and not right)


def _same_place(wanted: Row, told: Row | None) -> bool:
    if not told or told.get("lat") is None or told.get("lon") is None:
        return False
    return _km(wanted, told) <= NEAR_KM


def _km(a: Row, b: Row) -> float:
    """Great-circle distance in kilometres, by the haversine formula."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (a["lat"], a["lon"], b["lat"], b["lon"]))
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))


def _letters(name: str) -> set[str]:
    folded = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(c if c.isalnum() else " " for c in folded if not unicodedata.combining(c))
    return set(kept.split())


def _sources(wanted: list[str], told: list[str]) -> tuple[int, int, int]:
    """Two noun phrases name one source when they share most of the shorter one's words."""
    left = [_letters(name) for name in told]
    right = 0
    for name in map(_letters, wanted):
        match = next((t for t in left if t and len(name & t) / min(len(name), len(t)) >= 0.6), None)
        if match is not None:
            left.remove(match)
            right += 1
    return right, len(left), len(wanted) - right


_UNCOUNTED = {"date", "place", "perpetrator", "attribution", "cause", "statement", "evidence"}
_UNCOUNTED |= {"composition", "count", "negated_count"}  # said without a number of their own


def _roles(wanted: list[Row], told: list[Row]) -> tuple[int, int, int]:
    """Numbers with the role that the text gives them; overlapping words with one label match."""
    left = [s for s in told if s["label"] not in _UNCOUNTED]
    asked = [s for s in wanted if s["label"] not in _UNCOUNTED]
    right = 0
    for span in asked:
        match = next((t for t in left if t["label"] == span["label"] and _meet(span, t)), None)
        if match is not None:
            left.remove(match)
            right += 1
    # Not every year, hour or age is marked in the texts, so another `other_count` is no mistake.
    wrong = sum(span["label"] != "other_count" for span in left)
    return right, wrong, len(asked) - right


def _meet(a: Row, b: Row) -> bool:
    return bool(a["start"] < b["end"] and b["start"] < a["end"])
