"""Where tellings meet incidents, column by column: the keys of `core.incidents.blocking`.

A telling looks into the cells that its place may lie in, on the days that it may have been; where
its place phrase, its copies or a few of its rarer words are known.
"""

from __future__ import annotations

import numpy as np

from bilan.core.errors import UsageError
from bilan.core.incidents.blocking import AREA, AREA_KM, CELL, FINE_SLACK_KM, KM_PER_DEGREE, SCATTER
from bilan.core.incidents.blocking import WORDS as CHOSEN_WORDS
from bilan.core.incidents.lexis import common_buckets
from bilan.core.incidents.meeting import LEAST_WORDS
from bilan.core.incidents.reach import FINE_KM
from bilan.core.incidents.traits import BUCKETS
from bilan.engines.incident_columns import Incidents, Posts, distinct
from bilan.engines.telling_columns import NO_WORD, Columns, Floats, Ints, Words, slices

UNSAID_DAYS = 7  # days before publication among which a telling without a date looks
MOST_MET = (
    100  # incidents under one word within weeks, beyond which it is no key; 300 finds .001 more
)
_WEEKS = 16  # days of publication within which words meet, with those before and after
_AT_ONCE = 5_000  # incidents whose words are looked up at a time
# Room for what one number holds together: a word of a language and its weeks, and the incident.
_WORD_BITS, _WEEK_BITS, _INCIDENT_BITS = 14, 18, 24
_DAYS = 1 << 20  # room for the ordinal of a day within a key


class Meetings:
    """Incidents under the keys of what was told of them."""

    def __init__(self, columns: Columns) -> None:
        self.of = columns
        self.cells, self.areas, self.phrases = Posts(), Posts(), Posts()
        self.copies, self.words = Posts(), Posts()
        self.scatter = _scattered(columns)

    def home(self, tellings: Ints) -> Ints:
        """The key under which each telling is at home: its cell and day, or what it has of them."""
        day = self._day(tellings)
        cell = _cell(self.of.lat[tellings], self.of.lon[tellings], CELL)
        return np.where(cell >= 0, cell, _mark(self.of, tellings)) * _DAYS + day

    def _day(self, tellings: Ints) -> Ints:
        first, published = self.of.first[tellings], self.of.published[tellings]
        return np.maximum(np.where(first >= 0, first, published), 0)

    def before(self, tellings: Ints) -> Ints:
        """How many of these tellings come earlier and nearby, by home and the homes around."""
        homes, home = np.unique(self.home(tellings), return_inverse=True)
        place = np.arange(len(tellings))
        order = np.argsort(home, kind="stable")
        keyed = home[order] * len(tellings) + place[order]
        starts = np.searchsorted(home[order], np.arange(len(homes)))
        before = np.zeros(len(tellings), np.int64)
        which, low, high = self.ranges(tellings, CELL)
        begin, end = np.searchsorted(homes, low), np.searchsorted(homes, high, "right")
        for step in range(int((end - begin).max(initial=0))):
            some = np.flatnonzero(begin + step < end)
            near, mine = begin[some] + step, which[some]
            earlier = np.searchsorted(keyed, near * len(tellings) + mine) - starts[near]
            np.add.at(before, mine, earlier)
        alone = np.setdiff1d(place, which)
        before[alone] = np.searchsorted(keyed, home[alone] * len(tellings) + alone)
        before[alone] -= starts[home[alone]]
        return before

    def ranges(self, tellings: Ints, size: float) -> tuple[Ints, Ints, Ints]:
        """(place in `tellings`, first key, last key) of every cell that a telling looks into."""
        of = self.of
        known = np.flatnonzero(~np.isnan(of.lat[tellings]))
        t = tellings[known]
        reach = np.minimum(of.radius[t] + FINE_SLACK_KM, AREA_KM)
        rows = _spread(of.lat[t], reach / KM_PER_DEGREE, size)
        shrink = np.maximum(0.2, np.cos(np.radians(of.lat[t])))
        columns = _spread(of.lon[t], reach / KM_PER_DEGREE / shrink, size)
        first, last = self._window(t)
        found = []
        for up in range(int(rows[1].max(initial=0)) + 1):
            for aside in range(int(columns[1].max(initial=0)) + 1):
                some = np.flatnonzero((rows[1] >= up) & (columns[1] >= aside))
                cell = _cell_of(rows[0][some] + up, columns[0][some] + aside) * _DAYS
                found.append((known[some], cell + first[some], cell + last[some]))
        if not found:
            return (np.empty(0, np.int64),) * 3
        which, low, high = (np.concatenate(part) for part in zip(*found, strict=True))
        return which, low, high

    def _window(self, tellings: Ints) -> tuple[Ints, Ints]:
        """The days in which a telling looks, one more at both ends."""
        of = self.of
        first, last, published = of.first[tellings], of.last[tellings], of.published[tellings]
        day = np.maximum(published, 0)
        first = np.where(first >= 0, first - 1, np.maximum(day - UNSAID_DAYS, 0))
        last = np.where(last >= 0, last + 1, np.where(published >= 0, day + 1, -1))
        return first, np.minimum(last, first + 40)

    def candidates(self, tellings: Ints) -> tuple[Ints, Ints]:
        """(place in `tellings`, incident): where they meet by place and day, phrase, or copy."""
        of = self.of
        fine = of.radius[tellings] <= FINE_KM
        found = []
        which, low, high = self.ranges(tellings, CELL)
        near = fine[which]
        hits, incidents = self.cells.find(low[near], high[near])
        found.append((which[near][hits], incidents))
        wide = np.flatnonzero((~fine & (of.radius[tellings] <= AREA_KM)) | of.seat[tellings])
        which, low, high = self.ranges(tellings[wide], AREA)
        hits, incidents = self.areas.find(low, high, most=300)
        found.append((wide[which[hits]], incidents))
        first, last = self._window(tellings)
        mark = _mark(of, tellings) * _DAYS
        said = np.flatnonzero((of.mark[tellings] >= 0) & (last >= first))
        hits, incidents = self.phrases.find((mark + first)[said], (mark + last)[said], most=300)
        found.append((said[hits], incidents))
        copied = np.flatnonzero(of.copy[tellings] >= 0)
        hits, incidents = self.copies.find(of.copy[tellings[copied]], of.copy[tellings[copied]])
        found.append((copied[hits], incidents))
        both = np.concatenate([(t << 32) | c for t, c in found])
        both = distinct(both)
        return both >> 32, both & 0xFFFFFFFF

    def worded(self, tellings: Ints) -> tuple[Ints, Ints]:
        """(place in `tellings`, incident) where at least two rarer words meet within weeks."""
        which, key = self._word_keys(tellings)
        hits, incidents = self.words.find(key - 1, key + 1, most=MOST_MET)
        both, met = np.unique((which[hits] << 32) | incidents, return_counts=True)
        both = both[met >= LEAST_WORDS]
        return both >> 32, both & 0xFFFFFFFF

    def _word_keys(self, tellings: Ints) -> tuple[Ints, Ints]:
        """(place in `tellings`, key) of a few rarer words, each with its language and weeks."""
        of = self.of
        scattered = self.scatter[of.lang[tellings, None], of.words[tellings]]
        chosen = np.sort(scattered, axis=1)[:, :CHOSEN_WORDS].astype(np.int64)
        weeks = self._day(tellings) // _WEEKS
        key = (chosen | of.lang[tellings, None].astype(np.int64) << _WORD_BITS) << _WEEK_BITS
        key += weeks[:, None]
        place, column = np.nonzero(chosen != NO_WORD)
        return place, key[place, column]

    def post_words(self, into: Incidents) -> None:
        """Put every incident under the rarer words of its first texts."""
        if into.count >> _INCIDENT_BITS:
            raise UsageError(
                f"{into.count:,} incidents in one process.", hint="Link fewer weeks at a time."
            )
        found = [np.empty(0, np.uint64)]
        for rows in slices(into.count, _AT_ONCE):
            incident, slot = np.nonzero(into.texts[rows] >= 0)
            incident += rows.start
            which, key = self._word_keys(into.texts[incident, slot])
            both = key.astype(np.uint64) << np.uint64(_INCIDENT_BITS)
            found.append(distinct(both | incident[which].astype(np.uint64)))
        ordered = np.concatenate(found)
        ordered.sort()
        keys = (ordered >> np.uint64(_INCIDENT_BITS)).astype(np.int64)
        self.words = Posts(keys, (ordered & np.uint64((1 << _INCIDENT_BITS) - 1)).astype(np.int32))

    def post(self, tellings: Ints, incidents: Ints) -> None:
        """Put incidents under the keys of what these tellings tell of them."""
        of = self.of
        days, which = _told_days(of, tellings)
        t, c = tellings[which], incidents[which]
        fine = ~np.isnan(of.lat[t]) & (of.radius[t] <= FINE_KM)
        cell = _cell(of.lat[t[fine]], of.lon[t[fine]], CELL)
        self.cells.add(cell * _DAYS + days[fine], c[fine])
        placed = ~np.isnan(of.lat[t])
        area = _cell(of.lat[t[placed]], of.lon[t[placed]], AREA)
        self.areas.add(area * _DAYS + days[placed], c[placed])
        said = of.mark[t] >= 0
        mark = _mark(of, t[said]) * _DAYS
        self.phrases.add(mark + days[said], c[said])
        copied = of.copy[tellings] >= 0
        self.copies.add(of.copy[tellings[copied]], incidents[copied])


def _told_days(of: Columns, tellings: Ints) -> tuple[Ints, Ints]:
    """Every day that a telling tells, up to a week of them: (day, place in `tellings`)."""
    told = np.flatnonzero(of.first[tellings] >= 0)
    first, last = of.first[tellings[told]], of.last[tellings[told]]
    length = np.minimum(last - first + 1, UNSAID_DAYS)
    which = np.repeat(np.arange(len(told)), length)
    day = first[which] + np.arange(len(which)) - np.repeat(np.cumsum(length) - length, length)
    return day, told[which]


def _mark(of: Columns, tellings: Ints) -> Ints:
    """The number of each place phrase, with room for a day below it; that of none is beyond all."""
    return of.mark[tellings].astype(np.int64) & 0xFFFFFFFF


def _cell(lat: Floats, lon: Floats, size: float) -> Ints:
    """The number of a cell; -1 without a point."""
    known = ~np.isnan(lat)
    row = np.floor(np.where(known, lat, 0) / size).astype(np.int64)
    column = np.floor(np.where(known, lon, 0) / size).astype(np.int64)
    return np.where(known, _cell_of(row, column), -1)


def _cell_of(row: Ints, column: Ints) -> Ints:
    return (row + 1000) * 4000 + (column + 2000)


def _spread(degrees: Floats, reach: Floats, size: float) -> tuple[Ints, Ints]:
    """The first cell on one axis, and how many more the reach touches."""
    first = np.floor((degrees - reach) / size).astype(np.int64)
    last = np.floor((degrees + reach) / size).astype(np.int64)
    return first, last - first


def _scattered(columns: Columns) -> Words:
    """By language and bucket where the bucket scatters to; `NO_WORD` for a common word."""
    table = np.full((max(1, len(columns.langs)), 1 << 16), NO_WORD, np.uint16)
    table[:, :BUCKETS] = np.arange(BUCKETS) * SCATTER % BUCKETS
    for n, lang in enumerate(columns.langs):
        table[n, list(common_buckets(lang))] = NO_WORD
    return table
