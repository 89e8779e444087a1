"""Which account of a new reading is which account of the reading before."""

from __future__ import annotations

from collections.abc import Sequence

from bilan.core.incidents.telling import Telling
from bilan.core.values import distance_km

NEAR_KM = 10.0  # km; two readings of one place phrase seldom differ by more


def new_ids(before: Sequence[Telling], after: Sequence[Telling]) -> dict[str, str | None]:
    """For each telling before, the id of the same one now; None where no reading tells it any more.

    Accounts pair off by the same place and day first, then by a place nearby, by either alone, and
    by their number in the text; each is paired once.
    """
    pairs: dict[str, str | None] = {}
    free = list(after)
    for alike in ALIKE:
        for old in before:
            if old.id in pairs:
                continue
            new = next((n for n in free if alike(old, n)), None)
            if new is not None:
                pairs[old.id] = new.id
                free.remove(new)
    return {old.id: pairs.get(old.id) for old in before}


def _same_place(old: Telling, new: Telling) -> bool:
    if old.place_mark is not None and old.place_mark == new.place_mark:
        return True
    here, there = old.account.place, new.account.place
    return here is not None and there is not None and here.point == there.point is not None


def _near(old: Telling, new: Telling) -> bool:
    here, there = old.account.place, new.account.place
    if here is None or there is None or here.point is None or there.point is None:
        return False
    return distance_km(here.point, there.point) <= NEAR_KM


def _same_place_and_day(old: Telling, new: Telling) -> bool:
    return _same_place(old, new) and _same_day(old, new)


def _near_and_same_day(old: Telling, new: Telling) -> bool:
    return _near(old, new) and _same_day(old, new)


def _same_day(old: Telling, new: Telling) -> bool:
    return old.account.when is not None and old.account.when == new.account.when


def _same_number(old: Telling, new: Telling) -> bool:
    return old.index == new.index


ALIKE = (_same_place_and_day, _near_and_same_day, _same_place, _near, _same_day, _same_number)
