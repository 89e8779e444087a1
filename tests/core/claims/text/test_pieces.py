"""A piece between blanks is cut alone as it is cut within a text."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bilan.core.claims.relevance.triage import triage
from bilan.core.claims.text.language import known_languages
from bilan.core.claims.text.tokens import fold, norms_of, words_of

_LETTERS = st.text(st.characters(codec="utf-8", categories=["L"]), min_size=1, max_size=70)
_SIGNED = st.text("abتقـ.ةهы'’,-/12٣*é", min_size=1, max_size=20)


@given(_LETTERS | _SIGNED)
@settings(max_examples=300)
@example("مدرسةالبنات")
@example("tué")
def test_a_piece_alone_has_the_words_that_it_has_in_a_text(piece: str) -> None:
    assert norms_of(piece) == words_of(piece).norms
    assert words_of(f"in {piece} at").norms == ("in", *norms_of(piece), "at")


@given(st.text("abcxyzéèüñабвгдёй", min_size=1, max_size=70))
def test_a_word_of_letters_alone_is_one_word_in_its_folded_form(word: str) -> None:
    assert norms_of(word) == (fold(word) or word,)


@pytest.mark.parametrize("lang", known_languages())
def test_a_number_that_no_text_had_before_tells_of_nothing(lang: str) -> None:
    assert triage(lang).told("48213 907 ٤٨٢١٣", scope="any") == 0
