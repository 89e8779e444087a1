"""The dead whom lists name: how many distinct people somebody accepted as this incident's.

Names stay in the lists (decision 0017). What a record holds is a number that a person stands for,
set as the field `named_killed`; it raises the floor of the killed and never lowers it.
"""

from __future__ import annotations

from bilan.core.incidents.decisions import Standing
from bilan.core.incidents.entries import Verb
from bilan.core.incidents.incident import Incident
from bilan.core.incidents.plain import from_plain
from bilan.core.tolls.toll import Identified
from bilan.core.values import Count

NAMED = "named_killed"  # the field by which a person says how many distinct dead the lists name


def identified_in(incident: Incident) -> Identified:
    """How many distinct dead people accepted from lists.

    Where incidents became one after their lists were counted, the larger count: whether the lists
    share people, nobody said.
    """
    counts = [from_plain(Count, s.decided.value) for s in counted_lists(incident)]
    return Identified(named=max((c.min or 0 for c in counts if c is not None), default=0))


def counted_lists(incident: Incident) -> tuple[Standing, ...]:
    """The last standing count of lists under each code that the incident has or had."""
    last: dict[str, Standing] = {}
    for standing in sorted(incident.standing, key=lambda s: s.seq):
        decided = standing.decided
        if decided.verb is Verb.SET and decided.field == NAMED and decided.incidents:
            last[decided.incidents[0]] = standing
    return tuple(last[code] for code in sorted(last))
