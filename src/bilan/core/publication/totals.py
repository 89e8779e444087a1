"""Totals over incidents: minima and maxima summed by grade, nothing counted twice.

A shared toll enters no single incident until a person divides it (contract, rule 5), so it stands
beside the sum. Campaign totals stand beside it too and are never added. Totals of parties are not
additive: an incident with two suspected parties is in the total of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bilan.core.assessments.grades import Grade, graded
from bilan.core.claims.account import Label
from bilan.core.incidents.casebook import Casebook
from bilan.core.publication.check import Page
from bilan.core.publication.questions import Question, shared_tolls
from bilan.core.tolls.residual import Residual, residual
from bilan.core.tolls.toll import Toll
from bilan.core.values import Count

MEASURES = ("killed", "injured", "missing")


@dataclass(frozen=True, slots=True)
class Sum:
    """One measure over several incidents.

    `low` and `high` are sums over those of which something is known; `unknown` is the number of
    the others, which add nothing and are not zero. `open_above`: some toll has no ceiling.
    """

    low: int = 0
    high: int = 0
    open_above: bool = False
    known: int = 0
    unknown: int = 0

    def with_toll(self, toll: Toll) -> Sum:
        """The sum with one more incident in it."""
        if not toll.known:
            return Sum(self.low, self.high, self.open_above, self.known, self.unknown + 1)
        low = toll.low or 0
        high = toll.high if toll.high is not None else low
        open_above = self.open_above or toll.open_above or toll.high is None
        return Sum(self.low + low, self.high + high, open_above, self.known + 1, self.unknown)


@dataclass(frozen=True, slots=True)
class Beside:
    """A total over a campaign or a period that a report gives: shown, never added.

    `residual` are the people of it whom the sum of killed does not hold. It only means something
    where the incidents asked for are those of the same place, period and scope as the claim.
    """

    report: str
    published: date | None
    count: Count
    why: str | None
    residual: Residual


@dataclass(frozen=True, slots=True)
class Total:
    """The total over a selection of incidents, and all that is not in it."""

    scheme: str
    pages: tuple[Page, ...]
    sums: Mapping[str, Sum]
    by_grade: Mapping[Grade, Mapping[str, Sum]]
    shared: tuple[Question, ...]
    beside: tuple[Beside, ...]


def total_over(pages: Iterable[Page], book: Casebook, *, scheme: str) -> Total:
    """The total over these incidents; their order does not matter."""
    pages = tuple(pages)
    sums = sums_of(pages)
    grades: dict[Grade, list[Page]] = {}
    for page in pages:
        grades.setdefault(graded(page.incident, page.axes).grade, []).append(page)
    return Total(
        scheme=pages[0].ranges.scheme if pages else scheme,
        pages=pages,
        sums=sums,
        by_grade={grade: sums_of(grades[grade]) for grade in Grade if grade in grades},
        shared=tuple(q for q in shared_tolls(p.ranges for p in pages) if q.decision is None),
        beside=tuple(_campaigns(pages, book, sums["killed"])),
    )


def sums_of(pages: Iterable[Page]) -> dict[str, Sum]:
    """The sum of each measure over these incidents, each once."""
    sums = dict.fromkeys(MEASURES, Sum())
    for page in pages:
        for measure in MEASURES:
            sums[measure] = sums[measure].with_toll(page.ranges.toll(measure))
    return sums


def _campaigns(pages: Iterable[Page], book: Casebook, killed: Sum) -> Iterable[Beside]:
    """Cumulative numbers in the reports of these incidents, each number of a report once."""
    reports = sorted({t.report for page in pages for t in page.incident.tellings})
    for report in reports:
        made, facts = book.shelf.readings[report], book.shelf.reports[report]
        figures = [f for told in made.told for f in told.figures] + list(made.loose)
        counts = {f.value: f.why for f in figures if f.label is Label.CUMULATIVE}
        for count, why in counts.items():
            beyond = residual(count, killed.low, None if killed.open_above else killed.high)
            yield Beside(report, facts.published, count, why, beyond)
