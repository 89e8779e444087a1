"""Tellings in, incidents out, for millions at a time: the column-wise twin of core linking.

The same clues and contradictions (`column_clues`), the same bars, the same canonical order in the
large: tellings that know place and day come first, vaguer ones follow, recalls and the parties' own
answers last. Within one cell and day tellings come in waves that double, so that the first ones
open the incidents and the many that follow are placed together: an incident told a hundred thousand
times takes seventeen waves, not its square. How often this and the core put the same tellings
together is measured by `make speed` and by `tests/engines/test_link_columns.py`.

Needs the extra `[scale]` (numpy). The machine proposes: no decision of a person is looked at here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bilan.core.incidents.answers import LEAD_KM, NAMED_KM, RELEASE_DAYS
from bilan.core.incidents.blocking import AREA, AREA_KM, CELL, FINE_SLACK_KM, KM_PER_DEGREE, SCATTER
from bilan.core.incidents.blocking import WORDS as CHOSEN_WORDS
from bilan.core.incidents.clusters import LEAST_WORDS
from bilan.core.incidents.lexis import Lexis, common_buckets
from bilan.core.incidents.reach import FINE_KM
from bilan.core.incidents.traits import BUCKETS
from bilan.core.incidents.weights import Weights, default_weights
from bilan.engines.column_clues import NEVER, Scores, km_between
from bilan.engines.incident_columns import Incidents, Posts, distinct
from bilan.engines.telling_columns import NO_WORD, Columns, Flags, Floats, Ints, Words

UNSAID_DAYS = 7  # days before publication among which a telling without a date looks
PATIENCE = 24  # rounds in which a telling waits for an earlier one nearby before it opens
FEW = 2  # tellings that stand alone
MOST_MET = 300  # incidents under one word within weeks, beyond which it is no key
_WEEKS = 16  # days of publication within which words meet, with those before and after
_NO_PLACE = 4  # vagueness from which a telling knows no place
_DAYS = 1 << 20  # room for the ordinal of a day within a key
_AT_ONCE = 200_000  # tellings compared at a time: some 300 MB
_NOBODY = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Links:
    """`incident` of each telling in the order in which they came in, -1 for the pool."""

    incident: Ints
    count: int


def link_columns(
    columns: Columns, *, weights: Weights | None = None, lexis: Lexis | None = None
) -> Links:
    """Which tellings tell of one incident."""
    work = _Linking(columns, weights or default_weights(), lexis or Lexis())
    for vague in np.unique(columns.vague[columns.lane == 0]):
        work.news(np.flatnonzero((columns.lane == 0) & (columns.vague == vague)))
    work.look_again()
    work.recalls(np.flatnonzero(columns.lane == 1))
    work.answers(np.flatnonzero(columns.lane == 2))
    return work.links()


class _Linking:
    """The state of one run. Telling numbers are rows of the columns, in canonical order."""

    def __init__(self, columns: Columns, weights: Weights, lexis: Lexis) -> None:
        self.of, self.weights = columns, weights
        self.into = Incidents(columns)
        self.scores = Scores(columns, self.into, weights, lexis)
        self.where = np.full(len(columns), -1, np.int64)
        self.cells, self.areas, self.phrases = Posts(), Posts(), Posts()
        self.copies, self.words = Posts(), Posts()
        self.scatter = _scattered(columns)

    # -- news -------------------------------------------------------------------------------

    def news(self, tellings: Ints) -> None:
        """Join or open, wave by wave."""
        if len(tellings) and self.of.vague[tellings[0]] >= _NO_PLACE:
            self._post_words()
        for wave in self._waves(tellings):
            for begin in range(0, len(wave), _AT_ONCE):
                self._wave(wave[begin : begin + _AT_ONCE])

    def _waves(self, tellings: Ints) -> Iterator[Ints]:
        """First those before which nothing nearby is told, then the next two, the next four, …"""
        level = np.log2(self._before(tellings) + 1).astype(np.int64)
        for number in range(int(level.max(initial=-1)) + 1):
            yield tellings[level == number]

    def _before(self, tellings: Ints) -> Ints:
        """How many of these tellings come earlier and nearby, by home and the homes around."""
        homes, home = np.unique(self._home(tellings), return_inverse=True)
        place = np.arange(len(tellings))
        order = np.argsort(home, kind="stable")
        keyed = home[order] * len(tellings) + place[order]
        starts = np.searchsorted(home[order], np.arange(len(homes)))
        before = np.zeros(len(tellings), np.int64)
        which, low, high = self._ranges(tellings, CELL)
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

    def _wave(self, wave: Ints) -> None:
        waiting, patience = wave, PATIENCE
        while len(waiting):
            placeless = self.of.vague[waiting[0]] >= _NO_PLACE
            best, score = (self._best_anywhere if placeless else self._best)(waiting)
            joins = score >= self.weights["decide.join"]
            self._join(waiting[joins], best[joins])
            waiting = waiting[~joins]
            waiting = waiting[self.of.harm[waiting]]  # what tells of no harm opens nothing
            first = self._first(waiting, patience)
            self._open(waiting[first])
            waiting, patience = waiting[~first], patience - 1

    def _home(self, tellings: Ints) -> Ints:
        """The key under which each telling is at home: its cell and day, or what it has of them."""
        day = self._day(tellings)
        cell = _cell(self.of.lat[tellings], self.of.lon[tellings], CELL)
        home = np.where(cell >= 0, cell, self.of.mark[tellings] & 0xFFFFFFFF)
        return home * _DAYS + day

    def _day(self, tellings: Ints) -> Ints:
        first, published = self.of.first[tellings], self.of.published[tellings]
        return np.maximum(np.where(first >= 0, first, published), 0)

    def _first(self, waiting: Ints, patience: int) -> Flags:
        """Those that no earlier telling nearby holds up."""
        home = self._home(waiting)
        earliest: Flags = np.zeros(len(waiting), bool)
        earliest[np.unique(home, return_index=True)[1]] = True  # rows ascend, so the first is it
        if patience <= 0:
            return earliest
        keys, rows = home[earliest], waiting[earliest]
        order = np.argsort(keys)
        keys, rows = keys[order], rows[order]
        asking = np.flatnonzero(earliest)
        which, low, high = self._ranges(waiting[asking], CELL)
        least = np.full(len(asking), _NOBODY)
        begin = np.searchsorted(keys, low, "left")
        for step in range(int((high - low).max(initial=-1)) + 1):
            at = np.minimum(begin + step, len(keys) - 1)
            near = keys[at] <= high
            near &= begin + step < len(keys)
            np.minimum.at(least, which[near], rows[at[near]])
        earliest[asking[least < waiting[asking]]] = False
        return earliest

    def _ranges(self, tellings: Ints, size: float) -> tuple[Ints, Ints, Ints]:
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

    def _best(self, tellings: Ints) -> tuple[Ints, Floats]:
        """The incident that fits each telling best, and its score; `NEVER` where none fits."""
        t, c = self._candidates(tellings)
        score, pairs = self.scores.without_words(tellings[t], c)
        possible = score > NEVER / 2
        t, c, score, copied = t[possible], c[possible], score[possible], pairs.copied[possible]
        asked = self._undecided(t, score, len(tellings)) & ~copied
        score[asked] += self.scores.likenesses.worth(tellings[t[asked]], c[asked])
        return self._highest(t, c, score, len(tellings))

    def _highest(self, t: Ints, c: Ints, score: Floats, count: int) -> tuple[Ints, Floats]:
        """Of each telling the best pair; of two alike the incident that more tell."""
        best, found = np.full(count, -1, np.int64), np.full(count, NEVER)
        order = np.lexsort((c, -self.into.told[c], -np.round(score, 6), t))
        first = order[np.unique(t[order], return_index=True)[1]]
        best[t[first]], found[t[first]] = c[first], score[first]
        return best, found

    def _best_anywhere(self, tellings: Ints) -> tuple[Ints, Floats]:
        """As `_best`, looking also where only the words are alike, and never where it stands."""
        t, c = self._candidates(tellings)
        other, met = self._worded(tellings)
        nearby, worded = (t << 32) | c, (other << 32) | met
        both = distinct(np.r_[nearby, worded])
        t, c = both >> 32, both & 0xFFFFFFFF
        elsewhere = (c != self.where[tellings[t]]) & (self.into.told[c] > 0)
        t, c, both = t[elsewhere], c[elsewhere], both[elsewhere]
        # Words are looked at where they were met, and where they can make the difference.
        bare, _ = self.scores.without_words(tellings[t], c)
        asked = np.isin(both, worded, assume_unique=True)
        asked |= bare + self.scores.likenesses.best >= self.weights["decide.background"]
        t, c = t[asked], c[asked]
        like, share = self.scores.likenesses.between(tellings[t], c)
        score, pairs = self.scores.without_words(tellings[t], c, like)
        words = self.scores.likenesses.weighed(like, share)
        score += np.where(pairs.copied, 0.0, words)
        possible = score > NEVER / 2
        return self._highest(t[possible], c[possible], score[possible], len(tellings))

    def _worded(self, tellings: Ints) -> tuple[Ints, Ints]:
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
        key = ((of.lang[tellings, None] << 16 | chosen) << 20) + weeks[:, None]
        place, column = np.nonzero(chosen != NO_WORD)
        return place, key[place, column]

    def _post_words(self) -> None:
        """Put every incident under the rarer words of its first texts."""
        incident, slot = np.nonzero(self.into.texts[: self.into.count] >= 0)
        which, key = self._word_keys(self.into.texts[incident, slot].astype(np.int64))
        self.words = Posts()
        self.words.add(key, incident[which])

    def _undecided(self, t: Ints, score: Floats, count: int) -> Flags:
        """Where words can still change what becomes of a telling."""
        gain, loss = self.scores.likenesses.best, self.scores.likenesses.worst
        bar = self.weights["decide.join"]
        top, second = np.full(count, NEVER), np.full(count, NEVER)
        np.maximum.at(top, t, score)
        many = np.bincount(t, minlength=count) > 1
        beaten = score < top[t]
        np.maximum.at(second, t[beaten], score[beaten])
        tied = np.bincount(t[~beaten], minlength=count) > 1
        rival = many & (tied | (second + gain > top + loss))
        sure = (top + loss >= bar) & ~rival
        hopeless = top + gain < bar
        found: Flags = ~(sure | hopeless)[t]
        return found

    def _candidates(self, tellings: Ints) -> tuple[Ints, Ints]:
        """(place in `tellings`, incident): where they meet by place and day, phrase, or copy."""
        of = self.of
        fine = of.radius[tellings] <= FINE_KM
        found = []
        which, low, high = self._ranges(tellings, CELL)
        near = fine[which]
        hits, incidents = self.cells.find(low[near], high[near])
        found.append((which[near][hits], incidents))
        wide = np.flatnonzero((~fine & (of.radius[tellings] <= AREA_KM)) | of.seat[tellings])
        which, low, high = self._ranges(tellings[wide], AREA)
        hits, incidents = self.areas.find(low, high, most=300)
        found.append((wide[which[hits]], incidents))
        first, last = self._window(tellings)
        mark = (of.mark[tellings] & 0xFFFFFFFF) * _DAYS
        said = np.flatnonzero((of.mark[tellings] >= 0) & (last >= first))
        hits, incidents = self.phrases.find((mark + first)[said], (mark + last)[said], most=300)
        found.append((said[hits], incidents))
        copied = np.flatnonzero(of.copy[tellings] >= 0)
        hits, incidents = self.copies.find(of.copy[tellings[copied]], of.copy[tellings[copied]])
        found.append((copied[hits], incidents))
        both = np.concatenate([(t << 32) | c for t, c in found])
        both = distinct(both)
        return both >> 32, both & 0xFFFFFFFF

    # -- joining ------------------------------------------------------------------------------

    def _open(self, tellings: Ints) -> None:
        self._join(tellings, self.into.open(len(tellings)))

    def _join(self, tellings: Ints, incidents: Ints) -> None:
        if not len(tellings):
            return
        self.where[tellings] = incidents
        self.into.join(tellings, incidents)
        self._post(tellings, incidents)
        touched = np.unique(incidents)
        if len(touched) == len(tellings) and bool((self.into.told[touched] == 1).all()):
            self.into.settle(incidents, tellings, incidents)
            return
        members = self._members(touched)
        self.into.settle(touched, members, self.where[members])

    def _members(self, incidents: Ints) -> Ints:
        chosen = np.zeros(self.into.count, bool)
        chosen[incidents] = True
        news = np.flatnonzero((self.where >= 0) & (self.of.lane == 0))
        return news[chosen[self.where[news]]]

    def _post(self, tellings: Ints, incidents: Ints) -> None:
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
        mark = (of.mark[t[said]] & 0xFFFFFFFF) * _DAYS
        self.phrases.add(mark + days[said], c[said])
        copied = of.copy[tellings] >= 0
        self.copies.add(of.copy[tellings[copied]], incidents[copied])

    # -- the rest -------------------------------------------------------------------------------

    def look_again(self) -> None:
        """Give those that stand alone a second chance: more is told by now than when they came.

        A text stands alone together with its copies, which repeat what was misread in it, and two
        texts of which the same was misread stand alone together.
        """
        self._post_words()
        alone = self._alone()
        best, score = self._best_anywhere(alone)
        moves = score >= self.weights["decide.again"]
        alone, target = alone[moves], best[moves]
        mine = self.where[alone]
        # Of two that would join each other, the later one moves.
        mover = np.zeros(self.into.count, bool)
        mover[mine] = True
        settled = (target < mine) | ~mover[target]
        settled &= ~np.isin(mine, target[target < mine])
        self._move(mine[settled], target[settled])

    def _alone(self) -> Ints:
        """The first telling of every incident that few tell, or one text and its copies."""
        news = np.flatnonzero((self.where >= 0) & (self.of.lane == 0))
        incident, copy = self.where[news], self.of.copy[news]
        least, most = np.full(self.into.count, _NOBODY), np.full(self.into.count, -1)
        np.minimum.at(least, incident, copy)
        np.maximum.at(most, incident, copy)
        one = ((least == most) & (most >= 0)) | (self.into.told[: self.into.count] <= FEW)
        first = np.unique(incident, return_index=True)[1]
        return news[first][one[incident[first]]]

    def _move(self, gone: Ints, into: Ints) -> None:
        """Put whole incidents into others."""
        heir = np.full(self.into.count, -1, np.int64)
        heir[gone] = into
        goes = np.flatnonzero((self.where >= 0) & (heir[self.where] >= 0))
        self.into.told[gone] = 0
        self._join(goes, heir[self.where[goes]])

    def recalls(self, tellings: Ints) -> None:
        """What is only recalled joins by a lower bar and opens nothing; it has no vote."""
        if len(tellings):
            best, score = self._best_anywhere(tellings)
            joins = score >= self.weights["decide.background"]
            self.where[tellings[joins]] = best[joins]

    def answers(self, tellings: Ints) -> None:
        """A party's own document ties by day and named place, or is left to a person."""
        if not len(tellings):
            return
        t, c = self._candidates(tellings)
        of, place, when = self.of, self.into.place[c], self.into.when[c]
        known = (place >= 0) & (when >= 0) & (of.first[tellings[t]] >= 0)
        t, c, place, when = t[known], c[known], place[known], when[known]
        mine = tellings[t]
        days = np.maximum(of.first[when] - of.last[mine], of.first[mine] - of.last[when])
        km = km_between(of, mine, place)
        named = (of.entry[mine] >= 0) & (of.entry[mine] == of.entry[place])
        fine = np.maximum(of.radius[mine], of.radius[place]) <= FINE_KM
        named |= (km <= NAMED_KM) & fine
        named &= days <= RELEASE_DAYS
        t, c, days, km = t[named], c[named], np.maximum(days[named], 0), km[named]
        for telling, incident in _nearest(t, c, days, km):
            self.where[tellings[telling]] = incident

    def links(self) -> Links:
        """Incidents by number, in the order in which the tellings came in; empty ones are gone."""
        kept, number = np.unique(self.where[self.where >= 0], return_inverse=True)
        incident = np.full(len(self.where), -1, np.int64)
        placed = np.full(len(self.where), -1, np.int64)
        placed[self.where >= 0] = number
        incident[self.of.number] = placed
        return Links(incident, len(kept))


def _nearest(t: Ints, c: Ints, days: Ints, km: Floats) -> Iterator[tuple[int, int]]:
    """The nearest incident of each answer, where it leads the next one (contract, rule 9)."""
    order = np.lexsort((c, km, days, t))
    t, c, days, km = t[order], c[order], days[order], km[order]
    begins = np.flatnonzero(np.r_[np.ones(min(1, len(t)), bool), t[1:] != t[:-1]])
    for begin, end in zip(begins, np.r_[begins[1:], len(t)], strict=True):
        rival = end - begin > 1 and days[begin + 1] == days[begin]
        if not (rival and km[begin + 1] - km[begin] < LEAD_KM):
            yield int(t[begin]), int(c[begin])


def _told_days(of: Columns, tellings: Ints) -> tuple[Ints, Ints]:
    """Every day that a telling tells, up to a week of them: (day, place in `tellings`)."""
    told = np.flatnonzero(of.first[tellings] >= 0)
    first, last = of.first[tellings[told]], of.last[tellings[told]]
    length = np.minimum(last - first + 1, UNSAID_DAYS)
    which = np.repeat(np.arange(len(told)), length)
    day = first[which] + np.arange(len(which)) - np.repeat(np.cumsum(length) - length, length)
    return day, told[which]


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
