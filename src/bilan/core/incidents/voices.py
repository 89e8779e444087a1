"""The tellings of an incident as retellings: who speaks in them, for tracing origins."""

from __future__ import annotations

from bilan.core.claims.account import Label
from bilan.core.incidents.answers import only_denies
from bilan.core.incidents.incident import Incident
from bilan.core.incidents.telling import Telling
from bilan.core.reports.origins import Origins, Retelling, Voice, origins_of
from bilan.core.reports.sketches import mark_of
from bilan.core.values import Count, PublisherKind

# The numbers that informants are told apart by, in the order in which they are looked for.
TOLLS = (Label.KILLED, Label.INJURED, Label.MISSING)


def origins_in(incident: Incident) -> Origins:
    """The origins of what is told of an incident.

    The parties' own documents are none, nor is a report that only recalls what others tell, nor
    one that only relays a party's denial.
    """
    told = tuple(t for t in incident.news if not only_denies(t)) or incident.recalls
    retellings = [r for telling in told for r in retellings_of(telling)]
    return origins_of(retellings, accused=accused_in(incident))


def accused_in(incident: Incident) -> frozenset[str]:
    """The parties that somebody blames for the incident."""
    told = incident.news + incident.recalls
    return frozenset(p for t in told for p in t.account.alleged_perpetrators)


def retelling_id(telling: str, voice: Voice | None) -> str:
    """The id of what a telling tells in that voice."""
    return f"{telling}/{voice.identity if voice else 'self'}"


def retellings_of(telling: Telling) -> tuple[Retelling, ...]:
    """One per voice that gives a toll of its own; one in all where a single voice speaks."""
    speaking = speaking_in(telling)
    return tuple(_retelling(telling, voice, alone=len(speaking) == 1) for voice in speaking)


def speaking_in(telling: Telling) -> tuple[Voice | None, ...]:
    """The voices that give the tolls of a telling; None stands for the publisher itself.

    Two named informants with figures of their own are two voices. Everybody else speaks through
    the one that stands closest to the facts: a known informant before a phrase, among phrases the
    one that gives the toll, and before a vague one the one that is not.
    """
    named = {
        f.voice.identity: f.voice
        for f in telling.figures
        if f.label in TOLLS and f.voice is not None and f.voice.key is not None
    }
    if len(named) > 1:
        return tuple(named[k] for k in sorted(named))
    return (_closest(telling),)


def _closest(telling: Telling) -> Voice | None:
    giving = {f.voice.identity for f in telling.figures if f.label in TOLLS and f.voice is not None}

    def distance(voice: Voice) -> tuple[bool, bool, bool, str]:
        return (voice.key is None, voice.identity not in giving, voice.vague, voice.identity)

    return min(telling.voices, key=distance, default=None)


def _retelling(telling: Telling, voice: Voice | None, *, alone: bool) -> Retelling:
    publisher = telling.publisher
    return Retelling(
        id=retelling_id(telling.id, voice),
        report=telling.report,
        publisher=publisher_identity(telling),
        voice=voice,
        published=telling.published,
        publisher_party=publisher.party,
        publisher_of_a_party=publisher.kind is PublisherKind.STATE_MEDIA,
        numbers=_account_numbers(telling) if alone else _numbers_of(telling, voice),
        sketch=telling.traits.sketch,
        quotes=telling.traits.quotes,
    )


def publisher_identity(telling: Telling) -> str:
    """The publisher identified as an informant would be; a nameless one by its report.

    A private poster comes from the ledger as a mark already ("~5f3a…"), never as a name.
    """
    name = telling.publisher.name
    if name and name.startswith("~"):
        return name
    return f"~{mark_of(name)}" if name else f"report:{telling.report}"


def _account_numbers(telling: Telling) -> tuple[Count, ...]:
    account = telling.account
    shared = account.shared_toll.total if account.shared_toll else None
    found = tuple(c for c in (account.killed, shared) if c is not None)
    return found or tuple(c for c in (account.injured,) if c is not None)


def _numbers_of(telling: Telling, voice: Voice | None) -> tuple[Count, ...]:
    said = (f for f in telling.figures if f.voice == voice)
    return tuple(f.value for f in said if f.label is Label.KILLED)
