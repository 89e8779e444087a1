"""A post is cut out of the page that a network prints around it, told with pages of our own."""

from __future__ import annotations

from bilan.core.claims.text.posts import post_in
from bilan.core.claims.text.tokens import words_of

POST = "Shells fell on the market of the northern village this morning, three people were killed."


def post(text: str) -> str:
    words = words_of(text)
    return words.span(*post_in(words)).of(text).strip()


def test_the_buttons_around_a_post_are_no_part_of_it() -> None:
    page = (
        f"Copy link to Tweet\n\nEmbed Tweet\n\nReport Tweet\n\n{POST}\n\nBack to top ↑\n\nLoading"
    )
    assert post(page) == POST


def test_the_same_button_under_a_comment_does_not_cut_the_post_away() -> None:
    page = f"Copy link to Tweet\n\nEmbed Tweet\n\n{POST}\n\nReport Tweet\n\nTerrible news!"
    assert post(page).startswith(POST)


def test_a_page_without_its_post_is_taken_as_it_is() -> None:
    page = (
        "Copy link to Tweet\n\nEmbed Tweet\n\nBack to top ↑\n\nLoading seems to be taking a while."
    )
    assert post(page) == page


def test_a_report_without_a_page_around_it_is_taken_whole() -> None:
    assert post(POST) == POST
