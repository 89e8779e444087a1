"""The full format is what its schema in the docs says, for every audience."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bilan.core.claims.account import Account, Evidence, Label, LabelledSpan, Reading, Statement
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.entries import Body, Decided, Entry, Verb, captured, reading_made
from bilan.core.publication.audience import for_public, for_team, withheld_from_public
from bilan.core.publication.full import full_record
from bilan.core.publication.policy import public_policy
from bilan.core.values import (
    Count,
    EvidenceKind,
    Place,
    Point,
    Publisher,
    PublisherKind,
    Report,
    Span,
    Stance,
    Verified,
    When,
)

SCHEMA = json.loads(
    (Path(__file__).parents[3] / "docs" / "reference" / "record.schema.json").read_text("utf-8")
)
KINDS: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def wrong(value: Any, schema: dict[str, Any], where: str = "$") -> list[str]:
    """What of a value is not as a schema says: as much of JSON Schema as ours uses."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        return min((wrong(value, choice, where) for choice in schema["anyOf"]), key=len)
    if not _is_one_of(value, schema):
        return [f"{where}: {value!r} is not {schema}"]
    if isinstance(value, dict) and "additionalProperties" in schema:
        return _wrong_object(value, schema, where)
    items = enumerate(value) if isinstance(value, list) else ()
    each = [wrong(v, schema.get("items", {}), f"{where}[{i}]") for i, v in items]
    return [fault for faults in each for fault in faults]


def _is_one_of(value: Any, schema: dict[str, Any]) -> bool:
    if "enum" in schema or "const" in schema:
        return value in schema.get("enum", [schema.get("const")])
    names = schema.get("type", list(KINDS))
    kinds = [KINDS[name] for name in ([names] if isinstance(names, str) else names)]
    return any(isinstance(value, kind) for kind in kinds) and (
        not isinstance(value, bool) or bool in kinds
    )


def _wrong_object(value: dict[str, Any], schema: dict[str, Any], where: str) -> list[str]:
    known, others = schema.get("properties", {}), schema["additionalProperties"]
    faults = [f"{where}.{key} is missing" for key in schema.get("required", ()) if key not in value]
    for key, inner in value.items():
        if key in known:
            faults += wrong(inner, known[key], f"{where}.{key}")
        elif others is False:
            faults.append(f"{where}.{key} is unknown")
        else:
            faults += wrong(inner, others, f"{where}.{key}")
    return faults


COALITION = "US-led Coalition"
TOWN = Place("T", "Town", "Region", "SY", Point(35.02, 40.45), uncertainty_km=1.0)


@pytest.fixture
def book() -> Casebook:
    """One incident of which every kind of thing is told, and one that shares its toll."""
    made = Casebook()
    seq = 0

    def write(body: Body, by: str = "bilan") -> None:
        nonlocal seq
        seq += 1
        made.apply(Entry(seq, "2026-03-01T12:00:00Z", by, body))

    account = Account(
        when=When.on(date(2017, 9, 16)),
        place=TOWN,
        killed=Count(12, None),
        injured=Count(2, 4),
        alleged_perpetrators=(COALITION,),
        targets=("ISIS",),
        statements=(
            Statement(COALITION, Stance.REFERS, Span(0, 4)),
            Statement(COALITION, Stance.ACKNOWLEDGES_HARM, Span(5, 9), own_words=False),
        ),
        evidence=(Evidence(EvidenceKind.VIDEO, Verified.UNVERIFIED, Span(0, 4)),),
    )
    spans = (
        LabelledSpan(Span(0, 11), Label.KILLED, (0,), Count(12, None)),
        LabelledSpan(Span(12, 20), Label.CUMULATIVE, (), Count(600, 600), why="a campaign"),
        LabelledSpan(Span(21, 25), Label.BACKGROUND, (0,), Count(9, 9), why="an earlier strike"),
    )
    for name in ("first", "second"):
        publisher = Publisher(name, PublisherKind.MONITOR)
        report = Report(name, f"{name} words " * 9, "en", date(2017, 9, 17), publisher)
        reading = Reading(name, "en", report.published, True, (account,), spans, reader="r 1")
        write(captured(report))
        write(reading_made(report, reading))
        linked = made.link([name])
        if linked is not None:
            write(linked)
    code = next(made.codes())
    decided = Decided(
        Verb.SET,
        "a list",
        (code,),
        (made.anchor(code),),
        field="killed",
        value={"min": 12, "max": None},
    )
    write(decided, by="Boris")
    return made


def test_the_full_format_is_what_its_schema_says(book: Casebook) -> None:
    assert wrong(for_team(full_record(book)), SCHEMA) == []


def test_the_public_format_is_what_its_schema_says(book: Casebook) -> None:
    public = for_public(
        full_record(book), withheld_from_public(book), public_policy(), today=date(2018, 1, 1)
    )
    assert wrong(public, SCHEMA) == []


def test_an_empty_record_is_a_record() -> None:
    assert wrong(for_team(full_record(Casebook())), SCHEMA) == []


def test_the_check_of_the_schema_finds_what_is_wrong(book: Casebook) -> None:
    record = for_team(full_record(book))
    record["incidents"][0]["killed"]["min"] = "12"
    record["extra"] = 1
    assert len(wrong(record, SCHEMA)) == 2


def test_writing_the_same_record_twice_gives_the_same_bytes(book: Casebook) -> None:
    assert json.dumps(full_record(book)) == json.dumps(full_record(book))
