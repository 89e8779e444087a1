"""Who blames whom and who answers, where verbs stand first (Arabic) or last (Persian, Turkish)."""

from __future__ import annotations

from datetime import date

import pytest

from bilan.core.claims.account import Account
from bilan.core.claims.read import read
from bilan.core.values import CivilianStatus, Count, Publisher, PublisherKind, Report, Stance
from tests.core.claims.nowhere import NoTowns


def account(lang: str, text: str) -> Account:
    publisher = Publisher("An outlet", PublisherKind.LOCAL_MEDIA)
    report = Report("r", text, lang=lang, published=date(2020, 4, 18), publisher=publisher)
    (only,) = read(report, NoTowns()).accounts
    return only


@pytest.mark.parametrize(
    ("blame", "blamed"),
    [
        ("واتهم الجيش السوداني قوات الدعم السريع بقصف الحي.", "RSF"),
        ("واتهمت قوات الدعم السريع الجيش السوداني بقصف الحي.", "Sudanese Armed Forces"),
        ("واتهمت تركيا قوات النظام السوري بقصف الحي.", "Syrian government forces"),
        ("واتهم الجيش اليمني مليشيا الحوثي بقصف الحي.", "Houthis"),
        ("وحمّلت حكومة الوفاق قوات حفتر مسؤولية القصف.", "Libyan National Army"),
    ],
)
def test_forces_behind_a_name_are_those_of_the_next_one(blame: str, blamed: str) -> None:
    assert account("ar", f"قُتل مدنيان بقصف على حي سكني. {blame}").alleged_perpetrators == (blamed,)


def test_the_forces_of_a_country_are_named_by_their_adjective_still() -> None:
    told = account("en", "Two civilians were killed when Israeli forces shelled a village.")
    assert told.alleged_perpetrators == ("Israel",)


@pytest.mark.parametrize(
    ("lang", "text", "stance"),
    [
        ("ar", "وأعلن تنظيم داعش مسؤوليته عن التفجير.", Stance.ACKNOWLEDGES_STRIKE),
        ("ar", "ونفى تنظيم داعش مسؤوليته عن التفجير.", Stance.DENIES),
        ("ar", "وقال تنظيم داعش إنه سيقيّم التقارير.", Stance.OPENS_INQUIRY),
    ],
)
def test_a_claim_told_behind_its_party_is_heard(lang: str, text: str, stance: Stance) -> None:
    told = account(lang, f"قُتل ستة مدنيين بسيارة مفخخة في سوق. {text}")
    assert [(s.party, s.stance) for s in told.statements] == [("ISIS", stance)]


@pytest.mark.parametrize(
    ("answer", "stance"),
    [
        ("ارتش اسرائیل این گزارش را رد کرد.", Stance.DENIES),
        ("ارتش اسرائیل گفت که حماس را هدف قرار داده است.", Stance.ACKNOWLEDGES_STRIKE),
    ],
)
def test_what_a_verb_acts_on_does_not_speak_in_persian(answer: str, stance: Stance) -> None:
    told = account("fa", f"دوازده غیرنظامی در حمله هوایی اسرائیل کشته شدند. {answer}")
    assert {(s.party, s.stance) for s in told.statements} >= {("Israel", stance)}
    assert {s.party for s in told.statements} == {"Israel"}
    assert told.alleged_perpetrators == ("Israel",)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "قتل ستة أشخاص بينهم جنديان بسيارة مفخخة لتنظيم داعش."),
        ("en", "Six people, including two soldiers, were killed by an ISIS car bomb."),
        ("fa", "در انفجار موتر بمب طالبان شش نفر به شمول دو سرباز کشته شدند."),
    ],
)
def test_fighters_among_the_dead_are_not_counted_twice(lang: str, text: str) -> None:
    told = account(lang, text)
    assert (told.killed, told.fighters_killed) == (Count(4, 4), Count(2, 2))


def test_civilians_among_whom_soldiers_are_named_stay_as_many() -> None:
    told = account("en", "Six civilians and two soldiers were killed by an ISIS car bomb.")
    assert (told.killed, told.fighters_killed) == (Count(6, 6), Count(2, 2))


def test_fighters_whom_only_the_accused_names_make_no_mixed_toll() -> None:
    text = (
        "Köye düzenlenen hava saldırısında iki sivil öldü. Türk ordusu beş teröristin"
        " öldürüldüğünü açıkladı."
    )
    assert account("tr", text).civilian_status is CivilianStatus.CIVILIAN


def test_wounded_who_die_are_dead() -> None:
    told = account("ar", "استشهد جريحان متأثرين بإصابتهما في غارة على القرية.")
    assert (told.killed, told.injured) == (Count(2, 2), None)


def test_an_israeli_attack_is_harm_of_war_in_turkish() -> None:
    told = account("tr", "İsrail'in saldırısında 3'ü çocuk 9 Filistinli hayatını kaybetti.")
    assert (told.killed, told.killed_children) == (Count(9, 9), Count(3, 3))
