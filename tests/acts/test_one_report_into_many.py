"""Adding one report costs what lies around it, however large the record is."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bilan.store.asking import Letter
from bilan.store.kept_index import KeptIndex
from bilan.store.record import open_record
from bilan.store.shelves import KeptShelf
from bilan.store.tables import Pending

from .conftest import Folder, item

MARSA = "{} | Marsa 35.0 40.0 | killed {} | said by SOHR"


def asked_for_one_more(told: Folder, name: str) -> int:
    """How many questions one more report puts to the database, in a process that knows nothing."""
    told.record = open_record(told.record.folder)
    with CaptureQueriesContext(connection) as asked:
        told.tell(name, MARSA.format("2017-09-16", 4))
    return len(asked)


def test_a_larger_record_is_not_asked_more_questions(told: Folder) -> None:
    told.tell("first", MARSA.format("2017-09-16", 4))
    before = asked_for_one_more(told, "second")
    days = (date(2011, 1, 1) + timedelta(days=9 * n) for n in range(60))
    told.add(*(item(f"m{n}", MARSA.format(day, n % 7 + 1)) for n, day in enumerate(days)))
    assert asked_for_one_more(told, "third") <= before + 5


def test_what_is_fetched_together_is_what_is_fetched_one_by_one(told: Folder) -> None:
    del told
    kept = KeptShelf()
    for number in range(30):
        kept.posts.add("many", (f"t{number:02d}",))
    kept.posts.add("one", ("t07",))
    pending = Pending()
    kept.save(pending)
    letter = Letter()
    pending.write(letter)
    letter.send()
    for most in (1, 5, 29, 30, 100):
        fresh = KeptIndex("posts", blank=False)
        fresh.add("many", ("t005",))  # not written yet
        fresh.discard("many", ("t29",))
        fresh.look_up(("one", "many", "none"), most=most)
        whole = KeptIndex("posts", blank=False)
        whole.add("many", ("t005",))
        whole.discard("many", ("t29",))
        values = sorted(whole.get("many"))
        few = fresh.few("many", most)
        assert few is None if len(values) > most else sorted(few or ()) == values
        assert sorted(fresh.first("many", most)) == values[:most]
        assert sorted(fresh.first("one", most)) == ["t07"]
        assert not fresh.few("none", most)
