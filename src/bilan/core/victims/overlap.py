"""Who stands on which lists: the table that multiple-systems estimation needs.

Only pairs that people said to be one person join entries. The table holds numbers, no names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bilan.core.errors import UnknownName
from bilan.core.victims.entry import Entry


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many people stand on exactly each set of lists; `lists` in the order of the patterns.

    `patterns` maps a tuple of 0 and 1, one for each list, to people. `alerts` are groups of
    entries said to be one person that stand under several incidents.
    """

    lists: tuple[str, ...]
    patterns: Mapping[tuple[int, ...], int]
    alerts: tuple[tuple[str, ...], ...] = ()

    @property
    def people(self) -> int:
        """People on at least one list."""
        return sum(self.patterns.values())


def overlap_of(entries: Iterable[Entry], same: Iterable[tuple[str, str]]) -> Overlap:
    """The table of the entries, where `same` are pairs of ids that people said to be one person.

    UnknownName for an id that is on no list: a decision about somebody who is not there.
    """
    known = {entry.id: entry for entry in entries}
    groups = groups_of(known.values(), same)
    lists = tuple(sorted({e.list for e in known.values()}))
    found = Counter(_pattern(group, lists) for group in groups)
    return Overlap(lists, dict(sorted(found.items(), reverse=True)), _alerts(groups))


def groups_of(
    entries: Iterable[Entry], same: Iterable[tuple[str, str]]
) -> tuple[tuple[Entry, ...], ...]:
    """The entries of each person, where `same` are pairs of ids that are one person.

    UnknownName for an id that is on no list.
    """
    known = {entry.id: entry for entry in entries}
    first = {i: i for i in known}
    for one, other in same:
        for asked in (one, other):
            if asked not in known:
                raise UnknownName(
                    f"no list has {asked}.", hint="Pairs name entries as LIST:ID; match them anew."
                )
        roots = sorted((_root(first, one), _root(first, other)))
        first[roots[1]] = roots[0]
    groups: dict[str, list[Entry]] = {}
    for i, entry in sorted(known.items()):
        groups.setdefault(_root(first, i), []).append(entry)
    return tuple(map(tuple, groups.values()))


def _root(first: dict[str, str], entry: str) -> str:
    while first[entry] != entry:
        first[entry] = first[first[entry]]
        entry = first[entry]
    return entry


def _pattern(group: Iterable[Entry], lists: tuple[str, ...]) -> tuple[int, ...]:
    on = {entry.list for entry in group}
    return tuple(int(name in on) for name in lists)


def _alerts(groups: Iterable[tuple[Entry, ...]]) -> tuple[tuple[str, ...], ...]:
    several = (g for g in groups if len({e.incident for e in g if e.incident}) > 1)
    return tuple(tuple(e.id for e in group) for group in several)
