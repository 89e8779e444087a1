"""Questions about incidents, answered from a record: which happened, how many, how many people.

A question names an event (a killing, an injuring), a place (a town or a state) and a day or a
month. S1 asks for the one incident, S2 how many there were, S3 how many people; each with the
reports that tell of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.incident import Incident
from bilan.core.places.keys import key_of
from bilan.core.tolls.ranges import ranges_of
from bilan.core.values import Place

Row = dict[str, Any]
Spot = tuple[str, str]  # the keys of a town ("" = of a whole state) and of its state
_FIELDS = {"killing": "killed", "injuring": "injured"}
_LONGEST_DAYS = 31  # of an incident's dates; a vaguer one happened on no day that can be asked for


@dataclass(frozen=True, slots=True)
class Known:
    """What a record knows of one incident: the fewest people concerned, by event."""

    code: str
    days: tuple[date, ...]
    spots: frozenset[Spot]
    reports: frozenset[str]
    harmed: Mapping[str, int]


@dataclass(slots=True)
class Answerer:
    """Answers questions from the incidents of a record."""

    _by_spot: dict[Spot, list[Known]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, book: Casebook) -> Answerer:
        """An answerer that knows every incident with a day and a place."""
        answerer = cls()
        for code in book.codes():
            known = _known(book.incident(code), book)
            if known is not None:
                for spot in known.spots:
                    answerer._by_spot[spot].append(known)
        return answerer

    def answer(self, question: Mapping[str, Any]) -> Row:
        """Number and reports, for one question."""
        event, when = question["event"], question["time"]
        told = [
            known
            for known in self._around(question["location"])
            if known.harmed[event] and any(_matches(day, when) for day in known.days)
        ]
        docs = sorted({report for known in told for report in known.reports})
        number = {"S1": 1, "S2": len(told), "S3": sum(k.harmed[event] for k in told)}
        return {"qid": question["qid"], "number": number[question["subtask"]], "docs": docs}

    def _around(self, location: Mapping[str, str]) -> list[Known]:
        """The incidents at a place, each once; a town told without its state may be this one."""
        town, state = _spot(location)
        found = [*self._by_spot.get((town, state), ())]
        found += self._by_spot.get((town, ""), ()) if town else ()
        return list({known.code: known for known in found}.values())

    def answers(self, questions: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
        """An answer to each question, in their order."""
        yield from map(self.answer, questions)


def _known(incident: Incident, book: Casebook) -> Known | None:
    place, when = incident.place, incident.when
    if place is None or when is None or (when.end - when.start).days > _LONGEST_DAYS:
        return None
    ranges = ranges_of(incident, book)
    lows = {event: ranges.toll(name).low for event, name in _FIELDS.items()}
    return Known(
        incident.code,
        tuple(when.start + timedelta(n) for n in range((when.end - when.start).days + 1)),
        frozenset(spot for told in _places(incident, place) for spot in _spots(told)),
        frozenset(telling.report for telling in incident.news),
        {event: low or 0 for event, low in lows.items()},
    )


def _places(incident: Incident, place: Place) -> list[Place]:
    """Where the incident was, and where each telling says that it was."""
    told = (telling.account.place for telling in incident.news)
    return [place, *(one for one in told if one is not None)]


def _spots(place: Place) -> Iterator[Spot]:
    state = key_of(place.admin1 or "")
    yield "", state
    for name in (place.canonical_name, place.name):
        if name:
            yield key_of(name), state


def _spot(location: Mapping[str, str]) -> Spot:
    if "state" in location:
        return "", key_of(location["state"])
    town, _, state = location["city"].rpartition(", ")
    return key_of(town), key_of(state)


def _matches(day: date, when: Mapping[str, str]) -> bool:
    return day.isoformat().startswith(when.get("day") or when["month"])
