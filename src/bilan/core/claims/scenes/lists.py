"""Entries of a list, and the heading that says what was found of all of them.

A monthly report of a party writes its finding once ("Non-credible:"), then the entries below it.
What the document says before its lists is about the month, not about an entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from bilan.core.claims.scenes.scenes import Page, Scene, is_item

_LONGEST_HEAD = 6  # sentences of the paragraph that heads a list; longer ones are cut at the front
_FURTHEST = 400  # sentences of one list between its heading and an entry; keeps reading linear


def entry_sentences(scene: Scene, page: Page) -> list[int]:
    """The sentences that an entry may be heard in: its own, without what precedes the list."""
    if not scene.item:
        return scene.sentences
    start = next((i for i, n in enumerate(scene.sentences) if is_item(page, n)), None)
    if start is None:
        return scene.sentences
    first, *rest = scene.sentences[start:]
    return [first, *takewhile(lambda n: is_item(page, n) or not _starts_line(page, n), rest)]


def head_of(entry: Sequence[int], page: Page) -> list[int]:
    """The sentences of the paragraph right above the list in which an entry stands."""
    if not entry or not is_item(page, entry[0]):
        return []
    number = entry[0] - 1
    lowest = max(0, number - _FURTHEST)
    while number > lowest and not _heads(page, number):
        number -= 1
    head = [number] if number >= 0 else []
    while head and head[0] > 0 and not _starts_line(page, head[0]) and len(head) < _LONGEST_HEAD:
        head.insert(0, head[0] - 1)
    return [n for n in head if not is_item(page, n)]


def _heads(page: Page, number: int) -> bool:
    """Whether the paragraph of a sentence is no entry itself."""
    first = number
    while first > 0 and not _starts_line(page, first) and number - first < _LONGEST_HEAD:
        first -= 1
    return not is_item(page, first)


def _starts_line(page: Page, number: int) -> bool:
    first = page.sentences[number][0]
    return first == 0 or page.words.kinds[first - 1] == "l"
