"""Words that say that people died though they count nobody: "a deadly raid", "a double homicide".

The words are data: `[lexicon.deadly]`, a key per number of dead: `1..` one or more, `2` two, `0`
for look-alikes that say no death ("attempted murder").
"""

from __future__ import annotations

from collections.abc import Iterator

from bilan.core.claims.people.mention import Kind, Mention, Shape
from bilan.core.claims.text.cues import Cues
from bilan.core.values import Count

CATEGORY = "deadly"
_COUNTS = {
    "1..": Count(1, None),
    "2..": Count(2, None),
    "1": Count.exactly(1),
    "2": Count.exactly(2),
    "3": Count.exactly(3),
    "4": Count.exactly(4),
}


def deadly_events(cues: Cues) -> Iterator[Mention]:
    """What each such word counts, in no order; none that a look-alike begins: "non-fatal shots"."""
    alike = {i for first, last in cues.all(CATEGORY, "0") for i in range(first, last)}
    for key, count in _COUNTS.items():
        shape = Shape.PLURAL if count.max is None else Shape.NUMBER
        for tokens in cues.all(CATEGORY, key):
            if tokens[0] in alike:
                continue
            yield Mention(*tokens, tokens, count, Kind.PEOPLE, shape)
