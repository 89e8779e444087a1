"""`bilan answers` on a small record of Amal's: what a party answered, owes and miscounted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bilan.cli import reader
from bilan.cli.exits import Exit
from tests.cli.test_questions import Towns, bilan, said

PARTY = {"name": "US-led Coalition", "kind": "official"}
NEWS = (
    "Five civilians were killed in an airstrike on Mayadin on 16 September 2017, residents said."
    " They blame the US-led coalition."
)
OCTOBER = """The coalition carried over 10 open reports from previous months and received 4 new
reports. It completed the assessment of 3 reports: one was determined to be credible and two were
assessed to be non-credible. {left} reports are still open.

1. Sept. 16, 2017, near Mayadin, Syria, via media report. During a strike on a weapons store, it was
assessed that two civilians were unintentionally killed.

2. March 1, 2017, near Homs, Syria, via media report. No strikes were conducted in the area.
"""


def fill(folder: Path, left: int) -> None:
    documents = [
        {"id": "n", "text": NEWS, "published": "2017-09-17", "publisher": {"name": "River watch"}},
        {
            "id": "o",
            "text": OCTOBER.format(left=left),
            "published": "2017-11-01",
            "publisher": PARTY,
        },
    ]
    assert bilan("init", folder).exit_code == Exit.DONE
    added = bilan("add", "--jsonl", "-", stdin="\n".join(json.dumps(d) for d in documents))
    assert added.exit_code == Exit.DONE, added.stderr


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(reader, "_places", Towns)
    monkeypatch.setenv("BILAN_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("BILAN_GAZETTEER", str(tmp_path / "none"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("BILAN_RECORD", str(tmp_path / "record"))
    return tmp_path / "record"


def test_a_finding_closes_its_case_and_the_other_entry_is_not_lost(folder: Path) -> None:
    fill(folder, 11)
    shown: dict[str, Any] = said("answers")
    (case,) = shown["cases"]
    assert (case["party"], case["state"]) == ("US-led Coalition", "credible")
    (apart,) = shown["no_incident"]
    assert apart["telling"] == "o#1"
    assert apart["why"] == ["answers no incident that is told"]
    assert shown["sums"] == []


def test_a_month_that_does_not_add_up_is_said_with_both_numbers(folder: Path) -> None:
    fill(folder, 9)
    (faulty,) = said("answers")["sums"]
    assert faulty["reports"] == "o"
    assert "= 11, but the document says 9: 2 unaccounted for" in faulty["words"]
    shown = bilan("answers").stdout
    assert "the document says 9" in " ".join(shown.split())
    assert "1 case, 1 answered" in shown


def test_only_the_cases_of_the_party_asked_for_are_shown(folder: Path) -> None:
    fill(folder, 11)
    shown = said("answers", "--party", "Russia")
    assert shown == {"cases": [], "no_incident": [], "sums": []}


def test_what_is_conceded_enters_no_range(folder: Path) -> None:
    fill(folder, 11)
    (incident,) = said("incidents")
    assert (incident["killed"]["min"], incident["killed"]["max"]) == (5, 5)


def test_a_case_that_was_only_asked_about_waits_and_is_not_answered(folder: Path) -> None:
    assert bilan("init", folder).exit_code == Exit.DONE
    news = {
        "id": "n",
        "text": NEWS,
        "published": "2017-09-17",
        "publisher": {"name": "River watch"},
    }
    assert bilan("add", "--jsonl", "-", stdin=json.dumps(news)).exit_code == Exit.DONE
    assert bilan("people", "add", "Amal").exit_code == Exit.DONE
    (incident,) = said("incidents")
    ask = ("decide", "case", incident["code"], "US-led Coalition", "submitted", "--on")
    why = ("--by", "Amal", "--because", "letter")
    assert bilan(*ask, "2017-09-20", *why).exit_code == Exit.DONE
    (case,) = said("answers")["cases"]
    assert (case["state"], case["since"]) == ("submitted", "2017-09-20")
    assert case["days_over"] > 0
    shown = bilan("answers").stdout
    assert "asked, no answer" in shown and "1 case, 0 answered" in shown
    assert "20 September 2017: asked by the recorders" in bilan("show", incident["code"]).stdout
    assert bilan(*ask, "20 September", *why).exit_code == Exit.USAGE
