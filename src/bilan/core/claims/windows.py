"""A very long text, read in windows, so that memory does not grow with its length.

Up to half a million characters (a book) are read as one text. What is longer, a log or an archive
that came as one report, is cut where paragraphs, sentences or words end, and each window is read as
a report of its own: no account reaches over a cut (docs/decisions/0014).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from bilan.core.claims.account import Account, Informant, LabelledSpan, Reading, SharedToll
from bilan.core.frozen import replace
from bilan.core.values import Report, Span

WINDOW = 500_000  # characters; about 40 MB while being read
_SEEK = 2_000  # characters before the end of a window in which a place to cut is looked for
# The best place to cut first.
_CUTS = (re.compile(r"\n\s*\n"), re.compile(r"\n|[.!?؟۔]\s"), re.compile(r"\s"))


def read_in_windows(
    report: Report, read_one: Callable[[Report], Reading], *, window: int = WINDOW
) -> Reading:
    """The reading of a report by a reader of reports no longer than a window."""
    if len(report.text) <= window:
        return read_one(report)
    parts = windows(report.text, window=window)
    return joined([(start, read_one(replace(report, text=text))) for start, text in parts])


def windows(text: str, *, window: int = WINDOW) -> Iterator[tuple[int, str]]:
    """The windows of a text and where each begins; together they are the text."""
    start = 0
    while len(text) - start > window:
        end = _cut(text, start + max(1, window - _SEEK), start + window)
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def _cut(text: str, first: int, last: int) -> int:
    """The last good place in [first, last) to cut; `last` where there is none."""
    for pattern in _CUTS:
        ends = [match.end() for match in pattern.finditer(text, first, last)]
        if ends:
            return ends[-1]
    return last


def joined(readings: Sequence[tuple[int, Reading]]) -> Reading:
    """One reading from those of the windows, each with the place where its window begins."""
    accounts: list[Account] = []
    spans: list[LabelledSpan] = []
    for start, reading in readings:
        before = len(accounts)
        spans.extend(_moved_span(span, start, before) for span in reading.spans)
        accounts.extend(_moved_account(account, start, before) for account in reading.accounts)
    return replace(
        readings[0][1],
        relevant=any(reading.relevant for _, reading in readings),
        accounts=tuple(accounts),
        spans=tuple(spans),
        faults=tuple(dict.fromkeys(f for _, reading in readings for f in reading.faults)),
        event_type=next((r.event_type for _, r in readings if r.event_type), None),
    )


def _at(span: Span, start: int) -> Span:
    return Span(span.start + start, span.end + start)


def _moved_informant(informant: Informant, start: int) -> Informant:
    span = informant.span
    return informant if span is None else replace(informant, span=_at(span, start))


def _moved_span(span: LabelledSpan, start: int, before: int) -> LabelledSpan:
    return replace(
        span,
        span=_at(span.span, start),
        accounts=tuple(index + before for index in span.accounts),
        said_by=None if span.said_by is None else _moved_informant(span.said_by, start),
    )


def _moved_account(account: Account, start: int, before: int) -> Account:
    place, shared = account.place_span, account.shared_toll
    if shared is not None:
        shared = SharedToll(shared.total, tuple(index + before for index in shared.covers))
    return replace(
        account,
        place_span=None if place is None else _at(place, start),
        alleged_by=tuple(_moved_informant(one, start) for one in account.alleged_by),
        statements=tuple(replace(s, span=_at(s.span, start)) for s in account.statements),
        evidence=tuple(replace(e, span=_at(e.span, start)) for e in account.evidence),
        shared_toll=shared,
    )
