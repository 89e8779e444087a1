"""Tellings in, incidents out: the same partition whatever the order in which they came.

News is put together best pairs first (`grouping`), then what is only recalled and the parties' own
answers follow: they never glue two incidents together. People's decisions stand above every score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bilan.core.incidents.answers import tie
from bilan.core.incidents.clues import Comparisons
from bilan.core.incidents.grouping import Groups
from bilan.core.incidents.lanes import alleges_harm, lane
from bilan.core.incidents.meeting import Meeting
from bilan.core.incidents.orders import Orders
from bilan.core.incidents.pair import Match
from bilan.core.incidents.summary import Summary, canonical
from bilan.core.incidents.telling import Telling


@dataclass(slots=True)
class Cluster:
    """One incident in the making."""

    summary: Summary
    members: list[Telling]
    confirmed: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question for a person: may this telling belong to that incident?"""

    telling: str
    clusters: tuple[int, ...]
    why: tuple[str, ...]
    opened: bool  # whether the telling opened an incident of its own

    def without(self, cluster: int) -> Doubt:
        """The question without an incident that is no more."""
        return replace(self, clusters=tuple(c for c in self.clusters if c != cluster))


@dataclass(frozen=True, slots=True)
class Partition:
    """Clusters by number; where each telling is (None = the pool) and why; what is in doubt."""

    clusters: Mapping[int, Cluster]
    placed: Mapping[str, tuple[int | None, tuple[str, ...]]]
    doubts: tuple[Doubt, ...]


def partition(
    tellings: Iterable[Telling],
    *,
    compared: Comparisons,
    orders: Orders | None = None,
    fixed: Mapping[int, Sequence[Telling]] | None = None,
) -> Partition:
    """Who tells of one incident. `fixed` are incidents whose other tellings are not looked at."""
    work = _Work(compared, orders or Orders())
    ordered = sorted(tellings, key=lambda t: (lane(t), canonical(t)))
    work.gather([t for t in ordered if lane(t) == 0], fixed or {})
    for telling in ordered:
        if lane(telling) == 1:
            work.place(telling)
    work.merge()
    for telling in ordered:
        if lane(telling) == 2:
            work.place(telling)
    return Partition(work.clusters, work.placed, tuple(work.doubts))


class _Work:
    """The partition while it grows."""

    def __init__(self, compared: Comparisons, orders: Orders) -> None:
        self.weights = compared.weights
        self.compared = compared
        self.orders = orders
        self.clusters: dict[int, Cluster] = {}
        self.placed: dict[str, tuple[int | None, tuple[str, ...]]] = {}
        self.doubts: list[Doubt] = []
        self._met: Meeting = Meeting()
        self._group: dict[str, int] = {}
        self._where: dict[str, int] = {}
        self._fixed: frozenset[int] = frozenset()

    # -- news -------------------------------------------------------------------------------

    def gather(self, news: Sequence[Telling], fixed: Mapping[int, Sequence[Telling]]) -> None:
        """Put news together, around the incidents that are fixed."""
        self._fixed = frozenset(fixed)
        self.placed.update({t.id: (None, OUT) for t in news if t.id in self.orders.out})
        held = {key: [t for t in fixed[key] if lane(t) == 0] for key in sorted(fixed)}
        items = [t for key in held for t in held[key]]
        items += [t for t in news if t.id not in self.orders.out]
        news_groups = _News(self, items)
        news_groups.hold(list(held.values()))
        news_groups.obey()
        news_groups.gather(self.weights["decide.join"])
        self._settle(news_groups, held, fixed)
        news_groups.ask()

    def _settle(
        self,
        found: _News,
        held: Mapping[int, Sequence[Telling]],
        fixed: Mapping[int, Sequence[Telling]],
    ) -> None:
        """Make clusters of groups: the fixed ones under their keys, the others in their order."""
        first = 0
        keys: dict[int, int] = {}
        for key, members in held.items():
            if members:
                keys[found.groups.of[first]] = key
            first += len(members)
        for key in fixed:
            self.clusters[key] = Cluster(Summary(), [])
            for telling in fixed[key]:
                if lane(telling) != 0:
                    self._join(telling, key)
        free = max(fixed, default=-1) + 1
        for group, items in sorted(found.groups.members.items()):
            members = [found.items[i] for i in sorted(items)]
            if group not in keys and not any(map(alleges_harm, members)):
                self.placed.update({t.id: (None, (POOLED[False],)) for t in members})
                continue
            key = keys.get(group, free)
            free += group not in keys
            found.keys[group] = key
            self.clusters.setdefault(key, Cluster(Summary(), []))
            for item in sorted(items):
                self._join(found.items[item], key)
                if item >= first:
                    self.placed[found.items[item].id] = (key, found.why(item))

    # -- what follows news ------------------------------------------------------------------

    def place(self, telling: Telling) -> None:
        """Join what is told already, or leave to the pool and to people."""
        if telling.id in self.orders.out:
            self.placed[telling.id] = (None, OUT)
        elif (group := self._decided(telling)) is not None:
            self._put(telling, group, SAID_SAME)
        elif lane(telling) == 2:
            self._answer(telling)
        else:
            self._recall(telling)

    def merge(self) -> None:
        """Make one of the incidents that people said to be one."""
        for one, other in self.orders.merged:
            kept, gone = self._where.get(one), self._where.get(other)
            if kept is None or gone is None or kept == gone:
                continue
            if gone in self._fixed:
                kept, gone = gone, kept
            for telling in self.clusters.pop(gone).members:
                self._join(telling, kept)
                if telling.id in self.placed:
                    self.placed[telling.id] = (kept, ("a person said that the two are one",))
            self.doubts = [d.without(gone) for d in self.doubts]
            self._met.move(gone, kept)

    def _decided(self, telling: Telling) -> int | None:
        group = self.orders.same.get(telling.id)
        return None if group is None else self._group.get(group)

    def _put(self, telling: Telling, key: int, why: tuple[str, ...]) -> None:
        self._join(telling, key)
        self.placed[telling.id] = (key, why)

    def _join(self, telling: Telling, key: int) -> None:
        news = lane(telling) == 0
        cluster = self.clusters[key]
        cluster.summary.add(telling, news=news)
        cluster.members.append(telling)
        self._where[telling.id] = key
        if telling.id in self.orders.confirmed:
            cluster.confirmed = cluster.confirmed or self.orders.confirmed[telling.id]
        group = self.orders.same.get(telling.id)
        if group is not None:
            self._group.setdefault(group, key)
        if news:
            self._met.post(telling, key)

    def _candidates(self, telling: Telling) -> list[int]:
        return sorted(k for k in self._met.of(telling) if not self._forbidden(telling, k))

    def _forbidden(self, telling: Telling, key: int) -> bool:
        confirmed = self.orders.confirmed.get(telling.id)
        if confirmed is not None and self.clusters[key].confirmed not in (None, confirmed):
            return True
        return any(
            self._where.get(other) == key
            for pair in self.orders.apart
            if telling.id in pair
            for other in pair - {telling.id}
        )

    def _recall(self, telling: Telling) -> None:
        ranked = self._ranked(telling)
        if ranked and ranked[0][0] >= self.weights["decide.background"]:
            self._put(telling, ranked[0][1], ranked[0][2].why())
            self._ask_if_close(telling, ranked)
            return
        self.placed[telling.id] = (None, (POOLED[True],))
        close = [r for r in ranked if r[0] >= self.weights["decide.propose"]]
        if close:
            keys = tuple(k for _, k, _ in close[:MOST_ASKED])
            self.doubts.append(Doubt(telling.id, keys, close[0][2].why(), opened=False))

    def _ranked(self, telling: Telling) -> list[tuple[float, int, Match]]:
        """The incidents that nothing contradicts, the best first."""
        found = []
        for key in self._candidates(telling):
            cluster = self.clusters[key]
            matches = [self.compared.of(telling, text) for text in cluster.summary.texts]
            if matches and not any(m.against for m in matches):
                scores = [m.score for m in matches]
                best = max(matches, key=lambda m: m.score)
                score = (sum(scores) / len(scores) + best.score) / 2
                found.append((round(score, 6), key, best))
        return sorted(found, key=lambda f: (-f[0], -self.clusters[f[1]].summary.told, f[1]))

    def _ask_if_close(self, telling: Telling, ranked: list[tuple[float, int, Match]]) -> None:
        margin = self.weights["decide.margin"]
        rivals = [k for score, k, _ in ranked[1:] if ranked[0][0] - score < margin]
        if rivals:
            keys = (ranked[0][1], *rivals)
            self.doubts.append(Doubt(telling.id, keys, ALIKE, opened=False))

    def _answer(self, telling: Telling) -> None:
        found = {k: self.clusters[k].summary for k in self._candidates(telling)}
        tied = tie(telling, found)
        if tied.tied:
            self._put(telling, tied.clusters[0], tied.why)
            return
        self.placed[telling.id] = (None, tied.why or ("answers no incident that is told",))
        if tied.clusters:
            self.doubts.append(Doubt(telling.id, tied.clusters, tied.why, opened=False))


class _News:
    """News while it is put together: `items` in canonical order, those of fixed incidents first."""

    def __init__(self, work: _Work, items: list[Telling]) -> None:
        self.work = work
        self.items = items
        self.keys: dict[int, int] = {}
        self._number = {t.id: n for n, t in enumerate(items)}
        self._held: dict[int, int] = {}
        self._told: dict[str, list[int]] = {}
        for number, telling in enumerate(items):
            self._told.setdefault(telling.report, []).append(number)
        meeting: Meeting = Meeting()
        self.matches: list[dict[int, Match]] = [{} for _ in items]
        for number, telling in enumerate(items):
            for other in meeting.of(telling):
                found = work.compared.of(items[other], telling)
                self.matches[other][number] = self.matches[number][other] = found
            meeting.post(telling, number)
        unmet = work.weights["decide.unmet"]
        self.groups = Groups(self.matches, unmet=unmet, barred=self._barred)

    def hold(self, fixed: Sequence[Sequence[Telling]]) -> None:
        """Keep together what stands in one incident already; two of those never become one."""
        for members in fixed:
            numbers = [self._number[t.id] for t in members]
            self._held.update(dict.fromkeys(numbers, numbers[0] if numbers else 0))
            for number in numbers[1:]:
                self._unite(numbers[0], number)

    def obey(self) -> None:
        """Put together what a person said to be the same."""
        first: dict[str, int] = {}
        for telling, group in self.work.orders.same.items():
            if telling in self._number:
                number = self._number[telling]
                self._unite(first.setdefault(group, number), number)

    def gather(self, join: float) -> None:
        """Put together what fits: what reports tell first, then what else they tell.

        News tells its own event first. What follows may be another event, or the same one read
        twice: left to seek its like at once, it would draw reports away from the account before it.
        """
        leads = {min(told, key=self._index) for told in self._told.values()}
        self.groups.gather(join, leads=leads, unless=self._meant_for_others)
        self.groups.gather(join)

    def _index(self, item: int) -> int:
        return self.items[item].index

    def _meant_for_others(self, ours: list[int], theirs: list[int]) -> bool:
        """Whether of most pairs one fits another account of the other's report clearly better."""
        pairs = [(one, other) for one in ours for other in theirs if other in self.matches[one]]
        return 2 * sum(self._fits_beside(one, other) for one, other in pairs) > len(pairs)

    def _fits_beside(self, one: int, other: int) -> bool:
        bar = self.matches[one][other].score + BESIDE
        return any(
            self.matches[far].get(beside, APART).score > bar
            for near, far in ((one, other), (other, one))
            for beside in self._told[self.items[near].report]
        )

    def _unite(self, a: int, b: int) -> None:
        one, other = self.groups.of[a], self.groups.of[b]
        if one != other:
            self.groups.unite(one, other)

    def _barred(self, ours: list[int], theirs: list[int]) -> bool:
        """What no score overcomes: two fixed or confirmed incidents, one report, a decision."""
        held = [{self._held[i] for i in g if i in self._held} for g in (ours, theirs)]
        if held[0] and held[1] and held[0] != held[1]:
            return True
        reports = {self.items[i].report for i in ours}
        if any(self.items[i].report in reports for i in theirs):
            return True
        return self._decided_apart(ours, theirs)

    def _decided_apart(self, ours: list[int], theirs: list[int]) -> bool:
        orders = self.work.orders
        mine, others = ({self.items[i].id for i in g} for g in (ours, theirs))
        codes = [{orders.confirmed[t] for t in g if t in orders.confirmed} for g in (mine, others)]
        if codes[0] and codes[1] and codes[0] != codes[1]:
            return True
        return any(pair & mine and pair & others for pair in orders.apart)

    def why(self, item: int) -> tuple[str, ...]:
        """Why a telling stands in its group: a person's word, else its best pair there."""
        if self.items[item].id in self.work.orders.same:
            return SAID_SAME
        others = [o for o in self.groups.members[self.groups.of[item]] if o != item]
        if not others or item < min(others):
            return ("the first to tell it",)
        best = max(others, key=lambda o: (self.matches[item].get(o, APART).score, -o))
        found = self.work.compared.of(self.items[best], self.items[item])
        return (f"tells what {self.items[best].report} tells", *found.why())

    def ask(self) -> None:
        """Put to people what nearly fits, and what fits two incidents alike."""
        for group, members in sorted(self.groups.members.items()):
            first = self.items[min(members)]
            if first.id in self.work.placed:
                self._ask_near(group, first)
            for item in sorted(members):
                own = group in self.keys and self.items[item].id in self.work.placed
                if own and len(members) > 1:
                    self._ask_alike(item, group)

    def _ask_near(self, group: int, first: Telling) -> None:
        """A group that nearly fits another one, asked of the later of the two."""
        near = [
            (self.groups.score(group, other), self.keys[other], other)
            for other in self.groups.neighbours(group)
            if other in self.keys and (other < group or group not in self.keys)
        ]
        bar = self.work.weights["decide.propose"]
        near = sorted((n for n in near if n[0] >= bar), key=lambda n: (-n[0], n[1]))
        if near:
            other = min(self.groups.members[near[0][2]])
            why = self.work.compared.of(self.items[other], first).why()
            keys = tuple(key for _, key, _ in near[:MOST_ASKED])
            self.work.doubts.append(Doubt(first.id, keys, why, opened=group in self.keys))

    def _ask_alike(self, item: int, group: int) -> None:
        """A telling that fits another incident nearly as well as its own."""
        fits: dict[int, list[float]] = {}
        for other, found in self.matches[item].items():
            if not found.against:
                fits.setdefault(self.groups.of[other], []).append(found.score)
        own = _mid(fits.pop(group, [APART.score]))
        bar = max(self.work.weights["decide.join"], own - self.work.weights["decide.margin"])
        rivals = [self.keys[g] for g, s in sorted(fits.items()) if g in self.keys and _mid(s) > bar]
        if rivals:
            keys = (self.keys[group], *rivals[:MOST_ASKED])
            self.work.doubts.append(Doubt(self.items[item].id, keys, ALIKE, opened=False))


def _mid(scores: Sequence[float]) -> float:
    return (sum(scores) / len(scores) + max(scores)) / 2


APART = Match(against="they share neither place and day nor rare words")
BESIDE = 1.0  # weight by which another account of a report fits better, so that it is the one meant
MOST_ASKED = 3  # incidents that one question names
OUT = ("set aside by a person",)
SAID_SAME = ("a person said that it is the same",)
ALIKE = ("fits two incidents alike",)

POOLED = {
    True: "recalls an event that no report in the record tells",
    False: "tells of no harm",
}
