"""What the tellings of one incident say together: what the next telling is compared with.

A summary grows with the number of different things told, not with the number of tellings, so that
an incident told a hundred thousand times costs no more to compare with than one told ten times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from bilan.core.incidents.reach import AREA_KM, FINE_KM, is_seat, radius_of, reach_of
from bilan.core.incidents.telling import Telling
from bilan.core.reports.sketches import COPY_RUNS
from bilan.core.values import (
    Cause,
    Count,
    DatePrecision,
    Place,
    PlacePrecision,
    Point,
    When,
    distance_km,
)

MOST_TEXTS = 12  # texts of an incident kept for comparing words, the first in canonical order
LONE = 50  # times as often a district is told as a town in it: the town is misread then
MOST_SKETCHES = 64  # texts of an incident kept for finding copies


class Summary:
    """Votes on when and where, and the sets of everything else that was told."""

    def __init__(self, tellings: Iterable[Telling] = ()) -> None:
        self.members: list[str] = []
        self.reports: Counter[str] = Counter()  # reports that tell it as news
        self.whens: Counter[When] = Counter()
        self.places: Counter[Place] = Counter()
        self.marks: set[str] = set()
        self.published: set[date] = set()
        self.causes: Counter[Cause] = Counter()
        self.killed: set[Count] = set()
        self.injured: set[Count] = set()
        self.parts: dict[str, set[Count]] = {}
        self.shared: set[Count] = set()
        self.voices: set[str] = set()
        self.vague = False
        self.quotes: set[int] = set()
        self.objects: set[str] = set()
        self.texts: list[Telling] = []
        self.sketches: dict[int, list[Telling]] = {}
        self._when: When | None = None
        self._place: Place | None = None
        for telling in tellings:
            self.add(telling)

    def add(self, telling: Telling, *, news: bool = True) -> None:
        """Count one telling in; one that only recalls the event (`news` False) has no vote."""
        self.members.append(telling.id)
        if not news:
            return
        self.reports[telling.report] += 1
        self._vote(telling)
        account = telling.account
        if account.cause is not Cause.UNKNOWN:
            self.causes[account.cause] += 1
        self._count(telling)
        self.voices.update(v.identity for v in telling.voices if not v.vague)
        self.vague = self.vague or any(v.vague for v in telling.voices)
        self._words(telling)

    def _vote(self, telling: Telling) -> None:
        account = telling.account
        if account.when and account.when.precision is not DatePrecision.UNKNOWN:
            self.whens[account.when] += 1
            self._when = None
        if account.place and account.place.point:
            self.places[account.place] += 1
            self._place = None
        if telling.published is not None:
            self.published.add(telling.published)
        if telling.place_mark:
            self.marks.add(telling.place_mark)

    def _count(self, telling: Telling) -> None:
        account = telling.account
        if account.killed:
            self.killed.add(account.killed)
        if account.injured:
            self.injured.add(account.injured)
        if account.shared_toll:
            self.shared.add(account.shared_toll.total)
        for name in PARTS:
            count = getattr(account, name)
            if count is not None:
                self.parts.setdefault(name, set()).add(count)

    def _words(self, telling: Telling) -> None:
        traits = telling.traits
        self.quotes.update(traits.quotes)
        self.objects.update(traits.objects)
        if len(self.texts) < MOST_TEXTS:
            self.texts.append(telling)
        if len(self.sketches) < MOST_SKETCHES:
            for low in traits.sketch[:COPY_RUNS]:
                self.sketches.setdefault(low, []).append(telling)

    @property
    def told(self) -> int:
        """How many reports tell it as news."""
        return len(self.reports)

    @property
    def when(self) -> When | None:
        """The date told most, the finer before the coarser, then the earlier; None if none."""
        if self._when is None and self.whens:
            self._when = min(self.whens, key=lambda w: (_grain(w), -self.whens[w], w.start, w.end))
        return self._when

    @property
    def place(self) -> Place | None:
        """The place told most among the finest that no area excludes; None if none has a point.

        An area excludes what lies outside of it and is told less often, a district also what is
        told `LONE` times less: one wrong town is not where a hundred others tell that it was.
        """
        if self._place is None and self.places:
            self._place = _most_told(self.places)
        return self._place


def _most_told(places: Counter[Place]) -> Place:
    told: Counter[Point | None] = Counter()
    for place, times in places.items():
        told[place.point] += times

    def order(place: Place) -> tuple[int, int, str, float, float]:
        point = place.point
        lat, lon = (point.lat, point.lon) if point else (0.0, 0.0)
        return (radius_class(place), -told[point], place.canonical_name or "", lat, lon)

    ordered = sorted(places, key=order)
    areas = {radius_class(place): place for place in reversed(ordered)}.values()
    return next(p for p in ordered if not any(_outvotes(area, p, told) for area in areas))


def _outvotes(area: Place, place: Place, told: Counter[Point | None]) -> bool:
    """Whether an area says that a place is misread; the place told most of all never is."""
    here, there = told[place.point], told[area.point]
    district = radius_class(area) == 1 and radius_class(place) == 0
    return (district and there >= LONE * here) or (there > here and _excludes(area, place))


def _excludes(area: Place, place: Place) -> bool:
    """Whether `place` lies outside a wider one; countries and provinces are no circles."""
    if radius_class(area) <= radius_class(place) or not (area.point and place.point):
        return False
    same = {
        PlacePrecision.COUNTRY: area.country == place.country,
        PlacePrecision.REGION: (area.country, area.admin1) == (place.country, place.admin1),
    }
    if same.get(area.precision, False):
        return False
    return distance_km(area.point, place.point) > radius_of(area) + radius_of(place)


PARTS = ("killed_children", "killed_women", "killed_men")


def _grain(when: When) -> int:
    return {DatePrecision.DAY: 0, DatePrecision.WEEK: 1, DatePrecision.MONTH: 2}.get(
        when.precision, 3
    )


def radius_class(place: Place) -> int:
    """0 a place, 1 an area around a town, 2 a province or more."""
    radius = radius_of(place)
    return 0 if radius <= FINE_KM else 1 if radius <= AREA_KM else 2


def canonical(telling: Telling) -> tuple[int, str, str, int]:
    """The order in which tellings are linked, the same whatever the order of their arrival.

    First those that know the place and the day, then the vaguer ones, which follow; then by day of
    publication, report and place in the report.
    """
    reach = reach_of(telling)
    vague = 4 * (not reach.fine_place) + 2 * (not reach.fine_day)
    vague += is_seat(telling.account.place)
    published = telling.published.isoformat() if telling.published else "9999"
    return (vague, published, telling.report, telling.index)
