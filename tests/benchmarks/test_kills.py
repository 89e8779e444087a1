"""The measure of kills kills, looks, and finds nothing wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

from benchmarks.kills.__main__ import one_record


def test_work_killed_at_any_moment_leaves_a_record_and_a_backup_that_hold(
    own_folders: Path,
) -> None:
    during: Counter[str] = Counter()
    assert one_record(4, 0, Random(7), during) == []
    assert during.total() == 4
