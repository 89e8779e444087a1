"""The gazetteer of this user as reading wants it; where there is none it is built, once."""

from __future__ import annotations

import gc
from importlib import import_module

from bilan.core.errors import GazetteerError
from bilan.core.places.finder import Places
from bilan.core.values import PlaceFinder
from bilan.engines.gazetteer import SqliteGazetteer, gazetteer_path

# New objects alive at which Python looks for cycles; 700 if nobody says otherwise. A page takes
# thousands and leaves no cycle behind (`test_a_reading_leaves_no_cycles_behind`): looking took 8 to
# 10 % of the processor over 300 relevant pages, here it takes nothing, in the same memory.
_LOOK_AFTER = 10_000


def opened_places() -> PlaceFinder:
    """What finds the places of a text; the process that asks is one that will read.

    Python's collector is told to look for cycles rarely, which a reading never makes.
    """
    gc.set_threshold(_LOOK_AFTER, *gc.get_threshold()[1:])
    try:
        return Places(SqliteGazetteer(gazetteer_path()))
    except GazetteerError:
        # None, or one of another version. What builds it takes its time to import.
        import_module("bilan.cli.gazetteer").build_here()
    return Places(SqliteGazetteer(gazetteer_path()))
