"""Clues like those of `core.incidents.clues` for many pairs of telling and incident at a time.

A table of weights of their own (`columns.toml`), for a telling is weighed against what all of an
incident's tellings say together; the same contradictions. Left out, since they need more than
columns: quoted words and distinctive things in common (`words.quotation`, `words.object`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from bilan.core.incidents.clues import (
    COPIED_DAYS,
    NEIGHBOURS_KM,
    QUARTER,
    QUARTERS_KM,
    SAME_TOWN_KM,
    TOWN,
)
from bilan.core.incidents.lexis import COMMON_SHARE, RARE_SHARE, SEEN, Lexis, common_buckets
from bilan.core.incidents.number_clues import FAR_TIMES, FEW
from bilan.core.incidents.reach import FINE_KM, PROVINCE_KM
from bilan.core.incidents.summary import MOST_TEXTS
from bilan.core.incidents.traits import BUCKETS
from bilan.core.incidents.weights import Weights, read_weights
from bilan.core.incidents.wording import FIRST_GUESS
from bilan.core.values import PlacePrecision
from bilan.engines.incident_columns import COPY, MARK, REPORT, VOICE, Incidents, bit, cover, size_of
from bilan.engines.telling_columns import (
    CAUSES,
    COUNTS,
    NO_WORD,
    PRECISIONS,
    Columns,
    Flags,
    Floats,
    Ints,
    days_apart,
    km_between,
    slices,
)

NEVER = -1e9  # the score of what contradicts
_QUARTER = np.array([PRECISIONS.index(p) for p in QUARTER])
_TOWN = PRECISIONS.index(TOWN)
_COUNTRY = PRECISIONS.index(PlacePrecision.COUNTRY)
KILLED, _INJURED, _SHARED = (COUNTS.index(name) for name in ("killed", "injured", "shared"))
_PARTS = tuple(n for n, name in enumerate(COUNTS) if name.startswith("killed_"))
_AT_ONCE = 50_000  # pairs of telling and incident whose texts are looked up at a time, some 100 MB
_BLOCK = 2_048  # pairs of texts compared at a time: what is compared stays near the processor


@cache
def column_weights() -> Weights:
    """The weights of `columns.toml`."""
    return read_weights((files("bilan.engines") / "columns.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Telling `t[n]` beside incident `c[n]`, with what several clues ask."""

    t: Ints
    c: Ints
    copied: Flags
    retold: Flags
    resembles: Flags
    named: Flags
    same_number: Flags
    marked: Flags


class Scores:
    """Scores pairs as the table of clues does."""

    def __init__(self, columns: Columns, incidents: Incidents, weights: Weights, lexis: Lexis):
        self.of, self.into, self.weights = columns, incidents, weights
        self.families = _families(weights)
        self.recurring = sum(1 << CAUSES.index(c) for c in weights.recurring)
        self.likenesses = Likenesses(columns, incidents, weights, lexis)

    def without_words(self, t: Ints, c: Ints, like: Floats | None = None) -> tuple[Floats, Pairs]:
        """The score of each pair before words are weighed; `NEVER` where they contradict.

        `like`: how alike the words are, where that is known to excuse a contradiction.
        """
        pairs = self._pairs(t, c, like)
        score = self._place(pairs) + self._time(pairs) + self._published(pairs)
        score += self._cause(pairs) + self._tolls(pairs) + self._origin(pairs)
        score += np.where(pairs.copied, self.weights["words.copy"], 0.0)
        score[self.into.facts.has(REPORT, c, self.of.report[t])] = NEVER
        return np.maximum(score, NEVER), pairs

    def _pairs(self, t: Ints, c: Ints, like: Floats | None) -> Pairs:
        of, into, w = self.of, self.into, self.weights
        form = filled_in_anew(of, t, into.place[c], into.when[c])
        copied = into.facts.has(COPY, c, of.copy[t]) & ~form
        trusted = like is not None and self.likenesses.trusted >= 1.0
        like = like if like is not None and trusted else np.zeros(len(t))
        size = size_of(of.low[KILLED, t], of.high[KILLED, t])
        told = into.numbers[KILLED, c] | into.numbers[_SHARED, c]
        named = np.zeros(len(t), bool)
        for voice in of.voices[t].T:
            named |= into.facts.has(VOICE, c, voice)
        return Pairs(
            t=t,
            c=c,
            copied=copied,
            retold=copied | (~form & (like >= w["words.sure"])),
            resembles=copied | (~form & (like >= w["words.doubt"])),
            named=named,
            same_number=(bit(size) & told) != 0,
            marked=into.facts.has(MARK, c, of.mark[t]),
        )

    def _place(self, p: Pairs) -> Floats:
        of, w = self.of, self.weights
        other = self.into.place[p.c]
        both = (other >= 0) & ~np.isnan(of.lat[p.t])
        km = km_between(of, p.t, other)
        joint = of.radius[p.t] + of.radius[other]
        widest = np.maximum(of.radius[p.t], of.radius[other])
        entry = (of.entry[p.t] >= 0) & (of.entry[p.t] == of.entry[other]) & (widest <= FINE_KM)
        apart = self._told_apart(p, other, km) & ~p.copied
        near = np.where(km <= w["place.near_km"], w["place.near"], w["place.within"])
        found = np.where(apart, NEVER, near)
        found = np.where(widest > FINE_KM, w["place.coarse"], found)
        found = np.where(p.marked | entry, w["place.same"], found)
        found = np.where(km > joint, self._too_far(p, other, km), found)
        return np.where(both, found, np.where(p.marked, w["place.same_phrase"], 0.0))

    def _told_apart(self, p: Pairs, other: Ints, km: Floats) -> Flags:
        of = self.of
        quarters = np.isin(of.precision[p.t], _QUARTER) & np.isin(of.precision[other], _QUARTER)
        towns = (of.precision[p.t] == _TOWN) & (of.precision[other] == _TOWN)
        towns &= (of.entry[p.t] >= 0) & (of.entry[other] >= 0)
        apart: Flags = (quarters & (km > QUARTERS_KM)) | (towns & (km > SAME_TOWN_KM))
        return apart

    def _too_far(self, p: Pairs, other: Ints, km: Floats) -> Floats:
        of, w = self.of, self.weights
        coarse = of.seat[p.t] | of.seat[other]
        coarse |= (of.radius[p.t] > FINE_KM) | (of.radius[other] > FINE_KM)
        province = (of.province[p.t] == of.province[other]) | (of.province[p.t] < 0)
        province |= of.province[other] < 0
        blurred = coarse & province & (of.country[p.t] == of.country[other]) & (km <= PROVINCE_KM)
        relayed = p.copied | (p.named & p.same_number)
        country = (of.precision[p.t] == _COUNTRY) | (of.precision[other] == _COUNTRY)
        misread = p.copied | (p.resembles & ((km > NEIGHBOURS_KM) | blurred))
        found = np.where(misread, w["place.misread"], NEVER)
        found = np.where(country, w["place.elsewhere"], found)
        return np.where(blurred & relayed, w["place.blurred"], found)

    def _time(self, p: Pairs) -> Floats:
        of, w = self.of, self.weights
        other = self.into.when[p.c]
        first, last = of.first[p.t], of.last[p.t]
        apart = days_apart(of, p.t, other)
        fine = (of.grain[p.t] == 0) & (of.grain[other] == 0)
        allowed = np.where(fine, np.where(p.copied, COPIED_DAYS, 1), 0)
        same = (first == of.first[other]) & (last == of.last[other]) & fine
        found = np.where(same, w["time.same"], w["time.touching"])
        found = np.where(fine, found, w["time.coarse"])
        found = np.where(apart > 0, w["time.next_day"], found)
        causes = self.into.causes[p.c] | _cause_bit(of.cause[p.t])
        recurs = (causes & np.uint64(self.recurring)) != 0
        misread = np.where(recurs, w["time.misread"], w["time.followed"])
        found = np.where(apart > allowed, np.where(p.retold, misread, NEVER), found)
        found = np.where(first < 0, self._unsaid(p, other), found)
        return np.where(other < 0, 0.0, found)

    def _unsaid(self, p: Pairs, other: Ints) -> Floats:
        """No date told: by the days from the event to publication."""
        of, w = self.of, self.weights
        days = of.published[p.t] - of.first[other]
        late = np.where(p.retold, 0.0, NEVER)
        before = (days <= w["time.before_days"]) | of.background[p.t]
        found = np.where(before, w["time.before"], late)
        found = np.where(days <= w["time.just_before_days"], w["time.just_before"], found)
        found = np.where(days < 0, NEVER, found)
        return np.where(of.published[p.t] < 0, 0.0, found)

    def _published(self, p: Pairs) -> Floats:
        w = self.weights
        reach = int(w["time.together_days"])
        shift = self.of.published[p.t] - self.into.published[p.c]
        known = (self.of.published[p.t] >= 0) & (self.into.published[p.c] >= 0)
        low, high = np.maximum(shift - reach, 0), np.minimum(shift + reach, 63)
        near = known & (high >= low)
        window = cover(np.where(near, low, 0), np.where(near, high, 0))
        return np.where(near & ((self.into.days[p.c] & window) != 0), w["time.together"], 0.0)

    def _cause(self, p: Pairs) -> Floats:
        mine, theirs = self.of.cause[p.t], self.into.causes[p.c]
        known = (mine >= 0) & (theirs != 0)
        same = (_cause_bit(mine) & theirs) != 0
        alike = (self.families[mine] & theirs) != 0
        other = np.where(alike, 0.0, self.weights["cause.other"])
        return np.where(known, np.where(same, self.weights["cause.same"], other), 0.0)

    def _tolls(self, p: Pairs) -> Floats:
        of, into, w = self.of, self.into, self.weights
        score = self._killed(p)
        shared = size_of(of.low[_SHARED, p.t], of.high[_SHARED, p.t])
        killed = size_of(of.low[KILLED, p.t], of.high[KILLED, p.t])
        asked = np.where(shared >= 0, bit(shared), bit(killed))
        theirs = into.numbers[_SHARED, p.c]
        theirs = theirs | np.where(shared >= 0, into.numbers[KILLED, p.c], 0).astype(np.uint64)
        score += np.where((asked & theirs) != 0, w["toll.shared"], 0.0)
        for number, name in ((_INJURED, "toll.injured"), *((n, "toll.part") for n in _PARTS)):
            size = size_of(of.low[number, p.t], of.high[number, p.t])
            score += np.where((bit(size) & into.numbers[number, p.c]) != 0, w[name], 0.0)
        return score

    def _killed(self, p: Pairs) -> Floats:
        of, into, w = self.of, self.into, self.weights
        low, high = of.low[KILLED, p.t], of.high[KILLED, p.t]
        size = size_of(low, high).astype(np.int64)  # three times of it has to fit
        repeated = (bit(size) & into.numbers[KILLED, p.c]) != 0
        many = np.where(size > 1, w["toll.same_few"], w["toll.same_one"])
        many = np.where(size > FEW, w["toll.same_many"], many)
        least, most = (np.maximum(n[p.c], 1).astype(np.int64) for n in (into.least, into.most))
        far = (size > FAR_TIMES * most) | (FAR_TIMES * np.maximum(size, 1) < least)
        found = np.where(far, w["toll.far"], w["toll.apart"])
        overlap = (cover(low, high) & into.covered[p.c]) != 0
        found = np.where(overlap, w["toll.overlap"], found)
        found = np.where(repeated, many, found)
        return np.where((low >= 0) & (into.most[p.c] >= 0), found, 0.0)

    def _origin(self, p: Pairs) -> Floats:
        of, into, w = self.of, self.into, self.weights
        voiced = (of.voices[p.t] >= 0).any(axis=1)
        vague = of.vague_voice[p.t] & (into.vague[p.c] | into.voiced[p.c])
        relayed = p.named | vague | (into.vague[p.c] & (voiced | of.vague_voice[p.t]))
        named = np.where(p.named, w["origin.same"], 0.0)
        return np.where(relayed & p.same_number, w["origin.same_number"], named)


class Likenesses:
    """What words in common are worth, pair by pair: the cosine of words weighed by rarity."""

    def __init__(self, columns: Columns, incidents: Incidents, weights: Weights, lexis: Lexis):
        self.of, self.into, self.weights = columns, incidents, weights
        self.trusted = lexis.trusted
        self.points = np.array(weights.likeness)
        self.rarity = _rarity(columns, lexis)
        used = np.flatnonzero((columns.words != NO_WORD).any(axis=0))
        self.words = columns.words[:, : used.max(initial=-1) + 1]
        self.length = np.array([self._length(n) for n in slices(len(columns), _AT_ONCE)], object)
        self.length = np.concatenate([*self.length, np.empty(0)]).astype(np.float64)

    def _length(self, rows: slice) -> Floats:
        rare = self.rarity[self.of.lang[rows, None], self.of.words[rows]]
        found: Floats = rare.sum(axis=1, dtype=np.float64)
        return found

    @property
    def best(self) -> float:
        """The most that words in common can be worth."""
        return float(self._worth(np.ones(1), np.ones(1))[0])

    @property
    def worst(self) -> float:
        """The most that they can cost."""
        return float(self._worth(np.zeros(1), np.full(1, MOST_TEXTS))[0])

    def worth(self, t: Ints, c: Ints) -> Floats:
        """The weight of words in common of each pair."""
        return self.weighed(*self.between(t, c))

    def weighed(self, like: Floats, texts: Floats) -> Floats:
        """The weight of likenesses; nothing for -1, where there was nothing to compare."""
        return np.where(like >= 0, self._worth(like, texts), 0.0)

    def between(self, t: Ints, c: Ints) -> tuple[Floats, Floats]:
        """How alike each telling's words are to the incident's, and to how many of its texts.

        Those of other publishers decide; where there are none, the same publisher's for less, which
        counts as no text.
        """
        like, texts = np.zeros(len(t)), np.zeros(len(t))
        for rows in slices(len(t), _AT_ONCE):
            like[rows], texts[rows] = self._some(t[rows], c[rows])
        return like, texts

    def _some(self, t: Ints, c: Ints) -> tuple[Floats, Floats]:
        texts = self.into.texts[c]
        pair, slot = np.nonzero(texts >= 0)
        mine, theirs = t[pair], texts[pair, slot]
        told = (self.of.lang[mine] == self.of.lang[theirs]) & (self.length[theirs] > 0)
        told &= self.length[mine] > 0
        pair, mine, theirs = pair[told], mine[told], theirs[told]
        publisher = self.of.publisher
        own = (publisher[mine] >= 0) & (publisher[mine] == publisher[theirs])
        like = self._cosine(mine, theirs)
        others, framed = np.full(len(t), -1.0), np.full(len(t), -1.0)
        np.maximum.at(others, pair[~own], like[~own])
        np.maximum.at(framed, pair[own], like[own])
        compared = np.bincount(pair[~own], minlength=len(t))
        return np.where(others >= 0, others, framed), compared

    def _cosine(self, a: Ints, b: Ints) -> Floats:
        shared = np.zeros(len(a))
        for rows in slices(len(a), _BLOCK):
            shared[rows] = self._shared(a[rows], b[rows])
        return shared / np.sqrt(np.maximum(self.length[a] * self.length[b], 1e-12))

    def _shared(self, a: Ints, b: Ints) -> Floats:
        """The rarity of what two texts share, pair by pair: one word of all `b` after another."""
        mine, theirs = self.words[a].T.copy(), self.words[b].T.copy()
        found: Flags = np.zeros(mine.shape, bool)
        for word in theirs:
            found |= mine == word  # no word is worth nothing, so two gaps may meet
        rare: Floats = np.einsum("wp,wp->p", self.rarity[self.of.lang[a], mine], found)
        return rare

    def _worth(self, like: Floats, texts: Floats) -> Floats:
        weight = np.interp(like, self.points[:, 0], self.points[:, 1])
        weight *= np.where(texts > 0, 1.0, self.weights["words.framed"])
        # Of many texts about one event one has words in common; that none has says more.
        many = 1 + self.weights["words.unlike"] * np.log2(np.maximum(texts, 1))
        weight = np.where(weight < 0, weight * many, weight)
        known = np.where(weight > 0, FIRST_GUESS, 0.0)
        return weight * (known + (1 - known) * self.trusted)


def _rarity(columns: Columns, lexis: Lexis) -> Floats:
    """By language and bucket, as `core.incidents.lexis` weighs them; nothing for no bucket."""
    table = np.zeros((max(1, len(columns.langs)), 1 << 16), np.float32)
    counts = np.array(lexis.counts, np.float64)
    for n, lang in enumerate(columns.langs):
        share = np.full(BUCKETS, RARE_SHARE)
        share[list(common_buckets(lang))] = COMMON_SHARE
        table[n, :BUCKETS] = np.log((lexis.reports + SEEN) / (counts + SEEN * share)) ** 2
    return table


def _families(weights: Weights) -> np.ndarray[tuple[int, ...], np.dtype[np.uint64]]:
    """For each cause the bits of those that reports take for it; the last row: no cause."""
    bits = np.zeros(len(CAUSES) + 1, np.uint64)
    for family in weights.families:
        mask = np.uint64(sum(1 << CAUSES.index(c) for c in family))
        for cause in family:
            bits[CAUSES.index(cause)] |= mask
    return bits


def _cause_bit(cause: Ints) -> np.ndarray[tuple[int, ...], np.dtype[np.uint64]]:
    shifted = np.uint64(1) << np.maximum(cause, 0).astype(np.uint64)
    return np.where(cause >= 0, shifted, np.uint64(0))


def filled_in_anew(of: Columns, tellings: Ints, place: Ints, when: Ints) -> Flags:
    """Which tellings are one form filled in anew beside another one (`core.incidents.clues`).

    One of both is short, and they tell of places further apart than they may be off, or of days
    further apart than copies may. `place` and `when` are the tellings that place and date the other
    side; -1 stands for none, of which nothing is said.
    """
    found: Flags = _told_elsewhere(of, tellings, place) | _told_of_other_days(of, tellings, when)
    return found


def _told_elsewhere(of: Columns, a: Ints, b: Ints) -> Flags:
    found: Flags = (of.brief[a] | of.brief[b]) & (b >= 0)
    asked = np.flatnonzero(found)  # distances cost most, and few texts are short
    one, other = a[asked], b[asked]
    found[asked] = km_between(of, one, other) > of.radius[one] + of.radius[other]
    return found


def _told_of_other_days(of: Columns, a: Ints, b: Ints) -> Flags:
    apart = days_apart(of, a, b)
    told = (of.first[a] >= 0) & (of.first[b] >= 0) & (b >= 0)
    found: Flags = told & (apart > COPIED_DAYS) & (of.brief[a] | of.brief[b])
    return found
