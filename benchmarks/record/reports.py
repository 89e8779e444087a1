"""Short synthetic reports: incidents told a dozen times each, a fifth of the reports copies."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

_DATA: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("reports.toml").read_text(encoding="utf-8")
)
TOLD = 12  # reports an incident: the median of a real register (field practice, section 2.1)
COPIED = 0.2  # share of near-copies in real registers (ibidem)
_FIRST_DAY, _DAYS = date(2011, 10, 1), 2500
# A new town for every so many reports, up to the forty that there are: an archive that is larger
# tells of more places, not of more at each, so that growth is seen apart from density.
_REPORTS_A_TOWN, _LEAST_TOWNS = 2500, 4


def write_reports(path: Path, number: int, *, seed: int) -> None:
    """`number` reports as JSON lines, the same for the same seed."""
    with path.open("w", encoding="utf-8") as file:
        for report in _reports(number, Random(seed)):  # noqa: S311 - no secret
            file.write(json.dumps(report, ensure_ascii=False) + "\n")


def _reports(number: int, chance: Random) -> Iterator[dict[str, Any]]:
    told: dict[str, str] = {}
    towns = min(len(_DATA["towns"]["en"]), max(_LEAST_TOWNS, number // _REPORTS_A_TOWN))
    day, town, killed, left = _FIRST_DAY, 0, 1, 0
    for index in range(number):
        if left == 0:
            day = _FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
            town, killed = chance.randrange(towns), chance.randint(3, 30)
            left, told = max(1, round(chance.gauss(TOLD, TOLD / 3))), {}
        left -= 1
        lang = chance.choice(tuple(_DATA["report"]))
        if lang not in told or chance.random() >= COPIED:
            told[lang] = _tell(lang, day, town, killed, chance)
        published = day + timedelta(days=chance.randint(0, 2))
        yield {
            "id": f"s{index:06d}",
            "lang": lang,
            "published": published.isoformat(),
            "publisher": {"name": f"Synthetic Outlet {index % 97}", "kind": "local_media"},
            "synthetic": True,
            "text": told[lang],
        }


def _tell(lang: str, day: date, town: int, killed: int, chance: Random) -> str:
    pattern: str = chance.choice(_DATA["report"][lang])
    return pattern.format(
        killed=killed,
        injured=killed + chance.randint(0, 9),
        town=_DATA["towns"][lang][town],
        date=f"{day.day} {_DATA['months'][lang][day.month - 1]} {day.year}",
        source=chance.choice(_DATA["source"][lang]),
    )
