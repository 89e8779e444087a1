"""A count in words says no more and no less than the count."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.cli.wording import count_words
from bilan.core.values import Count


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(12, None), "at least 12"),
        (Count(101, None), "more than 100"),
        (Count(400_001, None), "more than 400,000"),
        (Count(201, 201), "201"),
        (Count(None, 30), "up to 30"),
        (Count(9, 19), "between 9 and 19"),
        (None, "not said"),
    ],
)
def test_nobody_is_said_to_have_counted_to_one_beyond_a_round_number(
    count: Count | None, words: str
) -> None:
    assert count_words(count) == words


@given(st.integers(min_value=0, max_value=10_000_000))
def test_an_open_count_in_words_leads_back_to_its_bound(low: int) -> None:
    said = count_words(Count(low, None))
    number = int("".join(re.findall(r"\d", said)))
    assert low == number + said.startswith("more than")
