"""Questions are answered from the incidents of a record, each report counted with its incident."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from benchmarks.accuracy.components import Record
from benchmarks.accuracy.questions import Answerer, Heard, Known
from bilan.core.claims.read import read
from bilan.core.values import Place, PlaceMention, Point, Report, Span

TOWNS = {
    "Springfield": Place("Springfield", "Springfield", "Ohio", "US", Point(39.9, -83.8)),
    "Akron": Place("Akron", "Akron", "Ohio", "US", Point(41.1, -81.5)),
}


class OhioTowns:
    """A place finder that knows two towns."""

    version = "ohio"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        found = [(text.find(name), name) for name in TOWNS if name in text]
        return [PlaceMention(Span(at, at + len(n)), TOWNS[n]) for at, n in sorted(found)]


TEXTS = {
    "a": "SPRINGFIELD — A gunman shot dead two men in Springfield on 4 March 2016, police said.",
    "b": "Two men were killed in a shooting in Springfield on 4 March 2016.",
    "c": "Three people were killed in Akron on 20 March 2016 when a man opened fire in a bar.",
    "d": "A man was killed in Dayton on 9 May 2016. The shooter had fled from Akron, police said.",
}


@pytest.fixture
def answerer() -> Answerer:
    record = Record()
    for id_, text in TEXTS.items():
        report = Report(id_, text, lang="en", published=date(2016, 5, 21))
        record.take([(report, read(report, OhioTowns(), scope="any"))])
    return Answerer.of(record.book)


def _asked(
    subtask: str, event: str, location: dict[str, str], time: dict[str, str]
) -> dict[str, object]:
    return {"qid": "q", "subtask": subtask, "event": event, "location": location, "time": time}


def test_a_town_and_a_day_lead_to_every_report_of_the_incident(answerer: Answerer) -> None:
    question = _asked("S1", "killing", {"city": "Springfield, Ohio"}, {"day": "2016-03-04"})
    assert answerer.answer(question) == {"qid": "q", "number": 1, "docs": ["a", "b"]}


def test_a_state_and_a_month_hold_all_incidents_and_their_dead(answerer: Answerer) -> None:
    where, when = {"state": "Ohio"}, {"month": "2016-03"}
    assert answerer.answer(_asked("S2", "killing", where, when))["number"] == 2
    assert answerer.answer(_asked("S3", "killing", where, when))["number"] == 5


def test_nobody_known_to_be_hurt_is_no_injuring(answerer: Answerer) -> None:
    question = _asked("S2", "injuring", {"state": "Ohio"}, {"month": "2016-03"})
    assert answerer.answer(question) == {"qid": "q", "number": 0, "docs": []}


def test_a_town_that_no_list_has_is_found_by_its_name(answerer: Answerer) -> None:
    question = _asked("S1", "killing", {"city": "Dayton, Ohio"}, {"month": "2016-05"})
    assert answerer.answer(question) == {"qid": "q", "number": 1, "docs": ["d"]}


def test_a_town_that_is_only_named_counts_for_nothing_beside_one_told_there(
    answerer: Answerer,
) -> None:
    question = _asked("S2", "killing", {"city": "Akron, Ohio"}, {"month": "2016-03"})
    assert answerer.answer(question) == {"qid": "q", "number": 1, "docs": ["c"]}


def test_the_other_name_of_a_town_in_brackets_leads_to_it(answerer: Answerer) -> None:
    question = _asked("S1", "killing", {"city": "Firestone (Akron), Ohio"}, {"month": "2016-03"})
    assert answerer.answer(question)["docs"] == ["c"]


def test_where_one_incident_is_asked_for_most_of_its_reports_decide_which() -> None:
    day, later, ohio = date(2016, 3, 4), date(2016, 3, 9), frozenset({("", "ohio")})

    def known(code: str, *days: date) -> Known:
        heard = tuple(Heard(frozenset({d}), ohio, frozenset()) for d in days)
        return Known(code, frozenset(days), ohio, frozenset({code}), {"killing": 1}, heard)

    both = [known("sure", day, day, later), known("in passing", later, later, day)]
    asked = {"state": "Ohio"}, {"day": day.isoformat()}
    answerer = Answerer(both, {("", "ohio"): both})
    assert answerer.answer(_asked("S2", "killing", *asked))["number"] == 2
    assert answerer.answer(_asked("S1", "killing", *asked))["docs"] == ["sure"]


def test_where_one_incident_is_asked_for_the_nearest_day_of_news_answers(
    answerer: Answerer,
) -> None:
    def docs(day: str, subtask: str = "S1") -> object:
        asked = _asked(subtask, "killing", {"city": "Akron, Ohio"}, {"day": day})
        return answerer.answer(asked)["docs"]

    assert docs("2016-03-22") == docs("2016-03-18") == ["c"]
    assert docs("2016-03-22", "S2") == []  # how many there were on that day is none
    assert docs("2016-03-27") == []


def test_the_month_asked_for_ends_with_its_last_day(answerer: Answerer) -> None:
    asked = _asked("S1", "killing", {"city": "Akron, Ohio"}, {"month": "2016-02"})
    assert answerer.answer(asked)["docs"] == []
    near = _asked("S1", "killing", {"city": "Springfield, Ohio"}, {"month": "2016-02"})
    assert answerer.answer(near)["docs"] == []  # 29 February is four days before
