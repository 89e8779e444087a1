"""Generated accounts of known incidents, as columns: for speed and for how linking scales.

    python -m benchmarks.speed.accounts 1000000 accounts.parquet [--heavy 100000] [--seed 1]

What is known of real registers is kept: a median of 14 reports an incident and some above a
hundred, a fifth of them copies, towns with several incidents a day, tolls that rise, dates a day
off or missing, places told by quarter, district or the province's seat, one in fifty wrong.
All of it is invented (synthetic): it says how linking scales, never how right it is on real news.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow
from pyarrow import parquet

from bilan.core.claims.account import Account
from bilan.core.incidents.lexis import Lexis
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.traits import BUCKETS, Traits
from bilan.core.reports.origins import Voice
from bilan.core.values import (
    Count,
    DatePrecision,
    Place,
    Point,
    Publisher,
    When,
)
from bilan.engines.telling_columns import (
    CAUSES,
    NO_WORD,
    OPEN,
    PRECISIONS,
    Columns,
    narrow,
)

MEDIAN, SPREAD, LARGEST = 14.0, 0.85, 600  # reports an incident: log-normal
COPIED = 0.2
TOWNS, PROVINCES, QUARTERS = 400, 20, 12
# What falls on a city falls on a quarter of it, and most reports name that.
HAS_QUARTER, QUARTER_TOLD = 0.85, 0.55
INCIDENTS_A_DAY = 15.0  # over all towns, of which the busiest has one in seven
FIRST_DAY = date(2011, 3, 15).toordinal()
LANGS, LANG_SHARES = ("ar", "en", "fr", "ru"), (0.45, 0.3, 0.1, 0.15)
OWN_WORDS, OWN_SHARE = 14, 0.45  # words that only an incident has; a report's share of them
OTHER_WORDS, OTHER_KINDS = 16, 4000  # words of a report that any has, by Zipf's law, of so many
_RADIUS = {"exact": 0.5, "neighbourhood": 2.0, "settlement": 5.0, "district": 30.0}

Array = npt.NDArray[Any]
Table = dict[str, Array]


@dataclass(frozen=True, slots=True)
class Accounts:
    """The table, and for each row the number of the true incident."""

    table: Table
    truth: Array

    def __len__(self) -> int:
        return len(self.truth)


def accounts(count: int, *, seed: int = 1, heavy: int = 0) -> Accounts:
    """About `count` accounts; `heavy`: one incident of them is told that often."""
    chance = np.random.default_rng(seed)
    sizes = _sizes(count - heavy, chance)
    if heavy:
        sizes[len(sizes) // 2] = heavy
    true = _incidents(len(sizes), chance)
    of = np.repeat(np.arange(len(sizes)), sizes)
    table = _told(true, of, chance)
    _copy(table, of, chance)
    order = chance.permutation(len(of))
    return Accounts({name: column[order] for name, column in table.items()}, of[order])


def _sizes(count: int, chance: np.random.Generator) -> Array:
    mean = MEDIAN * np.exp(SPREAD**2 / 2)
    drawn = chance.lognormal(np.log(MEDIAN), SPREAD, max(1, round(count / mean)))
    return np.clip(np.round(drawn), 1, LARGEST).astype(np.int64)


def _incidents(count: int, chance: np.random.Generator) -> Table:
    weights = 1 / np.arange(1, TOWNS + 1)
    town = chance.choice(TOWNS, count, p=weights / weights.sum())
    days = max(30, round(count / INCIDENTS_A_DAY))
    return {
        "town": town,
        "quarter": chance.integers(0, QUARTERS, count),
        "has_quarter": chance.random(count) < HAS_QUARTER,
        "day": FIRST_DAY + chance.integers(0, days, count),
        "cause": chance.choice(6, count, p=(0.4, 0.1, 0.25, 0.1, 0.05, 0.1)),
        "killed": chance.geometric(0.16, count),
        "injured": chance.geometric(0.08, count),
        "children": chance.random(count) < 0.4,
        "words": chance.integers(0, BUCKETS, (count, len(LANGS), OWN_WORDS)),
        "voices": chance.integers(0, 60, (count, 3)),
    }


def _towns() -> tuple[Array, Array, Array]:
    """Points of the towns, and the province of each; its first town is its seat."""
    chance = np.random.default_rng(99)
    province = np.arange(TOWNS) % PROVINCES
    middle = np.stack([chance.uniform(32, 37, PROVINCES), chance.uniform(36, 48, PROVINCES)])
    lat = middle[0][province] + chance.normal(0, 0.3, TOWNS)
    lon = middle[1][province] + chance.normal(0, 0.3, TOWNS)
    return lat, lon, province


def _told(true: Table, of: Array, chance: np.random.Generator) -> Table:
    count = len(of)
    lag = np.minimum(chance.geometric(0.55, count) - 1, 9)
    published = true["day"][of] + lag
    table = _where(true, of, chance) | _when(true["day"][of], chance)
    table |= _numbers(true, of, lag, chance)
    lang = chance.choice(len(LANGS), count, p=LANG_SHARES)
    named = chance.random(count)
    voice = true["voices"][of, chance.integers(0, 3, count)]
    return table | {
        "published": published,
        "cause": _causes(true["cause"][of], chance),
        "publisher": np.minimum(chance.zipf(1.3, count), 400),
        "lang": lang,
        "voice": np.where(named < 0.45, voice, -1),
        "vague_voice": named > 0.85,
        "words": _words(true["words"][of, lang], chance),
        "copy": np.full(count, -1),
    }


def _where(true: Table, of: Array, chance: np.random.Generator) -> Table:
    """How each report tells the place."""
    lat, lon, province = _towns()
    drawn, town = chance.random(len(of)), true["town"][of]
    quarter = true["has_quarter"][of] & (drawn < QUARTER_TOLD)
    town = np.where((drawn > 0.96) & (drawn < 0.98), chance.integers(0, TOWNS, len(of)), town)
    seat = (drawn > 0.90) & (drawn < 0.94)
    town = np.where(seat, province[town], town)
    exact = quarter & (drawn < 0.05)
    district = (drawn > 0.82) & (drawn < 0.90)
    nowhere = drawn > 0.98
    angle = (true["quarter"][of] + town % 7) * 2 * np.pi / QUARTERS
    away = np.where(quarter, 0.022, 0.0)  # degrees; 2.4 km from the middle of the town
    kind = np.where(exact, 0, np.where(quarter, 1, np.where(district, 3, 2)))
    entry = np.where(quarter, 10_000 + town * QUARTERS + true["quarter"][of], town)
    entry = np.where(district, 20_000 + province[town], entry)
    return {
        "lat": np.where(nowhere, np.nan, lat[town] + away * np.sin(angle)),
        "lon": np.where(nowhere, np.nan, lon[town] + away * np.cos(angle)),
        "precision": np.where(nowhere, -1, kind),
        "entry": np.where(nowhere | exact, -1, entry),
        "province": np.where(nowhere, -1, province[town]),
        "seat": (town < PROVINCES) & ~nowhere & (kind == 2),
    }


def _when(day: Array, chance: np.random.Generator) -> Table:
    drawn = chance.random(len(day))
    off = np.where(drawn < 0.06, 1, 0) + np.where(drawn > 0.99, chance.integers(2, 6, len(day)), 0)
    first = np.where((drawn > 0.06) & (drawn < 0.14), -1, day + off)
    night = (drawn > 0.14) & (drawn < 0.17)
    return {"first": first, "last": np.where(first < 0, -1, first + night)}


def _numbers(true: Table, of: Array, lag: Array, chance: np.random.Generator) -> Table:
    """Tolls rise as bodies are found; some give a floor only, some nothing."""
    early = np.maximum(1, np.round(true["killed"][of] * 0.7)).astype(np.int64)
    killed = np.where(lag == 0, early, true["killed"][of])
    killed = np.where(
        chance.random(len(of)) < 0.12, killed + chance.integers(-2, 3, len(of)), killed
    )
    killed = np.where(chance.random(len(of)) < 0.2, -1, np.maximum(killed, 1))
    injured = np.where(chance.random(len(of)) < 0.5, -1, true["injured"][of])
    children = true["children"][of] & (chance.random(len(of)) < 0.4)
    at_least = chance.random(len(of)) < 0.25
    return {
        "killed": killed,
        "killed_open": at_least & (killed >= 0),
        "injured": injured,
        "children": np.where(children, np.maximum(1, true["killed"][of] // 3), -1),
    }


def _causes(cause: Array, chance: np.random.Generator) -> Array:
    drawn = chance.random(len(cause))
    other = chance.integers(0, 6, len(cause))
    told = np.where(drawn < 0.05, np.where(cause < 2, 1 - cause, cause), cause)
    return np.where(drawn > 0.97, other, np.where((drawn > 0.85) & (drawn < 0.97), -1, told))


def _words(own: Array, chance: np.random.Generator) -> Array:
    """Buckets; -1 fills the rows."""
    own = np.where(chance.random(own.shape) < OWN_SHARE, own, -1)
    rank = np.minimum(chance.zipf(1.25, (len(own), OTHER_WORDS)), OTHER_KINDS)
    return np.concatenate([own, rank * 7919 % BUCKETS], axis=1).astype(np.int32)


def _copy(table: Table, of: Array, chance: np.random.Generator) -> None:
    """A fifth of the reports take over another one of their incident, some days later at most."""
    count = len(of)
    first = np.searchsorted(of, of)
    model = first + (chance.random(count) * np.maximum(1, (np.arange(count) - first) * 0.3)).astype(
        np.int64
    )
    copies = np.flatnonzero((chance.random(count) < COPIED) & (model < np.arange(count)))
    own = ("publisher", "copy")
    while len(copies):
        # A model that is a copy itself has to be written first.
        ready = copies[~np.isin(model[copies], copies)]
        for name, column in table.items():
            if name not in own:
                column[ready] = column[model[ready]]
        origin = np.where(
            table["copy"][model[ready]] >= 0, table["copy"][model[ready]], model[ready]
        )
        table["copy"][ready] = origin
        table["copy"][origin] = origin
        copies = np.setdiff1d(copies, ready)


# -- as the product takes them --------------------------------------------------------------------


def lexis_of(table: Table) -> Lexis:
    """How common the words of all accounts are."""
    counts = np.zeros(int(NO_WORD) + 1, np.int64)
    for begin in range(0, len(table["words"]), _AT_ONCE):
        words = _product_words(table["words"][begin : begin + _AT_ONCE])
        counts += np.bincount(words.ravel(), minlength=len(counts))
    return Lexis(len(table["words"]), tuple(counts[:BUCKETS].tolist()))


def as_columns(table: Table) -> Columns:
    """The columns that linking takes, in canonical order."""
    radius = np.array([*_RADIUS.values(), 400.0])[
        np.where(table["precision"] < 0, 4, table["precision"])
    ]
    fine = (radius <= 15) & ~np.isnan(table["lat"])
    vague = 4 * ~fine + 2 * (table["first"] < 0) + table["seat"]
    order = np.lexsort((np.arange(len(vague)), table["published"], vague))
    count, none = len(order), np.full(len(order), -1, np.int32)
    told = (table["killed"], table["injured"], none, table["children"], none, none)
    low = np.stack([narrow("low", number) for number in told])
    high = low.copy()
    high[0] = np.where(table["killed_open"], OPEN, table["killed"])
    mark = np.where(table["precision"] < 0, -1, table["entry"] + 1)
    values: Table = {
        "lane": np.zeros(count, np.int8),
        "radius": radius,
        "vague": vague,
        "mark": np.where(table["entry"] < 0, -1, mark),
        "country": np.where(table["precision"] < 0, -1, 0),
        "grain": np.where(table["first"] < 0, -1, 0),
        "harm": np.asarray((low >= 0).any(axis=0)),
        "background": np.zeros(count, bool),
        "brief": np.zeros(count, bool),
        "report": none,
    }
    return Columns(
        **{name: narrow(name, values[name][order]) for name in values},
        **{name: narrow(name, table[name][order]) for name in _AS_THEY_ARE},
        number=order.astype(np.int32),
        low=low[:, order],
        high=high[:, order],
        voices=np.stack([np.where(table["vague_voice"], -1, table["voice"]), none], axis=1)[order],
        words=np.concatenate(
            [_product_words(table["words"][:0]), *_in_blocks(table["words"], order)]
        ),
        langs=LANGS,
    )


_AT_ONCE = 50_000  # rows of words sorted at a time


def _in_blocks(words: Array, order: Array) -> Iterator[Array]:
    for begin in range(0, len(order), _AT_ONCE):
        yield _product_words(words[order[begin : begin + _AT_ONCE]])


_AS_THEY_ARE = (
    "lat", "lon", "precision", "entry", "province", "seat", "first", "last", "published", "cause",
    "publisher", "lang", "vague_voice", "copy",
)  # fmt: skip


def _product_words(words: Array) -> npt.NDArray[np.uint16]:
    """Each word of a text once, by their numbers; `NO_WORD` fills the rows."""
    ordered = np.sort(words.astype(np.int16).view(np.uint16), axis=1)  # -1 is NO_WORD
    ordered[:, 1:][ordered[:, 1:] == ordered[:, :-1]] = NO_WORD
    return ordered


def as_tellings(table: Table) -> list[Telling]:
    """The same as values of the core, for comparing what both decide."""
    return [
        _telling(n, {name: column[n] for name, column in table.items()})
        for n in range(len(table["lat"]))
    ]


def _telling(number: int, row: dict[str, Any]) -> Telling:
    first, told = int(row["first"]), int(row["first"]) >= 0
    when = (
        When(date.fromordinal(first), date.fromordinal(int(row["last"])), DatePrecision.DAY)
        if told
        else None
    )
    killed = int(row["killed"])
    count = None if killed < 0 else Count(killed, None if row["killed_open"] else killed)
    account = Account(
        when=when,
        place=_place(row),
        cause=CAUSES[int(row["cause"])] if row["cause"] >= 0 else CAUSES[-1],
        killed=count,
        injured=_exact(row["injured"]),
        killed_children=_exact(row["children"]),
    )
    voice = row["voice"] if not row["vague_voice"] else -1
    voices: tuple[Voice, ...] = (Voice(f"v{voice}", f"v{voice}"),) if voice >= 0 else ()
    voices += (Voice("vague", None, vague=True),) if row["vague_voice"] else ()
    words = tuple(dict.fromkeys(int(w) for w in row["words"] if w >= 0))
    copy = int(row["copy"])
    sketch = tuple(range(copy * 100, copy * 100 + 96)) if copy >= 0 else ()
    return Telling(
        report=f"r{number:08d}",
        index=0,
        account=account,
        published=date.fromordinal(int(row["published"])),
        publisher=Publisher(f"p{row['publisher']}"),
        lang=LANGS[int(row["lang"])],
        voices=voices,
        traits=Traits(sketch=sketch, words=words),
        place_mark=None if row["entry"] < 0 else f"m{row['entry']}",
    )


def _exact(value: Any) -> Count | None:
    return None if value < 0 else Count(int(value), int(value))


def _place(row: dict[str, Any]) -> Place | None:
    if row["precision"] < 0:
        return None
    kind = PRECISIONS[int(row["precision"])]
    seat = bool(row["seat"])
    return Place(
        name="",
        canonical_name=f"seat{row['province']}" if seat else f"town{row['entry']}",
        admin1=f"seat{row['province']}",
        country="XX",
        point=Point(float(row["lat"]), float(row["lon"])),
        precision=kind,
        uncertainty_km=_RADIUS[str(kind)],
        gazetteer_id=None if row["entry"] < 0 else str(row["entry"]),
    )


def main(words: Sequence[str] | None = None) -> None:
    """Write accounts as Parquet, the true incident beside each."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("count", type=int)
    ask.add_argument("file", type=Path)
    ask.add_argument("--heavy", type=int, default=0)
    ask.add_argument("--seed", type=int, default=1)
    asked = ask.parse_args(words)
    made = accounts(asked.count, seed=asked.seed, heavy=asked.heavy)
    flat = {name: list(c) if c.ndim > 1 else c for name, c in made.table.items()}
    parquet.write_table(pyarrow.table({**flat, "incident": made.truth}), asked.file)


if __name__ == "__main__":
    main()
