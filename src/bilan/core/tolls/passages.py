"""People who pass from one count to another: found, died later, or said to have been fighters.

Nobody is counted twice on the way (field, 6.4: rules 5, 7 and 8). Each passage leaves a note that
says what was presumed, for a person to confirm.
"""

from __future__ import annotations

from dataclasses import replace

from bilan.core.incidents.incident import Incident, settings_of
from bilan.core.incidents.plain import from_plain
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.voices import retellings_of
from bilan.core.reports.origins import Origins
from bilan.core.tolls.claims import Left
from bilan.core.tolls.named import counted_lists, identified_in
from bilan.core.tolls.schemes import Publishes
from bilan.core.tolls.shared import say
from bilan.core.tolls.toll import Toll, list_names
from bilan.core.values import CivilianStatus, Count

DIED_LATER = "died_later"  # the field by which a person says how many of the wounded died
BEST = "best"  # the field by which a person sets the best estimate of a scheme that has one


def settled(tolls: dict[str, Toll], incident: Incident, origins: Origins) -> dict[str, Toll]:
    """The tolls of all fields after everybody stands in one of them."""
    tolls = dict(tolls)
    tolls["missing"] = _found(tolls["missing"], tolls["killed"])
    tolls["injured"] = _died_later(_may_have_died(tolls, incident), incident)
    tolls["killed"] = _disputed(tolls["killed"], incident, origins)
    tolls["killed"] = _beside_lists(_best(tolls["killed"], incident), incident)
    return tolls


def _best(killed: Toll, incident: Incident) -> Toll:
    """A person's own best estimate, where the scheme publishes one beside its range."""
    standing = settings_of(incident.decisions).get(BEST)
    chosen: Count | None = from_plain(Count, standing.decided.value) if standing else None
    if standing is None or chosen is None or killed.publishes is not Publishes.BEST_LOW:
        return killed
    note = f"best set by {standing.by} on {standing.at[:10]}: {standing.decided.because}"
    return replace(killed, chosen=chosen.min, notes=(*killed.notes, note))


def _beside_lists(killed: Toll, incident: Incident) -> Toll:
    """What lists of names say where they did not simply raise the floor."""
    counted = counted_lists(incident)
    named = identified_in(incident).named
    notes = list(killed.notes)
    if len(counted) > 1:
        codes = " and ".join(s.decided.incidents[0] for s in counted)
        notes.append(f"lists were counted under {codes}: count them anew, now that it is one")
    if killed.set_by and named > (killed.low or 0):
        notes.append(f"a list names {named}, more than {killed.set_by} set")
    return replace(killed, notes=tuple(notes))


def _may_have_died(tolls: dict[str, Toll], incident: Incident) -> Toll:
    """The injured, with a note where the same origin later counts more dead (field 6.4, rule 8).

    Nothing is moved: whether the wounded died or more bodies were found, only a person can say.
    """
    injured, killed = tolls["injured"], tolls["killed"]
    if tolls["missing"].known or DIED_LATER in settings_of(incident.decisions):
        return injured
    more = max((_found_by(injured, killed, v.origin) for v in injured.voted), default=0)
    if not more:
        return injured
    note = f"the same origin later counts {more} more killed: some may be among these injured"
    return replace(injured, notes=(*injured.notes, note))


def _died_later(injured: Toll, incident: Incident) -> Toll:
    """The wounded who died are among the killed of a later count (example 13)."""
    standing = settings_of(incident.decisions).get(DIED_LATER)
    if standing is None or injured.low is None or injured.set_by:
        return injured
    died: Count | None = from_plain(Count, standing.decided.value)
    if died is None:
        return injured
    least, most = died.min or 0, died.max
    low = 0 if most is None else max(0, injured.low - most)
    high = None if injured.high is None else max(0, injured.high - least)
    words = f"{say(died)} of the injured died later, says {standing.by}"
    note = f"{words}: {standing.decided.because}"
    return injured.moved(low, high, note)


def _disputed(killed: Toll, incident: Incident, origins: Origins) -> Toll:
    """An independent origin that calls the same dead fighters opens zero civilians (example 12)."""
    if not killed.low or killed.set_by:
        return killed
    low = killed.low
    told = sorted({o for t in incident.news if (o := _calls_fighters(t, low, origins)) is not None})
    if not told:
        return killed
    note = f"{', '.join(told)}: the dead were fighters"
    named = identified_in(incident).named
    if named >= killed.low:
        return replace(killed, notes=(*killed.notes, note))
    by = (list_names(named),) if named else tuple(told)
    return replace(killed.moved(named, killed.high, note), set_low=by)


def _calls_fighters(telling: Telling, killed: int, origins: Origins) -> str | None:
    account = telling.account
    fighters = account.fighters_killed
    only = account.killed is None and account.civilian_status is CivilianStatus.COMBATANT
    if not only or fighters is None or (fighters.max is not None and fighters.max < killed):
        return None
    origin = origins.of.get(retellings_of(telling)[0].id)
    return None if origin is None or origins.named(origin).accused else origin


def _found(missing: Toll, killed: Toll) -> Toll:
    """Missing people who are among the killed of the same origin's later count (example 14)."""
    if missing.high is None or missing.set_by or not killed.voted:
        return missing
    found = max((_found_by(missing, killed, v.origin) for v in missing.voted), default=0)
    if not found:
        return missing
    left = max(0, (missing.low or 0) - found)
    note = f"{found} of the missing are presumed to be among the killed of a later count"
    high = max(left, missing.high - found)
    return missing.moved(left, high, note)


def _found_by(missing: Toll, killed: Toll, origin: str) -> int:
    """How many more an origin counts as killed after it counted the missing."""
    asked = next(v for v in missing.voted if v.origin == origin)
    now = next((v for v in killed.voted if v.origin == origin), None)
    before = [
        o.claim
        for o in killed.left_out
        if o.why is Left.SUPERSEDED and o.claim.retelling == asked.claim.retelling
    ]
    if now is None or not before or now.claim.retelling == asked.claim.retelling:
        return 0
    more = (now.claim.count.min or 0) - (before[0].count.min or 0)
    return max(0, min(more, asked.bounds.high or 0))
