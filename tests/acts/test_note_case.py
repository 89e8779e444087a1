from __future__ import annotations

from datetime import date

import pytest

from bilan.acts.note_case import note_case
from bilan.acts.rebuild import rebuild
from bilan.acts.withdraw_decision import withdraw_decision
from bilan.core.assessments.answers import CaseFile, case_files
from bilan.core.errors import UnknownName, UsageError
from bilan.core.publication.questions import disagreements
from bilan.core.tolls.ranges import ranges_of
from bilan.store.verify.whole import verify
from tests.acts.conftest import Folder, item

FIVE = "2017-09-16 | Marsa 35.0 40.0 | killed 5 | said by SOHR"
PARTY = "US-led Coalition"


@pytest.fixture
def one(told: Folder) -> tuple[Folder, str]:
    """One incident, and its code."""
    told.add(item("d01", FIVE))
    (code,) = told.record.casebook().codes_of("d01")
    return told, code


def note(
    folder: Folder, code: str, state: str, day: str, *, by: str = "Amal", party: str = PARTY
) -> int:
    done = note_case(
        folder.record,
        code,
        party,
        state,
        on=date.fromisoformat(day),
        by=by,
        because="a letter to its press desk",
        at=folder.clock(),
    )
    return done.seq


def case_of(folder: Folder, code: str) -> CaseFile | None:
    files = case_files(folder.record.casebook().incident(code))
    return next((f for f in files if f.party == PARTY), None)


def test_a_party_that_was_asked_has_a_case_though_nobody_blames_it(
    one: tuple[Folder, str],
) -> None:
    folder, code = one
    assert case_of(folder, code) is None
    seq = note(folder, code, "submitted", "2017-09-20")
    file = case_of(folder, code)
    assert file is not None and file.state == "submitted"
    withdraw_decision(folder.record, seq, by="Boris", because="never sent", at=folder.clock())
    assert case_of(folder, code) is None
    rebuild(folder.record)
    assert verify(folder.record).holds


def test_what_is_noted_in_a_case_moves_no_toll_and_is_no_disagreement(
    one: tuple[Folder, str],
) -> None:
    folder, code = one
    before = ranges_of(folder.record.casebook().incident(code), folder.record.casebook())
    note(folder, code, "submitted", "2017-09-20")
    note(folder, code, "acknowledged", "2017-09-22", by="Boris")
    book = folder.record.casebook()
    assert ranges_of(book.incident(code), book) == before
    assert list(disagreements(book)) == []


@pytest.mark.parametrize("state", ["credible", "under_assessment", "sent"])
def test_what_a_party_says_is_no_note(one: tuple[Folder, str], state: str) -> None:
    folder, code = one
    with pytest.raises(UnknownName, match="nothing that one notes"):
        note(folder, code, state, "2017-09-20")


def test_nobody_asked_before_it_happened_or_after_today(one: tuple[Folder, str]) -> None:
    folder, code = one
    for day in ("2016-09-20", "2117-09-20"):
        with pytest.raises(UsageError):
            note(folder, code, "submitted", day)


def test_no_letter_goes_to_a_word_that_means_another_party_in_every_war(
    one: tuple[Folder, str],
) -> None:
    folder, code = one
    with pytest.raises(UnknownName, match="may be one of several") as told:
        note(folder, code, "submitted", "2017-09-20", party="the coalition")
    assert PARTY in str(told.value.hint)
