"""Which incident each sentence and each number of a report tells of.

A report tells of one incident until it says otherwise: by a list of entries, by "elsewhere" with a
place of its own, or by a place too far from the one told of. What it recalls (another day, a
period) is no incident of its own: its numbers get the role background or cumulative.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import field
from sys import maxsize
from typing import TypeVar

from bilan.core.claims.account import Label
from bilan.core.claims.dates.dates import DateKind, DateMention
from bilan.core.claims.harm.told import Told
from bilan.core.claims.people.mention import Shape
from bilan.core.claims.text.cues import Cues
from bilan.core.claims.text.sentences import BULLETS
from bilan.core.claims.text.tokens import Words
from bilan.core.frozen import dataclass
from bilan.core.values import (
    Place,
    PlaceMention,
    PlacePrecision,
    distance_km,
)

_T = TypeVar("_T")
_DASHES = frozenset({"-", "–", "—", "--"})
_TO_HEADING = 4  # tokens between the colon of a heading and its entry: signs and line breaks
_VAGUE_KM = 8.0  # km; "near X" is given 10 km, a town's own ground less
_APART_KM = 12.0  # two named places nearer than this may be one incident told twice
_DATELINE_HEAD, _DATELINE_LENGTH = 6, 14  # tokens of a line in which its dateline stands
# Bounds that keep reading linear on a text of any length.
_PLACES_KEPT = 6  # first and last places of a scene that a new one is compared with
_SCENES_KEPT = 12  # scenes that a sentence may come back to
_MOST_SCENES = 150  # incidents of one report; what follows stays with the last
_NAME = 3  # letters of a place's name in capitals that is no abbreviation
_LISTED = 2  # entries of a list whose sum may stand below it
_HEADING = 14  # tokens of an entry's number with its place: "2. Taiz, south of Sanaa, Yemen."
_OPENS = 2  # tokens before a day that opens its sentence: "On Wednesday"
_BEHIND_DAY = 5  # tokens from such a day to the place: "Mardi, c'est Walikale qui …"
_HEADED = 3  # tokens from the head of a sentence: "In the town of Idlib", "Kupiansk: "
_AT_HEAD = 6  # tokens from the head of a sentence: "Elsewhere, in Idlib, …"
_POINTS = frozenset(
    {
        PlacePrecision.EXACT,
        PlacePrecision.NEIGHBOURHOOD,
        PlacePrecision.SETTLEMENT,
        PlacePrecision.DISTRICT,
    }
)


@dataclass(frozen=True, slots=True)
class Located:
    """A place phrase with its tokens [first, last)."""

    first: int
    last: int
    mention: PlaceMention

    @property
    def place(self) -> Place:
        """The place."""
        return self.mention.place

    @property
    def is_qualified(self) -> bool:
        """Whether the phrase says only near what, or where from, it was."""
        return (self.place.uncertainty_km or 0) >= _VAGUE_KM and self.is_point

    @property
    def is_point(self) -> bool:
        """Whether it is a settlement, a part of one or a district, not a region or a country."""
        return self.place.precision in _POINTS


@dataclass(slots=True)
class Scene:
    """What a report tells of one incident: its sentences, numbers, places and dates, in order."""

    sentences: list[int] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    places: list[Located] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    causes: list[int] = field(default_factory=list)  # first tokens of what did the harm
    item: bool = False

    @property
    def is_told(self) -> bool:
        """Whether it says enough to be an account: people counted, or an attack at a place."""
        counted = any(t.counts and t.mention.shape is not Shape.PLURAL for t in self.told)
        told = bool(self.causes or self.tells_harm or (self.item and self.dates))
        return counted or bool(self.places and told)

    @property
    def tells_harm(self) -> bool:
        """Whether a number of it may fill a toll."""
        return any(told.counts for told in self.told)


@dataclass(frozen=True, slots=True)
class Page:
    """A report's text, cut and marked, as scenes are read from it."""

    words: Words
    sentences: Sequence[tuple[int, int]]
    cues: Cues
    told: Sequence[Told]
    places: Sequence[Located]
    dates: Sequence[DateMention]
    causes: Sequence[int]
    and_words: frozenset[str] = frozenset()
    and_prefixes: tuple[str, ...] = ()
    between: frozenset[str] = frozenset()  # "between" before two places: one spot on the road
    furniture: frozenset[int] = frozenset()  # sentences that the page prints around the report
    entries: frozenset[int] = frozenset()  # sentences headed by the place that they tell of
    is_prompt: bool = False  # tells of its own day, as releases of offices and posts do

    def sentence_at(self, token: int) -> int:
        """The index of the sentence of a token."""
        return max(0, bisect_right(self.sentences, (token, maxsize)) - 1)


def located(words: Words, mentions: Sequence[PlaceMention]) -> list[Located]:
    """Place phrases with their tokens."""
    found = []
    for mention in mentions:
        first = bisect_right(words.starts, mention.span.start) - 1
        last = bisect_left(words.starts, mention.span.end)
        found.append(Located(max(0, first), max(last, first + 1), mention))
    return found


def scenes_of(page: Page) -> list[Scene]:
    """The incidents of a report in the order in which it first tells of them; at least one."""
    return _Cutter(page).cut()


class _Cutter:
    def __init__(self, page: Page) -> None:
        self._page = page
        self._firsts = [first for first, _ in page.sentences]
        self._told = self._by_sentence(page.told, lambda t: t.mention.first)
        self._places = self._by_sentence(page.places, lambda p: p.first)
        self._dates = self._by_sentence(page.dates, lambda d: d.first)
        self._causes = self._by_sentence(page.causes, lambda c: c)
        self._items = _lists(page)
        self._scenes: list[Scene] = [Scene()]

    def _by_sentence(self, things: Sequence[_T], at: Callable[[_T], int]) -> dict[int, list[_T]]:
        table: dict[int, list[_T]] = {}
        for thing in things:
            number = max(0, bisect_right(self._firsts, at(thing)) - 1)
            table.setdefault(number, []).append(thing)
        return table

    def cut(self) -> list[Scene]:
        current = self._scenes[0]
        around = Scene()
        summing = False
        for number in range(len(self._page.sentences)):
            if number in self._page.furniture:
                self._fill(around, number)
                continue
            was = current
            current = self._scene_for(number, current)
            summing = self._sums_up(number) if was.item else summing and current is was
            self._fill(current, number, summed=summing)
        around.told = [t.relabelled(Label.BACKGROUND) if t.counts else t for t in around.told]
        around.places, around.causes = [], []
        return [*self._scenes, around] if around.told else self._scenes

    def _sums_up(self, number: int) -> bool:
        """Whether a paragraph below a list counts what the entries told: "In all: 3 dead, 9 hurt".

        It names no place of its own, or it would be told of that.
        """
        listed = sum(scene.item for scene in self._scenes)
        if listed < _LISTED or number in self._items or not self._starts_paragraph(number):
            return False
        return bool(self._tolls(number)) and not self._own_places(number)

    def _fill(self, scene: Scene, number: int, *, summed: bool = False) -> None:
        scene.sentences.append(number)
        told = self._told.get(number, ())
        if summed:
            told = [t.relabelled(Label.CUMULATIVE) if t.counts else t for t in told]
        scene.told.extend(told)
        scene.places.extend(self._places.get(number, ()))
        scene.dates.extend(self._dates.get(number, ()))
        scene.causes.extend(self._causes.get(number, ()))

    def _scene_for(self, number: int, current: Scene) -> Scene:
        main = self._scenes[0]
        item = number in self._items
        if item and self._opens_item(number) and len(self._scenes) < _MOST_SCENES:
            if not (main.tells_harm or main.item or main.causes) and len(self._scenes) == 1:
                main.item = True
                return main
            return self._new(item=True)
        if self._starts_paragraph(number) and current.item and not item:
            current = main
        if len(self._scenes) >= _MOST_SCENES:
            return current
        if self._goes_elsewhere(number, current):
            return self._known(number) or self._new(item=False)
        return current

    def _new(self, *, item: bool) -> Scene:
        scene = Scene(item=item)
        self._scenes.append(scene)
        return scene

    def _opens_item(self, number: int) -> bool:
        """Whether a list entry tells of its own: a place with harm, a cause or a day.

        A place alone heads the sentence behind it: "2. Taiz, Yemen. On Monday, …".
        """
        if not self._places.get(number):
            return False
        first, last = self._page.sentences[number]
        heads = last - first <= _HEADING and number + 1 < len(self._page.sentences)
        own = (
            (number, number + 1) if heads and not self._starts_paragraph(number + 1) else (number,)
        )
        return any(self._dates.get(n) or self._causes.get(n) or self._tolls(n) for n in own)

    def _tolls(self, number: int) -> list[Told]:
        return [t for t in self._told.get(number, ()) if t.counts and not t.part]

    def _starts_paragraph(self, number: int) -> bool:
        first = self._page.sentences[number][0]
        return first == 0 or self._page.words.kinds[first - 1] == "l"

    def _next_tolls(self, number: int) -> list[Told]:
        """The tolls of the sentence behind one that opens a paragraph with an attack and its day:
        "At noon in Y, shells hit a school. A teacher died."."""
        opens = self._starts_paragraph(number) and number + 1 < len(self._page.sentences)
        attack = self._causes.get(number) and self._dates.get(number) and not self._tolls(number)
        if not opens or not attack or self._starts_paragraph(number + 1):
            return []
        return [] if self._own_places(number + 1) else self._tolls(number + 1)

    def _goes_elsewhere(self, number: int, current: Scene) -> bool:
        """Whether a sentence with a toll leaves the place that has been told of."""
        here = self._own_places(number)
        if not here or not current.tells_harm:
            return False
        ahead = self._next_tolls(number)
        shapes = {t.mention.shape for t in self._tolls(number) or ahead}
        counted = Shape.NUMBER in shapes or bool(ahead)
        if not shapes - {Shape.PLURAL}:
            return False
        if not counted and not self._says_elsewhere(number) and not self._headed(number, here[0]):
            return False
        ends = current.places[:_PLACES_KEPT] + current.places[_PLACES_KEPT:][-_PLACES_KEPT:]
        known = [p for p in ends if p.is_point and not is_dateline(p, self._page)]
        if not known:
            return self._says_elsewhere(number)
        if self._says_elsewhere(number) and here[0].first - self._firsts[number] < _AT_HEAD:
            return not any(a.place.name == b.place.name for a in here for b in known)
        near = any(same_ground(a.place, b.place) for a in here for b in known)
        return not near

    def _own_places(self, number: int) -> list[Located]:
        return [p for p in self._places.get(number, ()) if p.is_point]

    def _headed(self, number: int, place: Located) -> bool:
        """Whether a sentence begins with its place: "In Kupiansk, a nurse died", be its day named
        before it: "On Wednesday, in Kupiansk, …"."""
        first = self._firsts[number]
        days = [d.last for d in self._dates.get(number, ()) if d.first - first < _OPENS]
        near = max(days) + _BEHIND_DAY if days else first + _HEADED
        return place.first < near and not place.is_qualified

    def _says_elsewhere(self, number: int) -> bool:
        first, last = self._page.sentences[number]
        cues = self._page.cues
        turned = cues.starts_at("aside", "while", first) or cues.starts_at("aside", "in", first)
        return turned or cues.has("scope", "elsewhere", first, last) or self._opens_anew(number)

    def _opens_anew(self, number: int) -> bool:
        """Whether a sentence opens with another hour of the day: "In the evening, in Y …"."""
        first = self._page.sentences[number][0]
        days = self._dates.get(number, ())
        return any(d.kind is DateKind.DAYPART and d.first == first for d in days)

    def _known(self, number: int) -> Scene | None:
        """The earlier scene at the place of a sentence: the report comes back to it."""
        here = self._own_places(number)
        for scene in self._scenes[:_SCENES_KEPT]:
            spots = [p for p in scene.places if p.is_point][:1]
            if any(same_ground(a.place, b.place) for a in here[:1] for b in spots):
                return scene
        return None


def is_item(page: Page, number: int) -> bool:
    """Whether a sentence begins like an entry of a list: "- …", "17. …", "Idlib: …"."""
    words, (first, last) = page.words, page.sentences[number]
    if number in page.entries:
        return True
    if words.norms[first] in BULLETS:
        return not _is_behind_dateline(page, number)
    numbered = words.kinds[first] == "n" and first + 1 < last and len(words.norms[first]) < 4
    if not numbered or words.norms[first + 1] not in {".", ")", "-"}:
        return False
    glued = first + 2 < last and words.ends[first + 1] == words.starts[first + 2]
    return not (glued and words.raw(first + 2)[:1].isascii() and words.kinds[first + 2] == "w")


def _is_behind_dateline(page: Page, number: int) -> bool:
    """Whether a dash only parts a dateline from its text, where an abbreviation's full stop has cut
    the two: "SPRINGTOWN, Ariz. — A gunman"."""
    words, first = page.words, page.sentences[number][0]
    if words.norms[first] not in _DASHES or first == 0 or words.kinds[first - 1] == "l":
        return False
    start, end = page.sentences[number - 1]
    opens = start == 0 or words.kinds[start - 1] == "l"
    named = (words.raw(i)[:1].isupper() for i in range(start, end) if words.kinds[i] == "w")
    return opens and end - start <= _DATELINE_LENGTH and all(named)


def _lists(page: Page) -> frozenset[int]:
    """The sentences that are entries of lists: a single dash without a heading makes no list."""
    found = [n for n in range(len(page.sentences)) if is_item(page, n)]
    if len(found) != 1:
        return frozenset(found)
    norms, first = page.words.norms, page.sentences[found[0]][0]
    headed = norms[max(0, first - _TO_HEADING) : first]
    return frozenset(() if norms[first] in _DASHES and ":" not in headed else found)


def is_dateline(place: Located, page: Page) -> bool:
    """Where a text was written: "BEIRUT - ", "KABUL, Afghanistan (Feb. 22) —"."""
    words, number = page.words, page.sentence_at(place.first)
    first, last = page.sentences[number]
    if number in page.entries:
        return False
    if _opens_bracket(place, page, last):
        return True
    if place.first - first > _DATELINE_HEAD:
        return False
    for i in range(place.last, min(last, place.last + _DATELINE_LENGTH)):
        if words.norms[i] in {"-", "–", "—", "|", "--"} or (
            words.norms[i] == ":" and i < first + 4
        ):
            return words.starts[i] > words.ends[i - 1] or words.norms[i] in {":", "—", "|"}
        if words.kinds[i] == "w" and words.raw(i).islower() and not _in_day(i, page):
            return False
    return words.norms[place.last : place.last + 1] == (".",) and place.first == first


def _in_day(token: int, page: Page) -> bool:
    """Whether a token is part of a day, as "juil." of "BAMAKO, 18 juil. - "."""
    at = bisect_right(page.dates, token, key=lambda d: d.first) - 1
    return at >= 0 and token < page.dates[at].last


def _opens_bracket(place: Located, page: Page, last: int) -> bool:
    """ "… For Immediate Release KABUL, Afghanistan (Feb. 22) Afghan forces …"."""
    words, at = page.words, place.last
    if at + 1 < last and words.norms[at] == ",":
        at += 2
    if at >= last or words.norms[at] != "(":
        return False
    if not words.raw(place.first).isupper() or len(words.norms[place.first]) < _NAME:
        return False
    day = bisect_left(page.dates, at, key=lambda d: d.first)
    return day < len(page.dates) and page.dates[day].first == at + 1


def same_ground(a: Place, b: Place) -> bool:
    """Whether two places may be one: the same name, or points nearer than their uncertainty."""
    if a.point is None or b.point is None:
        return a.name == b.name
    slack = max(_APART_KM, (a.uncertainty_km or 0) + (b.uncertainty_km or 0))
    return distance_km(a.point, b.point) <= slack
