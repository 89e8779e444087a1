"""Our own sets say the same thing twice: in its marks and in its accounts."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from benchmarks.accuracy import own_scoring, own_set
from benchmarks.accuracy.marked import bounds, unmarked
from bilan.core.claims.account import Label
from bilan.core.values import Cause, CivilianStatus, Count, EvidenceKind, Stance, Verified, envelope

ANSWERS = [answer for folder in own_set.FOLDERS.values() for answer in own_set.answers(folder)]
REPORTS = {
    report["id"]: report
    for folder in own_set.FOLDERS.values()
    for report in own_set.reports(folder)
}
ids = [answer["id"] for answer in ANSWERS]


def test_marks_inside_marks_give_back_the_plain_words() -> None:
    text, marks = unmarked("\n{killed@0,1 3|{killed_women 1|a mother} and two} died {x|here}\n")
    assert text == "a mother and two died here"
    assert [(m.label, text[m.start : m.end], m.note, m.accounts) for m in marks] == [
        ("killed", "a mother and two", "3", (0, 1)),
        ("killed_women", "a mother", "1", None),
        ("x", "here", "", None),
    ]


@pytest.mark.parametrize("broken", ["{killed 3|three", "three}", "{killed 3|three}}"])
def test_a_mark_that_is_not_closed_is_refused(broken: str) -> None:
    with pytest.raises(ValueError, match="close"):
        unmarked(broken)


def test_bounds_are_written_as_people_write_them() -> None:
    written = ["3", "12..", "..5", "2..4", ""]
    found = [bounds(note) for note in written]
    assert [(b["min"], b["max"]) if b else None for b in found] == [
        (3, 3),
        (12, None),
        (None, 5),
        (2, 4),
        None,
    ]


LANGUAGES = ("ar", "en", "es", "fa", "fr", "ru", "tr", "uk")


@pytest.mark.parametrize("folder", own_set.FOLDERS.values(), ids=own_set.FOLDERS)
def test_every_language_has_its_share(folder: Path) -> None:
    shares = [answer["lang"] for answer in own_set.answers(folder)]
    written = [lang for lang in LANGUAGES if (folder / f"{lang}.toml").exists()]
    assert written
    least = {"own_fifth": 3, "own_sixth": 4}.get(folder.name, 6)  # both lean on some languages
    assert all(shares.count(lang) >= least for lang in written)
    assert shares.count("pt") >= 3 or not (folder / "pt.toml").exists()
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("answer", ANSWERS, ids=ids)
def test_every_toll_follows_from_the_marks(answer: dict[str, Any]) -> None:
    for index, account in enumerate(answer["accounts"]):
        for field in own_set.COUNTS:
            if field in account["derived"] or (field == "killed" and account["shared_toll"]):
                continue
            marked = [
                Count(**span["value"])
                for span in answer["spans"]
                if span["label"] == field and index in span["accounts"] and span["value"]
            ]
            stated = Count(**account[field]) if account[field] else None
            assert (envelope(marked) if marked else None) == stated, field


@pytest.mark.parametrize("answer", ANSWERS, ids=ids)
def test_every_word_used_is_on_a_closed_list(answer: dict[str, Any]) -> None:
    assert {s["label"] for s in answer["spans"]} <= set(Label)
    for account in answer["accounts"]:
        assert account["cause"] in set(Cause)
        assert account["killed_civilian_status"] in set(CivilianStatus)
        assert {s["stance"] for s in account["statements"]} <= set(Stance)
        assert {e["kind"] for e in account["evidence"]} <= set(EvidenceKind)
        assert {e["verified"] for e in account["evidence"]} <= set(Verified)


@pytest.mark.parametrize("answer", ANSWERS, ids=ids)
def test_no_mark_is_left_in_a_report_and_every_quote_stands_in_it(answer: dict[str, Any]) -> None:
    text = REPORTS[answer["id"]]["text"]
    assert not set("{}|") & set(text.replace("||", "").replace(" | ", " "))
    assert all(s["quote"] == text[s["start"] : s["end"]] for s in answer["spans"])


def _figures(readings: list[dict[str, Any]]) -> dict[str, float]:
    tallies, _ = own_scoring.score(ANSWERS, readings)
    figures = {name: own_scoring.figure(t, resamples=0) for name, t in tallies.items()}
    return {name: f.value for name, f in figures.items() if f}


def test_a_perfect_reading_scores_one_in_every_field() -> None:
    assert set(_figures(copy.deepcopy(ANSWERS)).values()) == {1.0}


def _silent(reading: dict[str, Any]) -> None:
    reading.update(relevant=False, accounts=[], spans=[])


def _one_more_killed(reading: dict[str, Any]) -> None:
    for account in reading["accounts"]:
        if account["killed"]:
            account["killed"] = {"min": (account["killed"]["min"] or 0) + 1, "max": None}


def _roles_swapped(reading: dict[str, Any]) -> None:
    for span in reading["spans"]:
        span["label"] = "injured" if span["label"] == "killed" else span["label"]


def _moved(reading: dict[str, Any]) -> None:
    for account in reading["accounts"]:
        account["place"]["lat"] -= 1


@pytest.mark.parametrize(
    ("spoil", "hurt"),
    [
        (_silent, {"relevance", "incidents", "killed", "date", "roles of counts"}),
        (_one_more_killed, {"killed", "killed_min"}),
        (_roles_swapped, {"roles of counts"}),
        (_moved, {"place"}),
    ],
)
def test_a_spoilt_reading_loses_where_it_was_spoilt(spoil: Any, hurt: set[str]) -> None:
    readings = copy.deepcopy(ANSWERS)
    for reading in readings:
        spoil(reading)
    figures = _figures(readings)
    assert {name for name, value in figures.items() if value < 1} >= hurt


def test_the_order_of_the_accounts_does_not_matter() -> None:
    readings = copy.deepcopy(ANSWERS)
    for reading in readings:
        reading["accounts"].reverse()
    assert _figures(readings)["killed"] == 1.0
