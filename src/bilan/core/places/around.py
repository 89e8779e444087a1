"""What stands before and after a name, and what it says for or against a place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bilan.core.places.gazetteer import PlaceKind
from bilan.core.places.tongue import NOUN_KINDS, Relation, Tongue

_OPENERS = " '\"«“”„(#[\u00a0\n@"
_NOUN_REACH = 48  # characters before a name in which a noun for it may begin
_RELATION_REACH = 110  # characters in which a phrase that moves it may begin
_SENTENCE_END = re.compile(r"[.!?…؟۔:\n•|]\W*\Z")
_HEADED = re.compile(r"\s?(?:[:|]\s|[-–—]{1,2}\s|\([^)\n]{2,40}\)\s?[-–—:])")
_CAPITAL_NEXT = re.compile(r"[ \u00a0]([^\W\d_]+)")


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
    headed: bool = False  # at the head of a line, and a colon, dash or agency follows


def word_before(plain: str, start: int) -> tuple[str, int]:
    """The word that ends before `start`, and where it begins; "" after a sign that divides."""
    end = start
    while end > 0 and plain[end - 1] in _OPENERS:
        end -= 1
    if end > 0 and plain[end - 1] == "." and end > 2 and plain[end - 2].isalpha():
        end -= 1  # Gen. Dr. St.
    first = end
    while first > 0 and (plain[first - 1].isalnum() or plain[first - 1] == "-"):
        first -= 1
    return plain[first:end], first


class Reader:
    """Reads what is around names in texts of one language."""

    def __init__(self, tongue: Tongue) -> None:
        self._tongue = tongue

    def around(self, text: str, plain: str, start: int, end: int) -> Around:
        """The neighbourhood of the name at [start, end)."""
        tongue = self._tongue
        previous, first = word_before(plain, start)
        gap = plain[first + len(previous) : start]
        following = _CAPITAL_NEXT.match(text, end)
        after = following.group(1) if following else ""
        noun = self._noun(plain, start, end, previous)
        relation = None
        if previous and tongue.may_end_relation(previous):
            relation = tongue.relation_before(plain, max(0, start - _RELATION_REACH), start)
        bare = _bare(previous, tongue)
        return Around(
            *noun,
            relation=relation,
            relation_after=tongue.relation_after(plain, end),
            within=bare in tongue.within or previous in tongue.within,
            weakly=bare in tongue.weakly or previous in tongue.weakly,
            initial=first == start
            or not previous
            or bool(_SENTENCE_END.search(plain, max(0, start - 4), start)),
            person=self._is_person(previous, gap),
            other_thing=self._is_other_thing(plain, start, end, previous, after),
            speaks=tongue.speech.match(plain, end) is not None,
            next_capital=bool(after)
            and after[0].isupper()
            and plain[following.start(1) : following.end(1)] not in tongue.linkers
            if following
            else False,
            previous_capital=self._is_capital(text, first, previous, gap),
            previous=previous,
            hashtag=start > 0 and text[start - 1] in "#_",
            headed=_HEADED.match(plain, end) is not None,
        )

    def _noun(
        self, plain: str, start: int, end: int, previous: str
    ) -> tuple[PlaceKind | None, int | None, int | None]:
        tongue = self._tongue
        if tongue.noun_may_follow(plain[start:end]):
            after = tongue.noun_after.match(plain, end)
            if after is not None:
                return NOUN_KINDS[str(after.lastgroup)], None, after.end()
        if (
            tongue.nouns_before
            and previous
            and (previous in tongue.noun_tails or tongue.may_end_relation(previous))
        ):
            before = tongue.noun_before.search(plain, max(0, start - _NOUN_REACH), start)
            if before is not None:
                return NOUN_KINDS[str(before.lastgroup)], before.start(str(before.lastgroup)), None
        return None, None, None

    def _is_person(self, previous: str, gap: str) -> bool:
        if not previous or any(sign in gap for sign in '\n("«“#'):
            return False
        tongue = self._tongue
        return previous in tongue.titles or previous in tongue.given

    def _is_other_thing(self, plain: str, start: int, end: int, previous: str, after: str) -> bool:
        tongue = self._tongue
        if after and plain[end + 1 : end + 1 + len(after)] in tongue.afterwards:
            return True
        bare = (
            previous[len(tongue.article) :]
            if tongue.article and previous.startswith(tongue.article)
            else previous
        )
        if previous and (previous in tongue.notthis or bare in tongue.notthis):
            return True
        two, _ = (
            word_before(plain, start - len(previous) - 1) if previous in tongue.weakly else ("", 0)
        )
        return bool(two) and f"{two} {previous}" in tongue.notthis

    def _is_capital(self, text: str, first: int, previous: str, gap: str) -> bool:
        if not previous or gap.strip(" \u00a0-") or not self._tongue.capitals:
            return False
        return text[first].isupper() and previous not in self._tongue.not_places


def _bare(word: str, tongue: Tongue) -> str:
    """The word without one written-on particle (وفي = and in)."""
    if tongue.article and len(word) > 2 and word[0] in "وف" and word[1:] in tongue.within:
        return word[1:]
    return word
