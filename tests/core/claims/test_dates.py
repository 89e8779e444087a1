"""Dates resolve against the day of publication, keep their precision, and never point ahead."""

from __future__ import annotations

from datetime import date

import pytest

from bilan.core.claims.dates import DateKind, DateMention, dates_in
from bilan.core.claims.language import load_language
from bilan.core.claims.tokens import words_of
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
]


@pytest.mark.parametrize(("lang", "text"), ONE_DAY)
def test_a_day_is_the_same_day_however_it_is_written(lang: str, text: str) -> None:
    assert days(lang, text) == one(SATURDAY)


NIGHTS = [
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
]


@pytest.mark.parametrize(("lang", "text"), NIGHTS)
def test_a_night_that_spans_two_days_is_two_days(lang: str, text: str) -> None:
    assert days(lang, text) == [("2017-09-17", "2017-09-18")]
