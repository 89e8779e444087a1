"""What several commands ask for in the same words: days, scopes, spans."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bilan.core.reports.report import day


class Scope(StrEnum):
    """Which violence is read."""

    CONFLICT = "conflict"
    ANY = "any"


class Spans(StrEnum):
    """Which words of a text are listed."""

    CLAIMS = "claims"
    ALL = "all"


def asked_record(context: typer.Context) -> Path | None:
    """The folder named with `bilan --record DIR`, if one was."""
    named = context.find_root().params.get("record")
    return None if named is None else Path(named)


def as_day(text: str) -> date:
    """A day as people type it: 2017-09-18."""
    try:
        return day(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text} is no day like 2017-09-18") from error


Published = Annotated[
    date | None,
    typer.Option(parser=as_day, metavar="DATE", help="Day of publication, 2017-09-18."),
]
Lang = Annotated[
    str | None, typer.Option(metavar="CODE", help="Language of the reports: fr, ar, ...")
]
Where = Annotated[str | None, typer.Option(metavar="NAME", help="Town, region or country code.")]
From = Annotated[
    date | None, typer.Option("--from", parser=as_day, metavar="DATE", help="From this day on.")
]
To = Annotated[
    date | None, typer.Option("--to", parser=as_day, metavar="DATE", help="Up to this day.")
]
Scheme = Annotated[str, typer.Option(metavar="NAME", help="Counting scheme: airwars, ibc, ...")]
IfItMatters = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who does it, if it matters.")
]
PublishedBy = Annotated[str | None, typer.Option(metavar="NAME", help="Who published the reports.")]
Jobs = Annotated[int, typer.Option(min=1, help="Processes that read side by side.")]
