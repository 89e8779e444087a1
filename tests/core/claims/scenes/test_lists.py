"""Lists of a party's findings: each entry has its own, or that of its heading."""

from collections.abc import Sequence
from datetime import date

from bilan.core.claims.read import read
from bilan.core.values import Place, PlaceMention, Publisher, PublisherKind, Report, Span, Stance

MONTH = """\
The Coalition examined its reports of last month.
To date it assesses that at least 700 civilians have been unintentionally killed.

Credible:
- Oct. 4, 2017, near Abu Kamal: it was assessed that two civilians were unintentionally killed.

Non-credible. For each of these it was found that no strikes took place there:
- Oct. 6, 2017, near Raqqa, Syria
- Oct. 9, 2017, near Tabqa, Syria
"""


class _NoPlaces:
    version = "none"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        names = ("near Abu Kamal", "near Raqqa", "near Tabqa")
        found = [(text.index(name), name) for name in names if name in text]
        return [PlaceMention(Span(at, at + len(n)), Place(n, country="SY")) for at, n in found]


def _stances(text: str) -> list[set[Stance]]:
    publisher = Publisher("Coalition Press Desk", PublisherKind.OFFICIAL, "party to the conflict")
    report = Report("m", text, "en", date(2017, 11, 2), publisher)
    return [{s.stance for s in a.statements} for a in read(report, _NoPlaces()).accounts]


def test_a_finding_written_once_answers_for_every_entry_below_it() -> None:
    assert _stances(MONTH)[1:] == [{Stance.FINDS_NOT_CREDIBLE}] * 2


def test_an_entry_with_its_own_finding_keeps_it() -> None:
    first = _stances(MONTH)[0]
    assert Stance.FINDS_CREDIBLE in first
    assert Stance.FINDS_NOT_CREDIBLE not in first
