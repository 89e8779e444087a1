"""Whole incidents that are one: what a few tellings of the smaller say of the larger, together.

One telling may be misread, or tell too little to join where it belongs; what opened an incident on
such grounds then gathers its copies and all that is like it. A few tellings of that incident are
each weighed against the incidents that they meet, and the mean decides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bilan.engines.column_clues import NEVER, Scores
from bilan.engines.column_meetings import Meetings
from bilan.engines.incident_columns import Incidents, distinct
from bilan.engines.telling_columns import Columns, Flags, Floats, Ints

MOST_TOLD = 50  # tellings of an incident that may go into any other
MOST_SHARE = 4  # what more tell goes only where so many times as many tell: a crowd splits in parts
ASKED = 4  # tellings of each that are weighed, spread over its canonical order; 8 gain nothing
LEAST = -4.0  # what one telling can say against: a misread one alone forbids nothing


@dataclass(frozen=True, slots=True)
class _Sample:
    """Tellings that are asked, the incident of each, and how many are asked of each incident."""

    telling: Ints
    incident: Ints
    number: Ints


class Merging:
    """Says which incidents to put into which others."""

    def __init__(self, columns: Columns, incidents: Incidents, scores: Scores, meet: Meetings):
        self.of, self.into, self.scores, self.meet = columns, incidents, scores, meet
        self.bar = scores.weights["decide.merge"]

    def moves(self, where: Ints) -> tuple[Ints, Ints]:
        """(incident, the one that it belongs to); none is both. `where`: that of each telling."""
        asked = self._sample(where)
        t, c = self._met(asked)
        if not len(t):
            return t, c
        best = self.scores.likenesses.best
        most, _ = self.scores.without_words(asked.telling[t], c, np.ones(len(t)))
        _, _, mean, pair = self._means(asked, t, c, np.where(most > NEVER / 2, most + best, most))
        hopeful = (mean >= self.bar)[pair]
        t, c = t[hopeful], c[hopeful]
        incident, other, mean, _ = self._means(asked, t, c, self._score(asked.telling[t], c))
        good = mean >= self.bar
        return self._settled(*_best_of_each(incident[good], other[good], mean[good]))

    def _sample(self, where: Ints) -> _Sample:
        news = np.flatnonzero((where >= 0) & (self.of.lane == 0))
        news = news[np.argsort(where[news], kind="stable")]
        incident = where[news]
        begins = np.flatnonzero(np.r_[np.ones(min(1, len(news)), bool), np.diff(incident) != 0])
        lengths = np.diff(np.r_[begins, len(news)])
        place = np.arange(len(news)) - np.repeat(begins, lengths)
        length = np.repeat(lengths, lengths)
        few = np.minimum(length, ASKED)
        taken = (place * few) // length != ((place - 1) * few) // length
        number = np.bincount(incident[taken], minlength=self.into.count)
        return _Sample(news[taken], incident[taken], number)

    def _met(self, asked: _Sample) -> tuple[Ints, Ints]:
        """(place in the sample, another incident) where they meet."""
        t, c = self.meet.candidates(asked.telling)
        other, met = self.meet.worded(asked.telling)
        both = distinct(np.r_[(t << 32) | c, (other << 32) | met])
        t, c = both >> 32, both & 0xFFFFFFFF
        mine, told = asked.incident[t], self.into.told
        may = (c != mine) & (told[c] > 0)
        may &= told[mine] <= np.maximum(MOST_TOLD, told[c] // MOST_SHARE)
        return t[may], c[may]

    def _score(self, tellings: Ints, c: Ints) -> Floats:
        like, share = self.scores.likenesses.between(tellings, c)
        score, pairs = self.scores.without_words(tellings, c, like)
        words = np.where(pairs.copied, 0.0, self.scores.likenesses.weighed(like, share))
        return np.asarray(score + words)

    def _means(
        self, asked: _Sample, t: Ints, c: Ints, score: Floats
    ) -> tuple[Ints, Ints, Floats, Ints]:
        """Incident, other incident, mean of all that are asked; and the row of each pair.

        What does not even meet the other incident speaks against it as a contradiction does.
        """
        key, row = np.unique((asked.incident[t] << 32) | c, return_inverse=True)
        incident, other = key >> 32, key & 0xFFFFFFFF
        above = np.bincount(row, np.maximum(score, LEAST) - LEAST, minlength=len(key))
        return incident, other, above / asked.number[incident] + LEAST, row

    def _settled(self, gone: Ints, heir: Ints) -> tuple[Ints, Ints]:
        """Of two that would go into each other the larger stays; what others go into stays."""
        wish = np.full(self.into.count, -1, np.int64)
        wish[gone] = heir
        told, others = self.into.told[gone], self.into.told[heir]
        smaller = (told < others) | ((told == others) & (heir < gone))
        settled: Flags = (wish[heir] < 0) | ((wish[heir] == gone) & smaller)
        goes = np.zeros(self.into.count, bool)
        goes[gone[settled]] = True
        settled &= ~goes[heir]
        return gone[settled], heir[settled]


def _best_of_each(incident: Ints, other: Ints, mean: Floats) -> tuple[Ints, Ints]:
    order = np.lexsort((other, -np.round(mean, 6), incident))
    first = order[np.unique(incident[order], return_index=True)[1]]
    return incident[first], other[first]
