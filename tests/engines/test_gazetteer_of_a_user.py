"""The gazetteer's file: built whole, extended, listed, never half."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.core.errors import DataError, GazetteerError, Refused, UnknownName, UsageError
from bilan.core.places.finder import Places
from bilan.core.places.gazetteer import Entry, Match, PlaceKind
from bilan.engines.bloom import Bloom
from bilan.engines.gazetteer import SqliteGazetteer, gazetteer_path, sources_of
from bilan.engines.gazetteer_build import Named, Source, build
from bilan.engines.gazetteer_change import add_list, remove_list
from bilan.engines.gazetteer_lists import read_list

HEAD = "name,alternate_names,country,admin1,latitude,longitude\n"
ROWS = "Mahkan,محكان|Makhan,SY,Deir ez-Zor,34.9744,40.4856\n"
GEONAMES = (
    "173480\tAl Mayādīn\tAl Mayadin\tMayadin,الميادين\t35.01982\t40.45154"
    "\tP\tPPLA2\tSY\t\t07\t\t\t\t54534\t\t227\tAsia/Damascus\t2020-01-01\n"
    "1\tOld Town\tOld Town\t\t35.0\t40.0"
    "\tP\tPPLH\tSY\t\t07\t\t\t\t0\t\t1\tAsia/Damascus\t2020-01-01\n"
    "2\tHotel\tHotel\t\t35.0\t40.0"
    "\tS\tHTL\tSY\t\t07\t\t\t\t0\t\t1\tAsia/Damascus\t2020-01-01\n"
)


def _town(name: str, country: str = "SY", people: int = 1000) -> Named:
    entry = Entry(
        f"t:{name}", name, PlaceKind.SETTLEMENT, country, "Idlib", people, 35.9, 36.6, 1.0, "towns"
    )
    return Named(entry, (name, f"Al {name}"))


def _source(name: str = "towns", expected: int = 2) -> Source:
    return Source(name, "1", "a licence", [_town("Sarmin"), _town("Deir ez-Zor")], expected)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "deep" / "gazetteer.sqlite"
    build(path, [_source()], added="2026-03-01")
    return path


def _write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_names_are_found_with_and_without_their_article(path: Path) -> None:
    gazetteer = SqliteGazetteer(path)
    found = gazetteer.named(["sarmin", "al sarmin", "nowhere"])
    assert {key: f[0].entry.name for key, f in found.items()} == {
        "sarmin": "Sarmin",
        "al sarmin": "Sarmin",
    }
    assert found["sarmin"][0].match is Match.NAME
    assert gazetteer.may_hold("sarmin")
    assert gazetteer.may_begin("deir ez")
    assert not gazetteer.may_hold("qqqqqqqq")
    gazetteer.close()


def test_a_skeleton_leads_to_what_sounds_alike(path: Path) -> None:
    gazetteer = SqliteGazetteer(path)
    assert gazetteer.sounding(["srmn"])["srmn"][0].entry.name == "Sarmin"
    gazetteer.close()


def test_two_builds_of_one_source_have_one_version(path: Path, tmp_path: Path) -> None:
    again = build(tmp_path / "other.sqlite", [_source()], added="2026-04-01")
    gazetteer = SqliteGazetteer(path)
    assert gazetteer.version == again
    gazetteer.close()


def test_a_build_that_fails_leaves_the_old_gazetteer_and_no_remains(path: Path) -> None:
    def broken() -> Iterator[Named]:
        yield _town("Sarmin")
        raise OSError("no space left on device")

    before = path.read_bytes()
    with pytest.raises(OSError, match="no space"):
        build(path, [Source("towns", "2", "a licence", broken(), 2)], added="2026-03-01")
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_source_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="at least 9 were expected"):
        build(tmp_path / "g.sqlite", [_source(expected=9)], added="2026-03-01")
    assert not (tmp_path / "g.sqlite").exists()


def test_a_missing_a_foreign_and_an_outdated_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="no gazetteer at"):
        SqliteGazetteer(tmp_path / "none.sqlite")
    foreign = _write(tmp_path, "foreign.sqlite", "not a database at all" * 100)
    with pytest.raises(GazetteerError, match="is no gazetteer"):
        SqliteGazetteer(foreign)
    old = tmp_path / "old.sqlite"
    build(old, [_source()], added="2026-03-01")
    with sqlite3.connect(old) as db:
        db.execute("UPDATE meta SET value = '0' WHERE key = 'format'")
    db.close()
    with pytest.raises(GazetteerError, match="another version"):
        SqliteGazetteer(old)


def test_a_recorders_own_list_is_added_replaced_and_removed(path: Path, tmp_path: Path) -> None:
    file = _write(tmp_path, "places.csv", HEAD + ROWS)
    first = add_list(path, read_list(file).source, added="2026-03-02")
    text = "A shell fell in Mahkan in Syria."
    (mahkan, *_) = Places(SqliteGazetteer(path)).places_in(text, lang="en")
    assert mahkan.place.gazetteer_id == "places:SY-deir-ez-zor-mahkan"
    moved = _write(tmp_path, "places.csv", HEAD + ROWS.replace("34.9744", "34.9"))
    second = add_list(path, read_list(moved).source, added="2026-03-03")
    assert first != second
    (mahkan, *_) = Places(SqliteGazetteer(path)).places_in(text, lang="en")
    assert mahkan.place.point is not None
    assert mahkan.place.point.lat == 34.9
    assert [s["name"] for s in sources_of(path)] == ["towns", "places"]
    remove_list(path, "places")
    assert [s["name"] for s in sources_of(path)] == ["towns"]
    with pytest.raises(UnknownName, match="no list 'places'"):
        remove_list(path, "places")


def test_what_every_gazetteer_has_is_not_removed(path: Path) -> None:
    with pytest.raises(Refused):
        remove_list(path, "geonames")


def test_a_new_build_keeps_the_lists_that_were_added(path: Path, tmp_path: Path) -> None:
    add_list(
        path, read_list(_write(tmp_path, "places.csv", HEAD + ROWS)).source, added="2026-03-02"
    )
    build(path, [_source()], added="2026-05-01")
    assert [s["name"] for s in sources_of(path)] == ["towns", "places"]
    gazetteer = SqliteGazetteer(path)
    assert gazetteer.named(["محكان"])["محكان"][0].entry.name == "Mahkan"
    assert gazetteer.may_hold("محكان")
    gazetteer.close()


def test_a_country_file_of_geonames_gives_towns_and_leaves_hotels_out(tmp_path: Path) -> None:
    read = read_list(_write(tmp_path, "SY.txt", GEONAMES))
    (named,) = read.source.entries
    assert named.entry.name == "Al Mayadin"
    assert named.entry.admin1 == "Deir ez-Zor"
    assert named.entry.id == "geonames:173480"
    assert read.source.name == "sy"


@pytest.mark.parametrize(
    ("row", "where", "reason"),
    [
        ("Abu,,SY,,91.0,40.0\n", "row 3, column latitude", "outside"),
        ("Abu,,SY,,x,40.0\n", "row 3, column latitude", "no number"),
        ("Abu,,Syria,,35.0,40.0\n", "row 3, column country", "two letters"),
        (",,SY,,35.0,40.0\n", "row 3, column name", "empty"),
        (ROWS, "row 3, column name", "twice"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_rest_is_read(
    tmp_path: Path, row: str, where: str, reason: str
) -> None:
    read = read_list(_write(tmp_path, "own.csv", HEAD + ROWS + row))
    (fault,) = read.faults
    assert where in fault.where
    assert reason in fault.message
    assert read.source.expected == 1


def test_a_row_of_another_width_is_named(tmp_path: Path) -> None:
    read = read_list(_write(tmp_path, "SY.txt", GEONAMES + "3\tHalf a row\n"))
    assert [f.where for f in read.faults] == ["SY.txt, row 4, column all"]


def test_a_file_of_another_kind_says_what_was_expected(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="neither") as raised:
        read_list(_write(tmp_path, "notes.txt", "some notes\n"))
    assert "name,alternate_names" in raised.value.hint
    with pytest.raises(UsageError, match="no file"):
        read_list(tmp_path / "none.csv")
    with pytest.raises(DataError, match="no place"):
        read_list(_write(tmp_path, "empty.csv", HEAD))
    latin = tmp_path / "latin.csv"
    latin.write_bytes((HEAD + "Alép,,SY,,36,37\n").encode("latin-1"))
    with pytest.raises(UsageError, match="not UTF-8"):
        read_list(latin)


def test_the_environment_says_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BILAN_GAZETTEER", str(tmp_path / "g.sqlite"))
    assert gazetteer_path() == tmp_path / "g.sqlite"
    monkeypatch.delenv("BILAN_GAZETTEER")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert gazetteer_path() == tmp_path / "bilan" / "gazetteer.sqlite"


@given(st.sets(st.text(min_size=1, max_size=20), max_size=300))
def test_the_filter_never_says_no_wrongly(keys: set[str]) -> None:
    bloom = Bloom.sized(len(keys))
    bloom.add_all(keys)
    assert all(key in bloom for key in keys)
    assert bytes(Bloom(bytearray(bytes(bloom)))) == bytes(bloom)
