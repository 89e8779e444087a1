"""Two tellings side by side, and what a comparison of them comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bilan.core.incidents.telling import Telling
from bilan.core.incidents.weights import Weights
from bilan.core.reports.origins import same_number
from bilan.core.values import Count


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

    @property
    def score(self) -> float:
        """The weights together; minus infinity when contradicted."""
        return float("-inf") if self.against else sum(c.weight for c in self.clues)

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
    copy; `like` how alike their words are (None: in two languages, or copied); `distinct` how much
    the words say that hardly any other report has (`Likenesses.distinct`), `fewer` the different
    words of the shorter one. `trusted` is how far the record knows which words are rare. `form`:
    both are the same few words with another place or day filled in.
    """

    one: Telling
    other: Telling
    weights: Weights
    copied: float
    like: float | None
    trusted: float
    form: bool = False
    distinct: float = 0.0
    fewer: int = 0

    @property
    def framed(self) -> bool:
        """Whether both stand on the pages of one publisher, which are alike whatever they tell."""
        name = self.one.publisher.name
        return name is not None and name == self.other.publisher.name

    @property
    def worded(self) -> float:
        """What the words in common weigh, of long texts and of short ones."""
        return self.alike + self.marked

    @property
    def alike(self) -> float:
        """What the likeness of the texts weighs, as far as they are long."""
        if self.like is None:
            return 0.0
        return self.heard * self._weighed(interpolated(self.like, self.weights.likeness))

    @property
    def marked(self) -> float:
        """What the distinctive words of both weigh, as far as the texts are short.

        A dozen words are too few to be alike, but the name of a victim among them says enough. By
        the square of what is short, so that of an article of 70 words it says next to nothing. How
        few others have a word, only a record of some size knows: in a new one it says nothing.
        """
        if self.like is None:
            return 0.0
        weight = self._weighed(interpolated(self.distinct, self.weights.distinct))
        return (1 - self.heard) * (1 - self.heard) * weight * self.trusted

    def _weighed(self, weight: float) -> float:
        """A weight of words: more as the record grows, less between pages in one frame."""
        if self.framed:
            weight = self.weights["words.framed"] * max(weight, 0.0) + min(weight, 0.0)
        known = FIRST_GUESS if weight > 0 else 0.0
        return weight * (known + (1 - known) * self.trusted)

    @property
    def heard(self) -> float:
        """0..1: how much the words of the two texts can say."""
        return min(1.0, self.fewer / ENOUGH_WORDS)

    @property
    def doubted(self) -> bool:
        """Whether the words say loud enough that one event is told to doubt a place or a day."""
        if self.form:
            return False
        return bool(self.copied) or self.worded >= self.weights["words.doubt"]

    def clue(self, name: str, words: str) -> Clue:
        """The clue of that name at its weight."""
        return Clue(name, self.weights[name], words)

    @property
    def relayed(self) -> bool:
        """Whether one may be relaying the other: a copy, or one informant with one number.

        A vague informant ("Syrian media") may be any other one.
        """
        return bool(self.copied) or (self.same_killed and self.voiced_alike)

    @property
    def voiced_alike(self) -> bool:
        """Whether the same named informant stands behind both, or a vague one behind either."""
        vague = any(v.vague for t in (self.one, self.other) for v in t.voices)
        both = bool(self.one.voices) and bool(self.other.voices)
        return self.named_alike or (vague and both)

    @property
    def named_alike(self) -> bool:
        """Whether both cite the same named informant."""
        mine = {v.identity for v in self.one.voices if not v.vague}
        return any(v.identity in mine for v in self.other.voices if not v.vague)

    @property
    def same_killed(self) -> bool:
        """Whether one may be repeating the other's number of killed, shared tolls included."""
        return same_number(killed_in(self.one), killed_in(self.other))


ENOUGH_WORDS = 100  # different longer words; the length of a short article
FIRST_GUESS = 0.3  # what alike words are worth where a record knows little of which are rare


def killed_in(telling: Telling) -> tuple[Count, ...]:
    """The numbers of killed that a telling gives, for its place alone or together with others."""
    account = telling.account
    shared = account.shared_toll.total if account.shared_toll else None
    return tuple(c for c in (account.killed, shared) if c is not None)


def interpolated(value: float, points: Sequence[tuple[float, float]]) -> float:
    """The height over `value` of the line through points of ascending places; level outside."""
    if value <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in pairwise(points):
        if value <= right:
            return low + (high - low) * (value - left) / (right - left)
    return points[-1][1]
