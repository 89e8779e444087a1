"""Every scheme on the worked examples of field practice, and the laws that hold under each."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan.core.claims.account import Label
from bilan.core.errors import UnknownName
from bilan.core.incidents.entries import Decided, Verb
from bilan.core.incidents.plain import to_plain
from bilan.core.incidents.telling import Figure
from bilan.core.incidents.voices import origins_in
from bilan.core.reports.origins import Voice
from bilan.core.tolls.claims import BY_NAME, claims_of
from bilan.core.tolls.ranges import Ranges, ranges_of
from bilan.core.tolls.schemes import scheme_named, schemes
from bilan.core.tolls.toll import Identified, Toll, reckon
from bilan.core.values import CivilianStatus, Count, Span
from tests.core.incidents.made import SANA, Record, account, report
from tests.core.tolls.test_worked_examples import AGENCY_12, AGENCY_15, MONITOR, MONITOR_3, Made

Bounds = tuple[int | None, int | None, bool]
NAMES = tuple(schemes())


def ranges(*reports: Made, scheme: str) -> Ranges:
    record = Record(*reports)
    (code,) = record.book.codes()
    return ranges_of(record.book.incident(code), record.book, scheme=scheme)


def bounds(toll: Toll) -> Bounds:
    return toll.low, toll.high, toll.open_above


def said(
    name: str,
    low: int | None,
    high: int | None,
    form: str,
    *,
    by: Voice | None = None,
    measure: str = "killed",
) -> Made:
    """A report of one voice with one number, worded in that form."""
    figure = Figure(Label(measure), Count(low, high), Span(0, 5), None, None, form)
    told: dict[str, Any] = {measure: (low, high)}
    return report(
        name,
        account(**told),
        voices=[by or Voice(f"v{name}", f"key_{name}")],
        figures=[figure],
    )


MORE_THAN_10 = said("m", 11, None, "more_than", by=MONITOR)
MORE_THAN_130 = said("n", 131, None, "more_than", by=MONITOR)
UP_TO_30 = said("u", None, 30, "up_to", by=SANA)
DOZENS = said("d", 24, None, "vague")
TENS = said("t", 20, None, "vague")
HUNDREDS = said("h", 200, None, "vague")
SEVERAL = said("s", 3, None, "vague")
PLURAL = said("p", 2, None, "plural")
ONE = said("c", 1, 1, "exact", by=MONITOR)
FIGHTER = report(
    "f", account(fighters_killed=1, civilian_status=CivilianStatus.COMBATANT), voices=[SANA]
)

# What the claims of each example publish, in the order of the schemes: airwars, ibc, acled, ged,
# literal, latest (field practice, 6.3 and 6.5).
EXAMPLES: dict[str, tuple[tuple[Made, ...], tuple[Bounds, ...]]] = {
    "1": (
        (AGENCY_12, AGENCY_15, MONITOR_3),
        ((3, 15, False), (3, 15, False), (3, 3, False), *[(3, 15, False)] * 3),
    ),
    "2": (
        (AGENCY_12, MONITOR_3),
        (
            *[(3, 12, True)] * 2,
            (3, 3, False),
            (3, 12, True),
            (3, None, True),
            (3, 12, True),
        ),
    ),
    "3": (
        (AGENCY_12,),
        (
            *[(12, 12, True)] * 2,
            (12, 12, False),
            (12, 12, True),
            (12, None, True),
            (12, 12, True),
        ),
    ),
    "4": (
        (said("s", 3, 3, "exact", by=SANA), MORE_THAN_10),
        (*[(3, 10, True)] * 2, (3, 3, False), (3, 10, True), (3, None, True), (3, 11, True)),
    ),
    "5": (
        (said("s", 64, 64, "exact", by=SANA), MORE_THAN_130),
        (
            *[(64, 130, True)] * 2,
            (64, 64, False),
            (64, 130, True),
            (64, None, True),
            (64, 131, True),
        ),
    ),
    "dozens": (
        (DOZENS,),
        (
            *[(12, 24, True)] * 2,
            (12, 12, False),
            (12, 24, True),
            (24, None, True),
            (24, 24, True),
        ),
    ),
    "9": (
        (TENS,),
        (
            *[(10, 20, True)] * 2,
            (10, 10, False),
            (10, 20, True),
            (20, None, True),
            (20, 20, True),
        ),
    ),
    "hundreds": (
        (HUNDREDS,),
        (
            *[(100, 200, True)] * 2,
            (100, 100, False),
            (100, 200, True),
            (200, None, True),
            (200, 200, True),
        ),
    ),
    "several": (
        (SEVERAL,),
        (*[(2, 2, True)] * 2, (3, 3, False), (2, 2, True), (3, None, True), (3, 3, True)),
    ),
    "plural": (
        (PLURAL,),
        (*[(2, 2, True)] * 2, (3, 3, False), (2, 2, True), (2, None, True), (2, 2, True)),
    ),
    "10": (
        (UP_TO_30, said("e", 8, 8, "exact", by=MONITOR)),
        (*[(8, 30, False)] * 2, (8, 8, False), *[(8, 30, False)] * 3),
    ),
    "10 alone": (
        (UP_TO_30,),
        (*[(0, 30, False)] * 2, (0, 0, False), (0, 30, False), *[(None, 30, False)] * 2),
    ),
    "12": (
        (ONE, FIGHTER),
        (*[(0, 1, False)] * 2, (0, 0, False), *[(0, 1, False)] * 3),
    ),
}
CASES = [
    pytest.param(told, name, due, id=f"{number} {name}")
    for number, (told, published) in EXAMPLES.items()
    for name, due in zip(NAMES, published, strict=True)
]


@pytest.mark.parametrize(("told", "name", "due"), CASES)
def test_each_scheme_publishes_the_worked_examples_as_its_words_say(
    told: tuple[Made, ...], name: str, due: Bounds
) -> None:
    assert bounds(ranges(*told, scheme=name).toll("killed")) == due


def test_8_dozens_of_wounded_are_published_as_dozens_of_dead_are() -> None:
    injured = said("d", 24, None, "vague", measure="injured")
    published = [bounds(ranges(injured, scheme=n).toll("injured")) for n in NAMES]
    assert tuple(published) == EXAMPLES["dozens"][1]


def test_the_schemes_are_those_of_the_contract_and_each_names_its_version() -> None:
    assert NAMES == ("airwars", "ibc", "acled", "ged", "literal", "latest")
    told = [ranges(AGENCY_12, scheme=name).scheme for name in NAMES]
    assert [version.rpartition("-")[0] for version in told] == list(NAMES)
    with pytest.raises(UnknownName, match="guess"):
        scheme_named("guess")


def test_a_person_sets_the_best_estimate_of_ged_and_of_no_other_scheme() -> None:
    record = Record(AGENCY_15, MONITOR_3)
    (code,) = record.book.codes()
    assert _killed(record, code, "ged").best == 3
    six = to_plain(Count.exactly(6))
    record.decide(Decided(Verb.SET, "the morgue", (code,), ("r3#0",), field="best", value=six))
    toll = _killed(record, code, "ged")
    assert (bounds(toll), toll.best) == ((3, 15, False), 6)
    assert any("best set by amal" in note for note in toll.notes)
    assert [_killed(record, code, name).best for name in NAMES] == [None, None, 3, 6, None, None]


def test_ibc_takes_each_bound_from_a_figure_that_two_origins_publish() -> None:
    wide = said("w", 3, 20, "range")
    narrow = said("x", 3, 5, "range")
    other = said("y", 5, 5, "exact")
    assert bounds(ranges(wide, narrow, other, scheme="ibc").toll("killed")) == (3, 5, False)


# -- the dead whom lists name -------------------------------------------------------------------


def _killed(record: Record, code: str, scheme: str = "airwars") -> Toll:
    return ranges_of(record.book.incident(code), record.book, scheme=scheme).toll("killed")


def _named(record: Record, code: str, people: int) -> int:
    return record.decide(
        Decided(
            Verb.SET,
            "the town's list",
            (code,),
            (record.book.anchor(code),),
            field="named_killed",
            value=to_plain(Count.exactly(people)),
        )
    )


def test_named_dead_raise_the_floor_and_the_trace_says_so() -> None:
    record = Record(AGENCY_12, MONITOR_3)
    (code,) = record.book.codes()
    seq = _named(record, code, 14)
    toll = _killed(record, code)
    assert bounds(toll) == (14, 14, True)
    assert toll.set_low == ("a list names 14 people",)
    record.withdraw(seq)
    assert bounds(_killed(record, code)) == (3, 12, True)


def test_fewer_named_than_counted_lower_nothing() -> None:
    record = Record(AGENCY_15)
    (code,) = record.book.codes()
    _named(record, code, 2)
    assert bounds(_killed(record, code)) == (15, 15, False)


def test_6_named_and_described_people_widen_what_reports_say() -> None:
    record = Record(said("a", 50, None, "at_least"), said("b", 69, 69, "exact"))
    (code,) = record.book.codes()
    incident = record.book.incident(code)
    toll = reckon(
        claims_of(incident.news, BY_NAME["killed"]),
        origins_in(incident),
        scheme_named("airwars"),
        identified=Identified(named=65, described=8),
    )
    assert bounds(toll) == (65, 73, False)


def test_7_five_named_dead_are_more_than_at_least_four() -> None:
    four = report(
        "l", account(killed=(4, None), is_update=True), voices=[MONITOR], published="2017-09-19"
    )
    record = Record(report("f", account(killed=1), voices=[MONITOR]), four)
    (code,) = record.book.codes()
    assert bounds(_killed(record, code)) == (4, 4, True)
    _named(record, code, 5)
    assert bounds(_killed(record, code)) == (5, 5, True)


def test_named_dead_are_known_where_no_report_gives_a_number() -> None:
    record = Record(report("u", account(injured=2)))
    (code,) = record.book.codes()
    _named(record, code, 3)
    assert bounds(_killed(record, code)) == (3, 3, True)
    assert bounds(_killed(record, code, "literal")) == (3, None, True)
    assert bounds(_killed(record, code, "acled")) == (3, 3, False)


def test_nobody_opens_zero_below_the_dead_who_have_names() -> None:
    record = Record(ONE, FIGHTER)
    (code,) = record.book.codes()
    _named(record, code, 1)
    assert bounds(_killed(record, code)) == (1, 1, False)
    assert any("fighters" in note for note in _killed(record, code).notes)


# -- laws ---------------------------------------------------------------------------------------

counts = st.one_of(
    st.integers(0, 400).map(lambda n: (n, n, "exact")),
    st.integers(0, 400).map(lambda n: (n, None, "at_least")),
    st.integers(0, 400).map(lambda n: (n + 1, None, "more_than")),
    st.integers(1, 400).map(lambda n: (None, n, "up_to")),
    st.tuples(st.integers(0, 200), st.integers(0, 200)).map(lambda p: (min(p), max(p), "range")),
    st.sampled_from([2, 3, 20, 24, 200, 2000]).map(lambda n: (n, None, "vague")),
    st.just((2, None, "plural")),
)
several = st.lists(counts, min_size=1, max_size=5)
LAWS = settings(max_examples=60, deadline=None)


def _told(found: list[tuple[int | None, int | None, str]]) -> list[Made]:
    return [said(f"n{i}", low, high, form) for i, (low, high, form) in enumerate(found)]


@pytest.mark.parametrize("name", NAMES)
@LAWS
@given(several)
def test_no_minimum_is_above_its_maximum(
    name: str, found: list[tuple[int | None, int | None, str]]
) -> None:
    toll = ranges(*_told(found), scheme=name).toll("killed")
    assert toll.known
    assert toll.low is None or toll.high is None or toll.low <= toll.high
    assert toll.high is not None or toll.open_above


@pytest.mark.parametrize("name", NAMES)
@LAWS
@given(several, st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_no_range(
    name: str, found: list[tuple[int | None, int | None, str]], chance: object
) -> None:
    reports = _told(found)
    shuffled = list(reports)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (ranges(*r, scheme=name).toll("killed") for r in (reports, shuffled))
    assert bounds(one) == bounds(other)


@pytest.mark.parametrize("name", NAMES)
@LAWS
@given(several, st.data())
def test_a_copy_changes_no_range(
    name: str, found: list[tuple[int | None, int | None, str]], data: st.DataObject
) -> None:
    reports = _told(found)
    which = data.draw(st.integers(0, len(found) - 1))
    low, high, form = found[which]
    copy = said("copy", low, high, form, by=Voice(f"vn{which}", f"key_n{which}"))
    one = ranges(*reports, scheme=name)
    other = ranges(*reports, copy, scheme=name)
    assert bounds(one.toll("killed")) == bounds(other.toll("killed"))
    assert one.origins.count == other.origins.count


@pytest.mark.parametrize("name", ["airwars", "ged", "literal", "latest"])
@LAWS
@given(several, counts)
def test_another_independent_origin_never_narrows_a_range(
    name: str,
    found: list[tuple[int | None, int | None, str]],
    more: tuple[int | None, int | None, str],
) -> None:
    before = ranges(*_told(found), scheme=name).toll("killed")
    after = ranges(*_told([*found, more]), scheme=name).toll("killed")
    lows = {v.bounds.low for v in before.voted} - {None}
    if lows and before.low is not None and after.low is not None:
        assert after.low <= before.low
    if before.high is not None and after.high is not None:
        assert after.high >= before.high


@LAWS
@given(several, st.integers(0, 500))
def test_naming_people_never_lowers_a_bound(
    found: list[tuple[int | None, int | None, str]], people: int
) -> None:
    record = Record(*_told(found))
    (code,) = record.book.codes()
    before = _killed(record, code)
    _named(record, code, people)
    after = _killed(record, code)
    assert (after.low or 0) == max(before.low or 0, people)
    assert after.high is None or before.high is None or after.high >= before.high
