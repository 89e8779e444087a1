"""Which incident of a register a document is about, when all it gives is a day and a place name.

Registers of other recorders come with dates, names in two scripts and often without a point. A
party's findings name the place as an officer spelt it. Names meet by their consonants, days within
a week, and what cannot be told apart is left to a person: the lead over the next one says how sure.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from bilan.core.claims.speech.entries import Brought
from bilan.core.reports.sketches import plain_words
from bilan.core.values import Point, When, distance_km

# Points for the days between, 0 to 7: officers file by UTC, by the day of the claim, or a day late.
BY_DAYS = (4.5, 2.2, 1.3, 0.9, 0.6, 0.5, 0.4, 0.4)
NAME = 3.0  # every telling word of the shorter name stands in the other one; less as they differ
WIDER = 1.5  # the same for a place named further on, in which the first one lies
WIDER_PROVINCE = 1.0  # the province named further on
WRITTEN = 0.5  # the phrase as written, "near" and the country included
ALIKE = 0.72  # likeness of two consonant skeletons from which they may be one name
LEAST_ALIKE = 0.45  # likeness of two phrases from which they are offered as one place
PROVINCE = 3.0  # the province named, or the place named like it: its seat stands for all of it
NEAR = 1.5  # within NEAR_KM of the point given
NEAR_KM = 5.0
AROUND = 0.7  # within AROUND_KM
AROUND_KM = 25.0
PARTY = 2.0  # the party is among those of the incident
CREDIBLE = 1.5  # what a party found credible it locates to 100 m (341 cases in 2020; field, 2.2)
UNLOCATED = -1.0  # so a credible case is hardly one that nobody has located but to a town
NOT_CREDIBLE = -2.0  # and what it located itself is hardly one that it found not credible
VISITED = 1.2  # those who went there give the exact spot of what they bring forward
UNTOLD = -0.8  # no name in the script of the place: nobody there is recorded to have told of it
THING = 0.8  # a word of the register's place stands in the document besides the place
STRETCHED = -1.0  # an entry for a stretch of days holds several events
LONG = timedelta(days=2)
TAKEN = -2.5  # another document is about it: each finding is about one allegation
LEAST = 4.0  # points below which nothing is offered

# Left out of a skeleton: vowels and what romanization writes or leaves at will.
_SKIP = str.maketrans("", "", "aeiouyhw")
_ONE = str.maketrans({"q": "k", "c": "k", "g": "j", "z": "s", "v": "f", "p": "b", "ç": "k"})
_JOINED = re.compile("['’‘`ʿʾ]")  # within a romanized word these part nothing


@cache
def common_words() -> frozenset[str]:
    """Words of places that name no place: articles, directions, kinds of places."""
    source = (files("bilan.core.incidents") / "register.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(source)["common"])


class Located(StrEnum):
    """How exactly a register locates an incident; by the party: as only its own records give it."""

    BY_PARTY = "by_party"
    EXACTLY = "exactly"
    ROUGHLY = "roughly"


@dataclass(frozen=True, slots=True)
class Known:
    """An incident of a register: its code there, days, names in any script, and the rest."""

    code: str
    when: When | None
    names: tuple[str, ...] = ()
    province: str | None = None
    point: Point | None = None
    parties: tuple[str, ...] = ()
    located: Located | None = None
    told_there: bool = True  # whether the register has a name in the script of the place


@dataclass(frozen=True, slots=True)
class Sought:
    """What a document says of the incident that it is about.

    `names` are the places named, the nearest first; `credible` is what a finding comes to, None
    where it comes to nothing yet; `brought` is how those know who brought the allegation;
    `text` are its words, in which a school or a bridge may stand that the register names too.
    """

    when: When | None
    names: tuple[str, ...] = ()
    province: str | None = None
    point: Point | None = None
    party: str | None = None
    credible: bool | None = None
    brought: Brought | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """An incident that may be meant, with its points and the reasons in words."""

    code: str
    points: float
    why: tuple[str, ...]


class Register:
    """The incidents of a register, by day."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_day: dict[date, list[Known]] = {}
        for one in known:
            if one.when is not None:
                self._by_day.setdefault(one.when.start, []).append(one)

    def offers(self, sought: Sought, *, most: int = 10) -> tuple[Offer, ...]:
        """The incidents that may be meant, the best first; none without a day."""
        if sought.when is None:
            return ()
        found = [offer for one in self._around(sought.when) if (offer := _offer(one, sought))]
        found.sort(key=lambda o: (-round(o.points, 6), o.code))
        return tuple(o for o in found[:most] if o.points >= LEAST)

    def _around(self, when: When) -> list[Known]:
        reach = len(BY_DAYS) - 1
        first, last = when.start - timedelta(days=reach), when.end + timedelta(days=reach)
        days = (last - first).days + 1
        return [k for n in range(days) for k in self._by_day.get(first + timedelta(days=n), ())]


def assign(offers: Sequence[Sequence[Offer]]) -> tuple[Offer | None, ...]:
    """One incident for each document, in their order; documents prefer incidents of their own.

    A party finds once about an allegation, so an incident that another document fits as well is
    taken by the one that fits it best. A document without offers gets None.
    """
    chosen: dict[int, Offer] = {}
    holder: dict[str, int] = {}
    waiting = sorted((n for n, o in enumerate(offers) if o), key=lambda n: (-_lead(offers[n]), n))
    while waiting:
        document = waiting.pop(0)
        best = max(offers[document], key=lambda o: (_worth(o, document, holder, chosen), o.code))
        evicted = holder.get(best.code)
        chosen[document], holder[best.code] = best, document
        if evicted is not None and evicted != document and best.points > chosen[evicted].points:
            waiting.insert(0, evicted)
    return tuple(chosen.get(n) for n in range(len(offers)))


def _lead(offers: Sequence[Offer]) -> float:
    return offers[0].points - (offers[1].points if len(offers) > 1 else 0.0)


def _worth(offer: Offer, document: int, holder: dict[str, int], chosen: dict[int, Offer]) -> float:
    other = holder.get(offer.code)
    if other is None or other == document or chosen[other].points < offer.points:
        return offer.points
    return offer.points + TAKEN


def _offer(one: Known, sought: Sought) -> Offer | None:
    if one.when is None or sought.when is None:
        return None
    apart = max(0, (one.when.start - sought.when.end).days, (sought.when.start - one.when.end).days)
    if apart >= len(BY_DAYS):
        return None
    clues = [(BY_DAYS[apart], "the same day" if apart == 0 else f"{apart} days apart")]
    clues += _named(one, sought)
    clues += _located(one, sought)
    clues += _told_alike(one, sought)
    clues += _accuracy(one, sought)
    if one.when.end - one.when.start > LONG:
        clues.append((STRETCHED, "an entry for many days"))
    if sought.party is not None and sought.party in one.parties:
        clues.append((PARTY, f"{sought.party} is among the parties"))
    return Offer(one.code, sum(p for p, _ in clues), tuple(words for _, words in clues))


def _named(one: Known, sought: Sought) -> list[tuple[float, str]]:
    """The best of the names; the first one named is the place itself, the others lie around it."""
    best = (0.0, "")
    for rank, name in enumerate(sought.names):
        like = max((likeness(name, other) for other in one.names), default=0.0)
        points = (NAME if rank == 0 else WIDER) * like if like >= LEAST_ALIKE else 0.0
        best = max(best, (points, f"a name like it: {like:.0%}"))
        if one.province and likeness(name, one.province) >= ALIKE:
            points = PROVINCE if rank == 0 else WIDER_PROVINCE
            best = max(best, (points, f"in the province named: {one.province}"))
    if sought.province and one.province and likeness(sought.province, one.province) >= ALIKE:
        best = max(best, (WIDER_PROVINCE, f"in the same province: {one.province}"))
    clues = [best] if best[0] else []
    written = {frozenset(plain_words(n)) for n in sought.names}
    if any(frozenset(plain_words(n)) in written for n in one.names):
        clues.append((WRITTEN, "written alike"))
    return clues


def _told_alike(one: Known, sought: Sought) -> list[tuple[float, str]]:
    named = {w for name in one.names for w in _telling(name)}
    told = set(plain_words(sought.text)) - {w for n in sought.names for w in plain_words(n)}
    common = sorted(named & told - common_words())
    return [(THING, f"both tell of: {', '.join(common)}")] if common else []


def _accuracy(one: Known, sought: Sought) -> list[tuple[float, str]]:
    """How exactly an incident is located, and by whom, says who has looked into it."""
    clues = []
    if sought.credible is not None and one.located is Located.BY_PARTY:
        words = "located from the party's own records, as credible cases are"
        clues.append((CREDIBLE if sought.credible else NOT_CREDIBLE, words))
    if sought.credible and one.located is Located.ROUGHLY:
        clues.append((UNLOCATED, "located roughly, as credible cases hardly are"))
    if sought.brought is Brought.VISITED and one.located is Located.EXACTLY:
        clues.append((VISITED, "located exactly, as by those who went there"))
    if sought.credible is False and not one.told_there:
        clues.append((UNTOLD, "nobody there is recorded to have told of it"))
    return clues


def _located(one: Known, sought: Sought) -> list[tuple[float, str]]:
    if one.point is None or sought.point is None:
        return []
    km = distance_km(one.point, sought.point)
    if km <= NEAR_KM:
        return [(NEAR, f"{km:.1f} km away")]
    return [(AROUND, f"{km:.0f} km away")] if km <= AROUND_KM else []


@lru_cache(maxsize=1 << 15)
def likeness(a: str, b: str) -> float:
    """0..1: how likely two phrases name one place: the mean over the words of the shorter one."""
    shorter, longer = sorted((_telling(a), _telling(b)), key=len)
    if not shorter:
        return 0.0
    return sum(max(_alike(x, y) for y in longer) for x in shorter) / len(shorter)


def _alike(a: str, b: str) -> float:
    one, other = skeleton(a), skeleton(b)
    if a == b or (one == other and one):
        return 1.0
    if min(len(one), len(other)) < 3:
        return 0.0
    like = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return like if like >= ALIKE else 0.0


def _telling(name: str) -> Sequence[str]:
    words = plain_words(_JOINED.sub("", name))
    return [w for w in words if w not in common_words() and len(w) > 2] or words


@lru_cache(maxsize=1 << 15)
def skeleton(word: str) -> str:
    """The consonants of a romanized word, doubled ones once, near-alike letters as one."""
    bare = word.translate(_ONE).translate(_SKIP)
    return "".join(c for i, c in enumerate(bare) if i == 0 or c != bare[i - 1])
