"""A word that only says when makes the one incident of a report no other, earlier one."""

from __future__ import annotations

from datetime import date

import pytest

from bilan.core.claims.read import read
from bilan.core.values import Count, Publisher, PublisherKind, Report
from tests.core.claims.nowhere import NoTowns


def killed(lang: str, text: str) -> list[Count | None]:
    publisher = Publisher("An outlet", PublisherKind.LOCAL_MEDIA)
    report = Report("r", text, lang=lang, published=date(2020, 6, 17), publisher=publisher)
    return [account.killed for account in read(report, NoTowns()).accounts]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "قُتل ثلاثة مدنيين أول أمس في غارة على القرية."),
        ("ar", "قبل أسبوع أسفرت غارة على القرية عن مقتل ثلاثة مدنيين."),
        ("ar", "في الثلاثين من الشهر الماضي قُتل ثلاثة مدنيين في غارة على القرية."),
        ("ar", "تبحث الفرق منذ أمس عن ناجين بعد غارة على القرية أوقعت ثلاثة قتلى."),
        ("fa", "دو روز پیش سه غیرنظامی در حمله هوایی به روستا کشته شدند."),
        ("fa", "تاکنون سه غیرنظامی در حمله هوایی به روستا کشته شده‌اند."),
        ("tr", "İki gün önce köye düzenlenen hava saldırısında üç sivil öldü."),
        ("tr", "Köye düzenlenen hava saldırısında şu ana kadar üç sivil öldü."),
    ],
)
def test_the_only_toll_of_a_report_is_no_background_because_it_is_dated(
    lang: str, text: str
) -> None:
    assert killed(lang, text) == [Count(3, 3)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ar",
            "قُتل ثلاثة مدنيين في غارة على القرية. وقبل أسبوع أسفرت غارة عن مقتل تسعة مدنيين.",
        ),
        (
            "tr",
            "Köye düzenlenen hava saldırısında üç sivil öldü. Bir hafta önce saldırıda dokuz sivil"
            " öldü.",
        ),
    ],
)
def test_an_incident_of_a_week_before_the_one_told_stays_out_of_its_toll(
    lang: str, text: str
) -> None:
    assert Count(3, 3) in killed(lang, text)
    assert Count(3, 9) not in killed(lang, text)


def test_a_turkish_toll_that_passed_a_number_is_above_it() -> None:
    assert killed("tr", "Hava saldırısında ölü sayısı 60'ı aştı.") == [Count(61, None)]


def test_who_died_of_wounds_got_days_ago_is_dead_and_not_wounded() -> None:
    text = "توفي طفل متأثرا بجراح أصيب بها أول أمس في غارة جوية على القرية."
    assert killed("ar", text) == [Count(1, 1)]
