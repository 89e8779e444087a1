"""Who knew it first: the informants on whom reports rest, and which of them are one.

Within one incident, reports that rest on one informant are one origin: copies, relays,
translations, "according to" chains, and vague sources that repeat a named one's number (contract,
rules 5 to 7). Every edge says in words why two reports are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bilan.core.reports.sketches import Sketch, containment
from bilan.core.values import Count

COPY_SHARE = 0.5  # share of four-word runs in common that makes a near-copy (field, 2.1)
QUOTED_RUNS = 2  # runs of four quoted words in common; one may be chance


@dataclass(frozen=True, slots=True)
class Voice:
    """An informant without a word of the report.

    `mark` identifies the noun phrase (see `mark_of`), `key` a known agency, monitor or service.
    `vague` holds for "Syrian media" and "local sources"; `party` is the canonical name of the
    party that it belongs to.
    """

    mark: str
    key: str | None = None
    vague: bool = False
    party: str | None = None

    @property
    def identity(self) -> str:
        """The known key where there is one, else the mark of the phrase."""
        return self.key or f"~{self.mark}"


@dataclass(frozen=True, slots=True)
class Retelling:
    """What one report tells of one incident in one voice.

    `voice` None: on the publisher's own authority. `publisher` identifies the publisher as a voice
    would be identified; `publisher_party` is the party that it belongs to. `numbers` are all that
    could be repeated: tolls and the totals of shared tolls.
    """

    id: str
    report: str
    publisher: str
    voice: Voice | None = None
    published: date | None = None
    publisher_party: str | None = None
    publisher_of_a_party: bool = False
    numbers: tuple[Count, ...] = ()
    sketch: Sketch = ()
    quotes: Sketch = ()


class Why(StrEnum):
    """Why two retellings rest on one origin."""

    COPY = "copy"
    INFORMANT = "informant"
    PUBLISHER = "publisher"
    CITES = "cites"
    QUOTATION = "quotation"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Edge:
    """`later` rests on what `earlier` rests on; `words` say why."""

    later: str
    earlier: str
    why: Why
    words: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Retellings that rest on one informant.

    `party` is the party to which the informant belongs. `accused`: it is the accused party itself,
    whose words are an answer and never an origin of harm. `party_affiliated`: it belongs to a
    party that is not accused here, so that it does not count for grading.
    """

    id: str
    retellings: tuple[str, ...]
    reports: tuple[str, ...]
    party: str | None = None
    accused: bool = False
    party_affiliated: bool = False
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins of an incident, who rests on which, and the evidence."""

    origins: tuple[Origin, ...]
    edges: tuple[Edge, ...]
    of: Mapping[str, str]

    @property
    def count(self) -> int:
        """Independent informants that allege harm; the accused party is none of them."""
        return sum(1 for o in self.origins if not o.accused)

    @property
    def independent(self) -> int:
        """Those that count for grading: no accused party, nobody's party medium."""
        return sum(1 for o in self.origins if not o.accused and not o.party_affiliated)

    def named(self, origin: str) -> Origin:
        """The origin of that id."""
        return next(o for o in self.origins if o.id == origin)


def origins_of(retellings: Iterable[Retelling], *, accused: frozenset[str]) -> Origins:
    """The origins of one incident; the order of the retellings does not matter.

    `accused` are the canonical names of the parties that somebody accuses.
    """
    ordered = sorted(retellings, key=lambda r: (r.published or date.max, r.report, r.id))
    chains = _Chains(ordered, accused)
    for join in (_copies, _informants, _publishers, _cited, _quotations, _vague):
        for edge in join(ordered, chains):
            chains.tie(edge)
    return chains.told()


class _Chains:
    """Retellings in chains, each with its first one."""

    def __init__(self, retellings: Sequence[Retelling], accused: frozenset[str]) -> None:
        self.retellings = {r.id: r for r in retellings}
        self.accused = accused
        self.edges: list[Edge] = []
        self._parent = {r.id: r.id for r in retellings}
        self._order = {r.id: n for n, r in enumerate(retellings)}

    def first(self, retelling: str) -> str:
        while self._parent[retelling] != retelling:
            retelling = self._parent[retelling]
        return retelling

    def tie(self, edge: Edge) -> None:
        a, b = self.first(edge.later), self.first(edge.earlier)
        if a == b:
            return
        early, late = sorted((a, b), key=self._order.__getitem__)
        self._parent[late] = early
        self.edges.append(edge)

    def speaks_for_accused(self, retelling: Retelling) -> bool:
        voice = retelling.voice
        party = voice.party if voice else retelling.publisher_party
        return party is not None and party in self.accused

    def told(self) -> Origins:
        groups: dict[str, list[Retelling]] = {}
        for retelling in self.retellings.values():
            groups.setdefault(self.first(retelling.id), []).append(retelling)
        origins = tuple(self._origin(group) for group in groups.values())
        of = {r: o.id for o in origins for r in o.retellings}
        return Origins(origins, tuple(self.edges), of)

    def _origin(self, group: list[Retelling]) -> Origin:
        speaking = [r for r in group if not self.speaks_for_accused(r)] or group
        best = min(speaking, key=_closeness)
        party = best.voice.party if best.voice else best.publisher_party
        accused = all(self.speaks_for_accused(r) for r in group)
        own = best.voice is None and best.publisher_of_a_party
        return Origin(
            id=_name(best),
            retellings=tuple(r.id for r in group),
            reports=tuple(dict.fromkeys(r.report for r in group)),
            party=party,
            accused=accused,
            party_affiliated=not accused and (party is not None or own),
            vague=best.voice is not None and best.voice.vague,
        )


def _closeness(retelling: Retelling) -> tuple[int, date, str]:
    """A known informant tells more of an origin than a publisher, a publisher than a rumour."""
    voice = retelling.voice
    rank = 1 if voice is None else 0 if voice.key else 3 if voice.vague else 2
    return (rank, retelling.published or date.max, retelling.id)


def _name(retelling: Retelling) -> str:
    voice = retelling.voice
    if voice is None or (voice.key is None and not voice.vague):
        return f"by:{retelling.publisher}"
    return voice.key or f"vague:{retelling.id}"


def same_number(a: Iterable[Count], b: Iterable[Count]) -> bool:
    """Whether one may be repeating the other: 12 and "at least 12" are one number."""
    ours = {size_of(c) for c in a}
    return any(size_of(c) in ours for c in b)


def size_of(count: Count) -> int:
    """The number by which a count is known: its lower bound, else its upper one."""
    return count.min if count.min is not None else (count.max or 0)


def _chain(groups: Mapping[str, Sequence[Retelling]], why: Why, words: str) -> Iterable[Edge]:
    for group in groups.values():
        yield from (Edge(later.id, group[0].id, why, words) for later in group[1:])


def _grouped(retellings: Iterable[tuple[str, Retelling]]) -> dict[str, list[Retelling]]:
    groups: dict[str, list[Retelling]] = {}
    for key, retelling in retellings:
        groups.setdefault(key, []).append(retelling)
    return groups


def _informants(retellings: Sequence[Retelling], _chains: _Chains) -> Iterable[Edge]:
    """The same known agency, monitor or service; the same named source with the same number."""
    known = ((r.voice.key, r) for r in retellings if r.voice and r.voice.key)
    yield from _chain(_grouped(known), Why.INFORMANT, "both cite the same informant")
    unknown = (
        (f"{r.voice.mark}/{size_of(n)}", r)
        for r in retellings
        if r.voice and not r.voice.key and not r.voice.vague
        for n in r.numbers
    )
    words = "both cite the same source with the same number"
    yield from _chain(_grouped(unknown), Why.INFORMANT, words)


def _publishers(retellings: Sequence[Retelling], chains: _Chains) -> Iterable[Edge]:
    """One newsroom on its own authority, or through its own unnamed sources, is one origin."""
    own = ((r.publisher, r) for r in retellings if _own(r) and not chains.speaks_for_accused(r))
    yield from _chain(_grouped(own), Why.PUBLISHER, "the same publisher's own reporting")


def _own(retelling: Retelling) -> bool:
    voice = retelling.voice
    return voice is None or (voice.key is None and not voice.vague)


def _cited(retellings: Sequence[Retelling], _chains: _Chains) -> Iterable[Edge]:
    """ "According to" another report's publisher."""
    by_publisher = {r.publisher: r for r in reversed(retellings)}
    for retelling in retellings:
        voice = retelling.voice
        for name in (voice.identity, f"~{voice.mark}") if voice and not voice.vague else ():
            cited = by_publisher.get(name)
            if cited is not None and cited.report != retelling.report:
                yield Edge(retelling.id, cited.id, Why.CITES, "cites the other's publisher")


def _copies(retellings: Sequence[Retelling], _chains: _Chains) -> Iterable[Edge]:
    for copy, original, share in copied_among(retellings):
        words = f"{share:.0%} of the shorter text stands in the other"
        yield Edge(copy.id, original.id, Why.COPY, words)


def copied_among(
    retellings: Sequence[Retelling],
) -> Iterable[tuple[Retelling, Retelling, float]]:
    """Each near-copy with the report that it copies, the earliest of the most alike."""
    by_run: dict[int, list[int]] = {}
    for n, retelling in enumerate(retellings):
        near = {m for run in retelling.sketch[:COPY_KEYS] for m in by_run.get(run, ())}
        shares = [
            (containment(retelling.sketch, retellings[m].sketch), m)
            for m in sorted(near)
            if retellings[m].report != retelling.report
        ]
        best = max(shares, key=lambda s: (s[0], -s[1]), default=(0.0, 0))
        if best[0] >= COPY_SHARE:
            yield retelling, retellings[best[1]], best[0]
        for run in retelling.sketch[:COPY_KEYS]:
            if len(by_run.setdefault(run, [])) < MOST_PER_RUN:
                by_run[run].append(n)


COPY_KEYS = 12  # smallest hashes under which a text is found; half a text shares one of them
MOST_PER_RUN = 64  # texts under one hash; boilerplate that stands in more tells nothing


def _quotations(retellings: Sequence[Retelling], chains: _Chains) -> Iterable[Edge]:
    """The same quoted words with the same number: one relayed the other, or a third."""
    by_run: dict[int, list[Retelling]] = {}
    for retelling in retellings:
        met: dict[str, int] = {}
        for run in retelling.quotes:
            for other in by_run.get(run, ()):
                met[other.id] = met.get(other.id, 0) + 1
        for other_id, runs in met.items():
            other = chains.retellings[other_id]
            if runs >= QUOTED_RUNS and same_number(retelling.numbers, other.numbers):
                words = "quotes the same words with the same number"
                yield Edge(retelling.id, other.id, Why.QUOTATION, words)
        for run in retelling.quotes:
            if len(by_run.setdefault(run, [])) < MOST_PER_RUN:
                by_run[run].append(retelling)


def _vague(retellings: Sequence[Retelling], chains: _Chains) -> Iterable[Edge]:
    """Vague sources rest on whoever is named with the same number (contract, rule 6)."""
    named = [r for r in retellings if not _is_vague(r) and not chains.speaks_for_accused(r)]
    for retelling in retellings:
        if not _is_vague(retelling) and not chains.speaks_for_accused(retelling):
            continue
        same = [r for r in named if same_number(r.numbers, retelling.numbers)]
        best = min(same, key=_closeness, default=None)
        if best is not None:
            words = "a vague source with the same number as a named one"
            yield Edge(retelling.id, best.id, Why.VAGUE, words)
    vague = ((str(size_of(n)), r) for r in retellings if _is_vague(r) for n in r.numbers)
    words = "vague sources with the same number"
    yield from _chain(_grouped(vague), Why.VAGUE, words)
    of_one = ((r.publisher, r) for r in retellings if _is_vague(r))
    yield from _chain(_grouped(of_one), Why.PUBLISHER, "vague sources of the same publisher")


def _is_vague(retelling: Retelling) -> bool:
    return retelling.voice is not None and retelling.voice.vague
