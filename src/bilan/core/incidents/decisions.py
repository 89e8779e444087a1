"""What people decided, as far as it still stands, and what it orders the linker to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bilan.core.incidents.clusters import Orders
from bilan.core.incidents.entries import Decided, Verb


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision of the ledger: its entry's number, who, when, and whether it was withdrawn.

    `tellings` are those that the decision is about now: a new reading of a report may have given
    them other numbers. `lost` are those that no reading tells any more: such a decision is to be
    looked at again. `withdrawn_by` is the number of the entry that took it back.
    """

    seq: int
    at: str
    by: str
    decided: Decided
    tellings: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    withdrawn_by: int | None = None

    @property
    def stands(self) -> bool:
        """Whether nobody took it back."""
        return self.withdrawn_by is None

    def moved(self, new_ids: dict[str, str | None]) -> Standing:
        """The decision after a report was read anew: `new_ids` of its tellings, None = gone."""
        tellings = tuple(new_ids.get(t, t) or t for t in self.tellings)
        lost = tuple(t for t in self.tellings if t in new_ids and new_ids[t] is None)
        return replace(self, tellings=tellings, lost=lost)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two decisions that cannot both hold; the later one has no effect until one is withdrawn."""

    earlier: int
    later: int
    why: str


class _Groups:
    """Tellings said to be the same, with the decisions that tie them."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def of(self, telling: str) -> str:
        root = telling
        while self._parent.get(root, root) != root:
            root = self._parent[root]
        return root

    def tie(self, a: str, b: str) -> None:
        first, second = sorted((self.of(a), self.of(b)))
        self._parent[second] = first
        self._parent.setdefault(first, first)

    def named(self) -> dict[str, str]:
        return {telling: self.of(telling) for telling in sorted(self._parent)}


def orders_of(decisions: Iterable[Standing]) -> tuple[Orders, tuple[Conflict, ...]]:
    """The orders that standing decisions give, and where two contradict each other.

    In the order of the ledger: what contradicts an earlier standing decision has no effect, and
    is shown.
    """
    standing = sorted((d for d in decisions if d.stands and not d.lost), key=lambda d: d.seq)
    groups, conflicts = _Groups(), list[Conflict]()
    apart: list[tuple[int, str, str]] = []
    ties: list[tuple[int, str, str]] = []
    for decision in standing:
        if decision.decided.verb in (Verb.SAME, Verb.DIFFERENT) and len(decision.tellings) == 2:
            _pair(decision, groups, ties, apart, conflicts)
    return (
        Orders(
            same=groups.named(),
            apart=frozenset(frozenset((a, b)) for _, a, b in apart),
            confirmed=_confirmed(standing),
            out=frozenset(_rejected(standing)),
        ),
        tuple(conflicts),
    )


def _pair(
    decision: Standing,
    groups: _Groups,
    ties: list[tuple[int, str, str]],
    apart: list[tuple[int, str, str]],
    conflicts: list[Conflict],
) -> None:
    a, b = decision.tellings
    if decision.decided.verb is Verb.DIFFERENT:
        if groups.of(a) == groups.of(b):
            earlier = next((s for s, x, y in reversed(ties) if {x, y} & {a, b}), ties[-1][0])
            conflicts.append(Conflict(earlier, decision.seq, "said to be the same before"))
        else:
            apart.append((decision.seq, a, b))
        return
    broken = _breaks(groups, apart, a, b)
    if broken is not None:
        conflicts.append(Conflict(broken, decision.seq, "said to be different before"))
    else:
        groups.tie(a, b)
        ties.append((decision.seq, a, b))


def _breaks(groups: _Groups, apart: list[tuple[int, str, str]], a: str, b: str) -> int | None:
    ours = {groups.of(a), groups.of(b)}
    for seq, x, y in apart:
        if groups.of(x) != groups.of(y) and {groups.of(x), groups.of(y)} == ours:
            return seq
    return None


def confirms(decided: Decided) -> bool:
    """Whether a decision makes an incident one that people stand behind."""
    graded = decided.verb is Verb.GRADE
    accepted = decided.verb is Verb.ACCEPT and decided.proposal is None and bool(decided.incidents)
    return graded or accepted


def _confirmed(standing: Iterable[Standing]) -> dict[str, str]:
    found: dict[str, str] = {}
    for decision in standing:
        if confirms(decision.decided) and decision.tellings and decision.decided.incidents:
            found.setdefault(decision.tellings[0], decision.decided.incidents[0])
    return found


def _rejected(standing: Iterable[Standing]) -> Iterable[str]:
    for decision in standing:
        decided = decision.decided
        whole = decided.verb is Verb.REJECT and decided.proposal is None and decided.field is None
        if whole and not decided.incidents:
            yield from decision.tellings
