"""Linking column by column decides as the core does, and a crowd of tellings costs no more each."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.speed.accounts import accounts, as_columns, as_tellings, lexis_of
from benchmarks.speed.pairs import pair_quality
from bilan.core.incidents.clues import Comparisons
from bilan.core.incidents.clusters import partition
from bilan.core.incidents.lexis import Lexis
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.traits import BUCKETS
from bilan.core.incidents.weights import default_weights
from bilan.engines.link_columns import link_columns
from bilan.engines.telling_columns import Columns, columns_of
from tests.engines.made import SEAT, VILLAGE, telling

MADE = accounts(700, seed=3)
LEXIS = lexis_of(MADE.table)
TELLINGS = as_tellings(MADE.table)
# The core weighs pairs of tellings, best pairs first; the columns weigh each telling once against
# what an incident's tellings say together. .86 of the columns' pairs are the core's, .94 of the
# core's are theirs.
ALIKE = 0.85


@pytest.fixture(scope="module")
def by_core() -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    found = partition(TELLINGS, compared=Comparisons(default_weights(), LEXIS))
    placed = [found.placed[t.id][0] for t in TELLINGS]
    return np.array([-1 if key is None else key for key in placed])


def test_the_core_and_the_columns_put_the_same_tellings_together(
    by_core: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
) -> None:
    by_columns = link_columns(columns_of(TELLINGS, copies()), lexis=LEXIS).incident
    alone = np.where(by_core < 0, by_core.max() + 1 + np.arange(len(by_core)), by_core)
    same = pair_quality(by_columns, alone)
    assert same.precision >= ALIKE
    assert same.recall >= ALIKE


def copies() -> dict[str, int]:
    copy = MADE.table["copy"].tolist()
    return {t.report: c for t, c in zip(TELLINGS, copy, strict=True) if c >= 0}


def test_the_generator_makes_the_columns_that_its_tellings_have() -> None:
    ours, theirs = as_columns(MADE.table), columns_of(TELLINGS, copies())
    assert np.array_equal(ours.number, theirs.number)
    for name in ("first", "last", "published", "cause", "low", "high", "radius", "seat", "vague"):
        assert np.array_equal(getattr(ours, name), getattr(theirs, name)), name


def test_the_columns_are_as_right_as_the_core(
    by_core: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
) -> None:
    ours = pair_quality(link_columns(as_columns(MADE.table), lexis=LEXIS).incident, MADE.truth)
    theirs = pair_quality(by_core, MADE.truth)
    assert ours.precision >= theirs.precision - 0.03
    assert ours.recall >= theirs.recall - 0.03


def test_what_arrives_in_another_order_is_linked_alike() -> None:
    order = np.random.default_rng(5).permutation(len(TELLINGS))
    first = link_columns(columns_of(TELLINGS, copies()), lexis=LEXIS).incident
    shuffled = columns_of([TELLINGS[n] for n in order], copies())
    again = np.empty_like(first)
    again[order] = link_columns(shuffled, lexis=LEXIS).incident
    assert np.array_equal(first < 0, again < 0)
    same = pair_quality(first[first >= 0], again[again >= 0])
    assert (same.precision, same.recall) == (1.0, 1.0)


def test_an_incident_told_thousands_of_times_is_one() -> None:
    made = accounts(4600, seed=4, heavy=4000)
    found = link_columns(as_columns(made.table), lexis=lexis_of(made.table)).incident
    heaviest = np.bincount(made.truth).argmax()
    told = found[made.truth == heaviest]
    assert np.bincount(told[told >= 0]).max() / len(told) > 0.9


def test_nothing_links_to_nothing() -> None:
    empty: Columns = columns_of([])
    assert link_columns(empty).count == 0


def linked(*tellings: Telling) -> list[int]:
    """Their incidents, in a record that knows which words are rare."""
    lexis = Lexis(5_000, (2,) * BUCKETS)
    found: list[int] = link_columns(columns_of(tellings), lexis=lexis).incident.tolist()
    return found


def test_a_seat_that_stands_for_its_province_is_the_village_of_the_same_words() -> None:
    one, other = linked(telling(1, VILLAGE, words=range(30)), telling(2, SEAT, words=range(10, 40)))
    assert one == other


def test_a_seat_in_other_words_is_another_place() -> None:
    one, other = linked(telling(1, VILLAGE, words=range(30)), telling(2, SEAT, words=range(50, 80)))
    assert one != other


def test_what_has_no_word_of_many_texts_is_another_incident() -> None:
    words = [range(n, n + 30) for n in range(12)]
    many = [telling(n, VILLAGE, words=some) for n, some in enumerate(words)]
    *ones, other = linked(*many, telling(20, VILLAGE, words=range(70, 100), killed=1))
    assert len(set(ones)) == 1
    assert other not in ones
