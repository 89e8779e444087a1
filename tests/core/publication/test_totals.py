"""Nobody is counted twice in a total, whatever is copied, shared, merged, split or withdrawn."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bilan.core.assessments.grades import Grade, graded
from bilan.core.claims.account import Account, Label
from bilan.core.incidents.entries import Decided, Part, Verb
from bilan.core.incidents.plain import to_plain
from bilan.core.incidents.telling import Figure
from bilan.core.publication.check import pages_of
from bilan.core.publication.questions import disagreements
from bilan.core.publication.selection import Selection
from bilan.core.publication.totals import Total, total_over
from bilan.core.reports.origins import Voice
from bilan.core.tolls.claims import Left
from bilan.core.tolls.ranges import ranges_of
from bilan.core.values import Count, Place, Span
from tests.core.incidents.made import (
    ASHARAH,
    COALITION,
    MAHKAN,
    MAYADIN,
    RUSSIA,
    SANA,
    Record,
    account,
    report,
    says,
    shared,
)


def voice(name: str) -> Voice:
    return Voice(f"v{name}", f"key_{name}")


def total(record: Record, **asked: str) -> Total:
    chosen = Selection(**asked)  # type: ignore[arg-type]
    pages = (page for page in pages_of(record.book) if chosen.takes(page))
    return total_over(pages, record.book, scheme="airwars")


def killed(record: Record, **asked: str) -> tuple[int, int]:
    one = total(record, **asked).sums["killed"]
    return one.low, one.high


def three() -> Record:
    """A (Coalition) 3 to 5; B (Russia) 2; C (Coalition or Russia) 4 to 7."""
    return Record(
        report("a1", _blamed(MAYADIN, "2017-09-01", 3, COALITION), voices=[voice("m")]),
        report("a2", _blamed(MAYADIN, "2017-09-01", 5, COALITION), voices=[voice("n")]),
        report("b1", _blamed(MAHKAN, "2017-10-05", 2, RUSSIA), voices=[voice("m")]),
        report("c1", _blamed(ASHARAH, "2017-11-20", 4, COALITION), voices=[voice("m")]),
        report("c2", _blamed(ASHARAH, "2017-11-20", 7, RUSSIA), voices=[voice("n")]),
    )


def _blamed(where: Place, when: str, dead: int, party: str) -> Account:
    return account(where, when, dead, alleged_perpetrators=(party,))


def test_15_totals_of_parties_are_not_additive_and_the_grand_total_counts_each_once() -> None:
    record = three()
    assert killed(record, party=COALITION) == (7, 12)
    assert killed(record, party=RUSSIA) == (6, 9)
    assert killed(record) == (9, 14)


def test_grades_apart_make_the_whole_and_no_incident_is_in_two() -> None:
    found = total(three())
    for name, whole in found.sums.items():
        parts = [sums[name] for sums in found.by_grade.values()]
        assert sum(p.known + p.unknown for p in parts) == len(found.pages)
        assert (sum(p.low for p in parts), sum(p.high for p in parts)) == (whole.low, whole.high)


def test_an_incident_that_two_filters_ask_for_is_one_in_each() -> None:
    record = three()
    assert killed(record, place="Asharah") == (4, 7)
    assert killed(record, place="Asharah", party=COALITION) == (4, 7)
    assert killed(record, place="deir ez-zor") == killed(record)


def test_copies_add_nobody() -> None:
    record = three()
    before = killed(record)
    for n in range(3):
        record.add(
            report(
                f"copy{n}",
                _blamed(MAHKAN, "2017-10-05", 2, RUSSIA),
                voices=[voice("m")],
                published="2017-10-09",
            )
        )
    assert killed(record) == before


def test_a_shared_toll_is_counted_once_however_it_is_divided() -> None:
    record = Record(report("b", *shared(12, MAYADIN, MAHKAN), voices=[SANA]))
    codes = record.code("b#0"), record.code("b#1")
    toll = ranges_of(record.book.incident(codes[0]), record.book).shared[0]
    assert (killed(record), len(total(record).shared)) == ((0, 0), 1)
    for first in (5, 12, 0):
        parts = tuple(
            Part(c, Count.exactly(first if c == codes[0] else 12 - first)) for c in toll.codes
        )
        seq = record.decide(
            Decided(
                Verb.SPLIT_TOLL, "lists", toll.codes, toll.tellings, proposal=toll.id, parts=parts
            )
        )
        assert (killed(record), total(record).shared) == ((12, 12), ())
        record.withdraw(seq)
    assert (killed(record), len(total(record).shared)) == ((0, 0), 1)


def test_merging_the_two_places_of_a_shared_toll_counts_it_once() -> None:
    record = Record(report("b", *shared(12, MAYADIN, MAHKAN), voices=[SANA]))
    codes = record.code("b#0"), record.code("b#1")
    record.decide(Decided(Verb.SAME, "one village", codes, ("b#0", "b#1")))
    assert record.book.resolve(codes[0]) == record.book.resolve(codes[1])
    assert killed(record) == (12, 12)


def test_what_a_person_set_is_not_in_both_parts_of_an_incident_that_is_split() -> None:
    record = Record(
        report("x", account(killed=5), voices=[voice("m")]),
        report("y", account(killed=5), voices=[voice("n")], published="2017-09-18"),
        report("z", account(killed=6), voices=[voice("o")], published="2017-09-19"),
    )
    (code,) = record.book.codes()
    anchor = record.book.anchor(code)
    nine = to_plain(Count.exactly(9))
    for field in ("killed", "named_killed"):
        record.decide(
            Decided(
                Verb.SET,
                "graves",
                (code,),
                (anchor,),
                field=field,
                value=nine,
            )
        )
    assert killed(record) == (9, 9)
    others = tuple(t for t in ("x#0", "y#0", "z#0") if t != anchor)
    record.decide(Decided(Verb.DIFFERENT, "two strikes", (), (anchor, *others)))
    assert len(tuple(record.book.codes())) == 2
    set_by = [page.ranges.toll("killed").set_by for page in pages_of(record.book)]
    assert sorted(map(str, set_by)) == ["None", "amal"]
    low, high = killed(record)
    assert (low, high) == (9 + 5, 9 + 6)


def test_rejecting_one_part_of_a_split_incident_leaves_the_other_in_the_total() -> None:
    record = Record(
        report("x", account(killed=5), voices=[voice("m")]),
        report("y", account(killed=5), voices=[voice("n")], published="2017-09-18"),
        report("z", account(killed=6), voices=[voice("o")], published="2017-09-19"),
    )
    (code,) = record.book.codes()
    anchor = record.book.anchor(code)
    record.decide(Decided(Verb.REJECT, "an exercise", (code,), (anchor,)))
    assert killed(record) == (0, 0)
    others = tuple(t for t in ("x#0", "y#0", "z#0") if t != anchor)
    record.decide(Decided(Verb.DIFFERENT, "two strikes", (), (anchor, *others)))
    assert killed(record) == (5, 6)


def test_a_campaign_total_stands_beside_with_what_no_incident_holds() -> None:
    beyond = Figure(Label.CUMULATIVE, Count(100, 120), Span(0, 3))
    record = Record(
        report("m1", account(killed=40), voices=[voice("m")], figures=[beyond]),
        report("m2", account(MAHKAN, "2017-10-05", 0), voices=[voice("m")]),
        report("m3", account(MAHKAN, "2017-10-05", 30), voices=[voice("n")]),
    )
    found = total(record)
    assert (found.sums["killed"].low, found.sums["killed"].high) == (40, 70)
    (beside,) = found.beside
    assert (beside.residual.low, beside.residual.high) == (30, 80)


moves = st.lists(
    st.tuples(
        st.sampled_from(["same", "different", "withdraw"]), st.integers(0, 5), st.integers(0, 5)
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(6)), moves)
def test_no_decision_loses_or_doubles_a_telling_and_every_code_leads_somewhere(
    order: list[int], decided: list[tuple[str, int, int]]
) -> None:
    places = (MAYADIN, MAHKAN, ASHARAH)
    record = Record(
        *(
            report(
                f"r{n}",
                account(places[n // 2], f"2017-0{n // 2 + 3}-10", n + 1),
                voices=[voice(str(n))],
                published=f"2017-0{n // 2 + 3}-1{n}",
            )
            for n in order
        )
    )
    written: list[int] = []
    for verb, one, other in decided:
        if verb == "withdraw" and written:
            record.withdraw(written.pop())
        elif verb != "withdraw" and one != other:
            pair = (f"r{one}#0", f"r{other}#0")
            written.append(record.decide(Decided(Verb(verb), "looked", (), pair)))
        _holds(record)


def _holds(record: Record) -> None:
    book = record.book
    told = [t.id for code in book.codes() for t in book.incident(code).tellings]
    assert sorted(told) == [f"r{n}#0" for n in range(6)]
    live = set(book.codes())
    assert {book.resolve(code) for code in book.shelf.codes} <= live
    pages = pages_of(book)
    one = total_over(pages, book, scheme="airwars").sums["killed"]
    assert one.high == sum(page.ranges.toll("killed").high or 0 for page in pages)
    assert one.high <= sum(range(1, 7))  # each report gives another number, at most once


# -- people who differ --------------------------------------------------------------------------


def _set(record: Record, code: str, dead: int, by: str) -> int:
    value = to_plain(Count.exactly(dead))
    anchor = record.book.anchor(code)
    return record.decide(
        Decided(Verb.SET, "a list", (code,), (anchor,), field="killed", value=value), by=by
    )


def test_two_people_who_set_different_numbers_are_shown_until_one_takes_it_back() -> None:
    record = Record(report("x", account(killed=5)))
    (code,) = record.book.codes()
    first, second = _set(record, code, 6, "amal"), _set(record, code, 9, "boris")
    (asked,) = disagreements(record.book)
    assert asked.id == f"contradiction:{first}:{second}"
    assert asked.why == (
        "amal: set killed 6, because a list",
        "boris: set killed 9, because a list",
    )
    assert killed(record) == (9, 9)
    record.withdraw(second)
    assert tuple(disagreements(record.book)) == ()
    assert killed(record) == (6, 6)


def test_who_corrects_themselves_or_agrees_contradicts_nobody() -> None:
    record = Record(report("x", account(killed=5)))
    (code,) = record.book.codes()
    for dead, by in ((6, "amal"), (9, "amal"), (9, "boris")):
        _set(record, code, dead, by)
    assert tuple(disagreements(record.book)) == ()
    _set(record, code, 8, "amal")
    (asked,) = disagreements(record.book)
    assert "boris: set killed 9" in asked.why[0]


def _grade(record: Record, code: str, grade: str, by: str, ground: str = "as it stood") -> int:
    anchor = record.book.anchor(code)
    return record.decide(
        Decided(Verb.GRADE, "two sources", (code,), (anchor,), value=grade, ground=ground), by=by
    )


def test_two_people_who_grade_the_same_reports_differently_are_shown() -> None:
    record = Record(report("x", account(killed=5)))
    (code,) = record.book.codes()
    _grade(record, code, "Weak", "amal")
    fair = _grade(record, code, "Fair", "boris")
    (asked,) = disagreements(record.book)
    assert asked.why == (
        "amal: grade Weak, because two sources",
        "boris: grade Fair, because two sources",
    )
    assert f"differ on the grade of {code}" in asked.words
    record.withdraw(fair)
    assert tuple(disagreements(record.book)) == ()


def test_a_grade_that_follows_new_reports_contradicts_nobody() -> None:
    record = Record(report("x", account(killed=5)))
    (code,) = record.book.codes()
    _grade(record, code, "Weak", "amal")
    _grade(record, code, "Fair", "boris", ground="after a second origin")
    assert tuple(disagreements(record.book)) == ()


def test_an_incident_that_one_accepts_and_another_rejects_is_asked_about() -> None:
    record = Record(report("x", account(killed=5)))
    (code,) = record.book.codes()
    out = record.decide(Decided(Verb.REJECT, "an exercise", (code,), ("x#0",)), by="amal")
    record.decide(Decided(Verb.ACCEPT, "graves", (code,), ("x#0",)), by="boris")
    (asked,) = disagreements(record.book)
    assert f"decision {out} holds" in asked.words
    assert killed(record) == (0, 0)


# -- numbers that cannot be --------------------------------------------------------------------


def test_a_number_that_no_war_has_killed_sets_no_bound_and_is_shown_with_its_reason() -> None:
    record = Record(
        report("x", account(killed=5), voices=[voice("m")]),
        report("y", account(killed=10**20), voices=[voice("n")]),
    )
    assert killed(record) == (5, 5)
    (page,) = pages_of(record.book)
    (left,) = page.ranges.toll("killed").left_out
    assert "more people than any war" in left.words


def test_a_zero_of_an_independent_origin_is_a_number_and_not_unknown() -> None:
    record = Record(
        report("x", account(killed=0), voices=[voice("m")]),
        report("y", account(killed=5), voices=[voice("n")]),
    )
    one = total(record).sums["killed"]
    assert (one.low, one.high, one.known, one.unknown) == (0, 5, 1, 0)


def test_a_denial_that_an_agency_relays_lowers_nothing() -> None:
    """It reads as nobody killed; no origin disputes the dead but the party itself."""
    for own in (True, False):
        stance = says(COALITION, "denies", own=own)
        denied = account(killed=0, statements=stance, alleged_perpetrators=(COALITION,))
        record = Record(
            report("y", _blamed(MAYADIN, "2017-09-16", 5, COALITION), voices=[voice("m")]),
            report("d", denied, kind="agency", published="2017-09-18"),
        )
        assert killed(record) == (5, 5)
        (page,) = pages_of(record.book)
        assert [left.why for left in page.ranges.toll("killed").left_out] == [Left.DENIAL]
        assert (page.ranges.origins.count, page.ranges.origins.independent) == (1, 1)
        assert graded(page.incident, page.axes).grade is Grade.WEAK


def test_an_account_without_day_or_place_is_kept_and_not_lost() -> None:
    record = Record(report("x", account(None, None, 5)), report("y", account(MAYADIN, None, 4)))
    placed = {p.telling for p in record.book.pool()}
    told = {t.id for c in record.book.codes() for t in record.book.incident(c).tellings}
    assert placed | told == {"x#0", "y#0"}
