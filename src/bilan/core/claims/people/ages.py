"""Stated ages: who is a child by them, and which numbers are ages though no word says so."""

from __future__ import annotations

from collections.abc import Sequence

from bilan.core.claims.numbers.kinds import NumberKind
from bilan.core.claims.numbers.numbers import Form, Numeral
from bilan.core.claims.people.mention import Kind, Mention, Shape
from bilan.core.claims.people.nouns import Nouns
from bilan.core.claims.text.tokens import Words
from bilan.core.frozen import replace
from bilan.core.values import Count, Group

_ADULT = 18  # years; a child is under 18 (Convention on the Rights of the Child, article 1)
# Years that a number behind "of" and a noun of the group may be: "a mother of three" has three.
_OF_AN_AGE = {"children": (0, 17), "women": (18, 110), "men": (18, 110), "female": (1, 110)}
_OLDEST = 110  # years; a larger number is no age
_BESIDE = 5  # tokens between an age and its noun: "a 34 - year - old local man"
_MAY_BE_AGES = frozenset({NumberKind.COUNT, NumberKind.DURATION})
_TO_NOUN = 3  # tokens between an age and the noun that it describes: "- old local man"
_SHORT_WORD = 5  # letters of what may stand between a noun and its age: "of", "aged", "de"


class Ages:
    """The ages that one text states."""

    def __init__(self, numerals: Sequence[Numeral], nouns: Nouns) -> None:
        self._nouns = nouns
        self._under: dict[int, bool] = {}
        self._years: dict[int, int] = {}
        for numeral in numerals:
            if numeral.kind is NumberKind.AGE and numeral.count.max is not None:
                under = numeral.count.max < _ADULT
                self._under.update(dict.fromkeys(range(numeral.first, numeral.last), under))
                nouns.ages.update(range(numeral.first, numeral.last))
                self._years.update(dict.fromkeys(range(*numeral.core), numeral.count.max))
        for i, hit in nouns.aged.items():
            self._under[i], self._years[i] = int(hit.key) < _ADULT, int(hit.key)
            nouns.ages.add(i)

    @staticmethod
    def in_runs(numerals: Sequence[Numeral], nouns: Nouns) -> list[Numeral]:
        """The numerals; those joined to an age behind a noun are ages too: "his sons, 4 and 10
        years old", "(1, 4 and 9 years)"."""
        found = list(numerals)
        for at, numeral in enumerate(numerals):
            if numeral.kind is NumberKind.AGE:
                first = _run_before(found, at, nouns)
                if first < at and _is_beside_noun(nouns, found[first].core[0]):
                    ages = (replace(n, kind=NumberKind.AGE) for n in found[first:at])
                    found[first:at] = ages
        return found

    def applied(self, mention: Mention) -> Mention:
        """The mention; one whose stated age is under 18 counts children, whatever its noun."""
        if mention.kind is not Kind.PEOPLE or mention.group in {Group.CHILDREN, Group.FIGHTERS}:
            return mention
        stated = self._before(mention) or self._after(mention) or self._bracketed(mention)
        if not stated:
            return mention
        return replace(mention, group=Group.CHILDREN, civilian=True, female=False)

    def of(self, mention: Mention) -> int | None:
        """The age stated right beside one person, in years: "a 34-year-old man", "a man, 34,"."""
        for i in range(mention.last - 1, max(-1, mention.first - _BESIDE - 1), -1):
            if i in self._years:
                return self._years[i]
            if i < mention.first and i in self._nouns.person:
                break  # of the one before: "a girl of six, her mother"
        words, number = self._nouns.words, self._nouns.number
        for i in range(mention.last, min(mention.last + 3, len(words))):
            if self._opens_next(i):
                return None
            if i in self._years or i in self._nouns.ages:
                stated = self._years.get(i)
                return stated if stated is not None else number[i].count.max
            if words.kinds[i] == "w" and len(words.norms[i]) > _SHORT_WORD:
                return None
        return None

    def _before(self, mention: Mention) -> bool:
        """ "a 9-year-old shepherd": the age among the words just before the noun."""
        noun = mention.noun or (mention.first, mention.last)
        tokens = range(max(0, noun[0] - 5), noun[0])
        ages = [self._under[i] for i in tokens if i in self._under]
        if not ages or not all(ages):
            return False
        words = self._nouns.words
        last = max(i for i in tokens if i in self._under)
        between = range(last + 1, noun[0])
        return all(
            words.norms[i] == "-" or i in self._nouns.age or words.kinds[i] == "w" for i in between
        ) and (not any(words.norms[i] == "." or self._nouns.joins(i) for i in between))

    def _after(self, mention: Mention) -> bool:
        """ "a shepherd aged 9", "un neveu de sept ans"."""
        words = self._nouns.words
        for i in range(mention.last, min(mention.last + 4, len(words))):
            if (i in self._nouns.aged and i > mention.last) or self._opens_next(i):
                return False  # of the next noun: "супруги, их шестилетняя дочь"
            if i in self._nouns.person and i not in self._under:
                return False  # of the next one: "three men, a boy aged 9"
            if i in self._under:
                return self._under[i]
            if i in self._nouns.ages and i in self._nouns.number:
                top = self._nouns.number[i].count.max
                return top is not None and top < _ADULT  # "her daughter, 3"
            if words.kinds[i] == "w" and len(words.norms[i]) > _SHORT_WORD:
                return False
        return False

    def _opens_next(self, i: int) -> bool:
        """Whether the age at a token is that of a noun behind it: "a mother, 9-year-old boy"."""
        numeral = self._nouns.number.get(i)
        if numeral is None:
            return False
        said = next((self._nouns.age[k] for k in (i + 1, i + 2) if k in self._nouns.age), None)
        if said is None:
            return False
        behind = range(said.last, said.last + _TO_NOUN)
        return any(k in self._nouns.person for k in behind)

    def _bracketed(self, mention: Mention) -> bool:
        """ "two brothers (9 and 12)": numbers in brackets behind a noun, all under 18."""
        words, i = self._nouns.words, mention.last
        if i >= len(words) or words.norms[i] != "(":
            return False
        ages: list[int] = []
        for k in range(i + 1, min(i + 8, len(words))):
            if words.norms[k] == ")":
                return bool(ages) and all(age < _ADULT for age in ages)
            if k in self._nouns.person:
                return False  # "five people (two women and three children)"
            if k in self._nouns.number:
                top = self._nouns.number[k].count.max
                ages.append(_ADULT if top is None else top)
        return False

    def persons(self, numerals: Sequence[Numeral], used: set[int]) -> list[Mention]:
        """People called by their age alone: "a 14-year-old was killed"."""
        found = []
        for numeral in numerals:
            noun = self._age_noun(numeral, used)
            if noun is None:
                continue
            last, plural = noun
            under = (numeral.count.max or _ADULT) < _ADULT
            found.append(
                Mention(
                    numeral.first,
                    last,
                    numeral.core,
                    Count(2, None) if plural else Count.exactly(1),
                    Kind.PEOPLE,
                    Shape.PLURAL if plural else Shape.ONE,
                    Group.CHILDREN if under else Group.ALL,
                    True if under else None,
                )
            )
        return found

    def _age_noun(self, numeral: Numeral, used: set[int]) -> tuple[int, bool] | None:
        """The token after the word that makes an age a person, and whether it is a plural."""
        nouns = self._nouns
        if numeral.kind is not NumberKind.AGE or numeral.first in used:
            return None
        for i in range(numeral.core[1], numeral.core[1] + 2):
            hit = nouns.age.get(i)
            if hit is not None and not any(
                k in nouns.person for k in range(hit.last, hit.last + 3)
            ):
                return hit.last, hit.key == "persons"
        return None


def is_bare_age(words: Words, numeral: Numeral, nouns: Nouns) -> bool:
    """Whether a number is an age that no word calls so: "Ali Haddad, 34, was", "her son (6)".

    Also "he was 34", and a further number of such a list: "aged 24, 20 and 19".
    """
    top, (first, last) = numeral.count.max, numeral.core
    if top is None or top > _OLDEST:
        return False
    if first in nouns.ages or _is_of_one(nouns, numeral, top) or _bounds_children(nouns, numeral):
        nouns.ages.update(range(numeral.first, numeral.last))
        return True
    if last - first != 1 or words.kinds[first] != "n":
        return False
    ends = _ends_before(nouns, last) or (_joined_to_age(nouns, first) and last in nouns.harm)
    if ends and (_goes_on(nouns, first) or _is_said_of_one(nouns, first, top)):
        nouns.ages.add(first)
        return True
    return _is_set_off(words, numeral, nouns)


def _is_set_off(words: Words, numeral: Numeral, nouns: Nouns) -> bool:
    """Whether commas or brackets set a number off behind who it is said of: "X, 34, was"."""
    first, last = numeral.core
    shared = words.norms[first - 1] in nouns.age_shared
    if (words.norms[first - 1] in nouns.small or shared) and first > 1:
        first -= 1  # "also 18"
    if first < 2 or last >= len(words):
        return False
    here, there = words.norms[first - 1], words.norms[last]
    relative = there in nouns.relatives and first - 2 not in nouns.taken
    ends = there in {",", ".", ";"} or words.kinds[last] == "l"
    closes = here == "," and (ends or relative)
    if not (closes or (here == "(" and there == ")")):
        return False
    name = words.raw(_last_of_name(nouns, first - 2))
    found = first - 2 in nouns.person or (name[:1].isupper() and not name.isupper())
    if found:
        nouns.ages.add(numeral.core[0])
    return found


def _last_of_name(nouns: Nouns, i: int) -> int:
    """The last word of a name that ends at a token, before "Jr." or "III"."""
    norms = nouns.words.norms
    at = i - 1 if norms[i] == "." else i
    return at - 1 if at > 0 and norms[at] in nouns.name_endings else i


def _is_of_one(nouns: Nouns, numeral: Numeral, top: int) -> bool:
    """ "A boy of 14", "a woman of sixty", "su nieta de once": a number right behind "of" and a
    noun for one person."""
    noun = nouns.person_before(numeral.first - 1)
    if noun is None or not nouns.leads(numeral.first - 1) or _counts_next(nouns, numeral.last):
        return False
    group, _, number = noun.key.rpartition("_")
    if number != "sg" or group not in _OF_AN_AGE:
        return False
    low, high = _OF_AN_AGE[group]
    return low <= top <= high


def _bounds_children(nouns: Nouns, numeral: Numeral) -> bool:
    """ "Children under ten": a bound right behind the noun is one of their age."""
    first = numeral.first
    bounded = numeral.form in {Form.LESS_THAN, Form.UP_TO}
    if not bounded and nouns.words.norms[first - 1] in nouns.age_bounds:
        bounded, first = True, first - 1
    if not bounded or not _ends_before(nouns, numeral.last):
        return False
    noun = nouns.person_before(first)
    return noun is not None and noun.key.startswith("children")


def _ends_before(nouns: Nouns, last: int) -> bool:
    """Whether the phrase ends with the number: what follows counts nobody."""
    return not _counts_next(nouns, last) and last not in nouns.harm


def _counts_next(nouns: Nouns, last: int) -> bool:
    """Whether a number counts the noun behind it."""
    return last in nouns.person or last in nouns.thing or nouns.is_more(last)


def _goes_on(nouns: Nouns, first: int) -> bool:
    """Whether an age stands before the number, nothing but a comma or "and" between."""
    at = first - 1
    while at > first - 3 and at > 0 and nouns.joins(at):
        at -= 1
    return at < first - 1 and at in nouns.ages


def _joined_to_age(nouns: Nouns, first: int) -> bool:
    """Whether "and" alone stands between an age and the number: "boys aged 9 and 12 were"."""
    return first > 1 and nouns.is_and(first - 1) and first - 2 in nouns.ages


def _is_said_of_one(nouns: Nouns, first: int, top: int) -> bool:
    """ "he was 34": more than one cannot be said of a single person."""
    return (
        top > 1
        and first > 1
        and nouns.words.norms[first - 1] in nouns.copulas
        and nouns.is_one_person(first - 2)
    )


def _run_before(numerals: Sequence[Numeral], at: int, nouns: Nouns) -> int:
    """The index of the first number of a run, joined by commas and "and", that ends with an age."""
    while at > 0:
        here, after = numerals[at - 1], numerals[at]
        between = range(here.core[1], after.core[0])
        joined = len(between) in (1, 2) and all(map(nouns.joins, between))
        young = here.count.max is not None and here.count.max <= _OLDEST
        if not joined or here.kind not in _MAY_BE_AGES or not young:
            break
        at -= 1
    return at


def _is_beside_noun(nouns: Nouns, first: int) -> bool:
    """Whether what begins at a token is set beside a noun for people: ", 4 and", " (1, 4"."""
    before = nouns.words.norms[first - 1] if first else ""
    if before in {",", "،", "("} or before in nouns.small:
        first -= 1
    return nouns.person_before(first) is not None
