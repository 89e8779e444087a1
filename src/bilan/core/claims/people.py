"""From the words of a report to its counts of people: "12 civilians", "a child", "his wife".

A mention is a number with what it counts, or a noun that counts by itself (a singular, a dual, a
bare plural). What happened to these people is not decided here: see `harm` and `roles`.
The nouns are data: `[lexicon.person]` of each language, keys `<group>_<number>`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bilan.core.claims.language import Language
from bilan.core.claims.lexicon import Hit
from bilan.core.claims.number_kinds import NumberKind
from bilan.core.claims.numbers import Form, Numeral
from bilan.core.claims.tokens import Words, fold
from bilan.core.values import Count, Group

_AHEAD = 6  # tokens between a number and its noun; "12 of the most seriously wounded people"
_AGE_BEFORE, _AGE_AFTER = 5, 4  # tokens around a noun in which its age stands
_UNKNOWN = 3  # of them, words that no vocabulary knows (adjectives, nationalities, names)
_ADULT = 18  # years; a child is under 18 (Convention on the Rights of the Child, article 1)
_OLDEST = 110  # years; a larger number is no age
_LEADING = frozenset({"of", "more", "after"})  # keys of [lexicon.link] and [lexicon.part]
_DASHES = frozenset("-–—:")
_TRANSPARENT = frozenset("\"'«»“”„‘’*_#")
BARE_PLURAL = Count(2, None)  # "villagers were killed" (conventions)


class Kind(StrEnum):
    """What a mention counts."""

    PEOPLE = "people"  # persons of a known noun
    ELLIPTIC = "elliptic"  # a number with no noun: "12 were killed"
    UNKNOWN = "unknown"  # a number with a noun that no vocabulary knows
    THING = "thing"  # houses, raids, kilometres


class Shape(StrEnum):
    """How a mention counts."""

    NUMBER = "number"
    ONE = "one"  # a singular noun: "a child", "the driver"
    PLURAL = "plural"  # a bare plural: "villagers"


# The first half of a key of [lexicon.person]: the group, and whether the word itself says that the
# people are civilians (True) or fighters (False).
_GROUPS: dict[str, tuple[Group, bool | None]] = {
    "people": (Group.ALL, None),
    "civilians": (Group.ALL, True),
    "children": (Group.CHILDREN, True),
    "women": (Group.WOMEN, True),
    "men": (Group.MEN, None),
    "female": (Group.WOMEN, True),  # sister, daughter: of unknown age, so 0..n women
    "kin": (Group.ALL, True),
    "fighters": (Group.FIGHTERS, False),
    "family": (Group.ALL, True),
    "bodies": (Group.ALL, None),
    "dead": (Group.ALL, None),  # nouns that say the harm too: "des morts", قتلى
    "hurt": (Group.ALL, None),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens [first, last) that count people, and how many of whom.

    `core` is the bare number (or the noun, where it counts by itself), `noun` the noun's tokens or
    None. `female` marks kin of unknown age; `minors` a stated age under 18.
    """

    first: int
    last: int
    core: tuple[int, int]
    count: Count
    kind: Kind
    shape: Shape
    group: Group = Group.ALL
    civilian: bool | None = None
    noun: tuple[int, int] | None = None
    body: bool = False
    female: bool = False
    definite: bool = False
    form: Form | None = None

    @property
    def definite_plural(self) -> bool:
        """Whether it is a known many: "the villagers", which counts nobody anew."""
        return self.definite and self.shape is Shape.PLURAL

    @property
    def group_count(self) -> Count:
        """The count of the group itself: daughters of unknown age are 0..n women."""
        return Count(0, self.count.max) if self.female and self.count.max else self.count


class _Index:
    """Hits by the token where they begin, for the categories that people are read from."""

    def __init__(
        self,
        words: Words,
        hits: Sequence[Hit],
        numerals: Sequence[Numeral],
        language: Language,
    ) -> None:
        small = frozenset(fold(w) for w in language.table("detect").get("words", ()))
        self.words = words
        self.person: dict[int, Hit] = {}
        self.stop: dict[int, Hit] = {}
        self.harm: dict[int, Hit] = {}
        self.link: dict[int, Hit] = {}
        self.age: dict[int, Hit] = {}
        self.part: dict[int, Hit] = {}
        for hit in hits:
            table = {
                "person": self.person,
                "thing": self.stop,
                "harm": self.harm,
                "link": self.link,
                "age": self.age,
                "part": self.part,
            }.get(hit.category)
            if table is not None:
                known = table.get(hit.first)
                if known is None or hit.last > known.last:
                    table[hit.first] = hit
        self.numeral_at = {numeral.first: numeral for numeral in numerals}
        self.minors = _minors(numerals)
        self.small = small
        table = language.table("people")
        self.breaking = tuple(table.get("breaking_prefixes", ())) or ("\0",)
        self.unbroken = frozenset(fold(w) for w in table.get("unbroken", ()))

    def after_link(self, i: int) -> int | None:
        """The token after a small word that leads from a number to its noun: "of", "of them"."""
        hit = self.part.get(i) or self.link.get(i)
        if hit is None or hit.key not in _LEADING:
            return None
        last = hit.last
        return last + 1 if hit.key == "after" and self.is_dash(last) else last

    def breaks(self, i: int) -> bool:
        """Whether a word's written-on preposition parts it from the number: "٣٨ بقذائف"."""
        norm = self.words.norms[i]
        return norm.startswith(self.breaking) and norm not in self.unbroken

    def ends_family(self, i: int) -> bool:
        """Whether the token before is a word for a family: "عائلة واحدة" is one family."""
        hit = self.person.get(i - 1)
        return hit is not None and hit.key.startswith("family")

    def is_dash(self, i: int) -> bool:
        """Whether a token is a dash or a colon."""
        return i < len(self.words) and self.words.norms[i] in _DASHES

    def is_transparent(self, i: int) -> bool:
        """Whether a token is a quotation mark or a hyphen within a word."""
        words = self.words
        if words.norms[i] in _TRANSPARENT:
            return True
        return words.norms[i] == "-" and i > 0 and words.ends[i - 1] == words.starts[i]


def mentions_in(
    words: Words,
    hits: Sequence[Hit],
    numerals: Sequence[Numeral],
    language: Language,
    *,
    taken: frozenset[int] = frozenset(),
) -> list[Mention]:
    """Every mention that counts people or might, in the order of the text.

    `taken` are tokens that dates, distances and names hold: a number there counts nobody.
    """
    index = _Index(words, hits, numerals, language)
    found: list[Mention] = []
    used: set[int] = set()
    for numeral in numerals:
        if any(i in taken for i in range(*numeral.core)):
            continue
        mention = _numbered(index, numeral)
        if mention is not None:
            found.append(mention)
            used.update(range(mention.first, mention.last))
    found.extend(_by_noun(index, used, taken, language))
    found = [_aged(index, mention) for mention in found]
    return sorted(found, key=lambda m: (m.first, m.last))


def _bracketed_ages(index: _Index, mention: Mention) -> bool:
    """ "two brothers (9 and 12)": numbers in brackets behind a noun, all under 18."""
    words, i = index.words, mention.last
    if i >= len(words) or words.norms[i] != "(" or mention.kind is not Kind.PEOPLE:
        return False
    ages = []
    for k in range(i + 1, min(i + 8, len(words))):
        if words.norms[k] == ")":
            return bool(ages) and all(age < _ADULT for age in ages)
        if k in index.numeral_at:
            top = index.numeral_at[k].count.max
            ages.append(_ADULT if top is None else top)
    return False


def _minors(numerals: Sequence[Numeral]) -> dict[int, bool]:
    """The tokens of stated ages, and whether each is under 18."""
    ages: dict[int, bool] = {}
    for numeral in numerals:
        if numeral.kind is NumberKind.AGE and numeral.count.max is not None:
            under = numeral.count.max < _ADULT
            ages.update(dict.fromkeys(range(numeral.first, numeral.last), under))
    return ages


def _aged(index: _Index, mention: Mention) -> Mention:
    """A mention whose stated age is under 18 counts children, whatever its noun."""
    if mention.kind is not Kind.PEOPLE or mention.group in {Group.CHILDREN, Group.FIGHTERS}:
        return mention
    tokens = range(max(0, mention.first - _AGE_BEFORE), mention.last + _AGE_AFTER)
    ages = [index.minors[i] for i in tokens if i in index.minors]
    if not (ages and all(ages)) and not _bracketed_ages(index, mention):
        return mention
    return replace(mention, group=Group.CHILDREN, civilian=True, female=False)


def _numbered(index: _Index, numeral: Numeral) -> Mention | None:
    """The mention of a number, or None for an age or an ordinal."""
    if numeral.kind is not NumberKind.COUNT or _is_age(index, numeral):
        return None
    if numeral.weak and index.ends_family(numeral.first):
        return None
    base = Mention(
        numeral.first,
        numeral.last,
        numeral.core,
        numeral.count,
        Kind.ELLIPTIC,
        Shape.NUMBER,
        form=numeral.form,
        definite=numeral.definite,
    )
    if numeral.weak:
        base = replace(base, shape=Shape.ONE)
    inner = _noun_within(index, numeral)
    if inner is not None:
        return _with_noun(base, inner)
    return _look_ahead(index, base)


def _noun_within(index: _Index, numeral: Numeral) -> Hit | None:
    """The noun inside the number's own words: a dual, or a qualifier that follows the noun."""
    for i in range(numeral.first, numeral.last):
        hit = index.person.get(i)
        if hit is not None and not (numeral.core[0] < i < numeral.core[1]):
            return hit
    return None


def _look_ahead(index: _Index, base: Mention) -> Mention:
    """The number with the noun that follows it, if one does before the phrase ends."""
    words, unknown, i = index.words, 0, base.last
    end = min(len(words), base.last + _AHEAD)
    while i < end:
        if i in index.person and not index.breaks(i):
            return _with_noun(base, index.person[i])
        if i > base.core[1] - 1 and index.breaks(i):
            break
        if i in index.stop:
            return replace(base, kind=Kind.THING, last=index.stop[i].last)
        if i in index.harm or i in index.numeral_at:
            break
        after = index.after_link(i)
        if after is not None:
            i, unknown = after, 0
            continue
        if not index.is_transparent(i):
            if words.kinds[i] != "w" or words.norms[i] in index.small:
                break
            unknown += 1
        if unknown > _UNKNOWN:
            break
        i += 1
    return replace(base, kind=Kind.UNKNOWN) if unknown else base


def _with_noun(base: Mention, hit: Hit) -> Mention:
    name, _, _ = hit.key.rpartition("_")
    if name == "family" and base.shape is not Shape.PLURAL:
        return replace(base, kind=Kind.THING, last=max(base.last, hit.last))
    group, civilian = _GROUPS[name]
    return replace(
        base,
        first=min(base.first, hit.first),
        last=max(base.last, hit.last),
        kind=Kind.PEOPLE,
        group=group,
        civilian=civilian,
        noun=(hit.first, hit.last),
        body=name == "bodies",
        female=name == "female",
    )


def _is_age(index: _Index, numeral: Numeral) -> bool:
    """Whether a number tells years of age where no word says so: "Ali Haddad, 34, was"."""
    top = numeral.count.max
    return top is not None and top <= _OLDEST and _between_commas(index.words, *numeral.core)


def _between_commas(words: Words, first: int, last: int) -> bool:
    """ "Haddad, 34," or "Haddad (34)": a number alone after a capitalised name."""
    if first < 2 or last >= len(words) or words.kinds[first] != "n" or last - first != 1:
        return False
    here, there = words.norms[first - 1], words.norms[last]
    fits = (here == "," and there in {",", ".", ";"}) or (here == "(" and there == ")")
    if not fits or len(words.norms[first]) != 2:
        return False
    name = words.raw(first - 2)
    return name[:1].isupper() and not name.isupper()


def _by_noun(
    index: _Index, used: set[int], taken: frozenset[int], language: Language
) -> list[Mention]:
    """Nouns that count by themselves: "a child", "two" within a dual, "villagers"."""
    table = language.table("people")
    definite = frozenset(table.get("definite", ()))
    prefixes = tuple(table.get("definite_prefixes", ()))
    articles = definite | frozenset(table.get("indefinite", ()))
    needs = bool(table.get("indefinite"))
    found = []
    for i, hit in index.person.items():
        if i in used or i in taken:
            continue
        name, _, number = hit.key.rpartition("_")
        if name == "family" or (number == "sg" and needs and not _determined(index, i, articles)):
            continue
        shape = Shape.ONE if number == "sg" else Shape.PLURAL
        count = {"sg": Count.exactly(1), "du": Count.exactly(2)}.get(number, BARE_PLURAL)
        if number == "du":
            shape = Shape.NUMBER
        norm = index.words.norms[i]
        known = norm.startswith(prefixes) if prefixes else False
        known = known or any(index.words.norms[k] in definite for k in (i - 1, i - 2) if k >= 0)
        base = Mention(i, hit.last, (i, hit.last), count, Kind.PEOPLE, shape, definite=known)
        found.append(_with_noun(base, hit))
    return found


def _determined(index: _Index, i: int, articles: frozenset[str]) -> bool:
    """Whether a singular noun has an article or opens its line, so that it is not an adjective."""
    words = index.words
    if i == 0 or words.kinds[i - 1] == "l" or words.norms[i - 1] in {".", ":", "-", "–", "•"}:
        return True
    return any(words.norms[k] in articles for k in range(max(0, i - 3), i))
