"""The best pairs first: tellings put together as long as the whole of two groups fits.

Two groups are weighed by all pairs between them, half by the mean and half by the best one, so that
no chain of likenesses glues two events together. Where nearly all pairs contradict, or one surely
does, the mean alone counts. The order of the items decides nothing but ties.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from bilan.core.incidents.pair import Match

# Of each item its matches with others, known on both sides.
Pairs = Sequence[Mapping[int, Match]]
# Of the items of two groups: whether they stay apart.
Barred = Callable[[list[int], list[int]], bool]

# Of the pairs between two groups, the share from which those that contradict silence the best one.
# At a half, one place read wrong in each of two groups kept one event apart; measured on reports of
# war and on news of shootings between a half and all of them, with one result from 5/6 on.
MOST_AGAINST = 5 / 6


class _Between:
    """What stands between two groups: the pairs known, their sum, the best of them."""

    __slots__ = ("against", "best", "pairs", "surely", "total")

    def __init__(self, total: float, *, against: bool, surely: bool) -> None:
        """Between two items: one pair."""
        self.pairs = 1
        self.total = self.best = total
        self.against = int(against)
        self.surely = surely

    def take(self, other: _Between) -> None:
        self.pairs += other.pairs
        self.total += other.total
        self.best = max(self.best, other.best)
        self.against += other.against
        self.surely |= other.surely

    @property
    def contradicted(self) -> bool:
        """Whether the best pair is to be left out of account."""
        return self.surely or self.against >= MOST_AGAINST * self.pairs


class Groups:
    """Items in groups, each known by its first item. `barred` says of two groups' items: never."""

    def __init__(
        self,
        pairs: Pairs,
        *,
        unmet: float,
        barred: Barred,
    ) -> None:
        self.members: dict[int, list[int]] = {i: [i] for i in range(len(pairs))}
        self.of = list(range(len(pairs)))
        self._unmet = unmet
        self._barred = barred
        self._between: dict[int, dict[int, _Between]] = {i: {} for i in range(len(pairs))}
        for a, others in enumerate(pairs):
            for b, found in others.items():
                if a < b:
                    self._know(a, b, found)

    def _know(self, a: int, b: int, found: Match) -> None:
        against = found.against is not None
        low = 2 * self._unmet if found.surely else self._unmet
        total = low if against else found.score
        between = _Between(total, against=against, surely=found.surely)
        self._between[a][b] = self._between[b][a] = between

    def score(self, a: int, b: int) -> float:
        """How well two groups fit."""
        between = self._between[a][b]
        number = len(self.members[a]) * len(self.members[b])
        mean = (between.total + self._unmet * (number - between.pairs)) / number
        return round(mean if between.contradicted else (mean + between.best) / 2, 6)

    def neighbours(self, group: int) -> Iterable[int]:
        """The groups that share a pair with this one."""
        return self._between[group]

    def unite(self, a: int, b: int) -> int:
        """Make two groups one, whatever their score; the one that holds the first item stays."""
        kept, gone = sorted((a, b))
        for item in self.members[gone]:
            self.of[item] = kept
        self.members[kept] += self.members.pop(gone)
        ours = self._between[kept]
        for other, between in self._between.pop(gone).items():
            if other == kept:
                continue
            del self._between[other][gone]
            if other in ours:
                ours[other].take(between)
            else:
                ours[other] = self._between[other][kept] = between
        ours.pop(gone, None)
        return kept

    def gather(
        self, join: float, *, leads: Collection[int] | None = None, unless: Barred | None = None
    ) -> None:
        """Unite the two groups that fit best until none fit by `join` any more.

        `leads`: only groups that hold one of these items. `unless`: what keeps two apart this time.
        """
        waiting = [
            (-score, a, b)
            for a, others in self._between.items()
            for b in others
            if a < b
            and (score := self.score(a, b)) >= join
            and self._hold(leads, a)
            and self._hold(leads, b)
        ]
        heapq.heapify(waiting)
        while waiting:
            score, a, b = heapq.heappop(waiting)
            stale = a not in self.members or b not in self._between[a]
            if (
                stale
                or -score != self.score(a, b)
                or self._barred(self.members[a], self.members[b])
                or (unless is not None and unless(self.members[a], self.members[b]))
            ):
                continue
            kept = self.unite(a, b)
            for other in self._between[kept]:
                first, second = sorted((kept, other))
                if (score := self.score(first, second)) >= join and self._hold(leads, other):
                    heapq.heappush(waiting, (-score, first, second))

    def _hold(self, leads: Collection[int] | None, group: int) -> bool:
        return leads is None or any(item in leads for item in self.members[group])
