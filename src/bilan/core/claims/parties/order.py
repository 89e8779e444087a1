"""The parts that a text gives to parties, and the word order by which it gives them."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from bilan.core.claims.text.language import Language, load_language
from bilan.core.frozen import dataclass


class Part(StrEnum):
    """What a text says of a party in one place."""

    ACTOR = "actor"  # did it, is blamed for it, claims it
    TARGET = "target"
    SPEAKER = "speaker"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Order:
    """A language's word order, as far as blame needs it."""

    agent_follows: bool  # "frappe de la Coalition"
    agent_precedes: bool  # "coalition strike"
    verb_first: bool  # "قصف التحالف"
    verb_last: bool  # "X evi bombaladı"
    participles: tuple[str, ...] = ()  # in verbs whose subject is in the genitive: "düzenlediği"
    genitives: tuple[str, ...] = ()
    locatives: frozenset[str] = frozenset()  # behind the apostrophe of a name: "Kabil'de"


def order_of(language: Language) -> Order:
    """The word order that a language file states; what it does not state does not hold."""
    return _order_of(language.code)


@cache
def _order_of(code: str) -> Order:
    language = load_language(code)
    table = language.table("parties")
    return Order(
        **{
            name: bool(table.get(name, False))
            for name in ("agent_follows", "agent_precedes", "verb_first", "verb_last")
        },
        participles=tuple(language.folded("parties", "participles")),
        genitives=tuple(language.folded("parties", "genitives")),
        locatives=language.folded("parties", "locatives"),
    )
