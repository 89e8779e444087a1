"""What people decided about who belongs together, as the linker obeys it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Orders:
    """What people decided about who belongs together, by telling id.

    `same` maps each telling of a group to the group's name; `merged` are pairs of tellings whose
    whole incidents are one; `apart` holds pairs; `confirmed` maps an anchor to the code that people
    confirmed; `out` are tellings that people rejected.
    """

    same: Mapping[str, str] = field(default_factory=dict)
    merged: tuple[tuple[str, str], ...] = ()
    apart: frozenset[frozenset[str]] = frozenset()
    confirmed: Mapping[str, str] = field(default_factory=dict)
    out: frozenset[str] = frozenset()
