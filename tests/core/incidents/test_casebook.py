"""The fold over the ledger: what is together, under which code, whoever came first."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan.core.errors import Refused, UnknownName
from bilan.core.incidents.entries import (
    Decided,
    Erased,
    Linked,
    ReadingMade,
    ReportCaptured,
    Verb,
)
from bilan.core.incidents.shelf import CodeGiven
from bilan.core.values import Cause, Place
from tests.core.incidents.made import (
    ASHARAH,
    COALITION,
    DEIR_EZ_ZOR,
    MAHKAN,
    MAYADIN,
    RUSSIA,
    SANA,
    SYRIAN_MEDIA,
    Record,
    account,
    at,
    report,
    says,
    shared,
    with_role,
)

Made = tuple[ReportCaptured, ReadingMade]
BOAT = "Their aircraft sank a boat on the river that evening, the office said in writing."
STORY = [
    report("a", account(killed=(12, None)), voices=[SYRIAN_MEDIA], text=BOAT),
    report("b", *shared(12, MAYADIN, MAHKAN), voices=[SANA]),
    report("c", account(killed=5, injured=2)),
    report("d", account(MAHKAN, killed=(9, 19))),
    report("e", account(DEIR_EZ_ZOR, killed=(12, None)), voices=[SANA]),
    report("f", account(when=None, killed=12), published="2017-09-19", voices=[SYRIAN_MEDIA]),
    report("g", account(when="2017-09-14", killed=13), published="2017-09-15"),
    report("h", account(when="2017-09-24", killed=(7, 10)), published="2017-09-25"),
    report(
        "i",
        account(DEIR_EZ_ZOR, statements=says(COALITION, "acknowledges_strike")),
        kind="official",
        text="One strike; a boat was destroyed.",
    ),
    report(
        "j",
        account(MAHKAN, statements=says(COALITION, "finds_not_credible")),
        account(when="2017-09-24", statements=says(COALITION, "finds_not_credible")),
        kind="official",
        published="2018-06-28",
    ),
]
TOGETHER = {
    frozenset({"a#0", "b#0", "c#0", "e#0", "f#0", "i#0"}),
    frozenset({"b#1", "d#0", "j#0"}),
    frozenset({"g#0"}),
    frozenset({"h#0", "j#1"}),
}


def test_two_towns_of_one_night_stay_two_and_their_reports_come_together() -> None:
    assert Record(*STORY).groups() == TOGETHER


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_change_who_is_together(shuffled: random.Random) -> None:
    story = list(STORY)
    shuffled.shuffle(story)
    assert Record(*story).groups() == TOGETHER


def test_replaying_the_ledger_gives_the_same_state() -> None:
    record = Record(*STORY)
    record.decide(Decided(Verb.DIFFERENT, "another street", tellings=("c#0", "a#0")))
    again = record.replayed()
    assert again.shelf.placed == record.book.shelf.placed
    assert again.shelf.codes == record.book.shelf.codes
    assert again.shelf.decisions == record.book.shelf.decisions


def test_who_is_blamed_neither_links_nor_separates() -> None:
    blamed = [
        report("x", account(killed=4, alleged_perpetrators=(COALITION,))),
        report("y", account(killed=4, alleged_perpetrators=(RUSSIA,))),
    ]
    assert Record(*blamed).groups() == {frozenset({"x#0", "y#0"})}


def test_a_code_is_given_once_and_outlives_every_later_report() -> None:
    record = Record(STORY[0])
    code = record.code("a#0")
    for one in STORY[1:]:
        record.add(one)
    assert record.code("a#0") == code
    assert record.book.resolve(code) == code


def test_an_incident_that_turns_out_to_be_another_leaves_a_redirect() -> None:
    vague = report("v", account(DEIR_EZ_ZOR, killed=12), voices=[SANA])
    other = report("w", account(killed=12), voices=[SANA])
    third = report("z", account(killed=(12, None)), voices=[SANA], published="2017-09-18")
    record = Record(vague, other, third)
    assert record.groups() == {frozenset({"v#0", "w#0", "z#0"})}
    for code in record.book.shelf.codes:
        assert record.book.resolve(code) == record.code("w#0")


def test_neighbours_in_one_town_on_other_days_are_never_merged() -> None:
    days = [f"2017-09-{d:02}" for d in range(10, 20, 2)]
    record = Record(*(report(d, account(when=d, killed=7), published="2017-10-01") for d in days))
    assert len(record.groups()) == len(days)


def test_two_neighbourhoods_of_one_city_are_two_incidents() -> None:
    north = report("n", account(_quarter("North", 35.96), killed=3))
    south = report("s", account(_quarter("South", 35.93), killed=3))
    assert len(Record(north, south).groups()) == 2


def _quarter(name: str, lat: float) -> Place:
    return at(name, lat, 39.01, "neighbourhood", 1)


def test_one_report_never_tells_one_incident_twice() -> None:
    twice = report("t", account(killed=3), account(killed=4))
    assert Record(twice).groups() == {frozenset({"t#0"}), frozenset({"t#1"})}


def test_an_event_that_is_only_recalled_opens_no_incident() -> None:
    record = Record(report("r", account(killed=12, role="background"), published="2022-09-16"))
    assert record.groups() == set()
    (waiting,) = record.book.pool()
    assert "recalls" in waiting.why[0]


def test_a_recalled_event_joins_what_is_told_when_that_comes_later() -> None:
    recall = report("r", account(killed=12, role="background"), published="2022-09-16")
    record = Record(recall, report("c", account(killed=12)))
    assert record.groups() == {frozenset({"r#0", "c#0"})}


def test_an_answer_to_an_incident_that_nobody_reported_waits() -> None:
    record = Record(STORY[9])
    assert record.groups() == set()
    assert all("answers no incident" in p.why[0] for p in record.book.pool())


def test_a_strike_release_is_not_forced_where_no_object_ties_it() -> None:
    release = report(
        "i",
        account(DEIR_EZ_ZOR, statements=says(COALITION, "acknowledges_strike")),
        kind="official",
        text="One strike destroyed a command post.",
    )
    record = Record(STORY[0], release)
    placed = record.book.shelf.placed["i#0"]
    assert placed.code is None
    assert placed.rivals == (record.code("a#0"),)


def test_different_takes_a_report_out_and_withdrawing_brings_it_back() -> None:
    record = Record(*STORY)
    code = record.code("c#0")
    others = record.book.others(code, "c#0")
    seq = record.decide(Decided(Verb.DIFFERENT, "another house", (code,), ("c#0", *others)))
    assert frozenset({"c#0"}) in record.groups()
    assert record.code("a#0") == code
    own = record.code("c#0")
    record.withdraw(seq)
    assert record.groups() == TOGETHER
    assert record.book.resolve(own) == code


def test_same_merges_whole_incidents_and_what_comes_later() -> None:
    record = Record(*STORY)
    one, other = record.code("a#0"), record.code("d#0")
    anchors = (record.book.anchor(one), record.book.anchor(other))
    seq = record.decide(Decided(Verb.SAME, "one night", (one, other), anchors))
    record.add(report("k", account(MAHKAN, killed=9), published="2017-09-18"))
    merged = next(g for g in record.groups() if "a#0" in g)
    assert {"c#0", "d#0", "b#1", "k#0"} <= merged
    assert record.book.resolve(other) == record.book.resolve(one)
    record.withdraw(seq)
    assert record.code("d#0") == other
    assert record.code("k#0") == other


def test_a_decision_survives_every_later_report() -> None:
    record = Record(STORY[0], STORY[2])
    seq = record.decide(Decided(Verb.DIFFERENT, "two houses", tellings=("c#0", "a#0")))
    for one in (*STORY[1:2], *STORY[3:]):
        record.add(one)
    assert record.code("c#0") != record.code("a#0")
    assert record.book.shelf.decisions[seq].stands


def test_contradicting_decisions_are_shown_and_the_later_has_no_effect() -> None:
    record = Record(STORY[0], STORY[2])
    first = record.decide(Decided(Verb.SAME, "one house", tellings=("a#0", "c#0")))
    second = record.decide(Decided(Verb.DIFFERENT, "two", tellings=("a#0", "c#0")), by="boris")
    (conflict,) = record.book.conflicts()
    assert (conflict.earlier, conflict.later) == (first, second)
    assert record.code("a#0") == record.code("c#0")
    record.withdraw(first)
    assert record.book.conflicts() == ()
    assert record.code("a#0") != record.code("c#0")


def test_confirmed_incidents_are_joined_by_people_only() -> None:
    apart = [
        report("x", account(killed=4)),
        report("y", account(at_edge(), killed=4), published="2017-09-18"),
    ]
    record = Record(*apart)
    assert len(record.groups()) == 1
    record = Record(apart[0], report("q", account(ASHARAH, killed=4)))
    for telling in ("x#0", "q#0"):
        record.decide(Decided(Verb.ACCEPT, "seen", (record.code(telling),), (telling,)))
    copied = "Bombs fell on the market at noon and killed four people, the doctors there say."
    record.add(report("x", account(killed=4), text=copied))
    record.add(report("q", account(killed=4), text=copied))
    assert record.code("x#0") != record.code("q#0")


def at_edge() -> Place:
    return at("Al Mayadin", 35.03, 40.46)


def test_a_new_reading_keeps_places_and_decisions_though_accounts_change_numbers() -> None:
    record = Record(report("t", account(killed=3), account(MAHKAN, killed=4)))
    mayadin, mahkan = record.code("t#0"), record.code("t#1")
    seq = record.decide(Decided(Verb.ACCEPT, "seen", (mahkan,), ("t#1",)))
    record.add(report("t", account(MAHKAN, killed=5), account(killed=3)))
    assert (record.code("t#0"), record.code("t#1")) == (mahkan, mayadin)
    assert record.book.shelf.decisions[seq].tellings == ("t#0",)


def test_a_decision_about_an_account_that_is_read_no_more_is_to_be_looked_at_again() -> None:
    record = Record(report("t", account(killed=3), account(MAHKAN, killed=4)))
    seq = record.decide(Decided(Verb.REJECT, "an accident", tellings=("t#1",)))
    record.add(report("t", account(killed=3)))
    assert record.book.shelf.decisions[seq].lost == ("t#1",)


def test_a_rejected_telling_leaves_its_incident() -> None:
    record = Record(STORY[0], STORY[2])
    record.decide(Decided(Verb.REJECT, "a film set", tellings=("c#0",)))
    assert record.book.shelf.placed["c#0"].code is None
    assert record.groups() == {frozenset({"a#0"})}


def test_erasing_words_changes_no_number() -> None:
    record = Record(*STORY)
    before = record.groups()
    record.write(Erased("c", "consent withdrawn"))
    assert record.groups() == before
    assert record.book.shelf.erased["c"] == "consent withdrawn"


def test_redirects_in_a_circle_and_unknown_codes_are_refused() -> None:
    book = Record(STORY[0]).book
    book.shelf.codes["p"] = CodeGiven("p", "a#0", 1, "q")
    book.shelf.codes["q"] = CodeGiven("q", "a#0", 1, "p")
    with pytest.raises(Refused, match="circle"):
        book.resolve("p")
    with pytest.raises(UnknownName):
        book.resolve("SY-2017-09-16-xxxxx")


def test_linking_what_is_linked_changes_nothing() -> None:
    record = Record(*STORY)
    assert all(record.book.link([facts.report]) is None for facts, _ in STORY)


def test_every_link_says_why_in_words() -> None:
    record = Record(*STORY)
    linked = [e.body for e in record.ledger if isinstance(e.body, Linked)]
    placed = [p for body in linked for p in body.placed]
    assert placed
    assert all(p.why and all(words.strip() for words in p.why) for p in placed)


def test_the_same_account_as_news_and_as_recall_is_told_apart() -> None:
    recalled = with_role(account(killed=12), "background")
    record = Record(report("c", account(killed=12)), report("r", recalled, published="2018-01-01"))
    incident = record.book.incident(record.code("c#0"))
    assert [t.id for t in incident.news] == ["c#0"]
    assert [t.id for t in incident.recalls] == ["r#0"]


@given(st.permutations(STORY))
@settings(max_examples=10, deadline=None)
def test_reports_that_come_in_together_are_linked_as_one_by_one(order: list[Made]) -> None:
    record = Record()
    for facts, made in order:
        record.write(facts)
        record.write(made)
    for linked in record.book.link_each(facts.report for facts, _ in order):
        record.write(linked)
    assert record.groups() == Record(*STORY).groups()
    assert list(record.book.link_each(facts.report for facts, _ in order)) == []


@pytest.mark.parametrize("slip", [str.upper, lambda c: c.replace("S", "\u0405", 1)])
def test_a_code_that_only_looks_like_one_is_refused_with_the_one_meant(
    slip: Callable[[str], str],
) -> None:
    record = Record(*STORY)
    code = record.code("a#0")
    assert code is not None
    typed = slip(code)
    if typed == code:
        typed = code.replace("-", "\u2013")
    with pytest.raises(UnknownName, match=f"Do you mean {code}"):
        record.book.resolve(typed)
    with pytest.raises(UnknownName):
        record.book.resolve("SY-2017-09-16-zzzzz")
    assert record.book.hint("SY-2017-09-16-zzzzz") == ""


def test_a_report_of_the_second_of_two_shootings_joins_the_second_not_the_first() -> None:
    """What is told first seeks its like first, but not where what is told second fits better."""
    first, second = (account(MAYADIN, killed=killed, cause=Cause.SMALL_ARMS) for killed in (2, 5))
    record = Record(report("a", first, second), report("b", second))
    assert record.code("b#0") == record.code("a#1") != record.code("a#0")
