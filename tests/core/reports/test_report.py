"""Fields and words become a report; a wrong field is named and never guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.core.reports.report import Stated, content_id, day, report_of
from bilan.core.values import Publisher, PublisherKind, Report


def made(given_fields: dict[str, Any], stated: Stated | None = None) -> tuple[Report, list[str]]:
    report, faults = report_of(
        given_fields, "\nText\n", fallback_id="abc", stated=stated, where="a.txt"
    )
    return report, [f.message for f in faults]


def test_every_field_of_the_contract_is_taken() -> None:
    report, faults = made(
        {
            "id": "d1",
            "lang": "fr-FR",
            "published": "2017-09-17T22:10:00+02:00",
            "publisher": {"name": "Canal", "kind": "state_media", "affiliation": "state"},
            "url": "https://example.org/1",
            "title": "Titre",
            "synthetic": "true",
        }
    )
    assert not faults
    assert report == Report(
        id="d1",
        text="Text",
        lang="fr",
        published=date(2017, 9, 17),
        publisher=Publisher("Canal", PublisherKind.STATE_MEDIA, "state"),
        url="https://example.org/1",
        title="Titre",
        synthetic=True,
    )


def test_a_report_without_an_id_is_named_by_its_content() -> None:
    assert made({})[0].id == "abc"
    assert content_id(b"x") == "2d711642b726"
    assert len(content_id(b"")) == 12


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("published", "yesterday", "no date"),
        ("published", "2017-13-01", "no date"),
        ("lang", "French, I think", "no language code"),
        ("publisher", {"kind": "blog"}, "none of agency"),
        ("publisher", {"name": ["a"]}, "has to be words"),
        ("title", ["a"], "has to be words"),
        ("id", "a\nb", "one short line"),
        ("id", "x" * 300, "one short line"),
        ("synthetic", "maybe", "neither true nor false"),
        ("publised", "2017-09-18", "is it `published`"),
    ],
)
def test_a_wrong_field_is_named_and_left_out(field: str, value: object, words: str) -> None:
    report, faults = made({field: value})
    assert len(faults) == 1
    assert words in faults[0]
    assert report.text == "Text"
    assert report.published is None


def test_fields_that_mean_nothing_to_bilan_are_no_fault() -> None:
    assert made({"tags": "a", "reviewer": "Amal"})[1] == []


def test_what_is_said_at_the_keyboard_outranks_the_file() -> None:
    stated = Stated(lang="ar", published=date(2020, 1, 2), publisher="Other")
    fields = {"lang": "fr", "published": "2017-09-18", "publisher": {"name": "X", "kind": "ngo"}}
    report, _ = made(fields, stated)
    assert (report.lang, report.published) == ("ar", date(2020, 1, 2))
    assert report.publisher == Publisher("Other")  # the kind was said of somebody else


def test_a_publisher_may_be_a_bare_name() -> None:
    assert made({"publisher": "Canal"})[0].publisher == Publisher("Canal")


@given(st.dates())
def test_a_day_written_in_iso_is_that_day(when: date) -> None:
    assert day(when.isoformat()) == when


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
names = st.sampled_from(["id", "lang", "published", "publisher", "title", "url", "synthetic", "x"])


@given(st.dictionaries(names, json_values), st.text())
def test_no_fields_break_a_report(fields: dict[str, Any], text: str) -> None:
    report, _ = report_of(fields, text, fallback_id="abc", where="a.txt")
    assert report.id
    report.text.encode("utf-8")
