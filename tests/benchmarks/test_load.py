"""The measure of load sees what it is there to see."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from benchmarks.load.__main__ import worked


def test_people_at_once_lose_no_update(
    own_folders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = Namespace(writes=24, writers=2, readers=1, incidents=3)
    assert worked("sqlite", own_folders / "record", asked)
    said = capsys.readouterr().out
    assert "24 writes" in said and "updates lost 0; verify: holds" in said
