"""A party's answers that fit no incident that stands: kept, and shown with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bilan.core.incidents.answers import is_answer, is_strike_release
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.telling import Telling


@dataclass(frozen=True, slots=True)
class Unmatched:
    """An answer without an incident that stands; `why` says in words what kept it apart."""

    telling: Telling
    parties: tuple[str, ...]
    why: tuple[str, ...]


def unmatched_answers(book: Casebook) -> Iterator[Unmatched]:
    """The answers about harm to what nobody reported, then those to incidents set aside.

    Releases on strikes without a claim of harm are none: they answer nothing.
    """
    for placed in book.pool():
        telling = book.shelf.tellings.get(placed.telling)
        if telling is not None and _answers(telling):
            yield Unmatched(telling, _speakers(telling), placed.why)
    for code in book.codes():
        incident = book.incident(code)
        if incident.rejected is None:
            continue
        why = f"answers {code}, which {incident.rejected.by} set aside"
        for telling in filter(_answers, incident.answers):
            yield Unmatched(telling, _speakers(telling), (why,))


def _answers(telling: Telling) -> bool:
    return is_answer(telling) and not is_strike_release(telling)


def _speakers(telling: Telling) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s.party for s in telling.account.statements if s.own_words))
