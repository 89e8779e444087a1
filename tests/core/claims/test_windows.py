"""A text that is longer than a book is read in windows, and nothing of it is lost or moved."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.accuracy import own_set
from bilan.core.claims.read import read
from bilan.core.claims.windows import read_in_windows, windows
from bilan.core.values import PlaceMention, Report, Span

TEXTS = [row["text"] for row in own_set.reports() if row["lang"] == "en"]


class _NoPlaces:
    version = "none"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        return []


@given(st.text(), st.integers(1, 40))
def test_the_windows_together_are_the_text(text: str, window: int) -> None:
    cut = list(windows(text, window=window))
    assert "".join(part for _, part in cut) == text
    assert all(text[start : start + len(part)] == part for start, part in cut)
    assert all(len(part) <= window for _, part in cut)


def test_a_text_is_cut_between_paragraphs_before_it_is_cut_within_one() -> None:
    text = "Three died. Two lived.\n\nA bridge opened. It rained on and on"
    assert next(part for _, part in windows(text, window=45)) == "Three died. Two lived.\n\n"


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(TEXTS), min_size=2, max_size=4))
def test_each_window_is_read_as_a_report_of_its_own(texts: list[str]) -> None:
    page = 4_000
    whole = "".join(text.replace("\n\n", "\n").ljust(page - 2) + "\n\n" for text in texts)
    reading = read_in_windows(
        Report("archive", whole, lang="en"), lambda part: read(part, _NoPlaces()), window=page + 99
    )
    alone = [
        read(Report("one", whole[at : at + page], lang="en"), _NoPlaces())
        for at in range(0, len(whole), page)
    ]
    told = [[span.span.of(whole) for span in reading.spans if n in span.accounts]
            for n in range(len(reading.accounts))]  # fmt: skip
    assert told == [
        [span.span.of(whole[at * page :]) for span in one.spans if n in span.accounts]
        for at, one in enumerate(alone)
        for n in range(len(one.accounts))
    ]
    assert [a.killed for a in reading.accounts] == [a.killed for one in alone for a in one.accounts]
    assert reading.relevant == any(one.relevant for one in alone)
