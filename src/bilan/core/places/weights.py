"""The weights of `weights.toml`, typed and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bilan.core.errors import DataError


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """The tables "choice" and "belief": points by name of the clue."""
    text = (files("bilan.core.places") / "weights.toml").read_text(encoding="utf-8")
    try:
        tables = tomllib.loads(text)
        return {
            name: {clue: float(points) for clue, points in tables[name].items()}
            for name in ("choice", "belief")
        }
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise DataError(f"places/weights.toml: {error}") from error
