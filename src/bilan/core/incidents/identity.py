"""Which code an incident keeps when its tellings are put together anew.

A code is given once. It stays with the incident that holds most of its tellings; a confirmed code
stays with its anchor; a retired code comes back when the telling that opened it stands in an
incident without a code. A new code is given only where none is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bilan.core.incidents.clusters import Partition
from bilan.core.incidents.codes import new_code
from bilan.core.incidents.entries import Linked, Placed
from bilan.core.incidents.shelf import CodeGiven
from bilan.core.incidents.summary import canonical


@dataclass(frozen=True, slots=True)
class Before:
    """What stood before: where each telling was, every code concerned, fixed clusters' codes.

    `openers` are retired codes by the telling that opened them.
    """

    placed: Mapping[str, Placed]
    codes: Mapping[str, CodeGiven]
    openers: Mapping[str, str]
    fixed: Mapping[int, str]
    taken: Callable[[str], bool]


def relabel(found: Partition, before: Before, *, linker: str) -> Linked:
    """What changed, as a ledger entry: nothing that stays as it was is in it."""
    codes = dict(before.fixed)
    _keep(codes, found, before)
    opened = _reopen(codes, found, before) + _open(codes, found, before)
    retired = _retire(codes, found, before)
    return Linked(linker, _placements(codes, found, before), tuple(opened), tuple(retired))


def _keep(codes: dict[int, str], found: Partition, before: Before) -> None:
    """Give every code to the cluster that holds most of its tellings."""
    claims = []
    for key, cluster in found.clusters.items():
        if key in codes:
            continue
        votes = Counter(before.placed[t.id].code for t in cluster.members if t.id in before.placed)
        for code, count in votes.items():
            if code is not None:
                sure = cluster.confirmed == code
                claims.append((not sure, -count, before.codes[code].seq, code, key))
    given = set(codes.values())
    for _, _, _, code, key in sorted(claims):
        if code not in given and key not in codes:
            codes[key] = code
            given.add(code)


def _reopen(codes: dict[int, str], found: Partition, before: Before) -> list[tuple[str, str]]:
    """Bring back retired codes whose opener stands in a cluster without a code."""
    opened = []
    for key, cluster in found.clusters.items():
        back = sorted(before.openers[t.id] for t in cluster.members if t.id in before.openers)
        back = [code for code in back if code not in codes.values()]
        if key not in codes and back:
            codes[key] = back[0]
            opened.append((back[0], before.codes[back[0]].opened_by))
    return opened


def _open(codes: dict[int, str], found: Partition, before: Before) -> list[tuple[str, str]]:
    opened: list[tuple[str, str]] = []
    for key, cluster in found.clusters.items():
        if key in codes:
            continue
        first = min(cluster.members, key=canonical)
        given = frozenset(code for code, _ in opened)
        codes[key] = new_code(first, partial(_is_taken, given, before.taken))
        opened.append((codes[key], first.id))
    return opened


def _is_taken(given: frozenset[str], taken: Callable[[str], bool], code: str) -> bool:
    return code in given or taken(code)


def _retire(codes: dict[int, str], found: Partition, before: Before) -> list[tuple[str, str]]:
    """Codes that lost every telling become the code that took most of them."""
    kept = set(codes.values())
    went: dict[str, Counter[str]] = {}
    for telling, (key, _) in found.placed.items():
        was = before.placed.get(telling)
        if was is not None and was.code is not None and was.code not in kept and key is not None:
            went.setdefault(was.code, Counter())[codes[key]] += 1
    return [
        (code, min(heirs, key=lambda c: (-heirs[c], c))) for code, heirs in sorted(went.items())
    ]


def _placements(codes: Mapping[int, str], found: Partition, before: Before) -> tuple[Placed, ...]:
    doubts = {d.telling: d for d in found.doubts}
    changed: list[Placed] = []
    for telling, (key, why) in found.placed.items():
        doubt = doubts.get(telling)
        code = None if key is None else codes[key]
        rivals = _rivals(doubt.clusters, codes, code) if doubt else ()
        now = Placed(telling, code, why, rivals, doubt.opened if doubt else False)
        if _moved(before.placed.get(telling), now):
            changed.append(now)
    return tuple(changed)


def _rivals(keys: Sequence[int], codes: Mapping[int, str], code: str | None) -> tuple[str, ...]:
    return tuple(c for c in dict.fromkeys(codes[k] for k in keys) if c != code)


def _moved(was: Placed | None, now: Placed) -> bool:
    if was is None:
        return True
    return (was.code, was.rivals, was.opened) != (now.code, now.rivals, now.opened)
