"""The page of counting words says what the reader does."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilan.core.claims.numbers.numbers import numerals
from bilan.core.claims.text.language import load_language
from bilan.core.claims.text.tokens import words_of

PAGE = Path(__file__).parents[4] / "docs" / "reference" / "counting-words.md"


def cells() -> list[tuple[str, str, str]]:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.read_text("utf-8").splitlines()
        if line.startswith("|")
    ]
    languages = rows[0][1:]
    return [
        (lang, wording, row[0])
        for row in rows[2:]
        for lang, cell in zip(languages, row[1:], strict=True)
        for wording in cell.split("; ")
        if wording
    ]


@pytest.mark.parametrize(("lang", "wording", "expected"), cells())
def test_the_page_says_what_the_reader_reads(lang: str, wording: str, expected: str) -> None:
    language = load_language(lang)
    words = words_of(wording)
    found = numerals(words, language.lexicon.find(words), language)
    bounds = [f"{n.count.min or ''}..{n.count.max or ''}" for n in found]
    assert bounds == [expected]


def test_a_stranger_finds_the_line_that_says_what_dozens_are() -> None:
    data = Path(__file__).parents[4] / "src/bilan/core/claims/languages/en.toml"
    vague = data.read_text("utf-8").split("[lexicon.vague]")[1].split("\n[")[0]
    assert [line for line in vague.splitlines() if line.startswith('"24.." = ["dozens"')]
