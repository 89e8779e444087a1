"""What leaves the house: everything for the team, nothing that harms for the public."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan.core.claims.account import Account, Informant, Label, LabelledSpan, Reading, Statement
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.entries import Body, Decided, Entry, Verb, captured, reading_made
from bilan.core.publication.audience import for_public, for_team, withheld_from_public
from bilan.core.publication.check import check_record
from bilan.core.publication.full import full_record
from bilan.core.publication.geojson import feature_collection
from bilan.core.publication.policy import public_policy
from bilan.core.publication.rows import COLUMNS, table
from bilan.core.values import (
    Cause,
    Count,
    Place,
    Point,
    Publisher,
    PublisherKind,
    Report,
    Span,
    Stance,
    When,
)

POLICY = public_policy()
LATER = date(2018, 1, 1)
TEXT = "Amal's neighbour says that five people were killed in the town of Example on Saturday."
TOWN = Place(
    "Example",
    "=Example()",
    "Region",
    "SY",
    Point(35.019837, 40.451512),
    uncertainty_km=0.4,
    gazetteer_id="173480",
)
COALITION = "US-led Coalition"


class Book:
    """A record in memory."""

    def __init__(self) -> None:
        self.book = Casebook()
        self._seq = 0

    def write(self, body: Body, by: str = "bilan") -> None:
        self._seq += 1
        self.book.apply(Entry(self._seq, "2026-03-01T12:00:00Z", by, body))

    def tell(self, report: Report, *accounts: Account, spans: tuple[LabelledSpan, ...] = ()) -> str:
        reading = Reading(report.id, "en", report.published, True, accounts, spans, reader="r")
        self.write(captured(report))
        self.write(reading_made(report, reading))
        linked = self.book.link([report.id])
        if linked is not None:
            self.write(linked)
        return next(iter(self.book.codes_of(report.id)), "")


def strike(killed: int | None = 5, **more: Any) -> Account:
    toll = Count.exactly(killed) if killed is not None else None
    return Account(
        when=When.on(date(2017, 9, 16)), place=TOWN, cause=Cause.AIRSTRIKE, killed=toll, **more
    )


def report(name: str, publisher: Publisher) -> Report:
    return Report(
        name,
        f"{name}: {TEXT if name == 'post' else 'Six dead, our own count.'}",
        "en",
        date(2017, 9, 17),
        publisher,
    )


@pytest.fixture
def book() -> Casebook:
    """A post by a person, a monitor, a strike release, and a decision by Amal."""
    made = Book()
    post = report("post", Publisher("Jane Doe", PublisherKind.SOCIAL))
    spans = (LabelledSpan(Span(30, 41), Label.KILLED, (0,), Count.exactly(5)),)
    code = made.tell(
        post,
        strike(alleged_by=(Informant("Amal's neighbour"),), alleged_perpetrators=(COALITION,)),
        spans=spans,
    )
    made.tell(report("monitor", Publisher("A Monitor", PublisherKind.MONITOR)), strike(6))
    said = Statement(COALITION, Stance.ACKNOWLEDGES_STRIKE, Span(0, 4))
    release = Publisher("Press Desk", PublisherKind.OFFICIAL, party=COALITION)
    made.tell(report("release", release), strike(None, statements=(said,)))
    value = {"min": 4, "max": 6}
    anchor = made.book.anchor(code)
    made.write(
        Decided(
            Verb.SET,
            "Jane Doe told me so",
            incidents=(code,),
            tellings=(anchor,),
            field="injured",
            value=value,
        ),
        by="Amal",
    )
    return made.book


def public(record: dict[str, Any], book: Casebook, *, today: date = LATER) -> dict[str, Any]:
    return for_public(record, withheld_from_public(book), POLICY, today=today)


def leaves(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Every value with the key that it stands under."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, key)
    else:
        yield key, value


def everything(book: Casebook, today: date = LATER) -> dict[str, Any]:
    full = public(full_record(book), book, today=today)
    return {
        "check": public(check_record(book), book, today=today),
        "full": full,
        "geojson": feature_collection(full),
    }


def test_the_team_sees_the_whole_record(book: Casebook) -> None:
    record = for_team(full_record(book))
    words = json.dumps(record)
    assert record["audience"] == "team"
    assert "release" in words
    assert "Amal" in words
    assert "35.019837" in words


def test_no_coordinate_leaves_finer_than_the_policy(book: Casebook) -> None:
    found = [(k, v) for k, v in leaves(everything(book)) if k in ("lat", "lon", "coordinates")]
    assert found
    for _, degrees in found:
        assert degrees is None or degrees == POLICY.coarse(degrees)
    assert "35.0198" not in json.dumps(everything(book))


def test_a_coarse_coordinate_never_claims_to_be_finer_than_it_is(book: Casebook) -> None:
    found = [v for k, v in leaves(everything(book)["full"]) if k == "uncertainty_km"]
    assert found
    assert min(km for km in found if km is not None) >= round(POLICY.coarse_km, 1)


def test_a_recent_incident_has_no_coordinate_at_all(book: Casebook) -> None:
    soon = everything(book, today=date(2017, 9, 20))
    assert not [v for k, v in leaves(soon) if k in ("lat", "lon", "coordinates") and v is not None]
    assert soon["geojson"]["features"][0]["geometry"] is None


def test_no_name_of_a_poster_or_of_who_decided_leaves(book: Casebook) -> None:
    words = json.dumps(everything(book), ensure_ascii=False)
    for name in ("Jane Doe", "Amal", "neighbour"):
        assert name not in words
    assert "A Monitor" in words


def test_a_strike_release_without_harm_never_leaves(book: Casebook) -> None:
    assert "release" not in {v for _, v in leaves(everything(book))}
    assert "declared" not in {v for k, v in leaves(everything(book)) if k == "role"}
    assert "Press Desk" not in json.dumps(everything(book))


def test_an_incident_known_only_from_a_strike_release_never_leaves() -> None:
    made = Book()
    said = Statement(COALITION, Stance.ACKNOWLEDGES_STRIKE, Span(0, 4))
    release = Publisher("Press Desk", PublisherKind.OFFICIAL, party=COALITION)
    made.tell(report("release", release), strike(None, statements=(said,)))
    assert public(full_record(made.book), made.book)["incidents"] == []


def test_a_release_in_which_no_statement_was_heard_never_leaves_either() -> None:
    made = Book()
    release = Publisher("Press Desk", PublisherKind.OFFICIAL, party=COALITION)
    made.tell(report("release", release), strike(None))
    assert public(full_record(made.book), made.book)["incidents"] == []


def test_a_release_in_which_nothing_was_read_never_leaves_either() -> None:
    made = Book()
    made.tell(report("release", Publisher("Press Desk", PublisherKind.OFFICIAL, party=COALITION)))
    assert public(full_record(made.book), made.book)["reports"] == []


def test_what_was_left_out_is_named(book: Casebook) -> None:
    record = public(full_record(book), book)
    assert record["audience"] == "public"
    assert record["policy"] == POLICY.version
    assert {"what", "reports", "incidents"} <= set(record["omitted"][0])
    assert record["omitted"][0]["reports"] == 1


def test_the_toll_is_the_same_for_every_audience(book: Casebook) -> None:
    team, world = full_record(book)["incidents"], public(full_record(book), book)["incidents"]
    keep = ("code", "killed", "injured", "missing", "origins", "grade")
    assert [[i[k] for k in keep] for i in team] == [[i[k] for k in keep] for i in world]


def test_no_cell_of_a_table_is_run_by_a_spreadsheet(book: Casebook) -> None:
    rows = list(csv.reader(io.StringIO(table(public(full_record(book), book)))))
    assert rows[0] == list(COLUMNS)
    cells = [cell for row in rows[1:] for cell in row]
    assert "'=Example()" in cells
    assert not [c for c in cells if c.startswith(("=", "+", "@", "\t"))]


def test_unknown_is_an_empty_cell_and_never_zero(book: Casebook) -> None:
    row = next(csv.DictReader(io.StringIO(table(for_team(full_record(book))))))
    assert (row["missing_min"], row["missing_max"]) == ("", "")
    assert (row["killed_min"], row["killed_max"]) == ("5", "6")


KINDS = st.sampled_from(list(PublisherKind))
DEGREES = st.floats(-80, 80, allow_nan=False)


@st.composite
def records(draw: st.DrawFn) -> Casebook:
    """Any few reports of anybody about anywhere, and a decision whose reason names somebody."""
    made = Book()
    for number in range(draw(st.integers(1, 4))):
        place = replace(TOWN, point=Point(draw(DEGREES), draw(DEGREES)), uncertainty_km=0.1)
        says = Statement(COALITION, draw(st.sampled_from(list(Stance))), Span(0, 4))
        account = replace(
            strike(draw(st.none() | st.integers(0, 40))),
            place=place,
            statements=(says,) if draw(st.booleans()) else (),
        )
        kind = draw(KINDS)
        code = made.tell(report(f"r{number}", Publisher(f"Jane {kind} Doe", kind)), account)
        if code:
            given = Decided(
                Verb.SET,
                "Jane Roe told me so",
                incidents=(code,),
                tellings=(made.book.anchor(code),),
                field="injured",
                value={"min": 4, "max": 6},
            )
            made.write(given, by="Amal")
    return made.book


@given(records())
@settings(max_examples=25, deadline=None)
def test_whatever_the_record_no_public_export_says_what_may_harm(book: Casebook) -> None:
    shown = everything(book)
    csv_rows = list(csv.DictReader(io.StringIO(table(shown["full"]))))
    words = json.dumps([shown, csv_rows], ensure_ascii=False)
    for name in ("Amal", "Jane Roe", f"Jane {PublisherKind.SOCIAL} Doe"):
        assert name not in words
    found = list(leaves([shown, csv_rows]))
    keys = ("lat", "lon", "coordinates", "place_lat", "place_lon")
    degrees = [float(v) for key, v in found if key in keys and v not in (None, "")]
    assert all(d == POLICY.coarse(d) for d in degrees)
    withheld = withheld_from_public(book).reports
    assert not withheld & {v for _, v in found if isinstance(v, str)}
