"""What a scan makes of all its lines together: who copied whom, and who tells of one incident."""

from __future__ import annotations

from bilan.core.incidents.plain import body_to_plain
from bilan.core.values import Place
from bilan.engines.copies import sketch
from bilan.engines.scanning import Gathering, Line, Plan
from tests.core.incidents.made import ASHARAH, MAYADIN, account, report

POST = (
    "Correspondent: warplanes carried out an air strike on the town of {}, and early figures from"
    " rescue teams speak of {} civilians killed and dozens of houses damaged near the market."
)


def line(name: str, place: Place, day: str, killed: int) -> Line:
    """What stays of a short post."""
    text = POST.format(place.name, killed)
    facts, made = report(name, account(place, day, killed=killed), published=day, text=text)
    bodies = {"captured": body_to_plain(facts), "read": body_to_plain(made)}
    return {"id": name, **bodies, "sketch": sketch(text).tolist()}


def planned(*lines: Line) -> Plan:
    gathering = Gathering()
    for one in lines:
        gathering.add(one)
    return gathering.plan()


def test_a_channel_that_reports_every_strike_in_the_same_words_tells_of_many_incidents() -> None:
    told = [(place, f"2017-09-{day:02d}") for day in (2, 9, 16, 23) for place in (MAYADIN, ASHARAH)]
    plan = planned(*(line(f"r{n}", place, day, 8 + n) for n, (place, day) in enumerate(told)))
    assert len(set(plan.incident.values())) == len(told)
    assert not plan.origin


def test_a_short_post_that_is_copied_the_day_after_is_a_copy() -> None:
    plan = planned(
        line("a", MAYADIN, "2017-09-16", 8),
        line("b", MAYADIN, "2017-09-17", 8),
        line("c", ASHARAH, "2017-09-16", 8),
    )
    assert list(plan.origin) == ["b"]
    assert plan.origin["b"][0] == "a"
    assert plan.incident["a#0"] == plan.incident["b#0"] != plan.incident["c#0"]
