"""The worked examples of field practice, one by one, and what a trace has to answer."""

from __future__ import annotations

import gc
from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.core.claims.account import Label
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.entries import Decided, Part, ReadingMade, ReportCaptured, Verb
from bilan.core.incidents.incident import incident_of
from bilan.core.incidents.plain import to_plain
from bilan.core.incidents.telling import Figure
from bilan.core.reports.origins import Voice
from bilan.core.tolls.claims import Left
from bilan.core.tolls.ranges import Ranges, ranges_of
from bilan.core.tolls.residual import Residual, residual
from bilan.core.tolls.toll import Toll
from bilan.core.values import CivilianStatus, Count, Span
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
    tellings,
)

MONITOR = Voice("a1", "some_monitor")


Made = tuple[ReportCaptured, ReadingMade]


def ranges(*reports: Made, scheme: str = "airwars", as_of: date | None = None) -> Ranges:
    """The ranges of the one incident that these reports tell."""
    record = Record(*reports)
    (code,) = record.book.codes()
    return ranges_of(record.book.incident(code), record.book, scheme=scheme, as_of=as_of)


def killed(*reports: Made, scheme: str = "airwars") -> tuple[int | None, int | None, bool]:
    toll = ranges(*reports, scheme=scheme).toll("killed")
    return toll.low, toll.high, toll.open_above


def worded(label: str, low: int | None, high: int | None, form: str) -> Figure:
    return Figure(Label(label), Count(low, high), Span(0, 5), None, None, form)


AGENCY_12 = report("r1", account(killed=(12, None)), voices=[SANA])
AGENCY_15 = report("r3", account(killed=15), voices=[SANA], published="2017-09-18")
MONITOR_3 = report("r4", account(killed=3, injured=9), voices=[MONITOR])
DENIES = report(
    "r5",
    account(statements=says(COALITION, "disputes_target"), killed=(0, 0)),
    kind="official",
)


def test_1_an_agency_that_revises_itself_beside_a_monitor() -> None:
    copy = report("r2", account(killed=(12, None)), voices=[SANA], published="2017-09-19")
    told = ranges(AGENCY_12, copy, AGENCY_15, MONITOR_3, DENIES)
    assert _bounds(told.toll("killed")) == (3, 15, False)
    assert _bounds(told.toll("injured")) == (9, 9, False)
    assert (told.origins.count, told.origins.independent) == (2, 1)


def test_2_at_least_twelve_beside_three_stays_open_above() -> None:
    assert killed(AGENCY_12, MONITOR_3) == (3, 12, True)


def test_3_at_least_twelve_alone_is_twelve_or_more() -> None:
    assert killed(AGENCY_12) == (12, 12, True)


@pytest.mark.parametrize(("low", "named"), [(3, 10), (64, 130)])
def test_4_and_5_more_than_n_is_bounded_by_the_number_named(low: int, named: int) -> None:
    more = report(
        "m",
        account(killed=(named + 1, None)),
        voices=[MONITOR],
        figures=[worded("killed", named + 1, None, "more_than")],
    )
    assert killed(report("s", account(killed=low), voices=[SANA]), more) == (low, named, True)
    assert killed(more, scheme="literal") == (named + 1, None, True)


def test_8_dozens_injured_are_twelve_to_twenty_four_open_above() -> None:
    told = ranges(
        report(
            "d",
            account(injured=(24, None)),
            figures=[worded("injured", 24, None, "vague")],
        )
    )
    assert _bounds(told.toll("injured")) == (12, 24, True)


@pytest.mark.parametrize(
    ("scheme", "published"),
    [
        ("airwars", (10, 20, True)),
        ("literal", (20, None, True)),
        ("acled", (10, 10, False)),
        ("ged", (10, 20, True)),
    ],
)
def test_9_tens_killed_by_each_scheme(scheme: str, published: tuple[int, int | None, bool]) -> None:
    tens = report("t", account(killed=(20, None)), figures=[worded("killed", 20, None, "vague")])
    assert killed(tens, scheme=scheme) == published


def test_10_up_to_thirty_takes_its_floor_from_others() -> None:
    up_to = report("u", account(killed=(None, 30)), voices=[SANA])
    assert killed(up_to, report("e", account(killed=8), voices=[MONITOR])) == (8, 30, False)
    assert killed(up_to) == (0, 30, False)


def test_11_a_denial_does_not_lower_the_toll() -> None:
    five = report("m", account(killed=5), voices=[MONITOR])
    assert killed(five, DENIES) == (5, 5, False)


def test_12_an_independent_origin_that_says_fighter_opens_zero() -> None:
    one = report("c", account(killed=1), voices=[MONITOR])
    fighter = report(
        "f", account(fighters_killed=1, civilian_status=CivilianStatus.COMBATANT), voices=[SANA]
    )
    told = ranges(one, fighter)
    assert _bounds(told.toll("killed")) == (0, 1, False)
    assert any("fighter" in note for note in told.toll("killed").notes)


def test_13_a_wounded_person_who_dies_moves_once() -> None:
    first = report("f", account(killed=4, injured=10), voices=[MONITOR])
    later = report("l", account(killed=5), voices=[MONITOR], published="2017-09-24")
    record = Record(first, later)
    (code,) = record.book.codes()
    one = to_plain(Count.exactly(1))
    died = Decided(Verb.SET, "one of the wounded", (code,), ("f#0",), field="died_later", value=one)
    record.decide(died)
    told = ranges_of(record.book.incident(code), record.book)
    assert _bounds(told.toll("killed")) == (5, 5, False)
    assert _bounds(told.toll("injured")) == (9, 9, False)


def test_more_dead_of_the_same_origin_are_asked_about_and_nobody_is_moved_by_itself() -> None:
    first = report("f", account(killed=4, injured=10), voices=[MONITOR])
    later = report("l", account(killed=6), voices=[MONITOR], published="2017-09-24")
    told = ranges(first, later)
    assert _bounds(told.toll("injured")) == (10, 10, False)
    assert any("2 more killed" in note for note in told.toll("injured").notes)
    both = ranges(first, report("m", account(killed=5), voices=[SANA]))
    assert both.toll("injured").notes == ()


def test_a_long_incident_takes_no_more_than_its_share_of_time() -> None:
    def seconds(reports: int) -> float:
        told = tellings(
            *(
                report(f"r{n}", account(killed=n % 50), voices=[Voice(f"v{n}", f"k{n}")])
                for n in range(reports)
            )
        )
        incident = incident_of("X", told, ())
        gc.disable()  # a collection would look at all that other tests left in memory
        try:
            begun = process_time()
            ranges_of(incident, Casebook())
            return process_time() - begun
        finally:
            gc.enable()

    def least(reports: int) -> float:
        return min(seconds(reports) for _ in range(3))  # a busy machine only ever adds

    seconds(100)  # tables that are loaded once
    assert least(1600) < 10 * least(400)  # 4 times as long where it is linear, 16 where not


def test_14_bodies_recovered_are_not_counted_beside_the_dead() -> None:
    six = report("s", account(killed=6, missing=4), voices=[MONITOR])
    nine = report("n", account(killed=9), voices=[MONITOR], published="2017-09-18")
    told = ranges(six, nine)
    assert _bounds(told.toll("killed")) == (9, 9, False)
    assert _bounds(told.toll("missing")) == (1, 1, False)
    assert any("presumed" in note for note in told.toll("missing").notes)


def test_17_fourteen_outlets_that_repeat_an_agency_are_one_origin() -> None:
    outlets = [
        report(f"o{n}", account(killed=12), voices=[SANA], published="2017-09-18")
        for n in range(14)
    ]
    told = ranges(report("a", account(killed=12), voices=[SANA]), *outlets)
    assert _bounds(told.toll("killed")) == (12, 12, False)
    assert told.origins.count == 1
    assert len(told.origins.origins[0].reports) == 15


def test_18_fighters_are_taken_from_a_mixed_total() -> None:
    mixed = report(
        "m",
        account(fighters_killed=8),
        figures=[worded("total_killed_mixed", 20, 20, "exact")],
    )
    told = ranges(mixed)
    assert _bounds(told.toll("killed")) == (12, 12, False)
    assert _bounds(told.toll("fighters_killed")) == (8, 8, False)


def test_unknown_is_never_zero() -> None:
    told = ranges(report("u", account(injured=2)))
    toll = told.toll("killed")
    assert (toll.low, toll.high) == (None, None)


def test_a_shared_toll_enters_no_range_and_its_shortened_relays_neither() -> None:
    record = Record(
        report("a", account(killed=(12, None)), voices=[SYRIAN_MEDIA]),
        report("b", *shared(12, MAYADIN, MAHKAN), voices=[SANA]),
    )
    told = ranges_of(record.book.incident(record.code("a#0")), record.book)
    assert not told.toll("killed").known
    whys = {left.why for left in told.toll("killed").left_out}
    assert whys == {Left.SHARED}
    (waiting,) = told.shared
    assert waiting.total == Count.exactly(12)
    assert waiting.reports == ("b", "a")


def test_a_divided_toll_makes_the_range_where_nobody_else_tells() -> None:
    record = Record(
        report("b", *shared(12, MAYADIN, MAHKAN), voices=[SANA]),
        report("d", account(MAHKAN, killed=(9, 19)), voices=[MONITOR]),
    )
    mayadin, mahkan = record.code("b#0"), record.code("b#1")
    told = ranges_of(record.book.incident(mayadin), record.book).shared[0]
    parts = tuple(Part(c, Count.exactly(5 if c == mayadin else 7)) for c in told.codes)
    seq = record.decide(
        Decided(
            Verb.SPLIT_TOLL, "two lists", told.codes, told.tellings, proposal=told.id, parts=parts
        )
    )
    assert _killed_at(record, mayadin) == (5, 5, False)
    assert _killed_at(record, mahkan) == (9, 19, False)
    beside = ranges_of(record.book.incident(mahkan), record.book).toll("killed").left_out
    assert any("7 of 12, says amal" in left.words for left in beside)
    record.withdraw(seq)
    assert _killed_at(record, mayadin) == (None, None, False)


def _killed_at(record: Record, code: str) -> tuple[int | None, int | None, bool]:
    return _bounds(ranges_of(record.book.incident(code), record.book).toll("killed"))


def test_an_old_figure_copied_later_is_still_old() -> None:
    old = report("o", account(killed=(12, None)), voices=[SANA], published="2017-09-25")
    assert killed(AGENCY_12, AGENCY_15, old) == (15, 15, False)


def test_a_person_sets_a_range_with_a_reason_that_stays_visible() -> None:
    record = Record(AGENCY_12)
    code = record.code("r1#0")
    value = to_plain(Count(13, 14))
    record.decide(Decided(Verb.SET, "the list", (code,), ("r1#0",), field="killed", value=value))
    toll = ranges_of(record.book.incident(code), record.book).toll("killed")
    assert (toll.low, toll.high, toll.set_by) == (13, 14, "amal")
    assert any("the list" in note for note in toll.notes)


def test_a_rejected_figure_leaves_the_range_and_says_who_rejected_it() -> None:
    record = Record(AGENCY_15, MONITOR_3)
    record.decide(Decided(Verb.REJECT, "a slip", tellings=("r4#0",), field="killed"))
    (code,) = record.book.codes()
    told = ranges_of(record.book.incident(code), record.book)
    assert _bounds(told.toll("killed")) == (15, 15, False)
    assert _bounds(told.toll("injured")) == (9, 9, False)
    assert any("amal" in left.words for left in told.toll("killed").left_out)


def test_what_was_known_on_a_day() -> None:
    told = ranges(AGENCY_12, AGENCY_15, MONITOR_3, as_of=date(2017, 9, 17))
    assert _bounds(told.toll("killed")) == (3, 12, True)


def test_ibc_wants_two_origins_for_one_figure() -> None:
    alone = ranges(AGENCY_15, scheme="ibc").toll("killed")
    assert any("provisional" in note for note in alone.notes)
    others = [
        report(f"o{n}", account(killed=k), voices=[Voice(str(n), f"w{n}")])
        for n, k in enumerate((3, 3, 9, 9, 20))
    ]
    assert killed(*others, scheme="ibc") == (3, 9, False)


def test_a_campaign_total_is_left_out_and_says_so() -> None:
    told = ranges(
        report(
            "c",
            account(killed=3),
            figures=[
                worded("killed", 3, 3, "exact"),
                worded("cumulative_not_incident", 624, None, "at_least"),
            ],
        )
    )
    assert _bounds(told.toll("killed")) == (3, 3, False)
    (left,) = told.toll("killed").left_out
    assert left.why is Left.CUMULATIVE


def test_two_named_informants_of_one_report_are_two_voices() -> None:
    one, other = Voice("x", "health_ministry"), Voice("y", "rescue_service")
    figures = [
        Figure(Label.KILLED, Count.exactly(9), Span(0, 4), one),
        Figure(Label.KILLED, Count.exactly(14), Span(5, 9), other),
    ]
    told = ranges(report("two", account(killed=(9, 14)), voices=[one, other], figures=figures))
    assert _bounds(told.toll("killed")) == (9, 14, False)
    assert told.origins.count == 2


@given(st.lists(st.integers(min_value=1, max_value=400), min_size=1, max_size=6, unique=True))
def test_the_range_of_independent_origins_is_lowest_to_highest(numbers: list[int]) -> None:
    told = [report(f"n{n}", account(killed=n), voices=[Voice(f"v{n}", f"key{n}")]) for n in numbers]
    assert killed(*told) == (min(numbers), max(numbers), False)


def _bounds(toll: Toll) -> tuple[int | None, int | None, bool]:
    return toll.low, toll.high, toll.open_above


def test_16_a_cumulative_claim_stands_beside_with_its_residual() -> None:
    assert residual(Count(100, 120), 40, 70) == Residual(30, 80)
    assert residual(Count(20, None), 40, 70) == Residual(0, None)
    assert residual(Count(20, 30), 40, 70) == Residual(0, 0)
