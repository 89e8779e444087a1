"""Cells that a spreadsheet does not run, and what they were before."""

from __future__ import annotations

import re

# A spreadsheet runs a cell that begins so (OWASP, "CSV injection"). A plain number is none of them.
_RUNS = re.compile(r"'*[=+\-@\t\r\n]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r\n]")
_NUMBER = re.compile(r"[+-]\d+([.,]\d+)?")


def escaped(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would run it.

    Cells that begin with apostrophes before such a sign get one more, so that `unescaped` finds
    every cell again.
    """
    return f"'{cell}" if _RUNS.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unescaped(cell: str) -> str:
    """The cell that `escaped` made this one of."""
    return cell[1:] if _ESCAPED.match(cell) else cell
