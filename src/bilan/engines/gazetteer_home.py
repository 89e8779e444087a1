"""This user's gazetteer: opened, and built once where there is none or an outdated one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bilan.core.errors import GazetteerError
from bilan.engines.gazetteer import OnProgress, SqliteGazetteer, gazetteer_path
from bilan.engines.gazetteer_build import build
from bilan.engines.gazetteer_sources import DefaultSources


def build_gazetteer(path: Path | None = None, *, on_progress: OnProgress = lambda *_: None) -> str:
    """Build the default gazetteer at `path` (else this user's) and give its version.

    Lists that were added to the one that it replaces are kept.
    """
    today = datetime.now(UTC).date().isoformat()
    return build(path or gazetteer_path(), DefaultSources(), added=today, on_progress=on_progress)


def open_gazetteer(
    path: Path | None = None, *, on_progress: OnProgress = lambda *_: None
) -> SqliteGazetteer:
    """The gazetteer at `path` (else this user's), built first where there is no usable one."""
    path = path or gazetteer_path()
    try:
        return SqliteGazetteer(path)
    except GazetteerError:
        build_gazetteer(path, on_progress=on_progress)
    return SqliteGazetteer(path)
