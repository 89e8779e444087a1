"""What stands before a name reaches back to the last sign that divides, and no further."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.core.places.left import REACH, Left


def test_the_words_before_a_name_are_those_of_its_clause() -> None:
    plain = "twelve died, in the town of mosul"
    near = Left(plain).before(plain.index("mosul"))
    assert list(near.words) == ["in", "the", "town", "of"]
    assert [plain[start] for start in near.starts] == ["i", "t", "t", "o"]


@pytest.mark.parametrize("text", ["st. mary", "1.5 km from mary", "gen. smith, dr. mary"])
def test_a_stop_behind_an_abbreviation_or_in_a_number_divides_nothing(text: str) -> None:
    assert Left(text).before(text.index("mary")).words


@given(st.lists(st.sampled_from(["town", "of", "near", "12", "1.5", ", ", "\n", " «", "-"])))
def test_nothing_beyond_a_dividing_sign_is_read(parts: list[str]) -> None:
    plain = " ".join([*parts, "mosul"])
    end = len(plain) - len("mosul")
    near = Left(plain).before(end)
    clause = re.split(r"[,\n]", plain[:end])[-1]
    words = re.findall(r"[a-z]+|\d+(?:\.\d+)?", clause)
    if not words or len(clause) - len(clause.rstrip(" «-")) > 3:
        assert not near.words
    else:
        assert list(near.words) == words[-REACH:]
    assert all(plain.startswith(word, at) for word, at in zip(near.words, near.starts, strict=True))
