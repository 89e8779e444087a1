"""Who speaks in a telling: the informant that its toll rests on."""

from __future__ import annotations

from bilan.core.claims.account import Label
from bilan.core.incidents.telling import Figure
from bilan.core.incidents.voices import speaking_in
from bilan.core.reports.origins import Voice
from bilan.core.tolls.ranges import ranges_of
from bilan.core.values import Count, Span
from tests.core.incidents.made import (
    MAHKAN,
    MAYADIN,
    SANA,
    SYRIAN_MEDIA,
    Record,
    account,
    report,
    shared,
    tellings,
)

ANALYST = Voice("0-first-in-order")


def gives(voice: Voice, killed: int) -> Figure:
    return Figure(Label.KILLED, Count(killed, None), Span(0, 5), voice)


def speaks(*voices: Voice, figures: tuple[Figure, ...] = ()) -> tuple[Voice | None, ...]:
    (telling,) = tellings(report("r", account(killed=12), voices=voices, figures=figures))
    return speaking_in(telling)


def test_who_gave_the_toll_speaks_before_somebody_who_only_commented() -> None:
    assert speaks(ANALYST, SYRIAN_MEDIA, figures=(gives(SYRIAN_MEDIA, 12),)) == (SYRIAN_MEDIA,)


def test_a_known_informant_speaks_before_a_phrase_that_repeats_the_toll() -> None:
    assert speaks(ANALYST, SANA, figures=(gives(ANALYST, 12),)) == (SANA,)


def test_where_nobody_is_said_to_give_the_toll_a_phrase_speaks_before_a_vague_one() -> None:
    assert speaks(SYRIAN_MEDIA, ANALYST) == (ANALYST,)


def test_a_shared_toll_does_not_come_back_through_a_relay_with_a_commentator() -> None:
    record = Record(
        report("agency", *shared(12, MAYADIN, MAHKAN), voices=[SANA]),
        report(
            "relay",
            account(killed=(12, None)),
            voices=[ANALYST, SYRIAN_MEDIA],
            figures=[gives(SYRIAN_MEDIA, 12)],
        ),
    )
    incident = record.book.incident(record.code("relay#0"))
    assert {t.report for t in incident.news} == {"agency", "relay"}
    toll = ranges_of(incident, record.book).toll("killed")
    assert (toll.low, toll.high) == (None, None)
