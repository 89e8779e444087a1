"""A register of any length that nobody wrote, the same for the same seed."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

HEAD = (
    "airwars_id",
    "seq",
    "code",
    "url",
    "date",
    "date_end",
    "place_en",
    "place_local",
    "admin_region",
    "lat",
    "lon",
    "precision",
    "belligerents",
    "strike_type",
    "grading",
    "killed_min",
    "killed_max",
    "injured_min",
    "injured_max",
    "children_min",
    "children_max",
    "women_min",
    "women_max",
    "men_min",
    "men_max",
    "belligerent_killed_min",
    "belligerent_killed_max",
    "prev_codes",
    "notes",
)
TOWNS = ("Marsa", "Tell Nur", "Port Ali", "Old Marsa", "Wadi Sal", "Khan Badr")
GRADES = ("Fair", "Weak", "Contested", "Confirmed", "")
FIRST = date(2014, 1, 1)
WORDS = "shells fell on the market of the old town near the bridge before dawn said a neighbour"


def rows(count: int, *, seed: int) -> Iterator[list[str]]:
    """Rows in the shape of `airwars-register`, a tenth with a defect."""
    chance = random.Random(seed)  # noqa: S311 - a generator of examples
    words = WORDS.split()
    for number in range(count):
        killed = chance.randint(0, 9)
        day = FIRST + timedelta(days=chance.randint(0, 3000))
        odd = chance.random() < 0.1
        code = f"G{number:06d}"
        yield [
            str(900_000 + number),
            str(number),
            f"{code} H{number:06d}" if number % 5 == 0 else code,
            f"https://register.example/{code}",
            "" if odd else day.isoformat(),
            "",
            chance.choice(TOWNS),
            "",
            "North",
            f"{chance.uniform(33, 37):.5f}",
            f"{chance.uniform(36, 42):.5f}",
            "village",
            "Russian Military",
            "Airstrike",
            chance.choice(GRADES),
            str(killed),
            str(killed + chance.randint(0, 4)),
            *("", ""),
            *(str(killed // 3), str(killed // 3)),
            *("", "", "", "", "", ""),
            f"S{number:06d};G{max(number - 1, 0):06d}" if number % 4 == 0 else f"S{number:06d}",
            " ".join(chance.choices(words, k=30)),
        ]


def write_rows(path: Path, count: int, *, seed: int) -> int:
    """Write the register; its size in bytes."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        writer.writerows(rows(count, seed=seed))
    return path.stat().st_size
