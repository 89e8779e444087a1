"""What did the harm."""

from __future__ import annotations

import pytest

from bilan.core.claims.harm.causes import cause_of, causes_in
from bilan.core.claims.text.language import load_language
from bilan.core.claims.text.marks import Marks
from bilan.core.claims.text.sentences import sentences_of
from bilan.core.claims.text.tokens import words_of
from bilan.core.values import Cause


def cause(code: str, text: str, *, air_power: bool = False) -> Cause:
    words = words_of(text)
    marks = Marks(words, load_language(code).lexicon.find(words))
    sentences = sentences_of(words)
    found = causes_in(marks, sentences)
    return cause_of(found, range(len(sentences)), air_power=air_power)[0]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "A barrel bomb dropped by a helicopter killed six.", Cause.AIRSTRIKE),
        ("en", "A drone strike killed six.", Cause.DRONE),
        ("en", "Mortar shells killed six.", Cause.ARTILLERY),
        ("en", "A ballistic missile killed six.", Cause.ROCKET),
        ("en", "A roadside bomb killed six.", Cause.IED_MINE),
        ("en", "Gunmen shot dead six villagers.", Cause.SMALL_ARMS),
        ("en", "Six prisoners were summarily executed.", Cause.DETENTION),
        ("en", "Chlorine gas killed six.", Cause.CHEMICAL),
        ("en", "Warplanes fired rockets at the market.", Cause.AIRSTRIKE),
        ("fr", "Une mine antipersonnel a tué deux enfants.", Cause.IED_MINE),
        ("fr", "Un tir de drone a touché un camion.", Cause.DRONE),
        ("fr", "Des obus de mortier sont tombés.", Cause.ARTILLERY),
        ("ar", "انفجار لغم أرضي أدى إلى مقتل طفل.", Cause.IED_MINE),
        ("ar", "قذائف هاون سقطت على الحي.", Cause.ARTILLERY),
        ("ar", "ألقت مروحيات براميل متفجرة.", Cause.AIRSTRIKE),
        ("ru", "Баллистическая ракета попала в дом.", Cause.ROCKET),
        ("ru", "Беспилотник ударил по рынку.", Cause.DRONE),
        ("uk", "Підрив на міні вбив двох.", Cause.IED_MINE),
        ("es", "Una mina antipersonal mató a dos.", Cause.IED_MINE),
        ("fa", "در حمله هوایی شش نفر کشته شدند.", Cause.AIRSTRIKE),
        ("tr", "Hava saldırısında altı kişi öldü.", Cause.AIRSTRIKE),
        ("tr", "Bomba yüklü araç patladı.", Cause.IED_MINE),
    ],
)
def test_a_cause_is_told_in_every_language(code: str, text: str, expected: Cause) -> None:
    assert cause(code, text) is expected


def test_an_attack_without_a_weapon_is_unknown() -> None:
    assert cause("en", "The attack killed six.") is Cause.UNKNOWN


def test_an_unqualified_bombing_by_an_air_force_is_an_air_strike() -> None:
    assert cause("en", "The bombing killed six.", air_power=True) is Cause.AIRSTRIKE


def test_a_weapons_store_that_was_hit_did_no_harm() -> None:
    assert cause("en", "An air strike hit a rocket launcher.") is Cause.AIRSTRIKE
