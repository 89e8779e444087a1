"""Sentences, clauses and quotations, told in texts of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.core.claims.text.language import Language
from bilan.core.claims.text.lexicon import Entry, Lexicon
from bilan.core.claims.text.sentences import clauses_of, quotations_of, sentences_of
from bilan.core.claims.text.tokens import words_of


def sentences(text: str) -> list[str]:
    words = words_of(text)
    return [words.span(first, last).of(text) for first, last in sentences_of(words)]


def clauses(text: str, *joints: str) -> list[str]:
    words = words_of(text)
    lexicon = Lexicon([Entry(j, "clause", "joint") for j in joints])
    language = Language("en", lexicon, {})
    found = clauses_of(words, lexicon.find(words), language)
    return [words.span(c.first, c.last).of(text) for c in found]


def quotations(text: str) -> list[str]:
    words = words_of(text)
    return [words.span(first, last).of(text) for first, last in quotations_of(words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gen. A. Haddad spoke. Nobody answered.", ["Gen. A. Haddad spoke.", "Nobody answered."]),
        ("Le bilan est de 3,5 %. M. Diallo nie.", ["Le bilan est de 3,5 %.", "M. Diallo nie."]),
        ("Где они? Погибли 12. Ранены 5.", ["Где они?", "Погибли 12.", "Ранены 5."]),
        ("В 2022 г. Харьков горел.", ["В 2022 г. Харьков горел."]),
        ("من قتلهم؟ لا أحد يعلم.", ["من قتلهم؟", "لا أحد يعلم."]),
        ("بمباران شد۔ ده نفر کشته شدند۔", ["بمباران شد۔", "ده نفر کشته شدند۔"]),
        ("Three died.The rest fled.", ["Three died.", "The rest fled."]),
        ("See example.com for more.", ["See example.com for more."]),
        ("The U.S. military struck twice.", ["The U.S. military struck twice."]),
        ("He said: “Stop.” Then he left.", ["He said: “Stop.”", "Then he left."]),
    ],
)
def test_a_stop_ends_a_sentence_only_where_one_ends(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_headline_and_list_items_are_sentences_of_their_own() -> None:
    text = "Raid on the market\n\nTwo sites were hit:\n- Sarmin: 3 dead\n- Binnish: 2 dead"
    assert sentences(text) == [
        "Raid on the market",
        "Two sites were hit:",
        "- Sarmin: 3 dead",
        "- Binnish: 2 dead",
    ]


def test_a_wrapped_line_does_not_cut_a_toll_from_its_verb() -> None:
    text = "RESIDENTS OF THE VALLEY SAID TODAY THAT TWELVE PEASANTS WERE\nKILLED ON SUNDAY. MORE"
    assert sentences(text)[0].endswith("ON SUNDAY.")


def test_an_item_number_is_not_a_sentence() -> None:
    assert sentences("1. A strike hit the bridge.") == ["1. A strike hit the bridge."]


def test_a_clause_ends_at_strong_signs_and_before_joining_words() -> None:
    text = "Six died; four were hurt, while the army – as always – denied it"
    assert clauses(text, "while") == [
        "Six died",
        "four were hurt,",
        "while the army",
        "as always",
        "denied it",
    ]


def test_a_range_is_not_cut_in_two() -> None:
    assert clauses("Between 12–15 people fled at 10:30") == ["Between 12–15 people fled at 10:30"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il dit «non, “jamais” dit-il» et sort.", ["«non, “jamais” dit-il»", "“jamais”"]),
        ('He said "no" and "maybe".', ['"no"', '"maybe"']),
        ("Он сказал: „нет“ и ушёл.", ["„нет“"]),
        ("It’s the army’s word: ‘no’.", ["‘no’"]),
    ],
)
def test_quotations_nest_and_apostrophes_open_none(text: str, expected: list[str]) -> None:
    assert quotations(text) == expected


def test_a_quotation_left_open_ends_with_its_paragraph() -> None:
    assert quotations('She said: "we saw it all\n\nThe army denied.') == ['"we saw it all']


@given(st.text(max_size=300))
def test_every_token_but_line_breaks_lies_in_exactly_one_sentence(text: str) -> None:
    words = words_of(text)
    held = [i for first, last in sentences_of(words) for i in range(first, last)]
    assert held == sorted(set(held))
    assert {i for i in range(len(words)) if words.kinds[i] != "l"} <= set(held)


@given(st.text(alphabet="a .\"«»“”„'’‘\n!;:,—1", max_size=200))
def test_quotations_and_clauses_never_leave_the_text(text: str) -> None:
    words = words_of(text)
    for first, last in quotations_of(words):
        assert 0 <= first < last <= len(words)
    language = Language("en", Lexicon([]), {})
    for clause in clauses_of(words, [], language):
        assert 0 <= clause.first < clause.last <= len(words)


def test_who_writes_small_ends_sentences_all_the_same() -> None:
    text = "jets hit a bakery, 2 dead, says the mayor. the army is silent\nmore later\nshare this"
    words = words_of(text)
    found = [words.span(*s).of(text) for s in sentences_of(words)]
    assert found[0] == "jets hit a bakery, 2 dead, says the mayor."
    assert found[-1] == "share this"
