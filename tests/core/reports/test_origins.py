"""Who knew it first: what makes two reports one origin, and what does not."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bilan.core.reports.origins import Origins, Retelling, Voice, Why, copied_among, origins_of
from bilan.core.reports.sketches import quote_sketch, sketch_of
from bilan.core.values import Count

SANA = Voice("s", "sana", party="Syrian government forces")
VAGUE = Voice("v", vague=True)
OFFICIALS = Voice("o", party="US-led Coalition")
ACCUSED = frozenset({"US-led Coalition"})
TEXT = (
    "Planes came over the river at dusk and dropped four bombs on the street of the bakers; the"
    " people who dug with their hands until morning counted twelve dead, most of them from two"
    " families who had fled there from the north a week before."
)


def told(
    report: str,
    voice: Voice | None = None,
    *numbers: int,
    by: str | None = None,
    day: int = 17,
    text: str = "",
    quote: str = "",
    media: bool = False,
) -> Retelling:
    return Retelling(
        id=f"{report}#0",
        report=report,
        publisher=by or f"~{report}",
        voice=voice,
        published=date(2017, 9, day),
        publisher_of_a_party=media,
        numbers=tuple(Count.exactly(n) for n in numbers),
        sketch=sketch_of(text),
        quotes=quote_sketch([quote]),
    )


def origins(*retellings: Retelling) -> Origins:
    return origins_of(retellings, accused=ACCUSED)


def test_relays_of_one_agency_are_one_origin_in_any_language() -> None:
    found = origins(told("a", SANA, 12), told("b", SANA, 12), told("c", SANA, 15, day=18))
    assert (found.count, found.independent) == (1, 0)
    assert {e.why for e in found.edges} == {Why.INFORMANT}


def test_a_vague_source_rests_on_the_named_one_with_the_same_number() -> None:
    found = origins(told("a", VAGUE, 12), told("b", SANA, 12), told("c", VAGUE, 40))
    assert found.of["a#0"] == "sana"
    assert found.of["c#0"] != "sana"
    assert found.count == 2


def test_two_vague_sources_with_one_number_are_one() -> None:
    assert origins(told("a", VAGUE, 12), told("b", VAGUE, 12, day=19)).count == 1


def test_two_newsrooms_with_reporters_of_their_own_are_two_though_their_numbers_agree() -> None:
    assert origins(told("a", None, 5), told("b", None, 5)).count == 2


def test_one_newsroom_is_one_origin_however_often_it_writes() -> None:
    found = origins(told("a", None, 5, by="~x"), told("b", Voice("w"), 9, by="~x", day=20))
    assert found.count == 1


def test_the_accused_party_is_no_origin_of_harm() -> None:
    found = origins(told("a", OFFICIALS, 3))
    assert (found.count, found.independent) == (0, 0)
    assert found.origins[0].accused


def test_a_narrator_who_puts_the_number_in_the_mouth_of_the_accused_adds_no_origin() -> None:
    found = origins(told("a", SANA, 12), told("b", OFFICIALS, 12, day=19))
    assert found.count == 1


def test_a_copy_rests_on_what_it_copies_and_says_how_much() -> None:
    excerpt = " ".join(TEXT.split()[:30])
    found = origins(told("a", None, 12, text=TEXT), told("b", None, 12, day=20, text=excerpt))
    (edge,) = found.edges
    assert (edge.later, edge.earlier, edge.why) == ("b#0", "a#0", Why.COPY)
    assert "%" in edge.words
    assert found.count == 1


def test_unlike_texts_are_no_copies() -> None:
    other = "A market was hit before noon; the ambulance service speaks of nine people wounded."
    assert origins(told("a", None, text=TEXT), told("b", None, text=other)).count == 2


def test_the_same_quoted_words_with_the_same_number_are_one_origin() -> None:
    words = "we heard three explosions and then the roof came down on us"
    found = origins(told("a", None, 7, quote=words), told("b", None, 7, quote=words, day=18))
    assert found.count == 1
    assert origins(told("a", None, 7, quote=words), told("b", None, 9, quote=words)).count == 2


def test_who_cites_another_reports_publisher_rests_on_it() -> None:
    found = origins(told("a", None, 4, by="~monitor"), told("b", Voice("monitor"), 5, day=18))
    assert found.count == 1
    assert found.edges[0].why is Why.CITES


def test_media_of_a_party_are_an_origin_that_does_not_count_for_grading() -> None:
    found = origins(told("a", None, 4, media=True), told("b", None, 6))
    assert (found.count, found.independent) == (2, 1)
    assert [o.party_affiliated for o in found.origins] == [True, False]


@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_the_order_of_arrival_changes_no_origin(order: list[str]) -> None:
    known = {
        "a": told("a", VAGUE, 12),
        "b": told("b", SANA, 12, day=18),
        "c": told("c", None, 5),
        "d": told("d", OFFICIALS, 12, day=19),
        "e": told("e", None, 12, text=TEXT, day=20),
    }
    found = origins(*(known[name] for name in order))
    assert found == origins(*known.values())


def test_each_copy_is_named_with_its_source_once() -> None:
    texts = [told("a", None, text=TEXT), told("b", None, text=TEXT, day=18)]
    assert [(c.report, o.report) for c, o, _ in copied_among(texts)] == [("b", "a")]
