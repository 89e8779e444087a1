"""Every export for the public, in every format, field by field: what must not leave does not."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bilan.cli import reader
from bilan.cli.exits import Exit
from bilan.core.publication.policy import public_policy
from bilan.core.values import Place, PlaceMention, PlacePrecision, Point, Span
from tests.cli.test_record_commands import bilan, said

CASE = Path(__file__).parents[2] / "examples" / "mayadin"
POLICY = public_policy()
# Finer than the policy, as a survey would give them; each name of the towns in the case's scripts.
TOWNS = {
    ("Mayadin", "Mayadine", "الميادين", "Маядин"): Point(35.0197312, 40.4533687),
    ("Mahkan", "محكان"): Point(34.9744291, 40.4856113),
}
FORMATS = (("a.json", "full"), ("a.json", "check"), ("a.csv", "full"), ("a.geojson", "full"))
RELEASE = "m06"
POSTER = "The Ferry"  # publishes as a private person
REASON = "Widow Example told me at her door"
NUMBER = re.compile(r"-?\d+\.\d+")


class FineTowns:
    """A gazetteer that knows two towns to the centimeter."""

    version = "fine towns"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        return [
            PlaceMention(
                Span(found.start(), found.end()),
                Place(names[0], names[0], "Deir ez-Zor", "SY", point, PlacePrecision.EXACT, 0.01),
            )
            for names, point in TOWNS.items()
            for found in re.finditer("|".join(names), text)
        ]


@pytest.fixture
def case(own_folders: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The case of the examples in a record, with decisions by Amal that give her reasons."""
    monkeypatch.setattr(reader, "_places", FineTowns)
    monkeypatch.setenv("BILAN_RECORD", str(own_folders / "record"))
    assert bilan("init", own_folders / "record").exit_code == Exit.DONE
    assert bilan("people", "add", "Amal").exit_code == Exit.DONE
    bilan("add", CASE)
    because = ("--by", "Amal", "--because", REASON)
    for row in said("incidents"):
        code = row["code"]
        assert bilan("decide", "set", code, "injured", "4..6", *because).exit_code == Exit.DONE
        place = "35.0198765,40.4512345 The house of Amal"
        assert bilan("decide", "set", code, "place", place, *because).exit_code == Exit.DONE
        break
    return own_folders


def exported(folder: Path, name: str, shape: str, audience: str = "public") -> str:
    file = folder / name
    done = bilan("export", file, "--format", shape, "--audience", audience)
    assert done.exit_code == Exit.DONE, done.output
    return file.read_text(encoding="utf-8")


def leaves(value: Any, way: str = "") -> Iterator[tuple[str, Any]]:
    """Every value with the way to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{way} (key)", key
            yield from leaves(inner, f"{way}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, f"{way}[]")
    else:
        yield way, value


def fields(name: str, text: str) -> list[tuple[str, Any]]:
    """Every field of a file with its way, keys of objects included."""
    if not name.endswith(".csv"):
        return list(leaves(json.loads(text)))
    rows = csv.DictReader(io.StringIO(text))
    return [(f".{column}", cell) for row in rows for column, cell in row.items()]


def is_coordinate(way: str) -> bool:
    return way.endswith(("lat", "lon", "latitude", "longitude", "coordinates[]"))


@pytest.mark.parametrize(("name", "shape"), FORMATS)
def test_no_field_of_a_public_export_says_what_may_harm(case: Path, name: str, shape: str) -> None:
    text = exported(case, name, shape)
    found = fields(name, text)
    degrees = [float(v) for way, v in found if is_coordinate(way) and v not in (None, "")]
    assert degrees
    assert all(d == POLICY.coarse(d) for d in degrees)
    # Nor is a coordinate hidden in words: no number of a town's degrees stands finer than a cell.
    numbers = [float(n) for way, v in found if isinstance(v, str) for n in NUMBER.findall(v)]
    near = [
        n for n in numbers if any(abs(n - p) < 0.1 for t in TOWNS.values() for p in (t.lat, t.lon))
    ]
    assert all(n == POLICY.coarse(n) for n in near)
    for secret in ("Amal", REASON, "Widow", POSTER, "Press Desk"):
        assert secret not in text.replace("Coalition Press Desk", "")
    words = [(way, v) for way, v in found if isinstance(v, str)]
    assert not [(way, w) for way, w in words if re.search(rf"(?<!\w){RELEASE}(?!\w)", w)]


@pytest.mark.parametrize(("name", "shape"), FORMATS)
def test_the_team_gets_what_the_public_does_not(case: Path, name: str, shape: str) -> None:
    text = exported(case, name, shape, audience="team")
    assert "35.0198765" in text
    if name == "a.json" and shape == "full":
        assert RELEASE in text


def test_what_goes_to_the_screen_is_for_the_public_too(case: Path) -> None:
    shown = bilan("export", "-")
    assert shown.exit_code == Exit.DONE
    assert "35.0198765" not in shown.stdout and "Amal" not in shown.stdout
