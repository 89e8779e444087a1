"""A text without a day of publication may carry its own."""

from __future__ import annotations

from datetime import date

import pytest

from bilan.core.claims.dates.beside_numbers import numbers_and_dates
from bilan.core.claims.dates.datelines import dateline, with_datelines
from bilan.core.claims.dates.dates import DateKind, dates_in
from bilan.core.claims.text.language import load_language
from bilan.core.claims.text.tokens import words_of
from bilan.core.values import When

TOLD = [
    ("en", "Raid on the town\n16 September 2017\nTwo people died.", date(2017, 9, 16)),
    ("en", "Raid on the town\nSaturday, 16 September 2017, 14:03\nTwo died.", date(2017, 9, 16)),
    ("en", "Joint Command\nKABUL, Afghanistan (May 31,2011) Two men.", date(2011, 5, 31)),
    ("ar", "قصف على البلدة\nالسبت، 16 أيلول 2017\nسقط قتيلان.", date(2017, 9, 16)),
    ("ar", "صفحة المدينةSeptember 16, 2017 · Shared with Public سقط قتيلان", date(2017, 9, 16)),
    ("en", "Two died. 7:32 PM · Sep 16, 2017 · 12 views", date(2017, 9, 16)),
    ("ar", "سقط قتيلان 7:32 PM · Sep 16, 2017·Twitter for Android", date(2017, 9, 16)),
    ("ar", "سقط قتيلان\n— مراسل (@someone_77) September 16, 2017\nتتمة", date(2017, 9, 16)),
    ("en", "Two died. 7:32 PM - 16 Sep 2017 from Syria", date(2017, 9, 16)),
]


@pytest.mark.parametrize(("lang", "text", "day"), TOLD)
def test_a_dateline_is_the_day_of_the_text(lang: str, text: str, day: date) -> None:
    assert own_day(lang, text) == day


@pytest.mark.parametrize(
    "text",
    [
        "The town was hit on 16 September 2017 by two rockets.",
        "16 September 2017\nRaid on the town",  # sites print the day of the visit on top
        "Raid on the town\nSeptember 2017\nTwo people died.",
        "Two people died yesterday.",
    ],
)
def test_a_date_told_in_the_text_is_no_dateline(text: str) -> None:
    assert own_day("en", text) is None


def own_day(lang: str, text: str) -> date | None:
    language = load_language(lang)
    words = words_of(text)
    dates = dates_in(words, language.lexicon.find(words), language, None)
    return dateline(words, with_datelines(words, dates))


@pytest.mark.parametrize(
    "text",
    [
        "Morning Update May 31, 2011\n\nTwo men were hurt.",
        "KABUL, Afghanistan (May 31, 2011) Two men were hurt.",
        "31 May 2011\nTwo men were hurt.",
    ],
)
def test_the_day_of_writing_is_not_taken_for_the_day_of_the_harm(text: str) -> None:
    language = load_language("en")
    words = words_of(text)
    dates = dates_in(words, language.lexicon.find(words), language, date(2011, 5, 31))
    assert with_datelines(words, dates)[-1].kind is DateKind.DATELINE


def test_posted_and_updated_days_are_days_of_writing() -> None:
    text = "A raid Posted: Monday, March 31, 2014 3:13 PM Updated: Tuesday, April 1, 2014 two hurt"
    language = load_language("en")
    words = words_of(text)
    _, dates = numbers_and_dates(words, language.lexicon.find(words), language, date(2014, 4, 2))
    assert [d.kind for d in dates] == [DateKind.DATELINE, DateKind.DATELINE]


def test_a_day_told_at_the_end_of_a_sentence_is_no_dateline() -> None:
    language = load_language("en")
    words = words_of("Two men were hurt, they said, in a raid on the town on May 31, 2011.")
    dates = dates_in(words, language.lexicon.find(words), language, date(2011, 6, 2))
    assert [d.kind for d in with_datelines(words, dates)] == [DateKind.DAY]


def test_the_day_in_the_heading_of_a_list_is_the_day_of_what_it_lists() -> None:
    for lang, text in (
        ("en", "Monday (3 June) log:\n1. Idlib: two men died."),
        ("tr", "Pazartesi (3 Haziran) bilançosu:\n1- İdlib'de iki kişi öldü."),
    ):
        language = load_language(lang)
        words = words_of(text)
        _, dates = numbers_and_dates(
            words, language.lexicon.find(words), language, date(2024, 6, 5)
        )
        assert [d.kind for d in dates][:1] == [DateKind.DAY]


@pytest.mark.parametrize("lang", ["ar", "fr", "ru"])
def test_a_stamp_in_english_is_no_mere_year_in_another_language(lang: str) -> None:
    """A year beside a toll would make it the toll of that year, and the report tell nothing."""
    words = words_of("7:32 PM · Sep 16, 2017·Twitter for Android")
    language = load_language(lang)
    _, dates = numbers_and_dates(words, language.lexicon.find(words), language, None)
    assert [(d.kind, d.when) for d in dates] == [(DateKind.DATELINE, When.on(date(2017, 9, 16)))]


def test_a_day_that_no_calendar_has_is_no_stamp() -> None:
    assert own_day("en", "Two died. 7:32 PM · Feb 31, 2017 · 12 views") is None
