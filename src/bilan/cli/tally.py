"""`bilan tally` and `bilan map`: cross tables and the map's payload, from a file of incidents.

For millions of incidents that a scan found, or for a full export. A record counts by itself:
`bilan count`.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from bilan.cli.asking import From, To
from bilan.core.errors import UsageError
from bilan.core.publication.rows import cell

app = typer.Typer()

Incidents = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="incidents.jsonl of a scan, or a .json of bilan export.", exists=True
    ),
]


@app.command()
def tally(
    file: Incidents,
    by: Annotated[
        str, typer.Option(metavar="NAMES", help="Some of party,country,place,cause,grade,month.")
    ] = "grade",
    since: From = None,
    until: To = None,
) -> None:
    """Count incidents and those killed by party, place, month, grade, as CSV.

    An incident blamed on two parties is in the cell of each, so cells of parties do not add up.
    """
    tables = _engine()
    names = tuple(name.strip() for name in by.split(",") if name.strip())
    within = tables.Box(**_days(since, until, tables.EPOCH))
    cells = tables.count_by(tables.table_of(_rows(file)), names, within=within)
    out = csv.writer(sys.stdout)
    out.writerow([*names, "incidents", "killed_min", "killed_max", "open_above", "unknown"])
    for one in cells:
        numbers = (one.incidents, one.low, one.high, one.open_above, one.unknown)
        out.writerow([*(cell(value) for value in one.values), *numbers])
    if tables.overlapping(names):
        typer.echo("An incident blamed on two parties is in the cell of each.", err=True)


@app.command("map")
def map_(
    file: Incidents,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The payload, such as map.bin.")],
) -> None:
    """Write the incidents of a file for a map, in a tenth of the bytes of GeoJSON.

    The coordinates are those of the file: for the public, take a public export.
    """
    tables = _engine()
    from bilan.engines.map_payload import payload  # noqa: PLC0415 - the extra `[scale]`

    content = payload(tables.table_of(_rows(file)))
    aside = out.with_name(f"{out.name}.aside")
    aside.write_bytes(content)
    aside.replace(out)
    typer.echo(f"{out}: {len(content):,} bytes", err=True)


def _engine() -> Any:
    try:
        from bilan.engines import incident_table  # noqa: PLC0415 - the extra `[scale]`
    except ImportError as error:
        raise UsageError(
            f"This needs {error.name}, which is not installed.",
            hint='Install Bilan with it: pip install "bilan[scale]"',
        ) from error
    return incident_table


def _rows(file: Path) -> Iterable[dict[str, Any]]:
    """The incidents of a file, one by one where it has a line for each."""
    if file.suffix == ".jsonl":
        with file.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)
        return
    found = json.loads(file.read_text("utf-8"))
    if not isinstance(found, dict) or "incidents" not in found:
        hint = "Take incidents.jsonl of a scan, or: bilan export incidents.json"
        raise UsageError(f"There are no incidents in {file}.", hint=hint)
    yield from found["incidents"]


def _days(since: date | None, until: date | None, epoch: int) -> dict[str, int]:
    days = {}
    if since is not None:
        days["first"] = since.toordinal() - epoch
    if until is not None:
        days["last"] = until.toordinal() - epoch
    return days
