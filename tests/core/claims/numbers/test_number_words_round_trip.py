"""Every number from 0 to 999,999 is read back from the words that a writer would use for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan.core.claims.numbers.amounts import amounts
from bilan.core.claims.text.found import Found
from bilan.core.claims.text.language import load_language
from bilan.core.claims.text.tokens import words_of


def listed(words: str) -> list[str]:
    return words.split()


EN = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
)
EN_TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")


def english(n: int) -> str:
    if n >= 1000:
        rest = n % 1000
        tail = "" if rest == 0 else (" and " if rest < 100 else " ") + english(rest)
        return english(n // 1000) + " thousand" + tail
    if n >= 100:
        return EN[n // 100] + " hundred" + (f" and {english(n % 100)}" if n % 100 else "")
    if n >= 20:
        return EN_TENS[n // 10 - 2] + (f"-{EN[n % 10]}" if n % 10 else "")
    return EN[n]


FR = listed(
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze"
    " seize dix-sept dix-huit dix-neuf"
)
FR_TENS = listed("vingt trente quarante cinquante soixante")


def french(n: int) -> str:
    if n >= 1000:
        return _joined("mille" if n < 2000 else french(n // 1000) + " mille", n % 1000, french)
    if n >= 100:
        head = "cent" if n < 200 else FR[n // 100] + " cent"
        return _joined(head, n % 100, french) + ("s" if n >= 200 and n % 100 == 0 else "")
    return FR[n] if n < 20 else _french_tens(n)


def _french_tens(n: int) -> str:
    if n >= 80:
        return "quatre-vingts" if n == 80 else f"quatre-vingt-{FR[n - 80]}"
    base = 60 if n >= 60 else n // 10 * 10
    rest = n - base
    tail = {0: "", 1: " et un", 11: " et onze"}.get(rest, f"-{FR[rest]}")
    return FR_TENS[base // 10 - 2] + tail


ES = listed(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
    " dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés"
    " veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
)
ES_TENS = listed("treinta cuarenta cincuenta sesenta setenta ochenta noventa")
ES_HUNDREDS = listed(
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos"
    " ochocientos novecientos"
)


def spanish(n: int) -> str:
    if n >= 1000:
        head = "mil" if n < 2000 else spanish(n // 1000) + " mil"
        return head + (f" {spanish(n % 1000)}" if n % 1000 else "")
    if n >= 100:
        return "cien" if n == 100 else _joined(ES_HUNDREDS[n // 100 - 1], n % 100, spanish)
    if n >= 30:
        return ES_TENS[n // 10 - 3] + (f" y {ES[n % 10]}" if n % 10 else "")
    return ES[n]


def _joined(head: str, rest: int, say: Callable[[int], str], joint: str = " ") -> str:
    return head + (joint + say(rest) if rest else "")


RU = listed(
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать"
    " тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
RU_TENS = listed("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
RU_HUNDREDS = listed("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")


def russian(n: int) -> str:
    if n >= 1000:
        return _joined("тысяча" if n < 2000 else russian(n // 1000) + " тысяч", n % 1000, russian)
    if n >= 100:
        return _joined(RU_HUNDREDS[n // 100 - 1], n % 100, russian)
    return RU[n] if n < 20 else _joined(RU_TENS[n // 10 - 2], n % 10, russian)


UK = listed(
    "нуль один два три чотири пʼять шість сім вісім девʼять десять одинадцять дванадцять"
    " тринадцять чотирнадцять пʼятнадцять шістнадцять сімнадцять вісімнадцять девʼятнадцять"
)
UK_TENS = listed("двадцять тридцять сорок пʼятдесят шістдесят сімдесят вісімдесят девʼяносто")
UK_HUNDREDS = listed("сто двісті триста чотириста пʼятсот шістсот сімсот вісімсот девʼятсот")


def ukrainian(n: int) -> str:
    if n >= 1000:
        head = "тисяча" if n < 2000 else ukrainian(n // 1000) + " тисяч"
        return _joined(head, n % 1000, ukrainian)
    if n >= 100:
        return _joined(UK_HUNDREDS[n // 100 - 1], n % 100, ukrainian)
    return UK[n] if n < 20 else _joined(UK_TENS[n // 10 - 2], n % 10, ukrainian)


AR = listed("صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة")
AR_TENS = listed("عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون")
AR_HUNDREDS = listed("مئة مئتان ثلاثمئة أربعمئة خمسمئة ستمئة سبعمئة ثمانمئة تسعمئة")


def arabic(n: int) -> str:
    if n >= 1000:
        head = {1: "ألف", 2: "ألفان"}.get(n // 1000, arabic(n // 1000) + " ألف")
        return _joined(head, n % 1000, arabic, " و")
    if n >= 100:
        return _joined(AR_HUNDREDS[n // 100 - 1], n % 100, arabic, " و")
    if n >= 20:
        tens = AR_TENS[n // 10 - 2]
        return f"{AR[n % 10]} و{tens}" if n % 10 else tens
    if n > 10:
        return {11: "أحد عشر", 12: "اثنا عشر"}.get(n, f"{AR[n - 10]} عشر")
    return AR[n]


FA = listed(
    "صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده"
)
FA_TENS = listed("بیست سی چهل پنجاه شصت هفتاد هشتاد نود")
FA_HUNDREDS = listed("صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد")


def persian(n: int, joint: str = " و ") -> str:
    if n >= 1000:
        head = "هزار" if n < 2000 else persian(n // 1000) + " هزار"
        return _joined(head, n % 1000, persian, " و ")
    if n >= 100:
        return _joined(FA_HUNDREDS[n // 100 - 1], n % 100, persian, " و ")
    return FA[n] if n < 20 else _joined(FA_TENS[n // 10 - 2], n % 10, persian, joint)


TR = listed("sıfır bir iki üç dört beş altı yedi sekiz dokuz")
TR_TENS = listed("on yirmi otuz kırk elli altmış yetmiş seksen doksan")


def turkish(n: int) -> str:
    if n >= 1000:
        return _joined("bin" if n < 2000 else turkish(n // 1000) + " bin", n % 1000, turkish)
    if n >= 100:
        return _joined("yüz" if n < 200 else TR[n // 100] + " yüz", n % 100, turkish)
    return TR[n] if n < 10 else _joined(TR_TENS[n // 10 - 1], n % 10, turkish)


PT = listed(
    "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze"
    " dezesseis dezessete dezoito dezenove"
)
PT_TENS = listed("vinte trinta quarenta cinquenta sessenta setenta oitenta noventa")
PT_HUNDREDS = listed(
    "cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos"
)


def portuguese(n: int) -> str:
    if n >= 1000:
        return _joined("mil" if n < 2000 else portuguese(n // 1000) + " mil", n % 1000, portuguese)
    if n >= 100:
        head = "cem" if n == 100 else PT_HUNDREDS[n // 100 - 1]
        return _joined(head, n % 100, portuguese, " e ")
    return PT[n] if n < 20 else _joined(PT_TENS[n // 10 - 2], n % 10, portuguese, " e ")


WRITERS: dict[str, Callable[[int], str]] = {
    "ar": arabic,
    "en": english,
    "es": spanish,
    "fa": persian,
    "fr": french,
    "pt": portuguese,
    "ru": russian,
    "tr": turkish,
    "uk": ukrainian,
}


def values(lang: str, text: str) -> list[int | None]:
    language = load_language(lang)
    words = words_of(text)
    return [a.whole for a in amounts(words, Found(language.lexicon.find(words)), language)]


@pytest.mark.parametrize("lang", sorted(WRITERS))
def test_small_numbers_are_all_read_back(lang: str) -> None:
    wrong = {n: said for n in range(1200) if values(lang, said := WRITERS[lang](n)) != [n]}
    assert wrong == {}


@pytest.mark.parametrize("lang", sorted(WRITERS))
@settings(max_examples=120, deadline=None)
@given(n=st.integers(0, 999_999))
def test_a_number_said_in_words_is_the_number(lang: str, n: int) -> None:
    assert values(lang, WRITERS[lang](n)) == [n]


@settings(max_examples=60, deadline=None)
@given(n=st.integers(21, 99))
def test_persian_compounds_are_read_when_written_as_one_word(n: int) -> None:
    assert values("fa", persian(n, "‌و")) == [n]


SCRIPTS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९")


@settings(max_examples=60, deadline=None)
@given(n=st.integers(1, 99_999_999), script=st.sampled_from(SCRIPTS))
def test_digits_of_every_script_are_the_same_number(n: int, script: str) -> None:
    assert values("en", "".join(script[int(d)] for d in str(n))) == [n]


@settings(max_examples=60, deadline=None)
@given(n=st.integers(1000, 999_999_999), mark=st.sampled_from(",.'’٬\u00a0\u202f "))
def test_a_grouping_mark_changes_no_number(n: int, mark: str) -> None:
    assert values("en", f"{n:,}".replace(",", mark)) == [n]
