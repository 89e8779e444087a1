""" "Killed and injured several" is some of each; what nobody knows is not none (synthetic)."""

from __future__ import annotations

from datetime import date

import pytest

from bilan.core.claims.account import Account
from bilan.core.claims.read import read
from bilan.core.values import Count, Report
from tests.core.claims.nowhere import OneTown

_SOME = Count(2, None)

_STRUCK = {
    "en": "An air strike destroyed a house in Sarmin. ",
    "fr": "Une frappe aérienne a détruit une maison à Sarmin. ",
    "tr": "Hava saldırısı Sarmin'de bir evi yıktı. ",
    "fa": "",
    "es": "Un ataque aéreo destruyó una casa en Sarmin. ",
    "ru": "Авиаудар разрушил дом в городе Сармин. ",
    "uk": "Авіаудар зруйнував будинок у місті Сармін. ",
    "ar": "غارة جوية دمرت منزلا في سرمين. ",
}


def account_of(text: str, lang: str) -> Account:
    """The one account of a text."""
    report = Report("x", text, lang=lang, published=date(2017, 9, 18))
    (account,) = read(report, OneTown()).accounts
    return account


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Several civilians were killed and injured in an air strike on the town."),
        ("en", "An air strike killed and wounded dozens of civilians in the village."),
        ("en", "Civilians were wounded and killed when shells hit the market."),
        ("ar", "استشهاد وإصابة عدد من المدنيين في قصف مدفعي على البلدة"),
        ("ar", "قتل وجرح عشرات المدنيين بغارة جوية على القرية"),
        ("ru", "В результате обстрела села убиты и ранены десятки мирных жителей."),
        ("uk", "Внаслідок обстрілу села загинули та поранені кілька мирних жителів."),
        ("fr", "Plusieurs civils ont été tués et blessés dans une frappe aérienne sur le village."),
        ("tr", "Köye düzenlenen hava saldırısında çok sayıda sivil öldü ve yaralandı."),
        ("fa", "در حمله هوایی ارتش سوریه به سرمین چند غیرنظامی کشته و زخمی شدند."),
        ("es", "Varios civiles resultaron muertos y heridos en un ataque aéreo contra la aldea."),
    ],
)
def test_some_killed_and_injured_are_a_plural_of_each(lang: str, text: str) -> None:
    account = account_of(_STRUCK[lang] + text, lang)
    assert (account.killed, account.injured) == (_SOME, _SOME)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Dozens of civilians were killed or injured by shelling of the town."),
        ("en", "Shelling of the town caused several casualties among civilians."),
        ("en", "Ten people were killed and injured by shelling of the town."),
        ("en", "Several fighters were killed and wounded in an air strike on the town."),
        ("ar", "مقتل أو إصابة عدد من المدنيين في قصف على البلدة"),
        ("ar", "مقتل وإصابة 10 مدنيين في قصف على البلدة"),
        ("ru", "В результате обстрела села убиты или ранены десятки мирных жителей."),
        ("fr", "Plusieurs civils ont été tués ou blessés dans une frappe aérienne sur le village."),
    ],
)
def test_of_either_and_of_a_number_of_both_nobody_knows_who_died(lang: str, text: str) -> None:
    assert account_of(_STRUCK[lang] + text, lang).killed is None


def test_a_number_of_dead_stands_before_what_both_say_together() -> None:
    text = "Shells killed and injured dozens of civilians in the town. Four people were killed."
    assert account_of(_STRUCK["en"] + text, "en").killed == Count.exactly(4)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "There was no information on casualties."),
        ("en", "There was no immediate word on casualties."),
        ("en", "No information about dead or wounded was available."),
        ("en", "There is no data on the killed."),
        ("es", "No hay información sobre víctimas."),
        ("ru", "Информации о погибших нет."),
        ("ru", "Данных о жертвах и пострадавших пока нет."),
        ("ru", "Сведений о раненых не поступало."),
        ("ru", "О погибших не сообщается."),
        ("ru", "О погибших не сообщается"),
        ("ru", "Нет информации о погибших."),
        ("uk", "Інформації про загиблих немає."),
        ("uk", "Немає інформації про загиблих."),
        ("ar", "لم ترد أنباء عن سقوط قتلى."),
        ("ar", "دون ورود أنباء عن إصابات."),
    ],
)
def test_what_nobody_knows_is_neither_none_nor_some(lang: str, text: str) -> None:
    account = account_of(_STRUCK[lang] + text, lang)
    assert (account.killed, account.injured) == (None, None)


@pytest.mark.parametrize(
    ("lang", "text", "killed"),
    [
        ("en", "There were no casualties.", 0),
        ("es", "Un hombre resultó herido; no hubo muertos.", 0),
        ("ru", "Ранен один человек, погибших нет.", 0),
        ("uk", "Поранено одну людину, загиблих немає.", 0),
        ("en", "There is no information on the wounded, but two bodies were found.", 2),
        ("en", "No details of the attack that killed four people were given.", 4),
        ("ru", "Погибли четыре человека, данных о раненых нет.", 4),
    ],
)
def test_what_is_said_beside_the_unknown_counts(lang: str, text: str, killed: int) -> None:
    assert account_of(_STRUCK[lang] + text, lang).killed == Count.exactly(killed)
