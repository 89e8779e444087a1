"""What a page prints around a report is no part of it, told with pages of our own."""

from __future__ import annotations

from bilan.core.claims.text.cues import Cues
from bilan.core.claims.text.furniture import edges_of_posts, furniture_in
from bilan.core.claims.text.language import load_language
from bilan.core.claims.text.sentences import sentences_of
from bilan.core.claims.text.tokens import words_of

REPORT = "Two villagers were killed on Monday when shells fell on a field outside the town."


def furniture(text: str, lang: str = "en") -> list[str]:
    words = words_of(text)
    hits = load_language(lang).lexicon.find(words)
    sentences = sentences_of(words, edges_of_posts(hits))
    cues = Cues(hits)
    found = sorted(furniture_in(words, sentences, cues))
    return [words.span(*sentences[n]).of(text) for n in found]


def test_a_menu_of_headlines_is_not_the_report() -> None:
    menu = [f"Minister number {n} opens a new road" for n in "ABCDEF"]
    assert furniture("\n\n".join([*menu, REPORT])) == menu


def test_what_stands_behind_related_articles_is_not_the_report() -> None:
    text = f"{REPORT}\n\nRelated articles\n\nForty dead in a raid elsewhere"
    assert furniture(text) == ["Related articles", "Forty dead in a raid elsewhere"]


def test_a_list_with_bullets_is_the_report() -> None:
    entries = [f"- Town {n}: three people were killed" for n in "ABCDEF"]
    assert furniture("\n\n".join(entries)) == []


def test_a_report_of_plain_sentences_has_no_furniture() -> None:
    assert furniture("\n\n".join([REPORT] * 8)) == []


def test_comments_behind_a_post_and_the_name_of_its_page_are_not_the_report() -> None:
    post = "غارة جوية على القرية ومقتل ثلاثة مدنيين."
    head = "صفحة شهداء القرية\n\nصفحة شهداء القرية May 5, 2021 · Shared with Public"
    text = f"{head}{post}All reactions:40 comments 12 LikeComment قتل عشرون في بلدة أخرى"
    assert post not in furniture(text, "ar")
    assert "قتل عشرون" in "".join(furniture(text, "ar"))
    assert furniture(post, "ar") == []


def test_a_login_wall_above_a_post_hides_nothing_below_it() -> None:
    text = f"Voices of the Town\n10 February 2017\nLog in or sign up to see more\n{REPORT}"
    assert REPORT not in furniture(text)


def test_a_login_wall_below_a_post_ends_it() -> None:
    behind = "Forty dead in a raid elsewhere"
    assert behind in "".join(furniture(f"{REPORT}\nLog in or sign up to see more\n{behind}"))
