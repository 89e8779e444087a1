"""Floors: what a figure has to reach, pinned to the corpus on which it was measured.

`floors.toml` holds, per set, a digest of its reports and answers and the least value of each
figure. A floor rises with `--pin`; it is lowered by hand, with a dated page in `docs/decisions/`.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

PINNED = Path(__file__).with_name("floors.toml")
_HEAD = """\
# The least that each figure may be, by set, with a digest of the corpus it was measured on.
# Raised by `make accuracy PIN=1`. Lowering one is a decision: a dated page in docs/decisions first.
"""
_STEP = 0.01  # floors are kept in whole hundredths, rounded down


def digest_of(files: list[Path]) -> str:
    """The first 16 digits of the SHA-256 over some files, in the order given."""
    digest = sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def pinned(path: Path = PINNED) -> dict[str, dict[str, float | str]]:
    """The floors by set; each holds its corpus under "digest"."""
    if not path.exists():
        return {}
    return tomllib.loads(path.read_text(encoding="utf-8"))


def fallen(
    name: str, figures: Mapping[str, float], digest: str, *, path: Path = PINNED
) -> list[str]:
    """What fell under its floor, in words; nothing is asked of another corpus than was pinned."""
    floors = pinned(path).get(name, {})
    if floors.get("digest") != digest:
        return []
    return [
        f"{name} {figure}: {figures.get(figure, 0.0):.3f} is under its floor {floor}"
        for figure, floor in floors.items()
        if isinstance(floor, float) and figures.get(figure, 0.0) < floor
    ]


def pin(name: str, figures: Mapping[str, float], digest: str, *, path: Path = PINNED) -> None:
    """Raise the floors of one set to what was measured; none is lowered on the same corpus."""
    floors = pinned(path)
    known = floors.get(name, {})
    same = known if known.get("digest") == digest else {}
    raised = {
        figure: max(_down(value), float(same.get(figure, 0.0)))
        for figure, value in sorted(figures.items())
    }
    floors[name] = {"digest": digest, **raised}
    path.write_text(_HEAD + "".join(_table(set_, floors[set_]) for set_ in sorted(floors)))


def _down(value: float) -> float:
    return round(math.floor(value / _STEP + 1e-9) * _STEP, 2)


def _table(name: str, floors: Mapping[str, float | str]) -> str:
    lines = [f'"{figure}" = {_written(value)}' for figure, value in floors.items()]
    return "\n".join(["", f"[{name}]", *lines, ""])


def _written(value: float | str) -> str:
    return f'"{value}"' if isinstance(value, str) else f"{value:.2f}"
