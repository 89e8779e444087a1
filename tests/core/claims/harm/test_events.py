"""The type of event, finer than the cause."""

from __future__ import annotations

import pytest

from bilan.core.claims.harm.events import event_type_of
from bilan.core.claims.text.language import load_language
from bilan.core.claims.text.marks import Marks
from bilan.core.claims.text.tokens import words_of
from bilan.core.values import Cause


def event(text: str, cause: Cause, code: str = "en") -> str | None:
    words = words_of(text)
    return event_type_of(Marks(words, load_language(code).lexicon.find(words)), cause)


@pytest.mark.parametrize(
    ("text", "cause", "expected"),
    [
        ("A suicide bomber killed six.", Cause.IED_MINE, "SUIC_BOMB"),
        ("A grenade thrown into a bar killed one.", Cause.SMALL_ARMS, "GRENADE"),
        ("A roadside bomb killed six.", Cause.IED_MINE, "REM_EXPLOS"),
        ("An air raid killed six.", Cause.AIRSTRIKE, "AIR_STRIKE"),
        ("Engineers defused a landmine on the road.", Cause.IED_MINE, "DISR_WEAP"),
        ("A leak at a chemical plant killed two.", Cause.CHEMICAL, "MAN_MADE_DISASTER"),
    ],
)
def test_an_event_is_told_finer_than_its_cause(text: str, cause: Cause, expected: str) -> None:
    assert event(text, cause) == expected


def test_a_cause_that_no_coder_has_a_type_for_gives_none() -> None:
    assert event("Six people died.", Cause.UNKNOWN) is None


def test_a_bomb_that_harmed_someone_was_not_foiled() -> None:
    assert event("A mine was defused; another killed two.", Cause.IED_MINE) == "REM_EXPLOS"
