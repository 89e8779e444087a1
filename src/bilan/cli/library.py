"""The words of the reports of a record, fetched when they are shown and remembered for the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from bilan.cli.harmless import harmless, quoted
from bilan.core.values import Report, Span

LONGEST = 200  # characters of a quotation on a screen; `bilan read --json` has it whole
ERASED = "(erased)"


class Library:
    """Quotes by report and offsets; "(erased)" where the words were erased."""

    def __init__(
        self, text_of: Callable[[str], str | None], report_of: Callable[[str], Report | None]
    ) -> None:
        """`text_of` gives the text that a report was last read in, `report_of` the report."""
        self._text_of = cache(text_of)
        self._report_of = cache(report_of)

    def words(self, report: str, span: Span | None) -> str:
        """The quotation, harmless and isolated; "" where nothing is quoted."""
        if span is None:
            return ""
        text = self._text_of(report)
        return ERASED if text is None else quoted(span.of(text), longest=LONGEST)

    def publisher(self, report: str) -> str:
        """Who published the report, by name."""
        found = self._report_of(report)
        return ERASED if found is None else harmless(found.publisher.name or "publisher not given")
