"""Copies in a batch of texts: found whatever was changed, and never made of boilerplate."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.speed.copied import RECALL, corpus, quality
from bilan.engines.copies import FEWEST, Copy, clusters_of, copies_among, sketch, text_clusters

KNOWN = corpus(240)
OWN = [text for text, how in zip(KNOWN.texts, KNOWN.how, strict=True) if how == "own"]


def test_known_copies_are_found_and_no_others() -> None:
    measured = quality(text_clusters(KNOWN.texts), KNOWN)
    assert measured.recall >= RECALL, measured.missed
    assert measured.precision >= 0.98


def test_a_copy_is_seen_through_other_case_signs_and_lines() -> None:
    text = OWN[0]
    other = "\n\n".join(text.upper().replace(",", " -").split(". "))
    assert copies_among([sketch(text), sketch(other)])[0].share > 0.9


def test_a_page_footer_makes_no_copy() -> None:
    footer = "Follow us on all networks and write to the editors of this paper. " * 3
    assert clusters_of([sketch(f"{text}\n{footer}") for text in OWN[:40]]) == list(range(40))


def test_a_text_told_a_thousand_times_is_one_cluster() -> None:
    copies = [f"{OWN[1]}\nTaken over by {name}" for name in range(1000)]
    assert clusters_of([sketch(text) for text in [OWN[0], *copies]]) == [0, *[1] * 1000]


def test_an_excerpt_is_found_before_and_after_the_whole() -> None:
    whole, part = sketch(OWN[2]), sketch(OWN[2][: len(OWN[2]) // 3])
    assert copies_among([whole, part])[0].share == 1.0
    assert copies_among([part, whole])[0].share == 1.0


def test_nothing_is_said_of_what_is_too_short() -> None:
    assert clusters_of([sketch("killed"), sketch("killed"), sketch("")]) == [0, 1, 2]
    assert clusters_of([]) == []


def test_sketches_are_the_same_in_every_process() -> None:
    words = "four bombs fell on the market of the town this morning"
    code = f"from bilan.engines.copies import sketch; print(sketch({words!r}).tolist())"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": "77"},
    )  # fmt: skip
    assert run.stdout.strip() == str(sketch(words).tolist())


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=40, max_size=400))
def test_a_sketch_is_ascending_and_bounded(text: str) -> None:
    made = sketch(text)
    assert len(made) <= max(FEWEST, len(text))
    assert bool(np.all(made[1:] > made[:-1]))
    assert [c for c in copies_among([made, made]) if c != Copy(1, 0, 1.0)] == []
