"""The bytes of a fuzzer always make a report, the same one each time; the laws are really asked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from benchmarks.fuzz.inputs import Given, given
from benchmarks.fuzz.laws import check
from benchmarks.fuzz.long_texts import read_long_texts
from bilan.core.values import Place, PlaceMention, Point, Report, Span


class OneTown:
    """A place finder that knows one name, or what it is told to find."""

    version = "one town"

    def __init__(self, found: Span | None = None) -> None:
        self._found = found

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        at = text.find("Raqqa")
        span = self._found or (Span(at, at + 5) if at >= 0 else None)
        place = Place("Raqqa", "Raqqa", country="SY", point=Point(35.95, 39.0))
        return [] if span is None else [PlaceMention(span, place)]


@settings(max_examples=25, deadline=None)
@drawn(st.binary(max_size=120))
def test_any_bytes_are_a_report_that_reading_bears(data: bytes) -> None:
    assert given(data) == given(data)
    check(given(data), OneTown())


def test_the_fuzzer_writes_words_that_reading_knows() -> None:
    texts = [given(bytes([lang, 1, 0, *range(0, 120, 3)])).report for lang in range(9)]
    assert all(any(letter.isalpha() for letter in report.text) for report in texts)
    assert len({report.lang for report in texts}) == len(texts)


def test_a_place_beyond_the_text_breaks_a_law() -> None:
    text = "An air strike killed 3 people in Raqqa on Friday."
    case = Given(Report("one", text, lang="en"), "conflict", "all")
    assert check(case, OneTown()).relevant
    with pytest.raises((AssertionError, ValueError)):
        check(case, OneTown(Span(len(text) + 40, len(text) + 45)))


def test_long_texts_are_read_by_the_same_laws(capsys: pytest.CaptureFixture[str]) -> None:
    assert read_long_texts(OneTown(), size=2_000, kinds=["one line", "numbers"])
    assert capsys.readouterr().out.count("2,000 characters") == 2
