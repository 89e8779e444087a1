"""Why a number changed: every move has its entry, and no entry moves what it did not touch."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bilan.core.incidents.entries import Decided, Entry, Part, Verb
from bilan.core.incidents.plain import to_plain
from bilan.core.publication.check import page_of, pages_of
from bilan.core.publication.history import (
    History,
    Step,
    history_of,
    published_steps,
    watch_all,
    watch_one,
)
from bilan.core.publication.totals import sums_of
from bilan.core.reports.origins import Voice
from bilan.core.tolls.ranges import ranges_of
from bilan.core.values import Count
from tests.core.incidents.made import MAHKAN, MAYADIN, SANA, Record, account, report, shared

MONITOR = Voice("a1", "some_monitor")
AGENCY_12 = report("r1", account(killed=(12, None)), voices=[SANA])
AGENCY_15 = report("r3", account(killed=15), voices=[SANA], published="2017-09-18")
MONITOR_3 = report("r4", account(killed=3), voices=[MONITOR], published="2017-09-19")


def history(record: Record, code: str, after: int = 0) -> History:
    return history_of(record.ledger, watch_one(code, scheme="airwars"), after=after)


def killed(step: Step) -> tuple[int | None, int | None]:
    (moved,) = step.moved
    assert moved.field == "killed"
    return moved.after.low, moved.after.high


def the_code(record: Record) -> str:
    (code,) = record.book.codes()
    return code


def test_each_report_that_moves_a_bound_is_named_with_its_claim() -> None:
    record = Record(AGENCY_12, AGENCY_15, MONITOR_3)
    steps = history(record, the_code(record)).steps
    assert [killed(step) for step in steps] == [(12, 12), (15, 15), (3, 15)]
    assert "r3 tied to it" in steps[1].what
    (moved,) = steps[1].moved
    assert [claim.report for claim in moved.came] == ["r3"]
    assert [(claim.report, why) for claim, why in moved.went] == [
        ("r1", "the same origin gives 15 later")
    ]


def test_a_copy_is_no_change_of_a_number() -> None:
    copy = report("r2", account(killed=(12, None)), voices=[SANA], published="2017-09-19")
    record = Record(AGENCY_12, copy)
    assert len(history(record, the_code(record)).steps) == 1


def test_a_decision_and_its_withdrawal_are_two_steps_with_names_and_reasons() -> None:
    record = Record(AGENCY_12)
    code = the_code(record)
    seen = len(record.ledger)
    value = to_plain(Count(13, 14))
    seq = record.decide(
        Decided(Verb.SET, "the graves", (code,), ("r1#0",), field="killed", value=value)
    )
    record.withdraw(seq)
    found = history(record, code, after=seen)
    assert [(step.entry, step.by, step.because) for step in found.steps] == [
        (seq, "amal", "the graves"),
        (seq + 1, "boris", "a slip"),
    ]
    assert [killed(step) for step in found.steps] == [(13, 14), (12, 12)]
    assert found.before[code].ranges.toll("killed").low == 12


def test_a_merge_says_which_code_came_and_by_whose_decision() -> None:
    record = Record(AGENCY_12, report("x", account(MAHKAN, "2017-10-05", 4), voices=[MONITOR]))
    one, other = record.code("r1#0"), record.code("x#0")
    assert one != other
    seq = record.decide(Decided(Verb.SAME, "one street", (one, other), ("r1#0", "x#0")))
    kept = record.book.resolve(one)
    gone = ({one, other} - {kept}).pop()
    (_, merged) = history(record, kept).steps
    assert f"{gone} became {kept}" in merged.what
    assert f"after entry {seq} by amal" in merged.what


def test_the_old_code_of_a_merged_incident_tells_the_same_end() -> None:
    record = Record(AGENCY_12, report("x", account(MAHKAN, "2017-10-05", 4), voices=[MONITOR]))
    one, other = record.code("r1#0"), record.code("x#0")
    record.decide(Decided(Verb.SAME, "one street", (one, other), ("r1#0", "x#0")))
    ends = [history(record, code).after[code].ranges.toll("killed") for code in (one, other)]
    assert (ends[0].low, ends[0].high) == (ends[1].low, ends[1].high) == (4, 12)


def test_dividing_a_shared_toll_moves_both_incidents() -> None:
    record = Record(report("b", *shared(12, MAYADIN, MAHKAN), voices=[SANA]))
    codes = record.code("b#0"), record.code("b#1")
    seen = len(record.ledger)
    toll = ranges_of(record.book.incident(codes[0]), record.book).shared[0]
    parts = tuple(Part(c, Count.exactly(6)) for c in toll.codes)
    divided = Decided(
        Verb.SPLIT_TOLL, "lists", toll.codes, toll.tellings, proposal=toll.id, parts=parts
    )
    seq = record.decide(divided)
    found = history_of(record.ledger, watch_all(lambda _: True, scheme="airwars"), after=seen)
    assert {(step.entry, step.code) for step in found.steps} == {(seq, c) for c in codes}
    assert sums_of(found.before.values())["killed"].known == 0
    assert sums_of(found.after.values())["killed"].low == 12


def test_a_rejected_incident_leaves_the_total_and_the_step_says_so() -> None:
    record = Record(AGENCY_12)
    code = the_code(record)
    seq = record.decide(Decided(Verb.REJECT, "an exercise", (code,), ("r1#0",)))
    found = history_of(record.ledger, watch_all(lambda _: True, scheme="airwars"), after=seq - 1)
    (step,) = found.steps
    assert (step.entry, step.after, found.after) == (seq, None, {})


def test_a_report_read_anew_moves_the_number_at_its_reading() -> None:
    record = Record(AGENCY_12)
    seq = record.write(report("r1", account(killed=13), voices=[SANA])[1])
    steps = history(record, the_code(record)).steps
    assert (steps[-1].entry, killed(steps[-1])) == (seq, (13, 13))
    assert "read anew" in steps[-1].what


def test_what_was_published_by_each_day_is_told_apart_from_when_it_came_in() -> None:
    record = Record(MONITOR_3, AGENCY_15, AGENCY_12)  # came in newest first
    page = page_of(record.book.incident(the_code(record)), record.book)
    found = published_steps(
        page, record.book, since=date(2017, 9, 17), until=date(2017, 9, 18), scheme="airwars"
    )
    assert [(step.at, killed(step)) for step in found.steps] == [("2017-09-18", (15, 15))]
    assert found.before[page.incident.code].ranges.toll("killed").high == 12


numbers = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 40), st.integers(17, 25)), min_size=1, max_size=7
)


@settings(max_examples=40, deadline=None)
@given(numbers, st.integers(0, 25))
def test_the_steps_lead_from_what_stood_first_to_what_stands_now(
    told: list[tuple[int, int, int]], after: int
) -> None:
    record = Record()
    for i, (voice, dead, published) in enumerate(told):
        record.add(
            report(
                f"n{i}",
                account(killed=dead),
                voices=[Voice(f"v{voice}", f"key{voice}")],
                published=f"2017-09-{published}",
            )
        )
    found = history_of(record.ledger, watch_all(lambda _: True, scheme="airwars"), after=after)
    assert _numbers(found.after) == {
        page.incident.code: _bounds(page) for page in pages_of(record.book)
    }
    now = _numbers(found.before)
    for step in found.steps:
        assert now.get(step.code, (None, None)) == (
            step.moved[0].before.low,
            step.moved[0].before.high,
        )
        now[step.code] = (step.moved[0].after.low, step.moved[0].after.high)
    assert {c: b for c, b in now.items() if b != (None, None)} == _numbers(found.after)


def _numbers(pages: object) -> dict[str, tuple[int | None, int | None]]:
    assert isinstance(pages, dict)
    return {code: _bounds(page) for code, page in pages.items()}


def _bounds(page: object) -> tuple[int | None, int | None]:
    toll = page.ranges.toll("killed")  # type: ignore[attr-defined]
    return toll.low, toll.high


def test_an_incident_that_is_not_there_yet_has_no_numbers() -> None:
    record = Record(AGENCY_12)
    later: list[Entry] = record.ledger[:1]
    found = history_of(later, watch_one(the_code(record), scheme="airwars"), after=0)
    assert found == History({}, (), {})
