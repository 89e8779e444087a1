"""Nouns for people in the forms of their language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.core.claims.text.inflection import inflected
from bilan.core.claims.text.language import load_language
from bilan.core.claims.text.lexicon import Entry
from bilan.core.claims.text.tokens import words_of

RULES = {
    "groups": ["civilians"],
    "never": ["guest"],
    "one": [["er", ["erum"]], ["(t)", [r"\1um"]]],
    "many": [["(r|t)", [r"\1or"]]],
}


def forms(*words: str, key: str = "civilians_sg") -> set[tuple[str, str]]:
    entries = [Entry(word, "person", key) for word in words]
    return {(entry.phrase, entry.key) for entry in inflected(entries, RULES)}


def test_the_first_rule_that_fits_gives_the_forms_of_one_and_of_several() -> None:
    assert forms("baker") == {("bakerum", "civilians_sg"), ("bakeror", "civilians_pl")}


def test_phrases_stems_exceptions_and_other_groups_stay_as_they_are() -> None:
    assert forms("old baker", "bak*", "guest") == set()
    assert forms("baker", key="fighters_sg") == set()
    assert list(inflected([Entry("baker", "harm", "civilians_sg")], RULES)) == []


def test_a_form_of_another_noun_is_not_inflected_again() -> None:
    assert ("bakerorum", "civilians_sg") not in forms("baker", "bakeror")


@given(st.lists(st.text("abert", min_size=1, max_size=6), max_size=8))
def test_a_language_without_rules_has_no_further_forms(words: list[str]) -> None:
    assert list(inflected([Entry(word, "person", "civilians_sg") for word in words], {})) == []


@pytest.mark.parametrize(
    ("lang", "words", "key"),
    [
        ("ru", "торговки", "women_sg"),
        ("ru", "тракториста", "civilians_sg"),
        ("ru", "сварщиков", "civilians_pl"),
        ("uk", "касирку", "women_sg"),
        ("uk", "електриків", "civilians_pl"),
        ("fa", "دختری", "female_sg"),
        ("fa", "فرزندشان", "kin_sg"),
        ("tr", "öğretmeninin", "civilians_sg"),
        ("tr", "fırıncıların", "civilians_pl"),
    ],
)
def test_people_are_known_in_the_cases_of_their_language(lang: str, words: str, key: str) -> None:
    hits = load_language(lang).lexicon.find(words_of(words))
    assert key in {hit.key for hit in hits if hit.category == "person"}
