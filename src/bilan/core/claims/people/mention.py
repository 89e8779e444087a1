"""One count of people as a text words it: a number with its noun, or a noun by itself."""

from __future__ import annotations

from enum import StrEnum

from bilan.core.claims.numbers.numbers import Form
from bilan.core.frozen import dataclass
from bilan.core.values import Count, Group

BARE_PLURAL = Count(2, None)  # "villagers were killed" (conventions)

# The first half of a key of [lexicon.person]: the group, and whether the word itself says that the
# people are civilians (True) or fighters (False).
GROUPS: dict[str, tuple[Group, bool | None]] = {
    "people": (Group.ALL, None),
    "pronoun": (Group.ALL, None),
    "cases": (Group.ALL, None),  # people only with a number: "11 cases"
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


class Kind(StrEnum):
    """What a mention counts."""

    PEOPLE = "people"  # persons of a known noun
    ELLIPTIC = "elliptic"  # a number with no noun: "12 were killed"
    UNKNOWN = "unknown"  # a number with a noun that no vocabulary knows
    THING = "thing"  # houses, raids, kilometres
    NAME = "name"  # a person called by name


class Shape(StrEnum):
    """How a mention counts."""

    NUMBER = "number"
    ONE = "one"  # a singular noun: "a child", "the driver"
    PLURAL = "plural"  # a bare plural: "villagers"


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens [first, last) that count people, and how many of whom.

    `core` is the bare number (or the noun, where it counts by itself), `noun` the noun's tokens or
    None. `female` marks kin of unknown age.
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
    sex: str | None = None  # "m" or "f", where the noun says it
    age: int | None = None  # years, where it is stated
    pointing: bool = False  # "the victim", "he": someone already told of
    other: bool = False  # "another": someone not yet told of
    name: frozenset[str] = frozenset()  # the words of a person's name, to know it again
    anyone: bool = True  # no noun, or one that says nothing of who they are: "people", "victims"
    attacker: bool = False  # "the gunman": who did the harm
    itself: bool = False  # "killed himself": told by the deed alone

    @property
    def definite_plural(self) -> bool:
        """Whether it is a known many: "the villagers", which counts nobody anew."""
        return self.definite and self.shape is Shape.PLURAL

    @property
    def group_count(self) -> Count:
        """The count of the group itself: daughters of unknown age are 0..n women."""
        return Count(0, self.count.max) if self.female and self.count.max else self.count
