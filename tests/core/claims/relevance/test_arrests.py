"""Arrests and searches are violent events without a toll, and no harm of a war by themselves."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bilan.core.claims.read import read
from bilan.core.values import Cause, Place, PlaceMention, PlacePrecision, Point, Report, Span

TOWN = "المزرعة"
TEXTS = [
    f"القوات تعتقل شابين خلال حملة في بلدة {TOWN}",
    f"حملة مداهـ.ـمات فجر اليوم في {TOWN}",
    f"إنزال جوي للتحالف الدولي في بلدة {TOWN} ليلاً",
]


class OneTown:
    """A finder that knows the town of these reports and nothing else."""

    version = "one town"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        at = text.find(TOWN)
        place = Place(
            TOWN, "Al Mazraah", None, "SY", Point(35, 40), PlacePrecision.SETTLEMENT, 4, "t:1"
        )
        return [PlaceMention(Span(at, at + len(TOWN)), place)]


@pytest.mark.parametrize("text", TEXTS)
def test_an_arrest_is_an_account_without_a_toll_where_all_violence_is_read(text: str) -> None:
    (account,) = read(Report("r1", text, "ar"), OneTown(), scope="any").accounts
    assert (account.killed, account.injured, account.cause) == (None, None, Cause.UNKNOWN)
    assert account.place is not None


@pytest.mark.parametrize("text", TEXTS)
def test_an_arrest_alone_is_no_harm_in_an_armed_conflict(text: str) -> None:
    assert not read(Report("r1", text, "ar"), OneTown()).relevant
