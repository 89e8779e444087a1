"""Sketches: what they see of copies, and that no word can be read from them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bilan.core.reports.sketches import MOST, containment, mark_of, quote_sketch, sketch_of

WORDS = [f"word{n}" for n in range(900)]


def test_a_text_contains_itself_and_an_excerpt_stands_in_it() -> None:
    whole = sketch_of(" ".join(WORDS))
    assert containment(whole, whole) == 1.0
    assert containment(sketch_of(" ".join(WORDS[100:250])), whole) > 0.9
    assert len(whole) <= MOST


def test_unrelated_texts_share_nothing() -> None:
    one, other = sketch_of(" ".join(WORDS[:300])), sketch_of(" ".join(WORDS[300:600]))
    assert containment(one, other) == 0.0


def test_half_a_copy_is_seen_as_half() -> None:
    mixed = sketch_of(" ".join(WORDS[:100] + WORDS[600:700]))
    assert 0.35 < containment(mixed, sketch_of(" ".join(WORDS[:200]))) < 0.65


def test_too_short_to_tell_says_nothing() -> None:
    assert sketch_of("three small words") == ()
    assert containment(sketch_of("five words are too few"), sketch_of(" ".join(WORDS))) == 0.0


def test_marks_do_not_depend_on_case_accents_or_signs() -> None:
    assert mark_of("Médias  syriens,") == mark_of("medias syriens")
    assert mark_of("Syrian media") != mark_of("Syrian medics")


def test_sketches_are_the_same_in_every_process() -> None:
    assert sketch_of("four bombs fell today")[0] == 2017647772
    assert quote_sketch(["yes", "four bombs fell today"]) == (2017647772,)


@given(st.text(max_size=300), st.text(max_size=300))
def test_containment_is_a_share_and_does_not_mind_which_comes_first(a: str, b: str) -> None:
    one, other = sketch_of(a), sketch_of(b)
    assert 0.0 <= containment(one, other) <= 1.0
    assert containment(one, other) == containment(other, one)
