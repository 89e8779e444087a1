"""People called by name beside a word of harm: "Karim Haddad was shot dead", "killed X and Y".

A name of one word counts only where the text has given it in full before or after. No name is kept
beyond the reading: it only tells whether two mentions are of one person.
"""

from __future__ import annotations

from collections.abc import Iterator

from bilan.core.claims.people.mention import Kind, Mention, Shape
from bilan.core.claims.people.nouns import Nouns
from bilan.core.claims.text.lexicon import Hit
from bilan.core.values import Count

_HARMED = ("killed_", "shot_")
_BEFORE = ("_subj", "_self", "_any", "_state")
_AFTER = ("_obj", "_any")
_TO_WORD = 3  # tokens between a surname and what happened: ", who was", "later"
_TO_NOUN = 5  # tokens between a noun for kin and what happened: "her brother Y Z were"
_LISTED = 8  # tokens of what is said of one member of a list: ", 21, of Y, and"
_MOST = 12  # names of one list; longer ones stand under a heading (`rolls`)
_LONGEST = 4  # words of a full name

Tokens = tuple[int, int]


class Called:
    """The people of one text who are called by name."""

    def __init__(self, nouns: Nouns) -> None:
        self._nouns = nouns
        self._known: frozenset[str] | None = None

    def mentions(self, used: set[int]) -> list[Mention]:
        """One mention per name that stands beside a word of harm and is not `used` otherwise."""
        found = []
        for i, hit in sorted(self._nouns.harm.items()):
            if not hit.key.startswith(_HARMED) or hit.key.endswith("_toll"):
                continue
            for name in self._named(i, hit):
                if self._is_office(name):
                    continue
                if not any(k in used for k in range(*name)):
                    found.append(self._mention(name))
                    used.update(range(*name))
        return found

    def _is_office(self, name: Tokens) -> bool:
        """Whether a name ends like that of a place or a body: "Cedar Medical Center"."""
        return self._nouns.words.norms[name[1] - 1] in self._nouns.not_people

    def parts_of(self, tokens: Tokens) -> frozenset[str]:
        """The words by which a name is known again."""
        norms = self._nouns.words.norms
        return frozenset(norms[i] for i in range(*tokens) if norms[i].isalpha())

    def beside(self, mention: Mention) -> frozenset[str]:
        """The name that stands right behind a noun for one person: "a student, Karim Haddad,"."""
        nouns, at = self._nouns, mention.last
        if at < len(nouns.words) and nouns.words.norms[at] == ",":
            at += 1
        name = nouns.name_after(at)
        return self.parts_of(name) if name is not None else frozenset()

    def _mention(self, name: Tokens) -> Mention:
        one = Count.exactly(1)
        return Mention(*name, name, one, Kind.NAME, Shape.ONE, name=self.parts_of(name))

    def _named(self, i: int, hit: Hit) -> list[Tokens]:
        name = None
        if hit.key.endswith("_any"):  # "X shot and killed Y": Y, who stands right behind it
            name = self._nouns.name_after(hit.last) or self._surname_at(hit.last)
            if name is not None:
                return [name, *self._listed_after(name)]
        if hit.key.endswith(_BEFORE):
            name = self._nouns.name_before(i) or self._surname_before(i)
            joined = self._beside_kin(i) if name is None else []
            if joined:
                return joined
        if name is not None and hit.key.endswith("_state") and name[1] != i:
            return []
        if name is not None:
            return [*self._listed_before(name), name]
        if hit.key.endswith(_AFTER):
            name = self._nouns.name_after(hit.last) or self._surname_at(hit.last)
        return [] if name is None else [name, *self._listed_after(name)]

    def _beside_kin(self, i: int) -> list[Tokens]:
        """The name that "and" joins to a noun before the word: "X and her brother (Y) died"."""
        nouns, at = self._nouns, i - 1
        while at > i - _TO_NOUN and at > 0 and nouns.person_before(at + 1) is None:
            at -= 1
        noun = nouns.person_before(at + 1)
        if noun is None or not noun.key.endswith("_sg"):
            return []
        first = noun.first - 1
        while first > 0 and nouns.words.norms[first] in nouns.definite:
            first -= 1
        return self._listed_before((first + 1, i)) if nouns.is_and(first) else []

    # -- lists of names ----------------------------------------------------------------------------

    def _listed_after(self, name: Tokens) -> Iterator[Tokens]:
        """The names that a list goes on with: ", 21, and Y, 22"."""
        last = name[1]
        for _ in range(_MOST):
            start = self._next_member(last)
            following = self._full_name_at(start) if start is not None else None
            if following is None:
                return
            yield following
            last = following[1]

    def _full_name_at(self, first: int) -> Tokens | None:
        """The full name at a token of a list, where names beside names make no title."""
        last = first
        while last - first < _LONGEST and self._is_part(last):
            last += 1
        return (first, last) if last - first > 1 else None

    def _is_part(self, i: int) -> bool:
        """Whether a token may be a word of a name, whatever stands around it."""
        words = self._nouns.words
        return 0 <= i < len(words) and words.kinds[i] == "w" and self._nouns.is_proper(i)

    def _next_member(self, last: int) -> int | None:
        """The token behind the joining word that follows a member of a list."""
        nouns = self._nouns
        words = nouns.words
        for i in range(last, min(len(words) - 1, last + _LISTED)):
            if nouns.is_and(i):
                return i + 1
            said = words.kinds[i] == "n" or i in nouns.taken or words.norms[i] in {",", "of", "("}
            if not said and i not in nouns.age:
                return None
        return None

    def _listed_before(self, name: Tokens) -> list[Tokens]:
        """The name before the joining word that leads to one: "X, 21, and Y, 22, were killed"."""
        nouns = self._nouns
        if not nouns.is_and(name[0] - 1):
            return []
        words = nouns.words
        for i in range(name[0] - 2, max(0, name[0] - 2 - _LISTED), -1):
            if self._is_part(i) and self._is_part(i - 1):
                first = i - 1
                while self._is_part(first - 1) and i - first < _LONGEST:
                    first -= 1
                return [(first, i + 1)]
            if words.kinds[i] != "n" and words.norms[i] not in {",", ")", "("}:
                return []
        return []

    # -- names of one word -------------------------------------------------------------------------

    def _surname_before(self, i: int) -> Tokens | None:
        """ "Haddad, who was", "Haddad later": a word of a name that the text gives in full."""
        nouns = self._nouns
        for at in range(i - 1, max(-1, i - 1 - _TO_WORD), -1):
            if nouns.is_name(at):
                return self._surname_at(at)
            if nouns.words.norms[at] != "," and nouns.words.norms[at] not in nouns.small:
                return None
        return None

    def _surname_at(self, at: int) -> Tokens | None:
        if not self._nouns.is_name(at) or at in self._nouns.person:
            return None
        return (at, at + 1) if self._nouns.words.norms[at] in self._full_names() else None

    def _full_names(self) -> frozenset[str]:
        """The first and last words of the names that are given in full, looked up once."""
        if self._known is None:
            self._known = frozenset(self._in_full())
        return self._known

    def _in_full(self) -> Iterator[str]:
        nouns, words = self._nouns, self._nouns.words
        run: list[int] = []
        for i in range(len(words)):
            if words.kinds[i] == "w" and nouns.is_proper(i) and i not in nouns.person:
                run.append(i)
                continue
            if 1 < len(run) <= _LONGEST:
                yield words.norms[run[0]]
                yield words.norms[run[-1]]
            run = []
