"""Which incidents a question is about: by party, place, days, grade."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from bilan.core.assessments.grades import Grade, graded
from bilan.core.assessments.parties import PartyRole
from bilan.core.claims.text.language import parties
from bilan.core.claims.text.tokens import fold
from bilan.core.errors import UnknownName
from bilan.core.publication.check import Page
from bilan.core.values import Place

INVOLVED = frozenset({PartyRole.SUSPECTED, PartyRole.STRIKE_ACKNOWLEDGED, PartyRole.DECLARED})


@dataclass(frozen=True, slots=True)
class Selection:
    """What has to hold of an incident; None asks nothing.

    `party` is a canonical name: it has to be suspected, or to say that it struck. `place` is a
    word of the place's name, region or country code. `since` and `until` are days, both included;
    an incident whose day is unknown is in no stretch of time.
    """

    party: str | None = None
    place: str | None = None
    since: date | None = None
    until: date | None = None
    grade: Grade | None = None

    def takes(self, page: Page) -> bool:
        """Whether the incident is asked for."""
        return (
            (self.party is None or self._involved(page))
            and (self.place is None or _lies_in(page.incident.place, self.place))
            and self._in_time(page)
            and (self.grade is None or graded(page.incident, page.axes).grade is self.grade)
        )

    def _involved(self, page: Page) -> bool:
        return any(p.party == self.party and p.role in INVOLVED for p in page.axes.parts)

    def _in_time(self, page: Page) -> bool:
        when = page.incident.when
        if self.since is None and self.until is None:
            return True
        if when is None:
            return False
        begun = self.until is None or when.start <= self.until
        return begun and (self.since is None or when.end >= self.since)


def _lies_in(place: Place | None, words: str) -> bool:
    if place is None:
        return False
    return names_hold((place.canonical_name, place.name, place.admin1, place.country), words)


def names_hold(names: Iterable[str | None], words: str) -> bool:
    """Whether one of the names has these words in it, whatever their case and accents."""
    wanted = _folded(words)
    return any(wanted in _folded(name) for name in names if name)


def _folded(words: str) -> str:
    return " ".join(fold(word) for word in words.replace("-", " ").split())


def party_named(name: str) -> str:
    """The canonical name of a party, told by its name, its id or an alias in any language."""
    wanted = _folded(name)
    for party_id, party in parties().items():
        aliases = (a for found in party.get("aliases", {}).values() for a in found)
        if wanted in map(_folded, (party_id, str(party["name"]), *aliases)):
            return str(party["name"])
    names = sorted(str(party["name"]) for party in parties().values())
    close = get_close_matches(name, names, n=3, cutoff=0.5)
    hint = f"Do you mean {' or '.join(close)}?" if close else "Parties are named in parties.toml."
    raise UnknownName(f"No party is called {name}.", hint=hint)


def addressee_named(name: str) -> str:
    """The party as `party_named`, where it is one to which a letter can be sent.

    UnknownName too for a word like "the coalition", which means another party in every war.
    """
    named = party_named(name)
    for party in parties().values():
        if party["name"] == named and party["kind"] == GENERIC:
            meant = (str(parties()[one]["name"]) for one in party.get("candidates", ()))
            hint = f"Say which: {' or '.join(meant) or 'the party by its own name'}."
            raise UnknownName(f"{named[:1].upper()}{named[1:]} may be one of several.", hint=hint)
    return named


GENERIC = "generic"  # the kind in parties.toml
