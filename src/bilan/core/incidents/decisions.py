"""What people decided, as far as it still stands, and what it orders the linker to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bilan.core.incidents.entries import Decided, Verb
from bilan.core.incidents.orders import Orders


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
    signed: bool = False  # with a key of that person's own

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


@dataclass(slots=True)
class _Weighed:
    """Decisions about who is the same, weighed one after the other in the ledger's order."""

    groups: _Groups  # who is one in the end
    placing: _Groups  # which tellings are put together one by one
    ties: list[tuple[int, str]]
    merged: list[tuple[str, str]]
    apart: list[tuple[int, str, str]]
    conflicts: list[Conflict]

    def same(self, seq: int, tellings: tuple[str, ...], *, whole: bool) -> None:
        """Tie tellings, or, where `whole`, the incidents of which they are the anchors."""
        first, *others = tellings
        for other in others:
            broken = self._keeps_apart(first, other)
            if broken is not None:
                self.conflicts.append(Conflict(broken, seq, "said to be different before"))
                continue
            self.groups.tie(first, other)
            self.ties.append((seq, other))
            if whole:
                self.merged.append((first, other))
            else:
                self.placing.tie(first, other)

    def different(self, seq: int, tellings: tuple[str, ...]) -> None:
        """The first telling is told apart from each of the others."""
        first, *others = tellings
        for other in others:
            if self.groups.of(first) != self.groups.of(other):
                self.apart.append((seq, first, other))
            else:
                group = self.groups.of(first)
                tied = next(s for s, t in reversed(self.ties) if self.groups.of(t) == group)
                self.conflicts.append(Conflict(tied, seq, "said to be the same before"))

    def _keeps_apart(self, a: str, b: str) -> int | None:
        ours = {self.groups.of(a), self.groups.of(b)}
        for seq, x, y in self.apart:
            if len(ours) == 2 and {self.groups.of(x), self.groups.of(y)} == ours:
                return seq
        return None


def orders_of(decisions: Iterable[Standing]) -> tuple[Orders, tuple[Conflict, ...]]:
    """The orders that standing decisions give, and where two contradict each other.

    In the order of the ledger: what contradicts an earlier standing decision has no effect, and
    is shown.
    """
    standing = sorted((d for d in decisions if d.stands and not d.lost), key=lambda d: d.seq)
    weighed = _Weighed(_Groups(), _Groups(), [], [], [], [])
    for decision in standing:
        if len(decision.tellings) > 1 and ties(decision.decided):
            weighed.same(decision.seq, decision.tellings, whole=merges(decision.decided))
        elif len(decision.tellings) > 1 and parts(decision.decided):
            weighed.different(decision.seq, decision.tellings)
    orders = Orders(
        same=weighed.placing.named(),
        merged=tuple(weighed.merged),
        apart=frozenset(frozenset((a, b)) for _, a, b in weighed.apart),
        confirmed=_confirmed(standing),
        out=frozenset(_rejected(standing)),
    )
    return orders, tuple(weighed.conflicts)


def moves(decided: Decided) -> bool:
    """Whether a decision may put a telling elsewhere: what an incident says, how a toll is divided
    and where a party's case stands order the linker nothing."""
    return decided.verb not in (Verb.SET, Verb.SPLIT_TOLL, Verb.CASE)


def ties(decided: Decided) -> bool:
    """Whether a decision says that its tellings tell one incident."""
    if decided.verb is Verb.SAME:
        return True
    return decided.verb is Verb.ACCEPT and decided.proposal is not None


def merges(decided: Decided) -> bool:
    """Whether a decision says that two whole incidents are one, not that one report tells one."""
    asked = decided.proposal is not None and decided.proposal.startswith("merge:")
    return asked or len(decided.incidents) > 1


def parts(decided: Decided) -> bool:
    """Whether a decision says that its first telling tells another incident than the others."""
    if decided.verb is Verb.DIFFERENT:
        return True
    return decided.verb is Verb.REJECT and decided.proposal is not None


def of_the_whole(decided: Decided) -> bool:
    """Whether a decision says something of an incident as a whole, for which its anchor stands."""
    judged = decided.verb in (Verb.ACCEPT, Verb.REJECT) and decided.proposal is None
    return bool(decided.incidents) and (judged or decided.verb in (Verb.SET, Verb.GRADE, Verb.CASE))


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
