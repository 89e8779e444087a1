"""A saved page gives its main text and what it says of itself; a hostile one gives a fault."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bilan.capture.captured import Captured
from bilan.capture.contents import captured

PAGE = """<!doctype html><html lang="en"><head><meta charset="{charset}">
<title>Frappe sur le marché | Canal Dix</title>
<meta property="og:site_name" content="Canal Dix">
<meta property="article:published_time" content="2017-09-18T09:00:00+02:00">
<script>var killed = 40;</script></head>
<body><nav><a href="/">Accueil</a> <a href="/sport">Sport : 3 buts</a></nav>
<article><h1>Frappe sur le marché</h1>
<p>Cinq civils ont été tués jeudi dans une frappe sur le marché, selon des militants.</p>
<p>L'armée a annoncé l'ouverture d'une enquête et n'a pas donné d'autres précisions.</p></article>
<footer>Copyright 2020. <a href="/c">Contact</a></footer></body></html>"""


def page(html: str | bytes, encoding: str = "utf-8") -> Captured:
    content = html if isinstance(html, bytes) else html.encode(encoding)
    return captured(content, where="a.html", page=True)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_page_gives_its_words_without_its_furniture(charset: str) -> None:
    item = page(PAGE.format(charset=charset), charset)
    assert item.report is not None
    assert item.report.text.startswith("Cinq civils ont été tués")
    assert "Sport" not in item.report.text
    assert "killed = 40" not in item.report.text
    assert item.report.title == "Frappe sur le marché"
    assert item.report.published == date(2017, 9, 18)
    assert item.report.publisher.name == "Canal Dix"
    assert item.report.lang == "fr"  # by its words, not by what its template says
    assert not item.faults


def test_a_copyright_year_is_not_taken_for_a_day_of_publication() -> None:
    html = PAGE.replace("2017-09-18T09:00:00+02:00", "")
    item = page(html.format(charset="utf-8"))
    assert item.report is not None
    assert item.report.published is None


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<html><body>" + "<div>" * 20_000,
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><html>&b;</html>',
        "<p " + "a=b " * 20_000,
        "<!-- " * 5_000,
        "<script>" + "x" * 10_000,
        "plain words, no page",
    ],
)
def test_a_hostile_or_empty_page_gives_a_fault_or_a_short_text(html: str) -> None:
    item = page(html)
    assert item.faults or (item.report is not None and len(item.report.text) < 100)


def test_a_page_that_is_not_text_is_refused(tmp_path: Path) -> None:
    assert [f.code for f in page(b"%PDF-1.4").faults] == ["binary"]
