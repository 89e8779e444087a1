"""The contests are fair: the same stream for everyone, rounds in turn, peers that may be absent."""

from __future__ import annotations

import pytest

from benchmarks.speed import contest, linking, peers
from benchmarks.speed.goals import Result
from benchmarks.speed.news import LANGUAGES, pathological, stream


def test_the_stream_is_the_same_for_the_same_seed() -> None:
    assert list(stream(8)) == list(stream(8))
    assert list(stream(8)) != list(stream(8, seed=1))


def test_a_mixed_stream_tells_of_harm_in_a_few_documents_of_each_language() -> None:
    reports = list(stream(200))
    assert {report.lang for report in reports} == set(LANGUAGES)
    telling = [r for r in reports if "Idlib" in r.text or "إدلب" in r.text or "Идлибе" in r.text]
    assert 0 < len(telling) < 20
    assert 3_000 < sum(len(r.text) for r in reports) / len(reports) < 7_000


def test_a_stream_of_relevant_news_tells_of_harm_everywhere() -> None:
    english = [report.text for report in stream(40, relevant=1.0) if report.lang == "en"]
    assert all("killed" in text or "dead" in text or "bombed" in text for text in english)


def test_pathological_texts_have_the_size_that_was_asked() -> None:
    assert {len(text) for text in pathological(1000).values()} == {1000}


def test_contestants_run_in_turn_after_one_round_that_warms_them() -> None:
    runs: list[str] = []
    taken = contest.cpu_seconds(
        {"a": lambda: runs.append("a"), "b": lambda: runs.append("b")}, rounds=2
    )
    assert runs == ["a", "b"] * 3
    assert set(taken) == {"a", "b"}


@pytest.mark.parametrize(
    ("ratio", "more", "met"), [(0.9, False, True), (1.1, False, False), (1.1, True, True)]
)
def test_a_goal_is_met_on_its_own_side(ratio: float, more: bool, met: bool) -> None:
    assert Result("G0", "a job", "", ratio, 1.0, more_is_better=more).met is met


def test_a_contest_that_was_not_held_is_not_won() -> None:
    assert Result("G0", "a job", "not held").met is None


def test_an_absent_peer_is_none_and_no_error() -> None:
    assert peers.peer("a_library_that_nobody_wrote") is None


@pytest.mark.parametrize(("theirs", "met"), [(1_000.0, True), (500.0, None), (0.0, None)])
def test_a_peer_that_did_not_end_is_beaten_only_by_what_it_had_spent(
    theirs: float, met: bool | None
) -> None:
    spent = {"problem": "splink was not done", "cpu": theirs}
    assert linking.unfinished("G7", {"cpu": 95.0}, spent, 0.1).met is met
