"""Tellings in, incidents out, for millions at a time: the column-wise companion of core linking.

Like clues and contradictions (`column_clues`), the same keys and the same canonical order in the
large: tellings that know place and day come first, vaguer ones follow, recalls and the parties' own
answers last. Within one cell and day tellings come in waves that double, so that the first ones
open the incidents and the many that follow are placed together: an incident told a hundred thousand
times takes seventeen waves, not its square. How often this and the core put the same tellings
together is measured by `make speed` and by `tests/engines/test_link_columns.py`.

Needs the extra `[scale]` (numpy). The machine proposes: no decision of a person is looked at here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from bilan.core.incidents.answers import LEAD_KM, NAMED_KM, RELEASE_DAYS
from bilan.core.incidents.blocking import CELL
from bilan.core.incidents.lexis import Lexis
from bilan.core.incidents.reach import FINE_KM
from bilan.core.incidents.summary import MOST_TEXTS
from bilan.core.incidents.weights import Weights
from bilan.engines.column_clues import NEVER, Scores, column_weights
from bilan.engines.column_meetings import Meetings
from bilan.engines.column_mergers import mergers
from bilan.engines.incident_columns import Incidents, distinct
from bilan.engines.telling_columns import (
    Columns,
    Flags,
    Floats,
    Ints,
    days_apart,
    km_between,
    slices,
)

PATIENCE = 24  # rounds in which a telling waits for an earlier one nearby before it opens
ROUNDS = 4  # times that incidents are put together; chains of more are rare
FEW = 2  # tellings that stand alone
# After those that know place and day, their seats included, incidents are put together, so that
# what is vaguer finds all that is known of each; then once more at the end.
_TOGETHER = (0, 1)
_NO_PLACE = 4  # vagueness from which a telling knows no place
_AT_ONCE = 10_000  # tellings compared at a time: some 30 MB
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
    work = _Linking(columns, weights or column_weights(), lexis or Lexis())
    for vague in np.unique(columns.vague[columns.lane == 0]):
        work.news(np.flatnonzero((columns.lane == 0) & (columns.vague == vague)))
        if vague in _TOGETHER:
            work.put_together()
    work.put_together()
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
        self.where = np.full(len(columns), -1, np.int32)
        self.meet = Meetings(columns)

    # -- news -------------------------------------------------------------------------------

    def news(self, tellings: Ints) -> None:
        """Join or open, wave by wave."""
        if self._worded(tellings):
            self.meet.post_words(self.into)
        for wave in self._waves(tellings):
            self._wave(wave)

    def _worded(self, tellings: Ints) -> bool:
        """Whether words have to say where these belong: the place does not, or a seat is named."""
        if not len(tellings):
            return False
        vague = self.of.vague[tellings[0]]
        return bool(vague >= _NO_PLACE or vague % 2)

    def _waves(self, tellings: Ints) -> Iterator[Ints]:
        """First those before which nothing nearby is told, then the next two, the next four, …"""
        level = np.log2(self.meet.before(tellings) + 1).astype(np.int64)
        for number in range(int(level.max(initial=-1)) + 1):
            yield tellings[level == number]

    def _wave(self, wave: Ints) -> None:
        waiting, patience = wave, PATIENCE
        while len(waiting):
            worded, bar = self._worded(waiting), self.weights["decide.join"]
            best, score = self._best_anywhere(waiting, bar) if worded else self._best(waiting)
            joins = score >= bar
            self._join(waiting[joins], best[joins])
            waiting = waiting[~joins]
            waiting = waiting[self.of.harm[waiting]]  # what tells of no harm opens nothing
            first = self._first(waiting, patience)
            self._open(waiting[first])
            waiting, patience = waiting[~first], patience - 1

    def _first(self, waiting: Ints, patience: int) -> Flags:
        """Those that no earlier telling nearby holds up."""
        home = self.meet.home(waiting)
        earliest: Flags = np.zeros(len(waiting), bool)
        earliest[np.unique(home, return_index=True)[1]] = True  # rows ascend, so the first is it
        if patience <= 0:
            return earliest
        keys, rows = home[earliest], waiting[earliest]
        order = np.argsort(keys)
        keys, rows = keys[order], rows[order]
        asking = np.flatnonzero(earliest)
        which, low, high = self.meet.ranges(waiting[asking], CELL)
        least = np.full(len(asking), _NOBODY)
        begin = np.searchsorted(keys, low, "left")
        for step in range(int((high - low).max(initial=-1)) + 1):
            at = np.minimum(begin + step, len(keys) - 1)
            near = keys[at] <= high
            near &= begin + step < len(keys)
            np.minimum.at(least, which[near], rows[at[near]])
        earliest[asking[least < waiting[asking]]] = False
        return earliest

    def _best(self, tellings: Ints) -> tuple[Ints, Floats]:
        """The incident that fits each telling best, and its score; `NEVER` where none fits."""
        return _in_blocks(self._best_of, tellings)

    def _best_of(self, tellings: Ints) -> tuple[Ints, Floats]:
        t, c = self.meet.candidates(tellings)
        there = self.into.told[c] > 0
        t, c = t[there], c[there]
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

    def _best_anywhere(self, tellings: Ints, bar: float) -> tuple[Ints, Floats]:
        """As `_best`, looking also where only the words are alike, and never where it stands.

        Of a telling that no incident fits by `bar` nothing is said.
        """
        return _in_blocks(partial(self._best_anywhere_of, bar=bar), tellings)

    def _best_anywhere_of(self, tellings: Ints, *, bar: float) -> tuple[Ints, Floats]:
        t, c = self.meet.candidates(tellings)
        other, met = self.meet.worded(tellings)
        nearby, worded = (t << 32) | c, (other << 32) | met
        both = distinct(np.r_[nearby, worded])
        both = both[self._reachable(tellings, both, bar)]
        t, c = both >> 32, both & 0xFFFFFFFF
        # Words are looked at where they met, or where they can still undo what the rest says.
        bare, _ = self.scores.without_words(tellings[t], c)
        asked = np.isin(both, worded, assume_unique=True)
        asked |= bare >= self.weights["decide.background"]
        t, c = t[asked], c[asked]
        like, share = self.scores.likenesses.between(tellings[t], c)
        score, pairs = self.scores.without_words(tellings[t], c, like)
        words = self.scores.likenesses.weighed(like, share)
        score += np.where(pairs.copied, 0.0, words)
        possible = score > NEVER / 2
        return self._highest(t[possible], c[possible], score[possible], len(tellings))

    def _reachable(self, tellings: Ints, both: Ints, bar: float) -> Flags:
        """Which pairs could reach the bar if their words were the same."""
        t, c = both >> 32, both & 0xFFFFFFFF
        most, _ = self.scores.without_words(tellings[t], c, np.ones(len(t)))
        found: Flags = most + self.scores.likenesses.best >= bar
        return found & (c != self.where[tellings[t]]) & (self.into.told[c] > 0)

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

    # -- joining ------------------------------------------------------------------------------

    def _open(self, tellings: Ints) -> None:
        self._join(tellings, self.into.open(len(tellings)))

    def _join(self, tellings: Ints, incidents: Ints) -> None:
        if not len(tellings):
            return
        self.where[tellings] = incidents
        self.into.join(tellings, incidents)
        self.meet.post(tellings, incidents)
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

    # -- the rest -------------------------------------------------------------------------------

    def put_together(self) -> None:
        """Make one of incidents that are one, until none are left or nobody is patient any more."""
        news = np.flatnonzero((self.where >= 0) & (self.of.lane == 0))
        news = news[self.into.told[self.where[news]] > MOST_TEXTS]
        self.into.hear(news, self.where[news])
        for _ in range(ROUNDS):
            found = mergers(self.into, self.scores, self.meet, bar=self.weights["decide.again"])
            if not len(found.gone):
                return
            self._move(found.gone, found.heir)

    def look_again(self) -> None:
        """Give those that stand alone a second chance: more is told by now than when they came.

        A text stands alone together with its copies, which repeat what was misread in it, and two
        texts of which the same was misread stand alone together.
        """
        self.meet.post_words(self.into)
        alone = self._alone()
        bar = self.weights["decide.again"]
        best, score = self._best_anywhere(alone, bar)
        moves = score >= bar
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
            bar = self.weights["decide.background"]
            best, score = self._best_anywhere(tellings, bar)
            joins = score >= bar
            self.where[tellings[joins]] = best[joins]

    def answers(self, tellings: Ints) -> None:
        """A party's own document ties by day and named place, or is left to a person."""
        if not len(tellings):
            return
        t, c = self.meet.candidates(tellings)
        of, place, when = self.of, self.into.place[c], self.into.when[c]
        known = (place >= 0) & (when >= 0) & (of.first[tellings[t]] >= 0)
        t, c, place, when = t[known], c[known], place[known], when[known]
        mine = tellings[t]
        days = days_apart(of, mine, when)
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


def _in_blocks(
    best_of: Callable[[Ints], tuple[Ints, Floats]], tellings: Ints
) -> tuple[Ints, Floats]:
    """What `best_of` finds for some tellings, `_AT_ONCE` of them at a time."""
    best, score = np.full(len(tellings), -1, np.int64), np.full(len(tellings), NEVER)
    for rows in slices(len(tellings), _AT_ONCE):
        best[rows], score[rows] = best_of(tellings[rows])
    return best, score


def _nearest(t: Ints, c: Ints, days: Ints, km: Floats) -> Iterator[tuple[int, int]]:
    """The nearest incident of each answer, where it leads the next one (contract, rule 9)."""
    order = np.lexsort((c, km, days, t))
    t, c, days, km = t[order], c[order], days[order], km[order]
    begins = np.flatnonzero(np.r_[np.ones(min(1, len(t)), bool), t[1:] != t[:-1]])
    for begin, end in zip(begins, np.r_[begins[1:], len(t)], strict=True):
        rival = end - begin > 1 and days[begin + 1] == days[begin]
        if not (rival and km[begin + 1] - km[begin] < LEAD_KM):
            yield int(t[begin]), int(c[begin])
