"""The gazetteer of this user as reading wants it; where there is none it is built, once."""

from __future__ import annotations

from importlib import import_module

from bilan.core.errors import GazetteerError
from bilan.core.places.finder import Places
from bilan.core.values import PlaceFinder
from bilan.engines.gazetteer import SqliteGazetteer, gazetteer_path


def opened_places() -> PlaceFinder:
    """What finds the places of a text."""
    try:
        return Places(SqliteGazetteer(gazetteer_path()))
    except GazetteerError:
        # None, or one of another version. What builds it takes its time to import.
        import_module("bilan.cli.gazetteer").build_here()
    return Places(SqliteGazetteer(gazetteer_path()))
