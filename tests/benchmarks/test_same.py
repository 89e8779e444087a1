from dataclasses import replace

from benchmarks.same.__main__ import changed, digests
from bilan.cli.place_finder import opened_places
from bilan.core.values import Report

REPORT = Report("one", "An air strike killed three civilians in Raqqa on Friday.", lang="en")


def test_a_reading_that_changed_by_one_digit_is_named() -> None:
    places = opened_places()
    kept = digests(iter([("a", REPORT), ("b", REPORT)]), places)
    other = replace(REPORT, text=REPORT.text.replace("three", "four"))
    found = digests(iter([("a", REPORT), ("b", other)]), places)
    assert changed(kept, found) == ["b conflict", "b any"]
    assert changed(kept, kept) == []


def test_a_text_that_was_not_read_before_is_not_called_the_same() -> None:
    found = digests(iter([("new", REPORT)]), opened_places())
    assert changed({}, found) == list(found) != []
