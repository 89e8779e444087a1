"""What is kept of a text so that copies, shared quotations and distinctive objects can be seen."""

from __future__ import annotations

from dataclasses import dataclass

from bilan.core.reports.sketches import Sketch


@dataclass(frozen=True, slots=True)
class Traits:
    """Marks of one report's text.

    `sketch` finds copies; `quotes` are the marks of quotations; `objects` are distinctive things
    by their key in `objects.toml` ("boat", "bridge"); `words` are stable hashes of its rarer words.
    """

    sketch: Sketch = ()
    quotes: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    words: tuple[int, ...] = ()
