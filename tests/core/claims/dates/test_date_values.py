"""A given expression means what its words, its neighbours and the day of publication say."""

from __future__ import annotations

from datetime import date

import pytest

from bilan.core.claims.dates.values import date_values
from bilan.core.values import Span

PUBLISHED = date(2017, 9, 18)  # a Monday

CASES = [
    ("en", "The raid was on [Saturday].", "2017-09-16"),
    ("en", "They said so [yesterday].", "2017-09-17"),
    ("en", "It was hit on [Sept. 16].", "2017-09-16"),
    ("en", "The report will be published [Sept. 30].", "2017-09-30"),
    ("en", "It opened in [March].", "2017-03"),
    ("en", "It will open in [March].", "2018-03"),
    ("en", "They fled [two years ago].", "2015"),
    ("en", "They fled [last week].", "2017-W37"),
    ("en", "They stayed [three days].", "P3D"),
    ("en", "They stayed [several months].", "PXM"),
    ("en", "It is [now] quiet.", "PRESENT_REF"),
    ("en", "It grew in [the third quarter].", "2017-Q3"),
    ("es", "El ataque fue el [sábado].", "2017-09-16"),
    ("es", "La reunión será el [30 de septiembre].", "2017-09-30"),
    ("es", "Murieron [ayer].", "2017-09-17"),
    ("es", "Huyeron [hace dos años].", "2015"),
    ("es", "Se abrió [en marzo].", "2017-03"),
]


@pytest.mark.parametrize(("lang", "marked", "value"), CASES)
def test_an_expression_has_the_value_that_a_reader_gives_it(
    lang: str, marked: str, value: str
) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    assert date_values(text, [Span(start, end)], lang, PUBLISHED) == [value]


def test_the_next_day_counts_from_the_day_named_before_it() -> None:
    text = "The town was hit on 2 September. The next day it was hit again."
    spans = [Span(20, 31), Span(33, 45)]
    assert [s.of(text) for s in spans] == ["2 September", "The next day"]
    assert date_values(text, spans, "en", PUBLISHED) == ["2017-09-02", "2017-09-03"]


def test_without_a_day_of_publication_what_depends_on_it_is_unknown() -> None:
    assert date_values("They said so yesterday.", [Span(13, 22)], "en", None) == [None]
