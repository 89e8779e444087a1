"""What holds of reading whatever the text; a broken law is an AssertionError that says which."""

from __future__ import annotations

import json

from benchmarks.fuzz.inputs import Given
from bilan.core.claims.account import Reading
from bilan.core.claims.read import read
from bilan.core.claims.shape import reading_to_json
from bilan.core.values import PlaceFinder


def check(case: Given, places: PlaceFinder) -> Reading:
    """Read twice: no exception, spans that stand in the text, the same answer, valid JSON."""
    one, two = (read(case.report, places, scope=case.scope, spans=case.spans) for _ in range(2))
    assert one == two, "the same text gave two answers"
    text = case.report.text
    shape = json.loads(json.dumps(reading_to_json(one, text)))
    quoted = list(shape["spans"])
    for account in shape["accounts"]:
        quoted += account["statements"] + account["evidence"]
    for quote in quoted:
        assert text[quote["start"] : quote["end"]] == quote["quote"] != "", quote
    for span in one.spans:
        assert all(0 <= index < len(one.accounts) for index in span.accounts), span
    for account in one.accounts:
        spans = [account.place_span, *(informant.span for informant in account.alleged_by)]
        assert all(span is None or span.end <= len(text) for span in spans), account
    return one
