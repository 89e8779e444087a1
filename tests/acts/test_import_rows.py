"""A register comes in as accounts of its recorder: nothing mended, lost or mixed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bilan.acts.erase_row import erase_row, row_named
from bilan.acts.import_rows import LARGE, Import, Order, Outcome, Piece
from bilan.acts.rebuild import rebuild
from bilan.capture.sheets import open_sheet
from bilan.core.errors import Refused, UnknownName
from bilan.core.registers.codes import certain
from bilan.core.registers.mapping import read_shape, shape_named
from bilan.store.ledger import links
from bilan.store.models import IncidentRow, RegisterCode, RegisterRefused, RegisterRow
from bilan.store.registers import (
    asserted_of,
    columns_of_part,
    defects_by_row,
    in_columns,
    meanings_of,
    persons_by_incident,
    resolutions,
    rows_as_they_came,
)
from bilan.store.verify.whole import verify
from tests.acts.conftest import Folder

SHAPE = shape_named("small-register")
HEAD = "code,previous_codes,date,place,lat,lon,killed_min,killed_max,injured_min,injured_max,note"
ROWS = (
    'N1 Q1,S1;R1,2017-09-16,Marsa,35.0,40.0,4,5,2,2,"a note, with a comma"',
    "N2,S2;Q3,2017-09-16,Old Marsa,35.1,40.1,9,19,,,=1+1",
    "N3 Q3,S3;R1,2017-02-31,Marsa,0,0,5,4,,, blanks ",
)


def taken(
    folder: Folder,
    *rows: str,
    head: str = HEAD,
    table: str = "incidents",
    as_of: date = date(2026, 3, 1),
    update: bool = False,
    dry_run: bool = False,
    by: str | None = None,
) -> tuple[Import, list[Piece]]:
    """What became of a file of these rows."""
    path = folder.record.folder.parent / f"{table}.csv"
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    chosen = SHAPE.table(table)
    sheet = open_sheet(path, lambda cells: set(chosen.required) <= set(cells))
    order = Order(SHAPE, chosen, "north", as_of, update=update, dry_run=dry_run)
    one = Import(folder.record, sheet, order, folder.clock, by)
    return one, list(one)


def outcomes(folder: Folder, *rows: str, update: bool = False) -> dict[str, int]:
    one, _ = taken(folder, *rows, update=update)
    return {str(outcome): n for outcome, n in one.total.items()}


def codes_of(pieces: Sequence[Piece]) -> list[str]:
    return [fault.code for piece in pieces for fault in piece.faults]


def exported(folder: Folder, part: str = "incidents") -> list[list[str]]:
    columns = columns_of_part(folder.record.objects, "north", part)
    rows = rows_as_they_came(folder.record.objects, "north", part)
    return [list(columns), *(in_columns(row, columns) for row in rows)]


def flags(part: str = "incidents") -> dict[str, tuple[str, ...]]:
    return dict(defects_by_row("north", part))


def test_what_came_in_goes_out_as_it_came(told: Folder) -> None:
    taken(told, *ROWS)
    rows = exported(told)
    assert rows[0] == HEAD.split(",")
    assert [row[-1] for row in rows[1:]] == ["a note, with a comma", "=1+1", " blanks "]
    assert rows[3][2:8] == ["2017-02-31", "Marsa", "0", "0", "5", "4"]


def test_long_rows_are_held_and_written_a_few_at_a_time(told: Folder) -> None:
    long = "a long note " * (LARGE // 20)
    rows = [f"L{n},,2017-09-16,Marsa,35.0,40.0,1,2,,,{long}" for n in range(5)]
    one, pieces = taken(told, *rows)
    assert [piece.outcomes.total() for piece in pieces] == [2, 2, 1]
    assert one.total[Outcome.NEW] == 5
    assert exported(told)[5][-1] == long


def test_a_register_holds_is_rebuilt_and_is_checked(told: Folder) -> None:
    taken(told, *ROWS)
    before = exported(told)
    assert verify(told.record).faults == []
    made = rebuild(told.record)
    assert made.changed == ()
    assert exported(told) == before
    assert verify(told.record).holds


def test_each_defect_of_a_row_and_of_the_whole_register_is_flagged(told: Folder) -> None:
    one, pieces = taken(told, *ROWS)
    assert flags() == {
        "N1 Q1": ("alias_ambiguous",),
        "N2": ("alias_is_current_code_of_another",),
        "N3 Q3": ("date_unreadable", "min_over_max", "coordinates_zero", "alias_ambiguous"),
    }
    assert codes_of(pieces) == ["date_unreadable"]
    assert one.shared == Counter(alias_ambiguous=2, alias_is_current_code_of_another=1)


def test_our_own_incidents_do_not_move(told: Folder) -> None:
    told.tell("d1", "2017-09-16 | Marsa 35.0 40.0 | killed 12 | said by SOHR")
    before = list(IncidentRow.objects.values())
    taken(told, *ROWS)
    assert list(IncidentRow.objects.values()) == before
    assert verify(told.record).holds


def test_an_old_code_resolves_where_one_entry_had_it(told: Folder) -> None:
    taken(told, *ROWS)
    one = certain(meanings_of("s1"))
    assert one is not None
    assert one.code == "N1 Q1"
    assert one.since == date(2026, 3, 1)


def test_a_code_that_means_another_entry_today_never_resolves_in_silence(told: Folder) -> None:
    taken(told, *ROWS)
    found = meanings_of("Q3")
    assert {m.code for m in found} == {"N2", "N3 Q3"}
    assert certain(found) is None
    assert dict(resolutions()) == {
        "N1": "N1 Q1",
        "Q1": "N1 Q1",
        "N3": "N3 Q3",
        "S1": "N1 Q1",
        "S2": "N2",
        "S3": "N3 Q3",
        "Q3": None,
        "R1": None,
    }


def test_an_alias_that_an_update_drops_keeps_its_dates(told: Folder) -> None:
    taken(told, *ROWS)
    newer = ROWS[0].replace("S1;R1", "R1")
    taken(told, newer, *ROWS[1:], as_of=date(2026, 4, 1), update=True)
    (old,) = meanings_of("S1")
    assert (old.since, old.until) == (date(2026, 3, 1), date(2026, 4, 1))
    (kept, _) = sorted(meanings_of("R1"), key=lambda m: m.code)
    assert (kept.since, kept.until) == (date(2026, 3, 1), None)
    assert verify(told.record).holds


def test_the_same_file_again_writes_nothing(told: Folder) -> None:
    taken(told, *ROWS, "broken row")
    before = [link.hash for link in links()]
    assert outcomes(told, *ROWS, "broken row") == {"unchanged": 3, "refused": 1}
    assert [link.hash for link in links()] == before


def test_an_interrupted_import_goes_on_where_it_stood(
    told: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bilan.acts.import_rows.PIECE", 1)
    rows = [f"N{n},,2017-09-16,Marsa,35.0,40.0,4,5,,," for n in range(5)]
    path = told.record.folder.parent / "incidents.csv"
    path.write_text("\n".join((HEAD, *rows)), encoding="utf-8")
    table = SHAPE.table("incidents")
    sheet = open_sheet(path, lambda cells: set(table.required) <= set(cells))
    order = Order(SHAPE, table, "north", date(2026, 3, 1))
    begun = iter(Import(told.record, sheet, order, told.clock))
    next(begun)
    next(begun)
    assert verify(told.record).holds
    assert outcomes(told, *rows) == {"new": 3, "unchanged": 2}
    assert len(exported(told)) == 6


def test_two_imports_at_once_write_each_row_once(
    told: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = Import._prepared
    faster: list[Import] = []

    def overtaken(self: Import, batch: Any) -> Any:
        made = prepared(self, batch)
        if not faster:
            faster.append(self)
            taken(told, *ROWS[:2])
        return made

    monkeypatch.setattr(Import, "_prepared", overtaken)
    one, _ = taken(told, *ROWS)
    assert one.total == {Outcome.SAME: 2, Outcome.NEW: 1}
    assert [len(json.loads(link.body)["rows"]) for link in links(kinds=("imported",))] == [2, 1]
    assert len(exported(told)) == 4
    assert told.record.objects.unfinished() == []
    assert verify(told.record).holds


def test_a_changed_row_waits_for_an_update_and_its_past_is_kept(told: Folder) -> None:
    taken(told, *ROWS)
    newer = ROWS[1].replace("9,19", "9,21")
    one, pieces = taken(told, ROWS[0], newer)
    assert one.total == {Outcome.SAME: 1, Outcome.DIFFERS: 1}
    assert codes_of(pieces) == ["row_differs"]
    assert RegisterRow.objects.get(key="N2").killed_max == 19
    one, _ = taken(told, ROWS[0], newer, update=True)
    assert one.total == {Outcome.SAME: 1, Outcome.CHANGED: 1}
    assert (one.absent, one.missing) == (1, ("N3 Q3",))
    assert RegisterRow.objects.get(key="N2").killed_max == 21
    imported = [json.loads(link.body) for link in links(kinds=("imported",))]
    versions = [r for body in imported for r in body["rows"] if r["key"] == "N2"]
    assert [v["counts"][0]["high"] for v in versions] == [19, 21]
    assert len(exported(told)) == 4
    assert verify(told.record).holds


def test_a_key_that_comes_twice_or_changes_its_case_is_not_taken_twice(told: Folder) -> None:
    again = ROWS[1].replace("Old Marsa", "New Marsa")
    other = ROWS[1].replace("N2", "n2")
    _, pieces = taken(told, *ROWS, again, other)
    assert codes_of(pieces)[1:] == ["duplicate_key", "key_case"]
    assert RegisterRow.objects.get(key="N2").town == "Old Marsa"
    _, pieces = taken(told, other, update=True)
    assert codes_of(pieces) == ["key_case"]


def test_refused_rows_are_kept_as_they_came_and_counted_nowhere(told: Folder) -> None:
    taken(told, 'N8,"never closed', *ROWS, "too,few")
    refused = list(RegisterRefused.objects.order_by("line").values_list("line", "faults"))
    assert refused == [(2, "row_unreadable"), (6, "row_width")]
    (piece,) = [json.loads(link.body) for link in links(kinds=("imported",))]
    kept = json.loads(told.record.objects.read(piece["objects"]["rows"]) or b"")
    assert [line for line, _ in kept["refused"]] == [2, 6]
    assert kept["refused"][1][1] == ["too", "few"]
    assert len(exported(told)) == 4
    assert verify(told.record).holds


def test_a_dry_run_says_the_same_and_writes_nothing(told: Folder) -> None:
    before = [link.hash for link in links()]
    dry, seen = taken(told, *ROWS, dry_run=True)
    assert [link.hash for link in links()] == before
    assert not RegisterRow.objects.exists()
    wet, pieces = taken(told, *ROWS)
    assert (dry.total, dry.shared) == (wet.total, wet.shared)
    assert [p.faults for p in seen] == [p.faults for p in pieces]
    assert [p.defects for p in seen] == [p.defects for p in pieces]


def test_a_mended_mapping_reads_the_same_rows_anew_when_asked(told: Folder, tmp_path: Path) -> None:
    toml = (
        'format = 1\nname = "mine"\ntitle = "Mine"\nregister = "mine"\nrecorder = "Amal"\n'
        '[[table]]\nname = "events"\nkind = "incident"\nkey = ["No"]\n'
        '[table.fields]\nstart = "Day"\n'
    )
    path = tmp_path / "mine.csv"
    path.write_text("Day,No,Dead\n2017-09-16,7,4\n", encoding="utf-8")

    def read_by(mapping: str, *, update: bool) -> Counter[Outcome]:
        shape = read_shape(mapping, where="mine.toml")
        sheet = open_sheet(path, lambda cells: "No" in cells)
        order = Order(shape, shape.tables[0], "mine", date(2026, 3, 1), update=update)
        (piece,) = Import(told.record, sheet, order, told.clock)
        return piece.outcomes

    mended = toml + '[table.counts]\nkilled = ["Dead", "Dead"]\n'
    assert read_by(toml, update=False) == {Outcome.NEW: 1}
    assert read_by(toml + "# a remark\n", update=True) == {Outcome.SAME: 1}
    assert read_by(mended, update=False) == {Outcome.DIFFERS: 1}
    assert read_by(mended, update=True) == {Outcome.CHANGED: 1}
    assert RegisterRow.objects.get(register="mine").killed_min == 4
    assert verify(told.record).holds


def test_a_person_who_stands_twice_is_flagged_and_counted_once(told: Folder) -> None:
    head = "row,code,person_label,age_group,sex,outcome,note"
    people = (
        "1,N1 Q1,woman 1,adult,female,killed,",
        "2,N1 Q1,child 1,child,,,not found yet",
        "3,N1 Q1,child 1,child,,killed,",
        "4,N2,child 1,child,,killed,",
    )
    taken(told, *people, head=head, table="victims")
    assert persons_by_incident() == {"N1 Q1": 2, "N2": 1}
    assert flags("victims")["3"] == ("duplicate_person",)


def test_the_name_of_a_victim_never_enters_the_ledger(told: Folder) -> None:
    head = "row,code,person_label,age_group,sex,outcome,note"
    person = "1,N1 Q1,Somebody Invented,adult,female,killed,words about them"
    taken(told, person, head=head, table="victims")
    bodies = " ".join(link.body for link in links())
    assert "Invented" not in bodies
    assert "words about" not in bodies
    assert exported(told, "victims")[1][2] == "Somebody Invented"


def test_who_may_not_record_may_not_import(told: Folder) -> None:
    with pytest.raises(Refused):
        taken(told, *ROWS, by="Chloe")
    taken(told, *ROWS, by="Amal")
    (entry,) = links(kinds=("imported",))
    assert entry.by == "Amal"
    assert entry.signature


def test_what_a_row_asserts_comes_back_whole(told: Folder) -> None:
    taken(told, *ROWS)
    row = asserted_of(RegisterRow.objects.get(key="N1 Q1"))
    assert row.former == ("S1", "R1")
    assert row.count("killed").low == 4
    assert row.place == "Marsa"


def test_erasing_a_row_destroys_its_words_in_every_version_and_no_others(told: Folder) -> None:
    head = "row,code,person_label,age_group,sex,outcome,note"
    first = ("1,N1,Invented Name,adult,female,killed,", "2,N1,child 1,child,,killed,")
    taken(told, *first, head=head, table="victims")
    taken(told, first[0] + "more", first[1], head=head, table="victims", update=True)
    pieces = [json.loads(link.body)["objects"]["rows"] for link in links(kinds=("imported",))]
    done = erase_row(
        told.record, row_named("north:1"), by="Boris", because="asked", at=told.clock()
    )
    assert done.versions == 2
    assert exported(told, "victims")[1:] == [["(erased)"] * 7, first[1].split(",")]
    assert [told.record.objects.path(name).exists() for name in pieces] == [False, False]
    assert persons_by_incident() == {"N1": 2}
    assert verify(told.record).faults == []
    rebuild(told.record)
    assert verify(told.record).holds
    with pytest.raises(Refused, match="before"):
        erase_row(told.record, row_named("north:1"), by="Boris", because="x", at=told.clock())
    with pytest.raises(Refused):
        erase_row(told.record, row_named("north:2"), by="Amal", because="x", at=told.clock())
    with pytest.raises(UnknownName):
        row_named("north:9")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda: RegisterRow.objects.filter(key="N2").update(killed_max=1), "killed_max"),
        (lambda: RegisterRow.objects.filter(key="N2").update(seq=99), "follow from no entry"),
        (lambda: RegisterRow.objects.filter(key="N2").delete(), "is missing"),
        (lambda: RegisterCode.objects.filter(code="S1").update(code="S9"), "(code)"),
        (lambda: RegisterCode.objects.filter(code="S1").delete(), "is missing"),
        (
            lambda: RegisterCode.objects.create(
                register="north",
                part="incidents",
                fold="x",
                row="n2",
                seq=99,
                use="former",
                as_of=date(2026, 3, 1),
                code="X",
            ),
            "follow from no entry",
        ),
    ],
)
def test_a_row_that_was_tampered_with_is_named_and_made_good(
    told: Folder, change: object, named: str
) -> None:
    taken(told, *ROWS)
    assert callable(change)
    change()
    faults = [str(fault) for fault in verify(told.record).faults]
    assert any(named in fault for fault in faults), faults
    rebuild(told.record)
    assert verify(told.record).holds


def test_a_mapping_of_ones_own_takes_any_csv(told: Folder, tmp_path: Path) -> None:
    shape = read_shape(
        'format = 1\nname = "mine"\ntitle = "Mine"\nregister = "mine"\nrecorder = "Amal"\n'
        '[[table]]\nname = "events"\nkind = "incident"\nkey = ["No"]\ndates = ["%d/%m/%Y"]\n'
        'repeats = true\n[table.fields]\nstart = "Day"\n'
        '[table.counts]\nkilled = ["Dead", "Dead"]\n',
        where="mine.toml",
    )
    path = tmp_path / "mine.csv"
    path.write_text("Day;No;Dead\n16/09/2017;7;4\n17/09/2017;7;\n", encoding="utf-8")
    sheet = open_sheet(path, lambda cells: {"No", "Day", "Dead"} <= set(cells))
    order = Order(shape, shape.tables[0], "mine", date(2026, 3, 1))
    assert [piece.outcomes for piece in Import(told.record, sheet, order, told.clock)] == [
        {Outcome.NEW: 2}
    ]
    rows = RegisterRow.objects.filter(register="mine").order_by("line")
    assert list(rows.values_list("key", "killed_min")) == [("7", 4), ("7#2", None)]
    assert verify(told.record).holds
