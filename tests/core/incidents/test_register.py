"""Which incident of a register a party's finding is about."""

from __future__ import annotations

from bilan.core.claims.speech.entries import Brought
from bilan.core.incidents.register import (
    Known,
    Located,
    Register,
    Sought,
    assign,
    likeness,
    skeleton,
)
from bilan.core.values import Point
from tests.core.incidents.made import COALITION, RUSSIA, day

ROUGHLY = Located.ROUGHLY
KNOWN = [
    Known("m14", day("2017-09-14"), ("Al Mayadin",), "Deir Ezzor", parties=(COALITION,)),
    Known(
        "m16", day("2017-09-16"), ("Al Mayadeen", "الميادين"), "Deir Ezzor", parties=(COALITION,)
    ),
    Known("k16", day("2017-09-16"), ("Mahkan",), "Deir Ezzor", parties=(COALITION,)),
    Known("r16", day("2017-09-16"), ("Al Mayadin",), "Deir Ezzor", parties=(RUSSIA,)),
]


def codes(**sought: object) -> list[str]:
    when = day(str(sought.pop("when", "2017-09-16")))
    asked = Sought(when, party=COALITION, **sought)  # type: ignore[arg-type]  # names, text ...
    return [offer.code for offer in Register(KNOWN).offers(asked)]


def test_a_name_spelt_otherwise_on_the_same_day_is_found_first() -> None:
    assert codes(names=("Mayadin",))[0] == "m16"
    assert codes(names=("Makhan",))[0] == "k16"


def test_the_day_weighs_more_than_a_neighbours_name() -> None:
    assert codes(names=("Mayadin",), when="2017-09-14")[0] == "m14"


def test_a_release_that_names_the_province_offers_what_lies_in_it() -> None:
    assert set(codes(names=("Deir ez-Zour",))) >= {"m16", "k16"}


def test_without_a_day_or_far_from_every_day_nothing_is_offered() -> None:
    assert Register(KNOWN).offers(Sought(None, ("Mayadin",))) == ()
    assert codes(names=("Mayadin",), when="2018-01-01") == []


def test_what_a_party_found_credible_is_what_it_located_itself() -> None:
    known = [
        Known("a", day("2017-06-01"), ("Ar Raqqah",), "Raqqa", None, (COALITION,), ROUGHLY),
        Known("b", day("2017-06-01"), ("Raqqa",), "Raqqa", None, (COALITION,), Located.BY_PARTY),
    ]
    register = Register(known)
    for credible, first in ((True, "b"), (False, "a")):
        asked = Sought(day("2017-06-01"), ("Raqqah",), party=COALITION, credible=credible)
        assert register.offers(asked)[0].code == first


def test_what_those_who_went_there_brought_forward_is_located_exactly() -> None:
    known = [
        Known("a", day("2017-06-01"), ("Ar Raqqah",), "Raqqa", None, (COALITION,), ROUGHLY),
        Known("b", day("2017-06-01"), ("Raqqa",), "Raqqa", None, (COALITION,), Located.EXACTLY),
    ]
    for brought, first in ((Brought.VISITED, "b"), (Brought.READ, "a")):
        asked = Sought(day("2017-06-01"), ("Ar Raqqah",), party=COALITION, brought=brought)
        assert Register(known).offers(asked)[0].code == first


def test_an_allegation_found_not_credible_is_one_that_somebody_there_told() -> None:
    known = [
        Known("a", day("2017-06-01"), ("Raqqa",), "Raqqa", None, (COALITION,), told_there=False),
        Known("b", day("2017-06-01"), ("Raqqa",), "Raqqa", None, (COALITION,)),
    ]
    asked = Sought(day("2017-06-01"), ("Raqqa",), party=COALITION, credible=False)
    offers = Register(known).offers(asked)
    assert [o.code for o in offers] == ["b", "a"]
    assert "nobody there is recorded to have told of it" in offers[1].why


def test_each_finding_takes_an_incident_of_its_own() -> None:
    known = [
        Known("a", day("2017-06-01"), ("Raqqah",), "Raqqa", parties=(COALITION,)),
        Known("b", day("2017-06-01"), ("Raqqa, by the old bridge",), "Raqqa", parties=(COALITION,)),
    ]
    register = Register(known)
    asked = Sought(day("2017-06-01"), ("Raqqah",), party=COALITION)
    bridge = Sought(day("2017-06-01"), ("Raqqah",), party=COALITION, text="The bridge was struck.")
    found = assign([register.offers(asked), register.offers(bridge), ()])
    assert [offer.code if offer else None for offer in found] == ["a", "b", None]


def test_every_offer_says_why() -> None:
    point = Point(35.02, 40.45)
    known = [Known("a", day("2017-09-16"), ("Al Mayadin",), "Deir Ezzor", point, (COALITION,))]
    asked = Sought(day("2017-09-17"), ("Mayadin",), "Deir ez-Zor", point, COALITION)
    (offer,) = Register(known).offers(asked)
    assert offer.why[0] == "1 days apart"
    assert any("a name like it" in why for why in offer.why)
    assert any("km away" in why for why in offer.why)


def test_spellings_meet_by_their_consonants_and_common_words_mean_nothing() -> None:
    assert skeleton("mayadeen") == skeleton("miyadin")
    assert likeness("Al Shaafa", "near Al Sha'afa village") > 0.9
    assert likeness("Al Bab village", "Al Hawl village") == 0.0
