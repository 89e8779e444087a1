"""Why a telling may tell of an incident: clues with weights, or a contradiction.

Who is blamed is never looked at. Every clue says itself in words, and so does every contradiction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bilan.core.claims.account import Role
from bilan.core.incidents.lexis import Likenesses
from bilan.core.incidents.reach import FINE_KM, days_apart, may_be_blurred, radius_of
from bilan.core.incidents.summary import PARTS, Summary
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.weights import Weights
from bilan.core.reports.sketches import COPY_RUNS, containment
from bilan.core.values import (
    Cause,
    Count,
    DatePrecision,
    Place,
    PlacePrecision,
    When,
    distance_km,
)

COPY_DAYS = 3  # a copy that reads "yesterday" a few days later is still the same text


@dataclass(frozen=True, slots=True)
class Clue:
    """One reason, its weight, and the reason in words."""

    name: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Match:
    """How well a telling fits an incident. `against` says what contradicts; then it never joins."""

    clues: tuple[Clue, ...] = ()
    against: str | None = None

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
    """What makes it impossible that the two tell one event. Never leaves this module."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A telling beside an incident.

    `copied` is the share of its text that stands in another one; `like` how alike its words are to
    those of another publisher in its language, `framed` to the same publisher's own, whose pages
    are alike whatever they tell (None: there is no such text). `trusted` is how far the record
    knows which words are rare.
    """

    telling: Telling
    summary: Summary
    weights: Weights
    copied: float
    like: float | None
    framed: float | None
    trusted: float

    @property
    def retold(self) -> bool:
        """Whether the words alone say that one retells the other, whatever was read in them."""
        alike = self.like is not None and self.like >= self.weights["words.sure"]
        return bool(self.copied) or (alike and self.trusted >= 1.0)

    @property
    def resembles(self) -> bool:
        """Whether the words are alike enough to doubt what was read where the two disagree."""
        alike = self.like is not None and self.like >= self.weights["words.doubt"]
        return self.retold or (alike and self.trusted >= 1.0)

    def clue(self, name: str, words: str) -> Clue:
        """The clue of that name at its weight."""
        return Clue(name, self.weights[name], words)


def match(telling: Telling, summary: Summary, weights: Weights, likenesses: Likenesses) -> Match:
    """Compare a telling with what is already told of an incident."""
    if telling.report in summary.reports:
        return Match(against="the same report tells this incident apart from another")
    copied = _copied(telling, summary, weights)
    like, framed = (None, None) if copied else _alike(telling, summary, likenesses)
    pair = Pair(telling, summary, weights, copied, like, framed, likenesses.lexis.trusted)
    try:
        clues = [clue for of in CLUES for clue in of(pair)]
    except Contradiction as contradiction:
        return Match(against=str(contradiction))
    if copied:
        share = f"{copied:.0%} of the shorter text stands in another report of it"
        clues.append(Clue("words.copy", weights["words.copy"], share))
    return Match(tuple(clues))


def _copied(telling: Telling, summary: Summary, weights: Weights) -> float:
    lows = telling.traits.sketch[:COPY_RUNS]
    others = {t.id: t for low in lows for t in summary.sketches.get(low, ())}
    shares = (containment(telling.traits.sketch, t.traits.sketch) for t in others.values())
    share = max(shares, default=0.0)
    return share if share >= weights["words.copy_share"] else 0.0


def _place(pair: Pair) -> Iterator[Clue]:
    telling, theirs = pair.telling, pair.summary.place
    mine = telling.account.place
    if mine is not None and theirs is not None and mine.point and theirs.point:
        yield _located(pair, mine, theirs, km=distance_km(mine.point, theirs.point))
    elif telling.place_mark and telling.place_mark in pair.summary.marks:
        yield pair.clue("place.same_phrase", "the same place name")


def _located(pair: Pair, mine: Place, theirs: Place, *, km: float) -> Clue:
    joint = radius_of(mine) + radius_of(theirs)
    if km > joint:
        return _too_far(pair, mine, theirs, km)
    within = f"{km:.0f} km apart, within the {joint:.0f} km that they may be off"
    if pair.telling.place_mark in pair.summary.marks or _one_entry(mine, theirs):
        return pair.clue("place.same", "the same place")
    if max(radius_of(mine), radius_of(theirs)) > FINE_KM:
        return pair.clue("place.coarse", within)
    if not pair.copied:
        _tell_apart(mine, theirs, km)
    if km <= pair.weights["place.near_km"]:
        return pair.clue("place.near", f"{km:.1f} km apart")
    return pair.clue("place.within", within)


def _one_entry(mine: Place, theirs: Place) -> bool:
    fine = max(radius_of(mine), radius_of(theirs)) <= FINE_KM
    return fine and mine.gazetteer_id is not None and mine.gazetteer_id == theirs.gazetteer_id


def _too_far(pair: Pair, mine: Place, theirs: Place, km: float) -> Clue:
    """What may excuse a distance that the uncertainty of the two places does not cover."""
    if _relayed(pair) and may_be_blurred(mine, theirs, km):
        return pair.clue("place.blurred", "a relay that names the province's seat or less")
    if PlacePrecision.COUNTRY in (mine.precision, theirs.precision):
        return pair.clue("place.elsewhere", "a country named that is another one")
    if pair.copied or (pair.resembles and km > NEIGHBOURS_KM):
        return pair.clue("place.misread", f"{km:.0f} km apart, but one text retells the other")
    raise Contradiction(f"{km:.0f} km apart, which their uncertainty does not cover")


NEIGHBOURS_KM = 200.0  # km; two places that are read right and mixed up lie nearer than this
SAME_TOWN_KM = 1.5  # km; two gazetteer entries so near are one town entered twice
QUARTERS_KM = 1.0  # km; two neighbourhoods further apart than this are two


def _tell_apart(mine: Place, theirs: Place, km: float) -> None:
    """Two neighbourhoods, or two settlements of the gazetteer, are not one, however near."""
    if mine.precision in QUARTER and theirs.precision in QUARTER and km > QUARTERS_KM:
        raise Contradiction(f"two neighbourhoods {km:.1f} km apart")
    towns = mine.precision is TOWN and theirs.precision is TOWN
    if towns and mine.gazetteer_id and theirs.gazetteer_id and km > SAME_TOWN_KM:
        raise Contradiction(f"two different places {km:.0f} km apart")


QUARTER = (PlacePrecision.NEIGHBOURHOOD, PlacePrecision.EXACT)
TOWN = PlacePrecision.SETTLEMENT


def _time(pair: Pair) -> Iterator[Clue]:
    theirs = pair.summary.when
    if theirs is None:
        return
    mine = pair.telling.account.when
    if mine is None or mine.precision is DatePrecision.UNKNOWN:
        yield from _published_after(pair, theirs)
        return
    apart = days_apart(mine, theirs)
    fine = mine.precision is DatePrecision.DAY and theirs.precision is DatePrecision.DAY
    allowed = COPY_DAYS if pair.copied else 1
    if apart > (allowed if fine else 0):
        if not pair.retold:
            raise Contradiction(f"{apart} days apart")
        name = "time.misread" if _recurs(pair) else "time.followed"
        yield pair.clue(name, f"{apart} days apart, but one text retells the other")
        return
    if apart:
        yield pair.clue("time.next_day", "one day apart")
    elif not fine:
        yield pair.clue("time.coarse", "the same week or month")
    elif mine == theirs:
        yield pair.clue("time.same", "the same day")
    else:
        yield pair.clue("time.touching", "days that touch")


def _recurs(pair: Pair) -> bool:
    """Whether what was done comes back to one place day after day, as bombing does."""
    causes = {pair.telling.account.cause, *pair.summary.causes}
    return bool(causes & pair.weights.recurring)


def _published_after(pair: Pair, theirs: When) -> Iterator[Clue]:
    if pair.telling.published is None:
        return
    days = (pair.telling.published - theirs.start).days
    words = f"no date told; published {days} days after"
    if days < 0:
        raise Contradiction("published before it happened")
    if days <= pair.weights["time.just_before_days"]:
        yield pair.clue("time.just_before", words)
    elif days <= pair.weights["time.before_days"] or pair.telling.account.role is Role.BACKGROUND:
        yield pair.clue("time.before", words)
    elif not pair.retold:
        raise Contradiction(f"told as news {days} days after, without a date")


def _published(pair: Pair) -> Iterator[Clue]:
    """News of one event comes within days; it is weak, for so does other news."""
    mine, theirs = pair.telling.published, pair.summary.published
    if mine is None or not theirs:
        return
    gap = min(abs((mine - other).days) for other in theirs)
    if gap <= pair.weights["time.together_days"]:
        yield pair.clue("time.together", f"published {gap} days apart")


def _cause(pair: Pair) -> Iterator[Clue]:
    mine, theirs = pair.telling.account.cause, set(pair.summary.causes)
    if mine is Cause.UNKNOWN or not theirs:
        return
    if mine in theirs:
        yield pair.clue("cause.same", f"the same cause: {mine}")
    elif not any(mine in family and family & theirs for family in pair.weights.families):
        yield pair.clue("cause.other", f"{mine} against {min(theirs)}")


def _toll(pair: Pair) -> Iterator[Clue]:
    account, summary = pair.telling.account, pair.summary
    if account.killed and summary.killed:
        yield _compared(pair, account.killed, sorted(summary.killed, key=_size))
    if _shares(pair):
        yield pair.clue("toll.shared", "the number told of several places")
    if account.injured and _repeated(account.injured, summary.injured):
        yield pair.clue("toll.injured", "the same number of injured")
    for part in PARTS:
        count = getattr(account, part)
        if count is not None and count in summary.parts.get(part, ()):
            yield pair.clue("toll.part", f"the same number: {part.replace('_', ' ')}")


def _shares(pair: Pair) -> bool:
    account, summary = pair.telling.account, pair.summary
    if account.shared_toll is not None:
        return _repeated(account.shared_toll.total, summary.shared | summary.killed)
    return account.killed is not None and _repeated(account.killed, summary.shared)


def _compared(pair: Pair, mine: Count, theirs: Sequence[Count]) -> Clue:
    """`theirs` ascending by size."""
    if _repeated(mine, theirs):
        size = "many" if _size(mine) > FEW else "few" if _size(mine) > 1 else "one"
        return pair.clue(f"toll.same_{size}", "the same number of killed")
    if any(_overlap(mine, other) for other in theirs):
        return pair.clue("toll.overlap", "numbers of killed that overlap")
    low, top = max(1, _size(theirs[0])), max(1, _size(theirs[-1]))
    if _size(mine) > FAR_TIMES * top or FAR_TIMES * max(1, _size(mine)) < low:
        return pair.clue("toll.far", "numbers of killed far apart")
    return pair.clue("toll.apart", "other numbers of killed")


FEW = 3  # killed; a number up to this is repeated by chance
FAR_TIMES = 3  # a report of one event seldom gives more than three times another's number


def _size(count: Count) -> int:
    return count.min if count.min is not None else (count.max or 0)


def _repeated(mine: Count, others: Iterable[Count]) -> bool:
    """Whether one may be repeating the other: 12 and "at least 12" are one number."""
    return any(_size(mine) == _size(other) for other in others)


def _overlap(a: Count, b: Count) -> bool:
    top_a = a.max if a.max is not None else float("inf")
    top_b = b.max if b.max is not None else float("inf")
    return (a.min or 0) <= top_b and (b.min or 0) <= top_a


def _origin(pair: Pair) -> Iterator[Clue]:
    telling, summary = pair.telling, pair.summary
    vague = any(v.vague for v in telling.voices) and (summary.vague or summary.voices)
    relayed = _named_alike(pair) or vague or (summary.vague and telling.voices)
    if relayed and _same_number(pair):
        yield pair.clue("origin.same_number", "the same informant with the same number")
    elif _named_alike(pair):
        yield pair.clue("origin.same", "the same informant")


def _relayed(pair: Pair) -> bool:
    return bool(pair.copied) or (_named_alike(pair) and _same_number(pair))


def _named_alike(pair: Pair) -> bool:
    named = {v.identity for v in pair.telling.voices if not v.vague}
    return bool(named & pair.summary.voices)


def _same_number(pair: Pair) -> bool:
    killed = pair.telling.account.killed
    numbers = pair.summary.killed | pair.summary.shared
    return killed is not None and _repeated(killed, numbers)


def _words(pair: Pair) -> Iterator[Clue]:
    traits = pair.telling.traits
    if shares_quotation(traits.quotes, pair.summary.quotes):
        yield pair.clue("words.quotation", "the same words quoted")
    things = sorted(pair.summary.objects.intersection(traits.objects))
    if things:
        yield pair.clue("words.object", f"the same thing told: {', '.join(things)}")
    if pair.like is not None:
        yield from _worded_alike(pair, pair.like, share=1.0)
    elif pair.framed is not None:
        yield from _worded_alike(pair, pair.framed, share=pair.weights["words.framed"])


def _worded_alike(pair: Pair, like: float, *, share: float) -> Iterator[Clue]:
    """Rare words in common, by the table of weights; what they are worth grows with the record."""
    weight = interpolated(like, pair.weights.likeness) * share
    known = FIRST_GUESS if weight > 0 else 0.0
    weight *= known + (1 - known) * pair.trusted
    if weight:
        words = "many" if weight > 0 else "few"
        yield Clue("words.rare", weight, f"{words} of the same rare words ({like:.0%} alike)")


FIRST_GUESS = 0.3  # what alike words are worth where a record knows little of which are rare


def interpolated(value: float, points: Sequence[tuple[float, float]]) -> float:
    """The height over `value` of the line through points of ascending places; level outside."""
    if value <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in pairwise(points):
        if value <= right:
            return low + (high - low) * (value - left) / (right - left)
    return points[-1][1]


def _alike(
    telling: Telling, summary: Summary, likenesses: Likenesses
) -> tuple[float | None, float | None]:
    """How alike the words are to those of other publishers, and of the same one."""
    name = telling.publisher.name
    by_others: list[float] = []
    by_own: list[float] = []
    for text in summary.texts:
        if text.lang == telling.lang and text.traits.words and telling.traits.words:
            same = name is not None and text.publisher.name == name
            (by_own if same else by_others).append(likenesses.between(telling, text))
    return max(by_others, default=None), max(by_own, default=None)


def shares_quotation(quotes: Iterable[int], others: set[int]) -> bool:
    """Whether two runs of four quoted words are the same: by chance, one may be."""
    return sum(1 for q in quotes if q in others) >= 2


CLUES: tuple[Callable[[Pair], Iterator[Clue]], ...] = (
    _place,
    _time,
    _published,
    _cause,
    _toll,
    _origin,
    _words,
)
