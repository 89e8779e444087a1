"""What stands before and after a name, and what it says for or against a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bilan.core.frozen import dataclass
from bilan.core.places.gazetteer import PlaceKind
from bilan.core.places.left import NUMBER, UNIT, Ending, Left, Near
from bilan.core.places.tongue import NOUN_KINDS, Relation, Tongue

_DATED = 32  # characters of a line in which a day may stand before its place
_DATED_LINE = re.compile(r"(?:^|\n)[^\w\n]{0,4}(?=[^\n]*\d)[^\n:;.]{1,24}, $")  # "> Tue 4 Jun, "
_SENTENCE_END = re.compile(r"[.!?…؟۔:\n•|]\W*\Z")
_HEADED = re.compile(r"\s?(?:[:|]\s|[-–—]{1,2}\s|\([^)\n]{2,40}\)\s?[-–—:])")
_HEADING = frozenset(":|-–—(")  # one of them is among the first two signs of such a heading
_CAPITAL_NEXT = re.compile(r"[ \u00a0]([^\W\d_]+)")
_LABEL = 40  # characters before a name in which the label of a form stands
_KEPT_WORDS = 50_000  # words before names, remembered with what they say; about 10 MB when full
_ARTICLES = frozenset({"the", "la", "le", "l", "el", "los", "las", "les", "o", "a", "as", "os"})


@dataclass(frozen=True, slots=True)
class Around:
    """The neighbourhood of a name.

    `noun` is what it is said to be, `noun_start` and `noun_end` where that noun lies (with a noun
    before, from `noun_start` to the name; after, from the name to `noun_end`).
    """

    noun: PlaceKind | None = None
    noun_start: int | None = None
    noun_end: int | None = None
    relation: Relation | None = None
    relation_after: Relation | None = None
    within: bool = False
    weakly: bool = False
    initial: bool = False
    person: bool = False
    other_thing: bool = False
    speaks: bool = False
    next_capital: bool = False
    previous_capital: bool = False
    previous: str = ""
    hashtag: bool = False
    suffixed: bool = False  # grammar follows an apostrophe, as it does after names alone
    holds: bool = False  # "bağlı" and the like follow: what comes next belongs to it
    given: bool = False  # the name is a given name as well
    headed: bool = False  # at the head of a line, and a colon, dash or agency follows


def _is_divided(plain: str, near: Near, start: int) -> bool:
    """Whether a line break, bracket or opening sign parts the word before from the name."""
    gap = plain[near.starts[-1] + len(near.words[-1]) : start]
    return any(sign in gap for sign in '\n("«“#')


def is_initial(plain: str, start: int) -> bool:
    """Whether a sentence or line begins at `start`, opening signs aside."""
    before = plain[max(0, start - 4) : start]
    if not before.strip(" '\"«“„(#@") or _SENTENCE_END.search(before):
        return True
    return before[-2:] == ", " and bool(_DATED_LINE.search(plain, max(0, start - _DATED), start))


class _Before(NamedTuple):
    """What the word before a name says about it, wherever it stands."""

    within: bool = False
    weakly: bool = False
    person: bool = False
    other_thing: bool = False


_NOTHING = _Before()


class Reader:
    """Reads what is around names in texts of one language."""

    def __init__(self, tongue: Tongue) -> None:
        self._tongue = tongue
        self._known: dict[str, _Before] = {}

    def around(self, text: str, plain: str, left_of: Left, start: int, end: int) -> Around:
        """The neighbourhood of the name at [start, end)."""
        tongue, name, follows = self._tongue, plain[start:end], plain[end : end + 2]
        near = left_of.before(start)
        previous = near.words[-1] if near.words else ""
        noun, noun_start, noun_end, left = self._noun(plain, name, end, near)
        before = self._before(previous) if previous else _NOTHING
        parted = follows[:1].isspace()  # from the next word, by no sign
        after = self._word_after(text, end) if parted else ""
        labelled = not previous and self._is_labelled(plain, start)
        return Around(
            noun,
            noun_start,
            noun_end,
            relation=self._relation(plain, near, left, start),
            relation_after=tongue.relation_after(plain, end),
            within=before.within or labelled or self._is_located(name),
            weakly=before.weakly,
            initial=not previous and not labelled and is_initial(plain, start),
            person=before.person and not _is_divided(plain, near, start),
            other_thing=before.other_thing or self._is_other_thing(plain, end, near.words, after),
            speaks=parted and tongue.speech.match(plain, end) is not None,
            next_capital=after[:1].isupper()
            and plain[end + 1 : end + 1 + len(after)] not in tongue.linkers,
            previous_capital=previous != "" and self._is_capital(text, near, start),
            previous=previous,
            hashtag=start > 0 and text[start - 1] in "#_",
            suffixed=tongue.suffixes and "'" in name,
            holds=parted and tongue.belonging.match(plain, end) is not None,
            given=name in tongue.given,
            headed=not _HEADING.isdisjoint(follows) and _HEADED.match(plain, end) is not None,
        )

    def may_tell(self, plain: str, left_of: Left, start: int, end: int) -> bool:
        """Whether anything around an unlisted name may say that it is a place; a quick answer,
        never wrongly no."""
        tongue, name, words = self._tongue, plain[start:end], left_of.before(start).words
        if "'" in name or tongue.suffixes:
            return True
        if tongue.noun_may_follow(name) and tongue.noun_after.match(plain, end) is not None:
            return True
        if not words:
            return self._is_labelled(plain, start)
        return tongue.introduces(words[-1]) or self._before(words[-1]).within

    def _is_labelled(self, plain: str, start: int) -> bool:
        """Whether a label of a form stands before the name: "Location: Kupiansk"."""
        before = plain[max(0, start - _LABEL) : start]
        return ":" in before and self._tongue.label.search(before) is not None

    @staticmethod
    def _word_after(text: str, end: int) -> str:
        following = _CAPITAL_NEXT.match(text, end)
        return following.group(1) if following else ""

    def _noun(
        self, plain: str, name: str, end: int, near: Near
    ) -> tuple[PlaceKind | None, int | None, int | None, int]:
        """The noun, where it begins before or ends after, and how many words are left of it."""
        tongue = self._tongue
        if tongue.noun_may_follow(name):
            after = tongue.noun_after.match(plain, end)
            if after is not None:
                return NOUN_KINDS[str(after.lastgroup)], None, after.end(), len(near.words)
        found = tongue.nouns_ahead.match(near.words, len(near.words))
        if found is None:
            return None, None, None, len(near.words)
        first, ending = found
        return NOUN_KINDS[ending.kind], near.starts[first], None, first

    def _is_located(self, name: str) -> bool:
        """Whether an ending after an apostrophe says that something is there: İdlib'de."""
        if "'" not in name:
            return False
        return name.rpartition("'")[2] in self._tongue.locatives

    def _relation(self, plain: str, near: Near, left: int, start: int) -> Relation | None:
        words = near.words
        while left and words[left - 1] in _ARTICLES and left < len(words):
            left -= 1
        found = self._tongue.moves.match(words, left)
        if found is None:
            return None
        first, ending = found
        if ending.kind == "part" and left < len(words):
            return None  # the northern town of X is X
        last = near.starts[left] if left < len(words) else start
        return self._told(plain, near.part(first, left), ending, last)

    def _told(
        self, plain: str, phrase: list[tuple[str, int]], ending: Ending, last: int
    ) -> Relation:
        keys = [(token, self._tongue.words.keys(token[0])) for token in phrase]
        numbers = [token for token, found in keys if NUMBER in found]
        unit = next(
            (token[0] for token, found in keys if UNIT in found and token not in numbers), None
        )
        number = None
        if numbers:
            word, begin = numbers[-1]
            number = plain[numbers[0][1] : begin + len(word)]
        return Relation(ending.kind, phrase[0][1], last, number, unit, ending.point)

    def _before(self, word: str) -> _Before:
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _KEPT_WORDS:
                self._known.clear()
            known = self._known[word] = self._look_up(word)
        return known

    def _look_up(self, word: str) -> _Before:
        tongue = self._tongue
        forms = tongue.words.keys(word)
        # على is "on", though without its dots it is a given name as well.
        person = word not in tongue.within and (word in tongue.titles or word in tongue.given)
        return _Before(
            within=any(form in tongue.within for form in forms),
            weakly=any(form in tongue.weakly for form in forms),
            person=person,
            other_thing=any(form in tongue.notthis for form in forms),
        )

    def _is_other_thing(self, plain: str, end: int, words: Sequence[str], after: str) -> bool:
        tongue = self._tongue
        named = after[:1].isupper() or not tongue.capitals  # "Rafah Today", not "Rafah today"
        if after and named and plain[end + 1 : end + 1 + len(after)] in tongue.afterwards:
            return True
        return len(words) > 1 and f"{words[-2]} {words[-1]}" in tongue.notthis

    def _is_capital(self, text: str, near: Near, start: int) -> bool:
        word, begin = near.words[-1], near.starts[-1]
        if not self._tongue.capitals or text[begin + len(word) : start].strip(" \u00a0-"):
            return False
        return text[begin].isupper() and word not in self._tongue.not_places
