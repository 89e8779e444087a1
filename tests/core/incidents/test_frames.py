"""Copies within the frame of a page, told with pages of our own."""

from __future__ import annotations

from bilan.core.incidents.clues import Comparisons
from bilan.core.incidents.lexis import Lexis
from bilan.core.incidents.pair import Match
from bilan.core.incidents.weights import default_weights
from tests.core.incidents.made import MAYADIN, account, report, tellings

FRAME = (
    "Subscribe to our evening letter and never miss another story from this newsroom. Follow our"
    " correspondents everywhere, download the application, support independent journalism today."
    " Readers discussed these articles recently, recommended galleries, horoscopes, crosswords."
)
MARKET = (
    "Shells struck the vegetable market at noon; Umm Talal, a seamstress, was buried beside it."
)
FERRY = "A motorbike exploded near the ferry landing, where nobody but the boatman Harun stood."


def framed(one: str, other: str, *, frames: int) -> Match:
    """Two texts compared in a record with so many other pages in the same frame."""
    made = [report(f"p{n}", account(), text=f"{FRAME} Item {n}.") for n in range(frames)]
    pair = [report("a", account(MAYADIN), text=one), report("b", account(MAYADIN), text=other)]
    words = [reading.traits.words for _, reading in (*made, *pair)]
    first, second = tellings(*pair)
    return Comparisons(default_weights(), Lexis().plus(words)).of(first, second)


def test_two_pages_that_share_their_frame_alone_are_no_copies() -> None:
    found = framed(f"{FRAME} {MARKET}", f"{FRAME} {FERRY}", frames=400)
    assert "words.copy" not in {clue.name for clue in found.clues}


def test_a_copy_is_seen_within_the_frame_of_its_page() -> None:
    found = framed(f"{FRAME} {MARKET}", f"{FRAME} {MARKET} Read on.", frames=400)
    assert "words.copy" in {clue.name for clue in found.clues}


def test_an_excerpt_is_a_copy_of_the_whole() -> None:
    found = framed(MARKET, f"{MARKET} {FERRY}", frames=0)
    assert "words.copy" in {clue.name for clue in found.clues}
