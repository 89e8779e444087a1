"""Questions about incidents, answered from a record: which happened, how many, how many people.

A question names an event (a killing, an injuring), a place (a town or a state) and a day or a
month. S1 asks for the one incident, S2 how many there were, S3 how many people; each with the
reports that tell of them. Where no incident was read to be there, those count whose reports name
the town, or the state, by its words: a street or a namesake may have been read for the town.

S1 says that there is one. Of several it is the one of which most reports tell what was asked for,
the rest being told of it by one of theirs; of none it is the nearest in days, as near as news is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.clues import NEWS_DAYS
from bilan.core.incidents.incident import Incident
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.traits import may_name
from bilan.core.places.keys import key_of
from bilan.core.tolls.ranges import ranges_of
from bilan.core.values import Place

Row = dict[str, Any]
Spot = tuple[str, str]  # the keys of a town ("" = of a whole state) and of its state
_FIELDS = {"killing": "killed", "injuring": "injured"}
_KINDS = frozenset({"county"})  # behind a name in brackets: what it names, no other name for it
_LONGEST_DAYS = 31  # of an incident's dates; a vaguer one happened on no day that can be asked for


@dataclass(frozen=True, slots=True)
class Heard:
    """What one report tells of an incident: its days and places, and the words that it has."""

    days: frozenset[date]
    spots: frozenset[Spot]
    words: frozenset[int]

    def names(self, names: Iterable[str]) -> bool:
        """Whether it has the words of one of the names."""
        return any(may_name(self.words, name) for name in names)


@dataclass(frozen=True, slots=True)
class Known:
    """What a record knows of one incident: the fewest people concerned, by event.

    `days` and `spots` are all that any of its reports tells, and where the incident is; `heard` is
    what each of them tells.
    """

    code: str
    days: frozenset[date]
    spots: frozenset[Spot]
    reports: frozenset[str]
    harmed: Mapping[str, int]
    heard: tuple[Heard, ...]

    def may_be(self, names: Iterable[str]) -> bool:
        """Whether one of its reports has the words of one of the names."""
        names = tuple(names)
        return any(heard.names(names) for heard in self.heard)

    def share(self, question: Mapping[str, Any]) -> float:
        """0..1: the share of its reports that tell the day and the place asked for together."""
        asked = set(_spots_asked(question["location"]))
        asked |= {(town, "") for town, _ in asked if town}
        names = _names(question["location"])
        fitting = (
            any(_matches(day, question["time"]) for day in heard.days)
            and (bool(heard.spots & asked) or heard.names(names))
            for heard in self.heard
        )
        return sum(fitting) / max(1, len(self.heard))

    def days_from(self, when: Mapping[str, str]) -> int:
        """How many days lie between the day or the month asked for and the nearest one told."""
        first, last = _span(when)
        return min(max(0, (first - day).days, (day - last).days) for day in self.days)


@dataclass(slots=True)
class Answerer:
    """Answers questions from the incidents of a record."""

    _known: list[Known] = field(default_factory=list)
    _by_spot: dict[Spot, list[Known]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, book: Casebook) -> Answerer:
        """An answerer that knows every incident of which a day is told."""
        answerer = cls()
        for code in book.codes():
            known = _known(book.incident(code), book)
            if known.days:
                answerer._known.append(known)
                for spot in known.spots:
                    answerer._by_spot[spot].append(known)
        return answerer

    def answer(self, question: Mapping[str, Any]) -> Row:
        """Number and reports, for one question."""
        told = self._told(question)
        if question["subtask"] == "S1":
            told = self._the_one(question, told)
        docs = sorted({report for known in told for report in known.reports})
        harmed = sum(known.harmed[question["event"]] for known in told)
        number = {"S1": 1, "S2": len(told), "S3": harmed}
        return {"qid": question["qid"], "number": number[question["subtask"]], "docs": docs}

    def _told(self, question: Mapping[str, Any]) -> list[Known]:
        """The incidents of the event, the place and the time asked for."""
        event, when = question["event"], question["time"]

        def asked_for(known: Known) -> bool:
            return bool(known.harmed[event]) and any(_matches(day, when) for day in known.days)

        told = [known for known in self._around(question["location"]) if asked_for(known)]
        if told:
            return told
        names = _names(question["location"])
        return [known for known in self._known if asked_for(known) and known.may_be(names)]

    def _the_one(self, question: Mapping[str, Any], told: list[Known]) -> list[Known]:
        """The incident that is asked for where there is one; those that fit alike together."""
        if told:
            share = {known.code: known.share(question) for known in told}
            return [known for known in told if share[known.code] == max(share.values())]
        event, when = question["event"], question["time"]
        around = [known for known in self._around(question["location"]) if known.harmed[event]]
        days = {known.code: known.days_from(when) for known in around}
        nearest = min(days.values(), default=NEWS_DAYS + 1)
        return [known for known in around if days[known.code] == nearest <= NEWS_DAYS]

    def _around(self, location: Mapping[str, str]) -> list[Known]:
        """The incidents at a place, each once; a town told without its state may be this one."""
        found: list[Known] = []
        for town, state in _spots_asked(location):
            found += self._by_spot.get((town, state), ())
            found += self._by_spot.get((town, ""), ()) if town else ()
        return list({known.code: known for known in found}.values())

    def answers(self, questions: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
        """An answer to each question, in their order."""
        yield from map(self.answer, questions)


def _known(incident: Incident, book: Casebook) -> Known:
    ranges = ranges_of(incident, book)
    lows = {event: ranges.toll(name).low for event, name in _FIELDS.items()}
    return Known(
        incident.code,
        frozenset(day for telling in incident.news for day in _days(telling)),
        frozenset(spot for told in _places(incident) for spot in _spots(told)),
        frozenset(telling.report for telling in incident.news),
        {event: low or 0 for event, low in lows.items()},
        tuple(map(_heard, incident.news)),
    )


def _heard(telling: Telling) -> Heard:
    place = telling.account.place
    spots = frozenset(_spots(place)) if place is not None else frozenset()
    return Heard(frozenset(_days(telling)), spots, frozenset(telling.traits.words))


def _days(telling: Telling) -> Iterator[date]:
    when = telling.account.when
    if when is not None and (when.end - when.start).days <= _LONGEST_DAYS:
        yield from (when.start + timedelta(n) for n in range((when.end - when.start).days + 1))


def _places(incident: Incident) -> list[Place]:
    """Where the incident was, and where each telling says that it was."""
    told = (telling.account.place for telling in incident.news)
    return [one for one in (incident.place, *told) if one is not None]


def _spots(place: Place) -> Iterator[Spot]:
    state = key_of(place.admin1 or "")
    yield "", state
    for name in (place.canonical_name, place.name):
        if name:
            yield key_of(name), state


def _towns(location: Mapping[str, str]) -> tuple[list[str], str]:
    """The names of the town asked for, its other name in brackets too, and its state."""
    town, _, state = location["city"].rpartition(", ")
    other = re.findall(r"\((.*?)\)", town)
    names = [re.sub(r"\s*\(.*?\)", "", town), *(o for o in other if o not in _KINDS)]
    return names, state


def _spots_asked(location: Mapping[str, str]) -> list[Spot]:
    if "state" in location:
        return [("", key_of(location["state"]))]
    towns, state = _towns(location)
    return [(key_of(town), key_of(state)) for town in towns]


def _names(location: Mapping[str, str]) -> list[str]:
    """The names of the place by which a report may call it: of a town, the town alone."""
    return [location["state"]] if "state" in location else _towns(location)[0]


def _matches(day: date, when: Mapping[str, str]) -> bool:
    return day.isoformat().startswith(when.get("day") or when["month"])


def _span(when: Mapping[str, str]) -> tuple[date, date]:
    """The first and the last day of the time asked for."""
    if "day" in when:
        day = date.fromisoformat(when["day"])
        return day, day
    first = date.fromisoformat(f"{when['month']}-01")
    return first, (first + timedelta(_LONGEST_DAYS)).replace(day=1) - timedelta(1)
