"""A text's language is told by its words, or said to be unknown; never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.core.claims.text.language import known_languages
from bilan.core.claims.text.profiles import profiles
from bilan.core.reports.language_of import UNKNOWN, language_of, settle_language

SAMPLES = {
    "ar": "قال ناشطون إن خمسة مدنيين قتلوا في غارة على السوق يوم الخميس",
    "en": "Five civilians were killed when a market was hit on Thursday, activists said.",
    "es": "Cinco civiles murieron el jueves en un ataque contra el mercado, según activistas.",
    "fa": "به گفته فعالان، پنج غیرنظامی روز پنجشنبه در حمله به بازار کشته شدند.",
    "fr": "Cinq civils ont été tués jeudi dans une frappe sur le marché, selon des militants.",
    "pt": "Cinco civis foram mortos na quinta-feira num ataque ao mercado, segundo ativistas.",
    "ru": "По словам активистов, в четверг при ударе по рынку погибли пять мирных жителей.",
    "tr": "Aktivistlere göre perşembe günü pazara düzenlenen saldırıda beş sivil öldü.",
    "uk": "За словами активістів, у четвер внаслідок удару по ринку загинули п'ятеро людей.",
    "de": "Nach Angaben von Aktivisten wurden am Donnerstag fünf Zivilisten getötet.",
    "it": "Secondo gli attivisti, cinque civili sono stati uccisi giovedì nel mercato.",
    "bg": "Според активисти петима цивилни са били убити при удара по пазара в четвъртък.",
    "ur": "کارکنوں کے مطابق جمعرات کو بازار پر حملے میں پانچ شہری ہلاک ہو گئے ہیں۔",
    "he": "חמישה אזרחים נהרגו ביום חמישי",
}


@pytest.mark.parametrize("code", SAMPLES)
def test_one_sentence_is_enough_to_tell_a_language(code: str) -> None:
    assert language_of(SAMPLES[code], profiles()) == code


def test_every_language_with_a_file_can_be_told() -> None:
    assert {p.code for p in profiles()} >= set(known_languages())
    assert set(known_languages()) <= set(SAMPLES)


@pytest.mark.parametrize("text", ["", "12", "Mayadin", "https://example.org/the/of/and", "🙏🙏"])
def test_a_text_too_short_to_tell_is_unknown(text: str) -> None:
    assert language_of(text, profiles()) == UNKNOWN


def test_page_furniture_in_latin_letters_does_not_make_arabic_english() -> None:
    post = f"Copy link to this post. More replies. {SAMPLES['ar']} Show more of this."
    assert language_of(post, profiles()) == "ar"


def test_headlines_in_capitals_are_told() -> None:
    assert language_of(SAMPLES["ru"].upper(), profiles()) == "ru"
    assert language_of(SAMPLES["fr"].upper(), profiles()) == "fr"


def test_what_is_stated_is_believed_and_disagreement_is_shown() -> None:
    lang, fault = settle_language("fr", SAMPLES["en"], profiles(), where="a.txt")
    assert lang == "fr"
    assert fault is not None
    assert fault.code == "language_disagrees"
    assert "'en'" in fault.message


_AROUND = """Copy link to Tweet

Embed Tweet

{post}

2 Retweets

Loading seems to be taking a while.

Twitter may be over capacity or experiencing a momentary hiccup. Try again or visit the page.
"""


@pytest.mark.parametrize(("stated", "written"), [("en", "ar"), ("fr", "ru"), ("ar", "en")])
def test_a_post_is_not_lost_because_its_page_is_in_another_language(
    stated: str, written: str
) -> None:
    text = _AROUND.format(post=SAMPLES[written])
    lang, fault = settle_language(stated, text, profiles())
    assert lang == written
    assert fault is not None
    assert fault.code == "language_disagrees"
    assert f"read as {written!r}" in fault.message


def test_a_few_words_in_other_letters_do_not_overrule_what_is_stated() -> None:
    text = f"{SAMPLES['en']} The post said: {SAMPLES['ar']} {SAMPLES['en']}"
    lang, _ = settle_language("en", text, profiles())
    assert lang == "en"


def test_a_language_without_a_reader_overrules_nothing() -> None:
    lang, fault = settle_language("ar", SAMPLES["de"], profiles())
    assert lang == "ar"
    assert fault is not None


def test_an_unknown_language_is_a_fault_and_an_agreeing_one_is_none() -> None:
    assert settle_language("fr", SAMPLES["fr"], profiles()) == ("fr", None)
    assert settle_language("fr", "ok", profiles()) == ("fr", None)
    assert settle_language(UNKNOWN, SAMPLES["ar"], profiles()) == ("ar", None)
    lang, fault = settle_language(UNKNOWN, "ok", profiles())
    assert (lang, fault and fault.code) == (UNKNOWN, "language_unknown")


@given(st.text())
def test_any_text_has_a_language_or_is_unknown(text: str) -> None:
    assert language_of(text, profiles()) in {p.code for p in profiles()} | {UNKNOWN}
