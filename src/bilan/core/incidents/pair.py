"""Two tellings side by side, and what a comparison of them comes to."""

from __future__ import annotations

from dataclasses import field

from bilan.core.frozen import dataclass
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.weights import Weights
from bilan.core.incidents.wording import Wording


@dataclass(frozen=True, slots=True)
class Clue:
    """One reason, its weight, and the reason in words.

    `at` is the place on the line from which the weight was taken: days between, or likeness.
    """

    name: str
    weight: float
    words: str
    at: float | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """How well two tellings fit one incident.

    `against` is what contradicts. `surely`: both name what is known not to be one place or day;
    else one of the two may be read wrong, which others who tell it decide.
    """

    clues: tuple[Clue, ...] = ()
    against: str | None = None
    surely: bool = False
    score: float = field(init=False)

    def __post_init__(self) -> None:
        """Its `score`: the weights together; minus infinity when contradicted."""
        score = float("-inf") if self.against else sum(c.weight for c in self.clues)
        object.__setattr__(self, "score", score)

    def why(self) -> tuple[str, ...]:
        """The reasons in words, the heaviest first, each with its weight."""
        if self.against:
            return (self.against,)
        ordered = sorted(self.clues, key=lambda c: (-abs(c.weight), c.name))
        return tuple(f"{c.words} ({c.weight:+.2f})" for c in ordered)


class Contradiction(Exception):
    """What speaks against one event so that no clue counts. Never leaves the comparison."""

    def __init__(self, words: str, *, surely: bool = False) -> None:
        super().__init__(words)
        self.surely = surely


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tellings, and how far their words are the same.

    `copied` is the share of the shorter text that stands in the other one, where that makes it a
    copy; `like` how alike their words are (None: in two languages, or copied). `form`: both are
    the same few words with another place or day filled in.
    """

    one: Telling
    other: Telling
    weights: Weights
    wording: Wording
    copied: float
    like: float | None
    form: bool = False

    @property
    def worded(self) -> float:
        """What the words in common weigh, of long texts and of short ones."""
        return 0.0 if self.like is None else self.wording.alike + self.wording.marked

    @property
    def doubted(self) -> bool:
        """Whether the words say loud enough that one event is told to doubt a place or a day."""
        if self.form:
            return False
        return bool(self.copied) or self.worded >= self.weights["words.doubt"]

    def clue(self, name: str, words: str) -> Clue:
        """The clue of that name at its weight."""
        return Clue(name, self.weights.table[name], words)

    @property
    def relayed(self) -> bool:
        """Whether one may be relaying the other: a copy, or one informant with one number.

        A vague informant ("Syrian media") may be any other one.
        """
        return bool(self.copied) or (self.same_killed and self.voiced_alike)

    @property
    def voiced_alike(self) -> bool:
        """Whether the same named informant stands behind both, or a vague one behind either."""
        vague = self.one.heard_vaguely or self.other.heard_vaguely
        both = bool(self.one.voices) and bool(self.other.voices)
        return self.named_alike or (vague and both)

    @property
    def named_alike(self) -> bool:
        """Whether both cite the same named informant."""
        return not self.one.informants.isdisjoint(self.other.informants)

    @property
    def same_killed(self) -> bool:
        """Whether one may be repeating the other's number of killed, shared tolls included."""
        return not self.one.killed_sizes.isdisjoint(self.other.killed_sizes)
