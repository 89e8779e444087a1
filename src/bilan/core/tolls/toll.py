"""From the claims about one incident to one range, with the trace that answers "why not 12?"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from bilan.core.reports.origins import Origins
from bilan.core.tolls.claims import Claim, Left
from bilan.core.tolls.schemes import Bounds, Publishes, Scheme


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

    `open_above`: the source of the highest figure set no ceiling. `single`: what a scheme of
    single values publishes. `set_low` and `set_high` are the retellings that set the bounds, or
    the words of what else did; `notes` say what a reader of the number has to know.
    """

    scheme: str
    low: int | None = None
    high: int | None = None
    open_above: bool = False
    single: int | None = None
    voted: tuple[Voted, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    set_low: tuple[str, ...] = ()
    set_high: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    set_by: str | None = None  # the person who set it, where one did

    @property
    def known(self) -> bool:
        """Whether anything is known."""
        return self.low is not None or self.high is not None


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
    for claim in (*(c for c in claims if c not in ruling.left), *ruling.added):
        origin = origins.of.get(claim.retelling, claim.retelling)
        why = _silent(claim, origin, origins)
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


def _silent(claim: Claim, origin: str, origins: Origins) -> tuple[Left, str] | None:
    """Why a claim has no vote at all."""
    known = {o.id: o for o in origins.origins}
    if claim.recalled:
        return Left.RECALLED, "the report recalls the event; it does not tell it"
    if origin in known and known[origin].accused:
        return Left.ACCUSED, "said in the name of the accused party, which is no origin of harm"
    return None


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
        return Toll(scheme.version, left_out=tuple(out))
    notes: list[str] = []
    voted = sorted(voted, key=lambda v: (v.claim.published or date.max, v.origin))
    enough, few = _backed(voted, scheme)
    low, set_low = _low(enough, identified)
    high, set_high, open_above = _high(enough, identified)
    if few:
        notes.append(f"provisional: fewer than {scheme.needs} independent origins for each bound")
    if scheme.publishes is Publishes.LOWEST:
        low, high, open_above = low, low, False
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Toll(
        scheme.version,
        low,
        high,
        open_above,
        single=low if scheme.publishes is Publishes.LOWEST else None,
        voted=tuple(voted),
        left_out=tuple(out),
        set_low=set_low,
        set_high=set_high,
        notes=tuple(notes),
    )


def _backed(voted: list[Voted], scheme: Scheme) -> tuple[list[Voted], bool]:
    """The counts that enough origins publish; all of them, provisionally, where none is.

    Two origins publish one figure when it is a bound of what both say.
    """
    if scheme.needs <= 1:
        return voted, False
    told = [{v.bounds.low, v.bounds.high} - {None} for v in voted]
    backed = [v for v, own in zip(voted, told, strict=True) if _backers(own, told) >= scheme.needs]
    return backed or voted, not backed


def _backers(figures: Set[int | None], told: list[set[int | None]]) -> int:
    return max((sum(1 for other in told if f in other) for f in figures), default=0)


def _low(voted: list[Voted], identified: Identified) -> tuple[int | None, tuple[str, ...]]:
    lows = [v.bounds.low for v in voted if v.bounds.low is not None]
    # "Up to 30" alone says nothing about the least number, which is then nobody.
    low = min(lows) if lows else 0
    if identified.named > low:
        return identified.named, (f"{identified.named} people identified by name",)
    return low, tuple(v.claim.retelling for v in voted if v.bounds.low == low)


def _high(voted: list[Voted], identified: Identified) -> tuple[int | None, tuple[str, ...], bool]:
    told = identified.named + identified.described
    highs = [v.bounds.high for v in voted if v.bounds.high is not None]
    unbounded = [v for v in voted if v.bounds.high is None]
    high = max(highs, default=None)
    if unbounded and (high is None or any((v.bounds.low or 0) > high for v in unbounded)):
        return None, tuple(v.claim.retelling for v in unbounded), True
    if high is not None and told > high:
        return told, (f"{told} people named or described one by one",), False
    setters = [v for v in voted if v.bounds.high == high]
    return (
        high,
        tuple(v.claim.retelling for v in setters),
        any(v.bounds.open_above for v in setters),
    )
