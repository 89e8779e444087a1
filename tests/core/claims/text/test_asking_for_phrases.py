"""What a rule asks about phrases beside a token is answered as counting would answer it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bilan.core.claims.text.cues import Cues
from bilan.core.claims.text.lexicon import Entry, Hit, Lexicon
from bilan.core.claims.text.marks import Marks
from bilan.core.claims.text.tokens import words_of

KEYS = ("and", "of", "prep")
TOKENS = st.integers(0, 30)
HITS = st.lists(
    st.builds(
        lambda first, size, key: Hit(first, first + size, "small", key),
        st.integers(0, 25),
        st.integers(1, 4),
        st.sampled_from(KEYS),
    ),
    max_size=12,
).map(sorted)
WORDS = words_of(" ".join("word" for _ in range(40)))


def _inside(hits: list[Hit], key: str, first: int, last: int) -> list[tuple[int, int]]:
    return sorted(
        (h.first, h.last) for h in hits if h.key == key and first <= h.first < h.last <= last
    )


@given(HITS, st.sampled_from(KEYS), TOKENS, TOKENS)
def test_no_cue_within_a_stretch_is_missed(
    hits: list[Hit], key: str, first: int, last: int
) -> None:
    cues, wanted = Cues(hits), _inside(hits, key, first, last)
    assert cues.within("small", key, first, last) == wanted
    assert cues.has("small", key, first, last) == bool(wanted)


@given(HITS, st.sampled_from(KEYS), TOKENS, st.integers(0, 3))
def test_no_cue_beside_a_number_is_missed(hits: list[Hit], key: str, at: int, slack: int) -> None:
    cues, mine = Cues(hits), [h for h in hits if h.key == key]
    assert cues.ends_at("small", key, at, slack=slack) == any(
        at - slack <= h.last <= at for h in mine
    )
    assert cues.starts_at("small", key, at, slack=slack) == any(
        at <= h.first <= at + slack for h in mine
    )


@given(HITS, st.lists(st.sampled_from(KEYS), min_size=1, max_size=2), TOKENS, TOKENS)
def test_no_mark_over_a_token_is_missed(
    hits: list[Hit], keys: list[str], token: int, last: int
) -> None:
    marks = Marks(WORDS, hits)
    over = [h for h in hits if h.first <= token < h.last]
    assert marks.has("small", token, *keys) == any(h.key in keys for h in over)
    assert list(marks.over("small", token)) == over
    assert marks.within("small", token, last) == [
        h for h in hits if token <= h.first < h.last <= last
    ]


PHRASES = ("a", "b", "a b", "a b c", "b c", "c")
VOCABULARY = [Entry(p, f"kind{n % 2}", f"key{n}") for n, p in enumerate(PHRASES)]


@given(st.lists(st.sampled_from("abcd"), max_size=12))
def test_of_one_kind_the_longest_phrase_is_found_and_none_inside_it(letters: list[str]) -> None:
    found = Lexicon(VOCABULARY).find(words_of(" ".join(letters)))
    wanted = []
    reached = {"kind0": 0, "kind1": 0}
    for first in range(len(letters)):
        for kind in reached:
            fitting = [
                (first + len(p.split()), p, key)
                for p, k, key in VOCABULARY
                if k == kind and letters[first : first + len(p.split())] == p.split()
            ]
            last, _, key = max(fitting, default=(0, "", ""))
            if last > reached[kind]:
                reached[kind] = last
                wanted.append(Hit(first, last, kind, key))
    assert sorted(found) == sorted(wanted)
