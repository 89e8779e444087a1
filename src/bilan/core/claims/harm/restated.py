"""Numbers that tell a toll again though no word of harm stands by: "a network put it at ten"."""

from __future__ import annotations

from collections.abc import Container

from bilan.core.claims.harm.parts import PART_GROUPS, Seen
from bilan.core.claims.harm.told import Told
from bilan.core.claims.numbers.numbers import Form
from bilan.core.claims.people.mention import Kind, Shape
from bilan.core.claims.text.cues import Cues
from bilan.core.values import Group

BACK = 3  # sentences over which "among them" reaches back
_FIGURE_BACK = 5  # sentences over which "a lower figure" reaches back
_FIGURE = 25  # tokens before a number in which "put the toll at" stands
_AGE = 6  # tokens between "age" and its number: "the boy's age was reported as 4"
_FIGURE_TIMES = 10  # figures of one incident differ by less than so many times


def is_restated(seen: Seen, total: Told, cues: Cues, split_from: Container[int]) -> bool:
    """Whether a number without a word of harm tells a toll again, or a part of it.

    `split_from`: the tokens at which words that open a toll's parts begin ("among them").
    """
    mention = seen.mention
    if mention.shape is not Shape.NUMBER or mention.form is Form.NONE:
        return False
    if mention.group in PART_GROUPS:
        small = (mention.count.min or 0) <= total.low
        return total.sentence == seen.sentence and small
    return _is_split_up(seen, total, split_from) or _is_figure(seen, total, cues)


def _is_split_up(seen: Seen, total: Told, split_from: Container[int]) -> bool:
    """ "…: 42 civilians, among them 19 children"."""
    split = any(token in split_from for token in (seen.mention.last, seen.mention.last + 1))
    return split and seen.sentence - total.sentence <= BACK


def _is_figure(seen: Seen, total: Told, cues: Cues) -> bool:
    """ "A local network put the toll lower, at ten": no harm is said, a figure is."""
    mention = seen.mention
    if mention.kind is Kind.UNKNOWN or mention.group is not Group.ALL:
        return False
    if mention.form is Form.VAGUE or mention.noun == mention.core:
        return False  # "he had several friends with him", "both were home" count no dead
    if cues.has("unit_before", "age", mention.first - _AGE, mention.first):
        return False  # "the age was given as four"
    if seen.sentence - total.sentence > _FIGURE_BACK:
        return False
    if mention.count.min is not None and mention.count.min > total.low * _FIGURE_TIMES:
        return False  # "the number of mines": of something else
    start = max(seen.bounds[0], mention.first - _FIGURE)
    return cues.has("scope", "figure", start, mention.first)
