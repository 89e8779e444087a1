"""The terminal that people read: as wide as it is, plain where it is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache

from rich.console import Console

from bilan.cli.show_reading import Told, show
from bilan.core.claims.account import Reading
from bilan.core.values import Report
from bilan.engines.gazetteer import country_names, gazetteer_path

WIDEST = 100  # columns; longer lines are hard to read


def console() -> Console:
    """A console that gives no meaning to any character of what it prints."""
    plain = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    plain.width = min(plain.width, WIDEST)
    return plain


@cache
def countries() -> dict[str, str]:
    """The names of countries by their codes; empty where there is no gazetteer to ask."""
    path = gazetteer_path()
    return country_names(path) if path.exists() else {}


def for_people() -> Callable[[Report, Reading, str], None]:
    """What shows one reading to a person."""
    screen = console()

    def say(report: Report, reading: Reading, where: str) -> None:
        show(Told(report, reading, where, countries()), screen)

    return say
