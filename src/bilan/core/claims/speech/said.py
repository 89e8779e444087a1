"""A statement that a party makes about its own conduct: the words, the party, the stance."""

from __future__ import annotations

from collections.abc import Sequence

from bilan.core.claims.parties.parties import name_of
from bilan.core.claims.text.language import parties
from bilan.core.frozen import dataclass
from bilan.core.values import Stance


@dataclass(frozen=True, slots=True)
class Said:
    """A statement found: tokens [first, last), the party's id, the stance."""

    first: int
    last: int
    party: str
    stance: Stance
    sentence: int
    own_words: bool
    lexical: bool = True  # worded as such, not read from whom the party blames

    @property
    def name(self) -> str:
        """The party's canonical name."""
        return name_of(self.party)


def is_examiner(party: str) -> bool:
    """Whether a party is a body that examines and does not fight: it answers for nothing else."""
    return bool(parties()[party]["kind"] == "international")


def each_once(found: Sequence[Said]) -> list[Said]:
    """The statements without those that a party makes twice in one sentence."""
    kept: dict[tuple[str, Stance, int], Said] = {}
    for said in found:
        kept.setdefault((said.party, said.stance, said.sentence), said)
    return list(kept.values())
