"""Under which keys a telling is found and looks for others, reckoned once for each telling.

Linking looks at the same few tellings again and again while reports of one event come in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bilan.core.incidents.answers import is_answer
from bilan.core.incidents.blocking import Keys, keys_of
from bilan.core.incidents.reach import is_seat
from bilan.core.incidents.telling import Telling

# Tellings whose keys are remembered, about 10 kB for each. Ten neighbourhoods of the largest size
# (`neighbourhood.MOST`) find room; move it with that.
REMEMBERED = 4096


@dataclass(frozen=True, slots=True, eq=False)
class _This:
    """One telling as an object: comparing what all its fields say would cost more than its keys."""

    telling: Telling

    def __hash__(self) -> int:
        return id(self.telling)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and self.telling is other.telling


@lru_cache(REMEMBERED)
def _keys(this: _This) -> Keys:
    telling = this.telling
    return keys_of(telling, wide=is_answer(telling) or is_seat(telling.account.place))


def search_keys(telling: Telling) -> Keys:
    """The keys under which a telling is found and looks for others."""
    return _keys(_This(telling))
