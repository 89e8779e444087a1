"""Who gives a toll, by labels and in the words of Arabic, Persian and Turkish agencies."""

from __future__ import annotations

from datetime import date

import pytest

from bilan.core.claims.account import Account
from bilan.core.claims.read import read
from bilan.core.values import Count, Publisher, PublisherKind, Report
from tests.core.claims.nowhere import NoTowns


def account(lang: str, text: str) -> Account:
    publisher = Publisher("An outlet", PublisherKind.LOCAL_MEDIA)
    report = Report("r", text, lang=lang, published=date(2024, 11, 5), publisher=publisher)
    (only,) = read(report, NoTowns()).accounts
    return only


@pytest.mark.parametrize(
    ("lang", "text", "source"),
    [
        ("ar", "وفق بيان صادر عن الدفاع المدني، قتل 12 مدنيا في غارة.", "الدفاع المدني"),
        ("ar", "قتل 12 مدنيا في غارة، وفق آخر حصيلة صادرة عن الدفاع المدني.", "الدفاع المدني"),
        ("ar", "وفي حصيلة أعلنها الدفاع المدني قتل 12 مدنيا في غارة.", "الدفاع المدني"),
        ("ar", "جاء في بيان الدفاع المدني أن 12 مدنيا قتلوا في غارة.", "الدفاع المدني"),
        ("ar", "الدفاع المدني: 12 مدنيا قتلوا في غارة", "الدفاع المدني"),
        ("ar", "عاجل | الدفاع المدني: 12 مدنيا قتلوا في غارة", "الدفاع المدني"),
        ("fa", "دفاع مدنی تأیید می‌کند که ۱۲ غیرنظامی در حمله هوایی کشته شدند.", "دفاع مدنی"),
        (
            "tr",
            "Sivil savunmadan yapılan açıklamada, hava saldırısında 12 sivilin öldüğü belirtildi.",
            "Sivil savunmadan",
        ),
        ("en", "Civil defence: 12 civilians killed in an air strike", "Civil defence"),
    ],
)
def test_the_source_is_heard_however_its_word_is_brought(lang: str, text: str, source: str) -> None:
    told = account(lang, text)
    assert [informant.name for informant in told.alleged_by] == [source]
    assert told.killed == Count(12, 12)


def test_the_correspondents_of_the_outlet_are_no_source_beside_it() -> None:
    assert account("ar", "قتل 12 مدنيا في غارة، بحسب مراسلنا.").alleged_by == ()


@pytest.mark.parametrize(
    "text",
    ["Place: a hospital\n12 civilians were killed in an air strike.", "Two: hospital staff wept."],
)
def test_what_a_form_names_is_no_source(text: str) -> None:
    publisher = Publisher("An outlet", PublisherKind.LOCAL_MEDIA)
    report = Report("r", text, lang="en", published=date(2024, 11, 5), publisher=publisher)
    assert all(not told.alleged_by for told in read(report, NoTowns()).accounts)


def test_a_toll_told_behind_a_denial_is_no_background() -> None:
    text = "نفت إسرائيل قصف القرية. وكانت وزارة الصحة أعلنت مقتل ثلاثة مدنيين في غارة."
    assert account("ar", text).killed == Count(3, 3)


def test_eleven_in_arabic_is_no_one_of_them() -> None:
    text = "أصيب تسعة مدنيين في غارة. وأعلنت وزارة الصحة أن عدد القتلى أحد عشر."
    told = account("ar", text)
    assert (told.killed, told.injured) == (Count(11, 11), Count(9, 9))


@pytest.mark.parametrize("words", ["تیرباران کرده‌اند", "به قتل رسانده‌اند"])
def test_those_put_to_death_in_persian_are_dead(words: str) -> None:
    assert account("fa", f"طالبان چهار غیرنظامی را در حمله به روستا {words}.").killed == Count(4, 4)
