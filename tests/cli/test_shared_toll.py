"""One number told of two towns: asked, divided, taken back, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bilan.cli.exits import Exit
from tests.cli.test_record_commands import BECAUSE, bilan, kept, reports, said

__all__ = ["kept", "reports"]  # fixtures: synthetic reports, two towns, Boris

SHARED = (
    "Coalition aircraft killed 12 civilians on Thursday 14 September 2017 in the towns of Marsa"
    " and Harbour, SANA said."
)
ALONE = (
    "Planes bombed the old market of Marsa on Thursday 14 September 2017. Five civilians were"
    " killed, according to SOHR, which said that it could not tell whose planes they were."
)
Ranges = dict[str, Any]


def killed() -> Ranges:
    """The range of each town's incident of that day: least and most, None where unknown."""
    rows = said("count", "--from", "2017-09-14", "--to", "2017-09-14")["incidents"]
    return {
        row["place"]: row["killed"] and (row["killed"]["min"], row["killed"]["max"]) for row in rows
    }


def codes() -> dict[str, str]:
    rows = said("count", "--from", "2017-09-14", "--to", "2017-09-14")["incidents"]
    return {row["place"]: row["code"] for row in rows}


def tell(folder: Path, name: str, text: str) -> None:
    head = f"---\nid: {name}\npublished: 2017-09-17\nlang: en\n---\n"
    (folder / f"{name}.txt").write_text(head + text, encoding="utf-8")
    assert bilan("add", folder).exit_code == Exit.DONE


def asked() -> str:
    (question,) = said("count")["shared_tolls"]
    return str(question["id"])


def divide(marsa: str, harbour: str) -> int:
    code = codes()
    parts = (f"{code['Marsa']}={marsa}", f"{code['Harbour']}={harbour}")
    decided = said("decide", "split-toll", asked(), *parts, *BECAUSE)
    return int(decided["seq"])


@pytest.fixture
def shared(kept: Path) -> Path:
    tell(kept, "s", SHARED)
    return kept


def test_the_ranges_follow_how_a_person_divides_and_takes_it_back(shared: Path) -> None:
    unknown = {"Marsa": None, "Harbour": None}
    assert killed() == unknown
    first = divide("8", "4")
    assert killed() == {"Marsa": (8, 8), "Harbour": (4, 4)}
    assert said("count")["shared_tolls"] == []
    before = said("verify")["digest"]
    assert said("rebuild")["digest"] == before
    assert killed() == {"Marsa": (8, 8), "Harbour": (4, 4)}
    assert bilan("decide", "withdraw", first, *BECAUSE).exit_code == Exit.DONE
    assert killed() == unknown
    second = divide("12", "unknown")
    assert killed() == {"Marsa": (12, 12), "Harbour": None}
    assert bilan("decide", "withdraw", second, *BECAUSE).exit_code == Exit.DONE
    assert killed() == unknown
    assert said("verify")["holds"]


def test_a_part_makes_the_range_only_where_nobody_else_tells_of_that_place(shared: Path) -> None:
    tell(shared, "alone", ALONE)
    assert killed() == {"Marsa": (5, 5), "Harbour": None}
    divide("8", "4")
    assert killed() == {"Marsa": (5, 5), "Harbour": (4, 4)}
    shown = " ".join(bilan("show", codes()["Marsa"]).stdout.split())
    assert "others tell of this place alone" in shown
    assert said("rebuild")["digest"] == said("verify")["digest"]


def test_parts_that_are_more_than_the_whole_are_refused(shared: Path) -> None:
    code = codes()
    parts = (f"{code['Marsa']}=8", f"{code['Harbour']}=5")
    refused = bilan("decide", "split-toll", asked(), *parts, *BECAUSE)
    assert refused.exit_code == Exit.USAGE
    assert "Nobody is counted twice" in " ".join(refused.output.split())
    assert killed() == {"Marsa": None, "Harbour": None}
