"""How far the texts of two reports have the same words, reckoned once for each two reports.

Reports that tell of many events are compared account by account, and their words stay the same.
"""

from __future__ import annotations

from bilan.core.frozen import dataclass
from bilan.core.incidents.lexis import Lexis, Likenesses
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.weights import Weights, interpolated
from bilan.core.reports.sketches import COPY_RUNS, containment

ENOUGH_WORDS = 100  # different longer words; the length of a short article
FIRST_GUESS = 0.3  # what alike words are worth where a record knows little of which are rare
QUOTED = 2  # runs of four quoted words in common; one may be chance


@dataclass(frozen=True, slots=True)
class Wording:
    """What the words of two texts have in common, and what that weighs.

    `copied` is the share of the shorter text that stands in the other one, where that makes it a
    copy; `like` how alike their words are, None in two languages or without words. `heard` is how
    much their words can say, 0..1, and `alike` what their likeness weighs; `distinct` is how much
    the words say that hardly any other report has (`Likenesses.distinct`), and `marked` what that
    weighs. `framed`: both stand on the pages of one publisher, which are alike whatever they tell.
    `quoted`: both quote the same words; `things` are the distinctive things told in both.
    """

    copied: float
    like: float | None = None
    distinct: float = 0.0
    heard: float = 0.0
    alike: float = 0.0
    marked: float = 0.0
    framed: bool = False
    quoted: bool = False
    things: tuple[str, ...] = ()


class Wordings:
    """The wording of every two reports that were asked about, under one table of weights."""

    def __init__(self, weights: Weights, lexis: Lexis) -> None:
        self._weights = weights
        self._trusted = lexis.trusted  # how far the record knows which words are rare
        self._likenesses = Likenesses(lexis)
        self._known: dict[str, dict[str, Wording]] = {}

    def of(self, one: Telling, other: Telling) -> Wording:
        """What the texts of the reports have in common of which the two tell."""
        if one.report > other.report:
            one, other = other, one
        known = self._known.setdefault(one.report, {})
        found = known.get(other.report)
        if found is None:
            found = known[other.report] = self._reckoned(one, other)
        return found

    def _reckoned(self, one: Telling, other: Telling) -> Wording:
        copied = self._copied(one, other)
        mine, theirs = one.traits, other.traits
        quoted = len(set(mine.quotes).intersection(theirs.quotes)) >= QUOTED
        things = tuple(sorted(set(mine.objects).intersection(theirs.objects)))
        framed = one.publisher.name is not None and one.publisher.name == other.publisher.name
        if one.lang != other.lang or not mine.words or not theirs.words:
            return Wording(copied, framed=framed, quoted=quoted, things=things)
        like = self._likenesses.between(one, other)
        distinct = self._likenesses.distinct(one, other)
        heard = min(1.0, self._likenesses.fewer(one, other) / ENOUGH_WORDS)
        alike = heard * self._weighed(interpolated(like, self._weights.likeness), framed=framed)
        marked = self._marked(distinct, heard, framed=framed)
        return Wording(copied, like, distinct, heard, alike, marked, framed, quoted, things)

    def _marked(self, distinct: float, heard: float, *, framed: bool) -> float:
        """What the distinctive words of both weigh, as far as the texts are short.

        A dozen words are too few to be alike, but the name of a victim among them says enough. By
        the square of what is short, so that of an article of 70 words it says next to nothing. How
        few others have a word, only a record of some size knows: in a new one it says nothing.
        """
        weight = self._weighed(interpolated(distinct, self._weights.distinct), framed=framed)
        return (1 - heard) * (1 - heard) * weight * self._trusted

    def _weighed(self, weight: float, *, framed: bool) -> float:
        """A weight of words: more as the record grows, less between pages in one frame."""
        if framed:
            weight = self._weights["words.framed"] * max(weight, 0.0) + min(weight, 0.0)
        known = FIRST_GUESS if weight > 0 else 0.0
        return weight * (known + (1 - known) * self._trusted)

    def _copied(self, one: Telling, other: Telling) -> float:
        """The share of the shorter text that stands in the other one, where that makes it a copy.

        Runs that both have from the frame of their pages ("show more replies") make none: the words
        that tell one text from another have to be common as well.
        """
        ours, theirs = one.traits.sketch, other.traits.sketch
        if not set(ours[:COPY_RUNS]).intersection(theirs[:COPY_RUNS]):
            return 0.0
        share = containment(ours, theirs)
        if share < self._weights["words.copy_share"]:
            return 0.0
        covered = self._likenesses.covered(one, other)
        return share if covered >= self._weights["words.copy_cover"] else 0.0
