"""What people said of proposed pairs: only "same", with a name and a reason, joins two entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bilan.core.values import Fault

COLUMNS = ("one", "other", "score", "why", "alert", "answer", "by", "because")
SAME, DIFFERENT = "same", "different"


@dataclass(frozen=True, slots=True)
class Answers:
    """`same` are the pairs that join; `open` how many nobody answered yet.

    `different` are pairs that everybody who answered calls two people. `contradicted` are pairs
    that one person calls same and another different: they do not join.
    """

    same: tuple[tuple[str, str], ...]
    open: int
    contradicted: tuple[tuple[str, str], ...]
    faults: tuple[Fault, ...]
    different: tuple[tuple[str, str], ...] = ()


def answers_in(rows: Iterable[tuple[str, Mapping[str, str]]]) -> Answers:
    """The answers in a table of pairs, as (where, cells by column): columns `COLUMNS`."""
    said: dict[tuple[str, str], set[str]] = {}
    faults: list[Fault] = []
    unanswered = 0
    for where, row in rows:
        answer = (row.get("answer") or "").strip().casefold()
        fault = _fault(answer, row, where)
        if fault is not None:
            faults.append(fault)
        elif not answer:
            unanswered += 1
        else:
            one, other = sorted((row["one"].strip(), row["other"].strip()))
            said.setdefault((one, other), set()).add(answer)
    return Answers(
        tuple(pair for pair, given in sorted(said.items()) if given == {SAME}),
        unanswered,
        tuple(pair for pair, given in sorted(said.items()) if len(given) > 1),
        tuple(faults),
        tuple(pair for pair, given in sorted(said.items()) if given == {DIFFERENT}),
    )


def _fault(answer: str, row: Mapping[str, str], where: str) -> Fault | None:
    if not (row.get("one") or "").strip() or not (row.get("other") or "").strip():
        return Fault("no_pair", "a row needs both `one` and `other`", where)
    if not answer:
        return None
    if answer not in (SAME, DIFFERENT):
        return Fault("unknown_answer", f"{answer!r} is neither {SAME} nor {DIFFERENT}", where)
    if not (row.get("by") or "").strip() or not (row.get("because") or "").strip():
        return Fault("unsigned", "an answer needs a name (`by`) and a reason (`because`)", where)
    return None
