"""One figure of a report: a count of one measure or group as one informant gives it."""

from __future__ import annotations

from bilan.core.claims.account import Informant
from bilan.core.claims.harm.told import Told
from bilan.core.claims.numbers.numbers import Form
from bilan.core.claims.people.mention import Shape
from bilan.core.frozen import dataclass
from bilan.core.values import Count

_BOUNDING = frozenset({Form.RANGE, Form.AT_LEAST, Form.MORE_THAN, Form.UP_TO, Form.ABOUT})


@dataclass(frozen=True, slots=True)
class Figure:
    """One count of one measure or group as one informant gives it; `told` are its members."""

    count: Count
    told: tuple[Told, ...]
    said_by: Informant | None
    counted: bool = False  # its informant is said to count: "puts the toll at"

    @property
    def is_number(self) -> bool:
        """Whether the text counts, rather than naming people ("a child", "villagers")."""
        return any(t.mention.shape is Shape.NUMBER for t in self.told)

    @property
    def is_civil(self) -> bool:
        """Whether the words themselves say that they are civilians."""
        return any(t.mention.civilian for t in self.told)

    @property
    def is_vague(self) -> bool:
        """Whether it holds people that are not counted ("several", "a child and villagers")."""
        return any(
            t.mention.shape is Shape.PLURAL or t.mention.form in {Form.VAGUE, Form.UP_TO}
            for t in self.told
        )

    @property
    def is_bounded(self) -> bool:
        """Whether the wording itself bounds what is known: "between 15 and 30", "at least 9"."""
        return len(self.told) == 1 and self.told[0].mention.form in _BOUNDING

    @property
    def is_event(self) -> bool:
        """Whether all that is said is that people died: "a deadly raid"."""
        return all(t.mention.noun is None and t.word is None for t in self.told)

    @property
    def is_surname(self) -> bool:
        """Whether it is one person called by one word, so someone told of elsewhere."""
        return all(len(t.mention.name) == 1 and t.mention.noun is None for t in self.told)

    @property
    def is_plural(self) -> bool:
        """Whether all that is said is a bare plural."""
        return all(t.mention.shape is Shape.PLURAL for t in self.told)


def low_of(figure: Figure) -> int:
    """The fewest that it counts; of one that only has a ceiling, the ceiling."""
    count = figure.count
    return count.min if count.min is not None else count.max or 0
