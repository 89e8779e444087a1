"""`bilan import` and what the other commands say of registers afterwards."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bilan.cli.exits import Exit
from bilan.cli.main import app

EXAMPLE = Path(__file__).parents[2] / "examples" / "register"


def bilan(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def said(*words: object) -> Any:
    result = bilan(*words, "--json")
    assert result.exit_code in (Exit.DONE, Exit.FAULTS), result.output
    return json.loads(result.stdout)


@pytest.fixture
def folder(own_folders: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty record, and a folder to work in."""
    monkeypatch.setenv("BILAN_RECORD", str(own_folders / "record"))
    assert bilan("init", own_folders / "record").exit_code == Exit.DONE
    return own_folders


def north(*more: object) -> Result:
    mapping = EXAMPLE / "north.toml"
    return bilan("import", EXAMPLE / "north.csv", "--mapping", mapping, *more)


@pytest.fixture
def held(folder: Path) -> Path:
    """A record with the example register."""
    assert north("--as-of", "2026-03-01").exit_code == Exit.FAULTS
    return folder


def test_a_dry_run_names_every_fault_and_writes_nothing(folder: Path) -> None:
    result = north("--dry-run")
    assert result.exit_code == Exit.FAULTS
    assert "row 4, column Day" in result.output
    assert "row 6, column Code" in result.output
    assert "Nothing was written" in result.output
    assert said("registers") == {"tables": [], "editions": []}


def test_the_screen_says_what_came_in_and_what_is_flagged(folder: Path) -> None:
    result = north()
    assert "5 rows: 4 new, 1 refused" in result.output
    assert "parts_exceed_total 1" in result.output
    assert "without a meaning here: Notes" in result.output
    again = north()
    assert "5 rows: 4 unchanged, 1 refused" in again.output


def test_an_ambiguous_code_lists_its_candidates_and_chooses_none(held: Path) -> None:
    result = bilan("show", "N-003")
    assert result.exit_code == Exit.USAGE
    assert "does not choose" in result.output
    assert "north:N-017" in result.output
    found = said("show", "n-003")
    assert {one["key"] for one in found["candidates"]} == {"N-003", "N-017"}


def test_an_old_code_of_one_entry_shows_it_as_the_registers_own(held: Path) -> None:
    result = bilan("show", "N-009")
    assert result.exit_code == Exit.DONE
    assert "N-021" in result.output
    assert "not counted among our own" in result.output
    entry = said("show", "N-009")
    assert entry["meant_as"] == "former"
    assert entry["asserted"]["counts"][0] == {"name": "killed", "low": 9, "high": 19}


def test_the_name_of_a_register_and_a_key_is_never_ambiguous(held: Path) -> None:
    assert said("show", "north:N-003")["asserted"]["key"] == "N-003"
    assert bilan("show", "north:N-404").exit_code == Exit.USAGE


def test_no_count_of_ours_moves(held: Path) -> None:
    assert said("incidents") == []
    assert said("count")["total"]["killed"]["known"] == 0
    assert "4 incidents of the register north stand apart" in bilan("incidents").output


def test_the_entries_of_a_register_can_be_listed_and_narrowed(held: Path) -> None:
    found = said("registers", "entries", "north", "--place", "tell nur")
    assert [entry["code"] for entry in found] == ["N-021"]
    assert "killed 16 to 28 in 4" in bilan("registers", "entries", "north").output
    assert said("registers", "entries", "north", "--from", "2017-09-18", "--to", "2017-09-30")
    assert bilan("registers", "entries", "south").exit_code == Exit.USAGE


def test_rows_and_refused_rows_are_one_json_line_each(held: Path) -> None:
    lines = [json.loads(line) for line in bilan("registers", "rows", "north").stdout.splitlines()]
    assert [line["id"] for line in lines] == ["N-017", "N-021", "N-030", "N-003"]
    assert "coordinates_zero" in lines[2]["flags"]
    (refused,) = bilan("registers", "refused", "north").stdout.splitlines()
    assert json.loads(refused)["faults"] == ["key_case"]


def test_the_rows_go_out_as_they_came_and_come_in_as_unchanged(held: Path) -> None:
    out = held / "again.csv"
    export = ("export", out, "--register", "north", "--audience", "team")
    assert bilan(*export).exit_code == Exit.DONE
    with (EXAMPLE / "north.csv").open(encoding="utf-8", newline="") as file:
        theirs = list(csv.reader(file, delimiter=";"))[:5]
    with out.open(encoding="utf-8", newline="") as file:
        ours = [[cell.removeprefix("'") for cell in row] for row in csv.reader(file)]
    assert ours == theirs
    assert "'=1+1" in out.read_text(encoding="utf-8")
    told = said("import", out, "--mapping", EXAMPLE / "north.toml")
    assert told[0]["rows"] == {"unchanged": 4}


def test_the_words_of_a_register_never_leave_the_team(held: Path) -> None:
    result = bilan("export", held / "out.csv", "--register", "north")
    assert result.exit_code == Exit.USAGE
    assert not (held / "out.csv").exists()
    public = said("export", held / "public.json", "--format", "check", "--audience", "public")
    assert public["incidents"] == 0
    assert "import" not in json.loads((held / "public.json").read_text(encoding="utf-8"))


def test_the_short_shape_tells_what_old_codes_mean(held: Path) -> None:
    assert said("export", held / "r.json", "--format", "check", "--audience", "team")
    told = json.loads((held / "r.json").read_text(encoding="utf-8"))["import"]
    assert told["resolve"] == {"N-003": "ambiguous", "N-009": "N-021", "N-017": "ambiguous"}
    assert told["persons"] == {}


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("import", "none.csv", "--mapping", "acled"), "no file"),
        (("import", EXAMPLE / "north.csv", "--mapping", "acled"), "no line of its head"),
        (("import", EXAMPLE / "north.csv", "--mapping", "airwarz"), "No mapping"),
        (("import", EXAMPLE / "north.csv", "--mapping", "none.toml"), "no mapping none.toml"),
        (("import", EXAMPLE, "--mapping", "airwars-register"), "There is none of"),
    ],
)
def test_what_cannot_be_imported_is_said_and_nothing_is_written(
    folder: Path, words: tuple[object, ...], hint: str
) -> None:
    result = bilan(*words)
    assert result.exit_code in (Exit.USAGE, Exit.INSTALLATION)
    assert hint in result.output


GED = """id,relid,year,type_of_violence,conflict_name,side_a,side_b,number_of_sources,where_prec,\
where_coordinates,adm_1,latitude,longitude,country,date_prec,date_start,date_end,deaths_civilians,\
best,high,low
11,SYR-1,2017,1,North,Government of Syria,IS,-1,1,Marsa,North,35.0,40.0,Syria,1,\
2017-09-16 00:00:00.000,2017-09-16 00:00:00.000,4,5,9,4
12,SYR-2,2017,1,North,Government of Syria,IS,2,5,Marsa,North,35.0,40.0,Syria,5,\
2017-01-01 00:00:00.000,2017-12-31 00:00:00.000,0,5,5,5
"""
ACLED = """event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,actor2,\
country,admin1,location,latitude,longitude,geo_precision,fatalities,notes
SYR1,16 September 2017,2017,1,Explosions/Remote violence,Air/drone strike,Military Forces,\
Civilians (Syria),Syria,North,Marsa,35.0,40.0,1,0,=HYPERLINK()
SYR2,17 September 2017,2017,2,Explosions/Remote violence,Air/drone strike,Military Forces,\
Civilians (Syria),Syria,North,Marsa,35.0,40.0,2,3,
"""


def test_ucdp_comes_in_by_its_bounds_and_not_by_its_best(folder: Path) -> None:
    (folder / "GEDEvent_test.csv").write_text(GED, encoding="utf-8")
    told = said("import", folder / "GEDEvent_test.csv", "--mapping", "ucdp-ged")
    assert told[0]["rows"] == {"new": 2}
    assert told[0]["defects"] == {}
    first, second = said("registers", "entries", "ucdp-ged")[::-1]
    assert first["killed"] == {"min": 4, "max": 9}
    assert first["place"]["country"] == "SY"
    assert said("show", "SYR-2")["asserted"]["precision"] == "unknown"
    assert second["date_end"] == "2017-12-31"


def test_no_fatalities_of_acled_say_nothing(folder: Path) -> None:
    (folder / "acled.csv").write_text(ACLED, encoding="utf-8")
    told = said("import", folder / "acled.csv", "--mapping", "acled")
    assert (told[0]["rows"], told[0]["defects"]) == ({"new": 2}, {})
    first, second = said("registers", "entries", "acled")
    assert first["killed"] == {"min": None, "max": None}
    assert second["killed"] == {"min": 3, "max": 3}
    assert said("show", "SYR2")["asserted"]["precision"] == "week"


WIDE = (
    "post_id,permalink,code,previous_codes,date,date_end,country_name,location_name,"
    "location_name_arabic,region,strike_type_name,civilian_harm_status_name,latitude,longitude,"
    "geolocation_accuracy_name,"
    + ",".join(
        f"{group}_{measure}_{bound}"
        for group in ("civilian_non_combatants", "children", "women", "men", "belligerents")
        for measure in ("killed", "injured")
        for bound in ("min", "max")
    )
    + "".join(
        f",belligerent_{n}_belligerent_name,belligerent_{n}_type,belligerent_{n}_assessment_slug"
        for n in (1, 2)
    )
)
WIDE_ROW = (
    "7,https://register.example/7,N7,N1;N2,2017-09-16,,Syria,Marsa,مرسى,North,Airstrike,Fair,"
    "35.0,40.0,village,4,5,2,2" + "," * 16 + ",Russian Military,suspected,not-yet-assessed,"
    "US-led Coalition,suspected,non-credible-unsubstantiated"
)
SOURCES = (
    "post_id,code,date,name,url\n7,N7,2017-09-17,Somebody Invented,https://post.example/invented\n"
)
VICTIMS = (
    "post_id,code,date,name,gender,exact_age,killed_or_injured\n"
    "7,N7,2017-09-16,Somebody Invented,Female,30,Killed\n"
    "7,N7,2017-09-16,Somebody Invented,Female,30,Killed\n"
)


def test_the_wide_export_of_airwars_comes_in_with_all_its_belligerents(folder: Path) -> None:
    export = folder / "export"
    export.mkdir()
    (export / "incidents.csv").write_text(f"{WIDE}\n{WIDE_ROW}\n", encoding="utf-8")
    (export / "sources.csv").write_text(SOURCES, encoding="utf-8")
    (export / "victims.csv").write_text(VICTIMS, encoding="utf-8")
    told = said("import", export, "--mapping", "airwars-export")
    assert [(one["table"], one["rows"]) for one in told] == [
        ("incidents", {"new": 1}),
        ("sources", {"new": 1}),
        ("victims", {"new": 2}),
    ]
    assert [one["defects"] for one in told] == [{}, {}, {"duplicate_person": 1}]
    entry = said("show", "N1")
    assert entry["asserted"]["parties"] == [
        {"name": "Russian Military", "party": "Russia", "role": "suspected", "answer": "none"},
        {
            "name": "US-led Coalition",
            "party": "US-led Coalition",
            "role": "suspected",
            "answer": "non_credible",
        },
    ]
    assert "1 different person" in bilan("show", "N7").output


def test_no_name_and_no_address_of_a_person_enters_the_ledger(folder: Path) -> None:
    for name, text in (("sources", SOURCES), ("victims", VICTIMS)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        assert said("import", folder / f"{name}.csv", "--mapping", "airwars-export")
    from bilan.store.ledger import links

    assert "nvented" not in " ".join(link.body for link in links())


def test_a_row_can_be_erased_by_its_name_and_says_so(held: Path) -> None:
    assert bilan("people", "add", "Boris").exit_code == Exit.DONE
    because = ("--by", "Boris", "--because", "asked by the family")
    assert bilan("erase", "north:N-021", *because).exit_code == Exit.USAGE
    done = bilan("erase", "north:N-021", *because, "--confirm", "north:N-021")
    assert done.exit_code == Exit.DONE, done.output
    out = held / "out.csv"
    bilan("export", out, "--register", "north", "--audience", "team")
    assert "(erased)" in out.read_text(encoding="utf-8").splitlines()[2]
    assert bilan("verify").exit_code == Exit.DONE
