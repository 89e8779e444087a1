"""What a page says of itself is no part of a report, told with pages of our own."""

from __future__ import annotations

import pytest

from bilan.core.claims.text.notices import LONGEST, without_notices
from bilan.core.claims.text.tokens import words_of
from bilan.core.incidents.traits import traits_of

STORY = "Shells fell on the market of the northern village. Three people were killed."
NOTICES = (
    "Get email notifications on Jo Doe daily!",
    "Sign up for our weekly letter, and never miss a story.",
    "© 2017 The Northern Gazette. All rights reserved.",
    "Abonnez-vous pour soutenir la rédaction.",
    "Suscríbete a nuestro canal.",
    "Clique aqui para continuar.",
    "تابعونا على تلغرام",
    "برای خواندن ادامه اینجا کلیک کنید",
    "Tüm hakları saklıdır.",
    "Подписывайтесь на наш канал.",
    "Підписуйтесь на наш канал.",
)


@pytest.mark.parametrize("notice", NOTICES)
def test_what_a_page_says_to_its_reader_is_no_part_of_the_report(notice: str) -> None:
    left = without_notices(words_of(f"{notice}\n\n{STORY}\n\n{notice}"))
    assert left.split() == STORY.split()


def test_a_report_without_notices_is_taken_whole() -> None:
    assert without_notices(words_of(STORY)) == STORY


def test_a_page_of_nothing_but_notices_is_taken_as_it_is() -> None:
    page = "\n\n".join(NOTICES)
    assert without_notices(words_of(page)) == page


def test_a_report_that_runs_on_after_a_button_is_not_lost_with_it() -> None:
    page = "Click here " + "and people were killed in the village " * (LONGEST // 6)
    assert without_notices(words_of(page)) == page


def test_two_reports_in_one_frame_have_no_words_of_the_frame_in_common() -> None:
    frame = "\n\n".join(NOTICES[:2])
    one, other = (
        traits_of(f"{frame}\n\n{text}\n\n{frame}")
        for text in (STORY, "A bridge collapsed during yesterday's storm, officials explained.")
    )
    assert not set(one.words) & set(other.words)
    assert not set(one.sketch) & set(other.sketch)
