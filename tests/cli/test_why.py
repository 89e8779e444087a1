"""`bilan why`: the answer to "why did this number change", from the ledger, in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bilan.cli.exits import Exit
from tests.cli.test_questions import bilan, code_of, record, said

__all__ = ["record"]  # the fixture: three reports, two incidents, Boris

REASON = ("--by", "Boris", "--because", "the morgue's list")


def steps(*words: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = said("why", *words)["steps"]
    return found


def test_a_person_reads_which_reports_and_decisions_moved_which_bound(record: Path) -> None:
    code = code_of("three")
    assert bilan("decide", "set", code, "killed", "4", *REASON).exit_code == Exit.DONE
    shown = " ".join(bilan("why", code).stdout.split())
    assert "not known -> 3" in shown
    assert "“Three civilians”" in shown
    assert "3 -> 4" in shown
    assert "because the morgue's list" in shown
    assert "2 changes of a number" in shown


def test_each_step_names_its_entry_and_who_made_it(record: Path) -> None:
    code = code_of("three")
    done = said("decide", "set", code, "killed", "4", *REASON)
    last = steps(code)[-1]
    assert (last["entry"], last["by"], last["because"]) == (done["seq"], "Boris", REASON[-1])
    (moved,) = last["moved"]
    assert (moved["before"]["max"], moved["after"]["max"]) == (3, 4)


def test_nothing_moved_after_today(record: Path) -> None:
    today = date.today().isoformat()  # noqa: DTZ011 - midnight may pass; then nothing moved either
    assert steps(code_of("one"), "--from", today) == []


def test_days_of_publication_are_another_question(record: Path) -> None:
    code = code_of("one")
    found = said("why", code, "--published", "--from", "2017-09-17", "--to", "2017-09-18")
    assert [step["at"] for step in found["steps"]] == ["2017-09-18"]
    assert found["before"]["killed"]["max"] == 5
    assert found["after"]["killed"]["max"] == 7


def test_a_total_ends_where_the_count_stands(record: Path) -> None:
    code = code_of("three")
    assert bilan("decide", "set", code, "killed", "4", *REASON).exit_code == Exit.DONE
    told = said("why", "--place", "Homs")
    assert told["after"] == said("count", "--place", "Homs")["total"]
    assert {step["incident"] for step in told["steps"]} == {code}
    assert said("why")["after"] == said("count")["total"]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["SY-2017-09-16-nope2"], "bilan incidents"),
        (["--from", "2020-01-02", "--to", "2020-01-01"], "earlier day"),
        (["--from", "yesterday"], "2017-09-18"),
        (["--published"], "--as-of"),
        (["--scheme", "guess"], "airwars"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_to_do(
    record: Path, words: list[str], hint: str
) -> None:
    result = bilan("why", *words)
    assert result.exit_code == Exit.USAGE
    assert hint in result.stderr
