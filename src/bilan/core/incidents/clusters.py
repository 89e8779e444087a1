"""Tellings in, incidents out: the same partition whatever the order in which they came.

Tellings are taken in one canonical order (`summary.canonical`), each compared with summaries of
the incidents that it can meet by key, never with all their tellings. Vague tellings come last, so
they follow and never glue two incidents together. People's decisions stand above every score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bilan.core.claims.account import Label, Role
from bilan.core.incidents.answers import is_answer, tie
from bilan.core.incidents.clues import Match, match
from bilan.core.incidents.lexis import Lexis, Likenesses
from bilan.core.incidents.search import search_keys
from bilan.core.incidents.summary import Summary, canonical
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.weights import Weights

# Counts and words that allege harm even where no number is given.
HARM = frozenset({Label.KILLED, Label.INJURED, Label.MISSING, Label.COMPOSITION})


@dataclass(frozen=True, slots=True)
class Orders:
    """What people decided about who belongs together, by telling id.

    `same` maps each telling of a group to the group's name; `merged` are pairs of tellings whose
    whole incidents are one; `apart` holds pairs; `confirmed` maps an anchor to the code that people
    confirmed; `out` are tellings that people rejected.
    """

    same: Mapping[str, str] = field(default_factory=dict)
    merged: tuple[tuple[str, str], ...] = ()
    apart: frozenset[frozenset[str]] = frozenset()
    confirmed: Mapping[str, str] = field(default_factory=dict)
    out: frozenset[str] = frozenset()


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


def alleges_harm(telling: Telling) -> bool:
    """Whether somebody was killed, hurt or lost by this telling, with or without a number."""
    account = telling.account
    counts = (account.killed, account.injured, account.missing, account.fighters_killed)
    parts = (account.killed_children, account.killed_women, account.killed_men)
    harmed = any(c is not None and c.max != 0 for c in (*counts, *parts))
    told = any(f.label in HARM for f in telling.figures)
    blamed = bool(account.alleged_perpetrators and telling.voices)
    return harmed or told or blamed or account.shared_toll is not None


def partition(
    tellings: Iterable[Telling],
    *,
    weights: Weights,
    lexis: Lexis | None = None,
    orders: Orders | None = None,
    fixed: Mapping[int, Sequence[Telling]] | None = None,
) -> Partition:
    """Who tells of one incident. `fixed` are incidents whose other tellings are not looked at.

    `lexis` says how rare words are; without it all are taken as in an empty record.
    """
    work = _Work(weights, lexis or Lexis(), orders or Orders())
    for key in sorted(fixed or {}):
        work.found(key, (fixed or {})[key])
    ordered = sorted(tellings, key=lambda t: (lane(t), canonical(t)))
    for telling in ordered:
        if lane(telling) == 0:
            work.place(telling)
    work.look_again()
    for telling in ordered:
        if lane(telling) == 1:
            work.place(telling)
    work.merge()
    for telling in ordered:
        if lane(telling) == 2:
            work.place(telling)
    return Partition(work.clusters, work.placed, tuple(work.doubts))


def lane(telling: Telling) -> int:
    """News first, then what is only recalled, then the parties' own answers."""
    if is_answer(telling):
        return 2
    return 0 if telling.account.role is Role.MAIN else 1


class _Work:
    """The partition while it grows."""

    def __init__(self, weights: Weights, lexis: Lexis, orders: Orders) -> None:
        self.weights = weights
        self.likenesses = Likenesses(lexis)
        self.orders = orders
        self.clusters: dict[int, Cluster] = {}
        self.placed: dict[str, tuple[int | None, tuple[str, ...]]] = {}
        self.doubts: list[Doubt] = []
        self._posted: dict[str, dict[int, None]] = {}
        self._group: dict[str, int] = {}
        self._where: dict[str, int] = {}
        self._fixed: set[int] = set()

    def found(self, key: int, members: Sequence[Telling]) -> None:
        """Put a fixed incident on the table."""
        self.clusters[key] = Cluster(Summary(), [])
        self._fixed.add(key)
        for telling in members:
            self._join(telling, key, news=lane(telling) == 0)

    def place(self, telling: Telling) -> None:
        """Join, open, or leave to the pool and to people."""
        if telling.id in self.orders.out:
            self.placed[telling.id] = (None, ("set aside by a person",))
        elif (group := self._decided(telling)) is not None:
            self._put(telling, group, ("a person said that it is the same",))
        elif lane(telling) == 2:
            self._answer(telling)
        else:
            self._compare(telling)

    def merge(self) -> None:
        """Make one of the incidents that people said to be one."""
        for one, other in self.orders.merged:
            kept, gone = self._where.get(one), self._where.get(other)
            if kept is None or gone is None or kept == gone:
                continue
            if gone in self._fixed:
                kept, gone = gone, kept
            for telling in self.clusters.pop(gone).members:
                self._join(telling, kept, news=lane(telling) == 0)
                if telling.id in self.placed:
                    self.placed[telling.id] = (kept, ("a person said that the two are one",))
            self.doubts = [d.without(gone) for d in self.doubts]
            for posted in self._posted.values():
                if posted.pop(gone, False) is None:
                    posted[kept] = None

    def look_again(self) -> None:
        """Give those that stand alone a second chance: more is told by now than when they came."""
        for key in sorted(self.clusters):
            cluster = self.clusters[key]
            if key in self._fixed or len(cluster.members) != 1 or cluster.confirmed:
                continue
            (telling,) = cluster.members
            if telling.id in self.orders.same:
                continue
            ranked = [r for r in self._ranked(telling) if r[1] != key]
            if ranked and ranked[0][0].score >= self.weights["decide.again"]:
                self._drop(key)
                self._put(telling, ranked[0][1], ranked[0][0].why())

    def _drop(self, key: int) -> None:
        (telling,) = self.clusters.pop(key).members
        for post in search_keys(telling).posts:
            self._posted.get(post, {}).pop(key, None)
        self.doubts = [d for d in self.doubts if d.telling != telling.id]
        self.doubts = [d.without(key) for d in self.doubts]

    def _decided(self, telling: Telling) -> int | None:
        group = self.orders.same.get(telling.id)
        return None if group is None else self._group.get(group)

    def _put(self, telling: Telling, key: int, why: tuple[str, ...]) -> None:
        self._join(telling, key, news=lane(telling) == 0)
        self.placed[telling.id] = (key, why)

    def _join(self, telling: Telling, key: int, *, news: bool) -> None:
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
            for post in search_keys(telling).posts:
                self._posted.setdefault(post, {})[key] = None

    def _candidates(self, telling: Telling) -> list[int]:
        keys = search_keys(telling)
        words = Counter(k for key in keys.both if key[0] == "r" for k in self._met(key))
        found = {k for k, met in words.items() if met >= LEAST_WORDS}
        others = (key for key in (*keys.asks, *keys.both) if key[0] != "r")
        found.update(k for key in others for k in self._met(key))
        return sorted(k for k in found if not self._forbidden(telling, k))

    def _met(self, key: str) -> Iterable[int]:
        """The incidents under a key; a word that stands in too many tells nothing."""
        found = self._posted.get(key, {})
        return found if len(found) <= MOST_MET or key[0] not in "rw" else ()

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

    def _compare(self, telling: Telling) -> None:
        ranked = self._ranked(telling)
        recalled = lane(telling) == 1
        bar = self.weights["decide.background" if recalled else "decide.join"]
        if ranked and ranked[0][0].score >= bar:
            self._put(telling, ranked[0][1], ranked[0][0].why())
            self._ask_if_close(telling, ranked)
        elif not recalled and alleges_harm(telling):
            self._open(telling)
            self._ask(telling, ranked, opened=True)
        else:
            self.placed[telling.id] = (None, (POOLED[recalled],))
            self._ask(telling, ranked, opened=False)

    def _ranked(self, telling: Telling) -> list[tuple[Match, int]]:
        """The incidents that nothing contradicts, the best first."""
        matches = [
            (match(telling, self.clusters[k].summary, self.weights, self.likenesses), k)
            for k in self._candidates(telling)
        ]
        return sorted((m for m in matches if not m[0].against), key=self._best_first)

    def _best_first(self, ranked: tuple[Match, int]) -> tuple[float, int, int]:
        """By score; of two alike the incident that more reports tell."""
        found, key = ranked
        return (-round(found.score, 6), -self.clusters[key].summary.told, key)

    def _open(self, telling: Telling) -> None:
        key = max(self.clusters, default=-1) + 1
        self.clusters[key] = Cluster(Summary(), [])
        self._put(telling, key, ("the first to tell it",))

    def _ask_if_close(self, telling: Telling, ranked: list[tuple[Match, int]]) -> None:
        rivals = [k for m, k in ranked[1:] if ranked[0][0].score - m.score < self._margin]
        if rivals:
            keys = (ranked[0][1], *rivals)
            self.doubts.append(Doubt(telling.id, keys, ("fits two incidents alike",), False))

    @property
    def _margin(self) -> float:
        return self.weights["decide.margin"]

    def _ask(self, telling: Telling, ranked: list[tuple[Match, int]], *, opened: bool) -> None:
        close = [(m, k) for m, k in ranked if m.score >= self.weights["decide.propose"]]
        if close:
            keys = tuple(k for _, k in close[:3])
            self.doubts.append(Doubt(telling.id, keys, close[0][0].why(), opened))

    def _answer(self, telling: Telling) -> None:
        found = {k: self.clusters[k].summary for k in self._candidates(telling)}
        tied = tie(telling, found)
        if tied.tied:
            self._put(telling, tied.clusters[0], tied.why)
            return
        self.placed[telling.id] = (None, tied.why or ("answers no incident that is told",))
        if tied.clusters:
            self.doubts.append(Doubt(telling.id, tied.clusters, tied.why, False))


LEAST_WORDS = 2  # rarer words by which two texts meet; one may be chance
MOST_MET = 300  # incidents under one word, beyond which it is no key

POOLED = {
    True: "recalls an event that no report in the record tells",
    False: "tells of no harm",
}
