"""Which of the places and dates of a scene are those of its incident."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Sequence
from datetime import timedelta

from bilan.core.claims.account import Label
from bilan.core.claims.dates.dates import DateKind, DateMention
from bilan.core.claims.harm.told import Told
from bilan.core.claims.people.mention import Shape
from bilan.core.claims.scenes.scenes import Located, Page, Scene, is_dateline
from bilan.core.frozen import replace
from bilan.core.values import DatePrecision, Place, PlacePrecision, PlaceUse, When, distance_km

# Costs of a place are in sentences away from the toll: a region beside it loses to a town one
# sentence further, the place of writing to everything.
_COARSE = {
    PlacePrecision.DISTRICT: 0.4,
    PlacePrecision.REGION: 2.5,
    PlacePrecision.COUNTRY: 3.2,  # a town four sentences away says less than the country here
}
_CONTINENT = 4.0  # more for what is larger than any country: "Central America"
_DATELINE = 6.0
_DISPATCHED = 1.4  # the country of the capital that a press report was written in
_HEADS = 3  # tokens from the head of an entry to the place that heads it
_CONTAINER = 1.5  # for a name that only says where another lies
_QUALIFIED = 0.9  # for "near X" while X or another place is named outright
_BEHIND = 3  # tokens between a place and the region around it: ", ", " of ", ", in "
_UNKNOWN = 1.2  # for a name that no gazetteer knows
_FARTHEST = 4.0  # sentences; beyond it distance says nothing more
_APART_KM = 3.0  # two places of a shared toll are farther apart than that
_COORDINATED = 24  # tokens between the two places of a shared toll
_NEARBY_KM = 10.0  # "the nearby town of X"; a countryside is wider
_BETWEEN = 2  # tokens before the first place in which "between" stands
_JOINED = 5  # tokens from the joining word to the second place: "and in the town of Y"

# Costs of a date are in thirds of a token away from the attack, and 12 a sentence.
_FAR = 24.0  # a date in a sentence without harm
_BY_HARM = 3.0  # a date beside a death counts after one beside the attack
_PER_SENTENCE = 12.0
_COARSE_DATE = 16.0  # a month or a week
_WRITTEN = 40.0  # the date of a dateline
_DATELINE_HEAD, _DATELINE_TAIL = 12, 3  # tokens of a sentence before and after such a date
_AGENCY = 9  # tokens of a bracket behind the day of a dateline
_TELLING = 18.0  # "said on Monday", "raised on Monday"
_DATES_BESIDE = 6  # dates on each side of a number that may date it
_LOOSE = {DateKind.DAYPART: 36.0, DateKind.ANCHORED: 12.0, DateKind.DATELINE: 60.0}
_LONG = timedelta(days=3)  # a stretch longer than this is a period, not a day or a night


def place_of(scene: Scene, page: Page, told: Sequence[Told]) -> Located | None:
    """The place of a scene: the most exact one nearest to its toll or to what did the harm."""
    if not scene.places:
        return None
    anchors = sorted(
        {t.sentence for t in told if t.counts and not t.part}
        | {page.sentence_at(first) for first in scene.causes}
    )
    nearest = min(scene.places, key=lambda p: (_distance(p, page, anchors), p.first))
    country = _dispatched(nearest, page)
    if country is not None:
        return replace(nearest, mention=replace(nearest.mention, place=country))
    return _within_named(nearest, scene, page)


def _dispatched(place: Located, page: Page) -> Place | None:
    """The country that a press report from its capital tells of; None for any other place.

    A correspondent who has gone to a town writes of that town, one in the capital of the country.
    An official release is dated from its office whatever it tells of.
    """
    if page.is_prompt or place.mention.dispatched is None:
        return None
    written = place.mention.use is PlaceUse.DATELINE or is_dateline(place, page)
    return place.mention.dispatched if written else None


def _within_named(place: Located, scene: Scene, page: Page) -> Located:
    """The place in the region that the text names behind it: "Andar district, Ghazni province".

    A homonym that was looked up elsewhere is moved to the region, with the region's uncertainty.
    """
    region = next((p for p in scene.places if _is_region_behind(place, p, page)), None)
    if region is None or region.place.admin1 == place.place.admin1:
        return place
    told, known = place.place, region.place
    moved = replace(
        told,
        admin1=known.admin1,
        country=known.country,
        point=known.point,
        uncertainty_km=known.uncertainty_km,
    )
    return replace(place, mention=replace(place.mention, place=moved))


def _is_region_behind(place: Located, region: Located, page: Page) -> bool:
    if region.place.precision is not PlacePrecision.REGION or region.place.admin1 is None:
        return False
    if not place.is_point or not 0 < region.first - place.last <= _BEHIND:
        return False
    between = page.words.norms[place.last : region.first]
    return "," in between or len(between) == 1


def _distance(place: Located, page: Page, anchors: Sequence[int]) -> float:
    if _dispatched(place, page) is not None:
        return _DISPATCHED
    here = page.sentence_at(place.first)
    at = bisect_left(anchors, here)
    away = min((abs(here - a) for a in anchors[max(0, at - 1) : at + 1]), default=here)
    cost = min(float(away), _FARTHEST) + _COARSE.get(place.place.precision, 0.0)
    if place.place.point is None:
        cost += _UNKNOWN
    if not place.is_point and place.place.country is None:
        cost += _CONTINENT
    if place.is_qualified:
        cost += _QUALIFIED
    if place.mention.use is PlaceUse.CONTAINER:
        cost += _CONTAINER
    heads = here in page.entries and place.first - page.sentences[here][0] < _HEADS
    away_from_harm = place.mention.use in (PlaceUse.DATELINE, PlaceUse.SPEAKER) and not heads
    return cost + (_DATELINE if away_from_harm or is_dateline(place, page) else 0.0)


def second_place(
    scene: Scene, page: Page, here: Located | None, told: Sequence[Told]
) -> Located | None:
    """The second of two places that one toll is said of: "in X and in the town of Y"."""
    if here is None or here.is_qualified or not _is_spot(here):
        return None
    number = page.sentence_at(here.first)
    tolls = {t.sentence for t in told if t.label is Label.KILLED}
    if not tolls & {number - 1, number, number + 1}:
        return None
    for place in scene.places:
        after = place.first >= here.last and page.sentence_at(place.first) == number
        if after and _is_spot(place) and _coordinated(here, place, page, told):
            return place
    return None


def _is_spot(place: Located) -> bool:
    """Whether a place is named as where it happened, "nearby town" or not, and not around it."""
    close = (place.place.uncertainty_km or 0) <= _NEARBY_KM
    return place.is_point and close and place.mention.use is PlaceUse.NAMED


def _between(a: Located, b: Located, page: Page) -> bool:
    """Whether two places are the ends of a road: "on the road between the two"."""
    words = page.words.norms[max(0, a.first - _BETWEEN) : a.first + 1]
    return a.first < b.first and not page.between.isdisjoint(words)


def _coordinated(a: Located, b: Located, page: Page, told: Sequence[Told]) -> bool:
    if b.first - a.last > _COORDINATED or _between(a, b, page):
        return False
    if a.place.point is None or b.place.point is None:
        return False
    if distance_km(a.place.point, b.place.point) < _APART_KM:
        return False
    if any(a.last <= t.mention.first < b.first for t in told):
        return False
    norms = page.words.norms
    before = range(max(a.last, b.first - _JOINED), b.first + 1)
    if any(a.last <= c < b.first for c in page.causes):
        return False  # the second place has an attack of its own
    joined = any(norms[i] in page.and_words for i in before if i < b.first)
    return joined or any(
        norms[i].startswith(p) and len(norms[i]) > 3 for p in page.and_prefixes for i in before
    )


def day_of(scene: Scene, page: Page) -> DateMention | None:
    """The date phrase of a scene: the day told nearest to what did the harm or to the harm.

    Where none is told, a stretch no longer than a night: "over the past day".
    """
    days = [d for d in scene.dates if d.when is not None and d.kind not in _SPANS]
    days = days or [d for d in scene.dates if _lasts_a_day(d)]
    if not days:
        return None
    causes = frozenset(scene.causes)
    harms = {t.word.first for t in scene.told if t.word and t.counts and t.word.direction != "toll"}
    anchors = sorted(causes | harms)
    return min(days, key=lambda d: (_day_cost(d, anchors, causes, page), d.first))


def day_of_harm(scene: Scene, page: Page) -> DateMention | None:
    """The day that the sentences of the harm themselves name; None where they name none.

    For a report whose own day is one of mourning, court or arrest: "mourners met on Friday … he was
    killed on Aug. 5".
    """
    for told in scene.told:
        if told.counts:
            first, last = page.sentences[told.sentence]
            own = [d for d in scene.dates if first <= d.first < last and d.kind is DateKind.DAY]
            named = [d for d in own if d.when is not None and is_day(d.when)]
            if named:
                return min(named, key=lambda d: abs(d.first - told.mention.first))
    return None


def _lasts_a_day(told: DateMention) -> bool:
    return told.kind is DateKind.PERIOD and told.when is not None and is_day(told.when)


# Kinds of dates that say how long, not when.
_SPANS = frozenset({DateKind.SINCE, DateKind.PERIOD, DateKind.YEAR})


def _day_cost(
    day: DateMention, anchors: Sequence[int], causes: Container[int], page: Page
) -> float:
    here = page.sentence_at(day.first)
    at = bisect_left(anchors, day.first)
    near = [a for a in anchors[max(0, at - 1) : at + 1] if page.sentence_at(a) == here]
    away = (abs(a - day.first) + (0.0 if a in causes else _BY_HARM) for a in near)
    cost = min(min(away, default=_FAR), _FAR)
    start = page.sentence_at(anchors[0]) if anchors else 0
    cost += min(abs(here - start), 5) * _PER_SENTENCE + _LOOSE.get(day.kind, 0.0)
    if day.when is not None and not is_day(day.when):
        cost += _COARSE_DATE
    if _is_written_on(day, page):
        cost += _WRITTEN
    first, last = max(0, day.first - 3), day.last + 3
    telling = any(page.cues.has("speech", key, first, last) for key in ("says", "admits", "tolls"))
    telling = telling or page.cues.has("update", "update", first, last)
    return cost + (_TELLING if telling else 0.0)


def when_of(day: DateMention | None, page: Page) -> When | None:
    """When a scene was by the date chosen for it: by a dateline, on or before its day.

    The dateline of an official release is the day of what it reports, as these report day by day;
    so is the stamp of a post, which is written while it happens.
    """
    when = day.when if day is not None else None
    if day is None or when is None or when.start != when.end or page.is_prompt:
        return when
    written = day.kind is DateKind.DATELINE or _is_written_on(day, page)
    return When.by(when.end) if written else when


def _is_written_on(day: DateMention, page: Page) -> bool:
    """Whether a date stands in a dateline: "DAMASCUS, Sept 17 - ", "KABUL (Feb. 22, 2011) — ",
    "LIMA, 3 MAY 90 (EFE) -- "."""
    words = page.words
    first, last = page.sentences[page.sentence_at(day.first)]
    if day.first - first > _DATELINE_HEAD:
        return False
    norms = words.norms
    bracket = day.last < last and norms[day.last] == ")" and norms[day.first - 1] == "("
    if not bracket:
        behind = _behind_bracket(day.last, last, page)
        tail = range(behind, min(last, behind + _DATELINE_TAIL))
        if not any(norms[i] in _DASHES and words.starts[i] > words.ends[i - 1] for i in tail):
            return False
    return any(words.raw(i).isupper() and len(norms[i]) > 2 for i in range(first, day.first))


def _behind_bracket(i: int, last: int, page: Page) -> int:
    """The token behind a bracket that names the agency: "(ACAN-EFE) -- "; else the token itself."""
    norms = page.words.norms
    if i >= last or norms[i] != "(":
        return i
    closing = range(i + 1, min(last, i + _AGENCY))
    return next((k + 1 for k in closing if norms[k] == ")"), i)


_DASHES = frozenset({"-", "–", "—", "--", "|"})


def is_day(when: When) -> bool:
    """Whether it is a day or a night, not a period."""
    return when.precision is DatePrecision.DAY and when.end - when.start < _LONG


def dated_role(told: Told, scene: Scene, page: Page, day: When | None) -> Label | None:
    """The role of a number whose own sentence dates it before its scene, or over a period.

    None where it fits. A later day is one of telling, counting or dying of wounds.
    """
    first, last = page.sentences[told.sentence]
    at = bisect_left(scene.dates, told.mention.first, key=lambda d: d.first)
    around = scene.dates[max(0, at - _DATES_BESIDE) : at + _DATES_BESIDE]
    beside = [d for d in around if first <= d.first < last and d.kind not in _LOOSE]
    fits = (d.when for d in beside if d.when is not None and is_day(d.when))
    if not beside or any(day is None or when.near(day, days=1) for when in fits):
        return None
    near = min(beside, key=lambda d: abs(d.first - told.mention.first))
    if near.kind in _SPANS and (near.when is None or near.when.end - near.when.start > _LONG):
        return Label.CUMULATIVE
    when = near.when
    if when is None or day is None or when.start > day.end:
        return None
    if when.near(day, days=1):
        # One person dies once: "the teenager died last week" is no sum over the week.
        summed = when.end - when.start > _LONG and told.mention.shape is not Shape.ONE
        return Label.CUMULATIVE if summed else None
    return Label.BACKGROUND
