"""What a check of a record found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bilan.core.values import Fault

if TYPE_CHECKING:  # certificates take a tenth of a command's start, and few commands check one
    from bilan.store.stamps import Stamp

Progress = Callable[[str, int, int], None]  # what is being checked, how many are done, of how many


def silent(what: str, done: int, total: int) -> None:
    """Show no progress."""


@dataclass
class Verdict:
    """Everything found, in the order in which it was found.

    `faults` are broken promises; `notes` are worth knowing and no fault (a clock that went back,
    leftovers of an interrupted write).
    """

    entries: int = 0
    signed: int = 0  # entries with a signature that holds
    recorded: int = 0  # entries of people without one: "recorded as NAME"
    objects: int = 0
    erased: int = 0
    head: str = ""  # the hash of the last entry: what a stamp would cover
    digest: str = ""  # of the derived tables
    stamps: list[Stamp] = field(default_factory=list)  # those that hold, in order
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether every promise checked was kept."""
        return not self.faults
