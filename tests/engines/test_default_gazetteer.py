"""What the default gazetteer is made of, on the towns of a few countries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bilan.core.places.gazetteer import PlaceKind
from bilan.engines import gazetteer_sources
from bilan.engines.gazetteer import SqliteGazetteer, sources_of
from bilan.engines.gazetteer_build import build
from bilan.engines.gazetteer_sources import DefaultSources, plain_name, read_towns

_COUNTRIES = frozenset({"SY", "PS", "YE", "LB"})


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> SqliteGazetteer:
    """The default sources with the towns of four countries: the whole takes twenty seconds."""
    path = tmp_path_factory.mktemp("gazetteer") / "small.sqlite"
    towns = gazetteer_sources.read_towns
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gazetteer_sources, "FEWEST_TOWNS", 100)
        patch.setattr(gazetteer_sources, "TOWNS_FILE", "cities5000.json")
        patch.setattr(
            gazetteer_sources,
            "read_towns",
            lambda file: (t for t in towns(file) if t["countrycode"] in _COUNTRIES),
        )
        build(path, DefaultSources(), added="2026-03-01")
    return SqliteGazetteer(path)


def _kinds(gazetteer: SqliteGazetteer, key: str) -> set[str]:
    return {str(found.entry.kind) for found in gazetteer.named([key]).get(key, ())}


def test_a_town_has_its_names_in_all_scripts(gazetteer: SqliteGazetteer) -> None:
    for key in ("al mayadin", "mayadin", "mayadine", "الميادين"):
        assert [f.entry.name for f in gazetteer.named([key])[key]] == ["Al Mayadin"]


def test_a_region_bears_our_name_and_its_towns_other_names(gazetteer: SqliteGazetteer) -> None:
    assert _kinds(gazetteer, "идлиб") == {"settlement", "region"}
    assert _kinds(gazetteer, "ريف دمشق") == {"region"}


def test_a_town_that_gives_its_region_the_name_goes_by_the_regions_names(
    gazetteer: SqliteGazetteer,
) -> None:
    assert "settlement" in _kinds(gazetteer, "deir ezzor")


@pytest.mark.parametrize(
    "key", ["syria", "syrie", "سوريا", "сирия", "suriye", "siria", "сирія", "سوريه", "iso sy"]
)
def test_a_country_is_known_in_every_language_read(gazetteer: SqliteGazetteer, key: str) -> None:
    countries = [f.entry for f in gazetteer.named([key])[key] if f.entry.kind is PlaceKind.COUNTRY]
    assert [c.country for c in countries] == ["SY"]


def test_quarters_and_camps_are_known(gazetteer: SqliteGazetteer) -> None:
    (found,) = gazetteer.named(["الشجاعيه"])["الشجاعيه"]
    assert (found.entry.kind, found.entry.admin1) == (PlaceKind.NEIGHBOURHOOD, "Gaza Strip")


def test_machine_transliterations_and_airport_codes_are_no_names(
    gazetteer: SqliteGazetteer,
) -> None:
    assert _kinds(gazetteer, "hms") == set()
    assert _kinds(gazetteer, "qhs") == set()


def test_every_source_says_its_licence(gazetteer: SqliteGazetteer) -> None:
    listed = sources_of(gazetteer.path)
    assert [s["name"] for s in listed] == ["geonames", "countries", "regions", "landmarks"]
    assert all("CC BY 4.0" in str(s["licence"]) for s in listed[:2])
    assert all("Apache-2.0" in str(s["licence"]) for s in listed[2:])


def test_towns_are_read_one_by_one_across_chunks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    towns = {str(n): {"geonameid": n, "name": f"Töwn {n} {{"} for n in range(50)}
    (tmp_path / "towns.json").write_text(json.dumps(towns), encoding="utf-8")
    monkeypatch.setattr(gazetteer_sources, "_CHUNK", 37)
    assert list(read_towns(tmp_path / "towns.json")) == list(towns.values())


def test_transliterated_names_lose_their_signs_and_others_keep_their_accents() -> None:
    assert plain_name("Dar‘ā", "SY") == "Dara"
    assert plain_name("Al Mayādīn", "SY") == "Al Mayadin"
    assert plain_name("Medellín", "CO") == "Medellín"
