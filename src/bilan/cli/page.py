"""Lines and labelled rows on a terminal, wrapped with a hanging indent, without trailing blanks."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

_LABEL = 10  # columns of a row's label
_NARROW = 40  # columns below which a row's words stand below its label
_INDENT = 2


class Page:
    """Prints on a console; the words are expected to be harmless already."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._width = console.width

    def gap(self) -> None:
        """An empty line."""
        self._console.print()

    def rule(self) -> None:
        """A line across."""
        self._console.print(Text("─" * self._width, "dim"))

    def line(self, words: Text) -> None:
        """Words over the whole width."""
        self._wrapped(words, Text(), 0)

    def row(self, label: str, words: Text) -> None:
        """A label, and words beside it (below it where the terminal is narrow)."""
        if self._width < _NARROW or len(label) >= _LABEL:
            self._wrapped(Text(label, "dim"), Text(), 0)
            self._wrapped(words, Text(" " * _INDENT), _INDENT)
        else:
            self._wrapped(words, Text(f"{label:<{_LABEL}}", "dim"), _LABEL)

    def _wrapped(self, words: Text, first: Text, indent: int) -> None:
        before = first
        for part in words.split("\n", allow_blank=True):
            for line in part.wrap(self._console, max(self._width - indent, 8), overflow="fold"):
                line.rstrip()
                self._console.print(before + line, soft_wrap=True)
                before = Text(" " * indent)
