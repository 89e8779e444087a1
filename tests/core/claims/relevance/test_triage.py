"""Triage loses nothing: a text that it sorts out has no phrase to make an account of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.accuracy import own_set
from benchmarks.speed.news import stream
from bilan.core.claims.relevance.triage import triage
from bilan.core.claims.text.language import known_languages, load_language
from bilan.core.claims.text.tokens import words_of

REPORTS = own_set.reports()
RELEVANT = {answer["id"] for answer in own_set.answers() if answer["relevant"]}


@pytest.mark.parametrize("report", REPORTS, ids=[r["id"] for r in REPORTS])
def test_no_report_of_harm_is_sorted_out(report: dict[str, str]) -> None:
    if report["id"] in RELEVANT:
        assert triage(report["lang"]).may_tell(report["text"])


def _names_harm(text: str, code: str) -> bool:
    hits = load_language(code).lexicon.find(words_of(text))
    return any(h.category == "harm" and not h.key.startswith("other") for h in hits)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_text_with_a_phrase_of_harm_is_never_sorted_out(data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(known_languages()))
    entries = [e for e in load_language(code).lexicon.entries if e.category in ("harm", "party")]
    phrases = st.sampled_from([e.phrase.replace("*", "").split("|")[0] for e in entries])
    fillers = st.sampled_from(["the", "و", "…", "\n", "12", "— ", "«", "office", "в"])
    text = " ".join(data.draw(st.lists(phrases | fillers, max_size=12)))
    if _names_harm(text, code):
        assert triage(code).may_tell(text)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge will carry 12,000 cars a day.",
        "The army opened a museum in Cairo.",
        "A study of 300 patients was published on Friday.",
    ],
)
def test_ordinary_news_is_read_no_further(text: str) -> None:
    assert not triage("en").may_tell(text)


@pytest.mark.parametrize("text", ["مقـ ـتل شاب في البلدة", "استشـ .ـهاد شاب", "جـ ـرحى في البلدة"])
def test_a_word_broken_to_dodge_moderation_is_not_sorted_out(text: str) -> None:
    assert triage("ar").may_tell(text)


def test_a_party_that_tells_of_its_own_strike_names_no_harm_and_is_read() -> None:
    assert triage("en").may_tell("Hezbollah detonated a mine near the river.")


def test_most_of_a_stream_of_news_is_sorted_out() -> None:
    reports = list(stream(120, relevant=0.0))
    assert sum(triage(r.lang).may_tell(r.text) for r in reports) < len(reports) / 2
