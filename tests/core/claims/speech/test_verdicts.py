"""What the words of a finding come to, and what is never taken for a finding."""

from __future__ import annotations

import pytest

from bilan.core.claims.speech.entries import Section
from bilan.core.claims.speech.verdicts import unwrapped, verdict_in

WORDED = [
    ("It was assessed that one civilian was unintentionally killed.", Section.CREDIBLE),
    ("Regrettably, four civilians were wounded by fragments.", Section.CREDIBLE),
    ("It is more likely than not that two people were unintentionally killed.", Section.CREDIBLE),
    ("It is assessed that a driver was killed by the blast.", Section.CREDIBLE),
    ("More likely than not, civilian casualties did not occur.", Section.NOT_CREDIBLE),
    ("There is insufficient evidence to find that civilians were harmed.", Section.NOT_CREDIBLE),
    ("There is no corroborating evidence of the reported deaths.", Section.NOT_CREDIBLE),
    ("No strikes were conducted in the geographical area on that day.", Section.NOT_CREDIBLE),
    ("It was assessed that no civilians were unintentionally killed.", Section.NOT_CREDIBLE),
    ("The report was assessed to be non-credible.", Section.NOT_CREDIBLE),
    ("The report lacks detail; insufficient\ninformation was given.", Section.NOT_CREDIBLE),
    ("This is a duplicate of allegation 12, found credible in March.", Section.DUPLICATE),
    ("The matter was passed to the assessment team.", Section.OPEN),
    ("The report is still open.", Section.OPEN),
    ("The report was reopened upon new information.", Section.REOPENED),
]


@pytest.mark.parametrize(("words", "outcome"), WORDED)
def test_a_finding_comes_to_what_it_says(words: str, outcome: Section) -> None:
    verdict = verdict_in(words, "en")
    assert verdict is not None
    assert verdict.outcome is outcome


@pytest.mark.parametrize(
    "words", ["A strike was carried out near the river.", "The weather was fair.", ""]
)
def test_words_that_find_nothing_come_to_nothing(words: str) -> None:
    assert verdict_in(words, "en") is None


def test_what_was_found_before_a_case_was_reopened_is_not_what_it_came_to() -> None:
    text = (
        "The report, once found non-credible, was reopened after new evidence came in."
        " Three civilians were unintentionally killed."
    )
    verdict = verdict_in(text, "en")
    assert verdict is not None
    assert verdict.outcome is Section.CREDIBLE
    assert verdict.reopened is not None
    assert verdict.reopened.of(text) == "was reopened"


def test_the_words_of_a_verdict_stand_in_the_text() -> None:
    for words, _ in WORDED:
        verdict = verdict_in(words, "en")
        assert verdict is not None
        assert 0 <= verdict.span.start < verdict.span.end <= len(words)


def test_unwrapping_moves_no_letter_and_keeps_paragraphs() -> None:
    text = "one\ntwo\n\nthree\n  four"
    assert unwrapped(text) == "one two\n\nthree   four"
    assert len(unwrapped(text)) == len(text)
