"""Gazetteers for tests of reading in which it does not matter where: of no town, and of one."""

from __future__ import annotations

from collections.abc import Sequence

from bilan.core.values import Place, PlaceMention, Point, Span


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


class OneTown:
    """A gazetteer that knows Sarmin, as some languages write it."""

    version = "one-1"
    _names = ("Sarmin", "Sármin", "Сармин", "Сармін", "سرمين", "سرمین")

    def places_in(
        self,
        text: str,
        *,
        lang: str,
        taken: Sequence[Span] = (),
    ) -> list[PlaceMention]:
        """The first time that the town is named."""
        town = Place("Sarmin", "Sarmin", "Idlib", "SY", Point(35.90, 36.73), uncertainty_km=1.0)
        found = ((text.find(name), name) for name in self._names)
        spans = [Span(at, at + len(name)) for at, name in found if at >= 0]
        return [PlaceMention(span, town) for span in spans[:1]]
