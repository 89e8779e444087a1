"""Pairs of reports that people labelled, as the clues between them: numbers, never words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from bilan.core.incidents.clues import match, pair_of
from bilan.core.incidents.lanes import lane
from bilan.core.incidents.lexis import Lexis
from bilan.core.incidents.meeting import Meeting
from bilan.core.incidents.pair import Match, Pair
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.weights import Weights
from bilan.core.incidents.wording import Wordings

LINES = {
    "time.published": "published",
    "time.after": "after",
    "time.followed": "followed",
    "time.news": "news",
    "words.rare": "likeness",
    "words.marked": "distinct",
}
FOLDS = 5
Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One pair of reports: its clues by name, each with how much of its weight counts.

    `parts` is empty where something contradicts. `folds` are those of the two reports' incidents.
    """

    parts: Mapping[str, float]
    same: bool
    folds: tuple[int, int]

    @property
    def contradicted(self) -> bool:
        """Whether no clue counts."""
        return not self.parts


def labelled_pairs(
    tellings: Iterable[Telling], incidents: Mapping[str, frozenset[str]], weights: Weights
) -> Iterator[Labelled]:
    """Every pair of reports that meet, by the best pair of their tellings.

    `incidents` says of each report which incidents people found it to tell.
    """
    news = sorted(
        (t for t in tellings if lane(t) == 0 and t.report in incidents), key=lambda t: t.id
    )
    words = {t.report: t.traits.words for t in news}
    wordings = Wordings(weights, Lexis().plus(words.values()))
    best: dict[tuple[str, str], tuple[float, Match, Pair]] = {}
    for one, other in _meeting(news):
        found = match(one, other, weights, wordings)
        key = (one.report, other.report)
        if key not in best or found.score > best[key][0]:
            best[key] = (found.score, found, pair_of(one, other, weights, wordings))
    for (one_id, other_id), (_, found, pair) in best.items():
        mine, theirs = incidents[one_id], incidents[other_id]
        parts = dict(_parts(found, pair)) if found.against is None else {}
        yield Labelled(parts, bool(mine & theirs), (_fold(mine), _fold(theirs)))


def _meeting(news: Iterable[Telling]) -> Iterator[tuple[Telling, Telling]]:
    meeting, posted = Meeting(), list[Telling]()
    for number, telling in enumerate(news):
        others = sorted(meeting.of(telling))
        yield from ((posted[o], telling) for o in others if posted[o].report != telling.report)
        meeting.post(telling, number)
        posted.append(telling)


def _fold(incidents: frozenset[str]) -> int:
    """The fold of an incident; of several, the first one's: the same on every machine."""
    return int(sha256(min(incidents).encode()).hexdigest(), 16) % FOLDS


def _parts(found: Match, pair: Pair) -> Iterator[tuple[str, float]]:
    for clue in found.clues:
        line = LINES.get(clue.name)
        if line is None or clue.at is None:
            yield clue.name, 1.0
            continue
        points: Points = getattr(pair.weights, line)
        for number, share in _on_line(clue.at, points):
            yield f"{line}#{number}", share * _counted(pair, line, points[number][1])


def _counted(pair: Pair, line: str, height: float) -> float:
    """How much of a weight counts: of words by the length of the texts, less within one frame."""
    if line not in ("likeness", "distinct"):
        return 1.0
    heard = pair.wording.heard
    framed = pair.weights["words.framed"] if pair.wording.framed and height > 0 else 1.0
    return framed * (heard if line == "likeness" else (1 - heard) * (1 - heard))


def _on_line(place: float, points: Points) -> Iterator[tuple[int, float]]:
    """The shares of the two points between which a place lies; together 1."""
    if place <= points[0][0]:
        yield 0, 1.0
        return
    for number, ((left, _), (right, _)) in enumerate(pairwise(points)):
        if place <= right:
            share = (place - left) / (right - left)
            yield number, 1 - share
            yield number + 1, share
            return
    yield len(points) - 1, 1.0
