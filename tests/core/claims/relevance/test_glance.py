"""A glance turns no report of war away, and shows the numbers of the others where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from benchmarks.accuracy import own_set
from benchmarks.speed.news import stream
from bilan.core.claims.account import Label
from bilan.core.claims.read import read
from bilan.core.claims.relevance import glance
from bilan.core.claims.relevance.glance import glancer
from bilan.core.claims.relevance.relevance import no_war_in
from bilan.core.claims.text.language import load_language
from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.tokens import Words, words_of
from bilan.core.values import PlaceMention, Report, Span

REPORTS = own_set.reports()
RELEVANT = {answer["id"] for answer in own_set.answers() if answer["relevant"]}
NEWS = [(r.lang, r.text) for r in stream(45, relevant=0.5)]
SIGNS = {"scene", "cause", "party", "nation", "seat"}


@pytest.mark.parametrize("report", REPORTS, ids=[r["id"] for r in REPORTS])
def test_no_report_of_war_is_turned_away(report: dict[str, str]) -> None:
    if report["id"] in RELEVANT:
        assert no_war_in(glancer(report["lang"]).at(report["text"]).signs) is None


def _spelt(words: Words, hits: Iterable[Hit]) -> list[tuple[str, str, str]]:
    return [
        (h.category, h.key, " ".join(words.norms[h.first : h.last]))
        for h in hits
        if h.category in SIGNS
    ]


@pytest.mark.parametrize(("lang", "text"), [*NEWS, *((r["lang"], r["text"]) for r in REPORTS)])
def test_no_sign_of_war_or_peace_is_overlooked(lang: str, text: str) -> None:
    signs = glancer(lang).at(text).signs
    seen = {one for c in SIGNS for one in _spelt(signs.words, signs.all(c))}
    words = words_of(text)
    wanted = _spelt(words, load_language(lang).lexicon.find(words))
    assert [one for one in wanted if one not in seen] == []


@pytest.mark.parametrize(("lang", "text"), NEWS)
def test_looking_for_words_at_once_misses_no_sentence(lang: str, text: str) -> None:
    seen = glancer(lang).at(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(glance, "_FEW_PIECES", -1)
        cut = glancer(lang).at(text)
    assert (seen.harm, seen.signs.words) == (cut.harm, cut.signs.words)


class _NoPlaces:
    version = "none"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        return []


def test_the_numbers_of_an_accident_are_shown_where_they_stand() -> None:
    text = (
        "The council met on Monday. Three people died in a road accident near Leeds, police said."
        " A new bridge will open in May.\nTwo others were injured in the crash."
    )
    reading = read(Report("accident", text, lang="en"), _NoPlaces())
    assert not reading.relevant
    assert [(s.label, s.span.of(text)) for s in reading.spans] == [
        (Label.NON_CONFLICT, "Three people"),
        (Label.NON_CONFLICT, "Two others"),
    ]
