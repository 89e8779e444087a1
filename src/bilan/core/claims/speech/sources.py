"""A source as it is named in a text, and the words of the text that it answers for."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from enum import StrEnum
from functools import lru_cache

from bilan.core.claims.account import Informant
from bilan.core.claims.text.stretches import Stretches
from bilan.core.claims.text.tokens import words_of
from bilan.core.frozen import dataclass, replace

_KEPT_NAMES = 1 << 12  # names of sources remembered with their words; about 2 MB when full
_SHORT = 3  # letters; shorter words say nothing of who a source is


class Verb(StrEnum):
    """How a source is brought in."""

    ACCORDING = "according"  # "according to X"
    SAYS = "says"
    ADDS = "adds"  # goes on with what it said before
    TOLLS = "tolls"  # counts, records, puts the toll at
    ADMITS = "admits"  # confirms, acknowledges, admits
    ANSWERS = "answers"  # denies, declines to comment: a party's answer is the verb itself
    ASKS = "asks"  # demands, condemns: tells no fact
    BLAMES = "blames"
    QUOTES = "quotes"  # the source behind a source: "citing X"


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source, tokens [first, last), the words that bring it in, and the tokens it answers for.

    `voice` is the id of the party that speaks through it, where it is one. `own` marks the
    publisher's own people ("our observers"). `back` holds for "This was reported by X", which
    answers for the sentence before, `closes` for "via X:", which answers for nothing after it,
    `trails` for a source brought in after its words ("…, said X"). A source named by a pronoun, or
    left out by the grammar, has no tokens of its own (first == last) and carries the informant of
    the one before.
    """

    first: int
    last: int
    cue: tuple[int, int]
    informant: Informant
    verb: Verb
    sentence: int
    governs: tuple[int, int] = (0, 0)
    voice: str | None = None
    own: bool = False
    back: bool = False
    closes: bool = False
    trails: bool = False

    def answers_for(self, token: int) -> bool:
        """Whether the token lies in what this source says."""
        return self.governs[0] <= token < self.governs[1]


def governed(
    here: Sequence[Attribution], first: int, last: int, previous: tuple[int, int] | None
) -> list[Attribution]:
    """Each source with the tokens of its sentence that it answers for.

    A source answers for what follows it up to the next, the first one also for what stands before
    it; a source brought in after its words (", said X", "according to X" at the end) for what
    stands before it as well. "Citing X" answers for all that the source before it does.
    """
    if len(here) == 1 and not (here[0].closes or here[0].back):
        one = here[0]
        high = last if one.verb is Verb.QUOTES else max(last, one.last, one.cue[1])
        return [replace(one, governs=(first, high))]
    speakers = [a for a in here if a.verb is not Verb.QUOTES]
    edges: dict[int, tuple[int, int]] = {}
    for place, one in enumerate(speakers):
        low = _start(speakers, place, first)
        high = _end(speakers, place, last)
        if one.back and previous is not None:
            low = previous[0]
        edges[id(one)] = (low, max(high, one.last, one.cue[1]))
    whole = (first, last)
    governed: list[Attribution] = []
    for one in here:
        if one.verb is Verb.QUOTES and governed:
            edge = governed[-1].governs
        else:
            edge = edges.get(id(one), whole)
        governed.append(replace(one, governs=edge))
    return governed


def _edge(one: Attribution) -> tuple[int, int]:
    return min(one.first, one.cue[0]), max(one.last, one.cue[1])


def _start(speakers: Sequence[Attribution], place: int, first: int) -> int:
    if place == 0:
        return first
    one, before = speakers[place], speakers[place - 1]
    if one.cue == before.cue:
        return _start(speakers, place - 1, first)
    return _edge(before)[1] if one.trails else _edge(one)[0]


def _end(speakers: Sequence[Attribution], place: int, last: int) -> int:
    one = speakers[place]
    if one.closes:
        return _edge(one)[1]
    for other in speakers[place + 1 :]:
        if other.cue != one.cue:
            return _edge(other)[0]
    return last


class Sources:
    """The sources of a text, asked by token."""

    def __init__(self, found: Sequence[Attribution], stretches: Stretches) -> None:
        self._stretches = stretches
        self._by_sentence: dict[int, list[Attribution]] = {}
        self._by_piece: dict[int, list[Attribution]] = {}
        for one in found:
            self._by_sentence.setdefault(one.sentence, []).append(one)
            first, last = one.governs
            ends = {first, max(first, last - 1), one.cue[0]}
            for piece in sorted({stretches.index(token) for token in ends}):
                self._by_piece.setdefault(piece, []).append(one)

    def at(self, token: int) -> list[Attribution]:
        """Those who answer for the token, in order; none = the report's own voice."""
        here = self._by_piece.get(self._stretches.index(token), ())
        return [a for a in here if a.answers_for(token) and a.verb is not Verb.ASKS]

    def brought_in(self, sentences: Iterable[int]) -> list[Attribution]:
        """Those that stand in the sentences (indices), in order."""
        return [a for n in sorted(sentences) for a in self._by_sentence.get(n, ())]


def alleged_by(
    sources: Sources,
    tolls: Iterable[int],
    told: Iterable[int] = (),
    *,
    accused: Container[str] = (),
) -> tuple[Informant, ...]:
    """Who gives the facts of harm: the sources of the tokens of tolls, each once, in order.

    Where the tolls have no source of their own, those who tell what happened in the sentences of
    `told` (indices) are the sources. The publisher's own people are none
    (conventions, rule 9), nor is an `accused` party (ids), unless it admits.
    """
    found = [
        a
        for token in sorted(tolls)
        for a in sources.at(token)
        if not a.own and (a.voice is None or a.voice not in accused or a.verb is Verb.ADMITS)
    ]
    if not found:
        found = [a for a in sources.brought_in(told) if _tells(a)]
    return tuple(_each_once(a.informant for a in found))


def _tells(one: Attribution) -> bool:
    witness = one.verb in (Verb.SAYS, Verb.ACCORDING, Verb.TOLLS, Verb.BLAMES)
    return witness and one.first < one.last and one.voice is None and not one.own


def _each_once(informants: Iterable[Informant]) -> list[Informant]:
    """Informants without those that only repeat one ("the doctor" after "a hospital doctor")."""
    kept: list[Informant] = []
    for one in informants:
        if not any(_repeats(one, other) for other in kept):
            kept.append(one)
    return kept


def _repeats(one: Informant, other: Informant) -> bool:
    if one.key is not None or other.key is not None:
        return one.key == other.key
    mine, theirs = _content(one.name), _content(other.name)
    return bool(mine) and mine <= theirs


@lru_cache(maxsize=_KEPT_NAMES)
def _content(name: str) -> frozenset[str]:
    words = words_of(name)
    return frozenset(
        n for n, k in zip(words.norms, words.kinds, strict=True) if k == "w" and len(n) > _SHORT
    )
