"""Incidents in the making that are one: whole incidents side by side, each asked by its texts.

Tellings that come in waves open an incident twice where the first ones of each were misread alike,
or were told in two languages. When more is told, both know enough to see it: most texts of the one
would join the other by a higher bar, and most of the other the one, and where both have texts in
one language, these have rare words in common. What most contradict is never put together, nor two
that tell of days further apart than midnight explains, nor two of which each tells numbers of
killed and none of the other's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bilan.engines.column_clues import KILLED, NEVER, Scores
from bilan.engines.column_meetings import Meetings
from bilan.engines.incident_columns import Incidents, distinct
from bilan.engines.telling_columns import Columns, Flags, Floats, Ints, days_apart, slices

ASKED = 6  # texts of an incident that are asked; its first, no copies
DAYS = 1  # days between what most of each tell, beyond which they are two whatever their words
AGREED = 2 / 3  # share of the texts asked that may not contradict
_AT_ONCE = 2_000  # incidents asked at a time


@dataclass(frozen=True, slots=True)
class Mergers:
    """Incident `gone[n]` is the same as `heir[n]`; no heir goes itself."""

    gone: Ints
    heir: Ints


def mergers(into: Incidents, scores: Scores, meet: Meetings, *, bar: float) -> Mergers:
    """Which incidents are one, the smaller in the larger."""
    found = [_agreed(into, scores, meet, some, bar) for some in _blocks(into)]
    gone = np.concatenate([np.empty(0, np.int64), *(g for g, _, _ in found)])
    heir = np.concatenate([np.empty(0, np.int64), *(h for _, h, _ in found)])
    score = np.concatenate([np.empty(0), *(s for _, _, s in found)])
    order = np.lexsort((heir, -score, gone))
    first = order[np.unique(gone[order], return_index=True)[1]]
    gone, heir = gone[first], heir[first]
    goes = np.zeros(into.count, bool)
    goes[gone] = True
    stays = ~goes[heir]  # the others ask again when their heirs have gone
    return Mergers(gone[stays], heir[stays])


def _blocks(into: Incidents) -> list[Ints]:
    alive = np.flatnonzero(into.told[: into.count] > 0)
    return [alive[rows] for rows in slices(len(alive), _AT_ONCE)]


def _agreed(
    into: Incidents, scores: Scores, meet: Meetings, some: Ints, bar: float
) -> tuple[Ints, Ints, Floats]:
    """(incident, larger one, score) where the texts of both agree."""
    one, other = _met(into, meet, some)
    there = _asked(into, scores, one, other)
    good = there >= bar
    one, other, there = one[good], other[good], there[good]
    back = _asked(into, scores, other, one)
    good = back >= bar
    return one[good], other[good], (there + back)[good]


def _met(into: Incidents, meet: Meetings, some: Ints) -> tuple[Ints, Ints]:
    """(incident, another one that no fewer tell) where a text of the one meets the other."""
    which, slot = np.nonzero(into.texts[some, :ASKED] >= 0)
    tellings = into.texts[some[which], slot]
    met, other = meet.candidates(tellings)
    one = some[which[met]]
    larger = into.told[other] > into.told[one]
    larger |= (into.told[other] == into.told[one]) & (other < one)
    mine, theirs = into.numbers[KILLED, one], into.numbers[KILLED, other]
    larger &= ((mine & theirs) != 0) | (mine == 0) | (theirs == 0)
    larger &= ~_of_other_days(meet.of, into.when[one], into.when[other])
    both = distinct((one[larger] << 32) | other[larger])
    return both >> 32, both & 0xFFFFFFFF


def _of_other_days(of: Columns, one: Ints, other: Ints) -> Flags:
    """Which of the tellings that date two incidents, -1 for none, tell days too far apart."""
    told = (one >= 0) & (other >= 0) & (of.first[one] >= 0) & (of.first[other] >= 0)
    found: Flags = told & (days_apart(of, one, other) > DAYS)
    return found


def _asked(into: Incidents, scores: Scores, one: Ints, other: Ints) -> Floats:
    """How well the texts of each `one` fit `other` on the whole; `NEVER` where they do not."""
    pair, slot = np.nonzero(into.texts[one, :ASKED] >= 0)
    tellings, incidents = into.texts[one[pair], slot], other[pair]
    like, texts = scores.likenesses.between(tellings, incidents)
    words = scores.likenesses.weighed(like, texts)
    score, pairs = scores.without_words(tellings, incidents, like)
    score += np.where(pairs.copied, 0.0, words)
    fits = score > NEVER / 2
    asked = _summed(pair, np.ones(len(pair)), len(one))
    fitting = _summed(pair[fits], np.ones(int(fits.sum())), len(one))
    mean = _summed(pair[fits], score[fits], len(one)) / np.maximum(fitting, 1)
    spoken = (like >= 0) & fits
    alike: Flags = _summed(pair[spoken], words[spoken], len(one)) > 0
    return np.where((fitting >= AGREED * asked) & alike, mean, NEVER)


def _summed(pair: Ints, values: Floats, count: int) -> Floats:
    return np.bincount(pair, values, minlength=count)
