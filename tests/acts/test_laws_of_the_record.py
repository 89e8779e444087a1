"""Whatever people do in whatever order: what follows from the ledger is what stands there."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilan.acts.add_person import add_person
from bilan.acts.erase_report import erase_report
from bilan.acts.grade_incident import grade_incident
from bilan.acts.init_record import init_record
from bilan.acts.judge_one import accept, reject
from bilan.acts.judge_pair import judge_different, judge_same
from bilan.acts.rebuild import rebuild
from bilan.acts.reread import read_anew, write_readings
from bilan.acts.set_field import set_field
from bilan.acts.withdraw_decision import withdraw_decision
from bilan.core.errors import UsageError
from bilan.core.values import Count
from bilan.store.ledger import links
from bilan.store.record import Record, open_record
from bilan.store.replay import digest
from bilan.store.verify.whole import verify
from tests.acts.conftest import Folder
from tests.acts.test_reread import one_more
from tests.conftest import Clock

REPORTS = tuple(f"d{number}" for number in range(5))
WHY = "so it is"

report = st.sampled_from(REPORTS)
line = st.builds(
    "{} | {} | killed {} | said by {}".format,
    st.sampled_from(["2017-09-16", "2017-09-17", "2017-10-02"]),
    st.sampled_from(["Marsa 35.0 40.0", "Harbour 36.0 38.0", "Upper Marsa 35.02 40.03"]),
    st.integers(1, 9),
    st.sampled_from(["SOHR", "the mayor"]),
)
lines = st.lists(line, min_size=1, max_size=2).map("\n".join)
step = st.one_of(
    st.tuples(st.just("add"), report, lines),
    st.tuples(st.just("add"), report, lines),
    st.tuples(st.sampled_from(["same", "different"]), report, report),
    st.tuples(st.sampled_from(["reject", "accept", "grade", "set", "erase", "withdraw"]), report),
    st.tuples(st.sampled_from(["reread", "reopen", "rebuild"])),
)


class Team:
    """People at work on one record; what a rule refuses is not done."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    @property
    def record(self) -> Record:
        return self.folder.record

    def now(self) -> Any:
        return self.folder.clock()

    def code(self, name: str) -> str:
        return min(self.record.casebook().codes_of(name), default="nothing")

    def add(self, name: str, text: str) -> None:
        self.folder.tell(name, text)

    def same(self, one: str, two: str) -> None:
        judge_same(self.record, one, two, by="Boris", because=WHY, at=self.now())

    def different(self, one: str, two: str) -> None:
        judge_different(self.record, one, two, by="Boris", because=WHY, at=self.now())

    def reject(self, name: str) -> None:
        reject(self.record, name, by="Boris", because=WHY, at=self.now())

    def accept(self, name: str) -> None:
        accept(self.record, self.code(name), by="Boris", because=WHY, at=self.now())

    def grade(self, name: str) -> None:
        grade_incident(self.record, self.code(name), "Fair", by="Boris", because=WHY, at=self.now())

    def set(self, name: str) -> None:
        code, count = self.code(name), Count(2, 3)
        set_field(self.record, code, "killed", count, by="Boris", because=WHY, at=self.now())

    def erase(self, name: str) -> None:
        erase_report(self.record, name, by="Boris", because=WHY, at=self.now())

    def withdraw(self, name: str) -> None:
        decided = [link.seq for link in links(kinds=["decided"])]
        seq = decided[REPORTS.index(name) % len(decided)] if decided else 0
        withdraw_decision(self.record, seq, by="Boris", because=WHY, at=self.now())

    def reread(self) -> None:
        new = list(read_anew(self.record, one_more))
        list(write_readings(self.record, new, clock=self.folder.clock))

    def reopen(self) -> None:
        self.folder.record = open_record(self.record.folder)

    def rebuild(self) -> None:
        rebuild(self.record)


def follows(team: Team, steps: list[tuple[str, ...]]) -> None:
    for name, *words in steps:
        try:
            getattr(team, name)(*words)
        except UsageError:
            continue
    verdict = verify(team.record)
    assert verdict.faults == [] and verdict.notes == []
    before = digest()
    assert rebuild(team.record).digest == before == verdict.digest


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(step, min_size=3, max_size=14))
def test_what_follows_from_the_ledger_is_what_stands_there(
    steps: list[tuple[str, ...]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("BILAN_KEYS", f"{folder}/keys")
        patch.delenv("DATABASE_URL", raising=False)
        clock = Clock()
        record = init_record(Path(folder) / "record", at=clock())
        add_person(record, "Boris", at=clock())
        follows(Team(Folder(record, clock)), steps)


def test_so_it_is_on_each_database(told: Folder, long_day: list[tuple[str, ...]]) -> None:
    follows(Team(told), long_day)


@pytest.fixture
def long_day() -> list[tuple[str, ...]]:
    """A long day of work, always the same."""
    marsa = "2017-09-16 | Marsa 35.0 40.0 | killed {} | said by SOHR"
    day: list[tuple[str, ...]] = []
    for number in range(12):
        name = REPORTS[number % 4]
        day.append(("add", name, marsa.format(number % 5 + 1) + "\n" * (number % 3) + "."))
        day.append((("same", "different")[number % 2], name, REPORTS[(number + 1) % 4]))
        day.append((("grade", "set", "reject", "accept", "withdraw")[number % 5], name))
    day += [("erase", "d1"), ("reopen",), ("add", "d4", marsa.format(3)), ("reread",)]
    return [*day, ("erase", "d4")]
