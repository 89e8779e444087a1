"""Whatever the text: reading ends, soon, with spans that stand in it, and always the same."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from benchmarks.accuracy import own_set
from benchmarks.speed.news import pathological
from bilan.core.claims.account import Reading
from bilan.core.claims.read import read
from bilan.core.claims.shape import reading_to_json
from bilan.core.claims.text.language import known_languages
from bilan.core.values import Place, PlaceMention, Point, Report, Span

TOWNS = ("Raqqa", "الرقة", "Ракка", "Kharkiv", "Mosul", "Taiz")


class ThreeTowns:
    """A place finder that knows a few names, so that the laws need no gazetteer."""

    version = "three towns"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        found = [
            PlaceMention(span, Place(name, name, country="SY", point=Point(35.95, 39.0)))
            for name in TOWNS
            for span in _each(name, text)
        ]
        found.sort(key=lambda mention: mention.span)
        return [m for m in found if not any(m.span.overlaps(other) for other in taken)]


def _each(name: str, text: str) -> Iterator[Span]:
    at = text.find(name)
    while at >= 0:
        yield Span(at, at + len(name))
        at = text.find(name, at + len(name))


def reading_of(text: str, *, lang: str, published: date | None, spans: str = "all") -> Reading:
    report = Report("r", text, lang=lang, published=published)
    return read(report, ThreeTowns(), scope="any", spans=spans)


# ---------------------------------------------------------------- texts that nobody would write
@cache
def _phrases() -> tuple[str, ...]:
    """Clauses of real shape: the sentences of our own set, cut at commas and stops."""
    texts = (report["text"] for report in own_set.reports())
    cut = (part for text in texts for part in text.replace("،", ",").split(","))
    return tuple(part.strip() for part in cut if part.strip())


PIECES = st.one_of(
    st.sampled_from(_phrases()),
    st.sampled_from(["killed", "قتل", "погибли", "tués", "muertos", "öldü", "کشته", "загинули"]),
    st.sampled_from(
        ["12", "١٢", "۱۲", "१२", "１２", "0", "00", "1,200", "1.5", "3-4", "10^9", "9" * 40]
    ),
    st.sampled_from(
        ["three hundred", "vingt et un", "اثنا عشر", "двадцать один", "dozens", "half"]
    ),
    st.sampled_from(
        ["30 February", "31/31/31", "Friday", "hier", "أمس", "вчера", "year 0", "99999"]
    ),
    st.sampled_from(
        ["\u200f", "\u202e", "\u2066", "\u200b", "\ufeff", "\u0301" * 5, "\x00", "\ud7ff"]
    ),
    st.sampled_from(
        ["«", "»", "“", '"', "(", "[", "\n", "\n\n", "\t", ":", ";", "...", "—", "ـ.ـ"]
    ),
    st.sampled_from(
        ["Like · Comment · Share", "Read more", "< b >", "@user", "#قصف_جوي", "https://x.y/z"]
    ),
    st.text(max_size=12),
)
TEXTS = st.lists(PIECES, max_size=30).flatmap(
    lambda pieces: st.sampled_from([" ", "", "\n", ", "]).map(lambda glue: glue.join(pieces))
)
LANGUAGES = st.sampled_from([*known_languages(), "und", "zz"])
DAYS = st.none() | st.dates() | st.just(date(2017, 9, 18))


def _spans(reading: Reading) -> Iterator[Span]:
    yield from (labelled.span for labelled in reading.spans)
    for account in reading.accounts:
        yield from (statement.span for statement in account.statements)
        yield from (evidence.span for evidence in account.evidence)
        yield from (who.span for who in account.alleged_by if who.span)
        if account.place_span:
            yield account.place_span


@settings(max_examples=300, deadline=None)
@given(TEXTS, LANGUAGES, DAYS)
@example("", "en", None)
@example("قُتل 3 مدنيين", "ar", date.min)
@example("killed yesterday", "en", date.min)
@example("killed tomorrow", "en", date.max)
def test_reading_never_raises_and_every_span_lies_in_the_text(
    text: str, lang: str, published: date | None
) -> None:
    reading = reading_of(text, lang=lang, published=published)
    assert all(span.end <= len(text) for span in _spans(reading))
    assert all(
        0 <= index < len(reading.accounts) for span in reading.spans for index in span.accounts
    )


@settings(max_examples=150, deadline=None)
@given(TEXTS, LANGUAGES, DAYS)
def test_every_quote_stands_in_the_text_and_the_answer_is_json(
    text: str, lang: str, published: date | None
) -> None:
    shape = json.loads(
        json.dumps(reading_to_json(reading_of(text, lang=lang, published=published), text))
    )
    quoted = [*shape["spans"]]
    for account in shape["accounts"]:
        quoted += account["statements"] + account["evidence"]
    assert all(text[q["start"] : q["end"]] == q["quote"] != "" for q in quoted)


@settings(max_examples=100, deadline=None)
@given(TEXTS, LANGUAGES, DAYS)
def test_the_same_text_gives_the_same_answer(text: str, lang: str, published: date | None) -> None:
    one, two = (reading_of(text, lang=lang, published=published) for _ in range(2))
    assert one == two


@settings(max_examples=100, deadline=None)
@given(TEXTS, LANGUAGES, DAYS)
def test_listing_every_number_changes_no_account(
    text: str, lang: str, published: date | None
) -> None:
    every, claims = (
        reading_of(text, lang=lang, published=published, spans=spans) for spans in ("all", "claims")
    )
    assert every.accounts == claims.accounts
    assert every.relevant == claims.relevant


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_without_a_day_of_publication_no_relative_date_is_guessed(text: str) -> None:
    """A date that depends on the day of publication is another one when that day is another.

    Without that day the one that is written out may be all that is left to say.
    """
    days = (None, date(2017, 9, 18), date(2023, 1, 4))
    told = [reading_of(text, lang="en", published=day) for day in days]
    assume("as the text says" not in told[0].faults[0].message if told[0].faults else True)
    for unknown, *known in zip(*(reading.accounts for reading in told), strict=False):
        if unknown.when is not None and str(unknown.when.start.year) not in text:
            assert unknown.when in [account.when for account in known]


# ---------------------------------------------------------------- texts made to be slow
SIZE = 10_000  # characters; long enough for a quadratic step to show, short enough for a test
# CPU seconds, so that other work on the machine does not count. Four times the text may take this
# many times the time: 4 and noise. A quadratic step takes 16.
MOST_GROWTH = 6.0
TRIES = 5  # the machine may be busy: the fastest of several tells
INSTANT = 0.02  # seconds; what takes less is no trouble, and drowns in noise


def _seconds(text: str, lang: str) -> float:
    gc.collect()
    gc.disable()  # it walks what other tests left alive
    try:
        began = time.process_time()
        reading_of(text, lang=lang, published=date(2017, 9, 18), spans="claims")
        return time.process_time() - began
    finally:
        gc.enable()


@pytest.mark.parametrize("kind", pathological(10))
def test_four_times_the_text_takes_about_four_times_the_time(kind: str) -> None:
    lang = "ar" if "Arabic" in kind else "en"
    short, long = pathological(SIZE)[kind], pathological(4 * SIZE)[kind]
    _seconds(short, lang)  # vocabularies are loaded on first use
    fastest = {"short": float("inf"), "long": float("inf")}
    for _ in range(TRIES):
        fastest["short"] = min(fastest["short"], _seconds(short, lang))
        fastest["long"] = min(fastest["long"], _seconds(long, lang))
        growth = fastest["long"] / max(fastest["short"], INSTANT / 2)
        if growth <= MOST_GROWTH:
            return
    pytest.fail(f"{kind}: four times the text took {growth:.1f} times the time")


def test_a_reading_leaves_no_cycles_behind() -> None:
    """Which is why a process that reads looks for them rarely (`opened_places`)."""
    reports = [report["text"] for report in own_set.reports()][:20]
    for text in reports:
        reading_of(text, lang="en", published=None)  # loads what is kept for good
    gc.collect()
    gc.disable()
    try:
        for text in reports:
            reading_of(text, lang="en", published=None)
        assert gc.collect() == 0
    finally:
        gc.enable()
