"""Countries by name and the boxes in which their towns lie (`countries.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

Box = tuple[float, float, float, float]  # degrees: south, west, north, east


@cache
def _table() -> dict[str, dict[str, object]]:
    source = (files("bilan.core.registers") / "countries.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, country in _table().items():
        also = country.get("also", [])
        names = [code, country["name"], *(also if isinstance(also, list) else [])]
        found.update({str(name).casefold(): code for name in names})
    return found


def country_code(name: str) -> str | None:
    """The ISO code of a country told by its name or code; None for one that nobody knows."""
    return _by_name().get(name.strip().casefold())


def box_of(code: str) -> Box | None:
    """The box in which a country's towns lie; None where it has none."""
    box = _table().get(code, {}).get("box")
    if not isinstance(box, list):
        return None
    south, west, north, east = map(float, box)
    return south, west, north, east


def lies_in(box: Box, lat: float, lon: float) -> bool:
    """Whether a point lies in a box, its edges included."""
    south, west, north, east = box
    return south <= lat <= north and west <= lon <= east
