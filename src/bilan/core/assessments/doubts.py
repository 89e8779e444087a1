"""What a team should look at in a party's own document: sums and coordinates that cannot be right.

For the team alone: coordinates and the slips in them never enter a public export.
"""

from __future__ import annotations

from collections.abc import Iterator

from bilan.core.assessments.months import month_in, sums_of
from bilan.core.claims.account import Account, Reading
from bilan.core.claims.findings import publishes_findings
from bilan.core.claims.speech.entries import entries_in
from bilan.core.places.sanity import doubts_about
from bilan.core.values import Fault, Place, PlacePrecision, Report, Span


def doubts_in(report: Report, reading: Reading) -> tuple[Fault, ...]:
    """The doubts about a party's document, in its order; none about anybody else's report."""
    if publishes_findings(report) is None:
        return ()
    sums = (Fault("sum", str(one), report.id) for one in sums_of(month_in(report)) if not one.holds)
    return (*sums, *_of_coordinates(report, reading))


def _of_coordinates(report: Report, reading: Reading) -> Iterator[Fault]:
    entries = [e.span for e in entries_in(report.text, report.lang)]
    for span in entries or [Span(0, max(1, len(report.text)))]:
        text = span.of(report.text)
        for doubt in doubts_about(text, _named_in(span, reading)):
            words = f"{doubt.span.of(text)}: {doubt.words}"
            yield Fault("coordinates", words, report.id)


def _named_in(span: Span, reading: Reading) -> Place | None:
    """The place that the words name: that of the account told there, if it is no coordinates."""
    return next((a.place for a in reading.accounts if _is_named(a, span)), None)


def _is_named(account: Account, span: Span) -> bool:
    place, at = account.place, account.place_span
    if place is None or at is None or place.precision is PlacePrecision.EXACT:
        return False
    return span.start <= at.start and at.end <= span.end
