"""Clues in the numbers of two tellings: who was killed and hurt, and on whose word."""

from __future__ import annotations

from collections.abc import Iterator

from bilan.core.incidents.pair import Clue, Pair
from bilan.core.reports.origins import size_of
from bilan.core.values import Count

PARTS = ("killed_children", "killed_women", "killed_men")
NEAR_TIMES = 1.5  # counts of one event that differ by less may be an earlier and a later one
FAR_TIMES = 3.0  # a report of one event seldom gives more than three times another's number
FEW, MANY = 3, 8  # people; a number up to FEW is repeated by chance, beyond MANY hardly ever


def toll_clues(pair: Pair) -> Iterator[Clue]:
    """What the two tolls say together."""
    one, other = pair.one.account, pair.other.account
    yield from _compared(pair, "killed", one.killed, other.killed)
    yield from _compared(pair, "injured", one.injured, other.injured)
    if _shares(pair):
        yield pair.clue("toll.shared", "the number told of several places")
    for part in PARTS:
        mine, theirs = getattr(one, part), getattr(other, part)
        if mine is not None and mine == theirs:
            yield pair.clue("toll.part", f"the same number: {part.replace('_', ' ')}")


def _shares(pair: Pair) -> bool:
    shared = [t.account.shared_toll for t in (pair.one, pair.other)]
    return any(shared) and pair.same_killed


def _compared(pair: Pair, what: str, mine: Count | None, theirs: Count | None) -> Iterator[Clue]:
    if mine is None and theirs is None:
        return
    if mine is None or theirs is None:
        if not _shares(pair):
            yield pair.clue(f"{what}.once", f"only one tells how many were {what}")
        return
    name = _same(size_of(mine)) if size_of(mine) == size_of(theirs) else _other(mine, theirs)
    yield pair.clue(f"{what}.{name}", f"{WORDS[name.split('_', maxsplit=1)[0]]} {what}")


WORDS = {
    "same": "the same number of",
    "overlap": "overlapping numbers of",
    "near": "nearly the same number of",
    "apart": "other numbers of",
    "far": "very different numbers of",
}


def _same(size: int) -> str:
    if size <= 1:
        return "same_one"
    return "same_few" if size <= FEW else "same_some" if size <= MANY else "same_many"


def _other(mine: Count, theirs: Count) -> str:
    low, high = sorted((size_of(mine), size_of(theirs)))
    times = high / max(1, low)
    if times > FAR_TIMES:
        return "far"
    return "near" if times <= NEAR_TIMES else "overlap" if _overlap(mine, theirs) else "apart"


def _overlap(a: Count, b: Count) -> bool:
    top_a = a.max if a.max is not None else float("inf")
    top_b = b.max if b.max is not None else float("inf")
    return (a.min or 0) <= top_b and (b.min or 0) <= top_a


def origin_clues(pair: Pair) -> Iterator[Clue]:
    """Whether one informant stands behind both."""
    if pair.voiced_alike and pair.same_killed:
        yield pair.clue("origin.same_number", "the same informant with the same number")
    elif pair.named_alike:
        yield pair.clue("origin.same", "the same informant")
