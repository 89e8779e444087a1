"""The stages between readings and tolls, as pure functions over lines, for one process or many.

A report becomes a line (`line_of`). All lines together, as numbers, become the plan: origins by
text, incidents, and groups of incidents that can be counted apart (`Plan`). The lines of a group
become its incidents and their tolls (`rows_of_group`). `bilan scan` runs them on the cores of one
computer, `engines.spark` on many; both give the same rows whatever the number of processes.

Needs the extra `[scale]` (numpy).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bilan.core.claims.account import Reading
from bilan.core.claims.shape import reading_to_json
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.codes import new_code
from bilan.core.incidents.entries import (
    Entry,
    Linked,
    Placed,
    ReadingMade,
    ReportCaptured,
    captured,
    reading_made,
    tellings_in,
)
from bilan.core.incidents.lexis import Lexis
from bilan.core.incidents.plain import body_from_plain, body_to_plain
from bilan.core.incidents.summary import canonical
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.traits import BUCKETS
from bilan.core.publication.check import incident_plain, page_of
from bilan.core.values import Report
from bilan.engines.column_clues import filled_in_anew
from bilan.engines.copies import Hashes, copies_among, sketch
from bilan.engines.link_columns import link_columns
from bilan.engines.telling_columns import Columns, ColumnsOf, with_copies

GROUP = 2_000  # tellings counted at a time; some 20 kB each while they are
# Copies of one text with the same numbers in one incident that are reckoned with one by one; those
# beyond are named among its reports and cannot change what is reckoned.
COPIES_COUNTED = 50
LINKER = "scan"
Line = dict[str, Any]


def line_of(report: Report, reading: Reading) -> Line:
    """All that later stages want of a report, as plain JSON; its words only in `reading`."""
    line: Line = {"id": report.id, "reading": reading_to_json(reading, report.text)}
    if reading.relevant and reading.accounts:
        line["captured"] = body_to_plain(captured(report))
        line["read"] = body_to_plain(reading_made(report, reading))
        line["sketch"] = sketch(report.text).tolist()
    return line


def bodies_of(line: Line) -> tuple[ReportCaptured, ReadingMade]:
    """What the ledger of a record would hold of the report."""
    facts = body_from_plain("captured", line["captured"])
    made = body_from_plain("read", line["read"])
    if not isinstance(facts, ReportCaptured) or not isinstance(made, ReadingMade):
        raise TypeError(f"no line of a scan: {line['id']}")
    return facts, made


# -- the plan: what only all lines together can say ------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of every telling.

    `incident` by telling id, nothing for the pool; `groups` in which a report is counted;
    `group_of` an incident; `origin` of a copy: the first report of its cluster and the share of
    the shorter text that stands in the other.
    """

    incident: Mapping[str, int]
    groups: Mapping[str, tuple[int, ...]]
    group_of: Mapping[int, int]
    origin: Mapping[str, tuple[str, float]]

    def of_group(self, group: int) -> dict[str, int]:
        """The tellings of one group with their incidents."""
        return {t: n for t, n in self.incident.items() if self.group_of[n] == group}


@dataclass(slots=True)
class Gathering:
    """Takes the lines one by one, in any order, and keeps numbers only."""

    tellings: ColumnsOf = field(default_factory=ColumnsOf)
    ids: list[str] = field(default_factory=list)
    reports: dict[str, tuple[str, Hashes]] = field(default_factory=dict)
    words: Counter[int] = field(default_factory=Counter)

    def add(self, line: Line) -> None:
        """Take one line in; of two lines of one report the first stands."""
        if "read" not in line or line["id"] in self.reports:
            return
        facts, made = bodies_of(line)
        published = facts.published.isoformat() if facts.published else "9999"
        self.reports[line["id"]] = (published, np.array(line["sketch"], np.uint64))
        self.words.update(set(made.traits.words))
        for telling in tellings_in(facts, made):
            self.tellings.add(telling)
            self.ids.append(telling.id)

    def plan(self, *, group: int = GROUP) -> Plan:
        """Origins by text, incidents, and groups of about `group` tellings."""
        columns = self.tellings.columns()
        told = [self.ids[number].rpartition("#")[0] for number in columns.number]
        origin, clusters = self._origins(columns, told)
        counts = tuple(self.words[bucket] for bucket in range(BUCKETS))
        lexis = Lexis(len(self.reports), counts)
        links = link_columns(with_copies(columns, told, clusters), lexis=lexis)
        placed = self._numbered(links.incident)
        groups, group_of = _groups(placed, group)
        return Plan(placed, groups, group_of, origin)

    def _origins(
        self, columns: Columns, told: Sequence[str]
    ) -> tuple[dict[str, tuple[str, float]], dict[str, int]]:
        """The original of each copy, and the cluster of every report that is in one.

        `told` is the report of each row of the columns.
        """
        ordered = sorted(self.reports, key=lambda r: (self.reports[r][0], r))
        origin: dict[str, tuple[str, float]] = {}
        cluster: dict[str, int] = {}
        found = copies_among([self.reports[r][1] for r in ordered])
        pairs = [(ordered[one.copy], ordered[one.original]) for one in found]
        for one, (copy, first), form in zip(
            found, pairs, _forms(columns, told, pairs), strict=True
        ):
            if form:
                continue
            cluster[first] = cluster.get(first, one.original)
            cluster[copy] = cluster[first]
            origin[copy] = (ordered[cluster[first]], round(one.share, 3))
        return origin, cluster

    def _numbered(self, incident: Iterable[int]) -> dict[str, int]:
        """Incidents numbered by their first telling, whatever the order in which lines came."""
        found: dict[int, list[str]] = {}
        for telling, number in zip(self.ids, incident, strict=True):
            if number >= 0:
                found.setdefault(int(number), []).append(telling)
        ordered = sorted(found.values(), key=min)
        return {telling: n for n, tellings in enumerate(ordered) for telling in tellings}


def _forms(
    columns: Columns, told: Sequence[str], pairs: Iterable[tuple[str, str]]
) -> Iterable[bool]:
    """Which pairs are one form filled in anew; of reports that tell of one event each."""
    often = Counter(told)
    row = {report: n for n, report in enumerate(told) if often[report] == 1}
    rows = [(row.get(copy, -1), row.get(first, -1)) for copy, first in pairs]
    one, other = np.array(rows, np.int64).reshape(-1, 2).T
    return (filled_in_anew(columns, one, other, other) & (one >= 0)).tolist()


def _groups(
    placed: Mapping[str, int], size: int
) -> tuple[dict[str, tuple[int, ...]], dict[int, int]]:
    """The groups in which each report is counted, and the group of each incident.

    Incidents of which one report tells stand in one group, since a toll may be told of both; a
    report that tells of many is counted in several groups.
    """
    root: dict[int, int] = {}
    tied: dict[str, list[int]] = {}
    for telling, number in placed.items():
        root.setdefault(number, number)
        tied.setdefault(telling.rpartition("#")[0], []).append(number)
    for numbers in tied.values():
        for other in numbers[1:] if len(numbers) <= _MOST_TIED else ():
            one, two = sorted((_first(root, numbers[0]), _first(root, other)))
            root[two] = one
    told = Counter(_first(root, n) for n in placed.values())
    number_of: dict[int, int] = {}
    group, room = 0, size
    for head in sorted(told):
        if told[head] > room and room < size:
            group, room = group + 1, size
        number_of[head], room = group, room - told[head]
    group_of = {n: number_of[_first(root, n)] for n in root}
    groups = {r: tuple(sorted({group_of[n] for n in numbers})) for r, numbers in tied.items()}
    return groups, group_of


_MOST_TIED = 6  # incidents of one report that are counted together; a list of months tells of more


def _first(root: dict[int, int], number: int) -> int:
    while root[number] != number:
        root[number] = root[root[number]]
        number = root[number]
    return number


# -- a group of incidents ------------------------------------------------------------------------


def rows_of_group(
    lines: Iterable[Line], incident: Mapping[str, int], origin: Mapping[str, Any]
) -> Iterator[Line]:
    """The incidents of a group with their tolls, one row each, by the number of the incident.

    `lines` are those of every report that is counted in the group, in any order; `incident` its
    tellings, `origin` the original of each copy.
    """
    book, members = _shelved(lines, incident)
    kept = {number: _counted(told, origin) for number, told in sorted(members.items())}
    opened: dict[str, str] = {}
    placed: list[Placed] = []
    for told in kept.values():
        code = new_code(told[0], opened.__contains__)
        opened[code] = told[0].id
        placed += [Placed(t.id, code) for t in told]
    book.apply(Entry(1, "", LINKER, Linked(LINKER, tuple(placed), tuple(opened.items()))))
    for (code, opener), number in zip(opened.items(), kept, strict=True):
        page = page_of(book.incident(code), book)
        row = incident_plain(page)
        row["reports"] = sorted({*row["reports"], *(t.report for t in members[number])})
        row["reports"] = [r for r in row["reports"] if r not in row["background"]]
        spare = new_code(book.shelf.tellings[opener], code.__eq__)
        yield {**row, "number": number, "spare": spare, "scheme": page.ranges.scheme}


def _counted(told: list[Telling], origin: Mapping[str, Any]) -> list[Telling]:
    """In canonical order, without the copies beyond those that could still tell something new."""
    seen: Counter[tuple[Any, ...]] = Counter()
    kept = []
    for telling in sorted(told, key=canonical):
        account = telling.account
        first = origin.get(telling.report, (telling.report,))[0]
        said = (first, account.killed, account.injured, account.missing, account.role)
        seen[said] += 1
        if seen[said] <= COPIES_COUNTED:
            kept.append(telling)
    return kept


def _shelved(
    lines: Iterable[Line], incident: Mapping[str, int]
) -> tuple[Casebook, dict[int, list[Telling]]]:
    """A casebook that holds these reports, and the tellings of each incident."""
    book = Casebook()
    members: dict[int, list[Telling]] = {}
    for line in lines:
        if line["id"] in book.shelf.reports:
            continue
        facts, made = bodies_of(line)
        book.shelf.reports[facts.report], book.shelf.readings[facts.report] = facts, made
        for telling in tellings_in(facts, made):
            book.shelf.tellings[telling.id] = telling
            if telling.id in incident:
                members.setdefault(incident[telling.id], []).append(telling)
    return book, members


def with_codes(rows: Iterable[Line]) -> Iterator[Line]:
    """The rows of all groups with codes that are given once; rows come by number.

    A code is drawn from its first telling; two groups draw the same one once in half a million
    incidents of one country and day, and then the later incident takes its spare.
    """
    given: set[str] = set()
    for row in rows:
        spare = row.pop("spare")
        if row["code"] in given:
            row["code"] = spare
        given.add(row["code"])
        yield row


MEASURES = ("killed", "injured", "missing", "killed_children", "killed_women", "killed_men")


def tolls_of(row: Line) -> Iterator[Line]:
    """One line per measure of an incident of which something is known."""
    for measure in MEASURES:
        toll = row[measure]
        if toll is not None:
            told = {"code": row["code"], "measure": measure, **toll}
            yield {**told, "scheme": row["scheme"], "grade": row["grade"]}
