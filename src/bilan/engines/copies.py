"""Which texts of a large batch are copies of one another: small sketches, compared column-wise.

A sketch holds hashes of windows of 24 letters of a text, chosen by what stands there and not by
where, so that two sketches tell how much of the shorter text stands in the longer one, in any
language and script. Hashes are the same in every process and on every machine. Two texts meet under
their rarer hashes, and each text only with the first ones that have a hash: a text copied ten
thousand times costs no more than one copied twice, and boilerplate that stands in every text leads
nowhere.

Needs the extra `[scale]` (numpy). Within one incident `core.reports.origins` tells who copied whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from sys import byteorder

import numpy as np
import numpy.typing as npt

PART = 8  # letters hashed together; a window is three parts, as long as four or five words
SHARE = 48  # every 48th window is kept, about eighty of a page of news
FEWEST = 64  # hashes kept of a text that has so many windows, however short it is
MOST = 4096  # hashes, whatever the length
COPY_SHARE = 0.5  # share of the shorter text in common that makes a near-copy (field, 2.1)
FEWEST_SHARED = 8  # hashes in common, below which chance or boilerplate decides
RARER = 16  # hashes of a text under which it meets others: those that the fewest texts have
FIRST = 3  # texts under one hash that the later ones meet (the document-frequency cap)
MET = 3  # hashes under which two texts have to meet before they are compared
COMPARED = 3  # texts with which one is compared: those that it meets under most hashes
_SPACE = 1 << 32
_LETTERS = np.uint32(ord("@"))  # up to here ASCII has blanks, signs and digits, which copies change

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]
_Letters = npt.NDArray[np.uint32]

# Odd multipliers: one spreads letters, one for each doubling of the part, two join its three parts.
_SPREAD = np.uint32(0x9E3779B1)
_STEPS = tuple(np.uint32(m) for m in (0x01000193, 0x85EBCA6B, 0xC2B2AE35))
_JOIN = np.uint32(0x27D4EB2F)
_HALF, _MIX = np.uint32(16), np.uint32(0x7FEB352D)
_BOUND = np.uint32(_SPACE // SHARE)
_WIDER = np.uint32(_SPACE // SHARE * 4)
_HIGH = np.uint64(32)
_CODE = "utf-32-le" if byteorder == "little" else "utf-32-be"


def sketch(text: str) -> Hashes:
    """The sketch of a text, ascending, without repeats; empty below 24 letters.

    The upper half of each number is the hash by which the window was chosen: the lowest are kept.
    """
    letters = np.frombuffer(text.casefold().encode(_CODE, "replace"), np.uint32)
    letters = letters[letters > _LETTERS]
    if len(letters) < 3 * PART:
        return np.empty(0, np.uint64)
    parts = _parts(letters)
    first = parts[: -2 * PART]
    kept = _windows(parts, np.flatnonzero(first < _BOUND))
    if len(kept) >= FEWEST:
        return kept[:MOST]
    # A short text: the lowest ones all the same, looked for where most of them must be.
    kept = _windows(parts, np.flatnonzero(first < _WIDER))
    if len(kept) < FEWEST:
        kept = _windows(parts, np.arange(len(first)))
    return kept[:FEWEST]


def _parts(letters: _Letters) -> _Letters:
    """A hash for every run of eight letters."""
    hashes = letters * _SPREAD
    hashes ^= hashes >> _HALF
    step = 1
    for multiplier in _STEPS:
        joined = hashes[:-step] * multiplier
        joined += hashes[step:]
        hashes, step = joined, 2 * step
    hashes ^= hashes >> _HALF
    hashes *= _MIX
    return hashes


def _windows(parts: _Letters, begins: Numbers) -> Hashes:
    """The hashes of the windows that begin there, ascending, without repeats."""
    first = parts[begins]
    whole = first * _JOIN
    whole ^= parts[begins + PART]
    whole *= _JOIN
    whole ^= parts[begins + 2 * PART]
    return np.unique((first.astype(np.uint64) << _HIGH) | whole)


@dataclass(frozen=True, slots=True)
class Copy:
    """`copy` stands in `original`, or the other way round; `share` of the shorter text does."""

    copy: int
    original: int
    share: float


def copies_among(sketches: Sequence[Hashes]) -> list[Copy]:
    """Each near-copy by number with the earlier text that it shares most with.

    The sketches come in the order of publication. Time and memory grow with the number of hashes,
    whatever the number of copies of one text.
    """
    table = _Table(sketches)
    later, earlier = _closest(*table.meetings())
    shared = table.shared(later, earlier)
    share = shared / table.smaller(later, earlier)
    good = np.flatnonzero((share >= COPY_SHARE) & (shared >= FEWEST_SHARED))
    order = good[np.lexsort((earlier[good], -share[good], later[good]))]
    best = order[_begins(later[order])]
    found = zip(later[best].tolist(), earlier[best].tolist(), share[best].tolist(), strict=True)
    return [Copy(*one) for one in found]


def clusters_of(sketches: Sequence[Hashes]) -> list[int]:
    """For each text the number of the first text of its cluster: itself where it copies nobody."""
    first = list(range(len(sketches)))
    for one in copies_among(sketches):
        first[one.copy] = first[one.original]  # an original comes before its copies
    return first


def text_clusters(texts: Iterable[str]) -> list[int]:
    """`clusters_of` the sketches of texts in the order of publication."""
    return clusters_of([sketch(text) for text in texts])


def _begins(values: npt.NDArray[np.generic]) -> Numbers:
    """Where each run of equal values begins."""
    return np.flatnonzero(np.r_[np.ones(min(1, len(values)), bool), values[1:] != values[:-1]])


def _ranks(values: npt.NDArray[np.generic]) -> Numbers:
    """The place of each value within its run of equal ones, from 0."""
    begins = _begins(values)
    lengths = np.diff(np.r_[begins, len(values)])
    return np.arange(len(values)) - np.repeat(begins, lengths)


def _closest(later: Numbers, earlier: Numbers, met: Numbers) -> tuple[Numbers, Numbers]:
    """The pairs worth a comparison."""
    enough = np.flatnonzero(met >= MET)
    order = enough[np.lexsort((earlier[enough], -met[enough], later[enough]))]
    chosen = order[_ranks(later[order]) < COMPARED]
    return later[chosen], earlier[chosen]


class _Table:
    """All hashes of all texts."""

    def __init__(self, sketches: Sequence[Hashes]) -> None:
        self.sizes = np.array([len(s) for s in sketches], np.int64)
        self.starts = np.r_[0, np.cumsum(self.sizes)]
        self.bounds = np.array([_kept_below(s) for s in sketches], np.int64)
        self.hashes = np.concatenate([np.empty(0, np.uint64), *sketches])
        self.texts = np.repeat(np.arange(len(sketches), dtype=np.int64), self.sizes)
        self.chosen_by = (self.texts << 32) | (self.hashes >> _HIGH).astype(np.int64)

    def meetings(self) -> tuple[Numbers, Numbers, Numbers]:
        """Pairs (later, earlier) that meet under rarer hashes of the later, and how many."""
        order = np.argsort(self.hashes, kind="stable")
        hashes, texts = self.hashes[order], self.texts[order]
        begins = _begins(hashes)
        lengths = np.diff(np.r_[begins, len(hashes)])
        rank = np.arange(len(hashes)) - np.repeat(begins, lengths)
        common = np.repeat(lengths, lengths)
        asking = np.flatnonzero(rank > 0)
        rarer = asking[np.lexsort((common[asking], texts[asking]))]
        asking = rarer[_ranks(texts[rarer]) < RARER]
        met = []
        for nth in range(FIRST):
            one = asking[rank[asking] > nth]
            met.append((texts[one] << 32) | texts[one - rank[one] + nth])
        both, number = np.unique(np.concatenate(met), return_counts=True)
        return both >> 32, both & (_SPACE - 1), number

    def shared(self, a: Numbers, b: Numbers) -> Numbers:
        """How many hashes two texts share, pair by pair."""
        met = np.empty(len(a), np.int64)
        for begin in range(0, len(a), _AT_ONCE):
            part = slice(begin, begin + _AT_ONCE)
            met[part] = self._shared(a[part], b[part])
        return met

    def _shared(self, a: Numbers, b: Numbers) -> Numbers:
        pairs = np.arange(len(a))
        ours, theirs = self._hashes_of(a), self._hashes_of(b)
        owner = np.r_[np.repeat(pairs, self.sizes[a]), np.repeat(pairs, self.sizes[b])]
        hashes = np.r_[self.hashes[ours], self.hashes[theirs]]
        order = np.lexsort((hashes, owner))
        hashes, owner = hashes[order], owner[order]
        twice = (hashes[1:] == hashes[:-1]) & (owner[1:] == owner[:-1])
        return np.bincount(owner[1:][twice], minlength=len(a))

    def _hashes_of(self, texts: Numbers) -> Numbers:
        """The places of all hashes of these texts, one text after the other."""
        sizes = self.sizes[texts]
        ends = np.cumsum(sizes)
        places: Numbers = np.repeat(self.starts[texts] - ends + sizes, sizes)
        places += np.arange(len(places))
        return places

    def smaller(self, a: Numbers, b: Numbers) -> Numbers:
        """The size of the smaller of two sketches, both cut where both would have kept all."""
        top = np.minimum(self.bounds[a], self.bounds[b])
        return np.maximum(np.minimum(self._below(a, top), self._below(b, top)), 1)

    def _below(self, text: Numbers, top: Numbers) -> Numbers:
        ends: Numbers = np.searchsorted(self.chosen_by, (text << 32) | top, "right")
        ends -= self.starts[text]
        return ends


_AT_ONCE = 20_000  # pairs compared at a time: some 60 MB


def _kept_below(sketch: Hashes) -> int:
    """Every window of the text that was chosen by at most this is in its sketch."""
    if len(sketch) < FEWEST:
        return _SPACE - 1
    last = int(sketch[-1] >> _HIGH)
    full = len(sketch) == MOST or (len(sketch) == FEWEST and last >= int(_BOUND))
    return last if full else int(_BOUND) - 1
