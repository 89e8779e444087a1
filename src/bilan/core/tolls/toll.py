"""From the claims about one incident to one range, with the trace that answers "why not 12?"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date

from bilan.core.reports.origins import Origins
from bilan.core.tolls.claims import Claim, Left
from bilan.core.tolls.schemes import Bounds, Publishes, Scheme
from bilan.core.values import Count

# The most people that a number of one incident can be about. The deadliest war known killed fewer
# than 100 million in all its years, so a larger number is a slip of a reader or of a keyboard.
MOST_PEOPLE = 100_000_000


@dataclass(frozen=True, slots=True)
class Voted:
    """What one origin says in the end: its claim, and the bounds that the scheme makes of it."""

    origin: str
    claim: Claim
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A number that set no bound, and why, in words."""

    claim: Claim
    why: Left
    words: str


@dataclass(frozen=True, slots=True)
class Toll:
    """A range of people. `low` and `high` None: unknown, never zero.

    `open_above`: the source of the highest figure set no ceiling. `set_low` and `set_high` are the
    retellings that set the bounds, or the words of what else did; `notes` say what a reader of the
    number has to know. `publishes` is what the scheme makes of a range.
    """

    scheme: str
    low: int | None = None
    high: int | None = None
    open_above: bool = False
    voted: tuple[Voted, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    set_low: tuple[str, ...] = ()
    set_high: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    set_by: str | None = None  # the person who set it, where one did
    publishes: Publishes = Publishes.RANGE
    chosen: int | None = None  # a person's own best estimate

    @property
    def known(self) -> bool:
        """Whether anything is known."""
        return self.low is not None or self.high is not None

    @property
    def best(self) -> int | None:
        """The single number of a scheme that publishes one; None under a scheme of ranges."""
        if self.publishes is Publishes.RANGE:
            return None
        return self.low if self.chosen is None else self.chosen

    def moved(self, low: int, high: int | None, note: str) -> Toll:
        """The range with other bounds, and why; a single value moves as a whole."""
        high = low if self.publishes is Publishes.LOWEST else high
        return replace(self, low=low, high=high, notes=(*self.notes, note))


@dataclass(frozen=True, slots=True)
class Identified:
    """People told apart: `named` by name, `described` without a name but as one person each."""

    named: int = 0
    described: int = 0


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided before numbers are compared: claims left out, and those let in by people."""

    left: Mapping[Claim, tuple[Left, str]] = field(default_factory=dict)
    added: tuple[Claim, ...] = ()


def reckon(
    claims: Iterable[Claim],
    origins: Origins,
    scheme: Scheme,
    *,
    ruling: Ruling | None = None,
    identified: Identified | None = None,
) -> Toll:
    """One range: the newest count of each origin, converted by the scheme, lowest to highest."""
    ruling = ruling or Ruling()
    out = [LeftOut(c, *ruling.left[c]) for c in claims if c in ruling.left]
    heard: dict[str, list[Claim]] = {}
    accused = frozenset(o.id for o in origins.origins if o.accused)
    for claim in (*(c for c in claims if c not in ruling.left), *ruling.added):
        origin = origins.of.get(claim.retelling, claim.retelling)
        why = _silent(claim, origin, accused)
        if why is not None:
            out.append(LeftOut(claim, *why))
        else:
            heard.setdefault(origin, []).append(claim)
    voted = []
    for origin in sorted(heard):
        last, older = newest(heard[origin])
        out += older
        voted.append(Voted(origin, last, scheme.bounds(last.count, last.form)))
    return _range(voted, out, scheme, identified or Identified())


def _silent(claim: Claim, origin: str, accused: Set[str]) -> tuple[Left, str] | None:
    """Why a claim has no vote at all."""
    if unbelievable(claim.count):
        return Left.OTHER, "more people than any war has killed: a slip, or not people"
    if claim.denial:
        return Left.DENIAL, "what a party says of itself lowers nobody's toll"
    if claim.recalled:
        return Left.RECALLED, "the report recalls the event; it does not tell it"
    if origin in accused:
        return Left.ACCUSED, "said in the name of the accused party, which is no origin of harm"
    return None


def unbelievable(count: Count) -> bool:
    """Whether a number is beyond everything that one incident can be about (`MOST_PEOPLE`)."""
    return max(count.min or 0, count.max or 0) > MOST_PEOPLE


def newest(claims: Sequence[Claim]) -> tuple[Claim, list[LeftOut]]:
    """The last word of one origin, and what it leaves behind.

    A number is as old as its first telling, so an old figure copied later is still old. Two
    reports of one number are one claim: the one that states it more exactly stands.
    """
    first: dict[int, date] = {}
    for claim in claims:
        size, day = _size(claim), claim.published or date.min
        first[size] = min(first.get(size, date.max), day)
    updates = {_size(c) for c in claims if c.update and c.published == first[_size(c)]}
    last_day = max(first.values())
    last = [s for s, day in first.items() if day == last_day]
    chosen = max(last, key=lambda s: (s in updates, s))
    same = sorted(
        (c for c in claims if _size(c) == chosen),
        key=lambda c: (c.count.max is None, c.published or date.max, c.retelling),
    )
    left = [LeftOut(c, Left.COPY, "repeats the number of the same origin") for c in same[1:]]
    for claim in claims:
        if _size(claim) != chosen:
            words = f"the same origin gives {_size(same[0])} later"
            if first[_size(claim)] == last_day:
                words = f"the same origin gives {_size(same[0])} on the same day"
            left.append(LeftOut(claim, Left.SUPERSEDED, words))
    return same[0], left


def _size(claim: Claim) -> int:
    count = claim.count
    return count.min if count.min is not None else (count.max or 0)


def _range(voted: list[Voted], out: list[LeftOut], scheme: Scheme, identified: Identified) -> Toll:
    out = sorted(out, key=lambda o: (o.why, o.claim.published or date.max, o.claim.retelling))
    if not voted:
        return _listed_only(out, scheme, identified)
    voted = sorted(voted, key=lambda v: (v.claim.published or date.max, v.origin))
    notes: list[str] = []
    backed = _backed(voted, scheme)
    if scheme.needs > 1 and not backed:
        notes.append(f"provisional: fewer than {scheme.needs} independent origins for each bound")
    low, set_low = _low(_figures(voted, backed, low=True), identified, scheme.floor)
    high, set_high, open_above = _high(_figures(voted, backed, low=False), identified)
    if scheme.publishes is Publishes.LOWEST:
        high, open_above = low, False
    return Toll(
        scheme.version,
        low,
        high,
        open_above,
        voted=tuple(voted),
        left_out=tuple(out),
        set_low=set_low,
        set_high=set_high,
        notes=tuple(notes),
        publishes=scheme.publishes,
    )


def _listed_only(out: list[LeftOut], scheme: Scheme, identified: Identified) -> Toll:
    """What is known where no origin gives a number: at least those whom a list names."""
    if not identified.named:
        return Toll(scheme.version, left_out=tuple(out), publishes=scheme.publishes)
    high, open_above = (identified.named, True) if scheme.ceiling_same else (None, True)
    if scheme.publishes is Publishes.LOWEST:
        open_above = False
    by = (list_names(identified.named),)
    return Toll(
        scheme.version,
        identified.named,
        high,
        open_above,
        left_out=tuple(out),
        set_low=by,
        set_high=by,
        publishes=scheme.publishes,
    )


def _backed(voted: list[Voted], scheme: Scheme) -> Set[int]:
    """The figures that as many origins publish as the scheme needs for a bound.

    Two origins publish one figure when it is a bound of what both say. Empty where no figure has
    enough of them, or the scheme asks for one origin only.
    """
    if scheme.needs <= 1:
        return frozenset()
    told = Counter(f for v in voted for f in {v.bounds.low, v.bounds.high} if f is not None)
    return frozenset(figure for figure, origins in told.items() if origins >= scheme.needs)


def _figures(
    voted: list[Voted], backed: Set[int], *, low: bool
) -> tuple[tuple[int | None, Voted], ...]:
    """The figures that may set one bound, each with who gives it: every backed one, else all."""
    if backed:
        both = ((f, v) for v in voted for f in (v.bounds.low, v.bounds.high))
        return tuple((f, v) for f, v in both if f in backed)
    return tuple((v.bounds.low if low else v.bounds.high, v) for v in voted)


def _low(
    figures: Iterable[tuple[int | None, Voted]], identified: Identified, floor: int | None
) -> tuple[int | None, tuple[str, ...]]:
    lows = [(f, v) for f, v in figures if f is not None]
    # "Up to 30" alone says nothing about the least number: the scheme says what that means.
    low = min((f for f, _ in lows), default=floor)
    if identified.named > (low or 0):
        return identified.named, (list_names(identified.named),)
    return low, _distinct(v for f, v in lows if f == low)


def list_names(people: int) -> str:
    """What set a bound where it was no report."""
    return f"a list names {people} {'person' if people == 1 else 'people'}"


def _high(
    figures: Iterable[tuple[int | None, Voted]], identified: Identified
) -> tuple[int | None, tuple[str, ...], bool]:
    figures = tuple(figures)
    told = identified.named + identified.described
    high = max((f for f, _ in figures if f is not None), default=None)
    unbounded = [v for f, v in figures if f is None]
    if unbounded and (high is None or any((v.bounds.low or 0) > high for v in unbounded)):
        return None, _distinct(unbounded), True
    setters = [v for f, v in figures if f == high]
    is_open = any(v.bounds.open_above and v.bounds.high == high for v in setters)
    if high is not None and told > high:
        return told, (f"{told} people named or described one by one",), is_open
    return high, _distinct(setters), is_open


def _distinct(voted: Iterable[Voted]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v.claim.retelling for v in voted))
