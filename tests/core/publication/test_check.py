"""The record in the shape of the acceptance case."""

from __future__ import annotations

import json

from bilan.core.incidents.entries import Decided, Part, Verb
from bilan.core.publication.check import check_record, pages_of, questions_of
from bilan.core.values import Count
from tests.core.incidents.made import (
    COALITION,
    MAHKAN,
    MAYADIN,
    SANA,
    SYRIAN_MEDIA,
    Record,
    account,
    report,
    says,
    shared,
)

WORDS = "Two towns by the river were bombed on Saturday and the agency counts twelve dead there."
STORY = [
    report(
        "a",
        account(killed=(12, None), statements=says(COALITION, "acknowledges_strike")),
        voices=[SYRIAN_MEDIA],
    ),
    report("b", *shared(12, MAYADIN, MAHKAN), voices=[SANA], text=WORDS),
    report("c", account(killed=5, injured=2)),
    report("e", *shared(12, MAYADIN, MAHKAN), voices=[SANA], published="2017-09-18", text=WORDS),
]


def test_the_export_is_plain_json_and_unknown_is_null() -> None:
    record = check_record(Record(*STORY).book)
    assert json.loads(json.dumps(record)) == record
    mahkan = next(i for i in record["incidents"] if i["place"]["name"] == "Mahkan")
    assert mahkan["killed"] is None
    assert mahkan["injured"] is None


def test_a_shared_toll_is_asked_once_with_its_total_and_all_who_repeat_it() -> None:
    record = check_record(Record(*STORY).book)
    (asked,) = [p for p in record["proposals"] if p["kind"] == "shared_toll"]
    assert asked["total"] == 12
    assert set(asked["reports"]) == {"a", "b", "e"}
    assert len(asked["incidents"]) == 2


def test_a_divided_toll_is_no_open_question_but_stays_visible() -> None:
    record = Record(*STORY)
    pages = pages_of(record.book)
    (asked,) = [q for q in questions_of(record.book, pages) if q.kind == "shared_toll"]
    parts = tuple(Part(code, Count.exactly(6)) for code in asked.incidents)
    record.decide(
        Decided(
            Verb.SPLIT_TOLL,
            "half and half",
            asked.incidents,
            asked.tellings,
            proposal=asked.id,
            parts=parts,
        )
    )
    pages = pages_of(record.book)
    assert not [q for q in questions_of(record.book, pages) if q.kind == "shared_toll"]
    (shown,) = [p for p in check_record(record.book)["proposals"] if p["kind"] == "shared_toll"]
    assert shown["state"].startswith("decided")


def test_copies_are_named_and_answers_carry_their_day() -> None:
    record = check_record(Record(*STORY).book)
    assert record["copies"] == {"e": "b"}
    mayadin = next(i for i in record["incidents"] if "c" in i["reports"])
    assert {"party": COALITION, "date": "2017-09-17"}.items() <= mayadin["responses"][0].items()


def test_a_rejected_incident_is_not_published() -> None:
    record = Record(STORY[2])
    code = record.code("c#0")
    record.decide(Decided(Verb.REJECT, "an exercise", (code,), ("c#0",)))
    assert check_record(record.book)["incidents"] == []
