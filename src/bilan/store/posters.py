"""Private posters: whoever publishes as a person is not named in a ledger that never forgets."""

from __future__ import annotations

from dataclasses import replace

from bilan.core.reports.sketches import mark_of
from bilan.core.values import PublisherKind, Report

# Institutions may be named for ever. An account of a network, or a publisher of unknown kind, may
# be a person: the ledger keeps a mark that tells two of them apart, the object keeps the name.
PRIVATE = (None, PublisherKind.SOCIAL)


def without_poster(report: Report) -> Report:
    """The report with a mark in the place of the name of a publisher who may be a person."""
    publisher = report.publisher
    if publisher.name is None or publisher.kind not in PRIVATE:
        return report
    return replace(report, publisher=replace(publisher, name=f"~{mark_of(publisher.name)}"))
