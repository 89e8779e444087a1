"""A gazetteer for tests of reading in which no place matters."""

from __future__ import annotations

from collections.abc import Sequence

from bilan.core.values import PlaceMention, Span


class NoTowns:
    """A gazetteer that knows nothing."""

    version = "none-1"

    def places_in(
        self,
        text: str,
        *,
        lang: str,
        taken: Sequence[Span] = (),
    ) -> list[PlaceMention]:
        return []
