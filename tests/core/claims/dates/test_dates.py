"""Dates resolve against the day of publication, keep their precision, and never point ahead."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan.core.claims.dates.calendars import Calendar, day_of, year_of
from bilan.core.claims.dates.dates import DateKind, DateMention, dates_in
from bilan.core.claims.text.language import known_languages, load_language
from bilan.core.claims.text.tokens import words_of
from bilan.core.values import DatePrecision

PUBLISHED = date(2017, 9, 18)  # a Monday


def dates_of(lang: str, text: str, published: date | None = PUBLISHED) -> list[DateMention]:
    language = load_language(lang)
    words = words_of(text)
    return dates_in(words, language.lexicon.find(words), language, published)


def days(lang: str, text: str) -> list[tuple[str, str]]:
    found = dates_of(lang, text)
    return [(d.when.start.isoformat(), d.when.end.isoformat()) for d in found if d.when]


def one(day: str) -> list[tuple[str, str]]:
    return [(day, day)]


SATURDAY = "2017-09-16"

ONE_DAY = [
    ("ar", "في السادس عشر من الشهر الجاري"),
    ("ar", "في 16 من الشهر الحالي"),
    ("ar", "يوم 16 الجاري"),
    ("ar", "السبت 16 الجاري"),
    ("ar", "في السادس عشر من أيلول"),
    ("ar", "بتاريخ 16\\9\\2017"),
    ("ar", "يوم 16\\9"),
    ("ar", "#16_9_2017"),
    ("en", "on 16 September 2017"),
    ("en", "on 16 Sept. 2017"),
    ("en", "on Sept. 16, 2017, two raids"),
    ("en", "on the 16th of September"),
    ("en", "on Saturday, 16 September"),
    ("en", "16/09/2017"),
    ("en", "9/16/2017"),
    ("en", "2017-09-16"),
    ("en", "16.09.2017"),
    ("en", "on Saturday night"),
    ("en", "last Saturday"),
    ("en", "late on Saturday"),
    ("en", "two days ago"),
    ("fr", "samedi 16 septembre"),
    ("fr", "le 16 septembre 2017"),
    ("fr", "samedi 16"),
    ("fr", "samedi dernier"),
    ("fr", "samedi soir"),
    ("fr", "il y a deux jours"),
    ("fr", "avant-hier"),
    ("ar", "١٦ أيلول/سبتمبر 2017"),
    ("ar", "يوم السبت 16 سبتمبر"),
    ("ar", "السبت الماضي"),
    ("ar", "مساء السبت"),
    ("ar", "قبل يومين"),
    ("ar", "أول أمس"),
    ("ar", "16/9/2017"),
    ("ru", "16 сентября 2017 года"),
    ("ru", "16.09.2017"),
    ("ru", "в субботу вечером"),
    ("ru", "в прошлую субботу"),
    ("ru", "два дня назад"),
    ("ru", "позавчера"),
    ("es", "el sábado 16 de septiembre"),
    ("es", "el pasado sábado"),
    ("es", "hace dos días"),
    ("es", "anteayer"),
    ("uk", "у суботу, 16 вересня"),
    ("uk", "два дні тому"),
    ("uk", "позавчора"),
    ("fa", "شنبه ۱۶ سپتامبر"),
    ("fa", "۲۵ شهریور ۱۳۹۶"),
    ("fa", "دو روز پیش"),
    ("tr", "16 Eylül 2017"),
    ("tr", "cumartesi günü"),
    ("tr", "iki gün önce"),
    ("pt", "sábado, 16 de setembro"),
    ("pt", "anteontem"),
    ("pt", "no último sábado"),
    ("pt", "na noite de sábado"),
    ("pt", "há dois dias"),
]


@pytest.mark.parametrize(("lang", "text"), ONE_DAY)
def test_a_day_is_the_same_day_however_it_is_written(lang: str, text: str) -> None:
    assert days(lang, text) == one(SATURDAY)


NIGHTS = [
    ("ar", "ليلة الأحد/الاثنين"),
    ("en", "overnight"),
    ("en", "last night"),
    ("fr", "la nuit dernière"),
    ("fr", "dans la nuit de dimanche à lundi"),
    ("ar", "الليلة الماضية"),
    ("ar", "ليل الأحد الاثنين"),
    ("ru", "минувшей ночью"),
    ("ru", "в ночь на понедельник"),
    ("ru", "в ночь на 18 сентября"),
    ("ru", "в ночь с воскресенья на понедельник"),
    ("es", "anoche"),
    ("es", "la noche del domingo al lunes"),
    ("pt", "na última noite"),
    ("pt", "na noite de domingo para segunda-feira"),
    ("uk", "цієї ночі"),
    ("uk", "в ніч на понеділок"),
    ("fa", "دیشب"),
    ("fa", "شب گذشته"),
    ("tr", "dün gece"),
    ("tr", "pazarı pazartesiye bağlayan gece"),
]


@pytest.mark.parametrize(("lang", "text"), NIGHTS)
def test_a_night_that_spans_two_days_is_two_days(lang: str, text: str) -> None:
    assert days(lang, text) == [("2017-09-17", "2017-09-18")]


def test_an_islamic_date_is_known_to_three_days() -> None:
    (found,) = dates_of("ar", "25 ذو الحجة 1438")
    assert found.when is not None
    assert (found.when.start, found.when.end) == (date(2017, 9, 15), date(2017, 9, 17))


def test_the_first_days_of_a_month_are_ten_days_known_to_a_week() -> None:
    (found,) = dates_of("en", "in the first days of March 2017")
    assert found.when is not None
    assert (found.when.start, found.when.end) == (date(2017, 3, 1), date(2017, 3, 10))
    assert found.when.precision is DatePrecision.WEEK


def test_a_month_without_a_year_is_the_nearest_that_has_begun() -> None:
    assert days("en", "in November") == [("2016-11-01", "2016-11-30")]
    assert days("fr", "en mars") == [("2017-03-01", "2017-03-31")]


def test_a_stretch_of_days_keeps_both_ends() -> None:
    assert days("en", "Feb. 8-9") == [("2017-02-08", "2017-02-09")]
    assert days("ru", "с 8 по 10 марта") == [("2017-03-08", "2017-03-10")]
    assert days("fr", "du 28 février au 2 mars") == [("2017-02-28", "2017-03-02")]


def test_a_weekday_before_a_day_long_past_belongs_to_it() -> None:
    assert days("en", "on the night of Thursday, March 9") == one("2017-03-09")
    assert days("fr", "le jeudi 9 mars 2017") == one("2017-03-09")


def test_a_modal_verb_is_no_month() -> None:
    assert dates_of("en", "It may be that they march on 12 roads.") == []


def test_a_number_of_people_is_no_day_and_no_year() -> None:
    assert dates_of("en", "March 20 people", PUBLISHED) == []
    assert days("fr", "samedi, 12 civils") == [("2017-09-16", "2017-09-16")]
    assert dates_of("en", "2000 people fled") == []


def test_the_next_day_counts_from_the_day_before_it_in_the_text() -> None:
    found = dates_of("en", "Hit on 2 September, the town was hit again the next day.")
    assert [d.when.start for d in found if d.when] == [date(2017, 9, 2), date(2017, 9, 3)]
    assert found[1].kind is DateKind.ANCHORED


def test_since_reaches_up_to_publication() -> None:
    (found,) = dates_of("en", "since March 2016")
    assert found.kind is DateKind.SINCE
    assert found.when is not None
    assert (found.when.start, found.when.end) == (date(2016, 3, 1), PUBLISHED)


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en", "yesterday"), ("fr", "samedi"), ("ar", "أمس"), ("ru", "два дня назад"), ("tr", "dün")],
)
def test_without_a_day_of_publication_a_relative_date_stays_unresolved(
    lang: str, text: str
) -> None:
    (found,) = dates_of(lang, text, None)
    assert found.when is None


SOME_DAY = st.dates(date(1950, 1, 1), date(2049, 12, 31))


@settings(max_examples=100, deadline=None)
@given(SOME_DAY, st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y"]))
def test_a_written_day_is_that_day(day: date, style: str) -> None:
    text = f"on {day.strftime(style)} there"
    found = dates_of("en", text, date(2030, 6, 15))
    swapped = day.day <= 12 and style == "%d.%m.%Y"
    told = [d.when for d in found if d.when]
    assert len(told) == 1
    assert told[0].start == day or (swapped and told[0].start.day == day.month)


@settings(max_examples=60, deadline=None)
@given(SOME_DAY)
def test_an_iranian_date_is_the_day_that_the_calendar_gives(day: date) -> None:
    """Walking day by day through the Iranian calendar never skips nor repeats a day."""
    year = year_of(Calendar.JALALI, day)
    found = [
        when.start
        for month in range(1, 13)
        for number in range(1, 32)
        if (when := day_of(Calendar.JALALI, year, month, number)) is not None
    ]
    assert day in found
    assert all((b - a).days == 1 for a, b in pairwise(found))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(known_languages()), st.text(max_size=200), st.none() | SOME_DAY)
def test_dates_lie_in_the_text_and_apart(lang: str, text: str, published: date | None) -> None:
    words = words_of(text)
    found = dates_of(lang, text, published)
    assert all(0 <= d.first < d.last <= len(words) for d in found)
    assert all(a.last <= b.first for a, b in pairwise(found))
    assert found == dates_of(lang, text, published)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(known_languages()), st.data(), st.dates())
def test_any_order_of_date_words_is_read_without_fault(
    lang: str, data: st.DataObject, published: date
) -> None:
    known = _vocabulary(lang)
    pieces = data.draw(st.lists(st.sampled_from(known), max_size=8))
    found = dates_of(lang, " ".join(pieces), published)
    assert all(a.last <= b.first for a, b in pairwise(found))


def _vocabulary(lang: str) -> list[str]:
    tables = tomllib.loads(
        (files("bilan.core.claims") / "languages" / f"{lang}.toml").read_text(encoding="utf-8")
    )
    categories = (
        *("month", "weekday", "daypart", "dateword", "turn", "time_unit", "ago"),
        *("ago_ahead", "date_part", "since", "night_into"),
    )
    phrases = {
        phrase
        for category in categories
        for known in tables["lexicon"].get(category, {}).values()
        for phrase in known
    }
    return [*sorted(phrases), "12", "31", "2016", "99", ",", "-", "/", ".", "9999999999"]


def test_the_same_day_of_an_earlier_year_is_not_today() -> None:
    assert days("en", "Five years ago today a market was hit.") == one("2012-09-18")


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("ru", "Удар был двадцать первого января.", date(2024, 1, 21)),
        ("uk", "Удар був дванадцятого січня.", date(2024, 1, 12)),
    ],
)
def test_a_day_spelled_out_is_a_day(lang: str, text: str, day: date) -> None:
    language = load_language(lang)
    words = words_of(text)
    found = dates_in(words, language.lexicon.find(words), language, date(2024, 6, 5))
    assert [d.when.start for d in found if d.when] == [day]
