"""Lines broken to fit a page do not break numbers, dates or phrases."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bilan.core.claims.text.tokens import fold, is_wrapped, words_of

WIRE = """SAN TOMAS, 16 SEP 89 (WIRE) -- [TEXT] THE GOVERNOR SAID TODAY THAT ONE
HUNDRED PRISONERS ESCAPED FROM THE TOWN PRISON BEFORE DAWN, AND NEARLY
THIRTY OF THEM WERE CAUGHT IN THE HILLS WHERE THEY HAD HIDDEN SINCE LAST
WEDNESDAY.  THE GUARDS DID NOT FIRE A SHOT, AND NOBODY IN THE TOWN WAS
HURT, HE SAID.

   THE PRISONERS ARE BEING HELD IN A SCHOOL UNTIL THE PRISON IS REPAIRED,
ACCORDING TO THE GOVERNOR.
"""


def test_a_break_within_a_sentence_of_a_wrapped_text_is_a_blank() -> None:
    words = words_of(WIRE)
    at = words.norms.index("one")
    assert words.norms[at : at + 2] == ("one", "hundred")
    assert words.span(at, at + 2).of(WIRE) == "ONE\nHUNDRED"


def test_paragraphs_of_a_wrapped_text_stay_apart() -> None:
    assert words_of(WIRE).kinds.count("l") >= 1


def test_lines_that_are_items_stay_lines() -> None:
    digest = "\n".join(f"Item {n}: two people were hurt in the town on that day" for n in range(3))
    assert not is_wrapped(digest)
    assert words_of(digest).kinds.count("l") == 2


def test_every_token_of_a_wrapped_text_is_where_it_stands() -> None:
    words = words_of(WIRE)
    assert "".join(WIRE.split()) == "".join(
        "".join(words.raw(i).split()) for i in range(len(words))
    )


@given(
    st.lists(
        st.sampled_from(
            [
                "Three",
                "1,200",
                "3.5",
                "died,",
                "(U.N.)",
                " ",
                "  ",
                "\t",
                "\n",
                "\n\n",
                "قـ ـتل",
                "¿",
            ]
        ),
        max_size=30,
    )
)
def test_every_letter_of_a_text_is_in_one_token_however_it_is_spaced(parts: list[str]) -> None:
    text = "".join(parts)
    words = words_of(text)
    edges = [edge for i in range(len(words)) for edge in (words.starts[i], words.ends[i])]
    assert edges == sorted(edges)
    outside = zip([0, *words.ends], [*words.starts, len(text)], strict=True)
    assert all(not text[end:start].strip() for end, start in outside)
    for i in range(len(words)):
        kind, raw = words.kinds[i], words.raw(i)
        assert words.norms[i] == (fold(raw) if kind == "w" else raw)
