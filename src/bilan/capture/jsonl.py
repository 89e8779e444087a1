"""From JSON lines to reports, one by one, so that a file may be as long as it likes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from bilan.capture.captured import Captured, refused
from bilan.capture.contents import settled
from bilan.core.reports.decoding import LARGEST_REPORT, decode
from bilan.core.reports.report import Stated


def lines_of(file: BinaryIO, where: str, stated: Stated) -> Iterator[Captured]:
    """One report per line that is not blank; a line that is none is a fault with its number."""
    number = 0
    while line := file.readline(LARGEST_REPORT + 1):
        number += 1
        place = f"{where}:{number}"
        if len(line) > LARGEST_REPORT:
            limit = LARGEST_REPORT // 1_000_000
            yield refused(place, "too_large", f"this line is longer than {limit} MB")
            _skip_rest(file)
        elif line.strip():
            yield captured_line(line.rstrip(b"\r\n"), where=place, stated=stated)


def _skip_rest(file: BinaryIO) -> None:
    while (rest := file.readline(LARGEST_REPORT)) and not rest.endswith(b"\n"):
        pass


def captured_line(line: bytes, *, where: str, stated: Stated) -> Captured:
    """The report of one line."""
    decoded = decode(line, where=where)
    if decoded.text is None:
        return Captured(where, line, None, decoded.faults)
    try:
        shape = json.loads(decoded.text)
    except json.JSONDecodeError as error:
        return refused(where, "not_json", f"not JSON: {error.msg} at character {error.pos}", line)
    except (RecursionError, ValueError):
        return refused(
            where, "not_json", "not JSON that can be read: nested or long beyond use", line
        )
    if not isinstance(shape, dict):
        return refused(where, "not_json", "a report is a JSON object {…}", line)
    text = shape.pop("text", None)
    if not isinstance(text, str):
        return refused(where, "empty", "it has no `text`", line)
    return settled(line, shape, text, stated, where=where, faults=decoded.faults)
