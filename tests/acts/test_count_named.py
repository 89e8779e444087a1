"""Named dead raise a floor by a person's word; their names enter no record."""

from __future__ import annotations

import pytest

from bilan.acts.count_named import count_named
from bilan.acts.withdraw_decision import withdraw_decision
from bilan.core.errors import Refused, UnknownName
from bilan.core.victims.answers import Answers
from bilan.core.victims.entry import Entry, entries_of
from bilan.store.ledger import links
from bilan.store.models import IncidentRow
from bilan.store.verify.whole import verify
from tests.acts.conftest import Folder
from tests.acts.test_decisions import WHY, codes, two

__all__ = ["two"]  # the fixture: Marsa and the harbour

NAMES = ("Khaled Samir", "Salwa Nadir", "Yusuf Bakri", "Huda Amin", "Rami Odeh", "Layla Haddad")
NO_ANSWERS = Answers((), 0, (), ())


def listed(of_list: str, incident: str, *names: str) -> list[Entry]:
    rows = [
        (
            f"row {n}",
            {"id": str(n), "name": name, "incident": incident, "died_on": "2017-09-16", "age": "9"},
        )
        for n, name in enumerate(names)
    ]
    return [e for e in entries_of(rows, of_list=of_list) if isinstance(e, Entry)]


def killed(code: str) -> tuple[int | None, int | None]:
    row = IncidentRow.objects.get(code=code)
    return row.killed_min, row.killed_max


def test_six_named_dead_raise_a_toll_of_five_and_withdrawing_brings_it_back(two: Folder) -> None:
    (marsa,) = codes(two, "d01")
    done = count_named(
        two.record,
        marsa,
        listed("town", marsa, *NAMES),
        NO_ANSWERS,
        by="Amal",
        because=WHY,
        at=two.clock(),
    )
    assert done.floor.people == 6
    assert killed(marsa) == (6, 6)
    withdraw_decision(two.record, done.decision.seq, by="Boris", because="x", at=two.clock())
    assert killed(marsa) == (5, 5)
    assert verify(two.record).holds


def test_no_name_enters_the_ledger(two: Folder) -> None:
    (marsa,) = codes(two, "d01")
    entries = listed("town", marsa, *NAMES)
    count_named(two.record, marsa, entries, NO_ANSWERS, by="Amal", because=WHY, at=two.clock())
    written = "".join(link.body for link in links())
    assert "town" in written
    assert not [name for full in NAMES for name in full.split() if name in written]


def test_one_person_on_two_lists_counts_once_before_anybody_answered(two: Folder) -> None:
    (marsa,) = codes(two, "d01")
    entries = listed("town", marsa, *NAMES) + listed("clinic", marsa, *NAMES)
    done = count_named(
        two.record, marsa, entries, NO_ANSWERS, by="Amal", because=WHY, at=two.clock()
    )
    assert (done.floor.people, len(done.floor.untold)) == (6, 6)


def test_one_person_under_two_incidents_is_refused_and_nothing_is_written(two: Folder) -> None:
    marsa, harbour = codes(two, "d01", "d03")
    entries = listed("town", marsa, NAMES[0]) + listed("clinic", harbour, NAMES[0])
    before = len(list(links()))
    with pytest.raises(Refused, match="counted twice, under two incidents: clinic:0 and town:0"):
        count_named(two.record, marsa, entries, NO_ANSWERS, by="Amal", because=WHY, at=two.clock())
    assert len(list(links())) == before


def test_a_list_that_names_nobody_here_is_refused(two: Folder) -> None:
    marsa, harbour = codes(two, "d01", "d03")
    for name, match in ((marsa, "No entry"), ("SY-2017-09-16-nope2", "is called")):
        with pytest.raises((Refused, UnknownName), match=match):
            count_named(
                two.record,
                name,
                listed("town", harbour, *NAMES),
                NO_ANSWERS,
                by="Amal",
                because=WHY,
                at=two.clock(),
            )
