"""What a title says that the body does not (contract, rule 2: the title is kept apart).

The title is read as a text of its own, and only where the body leaves something open: a login wall,
a caption, a body that counts nobody. Spans lie in the body, so what a title alone says has none: a
fault names it with the title's words, for a person to see.
"""

from __future__ import annotations

from bilan.core.claims.account import Account, Reading, Role
from bilan.core.frozen import replace
from bilan.core.values import Fault

_FILLED = ("when", "place", "killed", "injured", "missing")
_TOLLS = frozenset({"killed", "injured", "missing"})
LONGEST_TITLE = 400  # characters; what is longer is no title


def wants_title(reading: Reading) -> bool:
    """Whether a body leaves open what its title may say; of several incidents a title tells none
    apart."""
    main = [a for a in reading.accounts if a.role is Role.MAIN]
    return not main or (len(main) == 1 and any(_open(main[0])))


def with_title(reading: Reading, told: Reading, title: str) -> Reading:
    """The reading of a body, filled from that of its title, with a fault that says so."""
    lead = next((a for a in told.accounts if a.role is Role.MAIN), None)
    if lead is None or not told.relevant:
        return reading
    main = next((a for a in reading.accounts if a.role is Role.MAIN), None)
    if main is None:
        account = replace(lead, place_span=None, statements=(), evidence=())
        fault = _fault(reading, title, "what happened")
        accounts = (account, *reading.accounts)
        return replace(reading, relevant=True, accounts=accounts, faults=(*reading.faults, fault))
    names = [name for name in _open(main) if getattr(lead, name) is not None]
    if not names:
        return reading
    filled = replace(main, **{name: getattr(lead, name) for name in names})
    accounts = tuple(filled if a is main else a for a in reading.accounts)
    fault = _fault(reading, title, ", ".join(names))
    return replace(reading, accounts=accounts, faults=(*reading.faults, fault))


def _open(account: Account) -> list[str]:
    """The fields of an account that its body does not fill, and that a title may."""
    told = account.shared_toll is not None or account.fighters_killed is not None
    return [
        name for name in _FILLED if getattr(account, name) is None and not (told and name in _TOLLS)
    ]


def _fault(reading: Reading, title: str, what: str) -> Fault:
    return Fault("title_only", f"only the title says {what}: “{title}”", reading.id)
