"""Incidents in the making as columns: what their tellings say together, and where they are found.

The column-wise twin of `core.incidents.summary`, for many incidents at a time.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from bilan.core.incidents.reach import AREA_KM, FINE_KM
from bilan.core.incidents.summary import LONE, MOST_TEXTS
from bilan.core.values import PlacePrecision
from bilan.engines.telling_columns import PRECISIONS, Columns, Flags, Floats, Ints, km_between

MARK, VOICE, COPY, REPORT = range(4)  # kinds of facts
Bits = npt.NDArray[np.uint64]
_ONE = np.uint64(1)
_PUBLISHED_DAYS = 64  # days after the first report of which the days of publication are kept
_OF_ONE_LANGUAGE = 8  # texts of one language that are kept, so that others find theirs
_MIX = np.uint64(0x9E3779B97F4A7C15)
_COUNTRY = PRECISIONS.index(PlacePrecision.COUNTRY)
_REGION = PRECISIONS.index(PlacePrecision.REGION)


_APART = 4_096
_NO_POSTS = (np.empty(0, np.int64), np.empty(0, np.int32))


class Posts:
    """Incidents under keys, found by ranges of keys.

    What came last lies apart until it is an eighth of the whole: adding little costs little.
    """

    def __init__(self, keys: Ints | None = None, values: Ints | None = None) -> None:
        """None, or these: ascending, each once."""
        self._whole = self._recent = _NO_POSTS
        if keys is not None and values is not None:
            self._whole = (keys, values)

    def add(self, keys: Ints, values: Ints) -> None:
        """Put incidents under keys; what is there already stays once."""
        if len(keys):
            fresh = (keys.astype(np.int64, copy=False), values.astype(np.int32, copy=False))
            self._recent = _merged(self._recent, fresh)
        if len(self._recent[0]) > max(_APART, len(self._whole[0]) // 8):
            self._whole, self._recent = _merged(self._whole, self._recent), _NO_POSTS

    def find(self, low: Ints, high: Ints, *, most: int | None = None) -> tuple[Ints, Ints]:
        """(number of the range, incident) of every key within a range, both ends included.

        A range with more than `most` finds nothing: what everybody shares tells nothing. An
        incident may be found twice.
        """
        parts = [(keys, values) for keys, values in (self._whole, self._recent) if len(keys)]
        begins = [np.searchsorted(keys, low, "left") for keys, _ in parts]
        ends = [np.searchsorted(keys, high, "right") for keys, _ in parts]
        sizes = [np.maximum(e - b, 0) for b, e in zip(begins, ends, strict=True)]
        if most is not None and sizes:
            crowded = np.sum(sizes, axis=0) > most
            for size in sizes:
                size[crowded] = 0
        which, found = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for (_, values), begin, size in zip(parts, begins, sizes, strict=True):
            hit = np.repeat(np.arange(len(low)), size)
            at = np.arange(len(hit)) + np.repeat(begin - np.cumsum(size) + size, size)
            which.append(hit)
            found.append(values[at])
        return np.concatenate(which), np.concatenate(found).astype(np.int64)


def _merged(one: tuple[Ints, Ints], other: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    keys, values = np.r_[one[0], other[0]], np.r_[one[1], other[1]]
    order = np.lexsort((values, keys)).astype(np.int32)
    keys, values = keys[order], values[order]
    new = np.r_[np.ones(min(1, len(keys)), bool), _differ(keys) | _differ(values)]
    return keys[new], values[new]


class Facts:
    """Which incident was told what: a set of (kind, incident, value); kept as `Posts` are."""

    def __init__(self) -> None:
        self._whole = self._recent = np.empty(0, np.uint64)

    def add(self, kind: int, incidents: Ints, values: Ints) -> None:
        """Keep these, but for values of -1, which say nothing."""
        told = values >= 0
        if told.any():
            fresh = _mixed(kind, incidents[told], values[told])
            self._recent = distinct(np.concatenate([self._recent, fresh]))
        if len(self._recent) > max(_APART, len(self._whole) // 8):
            self._whole = distinct(np.concatenate([self._whole, self._recent]))
            self._recent = self._recent[:0]

    def has(self, kind: int, incidents: Ints, values: Ints) -> Flags:
        """Which of these are known."""
        found = np.zeros(len(values), bool)
        told = np.flatnonzero(values >= 0)
        if len(told):
            wanted = _mixed(kind, incidents[told], values[told])
            found[told] = _among(wanted, self._whole) | _among(wanted, self._recent)
        return found


def _among(wanted: Bits, known: Bits) -> Flags:
    if not len(known):
        return np.zeros(len(wanted), bool)
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return known[at] == wanted


def _mixed(kind: int, incidents: Ints, values: Ints) -> Bits:
    mixed = (incidents.astype(np.uint64) << np.uint64(2)) | np.uint64(kind)
    mixed = mixed * _MIX ^ values.astype(np.uint64)
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIX
    return mixed ^ (mixed >> np.uint64(32))


def distinct(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The different values, ascending: by sorting, which for numbers is faster than hashing."""
    ordered = np.sort(values)
    return ordered[np.r_[np.ones(min(1, len(ordered)), bool), ordered[1:] != ordered[:-1]]]


def _differ(values: Ints) -> Flags:
    return values[1:] != values[:-1]


def bit(value: Ints) -> Bits:
    """One bit for a number of people, an incident's set of numbers being the bits together.

    Numbers up to 47 have a bit of their own; larger ones share sixteen.
    """
    shared = np.where(value < 48, value, 48 + (value * 31 >> 2) % 16)
    return np.where(value < 0, np.uint64(0), _ONE << np.maximum(shared, 0).astype(np.uint64))


_UNTOLD = np.iinfo(np.int32).max  # the least number of dead while none was told
# What stands in the columns of an incident of which nothing was told yet.
_EMPTY = {
    "place": -1, "when": -1, "told": 0, "published": -1, "days": 0, "causes": 0, "least": _UNTOLD,
    "most": -1, "covered": 0, "vague": False, "voiced": False, "texts": -1,
}  # fmt: skip


class Incidents:
    """All incidents that were opened; a number of an incident is its row."""

    def __init__(self, columns: Columns) -> None:
        self._of = columns
        self.count = 0
        self.facts = Facts()
        self.place = np.full(0, -1, np.int32)  # the telling whose place stands for all
        self.when = np.full(0, -1, np.int32)  # the telling whose date does
        self.told = np.zeros(0, np.int32)
        self.published = np.full(0, -1, np.int32)
        self.days = np.zeros(0, np.uint64)
        self.causes = np.zeros(0, np.uint64)
        self.numbers = np.zeros((len(columns.low), 0), np.uint64)
        self.least = np.full(0, _UNTOLD, np.int32)
        self.most = np.full(0, -1, np.int32)
        self.covered = np.zeros(0, np.uint64)
        self.vague = np.zeros(0, bool)
        self.voiced = np.zeros(0, bool)
        self.texts = np.full((0, MOST_TEXTS), -1, np.int32)

    def open(self, count: int) -> Ints:
        """The numbers of new incidents."""
        opened = np.arange(self.count, self.count + count)
        self.count += count
        if self.count > len(self.told):
            self._make_room(max(self.count, len(self.told) * 3 // 2) - len(self.told))
        return opened

    def _make_room(self, more: int) -> None:
        for name, empty in _EMPTY.items():
            column = getattr(self, name)
            rows = np.full((more, *column.shape[1:]), empty, column.dtype)
            setattr(self, name, np.concatenate([column, rows]))
        none = np.zeros((len(self.numbers), more), np.uint64)
        self.numbers = np.concatenate([self.numbers, none], axis=1)

    def join(self, tellings: Ints, incidents: Ints) -> None:
        """Count tellings in that have a vote; `tellings` ascending, so in canonical order."""
        self._words(tellings, incidents)
        self._votes(tellings, incidents)
        self._numbers(tellings, incidents)

    def _votes(self, t: Ints, c: Ints) -> None:
        of = self._of
        self.facts.add(MARK, c, of.mark[t])
        for voice in of.voices[t].T:
            self.facts.add(VOICE, c, voice)
            self.voiced[c[voice >= 0]] = True
        self.vague[c[of.vague_voice[t]]] = True
        self.facts.add(COPY, c, of.copy[t])
        self.facts.add(REPORT, c, of.report[t])
        _or_at(self.causes, c, np.where(of.cause[t] >= 0, _ONE << of.cause[t].astype(np.uint64), 0))
        known = of.published[t] >= 0
        c, day = c[known], of.published[t][known]
        fresh = self.published[c] < 0
        # The first in canonical order is among the first published; a week's room before it.
        self.published[c[fresh][::-1]] = day[fresh][::-1] - 7
        shift = day - self.published[c]
        near = (shift >= 0) & (shift < _PUBLISHED_DAYS)
        _or_at(self.days, c[near], _ONE << shift[near].astype(np.uint64))

    def _numbers(self, t: Ints, c: Ints) -> None:
        of = self._of
        for numbers, low, high in zip(self.numbers, of.low[:, t], of.high[:, t], strict=True):
            _or_at(numbers, c, bit(size_of(low, high)))
        low, high = of.low[0, t], of.high[0, t]
        told = low >= 0
        c, low, high = c[told], low[told], high[told]
        size = size_of(low, high)
        np.minimum.at(self.least, c, size)
        np.maximum.at(self.most, c, size)
        _or_at(self.covered, c, cover(low, high))

    def _words(self, t: Ints, c: Ints) -> None:
        """The first texts of each, no copies, not all in one language; `told` counts all."""
        of = self._of
        self.told += np.bincount(c, minlength=len(self.told)).astype(np.int32)
        new = ~self.facts.has(COPY, c, of.copy[t])
        new &= (of.copy[t] < 0) | (_rank(c, of.copy[t]) == 0)
        t, c = t[new], c[new]
        kept = self.texts[c]
        spoken = ((kept >= 0) & (of.lang[kept] == of.lang[t, None])).sum(axis=1)
        new = spoken + _rank(c, of.lang[t]) < _OF_ONE_LANGUAGE
        t, c = t[new], c[new]
        slot = (self.texts[c] >= 0).sum(axis=1) + _rank(c, np.zeros(len(c), np.int8))
        new = slot < MOST_TEXTS
        self.texts[c[new], slot[new]] = t[new]

    def hear(self, members: Ints, of: Ints) -> None:
        """Choose the texts of incidents anew from all their members, so that they stand for all.

        By language as many as are told in it, at least one, evenly from the first to the last; no
        copies. `members` ascend.
        """
        copy = self._of.copy[members]
        new = (copy < 0) | (_rank(of, copy) == 0)
        members, of = members[new], of[new]
        lang = self._of.lang[members]
        spoken, rank = _told(of, lang), _rank(of, lang)
        share = -(-(MOST_TEXTS - 2) * spoken // _told(of, np.zeros(len(of), np.int8)))
        chosen = (rank + 1) * share // spoken > rank * share // spoken
        members, of = members[chosen], of[chosen]
        slot = _rank(of, np.zeros(len(of), np.int8))
        kept = slot < MOST_TEXTS
        self.texts[of] = -1
        self.texts[of[kept], slot[kept]] = members[kept]

    def settle(self, incidents: Ints, members: Ints, of: Ints) -> None:
        """Choose place and date of some incidents anew; `members` are all tellings of each."""
        self.place[incidents] = self._chosen(members, of, incidents, self._places(members, of))
        self.when[incidents] = self._chosen(members, of, incidents, self._dates(members, of))

    def _chosen(self, members: Ints, of: Ints, incidents: Ints, best_first: Ints) -> Ints:
        """The first member of each incident in that order, -1 where none is in it."""
        chosen = np.full(self.count, -1, np.int64)
        chosen[of[best_first][::-1]] = members[best_first][::-1]
        return chosen[incidents]

    def _places(self, members: Ints, of: Ints) -> Ints:
        """The finest first, then those told most; last what an area told more often excludes."""
        c = self._of
        known = np.flatnonzero(~np.isnan(c.lat[members]))
        m, i = members[known], of[known]
        lat, lon = (np.round(degrees[m] * np.float64(1e4)) for degrees in (c.lat, c.lon))
        at = (lat * 4e6 + lon).astype(np.int64)
        told = _told(i, at)
        radius = c.radius[m]
        grain = (radius > FINE_KM).astype(np.int8) + (radius > AREA_KM)
        order = np.lexsort((at, -told, grain))
        out = self._excluded(m, i, told, grain, order)
        return known[order[np.argsort(out[order], kind="stable")]]

    def _excluded(self, m: Ints, i: Ints, told: Ints, grain: Ints, order: Ints) -> Flags:
        """Which members lie outside the area told most of their incident, and are told less."""
        found: Flags = np.zeros(len(m), bool)
        for wide in (1, 2):
            area = np.full(self.count, -1, np.int64)
            rows = order[grain[order] == wide][::-1]
            area[i[rows]] = rows
            asked = np.flatnonzero((grain < wide) & (area[i] >= 0))
            there = area[i[asked]]
            times = told[there] / told[asked]
            found[asked] |= (times > 1) & _outside(self._of, m[asked], m[there])
            found[asked] |= (times >= LONE) & (wide == 1)
        return found

    def _dates(self, members: Ints, of: Ints) -> Ints:
        """The finest first, then those told most, then the earlier."""
        c = self._of
        known = np.flatnonzero(c.first[members] >= 0)
        m, i = members[known], of[known]
        span = (c.first[m].astype(np.int64) << 20) | np.minimum(c.last[m] - c.first[m], 1 << 19)
        told = _told(i, (span << 2) | c.grain[m])
        return known[np.lexsort((span, -told, c.grain[m]))]


def _outside(of: Columns, tellings: Ints, areas: Ints) -> Flags:
    """Which lie outside a wider place; countries and provinces are no circles."""
    precision = of.precision[areas]
    same = of.country[areas] == of.country[tellings]
    within = same & (precision == _COUNTRY)
    within |= same & (precision == _REGION) & (of.province[areas] == of.province[tellings])
    reach = of.radius[areas] + of.radius[tellings]
    found: Flags = ~within & (km_between(of, tellings, areas) > reach)
    return found


def _rank(incidents: Ints, values: Ints) -> Ints:
    """How many rows before tell the same value of the same incident, row by row."""
    order, begins, lengths = _alike(incidents, values)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - np.repeat(begins, lengths)
    return rank


def _told(incidents: Ints, values: Ints) -> Ints:
    """How many tellings of its incident tell the same value, row by row."""
    order, _, lengths = _alike(incidents, values)
    told = np.empty(len(order), np.int64)
    told[order] = np.repeat(lengths, lengths)
    return told


def _alike(incidents: Ints, values: Ints) -> tuple[Ints, Ints, Ints]:
    """The rows so ordered that those of one incident and value stand together, and where each such
    run begins and how long it is."""
    order = np.lexsort((values, incidents))
    new = np.ones(min(1, len(order)), bool)
    begins = np.flatnonzero(np.r_[new, _differ(incidents[order]) | _differ(values[order])])
    return order, begins, np.diff(np.r_[begins, len(order)])


def size_of(low: Ints, high: Ints) -> Ints:
    """The number by which a count is known: 12 and "at least 12" are one; -1 where none is told."""
    return np.where((low == 0) & (high > 0) & (high < 1 << 30), high, low)


def cover(low: Ints, high: Ints) -> Bits:
    """The numbers up to 62 that a range holds, as bits; the last bit for all above."""
    low, high = np.clip(low, 0, 63), np.clip(high, 0, 63)
    every = np.uint64(0xFFFFFFFFFFFFFFFF)
    top = np.where(high == 63, every, (_ONE << (high + 1).clip(0, 63).astype(np.uint64)) - _ONE)
    return top & ~((_ONE << low.astype(np.uint64)) - _ONE)


def _or_at(target: Bits, rows: Ints, bits: Floats | Bits) -> None:
    np.bitwise_or.at(target, rows, bits.astype(np.uint64))
