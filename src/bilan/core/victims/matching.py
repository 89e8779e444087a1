"""Which entries may be one person: proposals with reasons, for a person to answer.

Names common in a country are common on its lists, so a part counts by how rare it is there. Two
entries are never joined here; two of them under two incidents are an alert, for one person would
be counted twice.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations

from bilan.core.errors import DataError
from bilan.core.victims.entry import Entry
from bilan.core.victims.names import Name, coarse, likeness

MOST_UNDER_ONE_KEY = 500  # entries; names that more people share say nothing by themselves


@dataclass(frozen=True, slots=True)
class Reason:
    """One clue: its weight, and the reason in words that hold no name."""

    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two entries that may be one person. `alert`: they stand under two incidents.

    `within`: both stand on one list, which then has somebody twice.
    """

    one: str
    other: str
    score: float
    reasons: tuple[Reason, ...]
    within: bool = False
    alert: bool = False


@cache
def weights() -> Mapping[str, float]:
    """The table of clues that ships with Bilan, as "name.part"."""
    source = (files("bilan.core.victims") / "matching.toml").read_text(encoding="utf-8")
    try:
        data = tomllib.loads(source)
        tables = {key: value for key, value in data.items() if isinstance(value, dict)}
        return {f"{t}.{k}": float(v) for t, table in tables.items() for k, v in table.items()}
    except (tomllib.TOMLDecodeError, TypeError, ValueError) as error:
        raise DataError(f"matching.toml: {error!r}") from error


def proposals(entries: Iterable[Entry]) -> list[Proposal]:
    """Every pair that a person should look at, the likeliest first; the order does not matter."""
    ordered = sorted(entries, key=lambda e: e.id)
    common = _common(ordered)
    found = (_compared(*pair, common) for pair in _pairs(ordered))
    asked = [p for p in found if p is not None and p.score >= weights()["decide.propose"]]
    return sorted(asked, key=lambda p: (-p.score, p.one, p.other))


def _common(entries: Sequence[Entry]) -> Mapping[str, float]:
    """How many of a hundred entries have each part, by part as coarsely heard."""
    if len(entries) < weights()["name.large"]:
        return {}
    counts = Counter(p for e in entries for p in {coarse(p) for n in e.names for p in n.parts})
    return {part: n / len(entries) for part, n in counts.items()}


def _pairs(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Pairs that share two parts of a name, or one and the day, near or equal."""
    by_key: dict[str, list[int]] = {}
    for n, entry in enumerate(entries):
        for key in _keys(entry):
            by_key.setdefault(key, []).append(n)
    met: set[tuple[int, int]] = set()
    for numbers in by_key.values():
        if len(numbers) <= MOST_UNDER_ONE_KEY:
            met.update(combinations(numbers, 2))
    yield from ((entries[a], entries[b]) for a, b in sorted(met))


def _keys(entry: Entry) -> set[str]:
    keys: set[str] = set()
    for name in entry.names:
        heard = [coarse(p) for p in name.parts]
        keys.update(f"{a}+{b}" for a, b in combinations(sorted(set(heard)), 2))
        if entry.died_on is not None:
            near = range(-int(weights()["day.near_days"]), int(weights()["day.near_days"]) + 1)
            first = entry.died_on.toordinal()
            keys.update(f"{heard[0]}@{(first + d) // len(near)}" for d in near)
        if entry.incident is not None:
            keys.update(f"{part}#{entry.incident}" for part in heard)
    return keys


def _compared(one: Entry, other: Entry, common: Mapping[str, float]) -> Proposal | None:
    """The proposal for two entries; None where something says that they are two people."""
    if one.sex and other.sex and one.sex is not other.sex:
        return None
    reasons: list[Reason] = []
    for part in (_named(one, other, common), _aged(one, other), _dated(one, other)):
        if part is None:
            return None
        reasons += part
    reasons += _placed(one, other)
    alert = bool(one.incident and other.incident and one.incident != other.incident)
    ordered = tuple(sorted(reasons, key=lambda r: (-abs(r.weight), r.words)))
    score = round(sum(r.weight for r in reasons), 6)
    return Proposal(one.id, other.id, score, ordered, one.list == other.list, alert)


def _named(one: Entry, other: Entry, common: Mapping[str, float]) -> list[Reason] | None:
    """The reasons in the names, of the scripts that agree best."""
    found = [_parts(a, b, common) for a in one.names for b in other.names]
    heard = [reasons for reasons in found if reasons is not None]
    return max(heard, key=lambda r: sum(x.weight for x in r), default=None)


def _parts(one: Name, other: Name, common: Mapping[str, float]) -> list[Reason] | None:
    short, long = sorted((one, other), key=lambda n: (len(n.parts), n.parts))
    alike = _aligned(short.parts, long.parts)
    if not alike or alike[0] != (0, 0):
        return None  # given names that are not heard alike are two people
    weight = sum(_weight(short.parts[i], common) for i, _ in alike)
    reasons = [Reason(weight, f"{len(alike)} of {len(short.parts)} parts of the name heard alike")]
    lost = len(short.parts) - len(alike)
    if lost:
        words = "a part that differs" if lost == 1 else f"{lost} parts that differ"
        reasons.append(Reason(lost * weights()["name.missing"], words))
    if len(short.parts) == 1:
        reasons.append(Reason(weights()["name.single"], "only one part of a name to compare"))
    if short.kunya and short.kunya == long.kunya:
        reasons.append(Reason(weights()["name.kunya"], "the same kunya"))
    return reasons


def _aligned(short: Sequence[str], long: Sequence[str]) -> list[tuple[int, int]]:
    """Parts heard alike, in one order: father's and grandfather's names may be left out."""
    found: list[tuple[int, int]] = []
    start = 0
    for i, part in enumerate(short):
        for j in range(start, len(long)):
            if likeness(part, long[j]) >= weights()["name.alike"]:
                found.append((i, j))
                start = j + 1
                break
    return found


def _weight(part: str, common: Mapping[str, float]) -> float:
    """From `rare` for a part that few have down to `common` for one that every second has."""
    table = weights()
    if not common:
        return table["name.part"]
    share = common.get(coarse(part), 0.0)
    low, high = table["name.common"], table["name.rare"]
    rarity = min(1.0, max(0.0, -math.log(max(share, 1e-9) * 2) / math.log(100)))
    return low + (high - low) * rarity


def _aged(one: Entry, other: Entry) -> list[Reason] | None:
    if one.age is None or other.age is None:
        return []
    table, years = weights(), abs(one.age - other.age)
    if years > table["age.never_years"]:
        return None
    if years <= table["age.same_years"]:
        return [Reason(table["age.same"], "the same age" if not years else "a year apart in age")]
    near = years <= table["age.near_years"]
    return [Reason(table["age.near" if near else "age.apart"], f"{years} years apart in age")]


def _dated(one: Entry, other: Entry) -> list[Reason] | None:
    if one.died_on is None or other.died_on is None:
        return []
    table, days = weights(), abs((one.died_on - other.died_on).days)
    if days > table["day.never_days"]:
        return None
    if not days:
        return [Reason(table["day.same"], "the same day")]
    near = days <= table["day.near_days"]
    words = "a day apart" if days == 1 else f"{days} days apart"
    return [Reason(table["day.near" if near else "day.apart"], words)]


def _placed(one: Entry, other: Entry) -> list[Reason]:
    table, reasons = weights(), []
    if one.place is not None and other.place is not None:
        same = bool(_aligned(one.place.parts, other.place.parts))
        words = "the same place" if same else "another place"
        reasons.append(Reason(table["place.same" if same else "place.other"], words))
    if one.incident and one.incident == other.incident:
        reasons.append(Reason(table["incident.same"], "the same incident"))
    return reasons
