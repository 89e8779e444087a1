"""A reading as the ledger keeps it, and back: offsets and values, never a report's words.

The body of a "read" entry is what the casebook folds (`entries.ReadingMade`) and, under "rest",
what a page needs to show the reading again: every span, every informant's place in the text, the
faults. The words themselves are cut from the preserved text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from bilan.core.claims.account import Account, Informant, LabelledSpan, Reading
from bilan.core.incidents.entries import ReadingMade, reading_made
from bilan.core.incidents.plain import from_plain, to_plain
from bilan.core.incidents.telling import Told
from bilan.core.values import Fault, Place, Report, Span
from bilan.store.words import fetch, stow, without_quotes

REST = "rest"


def reading_body(report: Report, reading: Reading) -> dict[str, Any]:
    """The body of the entry for a reading of this report."""
    text = report.text
    body = cast("dict[str, Any]", to_plain(_quoteless(reading_made(report, reading), text)))
    bare = replace(reading, accounts=(), spans=(), faults=())
    rest = cast("dict[str, Any]", to_plain(bare))
    rest["accounts"] = [_account_rest(account, text) for account in reading.accounts]
    rest["spans"] = [_span_plain(span, text) for span in reading.spans]
    rest["faults"] = [_fault_plain(fault, text) for fault in reading.faults]
    return {**body, REST: rest}


def folded_part(body: Mapping[str, Any]) -> ReadingMade:
    """What the casebook folds of such a body."""
    plain = {key: value for key, value in body.items() if key != REST}
    return cast("ReadingMade", from_plain(ReadingMade, plain))


def reading_of(body: Mapping[str, Any], text: str | None) -> Reading:
    """The reading again; without the text its words read "(erased)"."""
    made, rest = folded_part(body), dict(body[REST])
    accounts, spans, faults = rest.pop("accounts"), rest.pop("spans"), rest.pop("faults")
    bare = cast("Reading", from_plain(Reading, rest))
    return replace(
        bare,
        accounts=tuple(_account(t, r, text) for t, r in zip(made.told, accounts, strict=True)),
        spans=tuple(_span(span, text) for span in spans),
        faults=tuple(cast("Fault", from_plain(Fault, fault)) for fault in faults),
    )


def _quoteless(made: ReadingMade, text: str) -> ReadingMade:
    """The reader's own sentences ("why") without what they quote."""

    def of_told(told: Told) -> Told:
        account, place = told.account, told.account.place
        if place is not None:
            reasons = tuple(without_quotes(reason, text) for reason in place.reasons)
            account = replace(account, place=replace(place, reasons=reasons))
        figures = tuple(
            replace(f, why=without_quotes(f.why, text)) if f.why else f for f in told.figures
        )
        return replace(told, account=account, figures=figures)

    loose = tuple(replace(f, why=without_quotes(f.why, text)) if f.why else f for f in made.loose)
    return replace(made, told=tuple(of_told(t) for t in made.told), loose=loose)


def _account_rest(account: Account, text: str) -> dict[str, Any]:
    rest: dict[str, Any] = {}
    if account.alleged_by:
        rest["alleged_by"] = [_informant_plain(one, text) for one in account.alleged_by]
    if account.place is not None:
        rest["place"] = stow(account.place.name, text, account.place_span)
    if account.incident is not None:
        rest["incident"] = account.incident
    return rest


def _account(told: Told, rest: Mapping[str, Any], text: str | None) -> Account:
    place: Place | None = told.account.place
    if place is not None:
        place = replace(place, name=fetch(rest["place"], text, told.account.place_span))
    return replace(
        told.account,
        place=place,
        alleged_by=tuple(_informant(one, text) for one in rest.get("alleged_by", ())),
        incident=rest.get("incident"),
    )


def _informant_plain(informant: Informant, text: str) -> dict[str, Any]:
    plain = cast("dict[str, Any]", to_plain(informant))
    del plain["name"]
    return {**plain, "name": stow(informant.name, text, informant.span)}


def _informant(plain: Mapping[str, Any], text: str | None) -> Informant:
    span = cast("Span | None", from_plain(Span, plain.get("span")))
    name = fetch(plain["name"], text, span)
    return cast("Informant", from_plain(Informant, {**plain, "name": name}))


def _span_plain(labelled: LabelledSpan, text: str) -> dict[str, Any]:
    why = without_quotes(labelled.why, text) if labelled.why else labelled.why
    plain = cast("dict[str, Any]", to_plain(replace(labelled, said_by=None, why=why)))
    if labelled.said_by is not None:
        plain["said_by"] = _informant_plain(labelled.said_by, text)
    return plain


def _span(plain: Mapping[str, Any], text: str | None) -> LabelledSpan:
    bare = {key: value for key, value in plain.items() if key != "said_by"}
    labelled = cast("LabelledSpan", from_plain(LabelledSpan, bare))
    if "said_by" not in plain:
        return labelled
    return replace(labelled, said_by=_informant(plain["said_by"], text))


def _fault_plain(fault: Fault, text: str) -> Any:
    return to_plain(replace(fault, message=without_quotes(fault.message, text)))
